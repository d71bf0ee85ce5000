"""What ``ledgers.py`` measures: each question as the house asks it, and as SQL written by hand.

Both ways of a part give the same, the number of things first.
"""

# What is measured is imported with it, as a command would.
# ruff: noqa: PLC0415

import json
from collections import Counter
from datetime import date, timedelta


def ours_list(room, on):
    from xianxue.desk.ledgers.listing import listed

    found = listed(room, on)
    return [len(found), [[one.ledger, one.entries, one.open, one.overdue] for one in found]]


def hand_list(room, on):
    entries = sql("SELECT ledger, count(*), sum(CASE WHEN open THEN 1 ELSE 0 END)"
                  " FROM desk_ledgerentry GROUP BY ledger")  # fmt: skip
    late = dict(
        sql(
            "SELECT ledger, count(DISTINCT entry_id) FROM desk_entryclock"
            " WHERE open AND due < %s GROUP BY ledger",
            on.isoformat(),
        )
    )
    said = {name: [name, many, still, late.get(name, 0)] for name, many, still in entries}
    return [len(said), [said[name] for name in room.ledgers]]


def ours_due(room, on):
    from xianxue.desk.ledgers.due import due_on

    found = due_on(room, on, lit=True, reasons=False, owing=False)
    return told([(one.ledger, one.entry, one.place, one.due, one.lamp, one.title) for one in found])


def hand_due(room, on):
    """One query over all, the lamp by comparing days."""
    from xianxue.bureau.ledgers.titles import called

    thresholds = {
        (name, clock.clock): room.clocks(name).lamps(clock.clock)
        for name, card in room.ledgers.items()
        for clock in card.clocks
    }
    furthest = max(lamp.days or 0 for lamps in thresholds.values() for lamp in lamps)
    whole = any(lamp.percent for lamps in thresholds.values() for lamp in lamps)
    rows = sql(
        "SELECT c.ledger, e.year, e.serial, c.place, c.clock, c.started, c.due, e.fields"
        " FROM desk_entryclock c JOIN desk_ledgerentry e ON e.id = c.entry_id"
        " WHERE c.open AND c.due <= %s ORDER BY c.due, c.ledger, c.place",
        "9999-12-31" if whole else (on + timedelta(days=furthest)).isoformat(),
    )
    found = []
    for ledger, year, serial, place, clock, started, due, fields in rows:
        first, last = day(started), day(due)
        lamp = light(thresholds[ledger, clock], (last - on).days, (last - first).days)
        if lamp:
            card = room.ledgers[ledger]
            title = called(card, room.ground.shelf.codes, json.loads(fields).get(card.titled))
            found.append((ledger, f"{year}-{serial:04d}", place, last, lamp, title))
    return told(found)


def ours_lamps(room, on):
    from xianxue.desk.ledgers.lit import lamps_on

    found = lamps_on(room, on)
    lit = {name: dict(sorted(one.items())) for name, one in sorted(found.items()) if one}
    return [sum(sum(one.values()) for one in lit.values()), lit]


def hand_lamps(room, on):
    found = {}
    for name, card in room.ledgers.items():
        for clock in card.clocks:
            lamps = room.clocks(name).lamps(clock.clock)
            rows = sql(
                "SELECT started, due, count(*) FROM desk_entryclock WHERE ledger = %s"
                " AND clock = %s AND open AND due IS NOT NULL GROUP BY started, due",
                name,
                clock.clock,
            )
            for started, due, many in rows:
                last = day(due)
                lamp = light(lamps, (last - on).days, (last - day(started)).days)
                if lamp:
                    found.setdefault(name, Counter())[lamp] += many
    lit = {name: dict(sorted(one.items())) for name, one in sorted(found.items())}
    return [sum(sum(one.values()) for one in lit.values()), lit]


def ours_hazards(room, on):
    from xianxue.bureau.values.periods import Period
    from xianxue.desk.ledgers.counting import Counts

    counts = Counts(room, room.ledgers["hazards"], Period.parse("2026"), on)
    found = {one.count.count: one.value for one in counts.whole()}
    return [len(found), found]


