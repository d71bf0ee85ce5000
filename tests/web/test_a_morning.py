"""The tutorial «a morning at the bureau», walked in a browser word by word, and photographed.

What stands in bold on the page is, in its order, what is pressed or seen here. The pictures that
the page shows are taken on the way where `XIANXUE_PICTURES` names the folder they are kept in;
before they are committed they are brought down to a palette (150 kB each at most).
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "tutorial" / f"a-morning-at-the-bureau{end}.md" for end in ("", ".zh-CN")]
BOLD = re.compile(r"\*\*(.+?)\*\*")
SHOWN = re.compile(r"\]\(\.\./pictures/([\w-]+)\.png\)")
ONE = "/returns/school_annual/2025-2026/"
HAND = (b"15309", b"15390")
"""Pupils of the county, as they are counted and as somebody has typed."""
REMARK = "资产账上是 13953 册，请核对"


class Morning:
    """What is pressed, seen and photographed, in its order."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.pictures: list[str] = []

    def press(self, page: Page, word: str, within: str = "main") -> None:
        """Press a link or button by the word on it."""
        self.words.append(word)
        named = f":is(a, button, summary):has-text({word!r})"
        page.locator(within).locator(named).first.click()

    def sees(self, page: Page, *words: str, within: str = "body") -> None:
        """Read words on the page."""
        for word in words:
            self.words.append(word)
            page.locator(within).get_by_text(word).first.wait_for()

    def picture(self, page: Page, name: str) -> None:
        """Take a picture that the page shows."""
        self.pictures.append(name)
        if folder := os.environ.get("XIANXUE_PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")


def workbook(workspace: Path, place: str, **cells: object) -> dict[str, str | bytes]:
    """The school's filled workbook with some cells typed over, as a browser sends it."""
    (path,) = (workspace / "workbooks").glob(f"{place}_*.xlsx")
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        tab, _, address = name.partition("__")
        book[tab][address] = value
    target = io.BytesIO()
    book.save(target)
    return {"name": path.name, "mimeType": "x/y", "buffer": target.getvalue()}


