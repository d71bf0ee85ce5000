"""``xianxue ledgers count`` and ``explain``: what a ledger counts, and the entries behind it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of, told_read
from xianxue.desk.cli.ledgers.rates import (
    amount_of,
    bases_for,
    beneath,
    percent_shown,
    place_of,
    rates_of,
)
from xianxue.desk.cli.output import (
    json_option,
    print_json,
    print_table,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import Day
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.bureau.kinds.ledgers.count import Count, Rate
    from xianxue.bureau.kinds.ledgers.ledger import Ledger
    from xianxue.desk.ledgers.counting import Counts
    from xianxue.desk.ledgers.sums import Tally, Told


@command("count")
@click.argument("ledger")
@option("--period", help="时期，如 2025（默认：台账卡片写的那种时期，当前这一个）")
@option("--place", "area", default="", help="只数这个单位（学校、乡镇）的")
@option("--by", "by", default="", help="按哪一栏分开数：代码栏，或 place（按单位）")
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@workspace_option
@json_option
def count_ledger(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    period: str | None,
    area: str,
    by: str,
    on: date | None,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """数一本台账：卡片写的各项计数和比率"""
    counts = _counts(workspace, ledger, period, area, on)
    card = counts.ledger
    _refuse_other(card, by)
    groups = counts.by(by) if by else {None: counts.whole()}
    bases = bases_for(workspace, counts)
    told = {
        key: rates_of(counts, tallies, bases(place_of(counts, by, key)))
        for key, tallies in groups.items()
    }
    if as_json:
        print_json(
            {
                "ledger": ledger,
                "period": counts.period.code,
                "on": counts.last.isoformat(),
                "counts": [
                    _count_dict(one, by, key) for key, tallies in groups.items() for one in tallies
                ],
                "rates": [
                    {**one, **({"slice": key} if by else {})}
                    for key, rates in told.items()
                    for one in rates
                ],
            }
        )
        return
    rows: list[tuple[str, ...]] = []
    for key, tallies in groups.items():
        name = (_slice_term(counts, by, key),) if by else ()
        rows += [
            (*name, one.count.term, _shown(one), str(one.entries), one.count.count)
            for one in tallies
        ]
        rows += [
            (
                *name,
                str(rate["term"]),
                percent_shown(rate["value"]),
                beneath(rate),
                str(rate["rate"]),
            )
            for rate in told[key]
        ]
    columns = (*((say("分项"),) if by else ()), say("计数"), say("数"), say("条目"), say("编号"))
    title = say(
        "{ledger} {period}（截至{day}）",
        ledger=card.term,
        period=counts.period.term,
        day=chinese_day(counts.last),
    )
    print_table(title, columns, rows)


@command("explain")
@click.argument("ledger")
@click.argument("name", metavar="COUNT")
@option("--period", help="时期，如 2025（默认：台账卡片写的那种时期，当前这一个）")
@option("--place", "area", default="", help="只看这个单位（学校、乡镇）的")
@option("--on", type=Day(), help="按哪一天看（默认：今天）")
@workspace_option
@json_option
def explain_count(  # noqa: PLR0913, PLR0917 - options of one command
    ledger: str,
    name: str,
    period: str | None,
    area: str,
    on: date | None,
    workspace: Path | None,
    *,
    as_json: bool,
) -> None:
    """一项计数或比率是由哪些条目数出来的"""
    counts = _counts(workspace, ledger, period, area, on)
    rate = next((one for one in counts.ledger.rates if one.rate == name), None)
    parts = _parts(counts, name, rate)
    base: dict[str, Any] | None = None
    if rate is not None and rate.base_indicator:
        bases = bases_for(workspace, counts)(place_of(counts, "", None))
        told = rates_of(counts, counts.whole(), bases)
        base = next(one for one in told if one["rate"] == name)
    told_read(counts.room, [ledger])
    if as_json:
        behind = [_behind(counts, one) for one in parts]
        print_json(
            {
                "ledger": ledger,
                "count": name,
                "period": counts.period.code,
                "entries": behind[0],
                **({"base_entries": behind[1]} if len(behind) > 1 else {}),
                **({"base": base["base"]} if base is not None else {}),
            }
        )
        return
    for one in parts:
        _print_behind(counts, one)
    if base is not None:
        echo(beneath(base))
        figure = base["base"]["figure"]
        if figure is not None:
            say_next(say("看分母由哪些报表数出来：{line}", line=f"xianxue explain {figure}"))


def _parts(counts: Counts, name: str, rate: Rate | None) -> list[Count]:
    """Give the counts whose entries are behind a count, or above and below the line of a rate."""
    wanted = [name] if rate is None else [one for one in (rate.of, rate.base) if one]
    found = [one for each in wanted if (one := counts.ledger.count(each)) is not None]
    if not found:
        known = [one.count for one in counts.ledger.counts]
        known += [one.rate for one in counts.ledger.rates]
        listed = joined("、", known)
        raise MisusedError(say("台账没有计数“{name}”；现有：{known}", name=name, known=listed))
    return found


def _behind(counts: Counts, count: Count) -> list[dict[str, str | None]]:
    return [
        {
            "entry": one.entry,
            "place": one.place,
            "on": one.on.isoformat(),
            "amount": amount_of(count, one.amount),
        }
        for one in counts.behind(count)
    ]


def _print_behind(counts: Counts, count: Count) -> None:
    found = counts.behind(count)
    ground = counts.room.ground
    rows = [
        (
            one.entry,
            ground.name(one.place),
            one.on.isoformat(),
            amount_of(count, one.amount) or say("（未填）"),
        )
        for one in found
    ]
    what = _told_apart(counts.ledger, count) if count.distinct else count.measure or count.term
    columns = (say("编号"), say("单位"), say("登记日期"), what)
    title = say("{count}（{period}）", count=count.term, period=counts.period.term)
    print_table(title, columns, rows)
    echo(say("共 {n} 条。", n=len(found)))


def _counts(
    workspace: Path | None, ledger: str, period: str | None, area: str, on: date | None
) -> Counts:
    room = room_of(workspace)
    from xianxue.desk.ledgers.counting import Counts  # noqa: PLC0415 - needs Django set up first

    card, day = room.ledger(ledger), on or day_of(now())
    try:
        named = Period.parse(period) if period else Period.on(card.period, day)
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    if area and area not in room.ground.register:
        raise MisusedError(say("名册里没有代码是“{place}”的单位", place=area))
    return Counts(room, card, named, day, area)


def _refuse_other(card: Ledger, by: str) -> None:
    coded = [field.field for field in card.fields if field.type == "code"]
    if by and by not in {*coded, "place"}:
        known = joined("、", [*coded, "place"])
        raise MisusedError(say("不能按“{name}”分开数；可以按：{known}", name=by, known=known))


def _count_dict(one: Tally, by: str, key: Told) -> dict[str, Any]:
    return {
        "count": one.count.count,
        "term": one.count.term,
        "value": amount_of(one.count, one.value),
        "unit": one.count.unit,
        "entries": one.entries,
        "lacking": one.lacking,
        **({"slice": key} if by else {}),
    }


def _shown(one: Tally) -> str:
    unit = one.count.measure or UNITS[one.count.unit].term
    value = amount_of(one.count, one.value)
    return f"{value}{unit}" if value is not None else say("未定：{n} 条没有填", n=one.lacking)


def _told_apart(card: Ledger, count: Count) -> str:
    field = card.field(count.distinct)
    return field.term if field is not None else say("单位")


def _slice_term(counts: Counts, by: str, key: Told) -> str | Sentence:
    if key is None:
        return say("（未填）")
    if by == "place":
        return counts.room.ground.name(str(key))
    field = counts.ledger.field(by)
    known = counts.room.ground.shelf.codes.get(field.codes) if field is not None else None
    entries = known.entries if known is not None else []
    return next((one.term for one in entries if one.code == key), str(key))
