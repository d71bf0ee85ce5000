"""Sheets of the small form as plain cells, with the plans by which they are read."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.reading.schema import Plan, _plan_of
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.grid import Grid


def even(rows: list[list[object]], width: int = 0) -> Grid:
    """Rows of one length, as every opener hands them on."""
    width = max([width, *map(len, rows)])
    return [[*row, *[""] * (width - len(row))] for row in rows]


def stood_up(plan: Plan, *answers: list[object]) -> Grid:
    """A sheet written downwards as it was handed out, with one list of answers a field."""
    laid = plan.laid
    lines = zip((each.term for each in laid.fields), laid.helps, laid.examples, strict=True)
    filled = [*answers, *[[]] * (len(laid.fields) - len(answers))]
    items = [[*line, *said] for line, said in zip(lines, filled, strict=True)]
    return even([[*laid.heads], *items])


def laid_out(plan: Plan, *rows: list[object]) -> Grid:
    """A grid or list as it was handed out, with these rows below its three lines."""
    laid = plan.laid
    return even([[*laid.heads], [*laid.helps], [*laid.examples], *rows])


def asked(kind: str, unit: str = "one", **more: object) -> Field:
    """A field of some type."""
    return Field(**({"field": "x", "term": "某项", "type": kind, "unit": unit} | more))  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sheets(small: SimpleNamespace) -> SimpleNamespace:
    """How to plan a sheet and to write its cells; each plan is new, and remembers nothing."""

    def plan(name: str, fields: str = "", rows: str = "", *, down: bool = False) -> Plan:
        sheet = small.form.sheet(name)
        fields = fields or " ".join(each.field for each in sheet.fields)
        rows = rows or ("G1 G2 G3" if sheet.layout == "grid" else "")
        made: Callable[..., Plan] = _plan_of.__wrapped__
        return made(Same(small.form), Same(small.shelf), name, fields, rows, down=down)

    return SimpleNamespace(plan=plan, even=even, down=stood_up, across=laid_out, asked=asked)
