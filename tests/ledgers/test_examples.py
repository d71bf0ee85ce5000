"""Every ledger has a history written by hand: what comes of it was counted by hand, too."""

from __future__ import annotations

from fractions import Fraction

import pytest
import small_county as county

from xianxue.bureau.ledgers.moving import replayed
from xianxue.bureau.values.periods import Period

EXAMPLES = county.examples()


def test_each_ledger_has_an_example_and_each_example_a_ledger():
    assert set(EXAMPLES) == set(county.SHELF.ledgers)
    assert all(one["ledger"] == name for name, one in EXAMPLES.items())


def entries_of(example):
    ledger = county.Walked(example["ledger"], today=example["today"])
    return ledger, [
        ledger.walk(county.PLACES[one["place"]], one["history"], f"2025-{at:04d}")
        for at, one in enumerate(example["entries"], 1)
    ]


@pytest.mark.parametrize("name", EXAMPLES)
def test_entries_come_to_the_states_and_days_that_were_counted_by_hand(name):
    example = EXAMPLES[name]
    ledger, entries = entries_of(example)
    for one, entry in zip(example["entries"], entries, strict=True):
        assert entry.state == one["then"]["state"], entry.number
        assert replayed(ledger.card, entry) is None
        runs = {run.clock: run for run in ledger.clocks.runs(entry)}
        told = one["then"].get("clocks", {})
        assert set(runs) == set(told), entry.number
        for clock, said in told.items():
            run = runs[clock]
            assert (run.due, run.met) == (said.get("due"), said.get("met")), (entry.number, clock)
            assert run.paused == said.get("paused", False), (entry.number, clock)


@pytest.mark.parametrize("name", EXAMPLES)
def test_all_its_counts_and_rates_are_those_counted_by_hand(name):
    example = EXAMPLES[name]
    ledger, entries = entries_of(example)
    told = dict(example["counts"])
    period = Period.parse(str(told.pop("period")))
    facts = ledger.counter.facts(entries, min(example["today"], period.end))
    assert {count.count for count in ledger.card.counts} == set(told)
    found = {count: ledger.counter.count(count, facts, period).value for count in told}
    assert found == told
    rates = {
        rate.rate: ledger.counter.rate(rate, facts, period, example.get("base", {}).get(rate.rate))[
            2
        ]
        for rate in ledger.card.rates
    }
    assert rates == {
        rate: None if said is None else Fraction(said)
        for rate, said in example.get("rates", {}).items()
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_may_not_be_done_is_refused_and_says_why(name):
    example = EXAMPLES[name]
    ledger, _ = entries_of(example)
    assert example["refused"], "an example also shows what is refused"
    for one in example["refused"]:
        place = county.PLACES[one.get("place", example["entries"][one["entry"] - 1]["place"])]
        history = example["entries"][one["entry"] - 1]["history"][: one["after"]]
        entry = ledger.walk(place, history) if history else None
        made = ledger.attempt(entry, one, place)
        assert isinstance(made, list), one
        assert one["code"] in {issue.code for issue in made}, (
            one,
            [issue.message for issue in made],
        )
        for issue in made:
            assert issue.required
            assert "{" not in issue.message
