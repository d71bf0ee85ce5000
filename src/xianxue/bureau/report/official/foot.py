"""The foot of an official document: 附件说明, 署名, 成文日期, room for the seal, 附注, 版记."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from xianxue.bureau.report import styles
from xianxue.bureau.report.body import Body
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.controls import text_run
from xianxue.bureau.report.layout import points, width_in_characters
from xianxue.bureau.report.official import looks
from xianxue.bureau.report.official.paper import Paper, Setting
from xianxue.bureau.report.official.pieces import Side, give, line, millimetres, typeface
from xianxue.bureau.report.ooxml import Element, name, w

_SEALED_GAP: Final = Decimal(4)
"""A date that is sealed ends four characters from the right (source: GB/T 9704-2012, relayed)."""
_SIGNED_FOR: Final = ("收件单位（盖章）：　　　　　　　　签收人（签名）：", "年　　月　　日")


def attachments_named(body: Body, paper: Paper) -> None:
    """Set 附件说明: numbered where there are several, without a mark behind the name."""
    several = len(paper.attachments) > 1
    for number, attached in enumerate(paper.attachments, start=1):
        ordinal = f"{number}." if several else ""
        lead = "附件：" if number == 1 else "　　　"
        title = attached.title.replace("\n", "")
        paragraph = body.paragraph((f"{lead}{ordinal}{title}",), looks.LIST)
        hang = int(width_in_characters(lead + ordinal) * body.layout.character)
        before = body.layout.pitch if number == 1 else 0
        left = body.layout.indent + hang
        give(paragraph, w("spacing", before=before), w("ind", left=left, hanging=hang))


def attended(body: Body, paper: Paper, setting: Setting) -> None:
    """Set who attended: each list under its head, in the black type of headings."""
    black = setting.profile.heading1_fonts[0]
    lists = [(head, paper.attendance.get(head, ())) for head in setting.genre.attendance]
    for index, (head, names) in enumerate(one for one in lists if one[1]):
        paragraph = body.paragraph((), looks.LIST)
        lead = typeface(text_run(f"{head}："), black, setting.profile.latin_font)
        paragraph.extend((lead, *body.controls.runs(("　".join(names),))))
        hang = int(width_in_characters(f"{head}：") * body.layout.character)
        before = 0 if index else body.layout.pitch
        left = body.layout.indent + hang
        give(paragraph, w("spacing", before=before), w("ind", left=left, hanging=hang))


def signed(body: Body, paper: Paper, setting: Setting) -> None:
    """Set 署名 and 成文日期, with room for the seal where the kind is sealed."""
    genre = setting.genre
    if not genre.has("signature"):
        return
    if body.made:
        # The signature never stands alone on its page.
        give(body.made[-1], w("keepNext"), w("keepLines"))
    day = chinese_day(paper.on)
    sealed = genre.has("seal")
    line_of = Decimal(setting.profile.characters_per_line)
    starts = sealed_at(paper.issuer, day, line_of) if sealed else body.starts(paper.issuer, day)
    lines = max(setting.format.seal_gap, 1) if sealed else 1
    for text, style, start in zip(
        (paper.issuer, day), (styles.SIGNATURE, styles.DATE), starts, strict=True
    ):
        paragraph = body.paragraph((text,), style)
        give(paragraph, w("ind", left=int(start * body.layout.character), firstLine=0))
        if style == styles.SIGNATURE:
            give(paragraph, w("spacing", before=lines * body.layout.pitch))


def sealed_at(issuer: str, day: str, characters: Decimal) -> tuple[Decimal, Decimal]:
    """Say at which character 署名 and 日期 begin where both are sealed: one centred on the other.

    A long name ends at the edge, and the date stays below its middle.

    >>> sealed_at("虚构县教育局", "2026年12月6日", Decimal(28))
    (Decimal('17.75'), Decimal('17.5'))
    """
    own, date = width_in_characters(issuer), width_in_characters(day)
    dated = characters - _SEALED_GAP - date
    signed = dated + (date - own) / 2
    over = max(signed + own - characters, Decimal(0))
    # A name that is wider than the line begins at its left edge.
    return max(signed - over, Decimal(0)), max(dated - over, Decimal(0))


def remarked(body: Body, paper: Paper, setting: Setting) -> None:
    """Set 附注 in brackets below the date, two characters in."""
    if setting.genre.has("remark") and paper.remark:
        body.paragraph((f"（{paper.remark}）",))


def receipted(body: Body, paper: Paper, setting: Setting) -> None:
    """Set the receipt that is cut off and goes back."""
    genre = setting.genre
    if not genre.has("receipt"):
        return
    cut = line("top", Decimal(1), styles.BLACK, Decimal(2), kind="dashed")
    first = body.paragraph(("送达回执",), looks.RECEIPT)
    give(first, w("keepNext"), w("pBdr", cut), w("spacing", before=body.layout.pitch))
    give(first, w("jc", val="center"))
    said = genre.receipt.format(issuer=paper.issuer, genre=genre.term, number=paper.shown_number)
    signed_for, dated = _SIGNED_FOR
    for text in (said, signed_for):
        give(body.paragraph((text,), looks.RECEIPT), w("keepNext"))
    give(body.paragraph((dated,), looks.RECEIPT), w("jc", val="right"))


def attached(body: Body, paper: Paper) -> None:
    """Set the attachments, each on a page of its own."""
    several = len(paper.attachments) > 1
    for number, one in enumerate(paper.attachments, start=1):
        head = body.paragraph((f"附件{number}" if several else "附件",), looks.LIST)
        black = body.layout.profile.heading1_fonts[0]
        for run in head.iter(name("r")):
            typeface(run, black, body.layout.profile.latin_font)
        give(head, w("pageBreakBefore"), w("spacing", after=body.layout.pitch))
        body.title(one.title)
        body.blocks(one.blocks)


def imprinted(body: Body, paper: Paper, setting: Setting) -> None:
    """Set the 版记 at the foot of the last page: 抄送, then 印发机关 and 印发日期.

    It is a table held at the lower edge of the 版心. It is placed by the paper's left edge, not by
    the 版心: LibreOffice lets a table as wide as the text float only so.
    """
    told = [*_copies(body, paper, setting), *_imprint(body, paper, setting)]
    if not told:
        return
    width = body.layout.text_width
    held = w(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="page",
        tblpX=body.layout.left,
        tblpYSpec="bottom",
    )
    properties = w("tblPr", held, w("tblW", w=width, type="dxa"))
    if setting.format.foot_lines:
        properties.append(_lines(setting))
    properties.append(w("tblLayout", type="fixed"))
    properties.append(w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right"))))
    table = w("tbl", properties, w("tblGrid", w("gridCol", w=width)))
    for paragraph in told:
        cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa")), paragraph)
        table.append(w("tr", w("trPr", w("cantSplit")), cell))
    body.made.append(table)
    # A document may not end with a table.
    body.paragraph((), looks.RULE)


def _copies(body: Body, paper: Paper, setting: Setting) -> Iterator[Element]:
    if not setting.genre.has("copies") or not paper.copies:
        return
    small = points(setting.profile.page_number_size)
    lead = f"{setting.genre.copies_term}："
    paragraph = body.paragraph((f"{lead}{paper.copies}。",), looks.FOOT)
    body.made.remove(paragraph)
    hang = int(width_in_characters(lead) * small)
    yield give(paragraph, w("ind", left=small + hang, right=small, hanging=hang))


def _imprint(body: Body, paper: Paper, setting: Setting) -> Iterator[Element]:
    if not setting.genre.has("imprint"):
        return
    small = points(setting.profile.page_number_size)
    paragraph = body.paragraph((paper.printed_by or f"{paper.issuer}办公室",), looks.FOOT)
    body.made.remove(paragraph)
    printed = body.controls.runs((f"{chinese_day(paper.on)}印发",))
    paragraph.extend((w("r", w("tab")), *printed))
    tab = w("tab", val="right", pos=body.layout.text_width - small)
    yield give(paragraph, w("tabs", tab), w("ind", left=small, right=small, firstLine=0))


def _lines(setting: Setting) -> Element:
    """Draw the lines of the 版记: the first and the last are heavier than those between."""
    heavy = millimetres(setting.format.foot_heavy)
    light = millimetres(setting.format.foot_light)
    sides: tuple[tuple[Side, Decimal], ...] = (
        ("top", heavy),
        ("bottom", heavy),
        ("insideH", light),
    )
    return w("tblBorders", *(line(side, weight, styles.BLACK) for side, weight in sides))
