"""The administrator changes a value of a rule: what moves is shown, and it can be taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from xianxue.desk.returns.exporting import Sheet, workbook_of

HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"
AT = "/admin/catalogue/standard/balance_resources/"
CHANGE, PREVIEW, SAVE = f"{AT}change", f"{AT}change/preview", f"{AT}change/save"
TYPED = {
    "value": "12",
    "first": "2025-01-01",
    "issuer": "虚构县教育局",
    "title": "虚构县办学条件补充规定（虚构）",
    "seen": "own",
}


def which(text: str) -> str:
    """The value of sports area for primary schools, as its line on the page names it."""
    row = next(row for row in text.split("<tr") if "生均体育运动场馆面积" in row and "小学" in row)
    return re.search(r'value="([^"]+)"', row)[1]


def written(site):
    return sorted(path.name for path in (site.workspace / "local").rglob("*.yaml"))


def test_what_moves_is_shown_and_the_change_is_taken_back(own_site, signed_in, look):
    brought = written(own_site)
    admin = own_site.visitor("administrator")
    assert CHANGE in admin.get(AT).links()
    one = which(admin.get(CHANGE).text)
    wrong = admin.send(CHANGE, PREVIEW, which=one, value="十二", first="明天", issuer="")
    assert wrong.status == 422
    for said in ("填的是“十二”", "填的是“明天”", "没有写依据的文件", "没有写发文机关"):
        assert said in wrong.text
    laxer = admin.send(CHANGE, PREVIEW, **TYPED | {"which": one, "value": "6"})
    assert laxer.status == 422
    assert "放宽" in laxer.text

    found = admin.send(CHANGE, PREVIEW, which=one, **TYPED)
    assert found.status == 200
    assert re.search(r"改了以后：\d+ 所学校（区域）的 \d+ 项判定、0 个数会变", found.text)
    assert "还缺" in found.text
    # Nothing is written before it is said to be: there is only what the example county brings.
    assert written(own_site) == brought

    saved = admin.post(SAVE, {"which": one, **TYPED, "why": "市里要求（虚构）"}, of=CHANGE)
    assert saved.status == 303
    card = admin.get(saved.headers["Location"])
    assert "已启用" in card.text
    assert "本县" in admin.get(AT).text
    judged = own_site.visitor("office_clerk").get("/assessment/balance_resources/")
    assert "12" in judged.text

    undone = admin.send(saved.headers["Location"], "/admin/changes/", why="不改了（虚构）")
    assert undone.status == 303
    assert written(own_site) == brought
    lines = own_site.visitor("auditor").get("/journal/").text
    assert "撤销规则改动" in lines

    page = signed_in("administrator", CHANGE, site=own_site)
    look(page, "change")
    page.check(f'[name=which][value="{one}"]')
    for name, words in TYPED.items():
        field = page.locator(f"[name={name}]")
        field.select_option(words) if name == "seen" else field.fill(words)
    page.click("#change .main-deed")
    page.wait_for_selector("table.entries >> text=还缺")
    look(page, "change-found")


def test_a_line_of_an_indicator_can_be_changed_and_other_cards_cannot(site):
    admin = site.visitor("administrator")
    assert admin.get("/admin/catalogue/indicator/classes_within_norm/change").status == 200
    assert admin.get("/admin/catalogue/indicator/pupils/change").status == 404
    assert admin.get("/admin/catalogue/codes/grades/change").status == 404
    office = site.visitor("office_clerk")
    assert office.get(CHANGE).status == 403
    assert CHANGE not in office.get(AT).links()


@pytest.mark.parametrize("end", ["", ".zh-CN"])
def test_the_how_to_page_is_followed_word_by_word(own_site, signed_in, end):
    """What stands in bold in its last two sections is pressed or seen, in that order."""
    text = (HOW_TO / f"change-the-rules{end}.md").read_text(encoding="utf-8")
    at = text.index("\n## 7." if not end else "\n## 七、")
    bold = iter(re.findall(r"\*\*(.+?)\*\*", text[at:]))
    page = signed_in("administrator", AT, site=own_site)

    def press() -> None:
        named = f":is(a, button, summary):has-text({next(bold)!r})"
        page.locator("main").locator(named).first.click()

    def sees() -> None:
        page.locator("body").get_by_text(next(bold)).first.wait_for()

    press()
    page.check(f'[name=which][value="{which(page.content())}"]')
    for name, words in TYPED.items():
        field = page.locator(f"[name={name}]")
        field.select_option(words) if name == "seen" else field.fill(words)
    press()
    sees()
    press()
    sees()
    press()
    press()
    page.wait_for_url("**/admin/catalogue/")
    page.goto(AT)
    press()
    with page.expect_download() as came:
        press()
    book = CalamineWorkbook.from_path(came.value.path())
    pages = {tab: book.get_sheet_by_name(tab).to_python() for tab in book.sheet_names}
    # Nothing is said of the school: then nothing can be judged.
    pages["应得"][1][3] = "无法判定"
    data = workbook_of(*(Sheet(tab, rows[0], rows[1:]) for tab, rows in pages.items()))
    page.set_input_files("[name=file]", {"name": "a.xlsx", "mimeType": "", "buffer": data})
    press()
    page.wait_for_selector("text=1 行都和规则一样")
    assert list(bold) == []
