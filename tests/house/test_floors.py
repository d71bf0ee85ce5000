"""The house has the floors and rooms that DESIGN names, and no others."""

import ast
from pathlib import Path

import pytest

FLOORS = {"bureau", "catalogue", "desk", "web"}
"""Each stands only on those before it. `web` joins when it is built."""

NOUNS = {"values", "places", "law", "issues", "documents", "kinds", "workflow", "records"}
ROOMS = {
    "returns",
    "indicators",
    "assessment",
    "targets",
    "report",
    "audit",
    "ledgers",
    "exams",
    "ballots",
    "appraisal",
    "plan",
}
"""The rooms that are built. One that is not has no folder."""
CYCLE = {"cycle"}

DISK = {
    "iterdir",
    "mkdir",
    "read_bytes",
    "read_text",
    "rglob",
    "rmdir",
    "touch",
    "unlink",
    "write_bytes",
    "write_text",
}
"""What a `Path` does that no import shows."""


MOST_MODULES = 30
"""In one folder: so many names can still be taken in at a glance."""


@pytest.fixture
def package(root: Path) -> Path:
    return root / "src" / "xianxue"


def parts(package: Path) -> set[str]:
    """The folders and modules directly inside a package."""
    folders = {p.name for p in package.iterdir() if p.is_dir() and p.name != "__pycache__"}
    modules = {p.stem for p in package.glob("*.py") if not p.stem.startswith("__")}
    return folders | modules


def touches_disk(source: str) -> list[int]:
    """The lines that open, read or write a file, or look into a folder."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if (isinstance(call.func, ast.Name) and call.func.id == "open")
        or (isinstance(call.func, ast.Attribute) and call.func.attr in DISK)
    ]


def test_every_part_of_the_house_is_a_floor(package):
    strangers = parts(package) - FLOORS
    assert not strangers, f"say which floor it is: {sorted(strangers)} in src/xianxue"


def test_every_part_of_the_bureau_is_a_noun_a_room_or_the_cycle(package):
    strangers = parts(package / "bureau") - NOUNS - ROOMS - CYCLE
    assert not strangers, f"say which floor it is: {sorted(strangers)} in src/xianxue/bureau"


def test_no_room_is_an_empty_promise(package):
    """A folder without a line of code is a stub."""
    for folder in (package / "bureau").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            code = [p for p in folder.rglob("*.py") if p.stem != "__init__"]
            assert code, f"{folder.name} has no code: a room that is not built has no folder"


def test_the_bureau_opens_no_files(package):
    """It is handed bytes, or a path that a workbook library reads."""
    for path in sorted((package / "bureau").rglob("*.py")):
        lines = touches_disk(path.read_text(encoding="utf-8"))
        assert not lines, f"{path.relative_to(package)} touches the disk in lines {lines}"


@pytest.mark.parametrize(
    ("line", "touches"),
    [
        ("open('x')", True),
        ("Path('x').read_text()", True),
        ("folder.mkdir(parents=True)", True),
        ("archive.open('xl/workbook.xml')", False),
        ("openpyxl.load_workbook(stream)", False),
        ("cell.read()", False),
    ],
)
def test_touching_the_disk_is_told_from_the_like(line, touches):
    assert bool(touches_disk(line)) is touches


def test_no_folder_holds_more_than_a_person_takes_in(package: Path) -> None:
    """Thirty modules at most: more are two rooms that have not been told apart."""
    crowded = {
        str(folder.relative_to(package)): len(modules)
        for folder in (package, *(each for each in package.rglob("*") if each.is_dir()))
        if len(modules := [each for each in folder.glob("*.py") if each.stem != "__init__"])
        > MOST_MODULES
    }
    assert crowded == {}
