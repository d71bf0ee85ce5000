"""Frames: the amounts of one thing in the order they are told, and what is claimed of them.

A thread is gone through once. An amount goes on with the frame of its name, or begins one; a claim
(a difference, a growth, points, so many times) belongs to the subject that goes on, and to no frame
where its own words name another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.binding.changes.times import is_now
from xianxue.bureau.audit.binding.nouns import like, same_thing
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.values.record import replace

AMOUNTS: Final = frozenset({"level", "each", "rate", "rank"})
CLAIMS: Final = frozenset({"delta", "growth", "points", "more_times", "times", "doubled"})
_OTHER_PERIOD: Final = re.compile(r"[比较][^,]{2,20}(?:每年|年均|平均)")
"""A change measured against that of another period: 比此前二十六年平均每年增加49亿元."""
_PAIR: Final = ("new", "old")
_EACH: Final = re.compile(
    "(?:每(?:学[期年]|立?方米|平方米|[人名生位班校所亩户年月天吨方度件])?水?)+"
)
_FOR_EACH: Final = re.compile(rf".*?(?<!平均)({_EACH.pattern})$")
"""Behind who pays: 劳动基地每亩, of 每亩租金."""
_PLANNED: Final = re.compile("^(?:实际|计划|拟|预计)(?=.)")
"""What was planned and what was done are one thing of two years: 去年实际招生, 今年计划招生."""
_LED: Final = 3
"""Characters in which 占, 约占, 就占 begin a share."""
_PLACED: Final = re.compile(r"(?:还|已)?(?:[排列居位名]{1,2}在?)?(?:全[国省市县区州盟])?")
"""Says that what follows is a place in an order, and not of what."""
_NEXT: Final = 5
"""Numbers, years among them, between a claim and the amount that follows it."""
_MOST: Final = 24
"""Amounts, and claims, of one frame; more of them are a table written as prose."""
_BACK: Final = 3
"""Frames looked back for one that an amount goes on with."""


@dataclass(slots=True)
class Frame:
    """Amounts of one thing, and the claims made of them."""

    noun: str
    """What the amounts are of: as their own clause says, or as a claim before them says."""
    amounts: list[Quantity] = field(default_factory=list[Quantity])
    claims: list[tuple[int, Quantity]] = field(default_factory=list[tuple[int, Quantity]])
    """How many amounts were told before a claim, and the claim."""
    borrowed: set[int] = field(default_factory=set[int])
    """Claims behind a part that may be of this whole: 共24万元,其中车18万元,比上年减少2万元."""


def frames_of(
    thread: Sequence[Quantity], lexicon: Lexicon, told: Sequence[Frame] = ()
) -> list[Frame]:
    """Put the amounts and claims of a thread into frames; those told before may go on in it."""
    maker = _Maker(lexicon, thread, told)
    for one in thread:
        maker.take(one)
    return maker.frames


class _Maker:
    def __init__(self, lexicon: Lexicon, thread: Sequence[Quantity], told: Sequence[Frame]) -> None:
        self.frames: list[Frame] = []
        self._told = told
        self._lexicon = lexicon
        self._inner = lexicon.role("aside")
        self._doing = lexicon.role("doing")
        self._waiting: list[tuple[str, Quantity]] = []
        """Claims before any amount, with the name of what they are of."""
        self._current: Frame | None = None
        self._under: Frame | None = None
        """What goes on under a share that was told of it: 支出3150万元,占61%,比上年增长5%."""
        self._whole: Frame | None = None
        """What 其中 has begun to tell the parts of."""
        self._named: dict[int, str] = {}
        """List to the name its first member has."""
        self._parallel = len({one.place for one in thread if one.size > 1}) == 1
        self._chains = frozenset(_chains(thread))

    def take(self, one: Quantity) -> None:
        """Put one quantity where it belongs."""
        if ";" in one.stop and len(one.stop) > 1 and not one.depth:
            self._current = None  # a clause of its own stands between, of a subject without numbers
        if one.size > 1:
            self._named.setdefault(one.run, "" if self._parallel else one.own)
        if one.role == "rank" and not one.value:
            return  # 第一届 numbers, and ranks nothing
        amount = one.role in AMOUNTS or (one.role == "points" and (one.prior or one.reached))
        if amount:
            if one.size == 1 or self._parallel or one.run in self._chains:
                self._amount(one, self._name(one))
            elif not (self._current and self._current.amounts[-1].size == one.size):
                # The shares of a list of years (占比分别为…) leave its subject as it is.
                self._current = None
        elif one.role in CLAIMS:
            self._claim(one, self._name(one))

    def _added(self, one: Quantity) -> None:
        """Keep 新增学位300个 as the change it is, for an amount of 学位 that may follow."""
        for word in self._lexicon.role("added"):
            name = one.own.rpartition(word)[2] if word in one.own else ""
            if len(name) > 1 and one.role == "level" and one.size == 1:
                self._waiting = [(name, replace(one, role="delta", sign=1, own=name))]
                return

    def _name(self, one: Quantity) -> str:
        """Give what a number's own words say it is of; a list's members are named by its head."""
        if (one.role == "rank" and _PLACED.fullmatch(one.own)) or _EACH.fullmatch(one.own):
            return ""
        if one.size == 1:
            return one.own
        return one.noun.partition("#")[0] if self._parallel else self._named[one.run]

    def _amount(self, one: Quantity, own: str) -> None:
        if any(word in one.lead for word in self._inner):
            self._whole = self._current
        frame = self._going_on(one, own)
        shared = one.role == "rate" and not one.reached and self._is_aside(one)
        self._under = self._current or self._under if shared and frame is None else None
        if frame is None:
            inherited = "" if one.own and not own else one.noun.partition("#")[0]
            frame = Frame(own or inherited)
            self.frames.append(frame)
            frame.amounts += self._before(one)
            waiting, self._waiting = self._waiting, []
            for name, claim in waiting:
                apart = ";" in one.stop and one.own and not name
                if one.index - claim.index > _NEXT or apart:
                    continue  # 志愿者增加120人,增长40%;活动场次由364场增至582场
                explained = claim.depth < one.depth  # 省下16万元(上年68万元,本年52万元)
                if explained or not name or self._akin(name, frame.noun):
                    frame.claims.append((0, claim))
                    frame.noun = frame.noun or name
        frame.amounts.append(one)
        self._current = frame
        self._added(one)

    def _is_aside(self, one: Quantity) -> bool:
        """Whether a rate is told beside its amount: 支出…,占61%; 上线650人,上线率34.4%."""
        of = one.own.removesuffix("率")
        current = self._current
        named = of != one.own and current is not None and current.amounts[-1].role == "level"
        return "占" in one.lead[:_LED] or bool(named and current and current.noun.endswith(of))

    def _akin(self, name: str, noun: str) -> bool:
        lexicon = self._lexicon
        return not noun or same_thing(name, noun, lexicon) or same_thing(noun, name, lexicon)

    def _before(self, one: Quantity) -> list[Quantity]:
        """Give the amount of the same name and another year that a sentence before tells."""
        for frame in reversed(self._told):
            last = frame.amounts[-1]
            if last.role not in AMOUNTS or not like(one, last) or one.size > 1 or last.size > 1:
                continue
            other = last.prior != one.prior or (last.year != one.year and last.year and one.year)
            if other and one.own and last.own == one.own == frame.noun:
                return [last]
            if self._goes_on(one, last):
                return [last]
        return []

    def _goes_on(self, one: Quantity, last: Quantity) -> bool:
        """Whether a sentence without a name goes on with the one before: 原有346个。现保留298个."""
        if one.own or not last.own or not one.dim:
            return False
        return last.prior and not one.prior and is_now(one, self._lexicon)

    def _going_on(self, one: Quantity, own: str) -> Frame | None:
        """Find the frame an amount goes on with: a late one, of the same thing."""
        if any(word in one.lead for word in self._inner):
            return None
        for frame in reversed(self.frames[-_BACK:]):
            last = frame.amounts[-1]
            if not like(one, last) or len(frame.amounts) > _MOST:
                continue
            if one.size > 1 and not self._parallel:
                if one.run == last.run:
                    return frame
            elif self._of_frame(one, own, frame):
                return frame
        return None

    def _of_frame(self, one: Quantity, own: str, frame: Frame) -> bool:
        if own and not frame.noun and all(each.prior or each.year for each in frame.amounts):
            # 与2020年的1500人相比,2023年教职工为1200人: the name comes with the later one.
            frame.noun = own
            return True
        if own:
            return self._of(own, frame) or _compared(one, frame)
        if one.after[:2] in self._doing or one.after[:1] in self._doing:
            return False  # 今年有12人获奖: of those who did it, not of the subject that goes on
        return frame in (self._current, self._under)

    def _claim(self, claim: Quantity, name: str) -> None:
        if _OTHER_PERIOD.search(claim.lead):
            self._current = None
            return
        if name and self._again(claim, name):
            return
        if not self.frames:
            self._waiting = [*self._waiting[-_MOST:], (name, claim)]
            return
        if any(word in claim.lead for word in self._inner):
            self._current = None
            return
        if not name:
            some = (self._in_turn(claim), self._current, self._under)
            frame = next((one for one in some if one and _suits(claim, one)), None)
            if frame is not None:
                frame.claims.append((len(frame.amounts), claim))
                self._lend(claim, frame)
            return
        self._current = self._under = None
        for frame in reversed(self.frames[-_BACK:]):
            if _suits(claim, frame) and (
                self._of(name, frame) or (not frame.noun and frame is self.frames[0])
            ):
                frame.claims.append((len(frame.amounts), claim))
                self._current = frame
                return
        self._waiting = [(name, claim)]  # 在校生比去年增加320人,达到8320人: its amount may follow

    def _again(self, claim: Quantity, name: str) -> bool:
        """Take up again what the sentence before told of two years.

        «…在校生5287人;2020年…6193人。2020年与2016年相比,在校生增加906人».
        """
        if any(self._of(name, frame) for frame in self.frames):
            return False
        for told in self._told:
            years = {one.year for one in told.amounts if one.own and one.own == told.noun}
            two = len(told.amounts) == len(_PAIR) == len(years - {0}) and not told.claims
            if two and _suits(claim, told) and same_thing(name, told.noun, self._lexicon):
                self._current = Frame(told.noun, [*told.amounts], [(len(_PAIR), claim)])
                self.frames.append(self._current)
                return True
        return False

    def _lend(self, claim: Quantity, frame: Frame) -> None:
        """Let a claim behind a part be one of the whole as well."""
        whole = self._whole
        if whole is None or whole is frame or not _suits(claim, whole):
            return
        if claim.since or claim.index - 1 in whole.borrowed:
            whole.borrowed.add(claim.index)
            whole.claims.append((len(whole.amounts), claim))

    def _in_turn(self, claim: Quantity) -> Frame | None:
        """Find the frame that a member of a list of claims is told of: each of one, in turn."""
        last = self.frames[-claim.size :]
        if self._parallel or claim.size < len(_PAIR) or len(last) < claim.size:
            return None
        if any(len(one.amounts) != len(_PAIR) or one.amounts[0].size > 1 for one in last):
            return None
        return last[claim.place] if self._current is last[-1] else None

    def _of(self, name: str, frame: Frame) -> bool:
        """Whether a name is that of a frame, or of what its first number counts: 二十个社团."""
        if name in self._lexicon.role("any_amount"):
            return frame is self.frames[-1]
        each = _FOR_EACH.match(name)
        if each and frame.noun.startswith(each[1]):
            return True  # 每亩租金由460元涨到520元,基地每亩多支出60元
        name, noun = (_PLANNED.sub("", one) for one in (name, frame.noun))
        if name in self._lexicon.role("act") and noun.lstrip("新").startswith(name):
            return True  # 去年招录新教师125名,今年招录150名
        if any(word in frame.noun and word not in name for word in self._lexicon.role("added")):
            return False  # 新增学位 are not all 学位
        counted = len(name) > 1 and frame.amounts[0].after.startswith(name)
        return counted or same_thing(name, noun, self._lexicon)


def _compared(one: Quantity, frame: Frame) -> bool:
    """Whether an amount is what the one before it is held against: 比老校区的32亩."""
    return bool(one.since) and one.prior and frame.amounts[-1].index == one.index - 1


def _suits(claim: Quantity, frame: Frame) -> bool:
    """Whether a claim of this kind can be made of the amounts of a frame."""
    last = frame.amounts[-1]
    if len(frame.claims) > _MOST:
        return False
    if claim.role == "points":
        return last.form in ("percent", "points")
    if claim.role == "growth":
        return last.form == "cardinal"
    if claim.role == "delta":
        return claim.dim == last.dim or not claim.dim or last.role == "rank"
    return True


def _chains(thread: Sequence[Quantity]) -> Iterator[int]:
    """Give the lists that tell one thing of several years: 2022年、2023年招生分别为….

    Their members are amounts of one frame; those of other lists are amounts of several things.
    """
    nouns: dict[int, str] = {}
    for one in thread:
        if one.size > 1 and one.role in AMOUNTS and "#" not in one.noun:
            if one.place and one.noun == nouns.get(one.run):
                yield one.run
            nouns[one.run] = one.noun
