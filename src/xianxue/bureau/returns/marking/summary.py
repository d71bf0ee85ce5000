"""The sheet that lists every complaint, with a link to each cell; and its hidden columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.marking.colours import NO_FILL, fill_of
from xianxue.bureau.returns.marking.list_sheet import Shape, list_link, list_row, list_sheet
from xianxue.bureau.returns.marking.styles import Styles
from xianxue.bureau.returns.sheets.appearance import FONT, row_height
from xianxue.bureau.returns.sheets.own_marks import ANSWERS, SIGN, Voice

_WIDTHS: Final = (6, 10, 16, 9, 46, 26, 40, 20)
_LINK: Final = 3
_HIDDEN: Final = len(_WIDTHS) + 2
"""The first of the three hidden columns, from 1; one free column stands before them."""
_TITLE, _COUNT, _HOW, _HEAD = 1, 2, 3, 4
_INSTRUCTIONS: Final = (
    "点“单元格”一列可以跳到出错的格子；格子上的批注写着怎样改。请就在本文件里改，保存后直接交回。"
    "本表、颜色、批注和“{reason}”一列，下次校验时自动清除，不会当作数据。"
)
_EXPLAINING: Final = f"经验校验属实的，请到“{ANSWERS}”表写明原因。"
_LEVELS: Final = {
    Severity.MUST_FIX: ("must", "FFFF9090", "（红色）"),
    Severity.EXPLAIN: ("explain", "FFFFD060", "（黄色）"),
    Severity.NOTE: ("note", "", ""),
}


def looks(styles: Styles) -> dict[str, int]:
    """Add the summary's own cell styles to the workbook's; give their numbers."""
    name = f'<name val="{FONT}"/><family val="2"/><charset val="134"/>'
    normal = styles.add(styles.fonts, f'<font><sz val="10"/>{name}</font>')
    bold = styles.add(styles.fonts, f'<font><b/><sz val="10"/>{name}</font>')
    title = styles.add(
        styles.fonts, f'<font><b/><sz val="16"/><color rgb="FF1F3864"/>{name}</font>'
    )
    link = styles.add(styles.fonts, f'<font><u/><sz val="10"/><color rgb="FF0563C1"/>{name}</font>')
    sides = "".join(
        f'<{side} style="thin"><color rgb="FFBFBFBF"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    box = styles.add(styles.borders, f"<border>{sides}<diagonal/></border>")
    # Asked for, not counted upon: a file may have its fills in any order.
    none = styles.add(styles.fills, NO_FILL)
    head = styles.add(styles.fills, fill_of("FFE3EBF4"))
    write = styles.add(styles.fills, fill_of("FFFFFFCC"))
    red, amber = (
        styles.add(styles.fills, fill_of(_LEVELS[grade][1]))
        for grade in (Severity.MUST_FIX, Severity.EXPLAIN)
    )
    bare = styles.add(styles.borders, styles.first_border())
    wrap, middle = '<alignment vertical="center" wrapText="1"/>', '<alignment vertical="center"/>'
    centre = '<alignment horizontal="center" vertical="center"/>'
    wanted = {
        "title": (title, none, bare, middle),
        "plain": (normal, none, bare, wrap),
        "head": (bold, head, box, centre),
        "text": (normal, none, box, wrap),
        "link": (link, none, box, centre),
        "number": (normal, none, box, centre),
        "must": (normal, red, box, centre),
        "explain": (normal, amber, box, centre),
        "note": (normal, none, box, centre),
        "write": (normal, write, box, wrap),
    }
    return {
        look: styles.add(
            styles.formats,
            f'<xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"'
            ' applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"{alignment}</xf>",
        )
        for look, (font, fill, border, alignment) in wanted.items()
    }


def summary_sheet(  # noqa: PLR0913 - all that stands on the sheet
    title: str,
    issues: Sequence[Issue],
    targets: Mapping[str, str],
    hidden: Sequence[tuple[str, str, str]],
    look: Mapping[str, int],
    *,
    voice: Voice,
    explaining: bool,
) -> bytes:
    """Write the sheet.

    ``targets`` gives each complaint's sheet name the tab it is found under; ``hidden`` are lines
    for the next reader: the first stands beside the title. ``explaining``: whether there is a sheet
    to explain on.
    """
    # The sheet for explanations is spoken of only where there is one.
    how = _INSTRUCTIONS.format(reason=voice.reason) + (_EXPLAINING if explaining else "")
    rows = [
        _row(_TITLE, [(1, title, look["title"])], hidden, height=30),
        _row(_COUNT, [(1, _count(issues, voice), look["plain"])], hidden, height=20),
        _row(_HOW, [(1, how, look["plain"])], hidden, height=34),
        _row(
            _HEAD,
            [(column, head, look["head"]) for column, head in enumerate(voice.heads, 1)],
            hidden,
            height=22,
        ),
    ]
    links: list[str] = []
    for number, issue in enumerate(issues, 1):
        at = _HEAD + number
        tab = targets.get(issue.sheet, "")
        if tab:
            links.append(list_link(at, _LINK + 1, tab, issue.cell or "A1"))
        rows.append(_line(at, number, issue, hidden, look, voice=voice, linked=bool(tab)))
    rows += [_row(at, [], hidden) for at in range(_HEAD + len(issues) + 1, len(hidden) + 1)]
    last = max(_HEAD + len(issues), len(rows))
    shape = Shape(_WIDTHS, _HIDDEN, 3, (_TITLE, _COUNT, _HOW), _HEAD, selected=True)
    return list_sheet(rows, links, shape, last)


def _count(issues: Sequence[Issue], voice: Voice) -> str:
    counts = Counter(issue.severity for issue in issues)
    return "　".join(
        f"{voice.grades[grade][0]} {counts[grade]} 条{_LEVELS[grade][2]}{voice.grades[grade][1]}"
        for grade in Severity
        if counts[grade]
    )


def _line(  # noqa: PLR0913 - one line tells about all of these
    at: int,
    number: int,
    issue: Issue,
    hidden: Sequence[tuple[str, str, str]],
    look: Mapping[str, int],
    *,
    voice: Voice,
    linked: bool,
) -> str:
    texts = (
        f"{number}",
        voice.grades[issue.severity][0],
        issue.sheet,
        issue.cell or ("打开" if linked else ""),
        issue.saw,
        issue.required,
        issue.do,
        issue.citation,
    )
    kinds = ["number", _LEVELS[issue.severity][0], "text", "link" if linked else "number"]
    kinds += ["text"] * 4
    cells = [
        (column, text, look[kind])
        for column, (text, kind) in enumerate(zip(texts, kinds, strict=True), 1)
    ]
    return _row(at, cells, hidden, height=row_height(zip(texts, _WIDTHS, strict=True)))


def _row(
    at: int,
    cells: Sequence[tuple[int, str, int]],
    hidden: Sequence[tuple[str, str, str]],
    height: float = 0,
) -> str:
    extra = hidden[at - 1] if at <= len(hidden) else ()
    cells = [*cells, *((column, text, 0) for column, text in enumerate(extra, _HIDDEN))]
    return list_row(at, cells, height)


def sign(file: str) -> tuple[str, str, str]:
    """Give the first hidden line: by it a later reader knows the sheet again."""
    return (SIGN, "1", file)
