"""The workbook out: a template made from a form for one place, or a filled return.

The same inputs give the same bytes: the only date in the file is the period's first day.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import Final

from xlsxwriter import Workbook

from xianxue.bureau.kinds.asked import AskedSheet, asked_by, asked_of
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.brought import Brought
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.comparison_lines import compared_part
from xianxue.bureau.returns.sheets.layout import RULES_TAB, Laid, lay_out_asked
from xianxue.bureau.returns.sheets.two_languages import in_two_languages
from xianxue.bureau.returns.template.across import write_across
from xianxue.bureau.returns.template.down import write_down
from xianxue.bureau.returns.template.hidden_sheets import write_beside, write_codes, write_schema
from xianxue.bureau.returns.template.page import Book, Page
from xianxue.bureau.returns.template.prefill import (
    NOTHING,
    Prefill,
    held_items,
    show_sheet,
    with_values,
)
from xianxue.bureau.returns.template.printing import (
    Heading,
    head_lines,
    print_cover,
    print_well,
    to_sign,
)
from xianxue.bureau.returns.template.rules_page import Told, write_rules
from xianxue.bureau.returns.template.same_parts import SameBook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Words

_KINDS: Final = 128
"""Kinds of place whose sheets are remembered as they were laid out."""


def write_workbook(  # noqa: PLR0913 - what a workbook is made from
    form: Form,
    place: Place,
    period: Period,
    codes: Mapping[str, CodeList],
    values: Return | None = None,
    *,
    prefill: Prefill = NOTHING,
    shelf: Shelf | None = None,
    words: Words = MappingProxyType({}),
    county: str = "",
) -> bytes:
    """Write the workbook a place gets for a period; with ``values``, its cells are filled.

    Without values, what the register knows of the place is filled in beforehand, and a list's
    lines are carried over from last year's return. ``shelf`` is needed only where the form has
    fields that other forms hold. With ``words``, what to enter is said in that language too.
    ``county`` is the county's name, for the head.
    """
    target = BytesIO()
    workbook = SameBook(target)
    _set_properties(workbook, form, place, period)
    book = Book(workbook, codes)
    on = period.reference_day
    name = place.name_on(on)
    _, kind, stages = asked_by(place, on)
    laid_out = _laid_out(Same(form), kind, stages, Same(codes))
    sheets = [in_two_languages(laid, words) for _, laid in laid_out]
    heading = Heading(
        form.term, name, period.term, head_lines(form.head, county), to_sign(form.foot)
    )
    # First in the row of tabs, and written last: it links to all the others.
    rules = workbook.add_worksheet(RULES_TAB)
    for (each, _), laid in zip(laid_out, sheets, strict=True):
        sheet = workbook.add_worksheet(laid.tab)
        shown = show_sheet(each, place, on, codes, prefill)
        if values is not None:
            shown = with_values(shown, laid.layout, values.tables.get(laid.name, ()))
        if shelf is not None:
            shown = replace(shown, held=held_items(form, each, place, on, shelf, prefill))
        page = Page(book, sheet)
        (write_down if laid.down else write_across)(page, laid, shown)
        print_well(sheet, heading, laid.tab, page.width)
    foot = {} if values is None else values.foot
    told = Told(form, place, period, sheets, prefill, words, county, foot)
    write_rules(rules, book.style, told)
    print_cover(rules)
    write_schema(workbook, form, place, period, sheets)
    write_codes(workbook, sheets, codes, place.stages(on))
    write_beside(workbook, _beside(form, prefill))
    # So that whoever opens the workbook is told how to fill it in.
    rules.activate()
    workbook.close()
    return target.getvalue()


@lru_cache(maxsize=_KINDS)
def _laid_out(
    form: Same[Form], kind: str, stages: tuple[Stage, ...], codes: Same[Mapping[str, CodeList]]
) -> list[tuple[AskedSheet, Laid]]:
    """Lay out what every place of a type and stages is asked: a county has a dozen such."""
    return [
        (each, lay_out_asked(each, codes.it)) for each in asked_of(form.it, kind, stages, codes.it)
    ]


def _beside(form: Form, prefill: Prefill) -> Brought:
    last = prefill.last
    same = last is not None and last.form == form.form
    return Brought(
        compared_part(last, form) if last is not None and same else None,
        prefill.norms,
        prefill.explained,
    )


def _set_properties(workbook: Workbook, form: Form, place: Place, period: Period) -> None:
    created = datetime(period.start.year, period.start.month, period.start.day)  # noqa: DTZ001 - a plain day
    workbook.set_properties(
        {
            "title": f"{form.term}（{period.term}）",
            "subject": f"{place.name_on(period.reference_day)} {place.code}",
            "author": "",
            "created": created,
        }
    )
