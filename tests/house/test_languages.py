"""Whatever the house says, it says in two languages."""

import runpy
from pathlib import Path

import pytest

_OWN = runpy.run_path(str(Path(__file__).with_name("sentences.py")))
said, wanted, entries, missing = (_OWN[name] for name in ("said", "wanted", "entries", "missing"))
placeholders, specs = _OWN["placeholders"], _OWN["specs"]


def test_every_sentence_has_its_english():
    """What is printed are the entries to add to src/xianxue/catalogue/languages/en."""
    assert missing() == ""


def test_no_english_is_left_over():
    keys = wanted()

    assert [entry.msgid for _, entry in entries() if entry.msgid not in keys] == []


def test_each_sentence_is_translated_once():
    keys = [entry.msgid for _, entry in entries()]

    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []


def test_every_value_a_template_names_is_given():
    wrong = [
        f"{path}: {template}"
        for _, template, path, names in said()
        if "**" not in names and placeholders(template) != names
    ]

    assert wrong == []


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
    """A colon in a placeholder chooses between two words, or asks for a capital letter."""
    wrong = [
        (entry.msgid, spec)
        for _, entry in entries()
        for spec in specs(entry.msgstr)
        if spec != "Capital" and spec.count("|") != 1
    ]

    assert wrong == []


@pytest.mark.parametrize("sign", ["。", "，", "；", "：", "？", "！", "、", "（", "）"])
def test_english_has_no_chinese_signs(sign):
    assert [entry.msgstr for _, entry in entries() if sign in entry.msgstr] == []
