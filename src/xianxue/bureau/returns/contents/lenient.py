"""Contents that the plain reading leaves unread: read where they mean one thing, with a word on it.

What could mean two things stays unread; ``advice`` says what is wrong with it and suggests what
may have been meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Value
from xianxue.bureau.returns.contents.dates import day_meant, day_written, year_meant, year_written
from xianxue.bureau.returns.contents.numerals import chinese_number, with_arabic
from xianxue.bureau.returns.contents.strict import holds_several, number_of
from xianxue.bureau.returns.contents.texts import bare, is_nothing
from xianxue.bureau.returns.contents.units import amount_of, in_square_metres, shown
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.naming import decimals_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say

# The apostrophe with which a number is forced to be a text, here typed into the text itself.
_NOISE = re.compile(r"^['‘’`]+|['‘’`]+$")
_SIGNS = re.compile(r"[\W_]+")
_YES: Final = frozenset({"√", "✓", "✔", "☑", "对", "t", "r√"})
_NO: Final = frozenset({"×", "✗", "✘", "☒", "错", "f"})
_ERROR = re.compile(r"#(?:n/a|ref!|div/0!|value!|name\?|num!|null!|spill!|calc!)", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?e[+-]?\d+", re.IGNORECASE)
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)[%‰]")
_SUM = re.compile(r"=?\(?\d+(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)+\)?=?")
_ADDEND = re.compile(r"[+-]?\d+(?:\.\d+)?")
_ABOUT = re.compile(r"约|左右|多|余|近|以上|以下|不到|超过|大概|上下|\+$|^[<>≥≤~]")
_SAME: Final = frozenset({"同上", "〃", '"', "″", "''", "同左", "同前"})
_LOOKALIKES: Final = str.maketrans("oil|", "0111")
# Only among digits: «oil» alone is a word.
_LIKE_DIGITS = re.compile(r"(?=.*\d)(?=.*[oil|])[\doil|]+")
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_NUMERIC: Final = frozenset({"integer", "measure"})


class Doubt(Record):
    """What is to be said of a content that was read nevertheless."""

    code: str
    severity: Severity
    problem: str
    do: str


class Reading(Record):
    """A value, and what is to be said of the way it was written."""

    value: Value
    doubt: Doubt | None = None


def read_anyway(text: str, field: Field, lookup: Mapping[str, str]) -> Reading | None:
    """Read a content that the plain reading has left; None where it means no one thing."""
    # Invisible signs come along when a number is copied from a web page or a chat.
    tidy = _NOISE.sub("", "".join(c for c in text if unicodedata.category(c) != "Cf")).strip()
    if field.type in _NUMERIC:
        return _number(tidy, field)
    if field.type == "code":
        # The empty code stands for a key that two terms share.
        code = _by_key(Same(lookup)).get(_code_key(tidy))
        return Reading(code) if code else None
    if field.type == "yes_no":
        answer = bare(tidy)
        return Reading(1) if answer in _YES else Reading(0) if answer in _NO else None
    if field.type == "date":
        day = day_written(tidy)
        return Reading(day.isoformat()) if day else None
    if field.type == "year":
        number = number_of(tidy)
        # 1,998 with its separator is a year that a program has taken for an amount.
        year = year_written(tidy if number is None else shown(number))
        return Reading(year) if year else None
    return None


def _number(text: str, field: Field) -> Reading | None:
    plain = number_of(text)
    if plain is not None:
        value = _steps(plain, field)
        return None if value is None else Reading(value)
    amount = amount_of(text, field)
    # A number of another unit means another number: the check says so and asks.
    if amount is None or not amount.own:
        return None
    value = _steps(amount.whole, field)
    if value is None:
        return None
    # 万 changes the number ten-thousandfold: taken, but never without a word.
    if amount.power:
        meant = shown(amount.whole)
        problem = say(
            "写了数量单位，按 {meant} {value}采用",
            meant=meant,
            value=amount.unit or field.measured_in.term,
        )
        do = say("请核对；没有错就直接填 {meant}，不写单位", meant=meant)
        return Reading(value, Doubt("R-TEN-THOUSAND", Severity.EXPLAIN, problem, do))
    problem = say("带了文字，按 {value} 采用", value=shown(amount.number))
    do = say("只填数字，不写单位")
    return Reading(value, Doubt("R-UNIT", Severity.EXPLAIN, problem, do))


def _steps(number: Decimal, field: Field) -> int | None:
    steps = number.scaleb(decimals_of(field))
    whole = int(steps)
    return whole if whole == steps else None


def _code_key(text: str) -> str:
    """Reduce a code or term: signs between them go, numerals of both kinds are one."""
    return with_arabic(_SIGNS.sub("", bare(text)))


@lru_cache(maxsize=256)
def _by_key(lookup: Same[Mapping[str, str]]) -> dict[str, str]:
    """Give the way from reduced terms to codes; one that two terms share leads nowhere."""
    found: dict[str, str] = {}
    for text, code in lookup.it.items():
        for key in (_code_key(text), _code_key(text + code)):
            found[key] = code if found.get(key, code) == code else ""
    return found


def near_terms(text: str, terms: Sequence[str]) -> list[str]:
    """Give the terms of a list that a text may have meant, the nearest first.

    >>> near_terms("初一", ["六年级", "七年级"]), near_terms("普通小学", ["小学", "幼儿园"])
    (['七年级'], ['小学'])
    """
    said = _SPOKEN.get(bare(text), text)
    # One inside the other is nearer than any likeness of letters.
    within = [term for term in terms if said and (said in term or term in said)]
    return within or get_close_matches(said, terms, n=3)


_SPOKEN: Final = {"初一": "七年级", "初二": "八年级", "初三": "九年级"}
"""What many say; where lower secondary has four years it means another grade, so it is asked."""


# ── what cannot be read ─────────────────────────────────────────────────────


def advice(text: str, field: Field) -> tuple[str, str] | None:  # noqa: PLR0911 - one a kind
    """Say what is wrong with a content that stays unread, and what to do; None: nothing special.

    >>> from xianxue.bureau.kinds.form import Field
    >>> advice("一百二十", Field(field="x", term="x", type="integer", unit="person"))
    ('是中文数字', '请用阿拉伯数字填写；是不是 120？')
    >>> advice("25.9.1", Field(field="x", term="x", type="date"))
    ('不是日期', '请按 2025-09-01 的样子填；是不是 2025-09-01？')
    """
    # Texts have nothing to be misread; for codes the list itself is the advice.
    if field.type in {"text", "code", "yes_no"}:
        return None
    folded = bare(text)
    # First: a dash would otherwise be called a sum, a sign, or no number.
    if is_nothing(text):
        counted = field.always_there and field.type in {"integer", "measure"}
        return _NO_NUMBER, _ZERO_OR_BLANK if counted else _ZERO_WORD_OR_BLANK
    if _ERROR.search(folded):
        return say("是公式算出的错误"), say("请改正公式，或直接填上数字")
    # What a spreadsheet shows in a column too narrow, exported as it was shown.
    if folded and set(folded) == {"#"}:
        return say("只有井号，没有存下数字"), say("请把列拉宽，看到数字以后再导出")
    if folded in _SAME:
        return say("没有写出来"), say("请不要写“同上”，把数字写上")
    if field.type == "date":
        return _with_guess(say("不是日期"), say("请按 2025-09-01 的样子填"), day_meant(text))
    if field.type == "year":
        guess = year_meant(text)
        do = say("请填四位年份") if guess else say("请填四位年份，例如 1998")
        return _with_guess(say("不是四位年份"), do, guess)
    # Before blanks are set aside: «5 6» is no 56.
    if holds_several(text) and not _looks_like_a_day(folded):
        return _SEVERAL
    return _not_a_number(folded, field)


_SEVERAL: Final = (
    say("一格里写了不止一个数"),
    say("一格只填一个数；其余的写到各自的格子里"),
)
_NO_NUMBER: Final = say("不是数字")
_ZERO_WORD_OR_BLANK: Final = say("确实是零就填 0；谈不上这个数就填「不适用」；还不知道就空着")
_ZERO_OR_BLANK: Final = say("确实是零就填 0；还不知道就空着")


def _with_guess(problem: str, do: str, guess: str) -> tuple[str, str]:
    return problem, say("{do}；是不是 {guess}？", do=do, guess=guess) if guess else do


def _not_a_number(folded: str, field: Field) -> tuple[str, str] | None:  # noqa: PLR0911 - one a way
    unit = field.measured_in.noun
    # The card's own unit may stand behind it: 一百二十人.
    number = chinese_number(folded.removesuffix(unit) if unit else folded)
    if number is not None:
        return say("是中文数字"), say("请用阿拉伯数字填写；是不是 {number}？", number=number)
    if _SCIENTIFIC.fullmatch(folded):
        return say("是科学计数法，后面的数字可能已经丢了"), say(
            "请把格式改为“数值”，对照原数重新填写"
        )
    percent = _PERCENT.fullmatch(folded)
    if percent is not None:
        return say("是百分数"), say("请按要求的单位填数字，不写百分号")
    # The check knows a better word for a number that a program turned into a day.
    if _looks_like_a_day(folded):
        return None
    # After days: 2025-9-1 would be a sum as well.
    if _SUM.fullmatch(folded):
        return _of_a_sum(folded, field)
    if _LIKE_DIGITS.fullmatch(folded):
        return say("里面有像数字的字母"), say(
            "请改为数字；是不是 {digits}？", digits=folded.translate(_LOOKALIKES)
        )
    if _ABOUT.search(folded) and _FIGURES.search(folded):
        return say("不是准确的数"), say("请填准确的数，不写“约”“左右”一类的字")
    wrong = _wrong_unit(folded, field)
    if wrong is not None:
        return wrong
    # Last: units, days and sums hold several figures, too.
    if len(_FIGURES.findall(folded)) > 1:
        return _SEVERAL
    return None


def _of_a_sum(folded: str, field: Field) -> tuple[str, str]:
    total = sum((Decimal(each) for each in _ADDEND.findall(folded)), Decimal(0))
    # «10-12» is a range: nobody counts fewer than none.
    if total < (field.min or 0):
        return say("不是准确的数"), say("请填准确的数，不写从几到几")
    return say("是没有算出结果的算式"), say("请填算好的数；是不是 {value}？", value=shown(total))


def _wrong_unit(folded: str, field: Field) -> tuple[str, str] | None:
    amount = amount_of(folded, field)
    term = field.measured_in.noun
    if amount is None:
        return None
    if amount.own:
        # A number of the right unit that does not come out even.
        decimals = decimals_of(field)
        if decimals:
            return say("小数多于 {decimals} 位", decimals=decimals), say(
                "请四舍五入到 {decimals} 位小数，不写单位", decimals=decimals
            )
        return say("不是整数"), say("请填整数，不写单位")
    area = in_square_metres(amount.whole, amount.unit) if field.unit == "square_metre" else None
    if area is not None:
        return say("单位是“{unit}”", unit=amount.unit), say(
            "请换算成{term}再填；约合 {value}", term=term, value=shown(area)
        )
    return say("单位写的是“{unit}”", unit=amount.unit), say(
        "这一格要填的是{term}，请核对；只填数字，不写单位", term=term or say("数")
    )


def _looks_like_a_day(folded: str) -> bool:
    return day_written(folded) is not None
