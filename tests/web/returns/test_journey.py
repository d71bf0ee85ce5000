"""A clerk's morning with her return: sent back, spoiled, put right, explained, signed, withdrawn."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from kit.grids import first_grid, saved, values

ONE = "/returns/school_annual/2025-2026/"


@pytest.fixture
def place(own_site) -> str:
    return own_site.account("school_clerk")["place"]


@pytest.fixture
def at(place) -> str:
    return f"{ONE}{place}/"


def spoiled(workspace, place: str, **cells: object) -> tuple[str, bytes]:
    """The school's own workbook with some cells of its first grid changed."""
    (path,) = (workspace / "workbooks").glob(f"{place}_*.xlsx")
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        tab, _, address = name.partition("__")
        book[tab][address] = value
    target = io.BytesIO()
    book.save(target)
    return path.name, target.getvalue()


# ── looking, and mending in the page ────────────────────────────────────────


@pytest.mark.parametrize("old", [False, True], ids=["today", "oldest"])
def test_a_spoiled_workbook_is_put_right_and_handed_in(own_site, signed_in, look, at, old):
    sheet, names = first_grid(own_site, at)
    page = signed_in("school_clerk", at, site=own_site, old=old)
    look(page, f"returns-one{'-oldest' * old}")
    page.goto(f"{at}edit/?sheet={sheet}")
    (before,) = values(page, names[0])
    page.fill(f"[name='c:{names[0]}']", "65人")
    page.keyboard.press("Enter")
    saved(page)
    page.wait_for_selector("#found [data-cell]")
    assert "65人" in page.inner_text("#found")
    look(page, f"returns-edit{'-oldest' * old}")

    page.goto(f"{at}check/")
    assert "还不能报" in page.inner_text("h1")
    page.click("a.whole:has-text('65人')")
    page.wait_for_selector("li.open:has-text('65人')")
    assert page.inner_text("td.here").endswith("65人"), "the picture shows the cell as it was typed"
    look(page, f"returns-check{'-oldest' * old}")
    page.fill("#fixed", before)
    page.click(".fix button")
    page.wait_for_url(re.compile(r"/check/\?tab="))
    assert "65人" not in page.inner_text(".found")

    page.goto(f"{at}edit/?sheet=premises")
    books = page.locator("input[aria-label*='图书']").first
    books.fill(str(int(books.input_value()) + 1))
    page.keyboard.press("Enter")
    saved(page)
    page.goto(f"{at}sign/")
    assert page.locator(".moved table tr").count() > 0, "what would move is told before signing"
    look(page, f"returns-sign{'-oldest' * old}")
    page.fill("#f-head", "校长（虚构）")
    page.fill("#f-why", "花名册核对后更正（虚构）")
    page.click("button.main-deed")
    page.wait_for_url(re.compile(re.escape(at) + "$"))
    assert "已报送第 2 版" in page.inner_text(".state.done")
    assert "已报送" in page.inner_text("h1")

    page.goto(f"{at}withdraw/")
    page.fill("#f-why", "还要再核一遍（虚构）")
    page.click("button.undoes")
    page.wait_for_url(re.compile(re.escape(at) + "$"))
    assert "撤回" in page.inner_text("h1")


def test_without_javascript_a_sheet_is_a_plain_form(own_site, signed_in, at):
    sheet, names = first_grid(own_site, at)
    page = signed_in("school_clerk", f"{at}edit/?sheet={sheet}", site=own_site, javascript=False)
    page.fill(f"[name='c:{names[0]}']", "77")
    page.click("#save")
    assert "草稿已存" in page.inner_text(".state.done")
    assert values(page, names[0]) == ["77"]
    page.click("button[value=check]")
    assert "/check/" in page.url


def test_without_javascript_a_file_is_sent_by_a_plain_form(
    own_site, signed_in, at, place, workspace
):
    name, data = spoiled(workspace, place)
    page = signed_in("school_clerk", at, site=own_site, javascript=False)
    page.set_input_files("#put-files", {"name": name, "mimeType": "x/y", "buffer": data})
    page.click("form.put button")
    for _ in range(40):
        if page.url.endswith("/1/"):
            break
        page.reload()
        page.wait_for_timeout(250)
    assert "查过了" in page.inner_text("h1")


