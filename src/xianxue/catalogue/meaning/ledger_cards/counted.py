"""What a ledger counts: fields that add up, conditions that can be met, rates of like things."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.count import Count, Rate, Risk
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_stage, check_values
from xianxue.catalogue.meaning.columns import Columns
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.ledger_cards.asked import days_of, known
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot


def check_counts(look: Look, at: Spot, ledger: Ledger, columns: Columns) -> None:
    """Check counts, rates and risk lists."""
    if not ledger.counts:
        at.at("counts").complain("C-EMPTY", say("没有写数什么"), say("至少一个计数"))
    spots = [(at.at("counts", index), count) for index, count in enumerate(ledger.counts)]
    names = [(here.at("count"), count.count) for here, count in spots]
    rates = [(at.at("rates", index), rate) for index, rate in enumerate(ledger.rates)]
    names += [(here.at("rate"), rate.rate) for here, rate in rates]
    for here, name in names:
        good_name(here, name)
    unique(names, "C-TWICE", say("计数的编号"), say("同一台账里计数的编号不重复"))
    for here, count in spots:
        _check_count(look, here, ledger, count, columns)
    counts = [count.count for count in ledger.counts]
    for here, rate in rates:
        _check_rate(look, here, rate, counts)
    for index, risk in enumerate(ledger.risks):
        _check_risk(look, at.at("risks", index), ledger, risk, columns)


def _check_rate(look: Look, here: Spot, rate: Rate, counts: list[str]) -> None:
    known(here.at("of"), rate.of, counts, say("计数"))
    if bool(rate.base) == bool(rate.base_indicator):
        here.complain(
            "C-LEDGER",
            say("没有写除以什么，或写了两样"),
            say("base 和 base_indicator 正好写一样"),
        )
    if rate.base:
        known(here.at("base"), rate.base, counts, say("计数"))
    if rate.base_indicator:
        for one in look.indicators(here.at("base_indicator"), rate.base_indicator):
            check_stage(here.at("base_stage"), rate.base_stage, one.stages)
    if rate.target:
        check_values(look, here.at("target"), rate.target, [])


def _check_count(look: Look, at: Spot, ledger: Ledger, count: Count, columns: Columns) -> None:
    look.unit(at.at("unit"), count.unit)
    check_where(at.at("where"), count.where, columns, ledger.term)
    days = days_of(ledger)
    for part in ("by", "since", "until"):
        name = getattr(count, part)
        if name:
            known(at.at(part), name, days, say("日期"))
    if bool(count.by) == bool(count.since):
        required = say("by（一段时间里发生的）和 since（到期末还在的）正好写一样")
        at.complain("C-LEDGER", say("没有写按哪一天算，或写了两样"), required)
    if count.sum:
        field = ledger.field(count.sum)
        if field is None or not field.is_number:
            saw = say("“{name}”不是可以相加的栏", name=count.sum)
            at.at("sum").complain("C-LEDGER", saw, say("整数或小数的栏"))
        elif field.unit != count.unit:
            saw = say("单位是 {unit}，相加的栏却是 {other}", unit=count.unit, other=field.unit)
            at.at("unit").complain("C-UNIT", saw, say("和相加的栏同一单位"))
    if count.distinct and count.distinct != "place":
        known(at.at("distinct"), count.distinct, [one.field for one in ledger.fields], say("栏"))
    coded = [field.field for field in ledger.fields if field.type == "code"]
    for number, name in enumerate(count.slices):
        known(at.at("slices", number), name, coded, say("代码栏"))


def _check_risk(look: Look, at: Spot, ledger: Ledger, risk: Risk, columns: Columns) -> None:
    check_cited(look, at.at("source"), risk.source)
    for number, weight in enumerate(risk.weights):
        check_where(at.at("weights", number, "when"), weight.when, columns, ledger.term)
    if not risk.weights or not risk.levels:
        at.complain("C-EMPTY", say("没有写看什么，或没有写到多少分算"), say("weights 和 levels"))
