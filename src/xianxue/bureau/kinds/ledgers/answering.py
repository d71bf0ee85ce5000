"""Which cells of a sheet of counts a ledger's count answers."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger


def told_apart_by(sheet: Sheet, ledger: Ledger, count: Count) -> str:
    """Give the field by whose codes a grid's rows tell a count apart; empty where none does."""
    fields = [field for name in count.slices if (field := ledger.field(name)) is not None]
    return next((one.field for one in fields if ledger.codes_of(one) == sheet.rows), "")


def answered_rows(sheet: Sheet, field: Field, codes: Mapping[str, CodeList]) -> list[str]:
    """Give the codes of the rows in which a grid asks for a field."""
    entries = row_entries(sheet, codes) if sheet.rows in codes else []
    return [one.code for one in entries if not field.rows or one.code in field.rows]
