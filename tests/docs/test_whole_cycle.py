"""The tutorial of a whole cycle: what its reader is promised beyond what is printed there."""

from __future__ import annotations

import subprocess
from pathlib import Path

import openpyxl
import pytest
from national import national

from xianxue.desk.returns.intake import read_and_check

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "a-whole-cycle.md"
END_OF_FILLING = "## 3. Spoil it"
END_OF_MARKING = "## 6. Mend it"


def first_part(folder: Path, end: str) -> Path:
    """The page up to a heading, as a page of its own."""
    text = PAGE.read_text(encoding="utf-8")
    assert text.count(f"\n{end}\n") == 1
    part = folder / "page.md"
    part.write_text(text[: text.index(f"\n{end}\n")], encoding="utf-8")
    return part


def resaved(book: Path, folder: Path, soffice: str) -> Path:
    """A workbook opened in LibreOffice and saved as .xlsx under its own name."""
    home = f"{(folder / 'home').as_uri()}"
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "xlsx"]
    out = folder / "resaved"
    done = subprocess.run([*command, "--outdir", out, book], capture_output=True, check=False)
    made = out / book.name
    assert made.is_file(), done.stderr.decode()
    return made


@pytest.mark.parametrize("spoiled", [False, True], ids=["filled", "spoiled"])
def test_saving_in_libreoffice_brings_no_new_issue(tmp_path, follow, soffice, spoiled):
    """What is right stays right, and what is wrong is wrong in the same words."""
    follow(first_part(tmp_path, END_OF_MARKING if spoiled else END_OF_FILLING), tmp_path)
    book = tmp_path / "云上.xlsx"
    shelf = national().shelf
    before = read_and_check([book], shelf, None).issues
    after = read_and_check([resaved(book, tmp_path, soffice)], shelf, None).issues
    assert [issue.message for issue in after] == [issue.message for issue in before]
    assert len(before) == (3 if spoiled else 0)


def test_a_marked_copy_saved_in_libreoffice_says_the_same(tmp_path, follow, soffice):
    follow(first_part(tmp_path, END_OF_MARKING), tmp_path)
    marked = tmp_path / "marked" / "云上_校验.xlsx"
    shelf = national().shelf
    before = read_and_check([tmp_path / "云上.xlsx"], shelf, None).issues
    after = read_and_check([resaved(marked, tmp_path, soffice)], shelf, None).issues
    assert [(i.sheet, i.cell, i.saw, i.do) for i in after] == [
        (i.sheet, i.cell, i.saw, i.do) for i in before
    ]


def test_the_cells_the_page_calls_red_are_red_and_commented(tmp_path, follow):
    follow(first_part(tmp_path, END_OF_MARKING), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "marked" / "云上_校验.xlsx")
    wrong = [book["学生"]["C4"], book["教职工"]["D3"], book["校舍与设备"]["D7"]]
    fine = book["学生"]["C5"]
    for cell in wrong:
        assert cell.comment is not None
        assert cell.fill.fgColor.rgb != fine.fill.fgColor.rgb
    assert fine.comment is None
    (red,) = {cell.fill.fgColor.rgb for cell in wrong}
    assert int(red[2:4], 16) > max(int(red[4:6], 16), int(red[6:8], 16))
    links = [cell.hyperlink for cell in book["校验结果"]["D"] if cell.hyperlink]
    assert len(links) == 3
