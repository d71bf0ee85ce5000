"""Whoever follows a page notices where it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

GOOD = """# A page

Write `note.csv`:

```csv
a,b
```

```console
$ ls
note.csv
page.md
```
"""


@pytest.fixture
def page_of(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "page.md"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_page_that_is_right_is_followed(follow, page_of, tmp_path):
    assert follow(page_of(GOOD), tmp_path) == ["ls"]
    assert (tmp_path / "note.csv").read_text(encoding="utf-8") == "a,b\n"


def test_a_line_of_dots_stands_for_any_lines(follow, page_of, tmp_path):
    assert follow(page_of(GOOD.replace("note.csv\npage.md", "…\npage.md")), tmp_path) == ["ls"]


@pytest.mark.parametrize("shown", ["note.csv", "note.csv\npage.md\nmore", "note_csv\npage.md"])
def test_other_output_than_shown_is_noticed(follow, page_of, tmp_path, shown):
    with pytest.raises(AssertionError, match="ls"):
        follow(page_of(GOOD.replace("note.csv\npage.md", shown)), tmp_path)


def test_a_command_that_a_reader_may_not_have_is_refused(follow, page_of, tmp_path):
    with pytest.raises(AssertionError, match="may not have"):
        follow(page_of(GOOD.replace("$ ls", "$ jq")), tmp_path)


WORKBOOK = """# A page

Type into `book.xlsx`:

```cells
学生!B2:C3 = 1 2 3 四
学生!D1:D2 = 0
学生!B2 = （清空）
```

`book.xlsx`:

```seen
学生!C2 = 2
学生!C3 = 四
学生!D2 = 0
学生!A1 批注 = 看这里
```
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = Workbook()
    sheet = made.active
    sheet.title = "学生"
    sheet["A1"].comment = Comment("看这里", "虚构")
    made.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def test_what_a_page_says_is_typed_into_a_workbook_and_looked_for(follow, page_of, book, tmp_path):
    follow(page_of(WORKBOOK), tmp_path)
    sheet = load_workbook(book)["学生"]
    assert [[cell.value for cell in row] for row in sheet["B1:D3"]] == [
        [None, None, 0],
        [None, 2, 0],
        [3, "四", None],
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("C2 = 2", "C2 = 3"),
        ("批注 = 看这里", "批注 = 看那里"),
        ("= 1 2 3 四", "= 1 2 3"),
        ("B2:C3 =", "B2:C3 等于"),
    ],
)
def test_other_cells_than_shown_are_noticed(follow, page_of, book, right, wrong):
    with pytest.raises(AssertionError):
        follow(page_of(WORKBOOK.replace(right, wrong)), book.parent)


def test_a_minute_and_a_machine_stand_for_any_other(follow, page_of, tmp_path):
    (tmp_path / "2025-09-10 09:30 jia@school").touch()
    shown = "$ ls\n2025-09-11 10:45 yi@bureau\nnote.csv"
    assert follow(page_of(GOOD.replace("$ ls\nnote.csv", shown)), tmp_path) == ["ls"]
