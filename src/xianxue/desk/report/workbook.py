"""The tables of a document as a workbook: a sheet each, numbers as they are printed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report.text import Runs, Text, TextTable, plain
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError

_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_ABOUT: Final = "说明"
_CAPTION: Final = re.compile(r"表\d+\s*")


def workbook_of(text: Text) -> bytes:
    """Write the tables of a document; MisusedError for one that has none."""
    tables = [block for block in text.blocks if isinstance(block, TextTable)]
    if not tables:
        saw = say("《{term}》没有表格，不能写成 .xlsx", term=text.name)
        raise MisusedError(saw + say("；请写成 .docx"))
    told = [(text.title.replace("\n", ""),), (text.subtitle,)]
    told += [(f"{one.caption}：{one.note}",) for one in tables if one.note]
    return write_lists(
        [
            (_ABOUT, ("说明",), [row for row in told if row[0]]),
            *((_CAPTION.sub("", one.caption), one.header, _rows(one)) for one in tables),
        ]
    )


def _rows(table: TextTable) -> list[list[object]]:
    return [[_cell(cell) for cell in row] for row in table.rows]


def _cell(runs: Runs) -> object:
    """Give a number as one, with the digits that the document prints; all else as it reads."""
    said = plain(runs)
    alone = len(runs) == 1 and (isinstance(runs[0], Claim) or said.isdigit())
    return Fraction(said) if alone and _NUMBER.fullmatch(said) else said
