"""What a document may speak of, and the complaints that come up while it is written."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Protocol

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.outline import Idiom
from xianxue.bureau.kinds.outlines.deeds import Deed
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.appraised import Appraised
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.records.happenings import Happening, Happenings, nothing_happened
from xianxue.bureau.records.occasion import COUNTY_ALONE, Occasion
from xianxue.bureau.records.planned import NOTHING_PLANNED, Planned
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report import naming
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field


class Lookup(Protocol):
    """Gives the figure of an indicator for a place and stage, or None where there is none."""

    def __call__(
        self, indicator: str, place: str, stage: Stage | None, slice_of: str = "", /
    ) -> Figure | None:
        """``slice_of``: ``dimension=code``; empty for the whole."""
        ...


def lookup_in(figures: Iterable[Figure]) -> Lookup:
    """Make a lookup of figures of one period."""
    table = {(one.indicator, one.place, one.stage, str(one.slice or "")): one for one in figures}

    def lookup(
        indicator: str, place: str, stage: Stage | None, slice_of: str = "", /
    ) -> Figure | None:
        return table.get((indicator, place, stage, slice_of))

    return lookup


Appraisals = Callable[[str], Appraised | None]
"""Gives the appraisal by a rubric; None where there is none, or nobody has handed one in."""


def no_appraisals(_rubric: str) -> Appraised | None:
    """Give none."""
    return None


class Row(Record):
    """What a table's row is about; its words are filled in where a template names them."""

    place: str = ""
    stage: Stage | None = None
    words: Mapping[str, Callable[[Slot], Runs]] = field(
        default_factory=dict[str, Callable[[Slot], Runs]]
    )


class Gap(Record):
    """A figure that a sentence needs and that is not known."""

    term: str
    missing: tuple[str, ...]
    """Whose returns it lacks; empty where there is nothing to be counted."""


class Group(Record):
    """Entries that are said in the same words."""

    runs: Runs
    entries: tuple[Happening, ...]


class Choice(Record):
    """A list of entries, and which of them are named."""

    deed: Deed
    named: tuple[Group, ...]
    """The first by the deed's order."""
    others: tuple[Group, ...]
    """What is counted and not named, the first of it first."""
    unsayable: int = 0
    """How many more cannot be said, because what a sentence needs was not filled in."""

    @property
    def total(self) -> int:
        """How many entries there are."""
        groups = (*self.named, *self.others)
        return self.unsayable + sum(len(group.entries) for group in groups)

    @property
    def whole(self) -> bool:
        """Whether all there is is named."""
        return not self.others and not self.unsayable


@dataclasses.dataclass
class Context:
    """Everything a sentence may speak of."""

    shelf: Shelf
    lookup: Lookup
    register: Register
    assessments: Mapping[str, Assessment]
    """Standard to its assessment."""
    period: Period
    on: date
    county_name: str
    targets: Sequence[Attainment] = ()
    """The targets of the period, and what has become of them."""
    phrases: Mapping[str, Idiom] = dataclasses.field(default_factory=dict[str, Idiom])
    """What the outline says by case, by name."""
    appraisals: Appraisals = no_appraisals
    planned: Planned = NOTHING_PLANNED
    """What a plan adds: supposed goals and money."""
    happenings: Happenings = nothing_happened
    deeds: Mapping[str, Deed] = dataclasses.field(default_factory=dict[str, Deed])
    """The outline's lists of what was done, by name."""
    chosen: dict[str, Choice] = dataclasses.field(default_factory=dict[str, Choice])
    """The lists that the text has come to hold, by name, and how they were chosen."""
    occasion: Occasion = COUNTY_ALONE
    subject: Mapping[str, Callable[[Slot], Runs]] = dataclasses.field(
        default_factory=dict[str, Callable[[Slot], Runs]]
    )
    """What the document names of the place or entry that it is about."""
    issues: list[Issue] = dataclasses.field(default_factory=list[Issue])
    gaps: list[Gap] = dataclasses.field(default_factory=list[Gap])
    """What the sentence that is being written cannot say."""
    tables: int = 0
    """How many tables have been written."""
    pictures: int = 0
    """How many pictures have been drawn."""
    _found: dict[str, dict[tuple[str, str], list[Finding]]] = dataclasses.field(
        default_factory=dict[str, dict[tuple[str, str], list[Finding]]]
    )

    @property
    def county(self) -> str:
        """The county's code."""
        return self.register.county.code

    @property
    def about(self) -> str:
        """The place that the document is about; empty for one about the county."""
        return self.occasion.subject.place if self.occasion.subject is not None else ""

    @property
    def counted_on(self) -> date:
        """The day as of which places are what they are: that of the period, not of the text."""
        return self.period.reference_day

    def refuse(self, code: str, saw: str, required: str, do: str = "") -> None:
        """Complain once; the document is not made then."""
        severity = Severity.MUST_FIX
        issue = Issue(code=code, severity=severity, saw=saw, required=required, do=do)
        # The same slot may stand in every row of a table.
        if issue not in self.issues:
            self.issues.append(issue)

    def word(self, name: str) -> str:
        """Give a word about the whole document; empty for what is none."""
        if name == "next_table":
            return f"表{self.tables + 1}"
        return self._words.get(name, "")

    @cached_property
    def _words(self) -> dict[str, str]:
        # Asked for every slot of every row of a table, and always the same.
        # A report is of the calendar year in which its figures were counted.
        year = Period.on("calendar_year", self.counted_on)
        return {
            "county": self.county_name,
            "period": self.period.term,
            "next_period": self.period.after().term,
            "year": str(year.start.year),
            "next_year": str(year.after().start.year),
            "reference_day": chinese_day(self.period.reference_day),
            "day": chinese_day(self.on),
        }

    def findings(self, standard: str, criterion: str, place: str) -> list[Finding]:
        """Give the findings on a criterion, for one place or (empty) for all, in their order."""
        if standard not in self._found:
            index = self._found[standard] = {}
            assessment = self.assessments[standard]
            for finding in (*assessment.findings, *assessment.spread):
                index.setdefault((finding.criterion, ""), []).append(finding)
                index.setdefault((finding.criterion, finding.place), []).append(finding)
        return self._found[standard].get((criterion, place), [])

    def who(self, missing: tuple[str, ...], number: Claim | None) -> Runs:
        """Name those whose numbers are missing: 甲小学、乙小学、丙小学等8所学校.

        ``number`` is how many schools they are; the county's own return is none.
        """
        schools = [code for code in missing if code != self.county]
        names = naming.listed(schools, self.register)
        if not schools:
            return ("县级报表",)
        if len(schools) < len(missing):
            kind = naming.kind_of(schools, self.register, self.counted_on)
            many = (number or str(len(schools)), f"所{kind}") if len(schools) > 1 else ()
            return (f"县级报表和{names}", *many)
        if len(schools) == 1:
            return (names,)
        kind = naming.kind_of(schools, self.register, self.counted_on)
        return (names, number or str(len(schools)), f"所{kind}")


def chinese_day(day: date) -> str:
    """Write a date with Arabic numerals and without leading zeros.

    >>> chinese_day(date(2025, 9, 1))
    '2025年9月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"
