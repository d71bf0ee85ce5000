"""Formulas are written as XlsxWriter writes them, and worked out once."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.returns.template import same_formulas
from xianxue.bureau.returns.template.same_formulas import SameFormulas

RULES = ["=AND(ISNUMBER(A1),N(A1)>=0)", "=IFNA(XLOOKUP(A1,B:B,C:C),CONCAT(A1,B1))", "=FALSE"]
"""The second has functions of later years, which have another name in the file."""


def written(kind: type[Worksheet]) -> bytes:
    """A workbook with each formula as a cell, as a rule of a cell and as a format's condition."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.worksheet_class = kind
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - a plain day
    for _ in range(2):
        sheet = book.add_worksheet()
        assert type(sheet) is kind
        for row, rule in enumerate(RULES):
            sheet.write_formula(row, 0, rule, None, 1)
            sheet.data_validation(row, 1, row, 1, {"validate": "custom", "value": rule})
            sheet.conditional_format(row, 2, row, 2, {"type": "formula", "criteria": rule})
    book.close()
    return target.getvalue()


def test_the_bytes_are_those_of_an_ordinary_worksheet():
    first, again = written(SameFormulas), written(SameFormulas)
    assert first == again == written(Worksheet)
    with ZipFile(BytesIO(first)) as archive:
        assert b"_xlfn.XLOOKUP" in archive.read("xl/worksheets/sheet1.xml")


def test_a_formula_is_worked_out_once(monkeypatch: pytest.MonkeyPatch):
    asked: list[str] = []

    class Counting:
        def _prepare_formula(self, formula: str, expand: bool) -> str:
            asked.append(f"{formula} {expand}")
            return formula

    monkeypatch.setattr(same_formulas, "_PLAIN", Counting())
    same_formulas._prepared.cache_clear()
    written(SameFormulas)
    written(SameFormulas)
    same_formulas._prepared.cache_clear()
    assert len(asked) == len(set(asked))
    assert {rule for rule in RULES if any(rule in each for each in asked)} == set(RULES)