def changed(document: bytes, name: str) -> dict[str, str | bytes]:
    """A report in which somebody has typed over one number: how many schools there are."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(target, "w") as new:
        for each in old.infolist():
            data = old.read(each)
            if each.filename == "word/document.xml":
                assert data.count(HAND[0]) >= 1
                data = data.replace(*HAND, 1)
            new.writestr(each, data)
    return {"name": name, "mimeType": "x/y", "buffer": target.getvalue()}


def in_bold(page: Path) -> list[str]:
    """What a page tells to press or see."""
    return BOLD.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=["English", "Chinese"])
def test_each_picture_is_real_and_small(page: Path):
    names = SHOWN.findall(page.read_text(encoding="utf-8"))
    assert len(names) >= 5
    for name in names:
        data = (DOCS / "pictures" / f"{name}.png").read_bytes()
        assert data.startswith(b"\x89PNG")
        assert int.from_bytes(data[16:20], "big") == 1440
        assert len(data) <= 150_000, name


def sent_back(went: Morning, office: Page, at: str) -> None:
    """The office looks again at a return that was approved, and sends it back."""
    went.sees(office, "待办")
    office.goto(at)
    went.press(office, "审核")
    went.press(office, "校舍与设备")
    office.locator(".tabs [aria-current]", has_text="校舍与设备").wait_for()
    office.locator(".sheet a[aria-label^='D8 ']").click()
    office.locator("label[for=remark]", has_text="D8").wait_for()
    office.fill("#remark", REMARK)
    went.press(office, "存下批注")
    office.fill("#why", "与资产账不符（虚构）")
    went.press(office, "附批注 1 条")
    went.sees(office, "有 1 条批注")


def found(went: Morning, clerk: Page, at: str, place: str) -> None:
    """The clerk finds it on her first page."""
    went.sees(clerk, "退回")
    clerk.goto(at)
    went.sees(clerk, REMARK)
    with clerk.expect_download() as download:
        went.press(clerk, "下载模板")
    assert place in download.value.suggested_filename
    form = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    assert "学生" in form.sheetnames


def spoiled(went: Morning, clerk: Page, workspace: Path, place: str) -> None:
    """She sends a workbook with two slips, and sees them on their cells."""
    sent = workbook(workspace, place, 学生__B4="74人", 学生__C5=90, 校舍与设备__D8=13953)
    went.sees(clerk, "上传并校验", within="form.put")
    clerk.set_input_files("#put-files", sent)
    clerk.wait_for_url(re.compile(r"/sent/\w+/1/"))
    went.sees(clerk, "74人")
    clerk.locator("a.whole", has_text="74人").first.click()
    clerk.wait_for_selector("td.here")
    went.sees(clerk, "看到", "要求", "怎么办", within=".found")
    went.picture(clerk, "check")


def mended(went: Morning, clerk: Page, workspace: Path, place: str) -> None:
    """Mended, it is in order; she keeps it for the head."""
    went.press(clerk, "重新上传")
    clerk.wait_for_url("**/#put")  # with its script, which sends what is chosen
    sent = workbook(workspace, place, 校舍与设备__D8=13953)
    clerk.set_input_files("#put-files", sent)
    clerk.wait_for_url(re.compile(r"/sent/\w+/1/"))
    went.sees(clerk, "没有要改的")
    went.press(clerk, "在网页里改")
    went.sees(clerk, "草稿已存")


def signed(went: Morning, head: Page) -> None:
    """The head looks, and signs."""
    went.press(head, "看过、签名报送")
    went.press(head, "签名报送")
    went.sees(head, "填报人和校长签名，就可以报送")
    went.picture(head, "sign")
    head.locator("main form button.main-deed").click()
    went.sees(head, "已报送第 2 版")


def approved(went: Morning, office: Page, at: str) -> None:
    """The office takes it up and lets it pass."""
    office.goto("/")
    went.sees(office, "清泉镇第二小学")
    went.picture(office, "home")
    office.goto(f"{at}review")
    went.sees(office, "比第 1 版改了")
    went.press(office, "受理审核")
    office.goto(f"{at}review")
    went.press(office, "审核通过")
    went.sees(office, "已通过")


def asked(went: Morning, leader: Page) -> None:
    """A leader asks where a number comes from."""
    went.sees(leader, "指标")
    leader.locator("#rows a.num").first.click()
    leader.wait_for_selector("#panel .chain")
    went.sees(leader, "怎么算", "哪些学校", "哪几格", "谁交的，谁收的", within="#panel")
    went.picture(leader, "number")
    leader.goto("/assessment/")
    went.press(leader, "义务教育优质均衡发展资源配置")
    went.sees(leader, "各校还缺")
    went.picture(leader, "balance")


def written(went: Morning, office: Page) -> None:
    """The report is written, and a number changed by hand is found."""
    office.goto("/report/")
    went.press(office, "年度工作总结")
    went.picture(office, "report")
    with office.expect_download() as download:
        went.press(office, "下载 .docx")
    document = download.value.path().read_bytes()
    office.set_input_files("#file", changed(document, download.value.suggested_filename))
    went.press(office, "核对", within="form:has(#file)")
    office.wait_for_url(re.compile(r"/audit/\w+"))
    went.sees(office, "手改的数 1 个", "可能是相邻两个数字颠倒", "写成时为15309人")
    went.picture(office, "audit")


def test_the_morning_goes_as_it_is_told(own_site, signed_in: Callable[..., Page]):
    place = own_site.account("school_clerk")["place"]
    at = f"{ONE}{place}/"
    went = Morning()
    office = signed_in("office_clerk", "/", site=own_site)
    sent_back(went, office, at)
    clerk = signed_in("school_clerk", "/", site=own_site)
    found(went, clerk, at, place)
    spoiled(went, clerk, own_site.workspace, place)
    mended(went, clerk, own_site.workspace, place)
    signed(went, signed_in("school_head", at, site=own_site))
    approved(went, office, at)
    asked(went, signed_in("leader", "/indicators/?q=图书", site=own_site))
    written(went, office)

    assert in_bold(PAGES[1]) == went.words
    assert in_bold(PAGES[0]) == went.words
    assert SHOWN.findall(PAGES[1].read_text(encoding="utf-8")) == went.pictures
