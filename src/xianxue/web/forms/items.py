"""数据项目录: the list of everything that is asked, and a page of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.forms.drafted import estimate, hours
from xianxue.desk.forms.items import (
    OFTEN,
    TYPES,
    Item,
    ages_of,
    burden_of,
    items_of,
    sheet_uses,
)
from xianxue.desk.returns.duplicates import Age
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import anywhere, missing, page, show
from xianxue.web.kit.visit import Asked, Visit

_FILLERS: Final = {"school": say("学校"), "county": say("县")}
_USED: Final = {
    "standard": say("督导评估用"),
    "report": say("报告用"),
    "indicator": say("只有指标用"),
    "register": say("核对名册用"),
    "none": say("没有用到"),
}
"""What an item is for, by the weightiest of its uses."""
_FROM_SOURCE: Final = say("带入")


def held_items(visit: Visit) -> tuple[Period, list[Item]]:
    """Give the items of the workspace's period; kept until cards or the register change."""
    period = visit.standing.period()
    workspace = visit.standing.workspace()
    found = visit.standing.by_files(
        ("forms.items", period.code), lambda: items_of(workspace, period)
    )
    return period, found


@page("catalogue.view", anywhere)
def items(request: Asked) -> HttpResponse:
    """List what is asked."""
    visit = request.visit
    period, rows = held_items(visit)
    ages = ages_of(visit.standing.workspace())
    listing = listed(request, rows, columns_of(ages), text=_text, choices=_choices(rows))
    answer = exported(request, listing, say("数据项目录"))
    if answer is not None:
        return answer
    # On the screen the table stands above its rows, and what nobody has is no column.
    listing.columns = [one for one in listing.columns if one.name not in _hidden(listing, rows)]
    values = {
        "list": listing,
        "rows": listing.shown,
        "shows": {one.name for one in listing.columns},
        "ages": ages,
        "period": period,
        "fillers": _FILLERS,
        "often": OFTEN,
        "types": TYPES,
        "used": _USED,
        "used_of": used_of,
        "forms": len({row.form.form for row in rows}),
        **_hours(visit, rows),
        "idle": sum(used_of(row) == "none" for row in rows),
        "twice": sum(row.twice for row in rows),
        "may_design": visit.can("forms.design"),
    }
    return show(request, "forms/list.html", values, part="rows")


def _hours(visit: Visit, rows: Sequence[Item]) -> dict[str, object]:
    """Say what filling in costs schools each time, and what they are spared, by the estimate."""
    shelf, burden = visit.standing.workspace().shelf, burden_of(rows)
    seconds = estimate(shelf, visit.at.date())
    cells = {"cells": burden.cells, "spared_cells": burden.spared, "twice_cells": burden.twice}
    told = {
        f"{name.removesuffix('_cells')}_hours": shown(hours(many, seconds), 1) if seconds else ""
        for name, many in cells.items()
    }
    cited = shelf.cite(seconds.citation) if seconds is not None else ""
    return {**cells, **told, "seconds": seconds, "cited": cited}


@page("catalogue.view", anywhere)
def one(request: Asked, sheet: str, field: str) -> HttpResponse:
    """Show all that is known of one item."""
    visit = request.visit
    workspace = visit.standing.workspace()
    period, rows = held_items(visit)
    at = next((n for n, row in enumerate(rows) if row.reference == f"{sheet}.{field}"), None)
    if at is None:
        return missing(request, say("没有 {reference} 这一项", reference=f"{sheet}.{field}"))
    row = rows[at]
    shelf = workspace.shelf
    checks = {one.check: one.term for one in row.form.checks}
    checks |= {one.sensible: one.term for one in row.form.sensible}
    codes = shelf.codes.get(row.field.codes)
    values = {
        "row": row,
        "period": period,
        "age": ages_of(workspace)[row.form.form],
        "ages": ages_of(workspace),
        "fillers": _FILLERS,
        "often": OFTEN,
        "types": TYPES,
        "used": _USED[used_of(row)],
        "idle": used_of(row) == "none",
        "checks": [checks[name] for name in row.uses.checks if name in checks],
        "indicators": [shelf.indicators[name] for name in row.uses.indicators],
        "further": [shelf.indicators[name] for name in row.uses.further],
        "standards": [shelf.standards[name] for name in row.uses.standards],
        "outlines": [shelf.outlines[name] for name in row.uses.outlines],
        "rows_used": _rows_used(request, row),
        "codes": codes,
        "rows_of": shelf.codes.get(row.sheet.rows),
        "types_of": _school_types(request, row),
        "cited": shelf.cite((row.field.source or row.form.source).citation),
        "before": rows[at - 1] if at else None,
        "after": rows[at + 1] if at + 1 < len(rows) else None,
    }
    return show(request, "forms/item.html", values)