def hand_hazards(room, on):
    del room, on
    said = [
        ("found", "count(*) FILTER (WHERE {by})"),
        ("major_found", "count(*) FILTER (WHERE {by} AND {grade} = 'major')"),
        ("fixed", "count(*) FILTER (WHERE {closed} BETWEEN '2026-01-01' AND '2026-12-31' AND {done})"),  # noqa: E501
        ("fixed_of_found", "count(*) FILTER (WHERE {by} AND {done})"),
        ("in_time", "count(*) FILTER (WHERE {by} AND c.met <= c.due)"),
        ("judged", "count(*) FILTER (WHERE {by} AND (c.met IS NOT NULL AND c.due IS NOT NULL OR c.open AND c.due < '2026-03-02'))"),  # noqa: E501
        ("reopened", "count(*) FILTER (WHERE {day} BETWEEN '2026-01-01' AND '2026-12-31' AND e.reopened >= 1)"),  # noqa: E501
        ("outstanding", "count(*) FILTER (WHERE {day} <= '2026-12-31' AND e.state NOT IN ('closed', 'void'))"),  # noqa: E501
        ("schools", "count(DISTINCT CASE WHEN {by} THEN e.place END)"),
        ("money", (
            "CASE WHEN count(*) FILTER (WHERE {by} AND {done} AND {money} IS NULL) = 0"
            " THEN coalesce(sum({money}) FILTER (WHERE {by} AND {done}), 0) END"
        )),
    ]  # fmt: skip
    from django.db import connection

    number = "::bigint" if connection.vendor == "postgresql" else ""
    words = {
        "day": "(e.fields ->> 'found_on')",
        "by": "(e.state <> 'void' AND (e.fields ->> 'found_on') BETWEEN '2026-01-01' AND '2026-12-31')",  # noqa: E501
        "closed": "(e.entered ->> 'closed')",
        "done": "e.state = 'closed'",
        "grade": "(e.fields ->> 'grade')",
        "money": f"(e.fields ->> 'money'){number}",
    }
    columns = ", ".join(each.format(**words) for _, each in said)
    (row,) = sql(
        f"SELECT {columns} FROM desk_ledgerentry e LEFT JOIN desk_entryclock c"  # noqa: S608 - ours
        " ON c.entry_id = e.id AND c.clock = 'rectify' WHERE e.ledger = 'hazards'"
    )
    found = {
        name: int(value) if value is not None else None
        for (name, _), value in zip(said, row, strict=True)
    }
    return [len(found), found]


def ours_counts(room, on):
    from xianxue.bureau.values.periods import Period
    from xianxue.desk.ledgers.counting import Counts

    found = [
        one.value
        for card in room.ledgers.values()
        for one in Counts(room, card, Period.on(card.period, on), on).whole()
    ]
    return [len(found), []]


def ours_past(room, on):
    from xianxue.bureau.values.periods import Period
    from xianxue.desk.ledgers.counting import Counts

    found = [
        one.value
        for card in room.ledgers.values()
        for one in Counts(room, card, Period.on(card.period, on).before(), on).whole()
    ]
    return [len(found), []]


def ours_owed(room, on):
    from xianxue.desk.ledgers.due import owed_on

    return [sum(1 for _ in owed_on(room, on, room.ledgers)), []]


def ours_recompute(room, on):
    del on
    from datetime import UTC, datetime

    from xianxue.bureau.values.record import replace
    from xianxue.bureau.workflow.subject import Actor
    from xianxue.desk.actions.ledgers.recompute import Recompute

    shelf = room.ground.shelf
    # A year's calendar is gone: what it moved is only supposed now.
    left = {name: card for name, card in shelf.calendars.items() if card.year < 2026}
    ground = replace(room.ground, shelf=replace(shelf, calendars=left))
    done = Recompute(ground, Actor("赵六（虚构）", "office_clerk"), datetime.now(UTC))()
    return [done.looked_at, []]


def light(lamps, left, whole):
    if left < 0:
        return "red"
    order = ["blue", "yellow", "orange", "red"]
    lit = [
        lamp.light
        for lamp in lamps
        if (lamp.days is not None and left <= lamp.days)
        or (lamp.percent is not None and left * 100 <= lamp.percent * whole)
    ]
    return max(lit, key=order.index) if lit else None


def told(found):
    listed = sorted([*map(str, one)] for one in found)
    return [len(listed), hash_of(listed)]


def hash_of(listed):
    import hashlib

    return hashlib.sha256("".join("|".join(one) for one in listed).encode()).hexdigest()


def day(said):
    return said if isinstance(said, date) else date.fromisoformat(said)


def sql(statement, *said):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        return cursor.fetchall()
