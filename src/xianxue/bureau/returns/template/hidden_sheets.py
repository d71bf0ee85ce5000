"""The hidden sheets: what the workbook is, its drop-downs' lists, and what it is compared with."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xlsxwriter import Workbook

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.brought import Brought
from xianxue.bureau.returns.sheets.comparison_lines import VERSION, lines_of
from xianxue.bureau.returns.sheets.layout import (
    BESIDE_TAB,
    CODES_TAB,
    NO,
    SCHEMA_TAB,
    SCHEMA_VERSION,
    YES,
    Laid,
    fingerprint,
    letters,
)
from xianxue.bureau.returns.template.validations import YES_NO_NAME, list_name
from xianxue.bureau.values.periods import Period

_DO_NOT_TOUCH: Final = "本表供系统识别模板，请勿修改或删除"


def write_schema(
    workbook: Workbook, form: Form, place: Place, period: Period, sheets: Sequence[Laid]
) -> None:
    """Write the hidden sheet by which the reader knows the workbook again.

    First six lines of key and value; then a line for each sheet: ``sheet``, its name in code,
    its tab, its layout, the names of its fields and the codes of its rows, in order.
    """
    sheet = workbook.add_worksheet(SCHEMA_TAB)
    lines: list[tuple[str, ...]] = [
        (SCHEMA_TAB, SCHEMA_VERSION, _DO_NOT_TOUCH),
        ("form", form.form),
        ("version", form.version),
        ("period", period.code),
        ("place", place.code),
        ("fingerprint", fingerprint(form)),
    ]
    lines += [
        (
            "sheet",
            laid.name,
            laid.tab,
            laid.way,
            " ".join(field.field for field in laid.fields),
            " ".join(code for code, _ in laid.rows),
        )
        for laid in sheets
    ]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    # Not to be shown from the menu: what is changed here makes the whole workbook unreadable.
    sheet.very_hidden()


def write_beside(workbook: Workbook, brought: Brought) -> None:
    """Write what the return will be compared with; no sheet where there is nothing to write."""
    lines = list(lines_of(brought))
    if not lines:
        return
    sheet = workbook.add_worksheet(BESIDE_TAB)
    for row, line in enumerate([(BESIDE_TAB, VERSION), *lines]):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    sheet.very_hidden()


def write_codes(
    workbook: Workbook,
    sheets: Sequence[Laid],
    codes: Mapping[str, CodeList],
    stages: Sequence[Stage],
) -> None:
    """Write the terms of every list the sheets choose from, each with a defined name."""
    sheet = workbook.add_worksheet(CODES_TAB)
    fields = [field for laid in sheets for field in laid.fields]
    lists: dict[str, list[str]] = {
        list_name(field.codes): [*(e.term for e in codes[field.codes].offered(stages))]
        for field in fields
        if field.type == "code"
    }
    if any(field.type == "yes_no" for field in fields):
        lists[YES_NO_NAME] = [YES, NO]
    for column, (name, terms) in enumerate(lists.items()):
        sheet.write_string(0, column, name)
        for row, term in enumerate(terms, 1):
            sheet.write_string(row, column, term)
        letter = letters(column)
        # By name: a drop-down with its terms in the rule itself ends at 255 letters.
        workbook.define_name(name, f"={CODES_TAB}!${letter}$2:${letter}${len(terms) + 1}")
    sheet.very_hidden()
