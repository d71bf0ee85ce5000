"""A report with the offices' own text: edited in words, printed with figures, cut into sections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.editing import Names, shown, typed, unfolded
from xianxue.bureau.report.text import plain
from xianxue.desk.report.changes import changes
from xianxue.desk.report.dated import day_of
from xianxue.desk.report.live import Put, put_together, verdicts
from xianxue.desk.report.sections import OPENING, applied, sections_of
from xianxue.desk.report.writing import write
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import standing

STAFF = "教师队伍"


@pytest.fixture(scope="module")
def counted(four_schools: Path) -> Counted:
    there = standing(four_schools)
    return there.counted(there.period())


@pytest.fixture(scope="module")
def outline(counted: Counted) -> Outline:
    return counted.shelf.outlines["annual_summary"]


@pytest.fixture(scope="module")
def words(counted: Counted) -> Lexicon:
    return Lexicon.of(counted.shelf.wordlists.values())


@pytest.fixture(scope="module")
def names(counted: Counted, outline: Outline) -> Names:
    county = counted.register.county.code
    return Names(outline, counted.shelf, {one.key: one for one in counted.by_place[county]})


@pytest.fixture(scope="module")
def context(counted: Counted, outline: Outline) -> Context:
    return counted.river.year.context(outline, day_of(counted.river, outline), counted.attained)


def put(counted: Counted, outline: Outline, **texts: str) -> Put:
    return put_together(counted.river, outline, texts, counted.attained)


# ── sections ────────────────────────────────────────────────────────────────


def test_every_block_of_every_outline_is_in_one_section(counted: Counted) -> None:
    for card in counted.shelf.outlines.values():
        found = sections_of(card)
        keys = [one.key for one in found]
        blocks = sorted(at for one in found for at in one.blocks)

        assert blocks == list(range(len(card.blocks)))
        assert len(set(keys)) == len(keys)


def test_sections_stand_in_the_order_in_which_they_are_read(outline: Outline) -> None:
    firsts = [one.blocks[0] for one in sections_of(outline)]

    assert firsts == sorted(firsts)


def test_without_own_text_the_document_is_the_outlines(counted: Counted, outline: Outline) -> None:
    own = put(counted, outline)
    text = counted.document("annual_summary").text

    assert own.composed.text == text
    together = "\n".join(flat.text for flat in own.sections.values())
    assert text is not None
    assert all(plain(block.runs) in together for block in text.blocks if hasattr(block, "runs"))


def test_own_text_takes_the_place_of_prose_and_leaves_the_rest(
    counted: Counted, outline: Outline
) -> None:
    before, after = (
        put(counted, outline),
        put(counted, outline, **{STAFF: "教师共{teachers_all}。"}),
    )

    assert after.flat(STAFF).text.splitlines()[1:] == [
        line.replace("{}", "") for line in [f"教师共{figure_of(counted, 'teachers_all')}。"]
    ]
    for key, flat in before.sections.items():
        if key != STAFF:
            assert after.flat(key) == flat


def figure_of(counted: Counted, indicator: str) -> str:
    county = counted.register.county.code
    (one,) = (one for one in counted.by_indicator[indicator] if one.place == county)
    return f"{one.shown}人"


def test_a_contribution_fills_its_slot_with_live_numbers(
    counted: Counted, outline: Outline
) -> None:
    asked = put(counted, outline)
    given_ = put(counted, outline, **{"供稿：opening": "成绩突出。\n教师{teachers_all}。"})

    assert asked.composed.unwritten[0].slot == "opening"
    assert "opening" not in {one.slot for one in given_.composed.unwritten}
    flat = given_.flat("供稿：opening")
    assert flat.kinds == ("p", "p")
    assert [claim.name for _, _, claim in flat.claims] == ["teachers_all"]


def test_an_empty_section_has_its_heading_alone(counted: Counted, outline: Outline) -> None:
    flat = put(counted, outline, **{STAFF: ""}).flat(STAFF)

    assert flat.kinds == ("h2",)


def test_claims_stand_where_they_are_said_to(counted: Counted, outline: Outline) -> None:
    for flat in put(counted, outline).sections.values():
        assert flat.text.count("\n") + 1 == len(flat.kinds)
        for start, end, claim in flat.claims:
            assert flat.text[start:end] == claim.text


def test_the_printed_document_says_what_the_page_says(counted: Counted, outline: Outline) -> None:
    texts = {STAFF: "教师共{teachers_all}，另聘教练3人。"}
    card = applied(outline, texts).outline
    printed = open_document(write(counted.river, card).document).text

    assert put(counted, outline, **texts).flat(STAFF).text.splitlines()[1] in printed


# ── verdicts ────────────────────────────────────────────────────────────────


def test_a_slip_in_own_words_is_found_and_live_numbers_are_not(
    counted: Counted, outline: Outline, words: Lexicon
) -> None:
    text = "教师{teachers_all}。学校66所，其中小学22所，初中8所，幼儿园30所，其他5所。"
    told = verdicts(put(counted, outline, **{STAFF: text}).flat(STAFF), words, None)
    (wrong,) = (card for card in told.cards if card.wrong)

    assert (wrong.stated, wrong.computed) == ("66所", "65所")
    pieces = [piece for one in told.stretches for piece in one.pieces]
    (live,) = (piece for piece in pieces if piece.role == "live")
    assert live.text == figure_of(counted, "teachers_all")
    assert live.key.startswith("teachers_all/")


def test_what_the_outline_writes_by_itself_has_nothing_wrong(
    counted: Counted, words: Lexicon
) -> None:
    for card in counted.shelf.reports.values():
        for flat in put(counted, card).sections.values():
            assert [one.message for one in verdicts(flat, words, None).cards if one.wrong] == []


# ── editing ─────────────────────────────────────────────────────────────────


def prose(outline: Outline) -> Iterator[str]:
    yield from (block.text for block in outline.blocks if block.text)


def test_what_is_shown_to_be_edited_is_read_back_as_it_was(counted: Counted, names: Names) -> None:
    for card in counted.shelf.outlines.values():
        own = Names(card, counted.shelf, {})
        context = counted.river.year.context(card, counted.river.last_day, counted.attained)
        for template in prose(card):
            kept = unfolded(context, template)
            read = typed(context, own, shown(context, own, kept))

            assert (read.text, read.faults, read.altered) == (kept.strip(), (), ())


def test_editing_begins_with_what_the_document_says(
    counted: Counted, outline: Outline, context: Context
) -> None:
    """Kept as it is unfolded, each section prints what the outline prints, letter by letter."""
    by_itself = put(counted, outline)
    texts: dict[str, str] = {}
    for section in sections_of(outline):
        blocks = [outline.blocks[at] for at in section.blocks]
        if section.slot or any(one.when or one.any_of for one in blocks):
            continue
        lines = [unfolded(context, one.text) for one in blocks if one.text]
        if lines:
            texts[section.key] = "\n".join(line for line in lines if line.strip("。，；"))
    edited = put(counted, outline, **texts)

    def own(flat: str) -> list[str]:
        return flat.splitlines()

    assert len(texts) > 5
    for key in texts:
        told, was = (one.flat(key) for one in (edited, by_itself))
        # A paragraph of which nothing is known stays open in both; tables stay.
        assert sorted(own(told.text)) == sorted(own(was.text)), key


def test_numbers_have_the_names_of_their_cards(
    context: Context, names: Names, counted: Counted
) -> None:
    said = shown(context, names, "教师{teachers_all}，小学{pupils/primary}。")

    number = figure_of(counted, "teachers_all")
    assert said.startswith(f"教师{{中小学专任教师总数＝{number}}}，小学{{小学在校生数＝")
    assert names.slot("中小学专任教师总数") == "teachers_all"
    assert names.slot(" pupils/primary ") == "pupils/primary"
    assert names.slot("没有这个数") is None


def test_a_number_changed_inside_its_braces_is_told_and_not_taken(
    context: Context, names: Names
) -> None:
    read = typed(context, names, "教师{中小学专任教师总数＝99999人}。")

    assert read.text == "教师{teachers_all}。"
    (told,) = read.altered
    assert "99999人" in told


def test_an_unknown_name_is_told_and_stays_as_words(context: Context, names: Names) -> None:
    read = typed(context, names, "教师{没有这个数}。")

    assert read.text == "教师｛没有这个数｝。"
    assert len(read.faults) == 1


class Editor:
    """Somebody who types into a section; short to print, for the sake of failing examples."""

    def __init__(self, counted: Counted, outline: Outline, names: Names, context: Context) -> None:
        self.counted, self.outline = counted, outline
        self.names, self.context = names, context

    def __repr__(self) -> str:
        return "editor"

    def lines(self, text: str) -> list[str]:
        """The paragraphs that are printed of what is kept."""
        return put(self.counted, self.outline, **{STAFF: text}).flat(STAFF).text.splitlines()[1:]


@pytest.fixture(scope="module")
def editor(counted: Counted, outline: Outline, names: Names, context: Context) -> Editor:
    return Editor(counted, outline, names, context)


@settings(max_examples=20)
@given(text=st.text(alphabet="甲乙12。，[]{}＝|#/\n ", max_size=40))
def test_whatever_is_typed_makes_a_document(editor: Editor, text: str) -> None:
    """No sign a person may type breaks the report or is taken for the grammar's own."""
    read = typed(editor.context, editor.names, text)
    # A paragraph of signs alone says nothing and is not printed.
    said = [line for line in read.text.split("\n") if line.strip("。，；")]

    assert len(editor.lines(read.text)) == len(said)
    again = typed(editor.context, editor.names, shown(editor.context, editor.names, read.text))
    assert again.text == read.text


# ── versions ────────────────────────────────────────────────────────────────


@given(before=st.text(alphabet="甲乙12%{}\n", max_size=30), after=st.text(max_size=30))
def test_a_comparison_holds_both_texts_whole(before: str, after: str) -> None:
    found = changes(before, after)

    assert "".join(one.text for one in found if one.how != "new") == before
    assert "".join(one.text for one in found if one.how != "gone") == after


def test_the_opening_is_what_stands_before_the_first_heading(outline: Outline) -> None:
    (opening,) = (one for one in sections_of(outline) if one.key == OPENING)

    assert all(not outline.blocks[at].heading for at in opening.blocks)
