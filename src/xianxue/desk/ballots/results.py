"""What a closed ballot came to: counted, proved to add up, and small groups hidden."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from xianxue.bureau.ballots.counting import ANSWERED, BLANK, INVALID, VALID, VOID
from xianxue.bureau.ballots.counting import count as recount
from xianxue.bureau.kinds.ballots.question import WRITTEN_IN, Question
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.suppress import suppressed
from xianxue.desk.actions.ballots.enter_papers import papers_of
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.models.ballot import (
    COUNTED,
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
Place = tuple[str, str, str]
"""Where on the paper: question, subject, row."""
Key = tuple[str, str, str, str]
"""Where on the paper, and what was answered there."""
Counts = Mapping[Part, Counter[Key]]


class Line(Record, kw_only=True):
    """How often one answer was given by one group."""

    at: Place
    option: str
    group: str
    """A group, a group in a place (``parents@2163990001``), or all together."""
    count: int
    hidden: bool


class Counted(Record, kw_only=True):
    """A ballot's numbers."""

    issued: int
    spent: int
    """Slips by which somebody voted, and paper ballots that came back."""
    burnt: int
    valid: int
    invalid: int
    lines: Sequence[Line]


def tallies(poll: Poll) -> dict[Part, Counter[Key]]:
    """Read the counters of phones and paper together: part to how often it gave which answer."""
    found: dict[Part, Counter[Key]] = {}
    fields = ("group", "place", "question", "subject", "row", "option", "many")
    rows = Tally.objects.filter(poll=poll).order_by("digest").values_list(*fields)
    for group, place, *key, many in rows:
        found.setdefault((group, place), Counter())[tuple(key)] += many
    return found


def count(poll: Poll) -> Counted:
    """Count a ballot that is closed."""
    held = opened(poll)
    parts = tallies(poll)
    unspent = UnspentSlip.objects.filter(poll=poll).count()
    burnt = BurntSlip.objects.filter(poll=poll).count()
    issued = Slip.objects.filter(poll=poll).count()
    valid, invalid = _papers(parts, VALID), _papers(parts, INVALID)
    paper = len(papers_of(poll))
    return Counted(
        issued=issued,
        spent=issued - unspent - burnt + paper,
        burnt=burnt,
        valid=valid,
        invalid=invalid,
        lines=tuple(lines(held, parts)),
    )


def lines(poll: Opened, parts: Counts) -> Iterator[Line]:
    """Give each answer of each group, with what is shown to nobody marked as such."""
    groups = _groups(poll, parts)
    for column, question in poll.rules.columns.items():
        at = (column.question, column.about, column.row)
        hidden = _hidden(poll, question, at, parts, groups)
        for rank, option in _options(poll, question, at, parts):
            place = (at[0], at[1], rank or at[2])
            for name, members in groups.items():
                many = sum(parts[part][*place, option] for part in members)
                yield Line(at=place, option=option, group=name, count=many, hidden=name in hidden)


def _groups(poll: Opened, parts: Counts) -> dict[str, frozenset[Part]]:
    found = {ALL: frozenset(parts)}
    for group in poll.card.groups:
        found[group.group] = frozenset(part for part in parts if part[0] == group.group)
    if poll.card.by_place:
        found |= {f"{group}@{place}": frozenset([(group, place)]) for group, place in sorted(parts)}
    return found


def _hidden(
    poll: Opened,
    question: Question,
    at: Place,
    parts: Counts,
    groups: Mapping[str, frozenset[Part]],
) -> frozenset[str]:
    """Say which groups' answers to a question are hidden: by those who answered *it*."""
    smallest = poll.card.smallest
    if smallest == 1:
        # 当场公布: the card says that everything is told as it is.
        return frozenset()
    sizes = {part: counter[*at, ANSWERED] for part, counter in parts.items()}
    found = suppressed(sizes, groups, smallest)
    alike = frozenset(
        name
        for name, members in groups.items()
        if 0 < sum(sizes[part] for part in members) < 2 * smallest
        and _of_one_mind(poll.rules.answers(question), at, [parts[part] for part in members])
    )
    return found.hidden | found.open | alike


def _of_one_mind(options: Sequence[str], at: Place, counts: Sequence[Counter[Key]]) -> bool:
    """Whether all of a group say the same: then it is known what each of them says."""
    answered = sum(counter[*at, ANSWERED] for counter in counts)
    return any(sum(counter[*at, one] for counter in counts) == answered for one in options)


def _options(
    poll: Opened, question: Question, at: Place, parts: Counts
) -> Iterator[tuple[str, str]]:
    """Give rank (of a ranking) and answer: as the paper has them, then what was written in."""
    known = poll.rules.answers(question)
    said = {key for counter in parts.values() for key in counter if key[:2] == at[:2]}
    if question.kind == "ranking":
        for rank in range(1, poll.rules.most(question) + 1):
            yield from ((str(rank), one) for one in known)
        return
    yield from (("", one) for one in known)
    yield from (("", key[3]) for key in sorted(said) if key[3].startswith(WRITTEN_IN))
    yield "", BLANK
    if any(key == (*at, VOID) for key in said):
        yield "", VOID


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
                "question": "/".join(part for part in one.at if part),
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
    if poll.state == COUNTED:
        spent += len(papers_of(poll))
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


def _recounted(poll: Poll, held: Opened, parts: Counts) -> Iterator[Sentence]:
    """Count the papers again, one by one, and hold the counters against them."""
    kept = KeptPaper.objects.filter(poll=poll).order_by("digest").values_list("content", "many")
    again: dict[Part, Counter[Key]] = {}
    for cell, many in recount(held.rules, kept).items():
        key = (cell.question, cell.about, cell.row, cell.item)
        again.setdefault((cell.group, cell.place), Counter())[key] += many
    for part in sorted({*parts, *again}):
        told, found = parts.get(part, Counter()), again.get(part, Counter())
        for key in sorted({*told, *found}):
            if told[key] != found[key]:
                named = " ".join(one for one in (*part, *key) if one)
                n, m = told[key], found[key]
                yield say("{cell}：计数 {n}，按票重新计 {m}", cell=named, n=n, m=m)


def _papers(parts: Counts, which: str) -> int:
    return sum(counter["", "", "", which] for counter in parts.values())
