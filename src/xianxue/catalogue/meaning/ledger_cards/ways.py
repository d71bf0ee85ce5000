"""The way of a ledger's entries: every state reached and left, every step taken by somebody."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.clock import RECORD, LedgerClock, LedgerLamp, Length
from xianxue.bureau.kinds.ledgers.ledger import SUBJECT, Ledger, LedgerStep
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_dated
from xianxue.catalogue.meaning.columns import Columns
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.ledger_cards.asked import known
from xianxue.catalogue.meaning.lifecycles import check_taken, check_way
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot


def check_entry_way(look: Look, at: Spot, ledger: Ledger) -> None:
    """Check states and steps, and who registers."""
    check_way(look, at, ledger.lifecycle)
    fields = [field.field for field in ledger.fields]
    steps = [RECORD, *(step.step for step in ledger.steps)]
    check_taken(look, at, ledger.records, f"{SUBJECT}.{RECORD}", "records")
    for index, step in enumerate(ledger.steps):
        here = at.at("steps", index)
        for part in ("asks", "may"):
            for number, name in enumerate(getattr(step, part)):
                known(here.at(part, number), name, fields, say("栏"))
        for number, name in enumerate(step.apart_from):
            known(here.at("apart_from", number), name, steps, say("步骤"))
        if step.slip:
            look.refer(here.at("slip"), "notice", step.slip)
    _check_done(at, ledger)


def _check_done(at: Spot, ledger: Ledger) -> None:
    """*Closed* is not *fixed*: what counts as done was looked at by somebody else, with proof."""
    if not ledger.verified:
        return
    done = ledger.lifecycle.marked("done")
    for index, step in enumerate(ledger.steps):
        if step.to in done and not set(step.origins) <= done and not _proved(step):
            saw = say("“{step}”不要凭据，也不要另一个人来办", step=step.term)
            required = say("办成的一步写 needs: [evidence] 和 apart_from")
            at.at("steps", index).complain("C-LEDGER", saw, required)


def _proved(step: LedgerStep) -> bool:
    return "evidence" in step.needs and bool(step.apart_from)


def check_clocks(look: Look, at: Spot, ledger: Ledger, columns: Columns) -> None:
    """Check clocks and lamps."""
    for index, clock in enumerate(ledger.clocks):
        _check_clock(look, at.at("clocks", index), ledger, clock, columns)
    _check_lamps(look, at.at("lamps"), ledger.lamps)
    for index, one in enumerate(ledger.frequencies):
        here = at.at("frequencies", index)
        check_where(here.at("where"), one.where, columns, ledger.term)
        for number, times in enumerate(one.at_least):
            there = here.at("at_least", number)
            check_dated(look, there, times)
            check_where(there.at("when"), times.when, look.attribute_columns, say("学校"))


def _check_clock(
    look: Look, at: Spot, ledger: Ledger, clock: LedgerClock, columns: Columns
) -> None:
    steps = [RECORD, *(step.step for step in ledger.steps)]
    days = [field.field for field in ledger.fields if field.type == "date"]
    if bool(clock.starts) == bool(clock.starts_on):
        saw = say("starts 和 starts_on 写了两样，或一样也没写")
        at.complain("C-LEDGER", saw, say("正好写一样：从哪一步起算，或从哪一栏的日期起算"))
    if clock.starts_on:
        known(at.at("starts_on"), clock.starts_on, days, say("日期栏"))
    for part in ("starts", "stops", "pauses", "resumes"):
        for number, name in enumerate(getattr(clock, part)):
            known(at.at(part, number), name, steps, say("步骤"))
    if bool(clock.pauses) != bool(clock.resumes):
        at.complain("C-LEDGER", say("暂停和恢复只写了一样"), say("pauses 和 resumes 都写"))
    if not clock.lengths:
        at.at("lengths").complain("C-EMPTY", say("没有写多长"), say("至少一个写明依据的时长"))
    for number, length in enumerate(clock.lengths):
        here = at.at("lengths", number)
        check_dated(look, here, length)
        check_where(here.at("when"), length.when, columns, ledger.term)
        _check_length(here, length, days)
    if clock.extension is not None:
        here = at.at("extension")
        known(here.at("step"), clock.extension.step, steps, say("步骤"))
        _check_length(here.at("length"), clock.extension.length, days)
    _check_lamps(look, at.at("lamps"), clock.lamps)


def _check_length(at: Spot, length: Length, days: list[str]) -> None:
    said = [
        one
        for one in (length.days, length.working_days, length.school_days, length.months)
        if one is not None
    ]
    if len(said) + bool(length.field) != 1:
        required = say("days、working_days、school_days、months、field 正好写一样")
        at.complain("C-LEDGER", say("时长写了 {n} 样", n=len(said) + bool(length.field)), required)
    if length.field:
        known(at.at("field"), length.field, days, say("日期栏"))


def _check_lamps(look: Look, at: Spot, lamps: list[LedgerLamp]) -> None:
    for index, lamp in enumerate(lamps):
        here, sides = at.at(index), (lamp.days is not None) + (lamp.percent is not None)
        if lamp.slip:
            look.refer(here.at("slip"), "notice", lamp.slip)
        if lamp.light == "red" and sides:
            here.complain("C-LEDGER", say("红灯写了天数"), say("红灯在逾期以后亮，不写天数"))
        elif lamp.light != "red" and sides != 1:
            here.complain(
                "C-LEDGER", say("没有写剩多少时亮，或写了两样"), say("days 和 percent 正好写一样")
            )
