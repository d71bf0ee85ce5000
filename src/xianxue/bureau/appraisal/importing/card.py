"""The proposal as a card: YAML that the strict door takes, with what is doubtful said beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.importing.proposal import Item, System
from xianxue.bureau.appraisal.importing.sources import Guess
from xianxue.bureau.values.record import Record

_START: Final = Fraction(3, 5)
"""Below three fifths of the line nothing is given: a proposal, and the card says so."""
_HUNDRED: Final = 100
_STEP: Final = Fraction(1, 2)
_MARKS: Final = "panel: {at_least: 3, drop_highest: 1, drop_lowest: 1, drop_above: 4}"


class Naming(Record, kw_only=True):
    """What a workbook does not say of itself."""

    rubric: str
    term: str
    judges: str
    period: str
    document: str
    """The document's title."""
    issuer: str
    file: str
    """The workbook it came from."""


def card_text(system: System, guesses: Sequence[tuple[Item, Guess]], naming: Naming) -> str:
    """Write the card; each item on a line, as in the workbook."""
    by_item = {item.item: guess for item, guess in guesses}
    ident = naming.rubric.replace("_", "-")
    lines = [
        f"# 由 {naming.file} 导入的提案：看过、改过以后，用 appraise import 本文件 --keep 收下。",
        "# 标着“请核对”的行，来源或曲线是猜的。",
        f"- document: import-{ident}",
        f"  title: {_text(naming.document)}",
        f"  issuer: {_text(naming.issuer)}",
        "  seen: unverified",
        f"- rubric: {naming.rubric}",
        f"  term: {_text(naming.term)}",
        f"  judges: {naming.judges}",
        f"  period: {naming.period}",
        f"  points: {number(system.points)}",
    ]
    most = sum((_cap(one) for one in system.items if one.beside and not one.below), Fraction(0))
    lines += [f"  most: {number(system.points + most)}"] if most else []
    lines += ["  not_applicable: renormalise", "  items:"]
    for root in system.roots:
        lines += _items(root, "", by_item)
    lines += [
        "  rounding: {decimals: 2}",
        f"  note: {_text(f'由工作簿“{naming.file}”导入，来源和曲线由人核对。')}",
        f"  source: {{document: import-{ident}, seen: unverified}}",
    ]
    return "\n".join(lines) + "\n"


def _items(item: Item, under: str, guesses: dict[str, Guess]) -> Iterator[str]:
    line = item.line
    parts = [f"item: {item.item}"]
    parts += [f"number: {_text(line.number)}"] if line.number else []
    parts += [f"under: {under}"] if under else []
    parts += [f"term: {_text(line.term)}"]
    guess = guesses.get(item.item)
    if item.points is not None and not item.beside:
        parts.append(f"points: {number(item.points)}")
    if guess is not None:
        parts.append(f"from: {{{', '.join(_source(item, guess))}}}")
        rules = " ".join(line.how)
        parts += [f"note: {_text(rules)}"] if rules else []
    doubt = "" if guess is None or guess.sure else f"  # 请核对：{guess.why}"
    yield f"    - {{{', '.join(parts)}}}{doubt}"
    for one in item.below:
        yield from _items(one, item.item, guesses)


def _source(item: Item, guess: Guess) -> Iterator[str]:
    points = item.points or Fraction(0)
    yield f"kind: {guess.kind}"
    if guess.kind == "figure":
        yield f"indicator: {guess.name}"
        yield "combine: lowest"
        yield _line(guess.line or Fraction(_HUNDRED), points)
    elif guess.kind == "count":
        yield f"count: {guess.name}"
        yield f"each: {number(-(guess.each or Fraction(1)))}"
        yield f"cap: {number(points)}"
    elif guess.kind == "poll":
        yield f"ballot: {guess.name}"
        yield f"question: {guess.question}"
        yield _line(Fraction(_HUNDRED), points)
    elif guess.kind == "document":
        papers = (
            f"{{document: p{at}, term: {_text(paper)}}}"
            for at, paper in enumerate(guess.papers, start=1)
        )
        yield "proportion: true"
        yield f"documents: [{', '.join(papers)}]"
    elif guess.kind == "given":
        yield f"office: {_text(guess.office or '业务股室')}"
        yield "unit: percent"
        yield _line(guess.line or Fraction(_HUNDRED), points)
    elif guess.kind == "adjust":
        cap = number(_cap(item))
        yield f"cap: {cap}"
        yield f"floor: -{cap}"
    else:
        yield "step: 0.5" if points % _STEP == 0 else "step: 0.1"
        yield _MARKS


def _cap(item: Item) -> Fraction:
    """So many points at the most, beside the full ones: as the table says, else five."""
    return item.points or Fraction(5)


def _line(line: Fraction, points: Fraction) -> str:
    start = line * _START
    ends = f"{{at: {number(start)}, points: 0}}, {{at: {number(line)}, points: {number(points)}}}"
    return f"curve: {{curve: line, line: [{ends}]}}"


def _text(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    return json.dumps(str(text), ensure_ascii=False)
