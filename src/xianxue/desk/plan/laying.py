"""A layout asked for on the spot: the plan, who walks further, what each rule costs, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.plan.layout.layout import Laid, lay_out
from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.plan.layout.rules import Cost, conflicting, rules, shadows, told
from xianxue.bureau.plan.layout.walks import Walk, walks
from xianxue.bureau.plan.solvers.program import Patience
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.plan.layout_answer import Turn, turns
from xianxue.desk.plan.layout_file import Asked
from xianxue.desk.plan.layout_minded import Minded, minded

SECONDS: Final = 10.0
"""Of looking for a plan, and again of asking what its rules cost: somebody waits for the page."""
LARGEST: Final = 20_000
"""Ways between villages and schools, and periods of each, that are looked for on the spot."""
_METRES: Final = 1000


class Wish(Record, kw_only=True):
    """What is asked otherwise than the file says; None: as it says."""

    keep: int | None = None
    limit_km: Fraction | None = None
    split: bool | None = None


class LaidOut(Record, kw_only=True):
    """A layout with all that a page tells of it. It is supposed."""

    question: Question
    laid: Laid
    turns: tuple[Turn, ...] = ()
    walks: tuple[Walk, ...] = ()
    """Of the last period, whoever has to go most further first."""
    costs: tuple[Cost, ...] = ()
    conflicts: tuple[Sentence, ...] = ()
    """The rules that cannot hold together; empty where there is a plan."""
    smallest: bool = True
    minded: Minded = Minded()


def size(question: Question) -> int:
    """Give how many ways and periods a question has."""
    return len(question.villages) * len(question.sites) * question.periods


def wished(question: Question, wish: Wish) -> Question:
    """Give the question with what is asked otherwise."""
    return replace(
        question,
        most_open=question.most_open if wish.keep is None else wish.keep,
        farthest=question.farthest if wish.limit_km is None else int(wish.limit_km * _METRES),
        split=question.split if wish.split is None else wish.split,
    )


def laid_out(asked: Asked, wish: Wish) -> LaidOut:
    """Lay out what a file asks, as it is wished."""
    question = wished(asked.question, wish)
    patience = Patience(seconds=SECONDS)
    laid = lay_out(question, patience)
    if laid.status == "infeasible":
        conflict = conflicting(question, _shared(patience, question))
        return LaidOut(
            question=question,
            laid=laid,
            conflicts=told(question, conflict),
            smallest=conflict.smallest,
        )
    if not laid.opened:
        return LaidOut(question=question, laid=laid)
    return LaidOut(
        question=question,
        laid=laid,
        turns=tuple(turns(question, laid)),
        walks=tuple(walks(question, laid, len(laid.opened) - 1)),
        costs=tuple(shadows(question, laid, _shared(patience, question))),
        minded=minded(asked, laid),
    )


def _shared(patience: Patience, question: Question) -> Patience:
    """Share the time between as many answers as there are rules."""
    return replace(patience, seconds=patience.seconds / max(1, len(rules(question))))


def money(amount: int | None, scale: int) -> str:
    """Write a cost as the file counts it; a dash for none.

    >>> money(450000, 1000), money(None, 1000)
    ('450', '—')
    """
    return "—" if amount is None else plain(Fraction(amount, scale), 2)


def farther(lines: Sequence[Walk]) -> tuple[int, int]:
    """Give how many villages have to go further, and how many pupils."""
    longer = [one for one in lines if (one.further or 0) > 0]
    return len(longer), sum(one.pupils for one in longer)
