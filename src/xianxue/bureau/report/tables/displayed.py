"""Blocks that are no prose: tables, pictures, the parts of a field, a book of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xianxue.bureau.kinds import outline as cards
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.pictures.bars import picture
from xianxue.bureau.report.sentence import write
from xianxue.bureau.report.statements import of_targets
from xianxue.bureau.report.tables import book, subject_rows
from xianxue.bureau.report.tables.tables import table
from xianxue.bureau.report.text import Block, Heading, Paragraph, Runs, plain

Head = Callable[[int, Runs], Heading]
"""Gives a numbered heading."""


def displayed(context: Context, block: cards.Block, head: Head) -> Iterator[Block]:
    """Set what a block shows beside prose; nothing where it shows nothing."""
    if block.table is not None:
        yield from _table(context, block, block.table)
    if block.picture is not None:
        yield from picture(context, block.picture)
    if block.parts_of:
        yield from _parts(context, block)
    if block.book:
        for section in book.sections(context):
            yield head(block.level, (section.heading,))
            yield from section.pictures
            yield section.table
    if block.targets is not None:
        for runs in of_targets.paragraphs(context, context.targets):
            yield Paragraph(runs)


def _table(context: Context, block: cards.Block, card: cards.TableBlock) -> Iterator[Block]:
    """Write a table; where it has no rows, what is written otherwise."""
    made = table(context, card, context.tables + 1)
    if not made.rows and block.otherwise:
        yield Paragraph(write(context, block.otherwise))
        return
    context.tables += 1
    yield made


def _parts(context: Context, block: cards.Block) -> Iterator[Block]:
    """Write the parts of a field as numbered paragraphs; one alone has no number."""
    tell = context.subject.get(block.parts_of)
    pieces = list(subject_rows.parts(plain(tell(Slot(block.parts_of)) if tell else ())))
    for position, piece in enumerate(pieces, start=1):
        number = f"{chinese(position)}、" if len(pieces) > 1 else ""
        yield Paragraph((f"{number}{piece}。",))
    if not pieces and block.otherwise:
        yield Paragraph(write(context, block.otherwise))
