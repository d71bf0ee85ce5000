"""The page of an audit: every place marked, every computation at hand, nothing fetched or run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest

from xianxue.bureau.audit.showing.page import page
from xianxue.bureau.audit.showing.remarks import comments
from xianxue.bureau.documents.document import Document
from xianxue.bureau.records.audited import Audit, Computed, Number, Operand, Proof

TEXT = (
    "全县有学校67所，其中中小学25所、幼儿园41所。\n"
    "学段\t学校数\n小学\t22\n中学\t3\n合计\t25\n"
    "<script>document.title='坏'</script>投入57.74万元。\n"
)


def operand(said: str, value: str, unit: str = "所", after: str = "") -> Operand:
    start = TEXT.index(said, TEXT.index(after))
    return Operand(said, Decimal(value), unit, start, start + len(said))


def proof(  # noqa: PLR0913, PLR0917 - the parts of a proof
    verdict, kind, stated, terms, low, high, suggestion, message
) -> Proof:
    start = min(one.start for one in (stated, *terms))
    end = max(one.end for one in (stated, *terms))
    computed = Computed(Decimal(low), Decimal(high))
    quote = TEXT[start:end]
    return Proof(
        verdict, kind, quote, start, end, stated, terms, computed, suggestion, message,
        Decimal("0.95"), "写明了<其中>",
    )  # fmt: skip


WRONG = proof(
    "inconsistent",
    "sum",
    operand("67所", "67"),
    (operand("25所", "25"), operand("41所", "41")),
    "66",
    "66",
    "应为66所<b>？</b>",
    "25所＋41所＝66所，文中为67所",
)
RIGHT = proof(
    "consistent",
    "sum",
    operand("25", "25", "", after="合计"),
    (operand("22", "22", "", after="小学\t"), operand("3", "3", "", after="中学\t")),
    "25",
    "25",
    None,
    "22＋3＝25",
)
MONEY = operand("57.74万元", "577400", "元")
ALONE = Number(MONEY.text, MONEY.start, MONEY.end, "cardinal", MONEY.value, None, None, "元")
AUDIT = Audit(TEXT, (ALONE,), (RIGHT, WRONG), (ALONE,))
DOCUMENT = Document("word", TEXT)


@pytest.fixture(scope="module")
def made() -> str:
    return page("总结.docx", DOCUMENT, AUDIT)


def paper(made: str) -> str:
    (inside,) = re.findall(r"<article class='paper'>(.*)</article>", made, re.DOTALL)
    return inside


def test_the_page_holds_the_whole_text(made):
    cells = paper(made).replace("</td><td", "\t<td").replace("</tr>", "\n").replace("</p>", "\n")
    assert unescape(re.sub("<[^>]*>", "", cells)) == TEXT + "\n"


def test_every_number_of_a_relation_is_marked_with_its_card(made):
    marks = re.findall(r'<span class="n ([^"]*)"[^>]*data-f="([^"]*)"[^>]*>([^<]*)<', paper(made))
    assert marks == [
        ("stated inconsistent", "0", "67所"),
        ("term inconsistent", "0", "25所"),
        ("term inconsistent", "0", "41所"),
        ("term consistent", "1", "22"),
        ("term consistent", "1", "3"),
        ("stated consistent", "1", "25"),
    ]
    assert ">57.74万元</span>" in paper(made)


def test_a_number_in_two_relations_has_both_cards():
    other = proof("possible", "sum", WRONG.terms[0], (WRONG.terms[1],), "1", "2", None, "也许")
    made = page("t", DOCUMENT, Audit(TEXT, (), (WRONG, other), ()))
    (mark,) = re.findall(r'<span class="n ([^"]*)"[^>]*data-f="([^"]*)" data-s="1">25所<', made)
    assert mark == ("stated possible", "1 0")


def test_nothing_of_the_document_is_markup(made):
    assert "<script>document.title" not in made
    assert "<b>？</b>" not in made
    assert made.count("<script>") == 1


def test_the_page_asks_for_nothing_from_anywhere(made):
    assert "default-src 'none'" in made
    assert not re.search(r"(?:src|href)\s*=|url\(|@import|https?://", made)


def test_the_gravest_comes_first_and_says_where_and_how(made):
    cards = re.findall(r'<section class="card (\w+)".*?</section>', made, re.DOTALL)
    assert cards == ["inconsistent", "consistent"]
    first = unescape(
        re.sub("<[^>]*>", "|", re.findall(r"<section.*?</section>", made, re.DOTALL)[0])
    )
    for word in ("不一致", "合计", "第 1 段", "25所＋41所＝66所", "应为66所", "算得", "66所"):
        assert word in first


def test_each_card_says_why_the_relation_is_believed_to_be_meant(made):
    assert made.count("<p class='why'>依据：写明了&lt;其中&gt;。</p>") == 2


def test_a_comment_says_why_and_one_on_what_holds_need_not():
    (wrong,) = comments(AUDIT.findings)
    assert wrong.text == (
        "【不一致·合计】25所＋41所＝66所，文中为67所\n文中：67所；算得：66所\n"
        "应为66所<b>？</b>\n依据：写明了<其中>。"
    )
    assert ["依据：" in one.text for one in comments(AUDIT.findings, everything=True)] == [
        False,
        True,
    ]


def test_numbers_in_no_relation_are_counted_and_marked(made):
    assert "1 个数未形成关系" in made
    assert '<span class="u" title="未形成关系">57.74万元</span>' in made


def test_an_empty_document_is_a_page_too():
    assert "0 字" in page("空", Document("text", ""), Audit("", (), (), ()))


# ── in a browser ────────────────────────────────────────────────────────────

PROBE = """
<script>
function state() {
  return Array.from(document.querySelectorAll('.card')).map(function (card) {
    return (card.hidden ? '-' : '+') + (card.classList.contains('on') ? 'open' : '');
  }).join(' ') + ' lit:' + document.querySelectorAll('.n.lit').length
    + ' chief:' + document.querySelectorAll('.n.lit.chief').length;
}
var told = [state()];
document.querySelector('.n.stated.consistent').click();
told.push(state());
document.querySelector('.n.term.inconsistent').click();
told.push(state());
document.querySelector('.filters .inconsistent').click();
told.push(state());
document.body.setAttribute('data-told', told.join(' | '));
</script>
"""


def told_by(made: str, probe: str, folder: Path) -> list[str]:
    """Open a page in the system's browser with a script behind it; give what that has noted."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        assert not os.environ.get("XIANXUE_CI"), "Chromium belongs to CI"
        pytest.skip("Chromium is not installed")
    file = folder / "page.html"
    file.write_text(made.replace("</body>", probe + "</body>"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    done = subprocess.run(
        [browser, *options, f"--user-data-dir={folder / 'user'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    (told,) = re.findall(r'data-told="([^"]*)"', done.stdout)
    return unescape(told).split(" | ")


def test_a_click_on_a_number_opens_its_computation(made, tmp_path: Path):
    assert told_by(made, PROBE, tmp_path) == [
        "+open - lit:3 chief:1",
        "+ +open lit:3 chief:1",
        "+open + lit:3 chief:1",
        "-open - lit:3 chief:1",
    ]


KEYS = """<script>
function state() {
  var on = document.querySelector('.card.on');
  return (document.activeElement.textContent.length < 9 ? document.activeElement.textContent : '-')
    + ' ' + on.querySelector('.sum').textContent.slice(-3);
}
function key(name, more) {
  var event = new KeyboardEvent('keydown',
    Object.assign({ key: name, bubbles: true, cancelable: true }, more || {}));
  document.activeElement.dispatchEvent(event);
  told.push(name + ' ' + state() + (event.defaultPrevented ? ' taken' : ''));
}
var told = [state()];
key('j'); key('j'); key('j'); key('Enter'); key('ArrowDown'); key('ArrowUp'); key('PageDown');
key('k'); key('k'); key('Enter'); key('j', { ctrlKey: true }); key('k', { metaKey: true });
document.querySelector('.filters .consistent').click(); key('j');
document.querySelector('.filters .inconsistent').click(); key('j');
document.body.setAttribute('data-told', told.join(' | '));
</script>
"""


def test_keys_move_the_focus_open_and_leave_scrolling_alone(tmp_path: Path):
    """From number to number with j and k, Enter opens the one in focus; arrows are the browser's.

    Only numbers whose relation is listed are gone to; where none is, keys are nobody's.
    """
    wrong, right = "67所", "＝25"
    assert told_by(page("总结.docx", DOCUMENT, AUDIT, quiet=True), KEYS, tmp_path) == [
        f"- {wrong}",
        f"j 67所 {wrong} taken",
        f"j 25 {wrong} taken",
        f"j 25 {wrong} taken",
        f"Enter 25 {right} taken",
        f"ArrowDown 25 {right}",
        f"ArrowUp 25 {right}",
        f"PageDown 25 {right}",
        f"k 67所 {right} taken",
        f"k 67所 {right} taken",
        f"Enter 67所 {wrong} taken",
        f"j 67所 {wrong}",
        f"k 67所 {wrong}",
        f"j 67所 {wrong} taken",
        f"j 67所 {wrong}",
    ]
