"""Results: what is shown, what follows, and what nobody can work out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
import pytest
from national import national

from xianxue.bureau.ballots.appraising import appraise
from xianxue.bureau.ballots.counting import BLANK, VALID, Cell, count, look
from xianxue.bureau.ballots.deciding import There, Turnout
from xianxue.bureau.ballots.elections import elect, going_on, votes
from xianxue.bureau.ballots.hiding import Key, Scope, hidden
from xianxue.bureau.ballots.hiding_places import OTHERS, untold_places
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import Paper, Text, head_of, tick
from xianxue.bureau.ballots.results import results, so_far
from xianxue.bureau.ballots.texts import Read, texts_shown
from xianxue.bureau.ballots.thresholds import Judged, propose
from xianxue.bureau.kinds.ballots.group import VoterGroup
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Phrase

CARDS = national().shelf.ballots
APPRAISAL = CARDS["cadre_appraisal"]
ELECTION = CARDS["headmaster_election"]
OVERALL = Column("overall")


def survey(table: dict[str, dict[str, int]], **rules):
    """An opened survey of one question, and the counters of its papers: group to answers."""
    card = CARDS["teaching_review"]
    groups = [VoterGroup(group=name, term=Phrase(name)) for name in table]
    questions = [msgspec.structs.replace(card.questions[0], asked_of=[])]
    opened = Opened(card=msgspec.structs.replace(card, groups=groups, questions=questions, **rules))
    papers = [
        (f"{head_of(group)}\n{tick(OVERALL, answer)}", many)
        for group, answers in table.items()
        for answer, many in answers.items()
    ]
    return opened, count(opened, papers)


# ── small groups ────────────────────────────────────────────────────────────


def test_three_are_hidden_and_so_is_what_would_tell_them():
    """T-H18: 3 of 45 are dissatisfied; row, column and another row are needed to hide it."""
    table = {
        "a": {"very": 42, "dissatisfied": 3},
        "b": {"very": 30, "dissatisfied": 9},
        "c": {"very": 18, "dissatisfied": 6},
    }
    opened, cells = survey(table)
    shown = {
        (one.group, one.option): one.count
        for one in results(opened, cells).numbers
        if one.option in {"very", "dissatisfied"}
    }
    assert (shown["", "very"], shown["", "dissatisfied"]) == (90, 18)
    lost = {key for key, number in shown.items() if number is None}
    rows = {group for group, _ in lost}
    # Both answers of the small row, and of one row beside it: 0 to 9 remains possible.
    assert "a" in rows
    assert len(rows) == 2
    assert lost == {(group, option) for group in rows for option in ("very", "dissatisfied")}
    assert not hidden(opened, cells).open


def test_all_of_few_saying_one_thing_is_told_as_the_most():
    """Eight who all say the same are more than five; each one's opinion would be known."""
    table = {
        "a": {"dissatisfied": 8},
        "b": {"very": 30, "dissatisfied": 9},
        "c": {"very": 18, "dissatisfied": 16},
    }
    opened, cells = survey(table)
    numbers = [one for one in results(opened, cells).numbers if one.group == "a"]
    assert [one.option for one in numbers if one.most] == ["dissatisfied"]
    assert all(one.hidden for one in numbers if one.option in {"very", "dissatisfied"})
    # Nor is it found by taking all others from the whole.
    whole = {
        one.option for one in results(opened, cells).numbers if one.group == "b" and one.hidden
    }
    other = {
        one.option for one in results(opened, cells).numbers if one.group == "c" and one.hidden
    }
    assert {"very", "dissatisfied"} <= whole | other
    enough, same = survey({**table, "a": {"dissatisfied": 10}})
    assert not any(one.most for one in results(enough, same).numbers)


def test_a_group_of_four_is_hidden_under_every_question():
    opened, cells = survey({"a": {"very": 4}, "b": {"very": 20}, "c": {"very": 10, "unsure": 5}})
    assert all(
        one.hidden for one in results(opened, cells).numbers if one.group == "a" if one.count
    )
    unseen = hidden(opened, cells)
    assert Key(OVERALL, "=asked", Scope("a")) in unseen.keys


def test_a_school_that_few_criticised_is_not_told_by_its_sums():
    card = CARDS["teaching_review"]
    opened = Opened(card=msgspec.structs.replace(card, questions=card.questions[:1]))
    papers = [
        (f"{head_of('parents', place)}\n{tick(OVERALL, answer)}", many)
        for place, good, bad in (("0101", 40, 2), ("0102", 30, 9), ("0103", 25, 12))
        for answer, many in (("very", good), ("dissatisfied", bad))
    ]
    unseen = hidden(opened, count(opened, papers))
    assert Key(OVERALL, OTHERS, Scope(place="0101")) in unseen.keys
    others = [
        place
        for place in ("0102", "0103")
        if Key(OVERALL, OTHERS, Scope(place=place)) in unseen.keys
    ]
    assert others
    assert Key(OVERALL, OTHERS, Scope()) not in unseen.keys
    assert not unseen.open


