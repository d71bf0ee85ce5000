"""Ballots as tables: one line for the county, a column for each thing that is counted of it."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, glued, say


class Counted(Record, kw_only=True):
    """What is counted of one question, or of one row of it."""

    question: Question
    row: str
    name: str
    """What its columns begin with: the question's id, and the row's."""
    term: Sentence


def counted_of(card: Ballot) -> Iterator[Counted]:
    """Go through what figures are made of: levels that say satisfied or not, of no single subject.

    What is said of persons is for those who judge them, and makes no figure of the county; what is
    asked only after some answers is no opinion of all.
    """
    for one in card.questions:
        levels = one.kind in {"single", "matrix"} and any(each.favourable for each in one.options)
        if not levels or one.each or one.when:
            continue
        if one.kind == "single":
            yield Counted(question=one, row="", name=one.question, term=one.term)
        for row in one.rows:
            name = f"{one.question}_{row.row}"
            term = glued((one.term, "·", row.term))
            yield Counted(question=one, row=row.row, name=name, term=term)


def table_of(card: Ballot) -> Table | None:
    """Give the table that figures are counted from; None where the card makes none.

    Its rows are the county's own: what schools are told apart by may be hidden, and what is hidden
    would make the sum of all too small.
    """
    asked = list(counted_of(card))
    if not asked:
        return None
    fields = [_papers("valid", say("有效份数"))]
    for one in asked:
        fields.append(_papers(f"{one.name}_judged", say("{term}：作评价的份数", term=one.term)))
        fields.append(_papers(f"{one.name}_favourable", say("{term}：满意的份数", term=one.term)))
        if any(each.points is not None for each in one.question.options):
            term = say("{term}：得分之和", term=one.term)
            fields.append(
                TableField(field=f"{one.name}_points", term=term, type="measure", unit="point")
            )
    return Table(
        table=card.ballot,
        term=card.term,
        layout="record",
        fields=tuple(fields),
        given_by="any",
        period=card.period,
        single=True,
    )


def _papers(name: str, term: Sentence) -> TableField:
    return TableField(field=name, term=term, type="integer", unit="person")
