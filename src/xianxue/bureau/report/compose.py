"""Outlines filled: from a declared outline to the text of one county's document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds import outline as cards
from xianxue.bureau.kinds.outlines.deeds import Style
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.finding import Assessment, Verdict
from xianxue.bureau.records.happenings import Happenings, nothing_happened
from xianxue.bureau.records.occasion import COUNTY_ALONE, Occasion
from xianxue.bureau.records.planned import NOTHING_PLANNED, Planned
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report import notes, prose, subjects, unreported
from xianxue.bureau.report.context import Appraisals, Context, Gap, Lookup, no_appraisals
from xianxue.bureau.report.deeds import points
from xianxue.bureau.report.numbering import Numbering
from xianxue.bureau.report.sentence import write
from xianxue.bureau.report.statements.of_findings import select
from xianxue.bureau.report.tables import planned as plans
from xianxue.bureau.report.tables import subject_rows
from xianxue.bureau.report.tables.displayed import displayed
from xianxue.bureau.report.tables.reviewed import review_table
from xianxue.bureau.report.text import Block, Heading, Paragraph, Runs, Text, plain
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

# Official documents have four levels of headings; a fifth has no number to bear.
_DEEPEST: Final = 4
NO_TEXTS: Final[Mapping[str, Sequence[str]]] = {}


class Composed(Record):
    """A document's text; None where something in it may not be written."""

    text: Text | None
    issues: list[Issue]
    missing: tuple[str, ...] = ()
    """Those without whose returns a paragraph or a verdict had to stay open."""
    unwritten: tuple[cards.Free, ...] = ()
    """The passages for which no office has written anything yet."""
    origins: tuple[int, ...] = ()
    """For each block of the text, the outline's block that it was written from."""


def compose(  # noqa: PLR0913  # everything a document speaks of, each handed in by its own name
    outline: cards.Outline,
    *,
    shelf: Shelf,
    figures: Lookup,
    assessments: Sequence[Assessment],
    register: Register,
    period: Period,
    on: date,
    county: str = "",
    targets: Sequence[Attainment] = (),
    texts: Mapping[str, Sequence[str]] = NO_TEXTS,
    appraisals: Appraisals = no_appraisals,
    planned: Planned = NOTHING_PLANNED,
    happenings: Happenings = nothing_happened,
    occasion: Occasion = COUNTY_ALONE,
    style: str = "",
) -> Composed:
    """Write a document about a period, dated ``on``.

    ``county`` is the name printed; empty for the register's own. A supposed figure, a figure or
    finding that does not exist and a template that cannot be read are issues, and no text is
    made then. An undetermined figure is no issue: the paragraph that needs it is left open, and a
    page before the text says whose numbers are missing. ``texts`` are the offices' own passages,
    paragraph by paragraph, by the name of their slot. ``style`` is one of the outline's, empty for
    its first; KeyError for another.
    """
    by_standard = {one.standard: one for one in assessments}
    context = context_of(
        outline,
        shelf=shelf,
        figures=figures,
        assessments=assessments,
        register=register,
        period=period,
        on=on,
        county=county,
        targets=targets,
        appraisals=appraisals,
        planned=planned,
        happenings=happenings,
        occasion=occasion,
    )
    leans_on = [by_standard[one] for one in outline.standards if one in by_standard]
    writer = Writer(context, outline, texts, points.style_of(outline.styles, style))
    found = [(at, made) for at, block in enumerate(outline.blocks) for made in writer.block(block)]
    blocks = tuple(made for _, made in found)
    text = Text(
        title=plain(write(context, outline.title)),
        addressee=plain(write(context, outline.addressee)),
        blocks=blocks,
        signature=plain(write(context, outline.signature)),
        on=on,
        name=outline.term,
        period=period.code,
    )
    # Only now: subtitle and notes speak of the numbers that the text has come to hold.
    claims = list(text.claims())
    finished = Text(
        title=text.title,
        subtitle=notes.subtitle(claims),
        addressee=text.addressee,
        blocks=text.blocks,
        coverage=unreported.page(context, writer.open, leans_on),
        notes=notes.notes(context, claims, leans_on),
        signature=text.signature,
        on=on,
        name=text.name,
        period=text.period,
    )
    return Composed(
        None if context.issues else finished,
        context.issues,
        unreported.everybody(writer.open, leans_on),
        tuple(writer.unwritten),
        tuple(at for at, _ in found),
    )


