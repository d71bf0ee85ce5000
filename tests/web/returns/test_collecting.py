"""代收: the office takes in what a school brought on a stick; and who sees what of sent files."""

from __future__ import annotations

import io
import re
from urllib.parse import urlsplit

import openpyxl
import pytest

ONE = "/returns/school_annual/2025-2026/"
ROW = re.compile(r"<tr><td class=\"number\">\d+</td>.*?</tr>", re.DOTALL)
NUMBER = re.compile(r"<td class=\"number[^\"]*\" data-head=\"(?:要改|要说明|提示)\">(\d*)</td>")


@pytest.fixture
def place(own_site) -> str:
    return own_site.account("school_clerk")["place"]


def brought(workspace, place: str, **cells: object) -> tuple[str, bytes]:
    """A school's workbook as it is brought to the office, with some cells changed."""
    (path,) = (workspace / "workbooks").glob(f"{place}_*.xlsx")
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        tab, _, address = name.partition("__")
        book[tab][address] = value
    target = io.BytesIO()
    book.save(target)
    return path.name, target.getvalue()


def sent(visitor, *files: tuple[str, bytes]) -> str:
    """Send files and wait until they are looked at; give the address of their page."""
    done = visitor.send("/returns/upload/", "/returns/upload/take", files={"files": list(files)})
    assert done.status == 303, done.text
    for _ in range(200):
        page = visitor.get(f"{done.goes_to}?stay=1")
        if "正在校验" not in page.text:
            return urlsplit(done.goes_to).path
    raise AssertionError(page.text)


def others(workspace, place: str) -> str:
    """Another school."""
    names = sorted(path.name for path in (workspace / "workbooks").glob("2*.xlsx"))
    return next(name.partition("_")[0] for name in names if not name.startswith(place))


def test_the_office_takes_in_for_a_school_and_its_trail_says_so(own_site, place, workspace):
    office = own_site.visitor("office_clerk")
    same = sent(office, brought(workspace, place))
    again = office.send(f"{same}collect/", f"{same}collect/done", file="1", why="甲")
    assert "1 份和已经通过的一样" in office.get(f"{again.goes_to}?stay=1").text
    back = {"step": "send_back", "remark": "纸质表有更正（虚构）", "why": "有误", "seen": "1"}
    done = office.post(f"{ONE}{place}/step", back, of=f"{ONE}{place}/review")
    assert done.status == 303, done.text

    page = sent(office, brought(workspace, place))
    assert "代收" in office.get(f"{page}?stay=1").text
    asked = office.get(f"{page}collect/")
    assert "代收勾选的（共 1 份）" in asked.text
    # The reason of the policy stands there, to be made more exact.
    assert "学校没有自己报送，由教育局代收" in asked.text

    done = office.send(f"{page}collect/", f"{page}collect/done", file="1", why="学校停电（虚构）")
    assert done.status == 303, done.text
    assert "代收了 1 份" in office.get(f"{done.goes_to}?stay=1").text
    told = own_site.visitor("school_clerk").get(f"{ONE}{place}/").text
    assert "代收" in told
    assert "学校停电（虚构）" in told
    assert own_site.account("office_clerk")["name"] in told


def test_what_has_to_be_mended_is_not_taken_in(own_site, place, workspace):
    office = own_site.visitor("office_clerk")
    page = sent(office, brought(workspace, place, 学生__B5="很多"))
    assert "没有可以代收的" in office.get(f"{page}collect/").text
    done = office.post(f"{page}collect/done", {"file": "1", "why": "甲"}, of="/returns/upload/")
    assert done.status == 422


def test_nobody_but_who_may_takes_in(own_site, place, workspace):
    school = own_site.visitor("school_clerk")
    page = sent(school, brought(workspace, place))
    assert "代收" not in school.get(f"{page}?stay=1").text
    assert school.get(f"{page}collect/").status == 403
    assert own_site.visitor("office_clerk").get(f"{page}collect/").status == 404


def test_what_is_wrong_with_another_schools_file_is_not_counted(own_site, place, workspace):
    other = others(workspace, place)
    school = own_site.visitor("school_clerk")
    page = sent(
        school,
        brought(workspace, place, 学生__B5="很多"),
        brought(workspace, other, 学生__B5="很多"),
    )
    text = school.get(f"{page}?stay=1").text
    mine, theirs = ROW.findall(text)
    assert int(NUMBER.findall(mine)[0]) > 0
    assert NUMBER.findall(theirs) == ["", "", ""]
    assert "不在您的范围" in theirs
    assert "1 份不在您的范围" in re.search(r"<h1>(.*?)</h1>", text)[1]
