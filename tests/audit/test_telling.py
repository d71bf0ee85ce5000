"""Each relation in each verdict, word by word; the texts are invented (虚构), figures by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.choosing import Chosen
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.judging.testing import test as work_out
from xianxue.bureau.audit.reading.text import read
from xianxue.bureau.audit.telling.sentences import TELLINGS, VALUES, named, told
from xianxue.bureau.audit.telling.wording import style_of
from xianxue.catalogue.languages.words import words_of

PATH = Path(__file__).with_name("told.txt")
"""A block a verdict: the relation, its verdict and what it needs beside numbers; the stated number
and its terms; the text; the sentence; the advice where one value would make it right."""
ROWS = [
    tuple(block.split("\n")) for block in PATH.read_text(encoding="utf-8").strip().split("\n\n")
]
COARSE = {"growth possible"}
"""Shown with amounts too coarsely rounded to decide."""
FITS = {"consistent": "exact", "rounding": "rounding", "inconsistent": "fails", "possible": "fails"}
REMARKED = {"consistent": "exact", "remark": "fails"}
"""What a remark comes of: no rounding is looked at."""


def chosen_of(lexicon, head, numbers, text):
    relation, verdict, *extra = head.split()
    reading = read(text, lexicon)
    found = {}
    for one in reading.quantities:
        found.setdefault(reading.said(one), one)
    stated, *terms = (found[number] for number in numbers.split())
    candidate = Candidate(relation, stated, tuple(terms), (), int(*extra or [0]))
    return reading, Chosen(verdict, work_out(candidate), 0.95, "")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_each_verdict_is_told_word_by_word(lexicon, row):
    head, numbers, text, *message = row
    reading, chosen = chosen_of(lexicon, head, numbers, text)

    assert chosen.tested.fit == ("wide" if head in COARSE else (FITS | REMARKED)[chosen.verdict])
    assert [one for one in told(reading, chosen) if one is not None] == message


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_it_is_told_in_english_too(lexicon, row):
    """Numbers and their units stay as they stand in the text; the words around them do not."""
    for one in told(*chosen_of(lexicon, *row[:3])):
        if one is not None:
            english = one.told(words_of("en"))
            assert english != one
            assert not set(english) & set("，。；、（）文中应为")


def test_every_relation_has_its_sentences():
    """Rounding has no part in an order, in a count, in a place or in a mean of whole things;
    changes that are rounded prove nothing of their sum."""
    exact = {"rank_change", "count", "grim", "grim_rate", "net_sum"} | {
        n for n, one in RELATIONS.items() if one.order
    }
    wanted = {
        (name, verdict)
        for name in RELATIONS
        for verdict in (REMARKED if RELATIONS[name].remark else FITS)
        if verdict != "rounding" or name not in exact
    }

    assert wanted == {tuple(row[0].split()[:2]) for row in ROWS}


def test_templates_name_what_there_is():
    formulas = [text for one in RELATIONS.values() for text in (one.formula, one.falling)]
    sentences = [text for one in TELLINGS.values() for text in msgspec.structs.astuple(one)]

    assert frozenset().union(*map(named, formulas + sentences)) == VALUES.keys()


@pytest.mark.parametrize(
    ("printed", "value", "written"),
    [
        ("57.74万元", 600_000, "60.00万元"),
        ("一千零一十一亿元", 51_100_000_000, "511亿元"),
        ("二十八万人", 281_250, "28.13万人"),
        ("1,234人", 1_200, "1,200人"),
        ("25.0%", 20, "20.0%"),
        ("百分之六十八", 70, "70%"),
        ("七成", 75, "75%"),
        ("0.5公顷", 15, "1.0公顷"),
        ("师生比1:13.5", 14, "1:14.0"),
        ("普职比1.12：1", Fraction(5, 4), "1.25:1"),
        ("1.2万亿元", 10**15, "1000.0万亿元"),
    ],
)
def test_what_is_computed_is_written_as_the_text_writes(lexicon, printed, value, written):
    """With its 万 and its decimals, never with an exponent or with zeros that say nothing."""
    reading = read(f"{printed}。", lexicon)
    (one,) = reading.quantities
    style = style_of(one, reading.said(one), lexicon.units)

    assert style.write(Fraction(value) * 10**12) == written


@pytest.mark.parametrize(
    ("text", "numbers", "message"),
    [
        ("由第32位提升到第41位。", "41位 32位", "由第32位到第41位，与文中说的升降方向相反。"),
        ("由第二名提升到第七名。", "七名 二名", "由第二名到第七名，与文中说的升降方向相反。"),
    ],
)
def test_a_place_is_told_as_one(lexicon, text, numbers, message):
    """The place that is better is the smaller number."""
    assert told(*chosen_of(lexicon, "down inconsistent", numbers, text)) == (message, None)


def test_advice_has_the_decimals_it_needs(lexicon):
    """Half a person is no advice; 2.5 times is, where three times was printed."""
    times = told(
        *chosen_of(lexicon, "times inconsistent", "3倍 125万册 50万册", "125万册是50万册的3倍。")
    )
    heads = told(
        *chosen_of(lexicon, "per inconsistent", "3人 100人 40所", "100人，40所，校均3人。")
    )

    assert times[1] == "若其余各数都对，应为2.5倍。"
    assert heads[1] is None
