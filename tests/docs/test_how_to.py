"""Pages that tell what to type are followed word by word, and say the same in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from national import national

from xianxue.bureau.law.citation import Seen
from xianxue.bureau.report.read_tags import claims, tags

Follow = Callable[[Path, Path], list[str]]
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FOLLOWED = [
    ROOT / "README.md",
    DOCS / "tutorial" / "first-steps.md",
    DOCS / "tutorial" / "a-whole-cycle.md",
    DOCS / "how-to" / "set-up-a-county.md",
    DOCS / "how-to" / "new-indicator.md",
    DOCS / "how-to" / "map-a-table.md",
    DOCS / "how-to" / "audit-a-document.md",
    DOCS / "how-to" / "read-old-reports.md",
    DOCS / "how-to" / "read-a-one-point-table.md",
    DOCS / "how-to" / "change-the-rules.md",
    DOCS / "how-to" / "tighten-a-policy.md",
    DOCS / "how-to" / "accounts.md",
    DOCS / "how-to" / "set-targets.md",
    DOCS / "how-to" / "open-a-year.md",
    DOCS / "how-to" / "analyse-an-examination.md",
    DOCS / "how-to" / "keep-a-ledger.md",
    DOCS / "how-to" / "bring-over-a-ledger.md",
    DOCS / "how-to" / "new-ledger.md",
    DOCS / "how-to" / "new-rubric.md",
    DOCS / "how-to" / "prepare-for-an-inspection.md",
    DOCS / "how-to" / "import-indicators.md",
    DOCS / "how-to" / "take-part-in-an-appraisal.md",
    DOCS / "how-to" / "write-a-ballot-card.md",
    DOCS / "how-to" / "hold-a-ballot.md",
    DOCS / "how-to" / "match-teachers-and-posts.md",
    DOCS / "how-to" / "spread-teachers-evenly.md",
    DOCS / "how-to" / "lay-out-schools.md",
    DOCS / "how-to" / "suppose-and-compare.md",
    DOCS / "how-to" / "write-a-plan.md",
    DOCS / "how-to" / "sign-and-seal.md",
    DOCS / "how-to" / "fill-in-the-open-paragraphs.md",
    DOCS / "how-to" / "tell-the-year.md",
    DOCS / "how-to" / "write-notices.md",
    DOCS / "how-to" / "write-of-one-school.md",
    DOCS / "how-to" / "back-up.md",
    DOCS / "how-to" / "deploy.md",
]
WALKED = [
    DOCS / "tutorial" / "a-morning-at-the-bureau.md",
    DOCS / "how-to" / "new-form.md",
    DOCS / "how-to" / "conduct-an-appraisal.md",
]
"""Followed in a browser: tests/web/test_a_morning.py, tests/web/forms/test_how_to.py,
tests/web/appraisal/test_conducting.py."""
SEEN = [DOCS / "how-to" / "follow-a-number.md", DOCS / "how-to" / "plan-on-the-pages.md"]
"""Nothing is typed on them: what they tell is looked at in tests/web/indicators and tests/web/plan."""
FENCE = re.compile(
    r"^```(?:console|yaml|toml|csv|text|cells|seen|ini|nginx|powershell)\n.*?^```$",
    re.MULTILINE | re.DOTALL,
)


def chinese(page: Path) -> Path:
    """The Chinese page beside an English one."""
    return page.with_name(f"{page.stem}.zh-CN.md")


def fences(page: Path) -> list[str]:
    """Everything on a page that is typed, written or printed."""
    return FENCE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
@pytest.mark.parametrize("page_file", FOLLOWED[1:], ids=lambda path: path.stem)
def test_a_page_can_be_followed(page_file: Path, tmp_path: Path, follow: Follow):
    assert len(follow(page_file, tmp_path)) >= 2


def test_the_readme_can_be_followed_and_what_it_says_is_there(tmp_path: Path, follow: Follow):
    """Its commands, its table of what was made, and the way back from the report."""
    text = FOLLOWED[0].read_text(encoding="utf-8")
    assert len(follow(FOLLOWED[0], tmp_path)) >= 3

    demo = tmp_path / "demo"
    (books,) = re.findall(r"`workbooks/` \| (\d+) filled workbooks", text)
    assert len(list((demo / "workbooks").glob("*.xlsx"))) == int(books)
    assert all((demo / "out" / name).is_file() for name in re.findall(r"`out/(\w+\.docx)`", text))

    document = (demo / "out" / "年度工作总结.docx").read_bytes()
    (tag,) = re.findall(r"with the tag `([\w/-]+)`", text)
    assert [one.text for one in tags(document) if one.tag == tag][:1] == ["97.25%"]
    assert f"`{claims(document)[tag].value}` per cent" in text


def test_the_readmes_doubts_are_the_cards(root: Path):
    """No threshold of the two assessments has been seen in the original; else the README changes."""
    values = [
        value
        for standard in national().shelf.standards.values()
        for one in standard.criteria + standard.spread
        for value in one.values
    ]
    assert values
    assert all(value.seen is not Seen.ORIGINAL for value in values)
    for name in ("README.md", "README.zh-CN.md"):
        rooms = re.findall(
            r"^\| [^|]+ \| `xianxue (\w+)` \|", (root / name).read_text("utf-8"), re.MULTILINE
        )
        assert rooms == [
            "places",
            "returns",
            "release",
            "journal",
            "indicators",
            "targets",
            "assess",
            "report",
            "audit",
            "catalogue",
            "accounts",
            "serve",
            "ledgers",
            "exams",
            "ballots",
            "appraise",
            "plan",
        ]


@pytest.mark.parametrize("page_file", FOLLOWED, ids=lambda path: path.stem)
def test_both_languages_have_the_same_commands(page_file: Path):
    assert fences(page_file) == fences(chinese(page_file))


def test_no_page_of_this_kind_is_left_out():
    folders = [DOCS / "tutorial", DOCS / "how-to"]
    pages = {path for folder in folders for path in folder.glob("*.md")}
    known = {*FOLLOWED, *WALKED, *SEEN}
    known |= set(map(chinese, known))
    assert known - pages == {ROOT / "README.md", ROOT / "README.zh-CN.md"}
    assert pages <= known


def test_the_hand_count_is_what_the_page_prints(root: Path):
    """The table of the how-to page adds up, and its quotients are the ones shown by the command."""
    how_to = DOCS / "how-to" / "new-indicator.md"
    text = how_to.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|*]+) \| (小学|初中) \| (\d+) \| (\d+) \|$", text, re.MULTILINE)
    totals = re.findall(
        r"^\| \*\*county\*\* \| \*\*(..)\*\* \| \*\*(\d+)\*\* \| \*\*(\d+)\*\* \|$",
        text,
        re.MULTILINE,
    )
    assert len(totals) == 2
    for stage, top, bottom in totals:
        parts = [(int(one), int(other)) for _, of, one, other in rows if of == stage]
        assert (sum(one for one, _ in parts), sum(other for _, other in parts)) == (
            int(top),
            int(bottom),
        )
        assert f"{int(top) / int(bottom):.2%}".removesuffix("%") in "".join(fences(how_to))
