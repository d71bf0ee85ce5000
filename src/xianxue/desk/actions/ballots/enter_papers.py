"""Entering paper ballots (录入纸质票): by two people, each by themselves, and compared."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.ballots.doing import ENTERING, Doing, complain, in_state
from xianxue.desk.actions.ballots.judging import Judged, judge
from xianxue.desk.actions.ballots.opened import Opened, canonical, opened
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ballot import CLOSED, OPEN, BurntSlip, PaperCount, Poll

TWO = 2


class Entered(Record, kw_only=True):
    """How far the entering has come."""

    people: tuple[str, ...]
    """Those who have entered, each by their last entry."""
    papers: tuple[int, ...]
    """How many papers each has entered."""
    differences: tuple[tuple[str, int, int], ...]
    """A paper that the last two do not have as often, and how often each has it."""

    @property
    def agree(self) -> bool:
        """Whether two people have entered the same."""
        return len(self.people) >= TWO and not self.differences


class EnterPapers(Doing):
    """Keep what one person has entered."""

    def __call__(self, poll: Poll, papers: Mapping[str, int]) -> PaperCount:
        """Keep papers, each with how many say just that; ComplaintsError as for any deed."""
        allowed = self.refuse(ENTERING, poll)
        with writing():
            poll.refresh_from_db()
            in_state(poll, CLOSED if poll.state != OPEN else OPEN)
            held = PaperCount.objects.filter(poll=poll).order_by("-number").first()
            row = PaperCount.objects.create(
                poll=poll,
                number=held.number + 1 if held is not None else 1,
                counts=dict(papers),
                at=self.at,
                by=self.actor.name,
            )
            many = sum(papers.values())
            self.note(ENTERING, poll, {"number": row.number, "papers": many}, allowed)
        return row


def paper_text(group: str, place: str, answers: Mapping[str, Any], marks: tuple[str, ...]) -> str:
    """Write a paper as it was entered."""
    return canonical({"answers": answers, "group": group, "marks": marks, "place": place})


def entered(poll: Poll) -> Entered:
    """Compare the last entries of the last two people who have entered."""
    last: dict[str, PaperCount] = {}
    for row in PaperCount.objects.filter(poll=poll).order_by("number"):
        last.pop(person(row.by), None)
        last[person(row.by)] = row
    rows = list(last.values())
    counts = [Counter[str](row.counts) for row in rows]
    differences: list[tuple[str, int, int]] = []
    if len(counts) >= TWO:
        one, other = counts[-2:]
        differences = [
            (paper, one[paper], other[paper])
            for paper in sorted({*one, *other})
            if one[paper] != other[paper]
        ]
    return Entered(
        people=tuple(row.by for row in rows),
        papers=tuple(sum(counter.values()) for counter in counts),
        differences=tuple(differences),
    )


def by_group(poll: Poll) -> dict[str, int]:
    """Count the papers of the last entry by the group that they are of."""
    row = PaperCount.objects.filter(poll=poll).order_by("-number").first()
    found: Counter[str] = Counter()
    for text, many in {} if row is None else row.counts.items():
        found[json.loads(text)["group"]] += many
    return dict(found)


def papers_of(poll: Poll) -> list[Judged]:
    """Give the paper ballots, judged, for the counters.

    ComplaintsError where two people have not entered the same, or more came back than were handed
    out: then the whole ballot is void until somebody finds out why.
    """
    burnt = BurntSlip.objects.filter(poll=poll).count()
    found = entered(poll)
    if not burnt and not found.people:
        return []
    if not found.agree:
        saw = say("纸质票有 {n} 人录过，{m} 处不同", n=len(found.people), m=len(found.differences))
        raise complain(
            "B-ENTER", saw, say("两个人各录一遍，录得一样"), say("再录：xianxue ballots enter")
        )
    if found.papers[-1] > burnt:
        saw = say("收回纸质票 {n} 张，多于发出的 {m} 张", n=found.papers[-1], m=burnt)
        raise complain("B-MORE", saw, say("收回不多于发出，否则整次无效"))
    rows = PaperCount.objects.filter(poll=poll).order_by("-number").first()
    counts: dict[str, int] = rows.counts if rows is not None else {}
    held = opened(poll)
    return [one for text, many in sorted(counts.items()) for one in [_judged(held, text)] * many]


def _judged(held: Opened, text: str) -> Judged:
    paper = json.loads(text)
    return judge(held, paper["group"], paper["place"], paper["answers"], tuple(paper["marks"]))
