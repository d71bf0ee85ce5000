"""Papers: what makes one invalid, what it adds to the counters, and that a recount is the same."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.ballots.counting import (
    ANSWERED,
    BLANK,
    INVALID,
    NOTHING,
    VALID,
    VOID,
    Cell,
    count,
    look,
)
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import Paper, text_of, texts_of
from xianxue.bureau.kinds.ballots.ballot import Ballot

CARDS = national().shelf.ballots
CADRES = Opened(card=CARDS["cadre_appraisal"], subjects=("p1", "p2", "p3", "p4"))
TEACHING = Opened(card=CARDS["teaching_review"])
RANKED = Opened(card=CARDS["compulsory_satisfaction"])
ELECTION = Opened(card=CARDS["headmaster_election"], round="final", subjects=("a", "b"), seats=1)
REVIEW = Opened(card=CARDS["selection_review"], subjects=("p1",))
OPENED = (CADRES, TEACHING, RANKED, ELECTION, REVIEW)


def graded(group: str = "staff", marks: tuple[str, ...] = (), **grades: Any) -> Paper:
    answers = {about: {"grade": said} for about, said in grades.items()}
    return Paper(group=group, answers=answers, marks=marks)


def changed(card: Ballot, **rules: Any) -> Ballot:
    return msgspec.structs.replace(card, validity=msgspec.structs.replace(card.validity, **rules))


def faults(opened: Opened, paper: Paper) -> list[str]:
    return [one.code for one in look(opened, paper).verdict.faults]


# ── what is written down ────────────────────────────────────────────────────


def test_the_same_answers_are_the_same_text_whatever_their_order():
    one = Paper(group="parents", place="0101", answers={"": {"improve": ["fees", "lessons"]}})
    other = Paper(group="parents", place="0101", answers={"": {"improve": ["lessons", "fees"]}})
    assert text_of(TEACHING, one) == text_of(TEACHING, other)
    assert text_of(TEACHING, one) == "parents|0101\nimprove=fees\nimprove=lessons"


def test_words_are_kept_apart_from_the_paper():
    answers = {"overall": "very", "advice": "  多修\n操场  "}
    paper = Paper(group="parents", place="0101", answers={"": answers})
    assert "操场" not in text_of(TEACHING, paper)
    assert [(one.question, one.group, one.text) for one in texts_of(TEACHING, paper)] == [
        ("advice", "parents", "多修 操场")
    ]


@pytest.mark.parametrize("word", ["staff\nmiddle", "a|b", "a=b"])
def test_what_would_be_read_as_another_line_is_refused(word):
    with pytest.raises(ValueError, match="no part of a paper"):
        text_of(CADRES, graded(group=word, p1="excellent"))
    with pytest.raises(ValueError, match="no part of a paper"):
        text_of(CADRES, graded(p1=word))


# ── validity ────────────────────────────────────────────────────────────────


def test_two_ticks_void_their_column_and_nothing_else():
    paper = graded(p1=["excellent", "competent"], p2="competent", p3="basic", p4="abstain")
    looked = look(CADRES, paper)
    assert looked.verdict.valid
    assert looked.verdict.states[Column("grade", "p1")] == "void"
    assert looked.cells == {
        Cell("", VALID, group="staff"): 1,
        Cell("grade", "!too_many", "p1", group="staff"): 1,
        Cell("grade", VOID, "p1", group="staff"): 1,
        Cell("grade", "competent", "p2", group="staff"): 1,
        Cell("grade", "basic", "p3", group="staff"): 1,
        Cell("grade", "abstain", "p4", group="staff"): 1,
        **{Cell("grade", ANSWERED, about, group="staff"): 1 for about in ("p2", "p3", "p4")},
    }


def test_two_ticks_void_the_paper_where_the_card_says_so():
    opened = Opened(card=changed(CADRES.card, too_many="paper"), subjects=CADRES.subjects)
    looked = look(opened, graded(p1=["excellent", "competent"], p2="competent"))
    assert looked.cells == {
        Cell("", INVALID, group="staff"): 1,
        Cell("grade", "!too_many", "p1", group="staff"): 1,
    }


def test_a_column_left_blank_is_an_abstention():
    looked = look(CADRES, graded(p1="excellent"))
    assert [looked.cells[Cell("grade", BLANK, about, group="staff")] for about in ("p2", "p3")] == [
        1,
        1,
    ]


def test_an_empty_paper_is_invalid_or_an_abstention_as_the_card_says():
    assert look(CADRES, Paper(group="staff")).verdict.valid is False
    opened = Opened(card=changed(CADRES.card, blank="abstained"), subjects=CADRES.subjects)
    looked = look(opened, Paper(group="staff"))
    assert (looked.verdict.valid, looked.verdict.abstained) == (True, True)
    assert looked.cells[Cell("", NOTHING, group="staff")] == 1


def test_torn_and_marked_papers_and_those_of_nobody():
    assert faults(CADRES, graded(marks=("torn",), p1="excellent")) == ["spoiled"]
    assert not look(CADRES, graded(marks=("marked",), p1="excellent")).verdict.valid
    unknown = look(CADRES, graded(group="strangers", p1="excellent"))
    assert unknown.cells == {Cell("", INVALID): 1, Cell("", "!group"): 1}


def test_an_answer_that_is_not_on_the_paper_voids_its_column():
    looked = look(CADRES, graded(p1="brilliant", p2="basic"))
    assert looked.verdict.valid
    assert looked.verdict.states[Column("grade", "p1")] == "void"
    assert faults(CADRES, graded(p1="basic", nobody="basic")) == ["stray"]


def test_too_many_called_excellent_void_that_level_or_the_paper():
    """T-H6: of nine, 30 % are two; a third one is too many."""
    nine = tuple(f"p{one}" for one in range(9))
    grades = dict.fromkeys(nine[:3], "excellent") | dict.fromkeys(nine[3:], "competent")
    column = look(Opened(card=CADRES.card, subjects=nine), graded(**grades))
    assert column.verdict.valid
    assert column.cells[Cell("grade", VOID, "p0", group="staff")] == 1
    assert column.cells[Cell("grade", "competent", "p3", group="staff")] == 1
    assert not any(cell.item == "excellent" for cell in column.cells)
    question = CADRES.card.questions[0]
    quota = msgspec.structs.replace(question.quotas[0], beyond="paper")
    strict = msgspec.structs.replace(
        CADRES.card, questions=[msgspec.structs.replace(question, quotas=[quota])]
    )
    assert not look(Opened(card=strict, subjects=nine), graded(**grades)).verdict.valid
    allowed = grades | {"p2": "competent"}
    assert faults(Opened(card=CADRES.card, subjects=nine), graded(**allowed)) == []


def test_what_stands_in_a_void_column_does_not_count_towards_a_quota():
    """Of four, 30 % is one: the second excellent stands where two ticks make it void."""
    grades = {"p1": "excellent", "p2": ["excellent", "basic"], "p3": "basic", "p4": "basic"}
    assert faults(CADRES, graded(**grades)) == ["too_many"]
    other = grades | {"p3": "excellent"}
    assert faults(CADRES, graded(**other)) == ["too_many", "quota"]
    texts = [text_of(CADRES, graded(**one)) for one in (grades, other)]
    both = count(CADRES, [(text, 1) for text in texts])
    assert both[Cell("grade", "excellent", "p1", group="staff")] == 1
    assert both[Cell("grade", VOID, "p1", group="staff")] == 1


def test_an_answer_nobody_asked_for_is_not_counted():
    """Who is satisfied is not asked for reasons; what was ticked there all the same is left out."""
    answers = {"overall": "very", "improve": ["fees"]}
    looked = look(TEACHING, Paper(group="parents", answers={"": answers}))
    assert [one.code for one in looked.verdict.faults] == ["not_asked"]
    assert not any(
        cell.question == "improve" and not cell.item.startswith("!") for cell in looked.cells
    )
    asked = look(TEACHING, Paper(group="parents", answers={"": answers | {"overall": "middling"}}))
    assert asked.cells[Cell("improve", "fees", group="parents")] == 1


def test_none_of_these_does_not_stand_beside_another_answer():
    answers = {"overall": "middling", "improve": ["none", "fees"]}
    assert faults(TEACHING, Paper(group="parents", answers={"": answers})) == ["alone"]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (["burden", "safety"], []),
        (["burden", "burden"], ["ranks"]),
        (["a"], ["unknown"]),
        (["burden", "safety", "teaching", "fairness"], ["too_many"]),
    ],
)
def test_a_ranking_names_each_answer_once(said, wrong):
    answers = {"overall": "dissatisfied", "first": said}
    assert faults(RANKED, Paper(group="parents", answers={"": answers})) == wrong


def test_fewer_than_there_are_seats_are_valid_and_more_are_not():
    two = Opened(card=ELECTION.card, round="final", subjects=("a", "b", "c"), seats=2)
    one = Paper(group="staff", answers={"": {"elect": ["a"]}})
    all_three = Paper(group="staff", answers={"": {"elect": ["a", "b", "c"]}})
    assert look(two, one).verdict.valid
    assert not look(two, all_three).verdict.valid


def test_somebody_else_may_be_written_in_by_name():
    looked = look(ELECTION, Paper(group="staff", answers={"": {"elect": ["+某人"]}}))
    assert looked.cells[Cell("elect", "+某人", group="staff")] == 1
    primary = Opened(card=ELECTION.card, round="primary", subjects=("a",))
    assert faults(primary, Paper(group="staff", answers={"": {"shortlist": ["+某人"]}})) == [
        "unknown"
    ]


# ── laws ────────────────────────────────────────────────────────────────────


def said(opened: Opened, question: Any) -> st.SearchStrategy[Any]:
    answer = st.sampled_from([*opened.answers(question), "nonsense"])
    if question.kind == "matrix":
        return st.dictionaries(st.sampled_from([one.row for one in question.rows]), answer)
    return answer | st.lists(answer, max_size=3)


@st.composite
def papers(draw: st.DrawFn, opened: Opened) -> Paper:
    answers: dict[str, dict[str, Any]] = {}
    for question in opened.questions:
        for about in opened.subjects if question.each else ("",):
            if draw(st.integers(0, 3)):
                answers.setdefault(about, {})[question.question] = draw(said(opened, question))
    return Paper(
        group=draw(st.sampled_from([*(one.group for one in opened.card.groups), "nobody"])),
        place=draw(st.sampled_from(["", "0101", "0102"])),
        answers=answers,
        marks=draw(st.sampled_from([(), (), ("torn",)])),
    )


@st.composite
def handed_in(draw: st.DrawFn) -> tuple[Opened, list[Paper]]:
    opened = draw(st.sampled_from(OPENED))
    return opened, draw(st.lists(papers(opened), max_size=6))


@settings(max_examples=40)
@given(handed_in())
def test_a_recount_of_the_papers_gives_the_counters(handed):
    opened, some = handed
    counters: Counter[Cell] = Counter()
    for paper in some:
        counters.update(look(opened, paper).cells)
    texts = Counter(text_of(opened, paper) for paper in some)
    assert count(opened, texts.items()) == counters
    one_by_one = count(opened, [(text_of(opened, paper), 1) for paper in reversed(some)])
    assert one_by_one == counters


@settings(max_examples=40)
@given(handed_in())
def test_what_is_counted_adds_up(handed):
    opened, some = handed
    cells: Counter[Cell] = Counter()
    for paper in some:
        cells.update(look(opened, paper).cells)

    def total(question: str, items: list[str], **where: str) -> int:
        return sum(
            many
            for cell, many in cells.items()
            if cell.question == question
            and cell.item in items
            and all(getattr(cell, key) == value for key, value in where.items())
        )

    valid = total("", [VALID])
    assert valid + total("", [INVALID]) == len(some)
    for column, question in opened.columns.items():
        at = {"about": column.about, "row": column.row}
        asked = total(column.question, [ANSWERED, BLANK, VOID], **at)
        assert asked <= valid
        if not question.asked_of and not question.when:
            assert asked == valid
        if question.kind in {"single", "matrix", "scale"}:
            given_ = total(column.question, list(opened.answers(question)), **at)
            assert given_ == total(column.question, [ANSWERED], **at)
