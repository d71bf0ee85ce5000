"""The paper as a phone shows it, and what is read from what was ticked on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from xianxue.bureau.ballots.thresholds import most_of
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.ballots.opened import Opened

_NO_NAME = frozenset("|=\n\r")
_SEVERAL = ("several", "ranking")


Answers = dict[str, dict[str, Any]]
"""Subject (empty where there is none) to question to what was said."""


class Sent(Protocol):
    """What a form has sent."""

    def getlist(self, key: str) -> list[str]:
        """Give all values of a field."""
        ...


class Choice(Record):
    """One thing to be ticked."""

    value: str
    term: Sentence | str


class Field(Record, kw_only=True):
    """One line of the paper: a question, of one subject, of one row."""

    name: str
    question: Question
    subject: str
    row: str = ""
    term: Sentence | str
    """What stands before the choices."""
    choices: tuple[Choice, ...] = ()
    said: tuple[str, ...] = ()
    wrong: Sentence | str = ""
    others: int = 0
    """How many may be written in."""
    most: int | None = None


class Asked(Record, kw_only=True):
    """A question with its lines: one, or one for each subject or row."""

    question: Question
    fields: tuple[Field, ...]
    note: Sentence | str = ""
    when: Sentence | str = ""
    """After which answers it is asked at all; empty where everybody is."""
    wrong: Sentence | str = ""


class Blank(Record, kw_only=True):
    """A paper."""

    poll: Opened
    asked: tuple[Asked, ...]

    @property
    def wrong(self) -> bool:
        """Whether anything on it has to be mended."""
        return any(one.wrong or any(each.wrong for each in one.fields) for one in self.asked)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Give what was said as hidden fields, to be sent again."""
        return [
            (each.name, one) for asked in self.asked for each in asked.fields for one in each.said
        ]

    def filled(self, answers: Answers, wrong: Mapping[str, Sentence | str]) -> Blank:
        """Give it as somebody has filled it in, with what is wrong where."""
        asked: list[Asked] = []
        for one in self.asked:
            fields = tuple(
                replace(each, said=tuple(_said(each, answers)), wrong=wrong.get(each.name, ""))
                for each in one.fields
            )
            mended = wrong.get(one.question.question, "")
            asked.append(replace(one, fields=fields, wrong=mended))
        return replace(self, asked=tuple(asked))


def blank_of(poll: Opened, group: str) -> Blank:
    """Lay out what is asked of a group."""
    asked = poll.asked(group)
    numbers = {one.question: number for number, one in enumerate(asked, start=1)}
    return Blank(poll=poll, asked=tuple(_asked(poll, one, numbers) for one in asked))


def _asked(poll: Opened, question: Question, numbers: Mapping[str, int]) -> Asked:
    fields: list[Field] = []
    subjects = poll.setup.subjects if question.each else {"": ""}
    rows = {row.row: row.term for row in question.rows} or {"": ""}
    most = _most(poll, question)
    for subject, name in subjects.items():
        for row, term in rows.items():
            fields.append(
                Field(
                    name=".".join(one for one in (question.question, subject, row) if one),
                    question=question,
                    subject=subject,
                    row=row,
                    term=term or name or question.term,
                    choices=tuple(_choices(poll, question)),
                    others=(most or 1) if question.others else 0,
                    most=most,
                )
            )
    note, when = _note(poll, question, most), _when(poll, question, numbers)
    return Asked(question=question, fields=tuple(fields), note=note, when=when)


def _when(poll: Opened, question: Question, numbers: Mapping[str, int]) -> Sentence | str:
    """Say after which answers a question is asked."""
    conditions: list[Sentence] = []
    for name, answers in question.when.items():
        before = poll.card.question(name)
        if before is not None:
            terms = joined("、", (say("“{term}”", term=poll.option_term(before, one))
                                 for one in answers))  # fmt: skip
            conditions.append(say("第 {n} 题选了{terms}", n=numbers.get(name, 0), terms=terms))
    if not conditions:
        return ""
    return say("{conditions}的才答这一题", conditions=joined("，", conditions))


def _choices(poll: Opened, question: Question) -> Iterator[Choice]:
    if question.kind == "scale":
        yield from (Choice(one, one) for one in question.answers)
    elif question.among:
        yield from (Choice(one, name) for one, name in poll.setup.subjects.items())
    else:
        yield from (Choice(one.option, one.term) for one in question.options)


def _most(poll: Opened, question: Question) -> int | None:
    if question.most is None and question.among:
        return poll.setup.seats
    return question.most


