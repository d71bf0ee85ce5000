"""Which sentences of a document are not what they were: what is printed, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report.compose import Composed
from xianxue.bureau.report.text import Block, Paragraph, Run, Runs, TextTable, plain
from xianxue.bureau.values.record import Record

_ENDS = "。；"
"""A sentence of an official text ends so; a long one is read in its parts."""


class Sentence(Record):
    """One sentence, or one row of a table, as printed."""

    text: str
    under: str = ""
    """The heading, or the caption of the table, that it stands under."""
    claims: tuple[str, ...] = ()
    """The keys of the numbers in it."""


class SentenceChange(Record):
    """A sentence of one document; None where there was or is none."""

    outline: str
    term: str
    """The document's name."""
    before: Sentence | None
    after: Sentence | None


def changed_sentences(
    outline: str, term: str, before: Sequence[Sentence], after: Sequence[Sentence]
) -> list[SentenceChange]:
    """List the sentences that are printed otherwise, in the order of the later text."""
    old, new = before, after
    # Most of it is the same: what begins and ends alike is not looked through again.
    start, end = _alike(old, new)
    mine, theirs = old[start : len(old) - end], new[start : len(new) - end]
    texts = [one.text for one in mine], [one.text for one in theirs]
    found: list[SentenceChange] = []
    for what, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = max(b - a, d - c)
        found += [
            SentenceChange(
                outline,
                term,
                mine[a + n] if a + n < b else None,
                theirs[c + n] if c + n < d else None,
            )
            for n in range(pairs)
        ]
    return found


def _alike(old: Sequence[Sentence], new: Sequence[Sentence]) -> tuple[int, int]:
    """Count the sentences that are the same at the beginning and at the end."""
    least = min(len(old), len(new))
    start = next((n for n in range(least) if old[n].text != new[n].text), least)
    rest = least - start
    end = next((n for n in range(rest) if old[-1 - n].text != new[-1 - n].text), rest)
    return start, end


def sentences(composed: Composed) -> list[Sentence]:
    """Give the sentences of a document; one that may not be written has none."""
    text = composed.text
    if text is None:
        return []
    found = [Sentence(text.title.replace("\n", "")), Sentence(text.subtitle)]
    under = ""
    for block in (*text.coverage, *text.blocks, *text.notes):
        if not isinstance(block, Paragraph | TextTable):
            under = plain(block.runs)
        found += _of_block(block, under)
    return [one for one in found if one.text]


def _of_block(block: Block, under: str) -> Iterator[Sentence]:
    if isinstance(block, TextTable):
        yield Sentence(block.caption, under)
        for row in block.rows:
            said = "｜".join(plain(cell) for cell in row)
            yield Sentence(said, block.caption, _keys(tuple(run for cell in row for run in cell)))
        yield Sentence(block.note, under)
    elif isinstance(block, Paragraph):
        for runs in _divided(block.runs):
            yield Sentence(plain(runs), under, _keys(runs))
    else:
        yield Sentence(f"{block.number}{plain(block.runs)}", under, _keys(block.runs))


def _divided(runs: Runs) -> Iterator[Runs]:
    """Divide a paragraph into its sentences; a number never ends one."""
    mine: list[Run] = []
    for run in runs:
        if isinstance(run, Claim):
            mine.append(run)
            continue
        rest = run
        while cut := _end_of(rest):
            mine.append(rest[:cut])
            yield tuple(mine)
            mine, rest = [], rest[cut:]
        if rest:
            mine.append(rest)
    if mine:
        yield tuple(mine)


def _end_of(text: str) -> int:
    """Give where the first sentence of a text ends; 0 where none does."""
    found = [text.find(end) for end in _ENDS]
    return min((at + 1 for at in found if at >= 0), default=0)


def _keys(runs: Runs) -> tuple[str, ...]:
    return tuple(dict.fromkeys(run.key for run in runs if isinstance(run, Claim)))
