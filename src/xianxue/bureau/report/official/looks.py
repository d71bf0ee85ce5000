"""Styles of official documents beside those that every document has."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from xianxue.bureau.report.layout import Layout, half_points, points, width_in_characters
from xianxue.bureau.report.official.paper import Paper, Setting
from xianxue.bureau.report.styles import Look

MARK: Final = "OfficialMark"
NUMBER: Final = "OfficialNumber"
RULE: Final = "OfficialRule"
LIST: Final = "OfficialList"
FOOT: Final = "OfficialFoot"
RECEIPT: Final = "OfficialReceipt"
BOX: Final = "OfficialBox"

RED: Final = "FF0000"
_LEADING: Final = Decimal("1.2")
"""How much higher than its type the line of a mark is."""
_THIN: Final = 2
"""The height of the paragraph between two lines, in points."""


def mark_of(paper: Paper, setting: Setting) -> str:
    """Give 发文机关标志; empty where the format has none."""
    if not setting.genre.has("mark"):
        return ""
    return setting.format.mark.format(issuer=paper.issuer, genre=setting.genre.term)


def mark_size(mark: str, setting: Setting) -> Decimal:
    """Give the size of a mark: the largest that fits one line, in half points."""
    if not mark:
        return setting.profile.body_size
    room = Decimal(Layout(setting.profile).text_width) / points(Decimal(1))
    size = min(setting.format.mark_size, room / width_in_characters(mark))
    return Decimal(half_points(size)) / 2


def mark_line(size: Decimal) -> int:
    """Give the height of a mark's line, in twips."""
    return points(size * _LEADING)


def looks(paper: Paper, setting: Setting) -> list[Look]:
    """Give the styles of a document."""
    profile, layout = setting.profile, Layout(setting.profile)
    body = profile.body_fonts[0]
    pitch, spacing = layout.pitch, layout.compression
    size = mark_size(mark_of(paper, setting), setting)
    small = profile.page_number_size
    return [
        Look(
            MARK,
            "official mark",
            profile.title_fonts[0],
            size,
            "center",
            line=mark_line(size),
            color=RED,
        ),
        Look(NUMBER, "official number", body, profile.body_size, line=pitch, spacing=spacing),
        Look(RULE, "official rule", body, Decimal(_THIN), line=points(Decimal(_THIN))),
        Look(LIST, "official list", body, profile.body_size, line=pitch, spacing=spacing),
        Look(FOOT, "official foot", body, small, line=points(small * Decimal("1.5"))),
        Look(BOX, "official box", body, small, line=points(small * Decimal("1.5"))),
        Look(RECEIPT, "official receipt", body, small, line=pitch),
    ]
