"""What a file of teachers and posts says, as it stands there, before it is held to be a market."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from xianxue.bureau.appraisal.choosing.matching import Market, Post, Ranked
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class At(Record):
    """Where something stands: a cell of a workbook, or a key of JSON."""

    sheet: str = ""
    cell: str = ""


class Place(Record):
    """One place of a list: a name, or several who are ranked equal."""

    names: tuple[str, ...]
    at: At


class Line(Record):
    """What one teacher or post says."""

    name: str
    at: At
    places: Sequence[Place]
    quota: int | None = None
    """Of a post; None where it is no whole number."""
    quota_said: str = ""
    """What stands where the quota should."""
    quota_at: At | None = None


class Notes(Record):
    """What a whole file says."""

    file: str
    teachers: Sequence[Line]
    posts: Sequence[Line]


def market_of(notes: Notes) -> tuple[Market | None, list[Issue]]:
    """Make a market of what a file says; None with every fault where it is none."""
    teachers = {line.name for line in notes.teachers}
    posts = {line.name for line in notes.posts}
    issues = [
        *_none(notes),
        *_unnamed(notes),
        *_twice(notes.file, notes.teachers, say("教师")),
        *_twice(notes.file, notes.posts, say("岗位")),
        *_quotas(notes),
    ]
    for line in notes.teachers:
        issues += _listed(notes.file, line, posts, _wrong_wish)
    for line in notes.posts:
        issues += _listed(notes.file, line, teachers, _wrong_candidate)
    if issues:
        return None, issues
    return Market(
        {line.name: _ranking(line) for line in notes.teachers},
        {line.name: Post(line.quota or 0, _ranking(line)) for line in notes.posts},
    ), []


def _ranking(line: Line) -> tuple[Ranked, ...]:
    return tuple(place.names[0] if len(place.names) == 1 else place.names for place in line.places)


def complaint(  # noqa: PLR0913, PLR0917 - the parts of a complaint
    file: str, at: At, code: str, saw: str, required: str, do: str = ""
) -> Issue:
    """Complain of something in a file of teachers and posts."""
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        file=file,
        sheet=at.sheet,
        cell=at.cell,
        saw=saw,
        required=required,
        do=do,
    )


def _none(notes: Notes) -> Iterable[Issue]:
    if not notes.teachers:
        saw = say("一名教师也没有")
        yield complaint(notes.file, At(), "M-EMPTY", saw, say("至少有一名教师和一个岗位"))
    if not notes.posts:
        saw = say("一个岗位也没有")
        yield complaint(notes.file, At(), "M-EMPTY", saw, say("至少有一名教师和一个岗位"))


def _unnamed(notes: Notes) -> Iterable[Issue]:
    for line in (*notes.teachers, *notes.posts):
        if not line.name.strip():
            saw = say("有一名教师没有姓名") if line in notes.teachers else say("有一个岗位没有名称")
            yield complaint(notes.file, line.at, "M-NAME", saw, say("每一行、每一项都有名称"))


def _twice(file: str, lines: Sequence[Line], what: Sentence) -> Iterable[Issue]:
    seen: set[str] = set()
    for line in lines:
        if line.name in seen:
            saw = say("{what}“{name}”写了两次", what=what, name=line.name)
            do = say("重名的人请在姓名后面加学校或编号分开")
            yield complaint(file, line.at, "M-TWICE", saw, say("每个只写一次"), do)
        seen.add(line.name)


def _quotas(notes: Notes) -> Iterable[Issue]:
    for line in notes.posts:
        if line.quota is not None and line.quota >= 1:
            continue
        saw = (
            say("岗位“{name}”没有写名额", name=line.name)
            if not line.quota_said
            else say("岗位“{name}”的名额写了“{said}”", name=line.name, said=line.quota_said)
        )
        do = say("不招人的岗位请整行删去，并从教师志愿里去掉")
        at = line.quota_at or line.at
        yield complaint(notes.file, at, "M-QUOTA", saw, say("名额是 1 或更大的整数"), do)


def _wrong_wish(who: str, name: str, *, twice: bool) -> tuple[str, str, str]:
    saw = (
        say("教师“{who}”的志愿里“{name}”写了两次", who=who, name=name)
        if twice
        else say("教师“{who}”的志愿里有“{name}”，岗位里没有它", who=who, name=name)
    )
    required = say("志愿都是岗位表里有的岗位，每个只写一次")
    return saw, required, say("请核对岗位名称，或把岗位补进岗位表")


def _wrong_candidate(who: str, name: str, *, twice: bool) -> tuple[str, str, str]:
    saw = (
        say("岗位“{who}”的名单里“{name}”写了两次", who=who, name=name)
        if twice
        else say("岗位“{who}”的名单里有“{name}”，教师里没有这个人", who=who, name=name)
    )
    required = say("名单上都是教师表里有的人，每人只写一次")
    return saw, required, say("请核对姓名，或把教师补进教师表（不填志愿也可以）")


def _listed(
    file: str, line: Line, known: set[str], wrong: Callable[..., tuple[str, str, str]]
) -> Iterable[Issue]:
    seen: set[str] = set()
    for place in line.places:
        for name in place.names:
            if name in seen or name not in known:
                said = wrong(line.name, name, twice=name in seen)
                yield complaint(file, place.at, "M-LISTED", *said)
            seen.add(name)
