"""What holds for every page: its links lead somewhere, and the paths it names are there."""

import re
from pathlib import Path

FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:src|tests|docs|benchmarks)/[\w./-]+?)/?(?:::\w+)?`")
SIMPLY = re.compile(r"\b(?:simply|just|easily|obviously)\b", re.IGNORECASE)


def anchors(text: str) -> set[str]:
    """The anchors that headings make, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in headings}


def test_every_link_leads_somewhere(page: Path, root: Path):
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://")):
            continue
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.is_relative_to(root), f"{target} leads out of the project"
        assert path.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), f"no heading for {target}"


def test_every_path_it_names_is_there(page: Path, root: Path):
    named = set(NAMED.findall(page.read_text(encoding="utf-8")))
    assert {name for name in named if not (root / name).exists()} == set()


def test_it_has_one_title_and_whole_lines(page: Path):
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_it_does_not_talk_things_small(page: Path):
    found = SIMPLY.findall(re.sub(r"«[^»]*»", "", page.read_text(encoding="utf-8")))
    assert found == []


def linked(page: Path) -> set[Path]:
    """The pages of the project that a page links to."""
    targets = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    found = {(page.parent / target.partition("#")[0]).resolve() for target in targets}
    return {path for path in found if path.suffix == ".md" and path.is_file()}


def test_every_page_can_be_reached_from_the_index(root: Path):
    reached: set[Path] = set()
    waiting = {root / "docs" / "README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        waiting |= linked(page) - reached
    lost = {path.relative_to(root) for path in (root / "docs").rglob("*.md")} - {
        path.relative_to(root) for path in reached
    }
    assert lost == set(), "link it from docs/README.md"
