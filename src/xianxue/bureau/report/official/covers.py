"""Cover pages of boxes and items of evidence: one .docx, each cover on a page of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.outline import Profile
from xianxue.bureau.report import footers, styles
from xianxue.bureau.report.body import Body
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.layout import Layout, points
from xianxue.bureau.report.official.pieces import give
from xianxue.bureau.report.ooxml import Element, document_of, w
from xianxue.bureau.report.styles import Look
from xianxue.bureau.report.text import TextTable
from xianxue.bureau.report.word import Ends, Properties, write_file
from xianxue.bureau.values.record import Record

_INDEX: Final = "CoverIndex"
_NAME: Final = "CoverName"
_LARGE: Final = "CoverLarge"
_LINE: Final = "CoverLine"
_ROOM_ABOVE: Final = 1
"""Lines left free above the title: what lies inside is listed on the same page."""
_WIDE_LINE: Final = Decimal("1.4")


class Cover(Record, kw_only=True):
    """One cover."""

    index: str
    """What stands in the corner: 索引号 2.1."""
    title: str
    """Whose material it is: the rubric's name."""
    name: str
    """The box or item."""
    lines: tuple[str, ...] = ()
    """What else is said, a line each, below the name."""
    table: TextTable | None = None
    notes: tuple[str, ...] = ()
    """Below the table: what is missing."""


def render_covers(covers: Sequence[Cover], signed: str, on: date, profile: Profile) -> bytes:
    """Make the file; the same covers give the same bytes."""
    layout = Layout(profile)
    first = covers[0]
    says = Properties(title=f"{first.title} {first.name}", subject="covers", creator=signed, on=on)
    ends = [
        Ends(kind=kind, place="footer", element=element)
        for kind, element in footers.footers(layout).items()
    ]

    def main(related: Mapping[str, str]) -> Element:
        feet = {kind: related[f"footer_{kind}"] for kind in ("default", "even")}
        body = Body(layout, feet)
        for at, one in enumerate(covers):
            _cover(body, one, signed, on, first=at == 0)
        return document_of([*body.made, body.section(landscape=False)])

    looks = styles.styles(profile, _looks(profile))
    return write_file(main, ends, says, looks, styles.font_table(profile))


def _cover(body: Body, cover: Cover, signed: str, on: date, *, first: bool) -> None:
    pitch = body.layout.pitch
    index = body.paragraph((cover.index,), _INDEX)
    give(index, w("jc", val="right"), *(() if first else (w("pageBreakBefore"),)))
    title = body.paragraph((cover.title,), _NAME)
    give(title, w("spacing", before=_ROOM_ABOVE * pitch, after=pitch))
    give(body.paragraph((cover.name,), _LARGE), w("spacing", after=pitch))
    for line in (*cover.lines, signed, chinese_day(on)):
        body.paragraph((line,), _LINE)
    if cover.table is not None:
        body.blocks((cover.table,))
    for note in cover.notes:
        body.paragraph((note,), _LINE)


def _looks(profile: Profile) -> list[Look]:
    layout = Layout(profile)
    black, body = profile.heading1_fonts[0], profile.body_fonts[0]
    wide = points(profile.title_size * _WIDE_LINE)
    return [
        Look(_INDEX, "cover index", black, profile.body_size, line=layout.pitch),
        Look(_NAME, "cover title", profile.title_fonts[0], profile.title_size, "center", line=wide),
        Look(_LARGE, "cover name", black, profile.title_size, "center", line=wide),
        Look(_LINE, "cover line", body, profile.body_size, "center", line=layout.pitch),
    ]
