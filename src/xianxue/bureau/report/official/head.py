"""The head of an official document: 标志, 发文字号, 签发人, the red line, 标题, 主送机关."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from xianxue.bureau.report import styles
from xianxue.bureau.report.body import Body
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.controls import text_run
from xianxue.bureau.report.layout import points, twips
from xianxue.bureau.report.official import looks
from xianxue.bureau.report.official.paper import Paper, Setting
from xianxue.bureau.report.official.pieces import give, line, typeface
from xianxue.bureau.report.ooxml import Element, name, w

_LIGHTER: Final = Decimal(3)
"""The lighter of two lines has a third of the heavier one's weight."""
_BELOW_RULE: Final = Decimal("0.875")
"""发文字号 of a letter stands 7/8 of a character below the line (GB/T 9704-2012, relayed)."""
_SIGNER: Final = "签发人："
_ROOM: Final = "　　　　　"


def head(body: Body, paper: Paper, setting: Setting) -> None:
    """Set everything above the text."""
    genre, form = setting.genre, setting.format
    if genre.has("mark") and form.mark_stands == "text":
        mark = _mark(body, paper, setting)
        size = looks.mark_size(looks.mark_of(paper, setting), setting)
        # The rule measures to the letters of the mark, and its line is higher than they are.
        above = twips(form.mark_top) - (looks.mark_line(size) - points(size)) // 2
        give(mark, w("spacing", before=above))
    if genre.has("number") and form.number_stands != "below_title":
        _number(body, paper, setting)
    if form.head_line:
        _head_line(body, paper, setting)
    _title(body, paper, setting)
    if genre.has("addressee") and paper.addressee:
        body.paragraph((f"{paper.addressee}：",), styles.ADDRESSEE)


def first_header(body: Body, paper: Paper, setting: Setting) -> Element:
    """Make the header of a letter's first page: the mark and, below it, two red lines."""
    mark = _mark(body, paper, setting)
    body.made.remove(mark)
    return w("hdr", mark, double_rule(body, setting, above=True))


def double_rule(body: Body, setting: Setting, *, above: bool) -> Element:
    """Make two lines, the heavier one outside: above the text it is the upper one."""
    form = setting.format
    heavy, light = form.rule_weight, form.rule_weight / _LIGHTER
    upper, lower = (heavy, light) if above else (light, heavy)
    overhang = (twips(form.rule_length) - body.layout.text_width) // 2
    paragraph = w("p", w("pPr", w("pStyle", val=looks.RULE)))
    borders = w("pBdr", line("top", upper, looks.RED), line("bottom", lower, looks.RED))
    gap = w("spacing", before=twips(form.rule_gap) if above else 0)
    return give(paragraph, borders, gap, w("ind", left=-overhang, right=-overhang))


def _mark(body: Body, paper: Paper, setting: Setting) -> Element:
    return body.paragraph((looks.mark_of(paper, setting),), looks.MARK)


def _number(body: Body, paper: Paper, setting: Setting) -> None:
    form, layout = setting.format, body.layout
    paragraph = body.paragraph((paper.shown_number,), looks.NUMBER)
    if form.number_stands == "right":
        below = points(setting.profile.body_size * _BELOW_RULE)
        give(paragraph, w("spacing", before=below), w("jc", val="right"))
        return
    give(paragraph, w("spacing", before=form.number_gap * layout.pitch), w("jc", val="center"))
    if setting.genre.has("signer"):
        _signer(body, paper, paragraph)
    if not form.head_line:
        give(paragraph, _rule(setting))


def _signer(body: Body, paper: Paper, paragraph: Element) -> None:
    """Set 签发人 on the line of the number, each one character away from its edge."""
    layout = body.layout
    tab = w("tab", val="right", pos=layout.text_width - layout.character)
    kai = layout.profile.heading2_fonts[0]
    named = typeface(text_run(paper.signer or _ROOM), kai, layout.profile.latin_font)
    paragraph.extend((w("r", w("tab")), text_run(_SIGNER), named))
    give(paragraph, w("tabs", _near(body), tab), w("jc", val="left"))
    paragraph.insert(1, w("r", w("tab")))


def _head_line(body: Body, paper: Paper, setting: Setting) -> None:
    """Set the issuer on the left and the date on the right, one character from their edges."""
    layout = body.layout
    paragraph = body.paragraph((paper.issuer,), looks.NUMBER)
    paragraph.insert(1, w("r", w("tab")))
    paragraph.extend((w("r", w("tab")), *body.controls.runs((chinese_day(paper.on),))))
    right = w("tab", val="right", pos=layout.text_width - layout.character)
    give(
        paragraph,
        _rule(setting),
        w("tabs", _near(body), right),
        w("spacing", before=layout.pitch),
    )


def _near(body: Body) -> Element:
    """Stop a tab one character from the left: an indent would shorten the red line."""
    return w("tab", val="left", pos=body.layout.character)


def _rule(setting: Setting) -> Element:
    form = setting.format
    return w("pBdr", line("bottom", form.rule_weight, looks.RED, form.rule_gap))


def _title(body: Body, paper: Paper, setting: Setting) -> None:
    first = len(body.made)
    below = setting.format.number_stands == "below_title"
    if below and setting.genre.has("boxes"):
        body.title(f"{paper.issuer}\n{paper.title}", followed=True)
    elif below:
        # A writ is named on a line of its own, below whose it is.
        body.title(paper.issuer, followed=True)
        body.title(paper.title, followed=True)
    else:
        body.title(paper.title)
    above = setting.format.title_gap * body.layout.pitch
    if above:
        after = body.made[first][0].find(name("spacing"))
        kept = {} if after is None else {"after": 0}
        give(body.made[first], w("spacing", before=above, **kept))
    if below and setting.genre.has("number"):
        paragraph = body.paragraph((paper.shown_number,), looks.NUMBER)
        # A table of boxes stands right below its number: it has one page.
        after = 0 if setting.genre.has("boxes") else body.layout.pitch
        give(paragraph, w("spacing", after=after), w("jc", val="right"))
