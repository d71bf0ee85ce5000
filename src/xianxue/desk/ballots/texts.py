"""What people wrote: given to a reader, taken back without names, and then shown in no order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.ballots.papers import Text
from xianxue.bureau.ballots.texts import Read, texts_shown
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ballots.doing import in_state
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.actions.ballots.read_texts import READ, ReadTexts
from xianxue.desk.ballots.polls import who_does
from xianxue.desk.models.ballot import COUNTED, KeptText, Poll
from xianxue.desk.workspace import ComplaintsError, Workspace

HEADS: Final = ("题目", "原文", "改后")


class Shown(Record, kw_only=True):
    """What was written to one question, as far as it is shown."""

    term: Sentence | str
    written: int
    unread: int
    texts: tuple[str, ...]
    """In the order of their letters; nothing before all is read, or where too few wrote."""
    few: bool
    """Whether fewer wrote than a number is shown of."""


def reading_list(poll: Poll) -> bytes:
    """Write the workbook for the reader: each text by itself, in the order of its letters.

    The last column is empty: what the reader does not write there is not shown. ComplaintsError of
    a ballot that is not counted: of two lists the difference would be somebody's.
    """
    in_state(poll, COUNTED)
    held = opened(poll)
    rows = [(_term(held, row.question), row.text, "") for row in _rows(poll)]
    return write_lists([("文字意见", HEADS, sorted(rows))])


def take_back(
    workspace: Workspace, poll: Poll, rows: Sequence[Sequence[str]], by: str | Actor
) -> Poll:
    """Take back what a reader let pass; ComplaintsError with each row that was never written."""
    held = opened(poll)
    known = {(_same(_term(held, row.question)), _same(row.text)): row.digest for row in _rows(poll)}
    passed: dict[str, str] = {}
    issues: list[Issue] = []
    for number, (term, text, shown) in enumerate(rows, start=2):
        if not (term.strip() or text.strip() or shown.strip()):
            continue
        digest = known.get((_same(term), _same(text)))
        if digest is None:
            issues.append(Issue(
                code="B-TEXT", severity=Severity.MUST_FIX, cell=f"B{number}",
                saw=say("没有人写过“{text}”", text=text.strip()),
                required=say("原文一列照导出的不改，只改“改后”一列"),
            ))  # fmt: skip
        else:
            passed[digest] = " ".join(shown.split())
    if issues:
        raise ComplaintsError(issues)
    return ReadTexts(*who_does(workspace, by, "leader"))(poll, passed)


def texts_of(poll: Poll) -> list[Shown]:
    """Say of each question in words what is shown; of a ballot that is not counted, nothing."""
    if poll.state != COUNTED:
        return []
    held, passed = opened(poll), (poll.results or {}).get(READ, {})
    rows = _rows(poll)
    written, unread = Counter[str](), Counter[str]()
    read: list[Read] = []
    for row in rows:
        written[row.question] += row.many
        if row.digest not in passed:
            unread[row.question] += row.many
            continue
        text = Text(row.question, "", row.text)
        read += [Read(text=text, shown=passed[row.digest])] * row.many
    shown = texts_shown(read, written, held.card.smallest)
    return [
        Shown(
            term=question.term,
            written=written[question.question],
            unread=unread[question.question],
            texts=tuple(shown.get(question.question, ())),
            few=written[question.question] < held.card.smallest,
        )
        for question in held.rules.texts
    ]


def _rows(poll: Poll) -> list[KeptText]:
    return list(KeptText.objects.filter(poll=poll).order_by("digest"))


def _term(held: Opened, question: str) -> str:
    found = held.card.question(question)
    return str(found.term) if found is not None else question


def _same(text: str) -> str:
    return "".join(text.split())
