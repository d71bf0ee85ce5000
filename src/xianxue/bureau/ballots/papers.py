"""Papers: what one person handed in, as ticks, and as a text that says nothing of who or when.

A paper's text has a head and a line for each tick, sorted, so that the same answers always are the
same text, in whatever order they were given::

    staff
    p01.grade=excellent
    p02.grade=competent

The head is ``group|place|marks``. A line is ``subject.question/row=answer``, of which subject, row
and place may be missing; of a ranking the row is the rank. Texts that people wrote are no part of
a paper: they are kept apart from it, for words may tell who wrote them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record

Said = str | int | list[str] | Mapping[str, Any]
"""What was answered to one question; ``kinds/ballots`` says how by kind."""

END: Final = "\n"
_FORBIDDEN: Final = frozenset("\n\r|=")


class Paper(Record, kw_only=True):
    """What one person handed in."""

    group: str
    place: str = ""
    answers: Mapping[str, Mapping[str, Said]] = {}
    """Subject (empty where a question is of none) to question to what was said."""
    marks: tuple[str, ...] = ()
    """Faults of the sheet, as the card names them."""

    @property
    def head(self) -> str:
        """The first line of its text."""
        return head_of(self.group, self.place, self.marks)


class Text(Record, order=True):
    """What somebody wrote, apart from everything else on the paper."""

    question: str
    group: str
    text: str


def head_of(group: str, place: str = "", marks: tuple[str, ...] = ()) -> str:
    """Write the head of a paper.

    >>> head_of("staff"), head_of("parents", "0101", ("torn",))
    ('staff', 'parents|0101|torn')
    """
    _plain(group, place, *marks)
    return "|".join((group, place, ",".join(sorted(marks)))).rstrip("|")


def heads_parts(head: str) -> tuple[str, str, tuple[str, ...]]:
    """Give group, place and marks of a head.

    >>> heads_parts("parents||torn")
    ('parents', '', ('torn',))
    """
    group, place, marks, *_ = (*head.split("|"), "", "")
    return group, place, tuple(filter(None, marks.split(",")))


def tick(column: Column, answer: str) -> str:
    """Write one tick.

    >>> tick(Column("grade", "p01"), "excellent"), tick(Column("aspects", row="fees"), "fairly")
    ('p01.grade=excellent', 'aspects/fees=fairly')
    """
    about = f"{column.about}." if column.about else ""
    row = f"/{column.row}" if column.row else ""
    return f"{about}{column.question}{row}={answer}"


def tick_parts(line: str) -> tuple[Column, str]:
    """Give the column and the answer of a tick.

    >>> tick_parts("p01.grade=excellent")
    (Column(question='grade', about='p01', row=''), 'excellent')
    """
    where, _, answer = line.partition("=")
    # A subject's id may have dots of its own; a question's has none.
    about, _, asked = where.rpartition(".")
    question, _, row = asked.partition("/")
    return Column(question, about, row), answer


def text_of(opened: Opened, paper: Paper) -> str:
    """Write a paper as its text, without what people wrote in words.

    ValueError for what no paper of this ballot can say (a group with a line break in it).
    """
    return END.join((paper.head, *sorted(ticks(opened, paper))))


def ticks(opened: Opened, paper: Paper) -> Iterator[str]:
    """Go through the ticks of a paper; one that is written twice is one."""
    wordy = {one.question for one in opened.texts}
    for about, answers in paper.answers.items():
        for name, said in answers.items():
            if name not in wordy:
                question = opened.by_name.get(name)
                yield from dict.fromkeys(_ticks(question, Column(name, about), said))


def texts_of(opened: Opened, paper: Paper) -> Iterator[Text]:
    """Go through what somebody wrote, blanks left out, each as long as the card allows."""
    for question in opened.texts:
        said = paper.answers.get("", {}).get(question.question)
        asked = not question.asked_of or paper.group in question.asked_of
        asked = asked and _led_to(question, paper.answers.get("", {}))
        text = " ".join(said.split()) if isinstance(said, str) and asked else ""
        if text:
            yield Text(question.question, paper.group, text[: question.longest])


def _led_to(question: Question, answers: Mapping[str, Said]) -> bool:
    """Whether the answers before lead to a text; those after it are of no weight."""
    for name, wanted in question.when.items():
        said = answers.get(name)
        given = [str(one) for one in said] if isinstance(said, list) else [str(said)]
        if not set(given) & set(wanted):
            return False
    return True


def _ticks(question: Question | None, column: Column, said: Said) -> Iterator[str]:
    if isinstance(said, Mapping):
        for row, one in cast("Mapping[str, Said]", said).items():
            yield from _ticks(question, Column(column.question, column.about, str(row)), one)
    elif isinstance(said, list) and question is not None and question.kind == "ranking":
        for rank, one in enumerate(said, 1):
            yield _tick(Column(column.question, column.about, str(rank)), one)
    else:
        for one in said if isinstance(said, list) else [said]:
            if str(one).strip():
                yield _tick(column, str(one).strip())


def _tick(column: Column, answer: str) -> str:
    _plain(column.question, column.about, column.row, answer)
    return tick(column, answer)


def _plain(*words: str) -> None:
    """Refuse words that would be read as another line, head or answer."""
    if any(_FORBIDDEN & set(word) for word in words):
        message = f"no part of a paper: {words!r}"
        raise ValueError(message)
