"""The grid editor: typing, composing, pasting, undoing, saving, as people do it.

G1 to D5 are the sentences of docs/reference/asks.md.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator

import pytest
from kit.grids import PASTE, saved, values
from kit.server import Server
from kit.workspaces import copied

ONE = "/returns/school_annual/2025-2026/"
EVERY = "() => [...document.querySelectorAll(\"#cells input[name^='c:']\")].map(i => i.value)"
BELOW = """() => { for (const row of document.querySelectorAll('#cells tbody tr')) {
  const first = row.querySelector('td.number input'); if (!first) continue;
  const at = first.parentNode.cellIndex, body = [...row.parentNode.rows];
  const below = body.slice(body.indexOf(row)).map(r => r.cells[at] && r.cells[at].querySelector('input')).filter(Boolean);
  if (below.length >= 3) return below.slice(0, 3).map(i => i.name.slice(2)); } return []; }"""
A_SECOND = 1000


@pytest.fixture(scope="module")
def own_site(county, tmp_path_factory) -> Iterator[Server]:
    """One server for all of these; each begins without a draft."""
    scratch = tmp_path_factory.mktemp("grid")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


@pytest.fixture
def at(own_site) -> str:
    path = f"{ONE}{own_site.account('school_clerk')['place']}/"
    own_site.visitor("school_clerk").post(f"{path}edit/discard", {}, of=f"{path}edit/")
    return path


@pytest.fixture
def page(own_site, signed_in, at):
    """The editor of a grid of numbers with totals and cells that nobody is asked for."""
    return signed_in("school_clerk", f"{at}edit/?sheet=students", site=own_site)


@pytest.fixture
def column(page) -> list[str]:
    """Three cells below each other."""
    found = page.evaluate(BELOW)
    assert len(found) == 3
    return found


@pytest.fixture
def classes(own_site, signed_in, at):
    """The editor of a list that grows."""
    return signed_in("school_clerk", f"{at}edit/?sheet=classes", site=own_site)


@pytest.fixture
def posts(page) -> list[str]:
    """What is sent while the test goes on."""
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if request.method == "POST" else None
    )
    return sent


def focused(page) -> str:
    return page.evaluate("document.activeElement.name").removeprefix("c:")


def pasted(page) -> str:
    return page.inner_text("#pasted")


def compose(page, text: str) -> None:
    """Have an input method show a text that is not decided yet."""
    session = page.context.new_cdp_session(page)
    said = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    session.send("Input.imeSetComposition", said)


def decide(page, text: str) -> None:
    """Have the input method hand over what was chosen."""
    page.context.new_cdp_session(page).send("Input.insertText", {"text": text})


# ── pasting ─────────────────────────────────────────────────────────────────


def test_g1_a_trailing_line_feed_is_no_row(page, column):
    third = values(page, column[2])
    page.evaluate(PASTE, [column[0], "5\r\n7\r\n", None])
    assert values(page, *column[:2]) == ["5", "7"]
    assert values(page, column[2]) == third


def test_g1_a_line_feed_inside_a_cell_is_no_row(page, column):
    """Two by one: a cell with a break in it, quoted, and a number."""
    right = page.evaluate(
        "name => { const cell = document.querySelector(`[name='c:${name}']`).parentNode; return cell.nextElementSibling.querySelector('input').name.slice(2); }",
        column[0],
    )
    second = values(page, column[1])
    page.evaluate(PASTE, [column[0], '"a\nb"\t5\r\n', None])
    assert values(page, column[0], right) == ["a b", "5"]
    assert values(page, column[1]) == second
    # The browser's field holds what the page thinks it holds: leaving it is no further change.
    page.focus(f"[name='c:{right}']")
    page.keyboard.press("Control+z")
    assert values(page, column[0]) != ["a b"]


@pytest.mark.parametrize(
    "flavour",
    [
        "<td x:num='64.123'>64</td>",
        "<td sdval='64.123' sdnum='2052;0;0'>64</td>",
        f"<td data-sheets-value='{json.dumps({'1': 3, '3': 64.123})}'>64</td>",
    ],
    ids=["WPS", "LibreOffice", "web"],
)
def test_g2_what_is_shown_rounded_enters_as_it_is(page, column, flavour):
    page.evaluate(PASTE, [column[0], "64", f"<table><tr>{flavour}</tr></table>"])
    assert values(page, column[0]) == ["64.123"]
    assert "原数" in pasted(page)


def test_g2_it_enters_as_it_is_even_where_a_cell_is_being_edited(page, column):
    page.focus(f"[name='c:{column[0]}']")
    page.keyboard.press("F2")
    page.evaluate(PASTE, [column[0], "64", "<table><tr><td x:num='64.123'>64</td></tr></table>"])
    assert values(page, column[0]) == ["64.123"]


@pytest.mark.parametrize(
    "format_",
    [
        "<style>.xl65 {mso-number-format:0;}</style><table><tr><td class=xl65>64</td></tr></table>",
        '<style>\n.xl66\n\t{mso-number-format:"0\\.00_ ";}</style><table><tr><td class="xl66">64.12</td></tr></table>',
    ],
)
def test_g2_what_a_format_may_have_rounded_is_flagged(page, column, format_):
    """Excel since 2007 hands over no value beside what it shows."""
    page.evaluate(PASTE, [column[0], "64", format_])
    assert values(page, column[0]) == ["64"]
    assert "四舍五入" in pasted(page)


@pytest.mark.parametrize(
    ("text", "flavour"),
    [
        ("####", None),
        ("1.23457E+17", None),
        ("1.23457E+17", "<table><tr><td x:num='123456789012345680'>1.23457E+17</td></tr></table>"),
        (
            "123456789012345680",
            "<table><tr><td x:num='1.2345678901234568E+17'>123456789012345680</td></tr></table>",
        ),
    ],
)
def test_g2_f1_what_is_out_of_sight_or_has_lost_digits_does_not_enter(page, column, text, flavour):
    before = values(page, column[1])
    page.evaluate(PASTE, [column[1], text, flavour])
    assert values(page, column[1]) == before
    assert "没有贴" in pasted(page)


def test_g2_a_day_is_pasted_as_the_day_that_is_shown(classes):
    """The value behind 1月2日 is a count of days: no name of a class, and no year."""
    cell = "classes.1.name"
    classes.evaluate(
        PASTE, [cell, "1月2日", "<table><tr><td x:num='46024'>1月2日</td></tr></table>"]
    )
    assert values(classes, cell) == ["1月2日"]


def test_g3_blank_leading_cells_keep_their_columns(classes):
    row = classes.evaluate(
        "() => [...document.querySelectorAll(\"[name^='c:classes.1.']\")].map(i => i.name.slice(2))"
    )
    assert len(row) == 3
    classes.evaluate(PASTE, [row[0], "\t\t41\r\n\t3班\t42\r\n", None])
    assert values(classes, *row) == ["", "", "41"]
    assert values(classes, *(name.replace(".1.", ".2.") for name in row)) == ["", "3班", "42"]


def test_g5_a_merged_block_is_shown_before_anything_changes(page, column):
    before = values(page, *column)
    page.evaluate(PASTE, [column[0], "9\r\n\r\n", "<table><tr><td rowspan='2'>9</td></tr></table>"])
    assert page.locator("#preview").is_visible()
    assert values(page, *column) == before
    page.keyboard.press("Enter")
    assert values(page, column[0]) == ["9"]


def test_g5_a_block_larger_than_the_table_is_shown_first(page, column):
    before = page.evaluate(EVERY)
    page.evaluate(PASTE, [column[0], "1\r\n" * 40, None])
    assert page.locator("#preview").is_visible()
    assert page.locator("#preview tbody tr").count() == len(
        page.evaluate(
            "name => { const at = document.querySelector(`[name='c:${name}']`), n = at.parentNode.cellIndex; return [...at.closest('tbody').rows].filter(r => r.cells[n] && r.cells[n].querySelector('input')).map(r => 1); }",
            column[0],
        )
    ), "every cell that would be touched, and no other"
    assert page.evaluate(EVERY) == before
    page.keyboard.press("Enter")
    assert values(page, *column) == ["1", "1", "1"]
    assert "超出了表" in pasted(page)


def test_g5_escape_leaves_all_as_it_was(page, column):
    before = values(page, *column)
    page.evaluate(PASTE, [column[0], "9", "<table><tr><td colspan='2'>9</td></tr></table>"])
    page.keyboard.press("Escape")
    assert values(page, *column) == before


def test_g7_a_paste_over_what_is_worked_out_says_how_many_it_skipped(page, own_site, at, column):
    rows = page.evaluate("() => document.querySelector('#cells tbody').rows.length")
    open_, shut = page.evaluate(
        """name => { const at = document.querySelector(`[name='c:${name}']`), body = at.closest('tbody').rows;
          const cells = [...body].flatMap(r => [...r.cells].slice(1));
          return [cells.filter(c => c.querySelector('input')).length, cells.filter(c => !c.querySelector('input')).length]; }""",
        column[0],
    )
    assert shut > 0
    across = (open_ + shut) // rows
    totals = page.evaluate("() => [...document.querySelectorAll('td.shut')].map(c => c.innerText)")
    page.evaluate(PASTE, [column[0], ("\t".join(["7"] * across) + "\r\n") * rows, None])
    assert f"贴了 {open_} 格" in pasted(page)
    assert f"跳过 {shut} 格" in pasted(page)
    assert set(page.evaluate(EVERY)) == {"7"}
    assert page.locator("#cells .shut input, #cells .total input").count() == 0
    assert totals == page.evaluate(
        "() => [...document.querySelectorAll('td.shut')].map(c => c.innerText)"
    )


def test_g7_nobody_sends_a_worked_out_cell_past_the_page(own_site, at, column):
    visitor = own_site.visitor("school_clerk")
    sheet = column[0].partition(".")[0]
    field = column[0].rpartition(".")[2]
    sent = {
        f"c:{sheet}.total.{field}": "999",
        f"c:{sheet}.合计.{field}": "999",
        f"c:{column[0]}": "8",
    }
    answer = visitor.post(
        f"{at}edit/save", sent, of=f"{at}edit/?sheet={sheet}", Accept="application/json"
    )
    assert json.loads(answer.text)["skipped"] == 2


def test_g8_a_paste_of_500_cells_is_one_step(classes, own_site, at):
    """One step where it is taken back in the page, and one where it is taken back by the button."""
    before = classes.evaluate(EVERY)
    block = "".join(f"一年级\t{n}班\t{n}\r\n" for n in range(1, 169))
    classes.evaluate(PASTE, ["classes.1.grade", block, None])
    assert "贴了 504 格" in pasted(classes)
    saved(classes)
    assert values(classes, "classes.168.name") == ["168班"]
    classes.keyboard.press("Control+z")
    after = classes.evaluate(EVERY)
    assert after[: len(before)] == before
    assert not any(after[len(before) :])
    saved(classes)
    classes.keyboard.press("Control+y")
    assert values(classes, "classes.168.name") == ["168班"]
    saved(classes)
    # What came by the page's own undo and redo is a step each; the paste is no more than one.
    visitor = own_site.visitor("school_clerk")
    for _ in range(3):
        visitor.send(f"{at}edit/?sheet=classes", f"{at}edit/undo", sheet="classes")
    classes.goto(classes.url)
    assert classes.evaluate(EVERY) == before


# ── composing ───────────────────────────────────────────────────────────────


def test_g6_what_is_composed_on_a_chosen_cell_comes_whole(classes):
    """The first key of an input method is not swallowed: it stands for all that stood there."""
    classes.focus("[name='c:classes.2.name']")
    compose(classes, "g")
    compose(classes, "gui ze")
    decide(classes, "规则班")
    assert values(classes, "classes.2.name") == ["规则班"]
    classes.keyboard.press("Enter")
    assert focused(classes) == "classes.3.name"


def test_g6_composing_moves_and_saves_nothing(page, column, posts):
    page.focus(f"[name='c:{column[0]}']")
    compose(page, "wu")
    page.evaluate(
        """() => { for (const key of ['g', 'Enter', 'ArrowDown', 'Escape']) document.activeElement.dispatchEvent(
          new KeyboardEvent('keydown', {key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true})); }"""
    )
    page.wait_for_timeout(A_SECOND)
    assert focused(page) == column[0]
    assert values(page, column[0]) == ["wu"]
    assert posts == []


def test_g6_a_change_made_before_waits_until_the_word_is_there(page, column, posts):
    before = page.inner_html("#found")
    page.focus(f"[name='c:{column[0]}']")
    page.keyboard.type("65人")
    page.keyboard.press("Enter")
    compose(page, "liu")
    page.wait_for_timeout(A_SECOND)
    assert posts == []
    assert page.inner_html("#found") == before
    decide(page, "六")
    page.keyboard.press("Enter")
    saved(page)
    assert len(posts) == 1
    assert "65人" in page.inner_text("#found")


def test_g6_no_search_goes_out_while_a_word_is_composed(signed_in):
    """Neither of the list nor of the whole site."""
    for path, field in (("/places/", "#q"), ("/", "#find")):
        page = signed_in("office_clerk", path)
        asked: list[str] = []
        page.on(
            "request",
            lambda request, to=asked: to.append(request.url) if "q=" in request.url else None,
        )
        page.focus(field)
        compose(page, "h")
        compose(page, "he wan")
        page.wait_for_timeout(A_SECOND)
        assert asked == []
        with page.expect_response(lambda answer: "q=" in answer.url):
            decide(page, "河湾")
        assert all("q=%E6%B2%B3%E6%B9%BE" in each for each in asked), asked


# ── all rows, all keys ──────────────────────────────────────────────────────


def test_g9_an_entry_sheet_has_no_pages_and_every_row_is_checked(own_site, at):
    visitor = own_site.visitor("school_clerk")
    page = f"{at}edit/?sheet=classes"
    names = re.findall(r'name="c:classes\.1\.(\w+)"', visitor.get(page).text)
    last = names[-1]
    lines = {
        f"c:classes.{n}.{name}": {names[0]: "一年级", names[1]: f"{n}班"}.get(name, "40")
        for n in range(1, 301)
        for name in names
    }
    lines[f"c:classes.300.{last}"] = "四十个左右"
    assert visitor.send(page, f"{at}edit/save", **lines).status == 303
    shown = visitor.get(page).text
    assert len(re.findall(rf'name="c:classes\.\d+\.{last}"', shown)) >= 300
    assert 'class="pages' not in shown
    refused = visitor.post(
        f"{at}sign/submit", {"clerk": "甲", "head": "乙", "why": "丙"}, of=f"{at}edit/"
    )
    assert refused.status == 422
    assert "四十个左右" in html.unescape(refused.text)


def test_g10_keys(page, column):
    (second,) = values(page, column[1])
    page.focus(f"[name='c:{column[0]}']")
    page.keyboard.type("31")
    page.keyboard.press("Enter")
    assert focused(page) == column[1]
    page.keyboard.type("99")
    page.keyboard.press("Escape")
    assert values(page, column[1]) == [second]
    page.keyboard.press("F2")
    page.keyboard.type("1")
    page.keyboard.press("ArrowDown")
    assert values(page, column[0], column[1]) == ["31", f"{second}1"]
    assert focused(page) == column[2]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+z")
    assert values(page, column[1]) == [second]
    page.keyboard.press("Control+y")
    assert values(page, column[1]) == [f"{second}1"]
    page.focus(f"[name='c:{column[1]}']")
    page.keyboard.press("Shift+Enter")
    assert focused(page) == column[0]
    page.keyboard.press("ArrowRight")
    right = focused(page)
    assert right != column[0]
    page.keyboard.press("ArrowLeft")
    assert focused(page) == column[0]
    page.keyboard.press("Tab")
    assert focused(page) == right
    page.keyboard.press("Shift+Tab")
    assert focused(page) == column[0]


def test_g10_the_keys_are_listed_under_a_question_mark(page):
    page.locator("#keys").focus()
    page.keyboard.press("?")
    assert page.locator("#keylist").is_visible()
    told = page.inner_text("#keylist")
    for key in ("Enter", "Tab", "↑ ↓ ← →", "F2", "Esc", "Ctrl Z / Y"):
        assert key in told
    page.keyboard.press("?")
    assert page.locator("#keylist").is_hidden()


# ── drafts ──────────────────────────────────────────────────────────────────


def test_d1_what_was_typed_is_there_after_the_page_is_gone(own_site, signed_in, page, column):
    page.fill(f"[name='c:{column[0]}']", "58")
    page.keyboard.press("Tab")
    saved(page)
    again = signed_in("school_clerk", page.url, site=own_site, fresh=True)
    assert values(again, column[0]) == ["58"]


def test_d3_two_tabs_lose_nothing(own_site, signed_in, page, column):
    other = signed_in("school_clerk", page.url, site=own_site)
    for tab, text in ((page, "41"), (other, "42")):
        tab.fill(f"[name='c:{column[0]}']", text)
        tab.keyboard.press("Tab")
        saved(tab)
    other.wait_for_selector("#found .state.bad")
    assert "41" in other.inner_text("#found .state.bad")
    assert "42" in other.inner_text("#found .state.bad")
    other.click("#found button[value=mine]")
    other.wait_for_load_state()
    assert values(other, column[0]) == ["42"]


def test_d4_unsaved_is_said_where_something_differs_and_nowhere_else(page, column, posts):
    first = f"[name='c:{column[0]}']"
    (was,) = values(page, column[0])
    said = page.inner_text("#saved")
    page.focus(first)
    page.keyboard.press("Tab")
    assert page.inner_text("#saved") == said, "walking over a cell changes nothing"
    page.focus(first)
    page.keyboard.type("3")
    assert page.inner_text("#saved") == "未保存", "what is typed and not yet left is not saved"
    page.keyboard.press("Escape")
    assert page.inner_text("#saved") == said
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.focus(first)
    page.keyboard.type(was)
    page.keyboard.press("Tab")
    assert page.inner_text("#saved") == said, "it is as it was"
    page.wait_for_timeout(A_SECOND)
    assert posts == []
    page.focus(first)
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    saved(page)
    assert re.fullmatch(r"草稿已存 \d\d:\d\d", page.inner_text("#saved"))


def test_d5_a_draft_is_discarded_after_one_question_and_found_again(page, column, own_site, at):
    page.fill(f"[name='c:{column[0]}']", "3")
    page.keyboard.press("Tab")
    saved(page)
    page.reload()
    page.click("summary:has-text('丢弃草稿')")
    page.click("button.undoes")
    page.wait_for_url(re.compile(re.escape(at) + "$"))
    page.click("button:has-text('找回')")
    page.wait_for_url(re.compile("/edit/"))
    page.goto(f"{at}edit/?sheet={column[0].partition('.')[0]}")
    assert values(page, column[0]) == ["3"]
