"""The sections of an outline: what is written in each, and the outline with the offices' own text.

A section is a heading with what stands under it, up to the next; before the first heading stands
the opening. A slot that an office fills is a part of its own, for it has an owner of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from xianxue.bureau.kinds.outline import Block, Outline
from xianxue.bureau.values.record import Record, replace

OPENING: Final = "开头"
"""What stands before the first heading."""
CONTRIBUTED: Final = "供稿："
"""What the name of a slot's part begins with."""


class Section(Record):
    """One part of a report that somebody writes."""

    key: str
    """Its heading, or ``供稿：`` and the name of its slot."""
    title: str
    level: int
    """0 for the opening; a contribution has the level of where it stands."""
    blocks: tuple[int, ...]
    """The outline's blocks that belong to it."""
    owner: str = ""
    """The office that the card names."""
    about: str = ""
    """What a contribution is about."""
    slot: str = ""
    prose: bool = False
    """Whether there is prose in it to be edited; tables and findings write themselves."""


def sections_of(outline: Outline) -> tuple[Section, ...]:
    """Give the parts of an outline in the order in which they are read."""
    return tuple(_sections(outline))


def _sections(outline: Outline) -> Iterator[Section]:
    names: Counter[str] = Counter()
    key, title, level, own = OPENING, OPENING, 0, list[int]()
    later: list[Section] = []

    def made() -> Iterator[Section]:
        prose = any(outline.blocks[at].text or outline.blocks[at].points for at in own)
        first = own[0] if own else len(outline.blocks)
        yield from (one for one in later if one.blocks[0] < first)
        if own:
            yield Section(key, title, level, tuple(own), prose=prose)
        yield from (one for one in later if one.blocks[0] > first)

    for at, block in enumerate(outline.blocks):
        if block.heading:
            yield from made()
            names[block.heading] += 1
            again = names[block.heading]
            title, level, own, later = block.heading, block.level, [at], []
            key = title if again == 1 else f"{title}（{again}）"
        elif block.free is not None:
            free = block.free
            later.append(
                Section(
                    f"{CONTRIBUTED}{free.slot}",
                    str(free.about),
                    level,
                    (at,),
                    str(free.owner),
                    str(free.about),
                    free.slot,
                    prose=True,
                )
            )
        else:
            own.append(at)
    yield from made()


class Applied(Record):
    """An outline with the offices' own text, and whose each of its blocks is."""

    outline: Outline
    of: tuple[str, ...]
    """For each block, the key of its section."""


def applied(outline: Outline, texts: Mapping[str, str]) -> Applied:
    """Give the outline with what offices have written in place of its own prose.

    ``texts``: by section, paragraph by line, as templates. Tables and findings stay where they are.
    """
    instead: dict[int, tuple[Block, ...]] = {}
    whose: dict[int, str] = {}
    for section in sections_of(outline):
        whose |= dict.fromkeys(section.blocks, section.key)
        text = texts.get(section.key)
        if text is None:
            continue
        blocks = outline.blocks
        prose = [
            at for at in section.blocks if blocks[at].text or blocks[at].points or section.slot
        ]
        paragraphs = tuple(Block(text=line) for line in text.split("\n") if line)
        instead |= dict.fromkeys(prose, ())
        # Where there was prose first, or right under the heading.
        if prose and paragraphs:
            instead[prose[0]] = paragraphs
        elif prose and section.slot:
            # Nothing written is still asked for.
            del instead[prose[0]]
        elif section.blocks and paragraphs:
            first = section.blocks[0]
            instead[first] = (outline.blocks[first], *paragraphs)
    made = [
        (block, whose[at])
        for at, old in enumerate(outline.blocks)
        for block in instead.get(at, (old,))
    ]
    blocks = [block for block, _ in made]
    return Applied(replace(outline, blocks=blocks), tuple(key for _, key in made))
