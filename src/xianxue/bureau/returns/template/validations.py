"""What a cell of the template lets in: drop-downs and number rules that block.

Numbers are checked by a formula, so that the words for a number that is not there
(「不适用」, 「不公开」) may be written instead of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR, WORDS
from xianxue.bureau.returns.sheets.naming import bounds_of

# Excel calls the whole file damaged where a message is longer.
_LONGEST_MESSAGE: Final = 255
_MOST: Final = 4096
"""Rules remembered: a county's forms have some hundred, written for two cells each."""
_TITLE: Final = "填写有误"
_DAY: Final = "请填日期，例如 2025-09-01。"
_LOCKED: Final = "这里不用填"
LAST_WHY: Final = "这是上年的数，供对照；本年的数请填在白色格子里。"
HELD_WHY: Final = "这一项教育局已经有了，不用填；如有不符，请告知教育局。"
YES_NO_NAME: Final = "xq_yes_no"


def list_name(codes: str) -> str:
    """Give the defined name of a code list's range."""
    return f"xq_{codes}"


def validation_of(field: Field, cell: str) -> dict[str, Any] | None:
    """Give the rule for a range whose first cell has this address; None where any text goes.

    It is the same each time, and not to be changed.
    """
    return _validation_of(Same(field), cell)


@lru_cache(maxsize=_MOST)
def _validation_of(of: Same[Field], cell: str) -> dict[str, Any] | None:
    field = of.it
    rule = _rule(field, cell)
    if rule is None:
        return None
    return {
        **rule,
        "ignore_blank": True,
        # A warning could be clicked away, and the mistake would come back from the bureau weeks
        # later.
        "error_type": "stop",
        "error_title": _TITLE,
        "error_message": _message(field)[:_LONGEST_MESSAGE],
    }


def day_rule() -> dict[str, Any]:
    """Give the rule for a cell that takes a day and is no field of a sheet."""
    return {
        **_days(),
        "ignore_blank": True,
        "error_type": "stop",
        "error_title": _TITLE,
        "error_message": _DAY,
    }


def locked(why: str) -> dict[str, Any]:
    """Give the rule for a block that takes nothing, and the sentence that says why."""
    return {
        "validate": "custom",
        "value": "=FALSE",
        "error_type": "stop",
        "error_title": _LOCKED,
        "error_message": why,
    }


def runs_of(fields: Sequence[Field]) -> Iterator[tuple[Field, int, int]]:
    """Find neighbours with the same rule: a field of them, and the first and last number.

    One rule for a whole block keeps the file small and opens it faster; its formula is written
    for the first cell and moves with the others.
    """
    return iter(_runs_of(Same(fields)))


@lru_cache(maxsize=_MOST)
def _runs_of(of: Same[Sequence[Field]]) -> list[tuple[Field, int, int]]:
    fields = of.it
    found: list[tuple[Field, int, int]] = []
    for _, run in groupby(enumerate(fields), key=lambda pair: validation_of(pair[1], "A1")):
        numbers = [number for number, _ in run]
        found.append((fields[numbers[0]], numbers[0], numbers[-1]))
    return found


def _rule(field: Field, cell: str) -> dict[str, Any] | None:
    if field.type == "code":
        return {"validate": "list", "source": f"={list_name(field.codes)}"}
    if field.type == "yes_no":
        return {"validate": "list", "source": f"={YES_NO_NAME}"}
    if field.type == "date":
        return _days()
    if field.type == "text":
        return None
    return {"validate": "custom", "value": f"=OR({_numeric(field, cell)},{_words(cell)})"}


def _days() -> dict[str, Any]:
    # Excel knows no day before 1900.
    first, last = max(date(FIRST_YEAR, 1, 1), date(1900, 1, 1)), date(LAST_YEAR, 12, 31)
    return {"validate": "date", "criteria": "between", "minimum": first, "maximum": last}


def _numeric(field: Field, cell: str) -> str:
    low, high = _bounds(field)
    parts = [f"ISNUMBER({cell})"]
    if low is not None:
        # Bounds stand in the formula, for the words may not be compared with them.
        parts.append(f"N({cell})>={low}")
    if high is not None:
        parts.append(f"N({cell})<={high}")
    decimals = field.measured_in.decimals if field.type == "measure" else 0
    # N() gives 0 for a text: OR and AND know no short cut, and arithmetic on a text is an error.
    parts.append(f"ROUND(N({cell}),{decimals})=N({cell})")
    return f"AND({','.join(parts)})"


def _bounds(field: Field) -> tuple[Decimal | int | None, Decimal | int | None]:
    if field.type == "year":
        low = FIRST_YEAR if field.min is None else field.min
        return low, LAST_YEAR if field.max is None else field.max
    return field.min, field.max


def _words(cell: str) -> str:
    return ",".join(f'{cell}="{word}"' for word in WORDS)


def _message(field: Field) -> str:
    if field.type in {"code", "yes_no"}:
        return "请从下拉列表中选一项；列表里没有的内容填不进去。"
    if field.type == "date":
        return _DAY
    words = "或".join(f"「{word}」" for word in WORDS)
    return f"请填{bounds_of(field)}，用半角数字，不写单位；没有这个数时填{words}。"