def used_of(row: Item) -> str:
    """Say what an item is for, by the weightiest of its uses."""
    uses = row.uses
    if uses.standards:
        return "standard"
    if uses.outlines:
        return "report"
    if uses.indicators:
        return "indicator"
    return "register" if row.named_by_register else "none"


def _rows_used(request: Asked, row: Item) -> int:
    """Count the indicators that count the rows of a list: a class is one, whatever it says."""
    if row.sheet.layout != "list":
        return 0
    return len(sheet_uses(request.visit.standing.workspace(), row.sheet.sheet).indicators)


def _school_types(request: Asked, row: Item) -> str:
    listed = request.visit.standing.workspace().shelf.codes.get("school_types")
    if listed is None or not row.field.school_types:
        return ""
    entries = (listed.entry(code) for code in row.field.school_types)
    return joined("、", (entry.term for entry in entries if entry is not None))


def _text(row: Item) -> str:
    field = row.field
    words = (field.term, row.reference, row.sheet.term, row.form.term, row.form.owner, field.help)
    return " ".join((*map(str, words), *field.synonyms))


def columns_of(ages: dict[str, Age]) -> Sequence[Column[Item]]:
    """Give the columns; since when something is held is the form's."""
    return (
        Column("term", say("数据项"), lambda row: row.field.term),
        Column("sheet", say("报表·表"), _where),
        Column("type", say("类型"), lambda row: TYPES[row.field.type]),
        Column("unit", say("单位"), unit_of),
        Column("filler", say("谁填"), lambda row: _FILLERS[row.form.filed_by]),
        Column("places", say("几家填"), lambda row: row.places, number=True),
        Column("cells", say("全县格数"), lambda row: row.cells, number=True),
        Column("owner", say("归口"), lambda row: row.form.owner),
        Column("often", say("多久一次"), lambda row: OFTEN[row.form.period]),
        Column("since", say("始于"), lambda row: ages[row.form.form].first),
        Column("newest", say("最近一期"), lambda row: ages[row.form.form].period),
        Column("indicators", say("指标"), _indicators, number=True),
        Column("standards", say("标准"), lambda row: len(row.uses.standards), number=True),
        Column("outlines", say("报告"), lambda row: len(row.uses.outlines), number=True),
        Column("used", say("用处"), lambda row: _USED[used_of(row)]),
        Column("same", say("别处也有"), _same),
    )


def unit_of(row: Item) -> str:
    """Name the unit of a number; what is no number has none."""
    return row.field.measured_in.term if row.field.type in {"integer", "measure"} else ""


def _where(row: Item) -> Sentence:
    return say("《{form}》{sheet}", form=row.form.term, sheet=row.sheet.term)


def _indicators(row: Item) -> int:
    return len(row.uses.indicators) + len(row.uses.further)


def _same(row: Item) -> str:
    if row.field.prefilled_from:
        return f"{_FROM_SOURCE} {row.field.prefilled_from}"
    return joined("、", (one.held.named for one in row.same if one.fills))


def _hidden(listing: Listing[Item], rows: Sequence[Item]) -> set[str]:
    hidden = {"unit"}
    if not listing.sort:
        hidden.add("sheet")
    if not any(row.twice or row.field.prefilled_from for row in rows):
        hidden.add("same")
    return hidden


def _choices(rows: Sequence[Item]) -> Sequence[Choice[Item]]:
    sheets = {row.sheet.sheet: row.sheet.term for row in rows}
    found = [
        Choice[Item](
            "filler",
            say("谁填"),
            lambda row: row.form.filed_by,
            lambda code: _FILLERS.get(code, code),
        ),
        Choice[Item](
            "sheet", say("表"), lambda row: row.sheet.sheet, lambda code: sheets.get(code, code)
        ),
        Choice[Item]("owner", say("归口"), lambda row: str(row.form.owner), lambda code: code),
        Choice[Item]("used", say("用处"), used_of, lambda code: _USED.get(code, code)),
    ]
    if any(row.twice for row in rows):
        found.append(
            Choice[Item](
                "same",
                say("重复"),
                lambda row: "twice" if row.twice else "",
                lambda _: say("别处也有"),
            )
        )
    return found
