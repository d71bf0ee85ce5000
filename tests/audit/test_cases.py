"""The hand-checked relations: every real error caught, no false alarm, nine in ten proved.

Where ``../shared/cases`` is not beside the checkout there is nothing to hold the auditor against.
"""

from __future__ import annotations

import importlib
import random
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from xianxue.bureau.records.audited import Operand, Proof

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("audit")
    finally:
        sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def scored(bench):
    loaded = bench.cases_.load()
    if loaded is None:
        pytest.skip(bench.cases_.REASON)
    cases, texts = loaded
    lexicon = bench.Lexicon.of(bench.load_cards().shelf.wordlists.values())
    audits = {doc: bench.audit(text, lexicon) for doc, text in texts.items()}
    return cases, texts, audits, bench.score(cases, texts, audits)


def test_every_real_error_is_caught(scored):
    cases, _, _, matched = scored
    errors = [case for case in cases if case.report == "error"]
    assert len(errors) == 9
    lost = [c.quote for c in errors if not matched[c] or matched[c].verdict != "inconsistent"]
    # A private school told last after the public ones is read as told beside them, not of them.
    assert set(lost) <= {"民办学校6所"}


def test_no_false_alarm(bench, scored):
    cases, texts, audits, _ = scored
    false = bench.alarms(cases, texts, audits)
    seeds = {case.doc for case in cases if case.seed}
    assert [one.message for doc, one in false if doc in seeds] == []
    assert len(false) <= 1, [one.message for _, one in false]


MEANT = {"rate": 0.8, "growth": 0.9, "sum": 0.65, "product": 0.5}
"""How many of a kind are proved at least. A fit without a word that means it is no proof: lists of
names, orders and repeats that hold are not spoken of, and sums only where their parts are all."""


@pytest.mark.parametrize("kind", sorted(MEANT))
def test_what_the_author_meant_is_proved(bench, scored, kind):
    cases, _, _, matched = scored
    auto = [case for case in cases if case.level == "auto" and case.kind == kind]
    right = [c for c in auto if matched[c] and bench.cases_.agrees(c, matched[c].verdict)]
    assert len(right) >= MEANT[kind] * len(auto)


# ── the scorer itself ───────────────────────────────────────────────────────


def case(bench, **parts):
    known = {
        "doc": "x",
        "seed": False,
        "quote": "学校66所",
        "kind": "sum",
        "sub": "",
        "level": "auto",
        "terms": ("25所", "41所"),
        "stated": "66",
        "holds": True,
        "report": "silent",
    }
    return bench.cases_.Case(**(known | parts))


TEXT = "全县有学校66所，其中中小学25所、幼儿园41所，另有教学点3所，投入0.5万元。"


def found(bench, *numbers: str, verdict: str = "consistent"):
    made = []
    for said in numbers:
        start = TEXT.index(said)
        value = Decimal(said.removesuffix("所").removesuffix("万元"))
        value *= 10000 if said.endswith("万元") else 1
        made.append(Operand(said, value, "所", start, start + len(said)))
    stated, *terms = made
    start, end = min(one.start for one in made), max(one.end for one in made)
    return Proof(
        verdict, "sum", TEXT[start:end], start, end, stated, tuple(terms), None, None, "说明"
    )


def test_a_case_is_met_by_its_own_relation_only(bench):
    meets = bench.cases_.matches
    whole = case(bench)
    assert meets(whole, found(bench, "66所", "25所", "41所"), TEXT)
    assert not meets(whole, found(bench, "66所", "25所"), TEXT), "a part is missing"
    assert not meets(whole, found(bench, "66所", "25所", "41所", "3所"), TEXT), "one too many"
    assert not meets(whole, found(bench, "25所", "66所", "41所"), TEXT), "another is stated"
    assert not meets(case(bench, quote="教学点3所"), found(bench, "66所", "25所", "41所"), TEXT)
    assert not meets(case(bench, quote="不在文中"), found(bench, "66所", "25所", "41所"), TEXT)


def test_a_number_is_compared_as_printed_or_by_value(bench):
    for stated in ("0.5", "0.5万元", "5000"):
        one = case(bench, quote="投入0.5万元", kind="rate", terms=("25所",), stated=stated)
        assert bench.cases_.matches(one, found(bench, "0.5万元", "25所"), TEXT), stated


def test_slips_are_judged_without_the_auditor(bench):
    slips = bench.slips_
    read = slips.interval
    assert slips.readings("sum", [read("0.93"), read("0.43")], read("1.36"))["sum"]
    assert not slips.readings("sum", [read("0.93"), read("0.43")], read("1.34"))["sum"]
    assert slips.readings("rate", [read("4217"), read("6302")], read("66.92"))["a/b"]
    assert not slips.readings("rate", [read("4271"), read("6302")], read("66.92"))["a/b"]
    assert slips.readings("growth", [read("453.15"), read("33.86")], read("8.08"))["a by b"]


def test_a_slip_changes_what_it_says(bench):
    proof = found(bench, "66所", "25所", "41所")
    chance = random.Random(1)  # noqa: S311 - the same slips each time
    made = list(bench.slips_.slips(case(bench), proof, TEXT, chance))
    assert {slip.way for slip in made} == {"digit", "swap", "万"}
    for slip in made:
        assert slip.text != TEXT
        assert slip.text[slip.where : slip.where + 1].isdigit()
    # 66 ← 66 swapped is no change; every other slip of whole numbers breaks the sum.
    assert all(slip.broken for slip in made)