def test_of_many_schools_with_few_answers_none_is_told_and_enough_beside_them():
    """Twelve answers a school: two did not like it; of one that liked it all nothing is told."""
    small = {f"{at:02}": {"good": 10, "bad": 2} for at in range(60)}
    sums = {**small, "70": {"good": 30, "bad": 20}, "80": {"good": 9, "bad": 0}}
    assert untold_places(sums, 5, (), "silent") == {*small, "80"}
    # Of one small school alone its number is all without the others: the next is not told either.
    two = {
        "01": {"good": 10, "bad": 2},
        "02": {"good": 30, "bad": 20},
        "03": {"good": 60, "bad": 9},
    }
    assert untold_places(two, 5, (), "silent") == {"01", "02"}
    # Between 0 and 12 may be bad at the first, and 10 to 22 at the second.


def test_an_election_hides_nothing():
    opened = Opened(card=ELECTION, round="final", subjects=("a", "b"))
    cells = count(opened, [("staff\nelect=a", 1), ("staff\nelect=b", 30)])
    assert [one.count for one in results(opened, cells).numbers] == [1, 30, 0]


def test_while_it_is_open_only_fives_are_told():
    assert [so_far(many) for many in (4, 5, 8, 9, 10)] == [0, 5, 5, 5, 10]


def test_texts_are_shown_when_enough_wrote_and_all_is_read():
    def read(text: str, shown: str | None = None) -> Read:
        return Read(text=Text("advice", "parents", text), shown=text if shown is None else shown)

    five = [read("丁"), read("乙老师迟到", "老师迟到"), read("丙"), read("甲"), read("戊", "")]
    assert texts_shown(five, {"advice": 5}, 5) == {"advice": sorted(["丁", "老师迟到", "丙", "甲"])}
    assert texts_shown(five[:4], {"advice": 4}, 5) == {}
    assert texts_shown(five, {"advice": 6}, 5) == {}


# ── appraisals ──────────────────────────────────────────────────────────────

GIVEN = {"leaders": (3, 2, 0, 0), "middle": (6, 4, 1, 1), "staff": (24, 22, 8, 6)}
LEVELS = ("excellent", "competent", "basic", "incompetent")


def appraised(given=GIVEN, card=APPRAISAL, extra: int = 0):
    """One cadre among four, so that one may be called excellent on each paper."""
    opened = Opened(card=card, subjects=("p1", "p2", "p3", "p4"))
    papers = [
        (f"{group}\n{tick(Column('grade', 'p1'), level)}", many)
        for group, levels in given.items()
        for level, many in zip(LEVELS, levels, strict=True)
        if many
    ]
    cells = count(opened, papers)
    voted = sum(many for _, many in papers)
    there = There(entitled=voted + extra, present=voted + extra, issued=voted + extra)
    return appraise(opened, cells, Column("grade", "p1"), there)


def test_groups_weigh_from_papers_to_score():
    """T-H7, from papers."""
    found = appraised()
    assert found.turnout.valid == 77
    assert found.score is not None
    assert found.rate is not None
    assert half_up(found.score, 4) == Decimal("85.6333")
    assert half_up(found.rate * 100, 3) == Decimal("85.667")
    assert found.passed is True
    silent = appraised({**GIVEN, "middle": (0, 0, 0, 0)})
    assert silent.score is not None
    assert half_up(silent.score, 4) == Decimal("85.9048")
    assert silent.weighed is not None
    assert silent.weighed.silent == ("middle",)


def test_two_years_lead_to_what_the_card_proposes():
    """15 then 24 of 77 say basically or not competent: 19.48 %, 31.17 %; then 32.47 % once more."""
    rules = APPRAISAL.questions[0].triggers
    years = {
        2023: {"leaders": (3, 2, 0, 0), "middle": (6, 4, 1, 1), "staff": (24, 23, 7, 6)},
        2024: {"leaders": (3, 2, 0, 0), "middle": (4, 4, 2, 2), "staff": (18, 22, 12, 8)},
        2025: {"leaders": (3, 2, 0, 0), "middle": (4, 4, 2, 2), "staff": (17, 22, 12, 9)},
    }
    history: list[Judged] = []
    proposed: dict[int, list[str]] = {}
    for year, given in years.items():
        history.append(appraised(given).judged(year, date(year, 12, 1)))
        proposed[year] = [one.trigger for one in rules if propose(one, history, year).proposed]
    assert proposed == {2023: [], 2024: ["admonition"], 2025: ["admonition", "removal"]}
    assert all(one.needs_decision for one in rules)


