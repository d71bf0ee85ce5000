"""How much a column of a strange workbook is like a field: by its header, its unit, its values.

Scores run from 0 to 1. A header's text says most; values that the field could not take speak
against it, and a unit of another kind more so. Words that make another thing of a name (生均, 比例,
上年 …) forbid it. What is only alike is never sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.numerals import with_arabic
from xianxue.bureau.returns.contents.texts import bare, label_key, readings
from xianxue.bureau.returns.contents.units import factor_of, is_own_unit, is_unit, unit_behind
from xianxue.bureau.returns.mapping.column_values import value_score
from xianxue.bureau.returns.mapping.table import Head
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.returns.sheets.field_terms import core_of
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

EXACT: Final = 1.0
NEAR: Final = 0.97
SYNONYM: Final = 0.93
CORE: Final = 0.88
"""The same once 数, 人数, 现有 and the like are set aside."""
ENGLISH: Final = 0.9
SURE: Final = 0.75
"""From here on a proposal stands without a question."""
MAYBE: Final = 0.5
"""From here on it is worth a question."""

# A header says four times as much as the values below it: numbers of pupils and of books look
# alike.
_TEXT_WEIGHT: Final = 0.8
_SAMPLE: Final = 200
"""Values of a column that are looked at."""
# One value in five may be a dash or a remark.
_FITS: Final = 0.8
_LAST: Final = 0.8
"""What a header's last line alone is worth, where other lines stand above it."""
# Below `SURE` whatever the header says, and still worth a question.
_WRONG_UNIT: Final = 0.6
# Two words too many make a question of a sure name.
_SPARE_WORD: Final = 0.15
# Just above the margin between two rivals: it decides between two sheets with the same field.
_SHEET_NAMED: Final = 0.05
# Of 0.9 at most: some six tenths of two names have to agree.
_LEAST_ALIKE: Final = 0.56
# Headers from databases: teacherCount, TEACHER_COUNT.
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_IDEOGRAPH = re.compile(r"[一-鿿]")
_NUMBERS: Final = frozenset({"integer", "measure"})
_QUALIFIERS: Final = (
    "生均", "人均", "师均", "校均", "每百", "每生", "每校", "每人", "比例", "占比", "百分比",
    "率", "平均", "系数", "达标", "差异", "增长", "增幅", "是否", "目标", "计划", "上年", "去年",
)  # fmt: skip
"""Words that make another thing of a name: a share of it, a plan for it, last year's."""
_SPARE: Final = frozenset({"of", "the", "no", "number", "total", "school", "s", "in", "for"})

SAME, ALIAS, ALIKE, IN_ENGLISH = say("名称相同"), say("近义"), say("名称相近"), say("英文名称")
UNIT, VALUES = "单位", "取值"


class Score(Record):
    """How much a column is like a field, and why."""

    value: float
    reasons: tuple[str, ...] = ()
    """In Chinese, for the clerk who confirms it: 名称相同, 近义, 单位, 取值 …"""
    doubt: str = ""
    """What speaks against it."""


NONE: Final = Score(0.0)


def score(
    head: Head, raws: Sequence[Raw], target: Target, codes: CodeList | None, unit: str = ""
) -> Score:
    """Score one column for one target; ``unit`` is the one its header, or the table, names."""
    asked = target.field
    text, why = text_score(head, target)
    if not text:
        return NONE
    doubt = say("名称只是和“{term}”相近", term=asked.term) if why == ALIKE else ""
    reasons = [why]
    fault = unit_fault(unit, asked)
    if unit and asked.type in _NUMBERS and factor_of(unit, asked) is not None:
        reasons.append(UNIT)
    fits = value_score(raws[:_SAMPLE], asked, codes)
    total = text if fits is None else text * _TEXT_WEIGHT + fits * (1 - _TEXT_WEIGHT)
    if fits is not None and fits < _FITS:
        doubt = say("{share}的值不合这一项的格式", share=_share(fits))
        # Down to six tenths where no value fits: a header alone then comes to a question at most.
        total *= 0.6 + 0.4 * fits
        # A header that says it plainly is worth a question, whatever stands below it.
        total = max(total, MAYBE) if text >= ENGLISH else total
    elif fits is not None:
        reasons.append(VALUES)
    if fault:
        return Score(round(total * _WRONG_UNIT, 4), tuple(reasons), fault)
    return Score(round(total, 4), tuple(reasons), doubt)


