"""What is committed can be read by a stranger, on any machine."""

import io
import itertools
import re
import shutil
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

# The patterns are written so that they do not match themselves.
REGISTRY = re.compile(
    r"https?://(?:[\w-]+\.)*"
    r"(?:pypi[.]|pythonhosted[.]|npmjs[.]|yarnpkg[.]|debian[.]org/debian|(?:localhost|127[.]0))"
    r"|(?:extra-)?index-url|find-links|registry[.]npmjs",
    re.IGNORECASE,
)
MACHINE = re.compile(r"(?<![\w.~<\"'/}-])/(?:work|root|home/\w+|Users/\w+|tmp/bash_jobs)(?:/|\b)")

WAIVER = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:)")
WAIVER_WITH_REASON = re.compile(
    r"#\s*(?:noqa: *[A-Z]+[0-9]+(?:, *[A-Z]+[0-9]+)*|type: *ignore\[[\w, -]+\]"
    r"|pyright: *ignore\[\w+(?:, *\w+)*\])\s*(?:#|—|--?|:)\s*\S.{3,}"
)


def committed(root: Path) -> list[Path]:
    """The text files that git keeps; without git or a repository there is nothing to say."""
    if shutil.which("git") is None or not (root / ".git").exists():
        pytest.skip("not a git repository: there are no committed files to look at")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """A text file's lines with their numbers; none for a file that is not text."""
    content = path.read_bytes()
    if b"\0" not in content:
        yield from enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1)


def found(pattern: re.Pattern[str], root: Path) -> list[str]:
    """Where a pattern occurs in committed files, this one left out."""
    return [
        f"{path.relative_to(root)}:{number}: {line.strip()[:120]}"
        for path in committed(root)
        if path != Path(__file__)
        for number, line in lines(path)
        if pattern.search(line)
    ]


def waivers(source: str) -> Iterator[tuple[int, str, str]]:
    """Each comment that silences a tool: its line, itself, and the comment line above it."""
    above: dict[int, str] = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            line = token.start[0]
            above[line] = token.string
            if WAIVER.search(token.string):
                yield line, token.string, above.get(line - 1, "")


def has_reason(comment: str, above: str) -> bool:
    """Whether it says why: behind it, or, where pyright allows nothing behind, on the line above."""
    if re.match(r"#\s*pyright:(?!\s*ignore)", comment):
        return above != "" and not WAIVER.search(above)
    return WAIVER_WITH_REASON.search(comment) is not None


def test_no_committed_file_names_a_registry(root):
    """Whoever installs says where from; the locks hold versions and hashes only."""
    assert found(REGISTRY, root) == []


def test_no_committed_file_names_a_folder_of_some_machine(root):
    assert found(MACHINE, root) == []


def test_every_committed_file_ends_in_one_line_break(root):
    for path in committed(root):
        content = path.read_bytes()
        if b"\0" not in content and content:
            assert content.endswith(b"\n"), path
            assert b"\r\n" not in content, path


def test_every_rule_switched_off_says_why(root):
    """Each line of ruff's ignore lists has a comment."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.flake8-tidy")]
    entries = re.findall(r'^ {4}"([A-Z]+[0-9]*)",(.*)$', section, re.MULTILINE)

    options = tomllib.loads(text)["tool"]["ruff"]["lint"]
    listed = [*options["ignore"], *itertools.chain(*options["per-file-ignores"].values())]
    assert sorted(code for code, _ in entries) == sorted(listed), "one rule a line"
    assert [code for code, reason in entries if not re.match(r"\s+# \S+", reason)] == []


def test_every_waiver_in_the_source_says_why(root):
    """`noqa`, `type: ignore` and `pyright:` name the rule, and the reason behind or above."""
    silent = [
        f"{path.relative_to(root)}:{line}: {comment}"
        for path in sorted((root / "src").rglob("*.py"))
        for line, comment, above in waivers(path.read_text(encoding="utf-8"))
        if not has_reason(comment, above)
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("x = 1  # noqa: E501", False),
        ("x = 1  # noqa", False),
        ("x = 1  # noqa: E501  # a table of codes", True),
        ("x = 1  # noqa: PLR0911, C901 — one case a line", True),
        ("x = 1  # type: ignore", False),
        ("x = 1  # type: ignore[arg-type]  # the stub is wrong", True),
        ("x = 1  # pyright: ignore[reportAny]", False),
        ("x = 1  # pyright: ignore[reportAny]  # lxml answers anything", True),
        ("# pyright: reportMissingTypeStubs=false\nimport x", False),
        ("# xlsxwriter ships no stubs\n# pyright: reportMissingTypeStubs=false\nimport x", True),
        ("# pyright: basic\n# pyright: strict\n", False),
    ],
)
def test_a_waiver_with_a_reason_is_told_from_one_without(source, said):
    assert all(has_reason(comment, above) for _, comment, above in waivers(source)) is said


@pytest.mark.parametrize(
    ("pattern", "text", "caught"),
    [
        (REGISTRY, "--" + "index-url x", True),
        (REGISTRY, "https:" + "//files.pythonhosted" + ".org/packages/x.whl", True),
        (REGISTRY, "https:" + "//registry" + ".npmjs.org/x", True),
        (REGISTRY, "pip install xianxue", False),
        (REGISTRY, "https://www.gov.cn/zhengce/x.htm", False),
        (MACHINE, "see /" + "work/shared/x", True),
        (MACHINE, "cd /" + "home/li/x", True),
        (MACHINE, "(/" + "root/.cache)", True),
        (MACHINE, "the folder work/ and the root/ of it", False),
        (MACHINE, "../shared/facts", False),
        (MACHINE, "a school's homework/root cause", False),
    ],
)
def test_addresses_are_told_from_prose(pattern, text, caught):
    assert bool(pattern.search(text)) is caught
