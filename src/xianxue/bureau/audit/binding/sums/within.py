"""Parts told apart from their whole: 全县小学128所。…标准化小学已达135所 cannot be.

The whole names one thing without restriction; the part names the same thing with words before it,
or begins with it (在高三学生中…). Nothing is added: a part is only no larger than its whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_WHOLES: Final = 4
"""Wholes that are remembered, the last ones of a paragraph."""
_SENTENCES: Final = 3
"""Sentences from a whole to its part, at most."""
_SHORTEST, _LONGEST = 2, 10
"""Characters of a name that can be said again with words before it."""
_AMONG: Final = re.compile("^.{0,7}(?<![初高其集年])中$")
_GENERIC: Final = frozenset({"things", "items", "people", "person_times"})
"""What stands without a name in these may be of anything."""
_OF_THEM: Final = re.compile("(?:其中|目前|现|已经?|至今|只|仅)+有?|有")
"""«全县46所农村小学,已有38所通了自来水»."""
_JOINED: Final = re.compile("[和及与、或]|以及|各类|所有|全部")
_HAS: Final = re.compile("^.{0,6}[有设]")
"""Before these stands who has what is counted: 学校有专用教室."""
_LISTED: Final = re.compile("^(?:登记在册|登记|在册|排查|摸排)(?=..)")
_THOSE: Final = re.compile(r"([\u4e00-\u9fff]{2})的([\u4e00-\u9fff]{2,6})中$")
"""Says again what was done and with what: 抽取的样本中."""
_INSIDE: Final = re.compile("其中|包括|本[县市区校]")


class Within:
    """Finds parts of named wholes."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._scope = re.compile(lexicon.any_of("whole_scope", "register"))
        self._wider = re.compile(lexicon.any_of("wider_scope"))
        self._outside = re.compile(lexicon.any_of("not_within", "outside"))
        self._again = re.compile(lexicon.any_of("takes_part"))
        self._doing = re.compile(rf"{lexicon.any_of('doing', 'deed')}")
        self._deed = re.compile(rf"^{lexicon.any_of('deed')}")

    def told(self, sentences: Sequence[Sequence[Quantity]]) -> Iterator[Candidate]:
        """Give the parts of one paragraph's wholes."""
        wholes: list[Quantity] = []
        for sentence in sentences:
            for at, one in enumerate(sentence):
                if one.role != "level" or one.form != "cardinal" or one.prior or one.depth:
                    continue
                among = sentence[at - 1 : at]
                joint = at > 1 and _listed(sentence[at - 2], among[0])
                if (
                    among
                    and not joint
                    and _AMONG.search(among[0].after)
                    and _counts_them(one, among[0])
                ):
                    yield Candidate("at_most", one, (among[0],), ("within",))
                for whole in wholes:
                    if self._is_part(one, whole):
                        yield Candidate("at_most", one, (whole,), ("named_within",))
                # Of some ages: who attends may be older or younger (毛入园率 above a hundred).
                of_age = at and sentence[at - 1].dim == "age" and not one.stop
                if self._is_whole(one, alone=not at) and not of_age:
                    wholes = [*wholes[1 - _WHOLES :], one]

    def _is_whole(self, one: Quantity, *, alone: bool) -> bool:
        """Whether a number is of all of a kind: told of them in general, or first of all.

        «小学64所,在校生3700人» tells of the pupils of what stands before.
        """
        if not one.own and one.after:
            return alone and bool(self._scope.search(one.lead))  # 全县46所农村小学
        named = _SHORTEST <= len(one.own) <= _LONGEST and one.size == 1
        scoped = self._scope.search(one.lead) or (
            alone and one.lead == one.own and ":" not in one.stop
        )
        return bool(
            named and not _INSIDE.search(one.lead) and scoped and not self._deed.match(one.own)
        )

    def _is_part(self, one: Quantity, whole: Quantity) -> bool:
        if one.dim != whole.dim or one.sentence - whole.sentence > _SENTENCES or one.size > 1:
            return False
        if (
            "占" in one.lead
            or (one.year and one.year != whole.year)
            or self._outside.search(one.lead)
        ):
            return False
        # 行政村128个,有38个建成了书屋
        of_them = not one.own and one.index == whole.index + 1 and self._doing.match(one.after)
        if not whole.own or of_them:
            alike = one.unit == whole.unit and (of_them or one.dim not in _GENERIC)
            told = alike and one.sentence == whole.sentence
            return bool(told and _OF_THEM.fullmatch(one.lead))
        return self._is_of(one, whole)

    def _is_of(self, one: Quantity, whole: Quantity) -> bool:
        """Whether the name of a number is that of a whole, with words before it."""
        name, of = one.own, _LISTED.sub("", _HAS.sub("", whole.own))
        again, owner = _THOSE.search(one.lead), _HAS.match(whole.own)
        if again and again[1] in whole.lead and whole.own.endswith(again[2]):
            return True  # 抽取农产品样本260份。…抽取的样本中12份
        if f"{of}中" in one.lead and len(of) >= _SHORTEST:
            return not _JOINED.search(one.lead.partition(of)[2])
        if owner and _HAS.match(name) and not name.startswith(owner[0]):
            return False  # 城区有小学18所,乡镇有小学42所
        before = name.removesuffix(of)
        if before == name or min(len(of), len(before)) < _SHORTEST or self._again.search(one.lead):
            return False
        wider = {*self._wider.findall(one.lead)} - {*self._wider.findall(whole.lead)}
        return not (
            wider or _JOINED.search(before) or (self._deed.match(before) and before[-1] != "的")
        )


def _listed(first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are told together: 118所中小学和76所幼儿园中."""
    return first.dim == second.dim and second.stop == "" and first.role == "level"


def _counts_them(one: Quantity, whole: Quantity) -> bool:
    """Whether a number right behind «2860户中» counts some of them: 有2480户."""
    plain = whole.role == "level" and not (whole.prior or whole.about or whole.depth)
    alike = one.unit == whole.unit and one.dim not in ("things", "items", "age")
    return plain and alike and one.index == whole.index + 1


def bind_within(reading: Reading) -> Iterator[Candidate]:
    """Give every part that is told apart from its whole."""
    within = reading.lexicon.made(Within)
    some: list[Sequence[Quantity]] = []
    for sentence in reading.sentences:
        if some and sentence[0].paragraph != some[-1][0].paragraph:
            yield from within.told(some)
            some = []
        some.append(sentence)
    yield from within.told(some)
