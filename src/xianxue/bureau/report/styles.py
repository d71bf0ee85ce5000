"""Styles and fonts of a profile: what Word finds in styles.xml and fontTable.xml."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Final

from xianxue.bureau.kinds.outline import Profile
from xianxue.bureau.report.layout import Layout, half_points, points
from xianxue.bureau.report.ooxml import Element, name, off, w
from xianxue.bureau.values.record import Record

BODY: Final = "Normal"
TITLE: Final = "Title"
SUBTITLE: Final = "Subtitle"
ADDRESSEE: Final = "Salutation"
CAPTION: Final = "Caption"
NOTE: Final = "TableNote"
SIGNATURE: Final = "Signature"
DATE: Final = "Date"
FOOTER: Final = "Footer"
TABLE: Final = "TableGrid"

BLACK: Final = "000000"
_GB2312: Final = "86"
"""The character set that Word writes for simplified Chinese fonts."""
_OFF: Final = ("widowControl", "overflowPunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid")
_CELL_LEADING: Final = Decimal("1.25")
"""How much higher than its type a line in a table is."""


def heading(level: int) -> str:
    """Give the style of a heading."""
    return f"Heading{level}"


def cell(index: int) -> str:
    """Give the style of table text in the profile's ``index``-th size."""
    return f"TableText{index + 1}"


def cell_header(index: int) -> str:
    """Give the style of a table's header row."""
    return f"TableHeader{index + 1}"


def fonts(east_asian: str, latin: str) -> Element:
    """Set all four font slots: what is left out falls back to whatever the machine has."""
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=latin)


class Look(Record):
    """One paragraph style."""

    style: str
    name: str
    font: str
    size: Decimal
    align: str = "left"
    """Not justified: where a long number cannot be broken, a short line would be drawn apart."""
    first_line: int = 0
    before: int = 0
    after: int = 0
    line: int = 0
    spacing: int = 0
    level: int = 0
    """1 to 4 for headings: the outline level that Word's navigation shows."""
    keep_next: bool = False
    color: str = BLACK

    def element(self, latin: str) -> Element:
        """Make the style; ``latin`` is the font of its digits and letters."""
        style = w("style", type="paragraph", styleId=self.style)
        if self.style == BODY:
            style.set(name("default"), "1")
        if self.name.startswith("table "):
            style.set(name("customStyle"), "1")
        style.append(w("name", val=self.name))
        if self.style != BODY:
            style.append(w("basedOn", val=BODY))
        if self.level:
            style.append(w("next", val=BODY))
        style.extend((w("qFormat"), self._paragraph(), self._run(latin)))
        return style

    def _paragraph(self) -> Element:
        # In the order of Word's schema, which refuses any other.
        properties = w("pPr")
        properties.append(w("keepNext") if self.keep_next else off("keepNext"))
        # no mark hangs over the edge, and no space creeps in beside digits: a line is 28 characters
        properties.extend(off(tag) for tag in _OFF)
        properties.append(
            w("spacing", before=self.before, after=self.after, line=self.line, lineRule="exact")
        )
        properties.append(w("ind", left="0", right="0", firstLine=self.first_line))
        properties.append(w("jc", val=self.align))
        if self.level:
            properties.append(w("outlineLvl", val=self.level - 1))
        return properties

    def _run(self, latin: str) -> Element:
        size = half_points(self.size)
        return w(
            "rPr",
            fonts(self.font, latin),
            off("b"),
            off("bCs"),
            off("i"),
            w("color", val=self.color),
            w("spacing", val=self.spacing),
            w("sz", val=size),
            w("szCs", val=size),
        )


def styles(profile: Profile, more: Sequence[Look] = ()) -> Element:
    """Make styles.xml; ``more`` are those of one kind of document."""
    latin = profile.latin_font
    root = w("styles", _defaults(profile))
    for look in (*_looks(profile), *more):
        number_font = profile.page_number_fonts[0]
        root.append(look.element(number_font if look.style == FOOTER else latin))
    root.append(_table_style())
    return root


def _looks(profile: Profile) -> list[Look]:
    layout = Layout(profile)
    pitch = layout.pitch
    body, kai = profile.body_fonts[0], profile.heading2_fonts[0]
    text = partial(Look, size=profile.body_size, line=pitch, spacing=layout.compression)
    title = partial(Look, font=profile.title_fonts[0], size=profile.title_size, line=pitch)
    looks = [
        text(BODY, "Normal", body, first_line=layout.indent),
        title(TITLE, "Title", align="center", after=pitch),
        text(SUBTITLE, "Subtitle", kai, align="center", after=pitch),
        text(ADDRESSEE, "Salutation", body, align="left"),
        text(SIGNATURE, "Signature", body, align="left", before=pitch, keep_next=True),
        text(DATE, "Date", body, align="left"),
    ]
    for level, font in enumerate((profile.heading1_fonts[0], kai, body, body), start=1):
        make = partial(text, heading(level), f"heading {level}", font, level=level)
        looks.append(make(first_line=layout.indent, keep_next=True))
    looks.extend(_table_looks(profile))
    size = profile.page_number_size
    font = profile.page_number_fonts[0]
    looks.append(Look(FOOTER, "footer", font, size, "left", line=points(size)))
    return looks


def _table_looks(profile: Profile) -> list[Look]:
    body, black = profile.body_fonts[0], profile.heading1_fonts[0]
    # A profile may name one size only: then the second is the same.
    first, second = (*profile.table_sizes, profile.table_sizes[-1])[:2]
    half = Layout(profile).pitch // 2
    above = partial(Look, CAPTION, "caption", black, first, "center", keep_next=True)
    looks = [
        above(before=half, after=half // 2, line=_leading(first)),
        Look(NOTE, "table note", body, second, before=half // 4, after=half, line=_leading(second)),
    ]
    for index, size in enumerate(profile.table_sizes):
        text = partial(Look, size=size, align="center", line=_leading(size))
        looks.append(text(cell(index), f"table text {index + 1}", body))
        looks.append(text(cell_header(index), f"table header {index + 1}", black))
    return looks


def _leading(size: Decimal) -> int:
    return points(size * _CELL_LEADING)


def _defaults(profile: Profile) -> Element:
    run = w(
        "rPr",
        fonts(profile.body_fonts[0], profile.latin_font),
        w("sz", val=half_points(profile.body_size)),
        w("szCs", val=half_points(profile.body_size)),
        w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _table_style() -> Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    # In eighths of a point: half a point.
    lines = (w(side, val="single", sz="4", space="0", color=BLACK) for side in sides)
    return w(
        "style",
        w("name", val="Table Grid"),
        w("tblPr", w("tblBorders", *lines)),
        type="table",
        styleId=TABLE,
    )


def font_table(profile: Profile) -> Element:
    """Make fontTable.xml: each font with those that may stand in for it."""
    families = (
        profile.body_fonts,
        profile.title_fonts,
        profile.heading1_fonts,
        profile.heading2_fonts,
        profile.page_number_fonts,
    )
    root = w("fonts")
    for first, *others in dict.fromkeys(tuple(family) for family in families):
        font = w("font", name=first)
        if others:
            font.append(w("altName", val=",".join(others)))
        font.extend((w("charset", val=_GB2312), w("family", val="auto"), w("pitch", val="auto")))
        root.append(font)
    root.append(
        w(
            "font",
            w("charset", val="00"),
            w("family", val="roman"),
            w("pitch", val="variable"),
            name=profile.latin_font,
        )
    )
    return root
