"""What a closed ballot came to: counted, proved to add up, and small groups hidden."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.suppress import suppressed
from xianxue.desk.actions.ballots.judging import ANSWERED, judge
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.actions.ballots.vote import INVALID, PAPERS, VALID
from xianxue.desk.models.ballot import (
    BurntSlip,
    KeptPaper,
    Poll,
    Slip,
    SlipBatch,
    Tally,
    UnspentSlip,
)

ALL: Final = ""
"""All groups together."""
Part = tuple[str, str]
"""A group in a place; without a place where none are told apart."""
Cell = tuple[str, str, str]
"""Question, subject, option."""


class Line(Record, kw_only=True):
    """How often one answer was given by one group."""

    question: str
    subject: str
    option: str
    group: str
    """A group, a group in a place (``parents@2163990001``), or all together."""
    count: int
    hidden: bool


class Counted(Record, kw_only=True):
    """A ballot's numbers."""

    issued: int
    spent: int
    """Slips by which somebody voted, and those given back for paper."""
    burnt: int
    valid: int
    invalid: int
    lines: Sequence[Line]


def tallies(poll: Poll) -> dict[Part, Counter[Cell]]:
    """Read the counters of phones and paper together: part to how often it gave which answer."""
    found: dict[Part, Counter[Cell]] = {}
    fields = ("group", "place", "question", "subject", "option", "many")
    rows = Tally.objects.filter(poll=poll).order_by("digest").values_list(*fields)
    for group, place, question, subject, option, many in rows:
        found.setdefault((group, place), Counter())[question, subject, option] += many
    return found


def count(poll: Poll) -> Counted:
    """Count a ballot that is closed."""
    held = opened(poll)
    parts = tallies(poll)
    unspent = UnspentSlip.objects.filter(poll=poll).count()
    burnt = BurntSlip.objects.filter(poll=poll).count()
    issued = Slip.objects.filter(poll=poll).count()
    return Counted(
        issued=issued,
        spent=issued - unspent - burnt,
        burnt=burnt,
        valid=_papers(parts, VALID),
        invalid=_papers(parts, INVALID),
        lines=tuple(lines(held, parts)),
    )


def lines(poll: Opened, parts: Mapping[Part, Counter[Cell]]) -> Iterator[Line]:
    """Give each answer of each group, with what is shown to nobody marked as such."""
    groups = _groups(poll, parts)
    for question in poll.asked():
        if question.kind == "text":
            continue
        for subject in poll.setup.subjects if question.each else (ALL,):
            hidden = _hidden(poll, question, subject, parts, groups)
            for option in _options(poll, question, parts):
                for name, members in groups.items():
                    cell = (question.question, subject, option)
                    many = sum(parts[part][cell] for part in members)
                    yield Line(
                        question=question.question, subject=subject, option=option,
                        group=name, count=many, hidden=name in hidden,
                    )  # fmt: skip


def _groups(poll: Opened, parts: Mapping[Part, Counter[Cell]]) -> dict[str, frozenset[Part]]:
    found = {ALL: frozenset(parts)}
    for group in poll.card.groups:
        found[group.group] = frozenset(part for part in parts if part[0] == group.group)
    if poll.card.by_place:
        found |= {f"{group}@{place}": frozenset([(group, place)]) for group, place in sorted(parts)}
    return found


def _hidden(
    poll: Opened,
    question: Question,
    subject: str,
    parts: Mapping[Part, Counter[Cell]],
    groups: Mapping[str, frozenset[Part]],
) -> frozenset[str]:
    """Say which groups' answers to a question are hidden: by those who answered *it*."""
    smallest = poll.card.smallest
    if smallest == 1:
        # 当场公布: the card says that everything is told as it is.
        return frozenset()
    base = (question.question, subject, ANSWERED)
    sizes = {part: counter[base] for part, counter in parts.items()}
    found = suppressed(sizes, groups, smallest)
    alike = frozenset(
        name
        for name, members in groups.items()
        if 0 < sum(sizes[part] for part in members) < 2 * smallest
        and _of_one_mind(question, subject, parts, members, sum(sizes[part] for part in members))
    )
    return found.hidden | found.open | alike


