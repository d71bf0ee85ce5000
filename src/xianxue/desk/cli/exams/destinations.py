"""``xianxue exams destinations``: admissions by class of institution, and against targets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.exams.destinations import Admitted, Destinations

_LEDGER: Final = "admissions"
_OURS: Final = "admitted_"
"""How the ids of the indicators of admissions begin, for which targets are set."""


@command("destinations")
@option("--year", default="", help="哪一年的录取（默认：今年）")
@workspace_option
@json_option
def show_destinations(year: str, workspace: Path | None, *, as_json: bool) -> None:
    """升学去向：已核实的录取人数按当时的院校名单归类，并对照目标"""
    from xianxue.bureau.exams.destinations import destinations  # noqa: PLC0415 - for this command
    from xianxue.desk.cli.targets import as_dict, attained_row  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above
    from xianxue.desk.targets.standing import standings  # noqa: PLC0415 - needs the engine

    opened = Workspace.open(workspace)
    day = day_of(now())
    try:
        period = Period.parse(year or str(day.year))
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    if period.kind != "calendar_year":
        raise MisusedError(say("录取按自然年数，请写年份，如 2026"))
    found = destinations(opened.shelf.institutions, _admitted(opened, period))
    held = [
        one
        for one in standings(opened, period.code, day, "none")
        if one.target.indicator.startswith(_OURS)
    ]
    if as_json:
        targets = [as_dict(one, opened.shelf) for one in held]
        print_json({**_told(found, period), "targets": targets})
        return
    rows = [(one.listed.term, str(one.pupils), str(one.entries)) for one in found.classes]
    print_table(
        say("{period}升学去向", period=period.term),
        (say("院校名单"), say("录取人数"), say("台账条数")),
        rows,
    )
    echo(
        say(
            "已核实的录取共 {n} 人，其中 {m} 人的院校不在这些名单里。",
            n=found.pupils,
            m=found.unlisted,
        )
    )
    if found.waiting:
        echo(
            say(
                "另有 {n} 条（{m} 人）还没有核实，不计在内。",
                n=len(found.waiting),
                m=sum(one.pupils for one in found.waiting),
            )
        )
    for one in found.odd:
        echo(
            say(
                "台账 {entry}：{institution}的归类与当时的名单不符，请核对。",
                entry=one.entry,
                institution=one.institution,
            )
        )
    if held:
        names = {place.code: place.name for place in opened.register if place.level != "county"}
        heads = (say("指标"), say("目标"), say("实际"), say("完成率"), say("亮灯"), say("依据"))
        print_table(say("目标"), heads, [attained_row(one, opened.shelf, names) for one in held])
    echo(say("按教育部要求，升学人数只供内部使用，不作宣传。"))


def _admitted(opened: Workspace, period: Period) -> Iterator[Admitted]:
    from xianxue.bureau.exams.destinations import Admitted  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    open_ground(opened)
    from xianxue.desk.ledgers.entries import entries_in  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - as above

    states = opened.shelf.ledgers[_LEDGER].states
    done = {one.state for one in states if "done" in one.marks}
    over = {one.state for one in states if "end" in one.marks} - done
    for entry in entries_in(LedgerEntry.objects.filter(ledger=_LEDGER).order_by("year", "serial")):
        fields = entry.fields
        on = fields.get("admitted_on")
        if entry.state in over or not isinstance(on, str):
            continue
        day, many = date.fromisoformat(on), fields.get("admitted_pupils")
        if period.start <= day <= period.end and isinstance(many, int):
            yield Admitted(
                entry=entry.number,
                institution=str(fields.get("institution", "")),
                sort=str(fields.get("sort", "")),
                on=day,
                pupils=many,
                confirmed=entry.state in done,
            )


def _told(found: Destinations, period: Period) -> dict[str, object]:
    return {
        "period": period.code,
        "pupils": found.pupils,
        "unlisted": found.unlisted,
        "waiting": {
            "entries": len(found.waiting),
            "pupils": sum(one.pupils for one in found.waiting),
        },
        "classes": [
            {
                "institutions": one.listed.institutions,
                "term": one.listed.term,
                "pupils": one.pupils,
                "entries": one.entries,
            }
            for one in found.classes
        ],
        "odd": [
            {"entry": one.entry, "institution": one.institution, "sort": one.sort}
            for one in found.odd
        ],
    }
