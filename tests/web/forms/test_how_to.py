"""The how-to page «ask schools for something new», walked in a browser word by word.

What stands in bold on the page is, in its order, what is pressed or seen here.
"""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"
BOLD = re.compile(r"\*\*(.+?)\*\*")
NAME = "近视防控表（虚构）"


class Walk:
    """What is pressed and seen, in its order."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def press(self, page: Page, word: str) -> None:
        """Press a link or button by the word on it."""
        self.words.append(word)
        named = f":is(a, button, summary):has-text({word!r})"
        page.locator("main").locator(named).first.click()

    def sees(self, page: Page, word: str) -> None:
        """Read a word on the page."""
        self.words.append(word)
        page.locator("body").get_by_text(word).first.wait_for()


def test_a_form_is_designed_approved_and_taken_back_as_the_page_says(own_site, signed_in):
    walk = Walk()
    office = signed_in("office_clerk", "/forms/", site=own_site)
    walk.press(office, "表单设计")
    walk.press(office, "新建一张")
    for name, words in {
        "name": NAME,
        "ident": "eyesight",
        "term0": "在校学生数",
        "ident0": "pupils",
        "term1": "近视学生数",
        "ident1": "short",
    }.items():
        office.fill(f"[name={name}]", words)
    office.check("[name=stage][value=primary]")
    walk.press(office, "加一张表")
    office.wait_for_url("**sheet=1")
    office.fill("[name=sheet_term]", "分年级")
    office.select_option("[name=layout]", "grid")
    office.select_option("[name=rows]", "grades")
    office.fill("[name=term0]", "近视人数")
    office.fill("[name=ident0]", "grade_short")
    office.check("[name=stage][value=primary]")
    walk.press(office, "看样表、检查")
    walk.sees(office, "已经有")
    walk.sees(office, "样表")
    with office.expect_download() as came:
        walk.press(office, "下载样表")
    assert NAME in came.value.suggested_filename
    walk.press(office, "报请启用")
    office.wait_for_selector("text=撤回报请")

    leader = signed_in("leader", "/", site=own_site)
    walk.sees(leader, f"审批《{NAME}》")
    walk.words.append("去审批")
    leader.locator("a:has-text('去审批')").first.click()
    walk.press(leader, "启用")
    walk.sees(leader, "已启用")
    assert (own_site.workspace / "local/forms/eyesight.yaml").is_file()
    assert NAME in own_site.visitor("office_clerk").get("/returns/").text

    walk.press(leader, "撤销启用")
    leader.fill("details[open] [name=why]", "先不收（虚构）")
    walk.press(leader, "确定撤销")
    leader.wait_for_url("**/forms/design/")
    assert not (own_site.workspace / "local/forms/eyesight.yaml").exists()

    for end in ("", ".zh-CN"):
        page = (HOW_TO / f"new-form{end}.md").read_text(encoding="utf-8")
        assert BOLD.findall(page) == walk.words