def test_a_weighted_trigger_looks_at_what_groups_say_together():
    """T-H7: 6.5 % by weights, 9.091 % of the papers: a line at 8 % is reached by one of them."""
    rule = msgspec.structs.replace(APPRAISAL.questions[0].triggers[0], levels=["incompetent"])
    line = msgspec.structs.replace(rule.share[0], value=Decimal(8))
    judged = appraised().judged(2025, date(2025, 12, 1))
    plain = msgspec.structs.replace(rule, share=[line])
    weighted = msgspec.structs.replace(plain, weighted=True)
    assert propose(plain, [judged], 2025).proposed is True
    found = propose(weighted, [judged], 2025)
    assert (found.proposed, found.years[0].share) == (False, Fraction(65, 1000))


# ── elections ───────────────────────────────────────────────────────────────


def counted(opened: Opened, name: str, given: dict[str, int], blank: int = 0):
    papers = [(f"staff\n{name}={who}", many) for who, many in given.items()] + [("staff", blank)]
    cells = count(opened, [one for one in papers if one[1]])
    returned = sum(given.values()) + blank
    turnout = Turnout(entitled=60, present=56, issued=56, returned=returned, valid=returned)
    return votes(opened, cells), turnout, cells


def test_a_headmaster_is_elected_in_the_second_voting():
    """60 entitled, 56 present: 31 votes are a majority of the entitled; 28 of them are not."""
    nomination = Opened(card=ELECTION, round="nomination", subjects=("a", "b", "c", "d"))
    found, turnout, _ = counted(
        nomination, "nominate", {"a": 20, "b": 15, "c": 9, "d": 7, "+某人": 5}
    )
    assert going_on(nomination, found, turnout).on == ("a", "b", "c")
    primary = Opened(card=ELECTION, round="primary", subjects=("a", "b", "c"))
    found, turnout, _ = counted(primary, "shortlist", {"a": 26, "b": 15, "c": 15})
    tie = going_on(primary, found, turnout)
    assert (tie.on, tie.again) == (("a",), ("b", "c"))
    runoff = Opened(card=ELECTION, round="primary", subjects=("b", "c"))
    found, turnout, _ = counted(runoff, "shortlist", {"b": 30, "c": 26})
    assert going_on(runoff, found, turnout).on == ("b", "c")
    final = Opened(card=ELECTION, round="final", subjects=("a", "b"))
    found, turnout, cells = counted(final, "elect", {"a": 28, "b": 24}, blank=4)
    first = elect(final, found, turnout)
    assert (first.outcome.needed, first.outcome.elected) == (31, ())
    assert (first.outcome.again, first.last) == (("a", "b"), False)
    assert cells[Cell("elect", BLANK, group="staff")] == 4
    found, turnout, _ = counted(final, "elect", {"a": 34, "b": 20}, blank=2)
    second = elect(final, found, turnout, held=2)
    assert (second.outcome.elected, second.last) == (("a",), True)


def test_whoever_has_not_a_third_does_not_stand_again_and_two_votings_are_all():
    final = Opened(card=ELECTION, round="final", subjects=("a", "b", "c"))
    found, turnout, _ = counted(final, "elect", {"a": 28, "b": 18, "c": 8})
    step = elect(final, found, turnout)
    assert (step.rejected, step.outcome.again) == (("b", "c"), ("a",))
    assert elect(final, found, turnout, held=2).outcome.again == ()


@pytest.mark.parametrize(("present", "fault"), [(48, None), (47, "quorum")])
def test_nobody_is_nominated_by_too_few(present, fault):
    """T-H4: four fifths of 60 are 48."""
    opened = Opened(card=ELECTION, round="nomination", subjects=("a", "b"))
    turnout = Turnout(entitled=60, present=present, issued=40, returned=40, valid=40)
    assert going_on(opened, {"a": 40}, turnout).fault == fault


def test_a_paper_that_came_back_too_often_makes_the_round_void():
    """T-H5."""
    opened = Opened(card=ELECTION, round="nomination", subjects=("a",))
    turnout = Turnout(entitled=40, present=40, issued=40, returned=41, valid=41)
    assert going_on(opened, {"a": 41}, turnout).fault == "more_returned"


def test_a_recount_of_an_election_gives_the_same():
    final = Opened(card=ELECTION, round="final", subjects=("a", "b"))
    _, _, cells = counted(final, "elect", {"a": 2, "b": 1})
    again: dict[Cell, int] = {}
    for who in ("b", "a", "a"):
        for cell, many in look(
            final, Paper(group="staff", answers={"": {"elect": who}})
        ).cells.items():
            again[cell] = again.get(cell, 0) + many
    assert again == cells
    assert again[Cell("", VALID, group="staff")] == 3
