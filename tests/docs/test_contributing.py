"""The examples of CONTRIBUTING.md are what the program really says."""

import re
from pathlib import Path

import pytest

from xianxue.bureau.issues.issue import Issue, Severity


@pytest.fixture
def page_text(root: Path) -> str:
    return (root / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_the_good_message_is_made_of_the_parts_in_the_table(page_text: str):
    rows = re.findall(r"^\| `([^|]+)` \| [^|]+ \| ([^|]+) \|$", page_text, re.MULTILINE)
    parts = {name: example.strip("` ") for name, example in rows}
    file, sheet, cell = re.fullmatch(
        r"(.+)〔(.+)〕(.+)", parts["file`, `sheet`, `cell`, `place"]
    ).groups()
    issue = Issue(
        code=parts["code"],
        severity=Severity(parts["severity"].split("`")[0]),
        file=file,
        sheet=sheet,
        cell=cell,
        saw=parts["saw"],
        required=parts["required"],
        do=parts["do"],
    )
    assert f"| good | `{issue.message}` |" in page_text
    assert f"`{issue.severity.value}` {issue.severity.term}" in page_text


def test_the_example_of_a_commit_is_a_room_and_a_sentence(page_text: str):
    (subject,) = re.findall(r"^```\n(.+)\n```$", page_text, re.MULTILINE)
    assert re.fullmatch(r"[a-z]+: [A-Z].+\.", subject)
