"""Rotation (交流轮岗): who may be moved, and whether enough were, the good ones among them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Shares(Record, kw_only=True):
    """What the rule asks for."""

    moved: Fraction
    """Of those who may be moved, so many a year."""
    backbone: Fraction
    """Of those who are moved, so many backbone teachers."""


class Rotated(Record):
    """How many had to be moved and were."""

    needed: int
    needed_backbone: int
    """Of those who were moved, or of those who had to be where fewer were."""
    moved: int
    backbone: int

    @property
    def enough(self) -> bool:
        """Whether both shares are reached."""
        return self.moved >= self.needed and self.backbone >= self.needed_backbone


def rotated(shares: Shares, eligible: int, moved: int, backbone: int) -> Rotated:
    """Hold a year's moves against the rule, in whole people.

    Whoever moves more needs more backbone teachers among them:

    >>> rule = Shares(moved=Fraction("0.1"), backbone=Fraction("0.2"))
    >>> rotated(rule, 137, 14, 3).enough, rotated(rule, 137, 16, 3).enough
    (True, False)
    >>> rotated(rule, 137, 16, 3).needed_backbone
    4
    """
    needed = _up(shares.moved * eligible)
    return Rotated(needed, _up(shares.backbone * max(needed, moved)), moved, backbone)


def _up(value: Fraction) -> int:
    return -(-value.numerator // value.denominator)


class Teacher(Record, kw_only=True):
    """What has to be known of a teacher before anybody moves them."""

    teacher: str
    school: str
    subject: str
    years_here: int
    years_left: int | None
    """Until retirement, full years; None where nobody knows."""
    partner: str = ""
    """Of a couple who are moved together or not at all."""
    head: bool = False
    """A head is changed by other rules."""
    backbone: bool = False
    also: tuple[Sentence, ...] = ()
    """Whatever else keeps them where they are, in words."""


class Post(Record, kw_only=True):
    """Where somebody could go."""

    school: str
    subject: str
    metres: int
    """From the teacher's present school."""


class Law(Record, kw_only=True):
    """Whom the rule lets be moved, and where to."""

    years_here: int
    """Full years at one school before somebody is moved."""
    years_left: int
    """Nobody is moved in their last so many years."""
    farthest: int | None = None
    """Metres."""


def why_not(law: Law, one: Teacher) -> tuple[Sentence, ...]:
    """Give every reason why somebody may not be moved at all; empty: they may.

    >>> rule = Law(years_here=6, years_left=5)
    >>> young = Teacher(teacher="甲", school="一小", subject="音乐", years_here=2, years_left=30)
    >>> [str(one) for one in why_not(rule, young)]
    ['在现学校任教 2 年，未满 6 年']
    """
    found: list[Sentence] = [*one.also]
    if one.head:
        found.append(say("是校长，按校长交流的规定办"))
    if one.years_here < law.years_here:
        text = say("在现学校任教 {n} 年，未满 {least} 年", n=one.years_here, least=law.years_here)
        found.append(text)
    if one.years_left is None:
        found.append(say("离退休还有几年不知道：名册里没有性别或出生日期"))
    elif one.years_left < law.years_left:
        text = say("离退休 {n} 年，不足 {least} 年", n=one.years_left, least=law.years_left)
        found.append(text)
    return tuple(found)


def why_not_there(law: Law, one: Teacher, post: Post) -> tuple[Sentence, ...]:
    """Give every reason why somebody may not take a post; empty: they may."""
    found = [*why_not(law, one)]
    if post.school == one.school:
        found.append(say("就在这所学校"))
    if post.subject != one.subject:
        found.append(say("任教{mine}，岗位是{other}", mine=one.subject, other=post.subject))
    if law.farthest is not None and post.metres > law.farthest:
        text = say("距离 {n} 米，超过 {most} 米", n=post.metres, most=law.farthest)
        found.append(text)
    return tuple(found)


def parted(teachers: Sequence[Teacher], going: Collection[tuple[str, str]]) -> list[str]:
    """Name those whose partner does not go to the same school; ``going`` is who goes where.

    >>> both = [
    ...     Teacher(teacher=a, partner=b, school="一小", subject="数学", years_here=9, years_left=9)
    ...     for a, b in (("甲", "乙"), ("乙", "甲"))
    ... ]
    >>> parted(both, {("甲", "二小")}), parted(both, {("甲", "二小"), ("乙", "二小")})
    (['甲'], [])
    """
    where = dict(going)
    return [
        one.teacher
        for one in teachers
        if one.partner and one.teacher in where and where.get(one.partner) != where[one.teacher]
    ]