def _share(fits: float) -> str:
    return say("全部") if not fits else say("有 {percent}% ", percent=round((1 - fits) * 100))


def unit_fault(unit: str, asked: Field) -> str:
    """Say what speaks against a header's unit; empty where it fits or can be converted."""
    if not unit or asked.type not in _NUMBERS or not is_unit(unit, asked):
        return ""
    if is_own_unit(unit, asked) or factor_of(unit, asked) is not None:
        return ""
    return say(
        "单位是{unit}，这一项要的是{own}",
        unit=unit,
        own=asked.measured_in.noun or say("数"),
    )


# ── names ───────────────────────────────────────────────────────────────────


def text_score(head: Head, target: Target) -> tuple[float, str]:
    """Score a header's text for a target, and say by what it was recognised.

    >>> from xianxue.bureau.kinds.form import Field
    >>> asked = Field(field="school_code", term="学校标识码", type="text", synonyms=["学校代码"])
    >>> code = Target("school_code", "code", asked)
    >>> heads = [Head(0, (text,)) for text in ("学校标识码", "学校代码 *", "School Code")]
    >>> [text_score(head, code) for head in heads]
    [(1.0, '名称相同'), (0.93, '近义'), (0.9, '英文名称')]
    >>> area = Field(field="teaching_area", term="教学及辅助用房面积", type="measure")
    >>> text_score(Head(0, ("生均教学及辅助用房面积",)), Target("x.y", "value", area))
    (0.0, '')
    """
    asked = target.field
    said = head.levels
    if asked.type in _NUMBERS:
        # «设备值/万元»: the unit is read apart, and is no part of the name.
        said = tuple(unit_behind(level)[0] for level in said)
    levels, named = _without_sheet(said, target)
    if target.row:
        levels = without_row(levels, target.label) or ()
    # 生均面积 is no 面积, unless the field itself is one for each pupil.
    if not levels or qualified(head.text) - qualified(asked.term):
        return 0.0, ""
    # What stands above a header narrows it: its last line alone is less.
    found = _names_score("".join(levels), asked)
    if len(levels) > 1:
        value, why = _names_score(levels[-1], asked)
        # «专任教师·其中：女» is like 专任教师 by what stands above it only: that is no likeness.
        found = (0.0, "") if found[1] == ALIKE and not value else found
        found = max(found, (value * (1.0 if target.row else _LAST), why))
    value, why = found
    # Whose a row is must be certain: everything in it hangs on that.
    if target.holds in {"code", "name"} and why == ALIKE:
        return 0.0, ""
    if not value:
        value, why = _english_score(head.text, asked.field), IN_ENGLISH
    bonus = _SHEET_NAMED if named else 0.0
    return (round(min(value + bonus, EXACT), 4), why) if value else (0.0, "")


def qualified(text: str) -> set[str]:
    """Give the words of a header that make another thing of a name."""
    said = bare(text)
    return {word for word in _QUALIFIERS if word in said}


def _without_sheet(levels: tuple[str, ...], target: Target) -> tuple[tuple[str, ...], bool]:
    """Take away the lines that only name the form's sheet; say whether there were any."""
    if target.sheet is None or len(levels) == 1:
        return levels, False
    tab = bare(tab_of(target.sheet))
    rest = tuple(level for level in levels[:-1] if readings(level)[-1][0] != tab)
    return (*rest, levels[-1]), len(rest) + 1 < len(levels)


