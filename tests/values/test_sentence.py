"""A sentence is Chinese at once, and says the same in another language later."""

import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.values.sentence import Joined, Phrase, Sentence, in_context, joined, say

ENGLISH = {
    "收下 {n} 份。": "{n} {n:workbook|workbooks} accepted.",
    "缺“{what}”": "“{what}” is missing",
    "{saw}。": "{saw:Capital}.",
    "一行": "a row",
    "{first}、{then}": "{first}, {then}",
    "{first}{then}": "{first} {then}",
}
# Braces would be placeholders of a template, which a value never is.
TEXT = st.text(max_size=8)


def echoed(sentence: Sentence) -> Sentence:
    """What comes back from another process."""
    return sentence


def test_its_text_is_finished_chinese():
    sentence = say("缺“{what}”", what=say("一行"))

    assert sentence == "缺“一行”"
    assert f"{sentence}！" == "缺“一行”！"
    assert {sentence: 1}["缺“一行”"] == 1
    assert json.dumps(sentence, ensure_ascii=False) == '"缺“一行”"'
    assert type(str(sentence)) is str


def test_it_is_told_with_everything_in_it():
    sentence = say("{saw}。", saw=say("缺“{what}”", what=say("一行")))

    assert sentence.told(ENGLISH) == "“a row” is missing."


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (0, "0 workbooks accepted."),
        (1, "1 workbook accepted."),
        (2, "2 workbooks accepted."),
        (21, "21 workbooks accepted."),
        pytest.param("1", "1 workbook accepted.", id="written"),
        ("1.5", "1.5 workbooks accepted."),
    ],
)
def test_english_tells_one_from_many(n, told):
    assert say("收下 {n} 份。", n=n).told(ENGLISH) == told


def test_a_capital_letter_is_asked_for_where_a_sentence_begins():
    assert say("{saw}。", saw=say("一行")).told(ENGLISH) == "A row."
    assert say("{saw}。", saw="").told(ENGLISH) == "."


def test_what_has_no_translation_stays_chinese():
    assert say("没有 {n} 个", n=3).told({}) == "没有 3 个"


def test_a_template_without_values_is_said_as_it_stands():
    assert say("写作 {代码}") == "写作 {代码}"
    assert say("写作 {代码}").told({}) == "写作 {代码}"


def test_braces_in_a_value_are_no_placeholders():
    assert say("缺“{what}”", what="{n}").told(ENGLISH) == "“{n}” is missing"


def test_a_forgotten_value_is_noticed_at_once():
    with pytest.raises(KeyError):
        say("缺“{what}”和“{more}”", what="一行")


def test_other_values_are_kept_as_they_are_shown():
    sentence = say("{day} 起", day=date(2025, 9, 1))

    assert sentence == "2025-09-01 起"
    assert sentence.values == {"day": "2025-09-01"}


def test_parts_are_joined_as_each_language_does():
    both = joined("、", [say("一行"), "学生", 3])

    assert both == "一行、学生、3"
    assert both.told(ENGLISH) == "a row, 学生, 3"
    assert joined("", [both, both]).told(ENGLISH) == "a row, 学生, 3 a row, 学生, 3"
    assert joined("、", []) == ""
    assert not joined("、", [])


def test_a_sentence_goes_on():
    """What is added is kept, whichever side is a plain text."""
    sentence = "（" + say("一行") + "）"
    sentence += say("缺“{what}”", what=say("一行"))

    assert sentence == "（一行）缺“一行”"
    assert sentence.told(ENGLISH) == "（a row）“a row” is missing"


@given(st.lists(TEXT, max_size=5))
def test_joining_is_joining(parts):
    assert joined("、", parts) == "、".join(parts)
    assert joined("、", parts).told(ENGLISH) == ", ".join(parts)


@given(TEXT, st.integers())
def test_pickling_forgets_nothing(text, number):
    sentence = joined("", [say("缺“{what}”", what=text), say("收下 {n} 份。", n=number)])
    again = pickle.loads(pickle.dumps(sentence))  # noqa: S301 - our own bytes

    assert again == sentence
    assert type(again) is Joined
    assert again.told(ENGLISH) == sentence.told(ENGLISH)


def test_it_comes_back_from_another_process():
    sentence = say("收下 {n} 份。", n=1)
    with ProcessPoolExecutor(1) as pool:
        assert pool.submit(echoed, sentence).result().told(ENGLISH) == "1 workbook accepted."


@given(TEXT)
def test_in_its_own_language_it_is_itself(text):
    sentence = say("{saw}。", saw=joined("、", [text, say("缺“{what}”", what=text)]))

    assert sentence.told({}) == str(sentence)


def test_a_phrase_has_the_english_of_its_place():
    english = {"小学": "primary", in_context("codes types", "小学"): "primary school"}
    told = [
        Phrase("小学", context).told(english) for context in ("codes types", "codes stages", "")
    ]

    assert told == ["primary school", "primary", "primary"]
    assert Phrase("{甲}").told(english) == "{甲}"
    assert say("{term}数", term=Phrase("小学", "codes types")).told(
        english | {"{term}数": "number of {term}"}
    ) == ("number of primary school")


def test_a_phrase_comes_back_from_another_process():
    back = pickle.loads(pickle.dumps(Phrase("小学", "codes types")))  # noqa: S301 - our own bytes

    assert (type(back), back, back.context) == (Phrase, "小学", "codes types")


@pytest.mark.parametrize(
    ("unit", "whose", "told"),
    [
        ("m²", "", "30 m²"),
        ("%", "", "30%"),
        ("", "", "30"),
        ("m²", "primary", "primary 30 m²"),
    ],
)
def test_words_stand_apart_and_signs_do_not(unit, whose, told):
    english = {"{whose}{n}{unit}": "{whose:Before}{n}{unit:Apart}"}

    assert say("{whose}{n}{unit}", whose=whose, n=30, unit=unit).told(english) == told
