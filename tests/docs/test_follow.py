"""Whoever follows a page notices where it is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