# ── files that are none ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("空的.xlsx", b""),
        ("网页.xls", b"<html><table><tr><td>1</td></tr></table></html>"),
        ("改名.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("坏的.xlsx", b"PK\x03\x04" + bytes(40)),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64)),
        ("../../etc/passwd", b"root"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_by_name(own_site, at, name, data):
    visitor = own_site.visitor("school_clerk")
    sent = visitor.send(at, "/returns/upload/take", files={"files": (name, data)})
    assert sent.status == 303
    for _ in range(60):
        answer = visitor.get(sent.goes_to, follow=True)
        if "/1/" in answer.url:
            break
    assert answer.status == 200
    assert "没有收下" in answer.text
    assert "Traceback" not in answer.text


def test_another_schools_file_is_not_shown(own_site, at, place, workspace):
    (other, *_) = sorted(
        path
        for path in (workspace / "workbooks").glob("2*.xlsx")
        if not path.name.startswith(place)
    )
    visitor = own_site.visitor("school_clerk")
    sent = visitor.send(
        at, "/returns/upload/take", files={"files": (other.name, other.read_bytes())}
    )
    for _ in range(80):
        answer = visitor.get(sent.goes_to, follow=True)
        if "/1/" in answer.url:
            break
    assert "不在其办理范围" in answer.text
    assert '<td class="number' not in answer.text


def test_what_somebody_sent_is_nobody_elses(own_site, at, place, workspace):
    name, data = spoiled(workspace, place)
    sent = own_site.visitor("school_clerk").send(
        at, "/returns/upload/take", files={"files": (name, data)}
    )
    assert own_site.visitor("office_clerk").get(sent.goes_to).status == 404


def test_nothing_that_has_to_be_mended_is_handed_in(own_site, at):
    """Not even by somebody who sends the form without the page."""
    sheet, names = first_grid(own_site, at)
    visitor = own_site.visitor("school_clerk")
    saved_ = visitor.send(f"{at}edit/?sheet={sheet}", f"{at}edit/save", **{f"c:{names[0]}": "很多"})
    assert saved_.status == 303
    answer = visitor.post(
        f"{at}sign/submit", {"clerk": "甲", "head": "乙", "why": "丙"}, of=f"{at}edit/"
    )
    assert answer.status == 422
    assert "很多" in answer.text
    assert "已报送第" not in own_site.visitor("school_clerk").get(at).text


def test_another_school_is_refused_by_the_policy(own_site, place, workspace):
    other = next(
        path.name.partition("_")[0]
        for path in sorted((workspace / "workbooks").glob("2*.xlsx"))
        if not path.name.startswith(place)
    )
    visitor = own_site.visitor("school_clerk")
    for path in ("", "edit/", "check/", "sign/", "template", "file/1", "withdraw/"):
        assert visitor.get(f"{ONE}{other}/{path}").status == 403, path


def test_addresses_that_mean_nothing_say_so(own_site, place):
    visitor = own_site.visitor("school_clerk")
    for path in (
        "no_form/2025-2026",
        "school_annual/2025",
        "county_annual/2025-2026",
        "school_annual/x",
    ):
        assert visitor.get(f"/returns/{path}/{place}/").status == 404, path


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
def test_the_list_is_exported_whole(own_site):
    visitor = own_site.visitor("office_clerk")
    page, file = visitor.get("/returns/"), visitor.get("/returns/?as=xlsx")
    count = int(re.search(r'id="count">(\d+)/', page.text)[1])
    book = openpyxl.load_workbook(io.BytesIO(file.body))
    assert book.worksheets[0].max_row - 1 == count
    found = visitor.get(f"/returns/?q={quote('幼儿园')}&sort=-place")
    assert int(re.search(r'id="count">(\d+)/', found.text)[1]) < count