def without_row(levels: tuple[str, ...], label: str) -> tuple[str, ...] | None:
    """Take a row's label out of a header's lines; None where none of them names it.

    >>> without_row(("一年级", "女生数"), "一年级"), without_row(("1 年级学生数",), "一年级")
    (('女生数',), ('学生数',))
    >>> without_row(("学生数", "十一年级"), "一年级"), without_row(("专任教师(小学)",), "小学")
    (None, ('专任教师',))
    """
    for at, level in enumerate(levels):
        rest = _without_label(level, label)
        if rest is not None:
            return tuple(each for each in (*levels[:at], rest, *levels[at + 1 :]) if each)
    return None


@lru_cache(maxsize=65536)
def _without_label(level: str, label: str) -> str | None:
    key = label_key(label)
    # «高一» is said for 高一年级; «一» alone is no grade.
    names = [key] if key[:1].isdigit() else list(dict.fromkeys([key, key.removesuffix("年级")]))
    if label_key(level) in names:
        return ""
    said = with_arabic(bare(level))
    if any(said == stage + key for stage in _STAGES):
        return ""
    for name in names:
        if said.startswith(name):
            return said.removeprefix(name).lstrip("_-—·:的")
        tail = said.rstrip(")]】")
        if tail.endswith(name) and not tail.removesuffix(name)[-1:].isdigit():
            return tail.removesuffix(name).rstrip("_-—·:([【")
    return None


_STAGES: Final = ("小学", "初中", "高中")


def _names_score(text: str, asked: Field) -> tuple[float, str]:
    candidates = [core for core, _ in readings(text)]
    names = [core for core, _ in readings(asked.term)]
    if not candidates:
        return 0.0, ""
    # As it stands, before anything is taken off either of them.
    if candidates[0] == names[0]:
        return EXACT, SAME
    if set(candidates) & set(names):
        return NEAR, SAME
    synonyms = [core for synonym in asked.synonyms for core, _ in readings(synonym)]
    if set(candidates) & set(synonyms):
        return SYNONYM, ALIAS
    # For numbers only: 教师数 and 教师人数 are one, 学校名称 and 学校 are not.
    cores = {core_of(name) for name in (*names, *synonyms)} - {""}
    if asked.type in _NUMBERS and cores & {core_of(candidate) for candidate in candidates}:
        return CORE, ALIAS
    alike = max(
        _alike(candidate, name) for candidate in set(candidates) for name in (*names, *synonyms)
    )
    return (alike, ALIKE) if alike >= _LEAST_ALIKE else (0.0, "")


def _english_score(text: str, name: str) -> float:
    """Score an English header for a field's name in code: its words, or their beginnings."""
    if not text.isascii():
        return 0.0
    said = [word.lower() for word in _CAMEL.findall(text)]
    words = name.split("_")
    hits = sum(any(_same_word(word, other) for other in said) for word in words)
    spare = sum(
        not any(_same_word(word, other) for word in words) and other not in _SPARE for other in said
    )
    value = round(ENGLISH * hits / len(words) - _SPARE_WORD * spare, 4)
    return value if value >= MAYBE else 0.0


def _same_word(one: str, two: str) -> bool:
    shared = min(len(one), len(two))
    return one == two or (shared >= 4 and one[:shared] == two[:shared])  # noqa: PLR2004 - a stem


@lru_cache(maxsize=65536)
def _alike(one: str, two: str) -> float:
    """Say how alike two names are: shared pairs of characters, and the longest common runs."""
    if not (_IDEOGRAPH.search(one) and _IDEOGRAPH.search(two)):
        return 0.0
    # autojunk would drop characters that are frequent, and in terms the frequent ones carry
    # meaning.
    ratio = SequenceMatcher(None, one, two, autojunk=False).ratio()
    pairs_one = Counter(pairwise(one))
    pairs_two = Counter(pairwise(two))
    shared = sum((pairs_one & pairs_two).values())
    every = sum(pairs_one.values()) + sum(pairs_two.values())
    dice = 2 * shared / every if every else float(one == two)
    # A short name within a long one is often only a part of its meaning.
    return round(0.45 * ratio + 0.45 * dice, 4)
