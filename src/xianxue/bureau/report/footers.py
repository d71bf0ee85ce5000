"""Page numbers: — 1 — to the right on odd pages, to the left on even ones."""

from __future__ import annotations

from xianxue.bureau.report import styles
from xianxue.bureau.report.controls import text_run
from xianxue.bureau.report.layout import Layout, points
from xianxue.bureau.report.ooxml import Element, w


def footers(layout: Layout) -> dict[str, Element]:
    """Make the footers of odd (``default``) and ``even`` pages.

    The number stands one character away from the edge of the 版心.
    """
    character = points(layout.profile.page_number_size)
    return {
        "default": _footer("right", {"right": character}),
        "even": _footer("left", {"left": character}),
    }


def _footer(align: str, indent: dict[str, int]) -> Element:
    properties = w("pPr", w("pStyle", val=styles.FOOTER), w("ind", **indent), w("jc", val=align))
    page = w("fldSimple", w("r", text_run("1")[1]), instr=" PAGE ")
    return w("ftr", w("p", properties, text_run("— "), page, text_run(" —")))