def context_of(  # noqa: PLR0913  # as for composing
    outline: cards.Outline,
    *,
    shelf: Shelf,
    figures: Lookup,
    assessments: Sequence[Assessment],
    register: Register,
    period: Period,
    on: date,
    county: str = "",
    targets: Sequence[Attainment] = (),
    appraisals: Appraisals = no_appraisals,
    planned: Planned = NOTHING_PLANNED,
    happenings: Happenings = nothing_happened,
    occasion: Occasion = COUNTY_ALONE,
) -> Context:
    """Give everything that sentences of an outline may speak of."""
    by_standard = {one.standard: one for one in assessments}
    name = county or register.county.name
    phrases = {one.phrase: one for one in outline.phrases}
    context = Context(
        shelf,
        figures,
        register,
        by_standard,
        period,
        on,
        name,
        targets,
        phrases=phrases,
        appraisals=appraisals,
        planned=planned,
        happenings=happenings,
        deeds={one.deed: one for one in outline.deeds},
        occasion=occasion,
    )
    if occasion.subject is not None:
        context.subject = subjects.words_of(context, occasion.subject)
    return context


@dataclass
class Writer:
    """Goes through an outline's blocks in order."""

    context: Context
    outline: cards.Outline
    texts: Mapping[str, Sequence[str]]
    style: Style = points.PLAIN
    numbering: Numbering = field(default_factory=Numbering)
    open: list[Gap] = field(default_factory=list[Gap])
    """What could not be said anywhere."""
    unwritten: list[cards.Free] = field(default_factory=list[cards.Free])

    def block(self, block: cards.Block) -> Iterator[Block]:
        """Write one block; nothing where it is not called for."""
        if not self.holds(block):
            return
        if block.heading:
            yield self._heading(block.level, self._headed(block))
        if block.points:
            yield from self._points(block)
        if block.text:
            yield from self._text(block.text)
        if block.free is not None:
            yield from self._free(block.free)
        yield from displayed(self.context, block, self._heading)
        if block.findings is not None:
            yield from self._findings(block)
        if block.planned is not None:
            yield from self._planned(block)

    def _text(self, template: str) -> Iterator[Paragraph]:
        """Write a paragraph; one that cannot be written whole is left open, never half."""
        # Headings and cells have noted theirs before; a paragraph answers for its own alone.
        self.context.gaps.clear()
        runs = write(self.context, template)
        gaps = list(dict.fromkeys(self.context.gaps))
        self.context.gaps.clear()
        if gaps:
            self.open.extend(gaps)
            yield Paragraph(unreported.gap(self.context, gaps))
        # A paragraph of which every part could be left out says nothing, and leaves only its marks.
        elif plain(runs).strip("。，；"):
            yield Paragraph(runs)

    def templates(self, block: cards.Block) -> list[str]:
        """Give the prose of a block as templates, of points what has something to say."""
        if block.points:
            return points.templates(self.context, block.points, self.style)
        return [block.text] if block.text else []

    def _points(self, block: cards.Block) -> Iterator[Paragraph]:
        for template in points.templates(self.context, block.points, self.style):
            yield from self._text(template)

    def _headed(self, block: cards.Block) -> Runs:
        """Give a heading, or its headline where the style has such and all of it is there."""
        if self.style.headlines and block.headline:
            said = points.told(self.context, block.headline)
            if said:
                # What is a sentence on the card has no full stop as a heading.
                return write(self.context, said[0].rstrip("。"))
        return write(self.context, block.heading)

    def _nothing_below(self, block: cards.Block) -> bool:
        """Whether a heading stands above blocks none of which has anything to say."""
        at = next(at for at, one in enumerate(self.outline.blocks) if one is block) + 1
        below = list(takewhile(lambda one: not one.heading, self.outline.blocks[at:]))
        said = (self.holds(one) and (not one.points or self.templates(one)) for one in below)
        return bool(below) and not any(said)

    def _free(self, free: cards.Free) -> Iterator[Paragraph]:
        written = [one.strip() for one in self.texts.get(free.slot, ()) if one.strip()]
        if not written:
            self.unwritten.append(free)
            written = [f"[股室填写：{free.about}（{free.owner}）]"]
        yield from (Paragraph((one,)) for one in written)

    def _planned(self, block: cards.Block) -> Iterator[Block]:
        """Write what is supposed and who does what; no table where there is nothing."""
        number = self.context.tables + 1
        if block.planned == "goals":
            made = plans.goals_table(self.context, self.outline, number)
        elif block.planned == "review":
            made = review_table(self.context, self.outline, number)
        else:
            made = plans.tasks_table(self.context, self._judged(block), self.outline, number)
        if made is not None:
            self.context.tables = number
            yield made

    def _heading(self, level: int, runs: Runs) -> Heading:
        return Heading(level, self.numbering.next(level), runs)

    def _findings(self, block: cards.Block) -> Iterator[Block]:
        say = prose.problems if block.findings == "problems" else prose.measures
        sections = say(self.context, self._judged(block), self.outline)
        level = min(self.numbering.level + 1, _DEEPEST)
        for section in sections:
            yield self._heading(level, (section.heading,))
            yield from (Paragraph(runs) for runs in section.paragraphs)
        if not sections and block.otherwise:
            yield Paragraph(write(self.context, block.otherwise))

    def _judged(self, block: cards.Block) -> list[Assessment]:
        """Give the assessments a block looks at; one that was not made is an issue."""
        found: list[Assessment] = []
        for name in block.standards or self.outline.standards:
            assessment = self.context.assessments.get(name)
            if assessment is None:
                saw = f"“{self.outline.term}”要用“{name}”的评估结果，但这次没有评估"
                self.context.refuse("W-STANDARD", saw, "先按该标准评估，再写文稿")
            else:
                found.append(assessment)
        return found

    def _came_to_something(self, indicator: str) -> bool:
        figure = self.context.lookup(indicator, self.context.county, None)
        return figure is not None and bool(figure.value)

    def holds(self, block: cards.Block) -> bool:
        """Whether a block is written at all."""
        if block.any_of and not any(map(self._came_to_something, block.any_of)):
            return False
        if block.rubric and self.context.appraisals(block.rubric) is None:
            return False
        if block.heading and self._nothing_below(block):
            return False
        return not block.when or self._so(block)

    def _so(self, block: cards.Block) -> bool:
        """Whether things stand as a block asks for."""
        if block.when == "any_targets":
            return bool(self.context.targets)
        if block.when in {"owing", "not_owing"}:
            return bool(subject_rows.what_is_owed(self.context)) == (block.when == "owing")
        judged = self._judged(block)
        whole = [one.verdict for one in judged]
        findings = [finding for one in judged for finding in one.findings]
        spread = [finding for one in judged for finding in one.spread]
        not_met = Verdict.NOT_MET in whole
        judged_at_all = any(one.verdict in {Verdict.MET, Verdict.NOT_MET} for one in findings)
        return {
            "met": all(verdict is Verdict.MET for verdict in whole),
            "not_met": not_met,
            # One standard that is not met settles it, whatever is still to be reported for others.
            "undetermined": not not_met and Verdict.UNDETERMINED in whole,
            "any_not_met": bool(select(findings, Verdict.NOT_MET)),
            # Of what nothing could be judged nobody can say that it lacks nothing.
            "none_not_met": judged_at_all and not select(findings, Verdict.NOT_MET),
            "none_judged": not judged_at_all,
            "any_undetermined": bool(select(findings + spread, Verdict.UNDETERMINED)),
            "spread_not_met": bool(select(spread, Verdict.NOT_MET)),
            # Of no school at all nothing is within a limit.
            "spread_met": bool(spread)
            and all(finding.verdict is Verdict.MET for finding in spread),
        }[block.when]