def _note(poll: Opened, question: Question, most: int | None) -> Sentence | str:
    if question.kind in _SEVERAL and most is not None:
        if question.among:
            return say("最多选 {n} 人", n=most)
        return say("最多选 {n} 项", n=most)
    if question.kind == "scale":
        return say("{low} 最低，{high} 最高", low=question.low, high=question.high)
    limits = [(one, _limit(poll, question, one.level)) for one in question.quotas]
    for quota, limit in limits:
        level = question.option(quota.level)
        if level is not None and question.each:
            if not limit:
                return say("人少，这次不能给{level}", level=level.term)
            return say("{level}最多给 {n} 人", level=level.term, n=limit)
    return ""


def _limit(poll: Opened, question: Question, level: str) -> int:
    quota = next(one for one in question.quotas if one.level == level)
    return most_of(quota, len(poll.setup.subjects))


def _said(one: Field, answers: Answers) -> Sequence[str]:
    said = answers.get(one.subject, {}).get(one.question.question)
    if said is None:
        return ()
    if one.row:
        said = said.get(one.row)
    if isinstance(said, list):
        return [str(each) for each in said]
    return () if said is None else (str(said),)


def answers_of(blank: Blank, sent: Sent) -> tuple[Answers, dict[str, Sentence | str]]:
    """Read what was ticked; and what has to be mended, by field or question.

    A phone is asked to mend what would void an answer on paper; what is left blank is blank.
    """
    answers: Answers = {}
    wrong: dict[str, Sentence | str] = {}
    for one in blank.asked:
        for each in one.fields:
            said = _read(each, sent.getlist(each.name), wrong)
            if said is None:
                continue
            kept = answers.setdefault(each.subject, {})
            if each.row:
                kept.setdefault(one.question.question, {})[each.row] = said
            else:
                kept[one.question.question] = said
    _skipped(blank, answers)
    _needed(blank, answers, wrong)
    _over_quota(blank, answers, wrong)
    return answers, wrong


def _read(one: Field, said: list[str], wrong: dict[str, Sentence | str]) -> Any:  # noqa: ANN401 - by kind
    question, known = one.question, {choice.value for choice in one.choices}
    said = [each.strip() for each in said if each.strip()]
    if question.kind == "text":
        text = " ".join(" ".join(said).split())
        if len(text) > question.longest:
            wrong[one.name] = say(
                "写了 {n} 个字，最多 {most} 个字", n=len(text), most=question.longest
            )
        return text or None
    written = (
        [f"+{each.removeprefix('+')}" for each in said if each not in known] if one.others else []
    )
    if not one.others and any(each not in known for each in said):
        wrong[one.name] = say("选的不是这一题的答案，请重选")
        return None
    if any(_NO_NAME & set(each) for each in written):
        wrong[one.name] = say("姓名里不能有 | 和 =")
    ticked = list(dict.fromkeys([each for each in said if each in known] + written))
    if question.kind not in _SEVERAL:
        if len(ticked) > 1:
            wrong[one.name] = say("只能选一项")
        if not ticked:
            return None
        return int(ticked[0]) if question.kind == "scale" else ticked[0]
    if one.most is not None and len(ticked) > one.most:
        wrong[one.name] = say("选了 {n} 项，最多 {most} 项", n=len(ticked), most=one.most)
    alone = [each for each in ticked if (o := question.option(each)) is not None and o.alone]
    if alone and len(ticked) > 1:
        wrong[one.name] = say("选了“{one}”就不能再选别的", one=question.option(alone[0]).term)  # pyright: ignore[reportOptionalMemberAccess]  # it was found above
    return ticked or None


def _skipped(blank: Blank, answers: Answers) -> None:
    """Leave out what was answered to a question that is not asked after these answers."""
    for one in blank.asked:
        if not applies(one.question, answers):
            for kept in answers.values():
                kept.pop(one.question.question, None)


def applies(question: Question, answers: Answers) -> bool:
    """Whether a question is asked of somebody who has answered the earlier ones so."""
    for name, values in question.when.items():
        said = answers.get("", {}).get(name)
        told = [str(each) for each in (said if isinstance(said, list) else [said])]
        if not set(told) & set(values):
            return False
    return True


def _needed(blank: Blank, answers: Answers, wrong: dict[str, Sentence | str]) -> None:
    for one in blank.asked:
        question = one.question
        if not question.needed or not applies(question, answers):
            continue
        for each in one.fields:
            if not _said(each, answers) and each.name not in wrong:
                wrong[each.name] = say("这一题要回答")


def _over_quota(blank: Blank, answers: Answers, wrong: dict[str, Sentence | str]) -> None:
    for one in blank.asked:
        question = one.question
        if not question.each:
            continue
        given = [kept.get(question.question) for kept in answers.values()]
        for quota in question.quotas:
            limit, many = _limit(blank.poll, question, quota.level), given.count(quota.level)
            level = question.option(quota.level)
            if many > limit and level is not None:
                wrong[question.question] = say(
                    "给了 {n} 个{level}，最多 {most} 个", n=many, level=level.term, most=limit
                )
