"""One cell of a score table: a mark in hundredths of a point, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from xianxue.bureau.exams.columns import STEPS, Why, hundredths
from xianxue.bureau.exams.reading.tabs import bare
from xianxue.bureau.kinds.exams.examination import ExamSubject
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LONGEST: Final = 12
"""Letters beyond which no number is a mark."""
_SAID: Final[Mapping[Why, tuple[str, ...]]] = {
    Why.ABSENT: (
        *("缺考", "缺", "未考", "旷考", "弃考", "缺席", "请假", "未到", "absent"),
        *("缺测", "未测"),
    ),
    Why.EXEMPT: ("免考", "免试", "免", "免修", "免测", "免予测试", "免予执行", "exempt"),
    Why.VOID: ("作弊", "违纪", "违规", "舞弊", "取消成绩", "cheated"),
    Why.NOT_CHOSEN: ("未选", "未选考", "不选", "没选", "未报", "未报考"),
    Why.BLANK: ("", "-", "--", "—", "——", "/", "\\", "na", "n/a", "null", "none", "空", "#n/a"),
}
_WORDS: Final = {word: why for why, words in _SAID.items() for word in words}


class Read(Record):
    """What a cell says."""

    mark: int | None = None
    """In hundredths of a point; None where there is none."""
    why: Why = Why.MARK
    saw: Sentence | None = None
    """What is wrong with it; None where nothing is."""
    required: Sentence | None = None
    do: str = ""


def said_why(text: str) -> Why | None:
    """Give the reason that a cell says in words; None where it says something else.

    >>> said_why(" 免测 "), said_why("8.9")
    (<Why.EXEMPT: 2>, None)
    """
    return _WORDS.get(bare(text).lower())


def read_mark(text: str, subject: ExamSubject, term: str) -> Read:
    """Read a cell; what is no mark is never guessed at, and absent is never 0."""
    said = bare(text)
    why = said_why(text)
    if why is not None:
        return Read(None, why)
    number = said.removesuffix("分")
    if not _NUMBER.fullmatch(number) or len(number) > _LONGEST:
        return Read(
            None,
            Why.BLANK,
            say("{term}填了“{text}”", term=term, text=text),
            say(
                "0 到 {full} 的数；没有成绩的写缺考、免考、违纪或未选", full=points_of(subject.full)
            ),
            say("请对照答题卡改正"),
        )
    points = Decimal(number)
    most = subject.full + subject.beyond
    if not 0 <= points <= most:
        do = say("缺考的写“缺考”，不写负数") if points < 0 else say("请核对是不是录错了位数")
        return Read(
            None,
            Why.BLANK,
            say("{term}填了 {n} 分", term=term, n=number),
            say("0 到 {full} 分", full=points_of(most)),
            do,
        )
    if points % subject.step:
        return Read(
            None,
            Why.BLANK,
            say("{term}填了 {n} 分", term=term, n=number),
            say("{step} 分的整数倍", step=points_of(subject.step)),
        )
    return Read(hundredths(points))


def points_of(points: Decimal) -> str:
    """Write points as people do.

    >>> points_of(Decimal("150.0")), points_of(Decimal("0.5"))
    ('150', '0.5')
    """
    text = f"{points:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_total(text: str) -> int | None:
    """Read a cell of totals in hundredths; None where it has none."""
    number = bare(text).removesuffix("分")
    if not _NUMBER.fullmatch(number) or len(number) > _LONGEST:
        return None
    return int(Decimal(number) * STEPS)
