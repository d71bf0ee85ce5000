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
    return counts_of(room, "hazards", on)


def ours_petitions(room, on):
    return counts_of(room, "petitions", on)


def ours_aid(room, on):
    return counts_of(room, "student_aid", on)


def hand_hazards(room, on):
    del room, on
    said = [
        ("found", "count(*) FILTER (WHERE {by})"),
        ("major_found", "count(*) FILTER (WHERE {by} AND {grade} = 'major')"),
        ("fixed", "count(*) FILTER (WHERE {closed} BETWEEN '2026-01-01' AND '2026-12-31' AND {done})"),  # noqa: E501
        ("fixed_of_found", "count(*) FILTER (WHERE {by} AND {done})"),
        ("in_time", "count(*) FILTER (WHERE {by} AND c0.met <= c0.due)"),
        ("judged", "count(*) FILTER (WHERE {by} AND (c0.met IS NOT NULL AND c0.due IS NOT NULL OR c0.open AND c0.due < '2026-03-02'))"),  # noqa: E501
        ("reopened", "count(*) FILTER (WHERE {day} BETWEEN '2026-01-01' AND '2026-12-31' AND e.reopened >= 1)"),  # noqa: E501
        ("outstanding", "count(*) FILTER (WHERE {day} <= '2026-12-31' AND e.state NOT IN ('closed', 'void'))"),  # noqa: E501
        ("schools", "count(DISTINCT CASE WHEN {by} THEN e.place END)"),
        ("money", (
            "CASE WHEN count(*) FILTER (WHERE {by} AND {done} AND {money} IS NULL) = 0"
            " THEN coalesce(sum({money}) FILTER (WHERE {by} AND {done}), 0) END"
        )),
    ]  # fmt: skip
    words = {
        "by": "(e.state <> 'void' AND (e.fields ->> 'found_on') BETWEEN '2026-01-01' AND '2026-12-31')",  # noqa: E501
        "day": "(e.fields ->> 'found_on')",
        "closed": "(e.entered ->> 'closed')",
        "done": "e.state = 'closed'",
        "grade": "(e.fields ->> 'grade')",
        "money": number("money"),
    }
    return row_of("hazards", said, words, ["rectify"])


HANDS = "('received', 'incomplete', 'accepted', 'replied', 'reviewing', 'reviewed', 'rechecking', 'rechecked', 'closed', 'refused', 'passed_on', 'returned', 'withdrawn')"  # noqa: E501
ASKED = "('applied', 'reviewed', 'publicized', 'objected', 'approved', 'failed_payment', 'paid', 'refused', 'recovered')"  # noqa: E501
LATE = "({0}.met IS NOT NULL AND {0}.due IS NOT NULL OR {0}.open AND {0}.due < '2026-03-02')"
KEPT = "{0}.met <= {0}.due"


def hand_petitions(room, on):
    del room, on
    said = [
        ("received", "count(*) FILTER (WHERE {by})"),
        ("persons", "CASE WHEN count(*) FILTER (WHERE {by} AND {persons} IS NULL) = 0 THEN coalesce(sum({persons}) FILTER (WHERE {by}), 0) END"),  # noqa: E501
        ("visits", "count(*) FILTER (WHERE {by} AND {channel} = 'visit')"),
        ("group_visits", "count(*) FILTER (WHERE {by} AND {channel} = 'visit' AND {persons} >= 5)"),
        ("answered", "count(*) FILTER (WHERE {day} AND e.state IN ('replied', 'reviewing', 'reviewed', 'rechecking', 'rechecked', 'closed', 'refused', 'passed_on', 'returned'))"),  # noqa: E501
        ("ours", "count(*) FILTER (WHERE {day} AND e.state IN ('received', 'incomplete', 'accepted', 'replied', 'reviewing', 'reviewed', 'rechecking', 'rechecked', 'closed'))"),  # noqa: E501
        ("closed", "count(*) FILTER (WHERE (e.entered ->> 'closed') BETWEEN '2026-01-01' AND '2026-12-31' AND e.done)"),  # noqa: E501
        ("settle_judged", f"count(*) FILTER (WHERE {{by}} AND {LATE.format('c1')})"),
        ("settle_kept", f"count(*) FILTER (WHERE {{by}} AND {KEPT.format('c1')})"),
        ("notify_judged", f"count(*) FILTER (WHERE {{by}} AND {LATE.format('c0')})"),
        ("notify_kept", f"count(*) FILTER (WHERE {{by}} AND {KEPT.format('c0')})"),
        ("rated", "count(*) FILTER (WHERE {day} AND {satisfied} IN ('satisfied', 'basic', 'dissatisfied') AND {replied})"),  # noqa: E501
        ("satisfied", "count(*) FILTER (WHERE {day} AND {satisfied} IN ('satisfied', 'basic') AND {replied})"),  # noqa: E501
        ("reports", "count(*) FILTER (WHERE {by} AND {nature} = 'report')"),
        ("true_reports", "count(*) FILTER (WHERE {by} AND {nature} = 'report' AND (e.fields ->> 'outcome') = 'true_report')"),  # noqa: E501
        ("reviews", "count(*) FILTER (WHERE (e.entered ->> 'reviewing') BETWEEN '2026-01-01' AND '2026-12-31')"),  # noqa: E501
        ("rechecks", "count(*) FILTER (WHERE (e.entered ->> 'rechecking') BETWEEN '2026-01-01' AND '2026-12-31')"),  # noqa: E501
        ("open", "count(*) FILTER (WHERE (e.fields ->> 'received_on') <= '2026-03-02' AND e.open)"),
        ("overdue", "count(*) FILTER (WHERE (e.fields ->> 'received_on') <= '2026-03-02' AND e.open AND EXISTS (SELECT 1 FROM desk_entryclock o WHERE o.entry_id = e.id AND o.open AND NOT o.paused AND o.due < '2026-03-02'))"),  # noqa: E501
    ]  # fmt: skip
    day = "(e.fields ->> 'received_on') BETWEEN '2026-01-01' AND '2026-12-31'"
    words = {
        "by": f"({day} AND e.state IN {HANDS})",
        "day": day,
        "channel": "(e.fields ->> 'channel')",
        "persons": number("persons"),
        "satisfied": "(e.fields ->> 'satisfaction')",
        "replied": "e.state IN ('replied', 'reviewing', 'reviewed', 'rechecking', 'rechecked', 'closed')",  # noqa: E501
        "nature": "(e.fields ->> 'nature')",
    }
    return row_of("petitions", said, words, ["notify", "settle"])


