"""Whatever the house says, it says in two languages."""

import re
import runpy
from collections import Counter
from pathlib import Path

import msgspec
import polib
import pytest

from xianxue.catalogue.card_files import NATIONAL
from xianxue.catalogue.reading import read_cards

_OWN = runpy.run_path(str(Path(__file__).with_name("sentences.py")))
said, wanted, entries, missing = (_OWN[name] for name in ("said", "wanted", "entries", "missing"))
placeholders, specs = _OWN["placeholders"], _OWN["specs"]
carded, contexts = _OWN["carded"], _OWN["contexts"]


def test_every_sentence_has_its_english():
    """What is printed are the entries to add to src/xianxue/catalogue/languages/en."""
    assert missing() == ""


def test_no_english_is_left_over():
    keys, own = wanted(), contexts()
    left = [
        (entry.msgctxt, entry.msgid)
        for _, entry in entries()
        if (entry.msgctxt, entry.msgid) not in own
        if entry.msgctxt or entry.msgid not in keys
    ]

    assert left == []


@pytest.mark.parametrize("folder", ["codes", "forms", "indicators", "policies", "standards"])
def test_leaving_out_one_text_of_a_card_is_told(monkeypatch, folder):
    """The completeness above can fail: for the first text of each folder of cards."""
    gone = next(iter(card_texts(folder)))
    kept = [(room, entry) for room, entry in entries() if entry.msgid != gone]
    monkeypatch.setitem(missing.__globals__, "entries", lambda: kept)

    assert missing() == f"## cards/{folder}.po\n\n{polib.POEntry(msgid=gone)}"


def card_texts(folder):
    """The texts of the cards of a folder that nobody else says."""
    others = {template for _, template, _, _ in said()} | {
        text for other, _, text in carded() if other != folder
    }
    return [text for other, _, text in carded() if other == folder and text not in others]


def test_each_sentence_is_translated_once():
    many = Counter((entry.msgctxt or "", entry.msgid) for _, entry in entries())

    assert sorted(key for key, count in many.items() if count > 1) == []


def test_every_value_a_template_names_is_given():
    wrong = [
        f"{path}: {template}"
        for _, template, path, names in said()
        if "**" not in names and placeholders(template) != names
    ]

    assert wrong == []


_COUNTED = "个|条|份|行|张|次|版|天|段|栏|票|倍|项|列|人|家|处|页|位|分|所(?!用|在|属|有)"
TOUCHING = re.compile(
    # A number and its measure word; then what stands before the number.
    rf"\{{\w+\}}(?:{_COUNTED})|[\u4e00-\u9fff]\{{\w+\}} (?:{_COUNTED})"
)
NO_NUMBERS = frozenset({"{level}人数", "{term}分工", "{column}列“{term}”"})


def test_a_number_stands_apart_from_its_chinese():
    """«共 {n} 份», never «共{n}份»; dates and numbers of documents keep together."""
    templates = {template for _, template, _, _ in said()} - NO_NUMBERS

    assert sorted(filter(TOUCHING.search, templates)) == []


def test_templates_say_only_names():
    """How a number is written is settled before it is said: both languages write it alike."""
    assert [template for _, template, _, _ in said() if specs(template)] == []


def test_english_has_the_same_values():
    wrong = [
        entry.msgid
        for _, entry in entries()
        if placeholders(entry.msgid) != placeholders(entry.msgstr)
    ]

    assert wrong == []


def test_english_asks_only_for_what_it_may():
    """A colon in a placeholder chooses between two words, or asks for a capital letter or a space."""
    wrong = [
        (entry.msgid, spec)
        for _, entry in entries()
        for spec in specs(entry.msgstr)
        if spec not in {"Capital", "Apart", "Before"} and spec.count("|") != 1
    ]

    assert wrong == []


@pytest.mark.parametrize("sign", ["。", "，", "；", "：", "？", "！", "、", "（", "）"])
def test_english_has_no_chinese_signs(sign):
    assert [entry.msgstr for _, entry in entries() if sign in entry.msgstr] == []


CHINESE_ALONE = {
    *(
        "Mapping",
        "Wordlist",
        "Profile",
        "Change",
        "FormHead",
        "Tightening",
        "PictureBlock",
        "TableBlock",
        "Column",
    ),
    *("Idiom", "Deed", "PaperFormat", "Box", "Producers"),
}
"""What a county wrote itself, and what stands only in documents or in the auditor's words."""


def test_what_a_card_calls_a_thing_is_told_in_english():
    """A new kind of card whose term is a plain text would slip through the completeness above."""
    found = set()
    for named in read_cards(NATIONAL, []).by_kind.values():
        for card in named.values():
            found |= {
                f"{type(part).__name__}.{name}"
                for part in parts(card)
                for name in ("term", "help", "do", "noun")
                if type(getattr(part, name, "")) is str and getattr(part, name, "")
            }

    assert {one for one in found if one.partition(".")[0] not in CHINESE_ALONE} == set()


def parts(value):
    """A card and everything within it that is declared by itself."""
    if isinstance(value, msgspec.Struct):
        yield value
        value = [getattr(value, name) for name in value.__struct_fields__]
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, msgspec.Struct | list | tuple | dict):
            yield from parts(one)


def test_pages_say_their_chinese():
    """Chinese written into a template without ``say`` would stay Chinese for everybody."""
    assert _OWN["unsaid"]() == []