def _of_one_mind(
    question: Question,
    subject: str,
    parts: Mapping[Part, Counter[Cell]],
    members: frozenset[Part],
    answered: int,
) -> bool:
    """Whether all of a group say the same: then it is known what each of them says."""
    counts: Counter[str] = Counter()
    for part in members:
        for (name, about, option), many in parts[part].items():
            if (name, about) == (question.question, subject) and option != ANSWERED:
                counts[option] += many
    return any(many == answered for many in counts.values())


def _options(
    poll: Opened, question: Question, parts: Mapping[Part, Counter[Cell]]
) -> Sequence[str]:
    """Give the answers there are, in the order of the paper; what was written in comes last."""
    known = list(poll.setup.subjects) if question.among else question.answers
    if question.kind == "matrix":
        known = [f"{row.row}={one}" for row in question.rows for one in known]
    said = {
        option
        for counter in parts.values()
        for name, _, option in counter
        if name == question.question and option != ANSWERED
    }
    if question.kind == "ranking":
        known = [f"{at}:{one}" for at in range(1, len(known) + 1) for one in known]
        known = [one for one in known if one in said]
    return [*known, *sorted(said - set(known))]


def as_json(poll: Poll, counted: Counted) -> dict[str, Any]:
    """Write numbers as they are kept and handed to programs."""
    return {
        "ballot": poll.key,
        "issued": counted.issued,
        "spent": counted.spent,
        "valid": counted.valid,
        "invalid": counted.invalid,
        "results": [
            {
                "question": f"{one.question}/{one.subject}" if one.subject else one.question,
                "option": one.option,
                "group": one.group,
                "count": None if one.hidden else one.count,
                "hidden": one.hidden,
            }
            for one in counted.lines
        ],
    }


def proofs(poll: Poll) -> list[Sentence]:
    """Give what does not add up; nothing where all sums hold."""
    found: list[Sentence] = []
    issued = Slip.objects.filter(poll=poll).count()
    told = sum(SlipBatch.objects.filter(poll=poll).values_list("many", flat=True))
    if issued != told:
        found.append(say("登记发出 {told} 张票，库里有 {n} 张", told=told, n=issued))
    unspent = UnspentSlip.objects.filter(poll=poll).count()
    spent = issued - unspent - BurntSlip.objects.filter(poll=poll).count()
    parts = tallies(poll)
    valid, invalid = _papers(parts, VALID), _papers(parts, INVALID)
    if spent != valid + invalid:
        found.append(
            say("收回 {n} 张票，有效 {valid}、无效 {invalid}，合计不是收回数",
                n=spent, valid=valid, invalid=invalid)
        )  # fmt: skip
    held = opened(poll)
    if held.card.keeps == "papers":
        found += _recounted(poll, held, parts)
    return found


def _recounted(poll: Poll, held: Opened, parts: Mapping[Part, Counter[Cell]]) -> Iterator[Sentence]:
    """Count the papers again, one by one, and hold the counters against them."""
    again: dict[Part, Counter[Cell]] = {}
    for content, many in KeptPaper.objects.filter(poll=poll).values_list("content", "many"):
        paper = json.loads(content)
        judged = judge(held, paper["group"], paper["answers"])
        counter = again.setdefault((paper["group"], paper["place"]), Counter())
        counter[PAPERS, "", VALID if judged.valid else INVALID] += many
        for cell in judged.cells:
            counter[cell] += many
    for part in sorted({*parts, *again}):
        told, found = parts.get(part, Counter()), again.get(part, Counter())
        for cell in sorted({*told, *found}):
            if told[cell] != found[cell]:
                named = " ".join(one for one in (part[0], *cell) if one)
                saw = say(
                    "{cell}：计数 {n}，按票重新计 {m}", cell=named, n=told[cell], m=found[cell]
                )
                yield saw


def _papers(parts: Mapping[Part, Counter[Cell]], which: str) -> int:
    return sum(counter[PAPERS, "", which] for counter in parts.values())
