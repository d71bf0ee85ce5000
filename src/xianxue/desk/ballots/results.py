"""What a closed ballot came to: counted, proved to add up, and small groups hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from xianxue.bureau.ballots.counting import Cell, Cells
from xianxue.bureau.ballots.counting import count as recount
from xianxue.bureau.ballots.figured import County, Told, county_of
from xianxue.bureau.ballots.hiding import hidden
from xianxue.bureau.ballots.results import Results, Shown, results, sheet_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ballots.enter_papers import papers_of
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.actions.ballots.read_texts import READ
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

MOST: Final = "most"
"""Marks the one answer that all of few gave: that it was the most is all that is told."""


class Counted(Record, kw_only=True):
    """A ballot's numbers."""

    issued: int
    spent: int
    """Slips by which somebody voted, and paper ballots that came back."""
    results: Results
    county: County
    """What figures are made of."""


def cells_of(poll: Poll) -> dict[Cell, int]:
    """Read the counters of phones and paper together."""
    fields = ("question", "option", "subject", "row", "group", "place", "many")
    rows = Tally.objects.filter(poll=poll).order_by("digest").values_list(*fields)
    return {Cell(*cell): many for *cell, many in rows}


def count(poll: Poll) -> Counted:
    """Count a ballot that is closed."""
    held, cells = opened(poll).rules, cells_of(poll)
    # Worked out once: what is shown and what figures are made of agree on what nobody sees.
    unseen = hidden(held, cells)
    unspent = UnspentSlip.objects.filter(poll=poll).count()
    burnt = BurntSlip.objects.filter(poll=poll).count()
    issued = Slip.objects.filter(poll=poll).count()
    return Counted(
        issued=issued,
        spent=issued - unspent - burnt + len(papers_of(poll)),
        results=results(held, cells, unseen),
        county=county_of(held, cells, unseen),
    )


def as_json(poll: Poll, counted: Counted) -> dict[str, Any]:
    """Write numbers as they are kept and handed to programs."""
    sheet = counted.results.sheet
    return {
        "ballot": poll.key,
        "issued": counted.issued,
        "spent": counted.spent,
        "valid": sheet.valid,
        "invalid": sheet.invalid,
        "results": [_line(one) for one in counted.results.numbers],
        "counted": {
            "values": {
                name: None if isinstance(value, Missing) else value
                for name, value in counted.county.values.items()
            },
            "counters": {
                name: [[one.question, one.row, one.option, one.many] for one in told]
                for name, told in counted.county.counters.items()
            },
        },
    }


def handed_out(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give results as programs get them: without what figures are made of, and texts read."""
    lines = [
        {name: value for name, value in line.items() if name != MOST} for line in kept["results"]
    ]
    told = {name: value for name, value in kept.items() if name not in {"counted", READ}}
    return {**told, "results": lines}


def county_in(kept: Mapping[str, Any]) -> County:
    """Read what figures are made of from results that were kept."""
    said = kept.get("counted", {})
    return County(
        values={
            name: Missing.WITHHELD if value is None else value
            for name, value in said.get("values", {}).items()
        },
        counters={
            name: tuple(Told(*one) for one in told)
            for name, told in said.get("counters", {}).items()
        },
    )


def _line(one: Shown) -> dict[str, Any]:
    at = one.column
    line = {
        "question": "/".join(part for part in (at.question, at.about, at.row) if part),
        "option": one.option,
        "group": f"@{one.place}" if one.place else one.group,
        "count": one.count,
        "hidden": one.hidden,
    }
    return {**line, MOST: True} if one.most else line


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
    cells = cells_of(poll)
    sheet = sheet_of(cells)
    valid, invalid = sheet.valid, sheet.invalid
    if spent != valid + invalid:
        found.append(
            say("收回 {n} 张票，有效 {valid}、无效 {invalid}，合计不是收回数",
                n=spent, valid=valid, invalid=invalid)
        )  # fmt: skip
    held = opened(poll)
    if held.card.keeps == "papers":
        found += _recounted(poll, held, cells)
    return found


def _recounted(poll: Poll, held: Opened, cells: Cells) -> Iterator[Sentence]:
    """Count the papers again, one by one, and hold the counters against them."""
    kept = KeptPaper.objects.filter(poll=poll).order_by("digest").values_list("content", "many")
    again = recount(held.rules, kept)
    for cell in sorted({*cells, *again}, key=lambda one: (one.group, one.place, one)):
        n, m = cells.get(cell, 0), again.get(cell, 0)
        if n != m:
            parts = (cell.group, cell.place, cell.question, cell.about, cell.row, cell.item)
            named = " ".join(one for one in parts if one)
            yield say("{cell}：计数 {n}，按票重新计 {m}", cell=named, n=n, m=m)
