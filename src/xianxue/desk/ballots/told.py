"""A ballot as a page or paper tells of it: in terms, not in the ids of its card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.models.ballot import Poll


class Group(Record):
    """People who are counted together."""

    group: str
    term: Sentence | str
    entitled: int | None


class Table(Record, kw_only=True):
    """What was answered to one question: options across, subjects and groups down."""

    term: Sentence | str
    heads: tuple[Sentence | str, ...]
    rows: tuple[tuple[Sentence | str, tuple[int | None, ...]], ...]
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
        ends_at=poll.ends_at,
        numbers=tuple((term, results[name]) for name, term in terms if name in results),
        results=tuple(_tables(held, results.get("results", []))),
    )


def _tables(held: Opened, lines: Sequence[dict[str, Any]]) -> list[Table]:
    by_question: dict[str, list[dict[str, Any]]] = {}
    for line in lines:
        by_question.setdefault(str(line["question"]).partition("/")[0], []).append(line)
    found: list[Table] = []
    for question in held.asked():
        of = by_question.get(question.question, [])
        if not of:
            continue
        options = list(dict.fromkeys(str(line["option"]) for line in of))
        rows: dict[tuple[str, str], dict[str, int | None]] = {}
        for line in of:
            subject = str(line["question"]).partition("/")[2]
            rows.setdefault((subject, line["group"]), {})[line["option"]] = line["count"]
        found.append(
            Table(
                term=question.term,
                heads=tuple(held.option_term(question, one) for one in options),
                rows=tuple(
                    (_row_term(held, subject, group), tuple(counts[one] for one in options))
                    for (subject, group), counts in rows.items()
                    if "@" not in group
                ),
            )
        )
    return found


def _row_term(held: Opened, subject: str, group: str) -> Sentence | str:
    known = held.card.group(group)
    of = known.term if known is not None else say("合计")
    if not subject:
        return of
    return say("{subject}：{group}", subject=held.setup.subjects.get(subject, subject), group=of)
