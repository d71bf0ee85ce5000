"""The same thing told otherwise is judged the same: other script, other width, words around it.

The texts are the open half of the project's own unseen texts; what is changed about them changes
nothing that they say.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from national import national

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LEXICON = Lexicon.of(national().shelf.wordlists.values())
TRADITIONAL = {
    ord(pair[1]): pair[0]
    for card in national().shelf.wordlists.values()
    for pair in card.traditional
}
WIDE = {ord(one): chr(ord(one) + 0xFEE0) for one in "0123456789%"}
BEFORE = "会议传达了有关文件精神，对下一阶段工作作了部署。"
AFTER = "各单位要结合实际抓好落实，重要情况及时报告。"


def wide(text: str) -> str:
    return text.translate(WIDE)


def traditional(text: str) -> str:
    return text.translate(TRADITIONAL)


def between_others(text: str) -> str:
    return f"{BEFORE}{text}{AFTER}"


def in_paragraphs(text: str) -> str:
    return f"{BEFORE}\n\n{text}\n\n{AFTER}"


def with_a_stranger(text: str) -> str:
    """Put a sentence with numbers of its own, of nothing that the text speaks of, behind it."""
    return f"{text}\n全年接待来访参观团组23批次。"


def half_signs(text: str) -> str:
    return text.replace("，", ",").replace("；", ";").replace("（", "(").replace("）", ")")


CHANGES: list[Callable[[str], str]] = [
    wide, traditional, between_others, in_paragraphs, with_a_stranger, half_signs,
]  # fmt: skip


@pytest.fixture(scope="module")
def unseen() -> ModuleType:
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module("_unseen")
    finally:
        sys.path.remove(str(BENCHMARKS))


@cache
def said(text: str) -> list[tuple[str, str, str]]:
    """Give kind, verdict and stated number of every finding."""
    found = audit(text, LEXICON).findings
    return sorted((one.kind, one.verdict, str(one.stated.value)) for one in found)


def is_prose(text: str) -> bool:
    return not re.search(r"[|\t{]", text)


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_what_says_the_same_is_judged_the_same(unseen, change):
    texts = [case["text"] for case in unseen.load(("open",)) if is_prose(case["text"])]
    assert len(texts) > 250
    differ = [text for text in texts if said(change(text)) != said(text)]
    assert differ == []
