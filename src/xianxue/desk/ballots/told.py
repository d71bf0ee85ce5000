"""A ballot as a page or paper tells of it: in terms, not in the ids of its card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xianxue.bureau.ballots.counting import BLANK, VOID
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.results import MOST
from xianxue.desk.models.ballot import Poll


class Group(Record):
    """People who are counted together."""

    group: str
    term: Sentence | str
    entitled: int | None


Count = int | Sentence | None
"""A count; words where all of few gave this answer; None where it is shown to nobody."""


class Table(Record, kw_only=True):
    """What was answered to one question: options across, subjects and groups down."""

    term: Sentence | str
    heads: tuple[Sentence | str, ...]
    rows: tuple[tuple[Sentence | str, tuple[Count, ...]], ...]
    """What a row is of, and its counts; None where too few answered."""


class Told(Record, kw_only=True):
    """One ballot."""

    at: tuple[str, str, int]
    """Card, period and number, as its address has them."""
    key: str
    title: str
    state: str
    groups: tuple[Group, ...]
    by_place: bool
    meets: bool
    """Whether people come together for it, so that it is known how many were there."""
    ends_at: datetime
    numbers: tuple[tuple[Sentence, int], ...] = ()
    results: tuple[Table, ...] = ()


def told(poll: Poll) -> Told:
    """Tell of a ballot's row."""
    held = opened(poll)
    results: dict[str, Any] = poll.results or {}
    terms = (
        ("issued", say("发出")),
        ("spent", say("收回")),
        ("valid", say("有效")),
        ("invalid", say("无效")),
    )
    return Told(
        at=(poll.card, poll.period, poll.number),
        key=poll.key,
        title=poll.title,
        state=poll.state,
        groups=tuple(
            Group(one.group, one.term, held.setup.entitled.get(one.group))
            for one in held.card.groups
        ),
        by_place=held.card.by_place,
        meets=held.card.mode != "survey",
        ends_at=poll.ends_at,
        numbers=tuple((term, results[name]) for name, term in terms if name in results),
        results=tuple(_tables(held, results.get("results", []))),
    )


def _tables(held: Opened, lines: Sequence[dict[str, Any]]) -> list[Table]:
    by_question: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        if "@" not in line["group"]:
            by_question.setdefault(str(line["question"]).partition("/")[0], []).append(line)
    found: list[Table] = []
    for question in held.asked():
        of = by_question.get(question.question, [])
        if not of:
            continue
        options = list(dict.fromkeys(str(line["option"]) for line in of))
        rows: dict[tuple[str, str], dict[str, Count]] = {}
        for line in of:
            about = str(line["question"]).partition("/")[2]
            rows.setdefault((about, line["group"]), {})[line["option"]] = (
                say("多数") if line.get(MOST) else line["count"]
            )
        found.append(
            Table(
                term=question.term,
                heads=tuple(_head(held, question, one) for one in options),
                rows=tuple(
                    (
                        _row_term(held, question, about, group),
                        tuple(counts.get(one) for one in options),
                    )
                    for (about, group), counts in rows.items()
                ),
            )
        )
    return found


def _head(held: Opened, question: Question, option: str) -> Sentence | str:
    if option == BLANK:
        return say("未选")
    return say("该栏作废") if option == VOID else held.option_term(question, option)


def _row_term(held: Opened, question: Question, about: str, group: str) -> Sentence | str:
    known = held.card.group(group)
    of = known.term if known is not None else say("合计")
    if not about:
        return of
    rows = {one.row: one.term for one in question.rows}
    first, _, rest = about.partition("/")
    names = [held.setup.subjects.get(first) or rows.get(first) or say("第 {n} 位", n=first)]
    if rest:
        names.append(rows.get(rest, rest))
    return say("{subject}：{group}", subject=joined("、", names), group=of)