def hand_aid(room, on):
    del room, on

    def money(where):
        return f"CASE WHEN count(*) FILTER (WHERE {where} AND {{amount}} IS NULL) = 0 THEN coalesce(sum({{amount}}) FILTER (WHERE {where}), 0) END"  # noqa: E501

    def pupils(where):
        return f"count(DISTINCT CASE WHEN {where} THEN (e.fields ->> 'id_number') END)"

    def many(where):
        return f"count(*) FILTER (WHERE {where})"

    kind = "{paid} AND {programme} "
    said = [
        ("applications", many(f"{{applied}} AND e.state IN {ASKED}")),
        ("grants", many("{paid}")),
        ("pupils", pupils("{paid}")),
        ("money", money("{paid}")),
        ("allowance_grants", many(kind + "IN ('boarder', 'day_pupil')")),
        ("allowance_pupils", pupils(kind + "IN ('boarder', 'day_pupil')")),
        ("allowance_money", money(kind + "IN ('boarder', 'day_pupil')")),
        ("grant_pupils", pupils(kind + "IN ('preschool', 'upper_grant', 'vocational_grant')")),
        ("grant_money", money(kind + "IN ('preschool', 'upper_grant', 'vocational_grant')")),
        ("tuition_pupils", pupils(kind + "IN ('upper_tuition', 'vocational_tuition')")),
        ("county_pupils", pupils(kind + "= 'county'")),
        ("loan_applicants", many(f"{{applied}} AND {{programme}} = 'loan' AND e.state IN {ASKED}")),
        ("loans", many(kind + "= 'loan'")),
        ("loan_money", money(kind + "= 'loan'")),
        ("freshmen", pupils(kind + "IN ('travel', 'freshman')")),
        ("freshmen_money", money(kind + "IN ('travel', 'freshman')")),
        ("charity_money", money(kind + "= 'charity'")),
        ("reductions", money(kind + "= 'school'")),
        ("unpaid", many("e.recorded <= '2026-03-02' AND e.state IN ('approved', 'failed_payment')")),  # noqa: E501
        ("decided", many("{applied} AND e.state IN ('approved', 'failed_payment', 'paid', 'recovered')")),  # noqa: E501
        ("pay_judged", many(f"{{applied}} AND e.state <> 'void' AND {LATE.format('c0')}")),
        ("pay_kept", many(f"{{applied}} AND e.state <> 'void' AND {KEPT.format('c0')}")),
        ("recovered", money("(e.entered ->> 'recovered') BETWEEN '2026-01-01' AND '2026-12-31'")),
    ]  # fmt: skip
    words = {
        "applied": "((e.fields ->> 'applied_on') BETWEEN '2026-01-01' AND '2026-12-31')",
        "paid": "(e.state = 'paid' AND (e.fields ->> 'paid_on') BETWEEN '2026-01-01' AND '2026-12-31')",  # noqa: E501
        "programme": "(e.fields ->> 'programme')",
        "amount": number("amount"),
    }
    return row_of("student_aid", said, words, ["pay"])


def counts_of(room, ledger, on):
    from xianxue.bureau.values.periods import Period
    from xianxue.desk.ledgers.counting import Counts

    counts = Counts(room, room.ledgers[ledger], Period.parse("2026"), on)
    found = {one.count.count: one.value for one in counts.whole()}
    return [len(found), found]


def number(field):
    from django.db import connection

    cast = "::bigint" if connection.vendor == "postgresql" else ""
    return f"(e.fields ->> '{field}'){cast}"


def row_of(ledger, said, words, clocks):
    columns = ", ".join(each.format(**words) for _, each in said)
    joined = "".join(
        f" LEFT JOIN desk_entryclock c{at} ON c{at}.entry_id = e.id AND c{at}.clock = '{clock}'"
        for at, clock in enumerate(clocks)
    )
    (row,) = sql(
        f"SELECT {columns} FROM desk_ledgerentry e{joined} WHERE e.ledger = '{ledger}'"  # noqa: S608 - ours
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
