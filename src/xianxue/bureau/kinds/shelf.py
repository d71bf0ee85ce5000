"""The shelf: everything that is declared, by kind and id, as rooms are handed it."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from xianxue.bureau.kinds.appraisal.contest import Contest
from xianxue.bureau.kinds.appraisal.eligibility import Eligibility
from xianxue.bureau.kinds.appraisal.escalation import Escalation
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.asked import Effort
from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.kinds.codes import CodeList, Split
from xianxue.bureau.kinds.covering.producers import Producers
from xianxue.bureau.kinds.deadline_rules import DeadlineRules
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.institutions import Institutions
from xianxue.bureau.kinds.exams.sampling import Norms, Scoring
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.genre import Genre, NoticeCard, PaperFormat
from xianxue.bureau.kinds.indicator import Choice, Indicator
from xianxue.bureau.kinds.ledgers.calendar import Calendar, SchoolCalendar
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.outline import Outline, Profile
from xianxue.bureau.kinds.plan.forecast import ForecastRules
from xianxue.bureau.kinds.plan.norms import PlanningNorms
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.kinds.sheets import tables_of
from xianxue.bureau.kinds.standard import Population, Standard
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.kinds.wordlist import Wordlist
from xianxue.bureau.law.citation import Citation, Source
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import say


class Shelf(Record, dict=True):
    """All cards in force for one workspace."""

    sources: dict[str, Source] = field(default_factory=dict[str, Source])
    codes: dict[str, CodeList] = field(default_factory=dict[str, CodeList])
    splits: dict[str, Split] = field(default_factory=dict[str, Split])
    forms: dict[str, Form] = field(default_factory=dict[str, Form])
    declared: dict[str, Table] = field(default_factory=dict[str, Table])
    """Tables that are no sheets of forms, by name."""
    indicators: dict[str, Indicator] = field(default_factory=dict[str, Indicator])
    choices: dict[str, Choice] = field(default_factory=dict[str, Choice])
    populations: dict[str, Population] = field(default_factory=dict[str, Population])
    standards: dict[str, Standard] = field(default_factory=dict[str, Standard])
    outlines: dict[str, Outline] = field(default_factory=dict[str, Outline])
    profiles: dict[str, Profile] = field(default_factory=dict[str, Profile])
    paper_formats: dict[str, PaperFormat] = field(default_factory=dict[str, PaperFormat])
    genres: dict[str, Genre] = field(default_factory=dict[str, Genre])
    notices: dict[str, NoticeCard] = field(default_factory=dict[str, NoticeCard])
    policies: dict[str, Policy] = field(default_factory=dict[str, Policy])
    lifecycles: dict[str, Lifecycle] = field(default_factory=dict[str, Lifecycle])
    wordlists: dict[str, Wordlist] = field(default_factory=dict[str, Wordlist])
    target_rules: dict[str, TargetRules] = field(default_factory=dict[str, TargetRules])
    deadline_rules: dict[str, DeadlineRules] = field(default_factory=dict[str, DeadlineRules])
    calendars: dict[str, Calendar] = field(default_factory=dict[str, Calendar])
    school_calendars: dict[str, SchoolCalendar] = field(default_factory=dict[str, SchoolCalendar])
    schemes: dict[str, Scheme] = field(default_factory=dict[str, Scheme])
    examinations: dict[str, Examination] = field(default_factory=dict[str, Examination])
    scorings: dict[str, Scoring] = field(default_factory=dict[str, Scoring])
    norms: dict[str, Norms] = field(default_factory=dict[str, Norms])
    institutions: dict[str, Institutions] = field(default_factory=dict[str, Institutions])
    samples: dict[str, SampleTable] = field(default_factory=dict[str, SampleTable])
    ballots: dict[str, Ballot] = field(default_factory=dict[str, Ballot])
    rubrics: dict[str, Rubric] = field(default_factory=dict[str, Rubric])
    ledgers: dict[str, Ledger] = field(default_factory=dict[str, Ledger])
    eligibilities: dict[str, Eligibility] = field(default_factory=dict[str, Eligibility])
    escalations: dict[str, Escalation] = field(default_factory=dict[str, Escalation])
    contests: dict[str, Contest] = field(default_factory=dict[str, Contest])
    efforts: dict[str, Effort] = field(default_factory=dict[str, Effort])
    coverages: dict[str, Producers] = field(default_factory=dict[str, Producers])
    forecasts: dict[str, ForecastRules] = field(default_factory=dict[str, ForecastRules])
    plannings: dict[str, PlanningNorms] = field(default_factory=dict[str, PlanningNorms])
    mappings: dict[str, Mapping] = field(default_factory=dict[str, Mapping])
    chosen: dict[str, str] = field(default_factory=dict[str, str])
    """Which option of a choice this workspace takes; the first where it is not named."""

    def indicator(self, name: str) -> Indicator | None:
        """Give the indicator with an id, or the option chosen for a choice; None if unknown."""
        choice = self.choices.get(name)
        if choice is not None:
            return self.indicators.get(self.chosen.get(name, choice.options[0]))
        return self.indicators.get(name)

    @cached_property
    def reports(self) -> dict[str, Outline]:
        """The outlines of texts about the county and its school year, which offices write together.

        What is written of one place or entry, a book of figures and a half-year's summary are
        written where somebody asks for them.
        """
        return {name: one for name, one in self.outlines.items() if one.together}

    def at(self, day: date) -> Shelf:
        """Give the shelf with each form as it is asked on a day: what a period is judged by."""
        shapes = {name: form.at(day) for name, form in self.forms.items()}
        if all(shape is self.forms[name] for name, shape in shapes.items()):
            return self
        # The same one for all days of the same editions: plans are kept by the shelf's identity.
        key = tuple(map(id, shapes.values()))
        if key not in self._of_days:
            self._of_days[key] = replace(self, forms=shapes)
        return self._of_days[key]

    @cached_property
    def _of_days(self) -> dict[tuple[int, ...], Shelf]:
        return {}

    def form_in(self, name: str, period: str) -> Form:
        """Give a form as it is asked in a period; KeyError where there is no such form."""
        return self.forms[name].at(Period.parse(period).reference_day)

    def sheet(self, name: str) -> tuple[Form, Sheet] | None:
        """Give the sheet with a name and the form it belongs to; sheet names are unique."""
        for form in self.forms.values():
            sheet = form.sheet(name)
            if sheet is not None:
                return form, sheet
        return None

    def asked_field(self, reference: str) -> tuple[Form, Sheet, Field] | None:
        """Give the field of a form that a ``sheet.field`` reference names, or None."""
        sheet_name, _, field_name = reference.partition(".")
        found = self.sheet(sheet_name)
        if found is None:
            return None
        asked = found[1].field(field_name)
        return None if asked is None else (*found, asked)

    @cached_property
    def tables(self) -> dict[str, Table]:
        """Every table figures can be counted from, by name: sheets of forms and all others."""
        sheets = (table for form in self.forms.values() for table in tables_of(form, self.codes))
        found: dict[str, Table] = {}
        for table in (*sheets, *self.declared.values()):
            # Where a name stands twice the first is meant, as everywhere; the door complains.
            found.setdefault(table.table, table)
        return found

    def table(self, name: str) -> Table | None:
        """Give the table with a name, or None."""
        return self.tables.get(name)

    def field(self, reference: str) -> tuple[Table, TableField] | None:
        """Give the field a ``table.field`` reference names, with its table, or None."""
        table_name, _, field_name = reference.partition(".")
        table = self.table(table_name)
        found = table.field(field_name) if table is not None else None
        return None if table is None or found is None else (table, found)

    def cite(self, citation: Citation) -> str:
        """Write a citation as Chinese text, with its doubt where there is one."""
        source = self.sources.get(citation.document)
        name = (source.name if source else citation.document) + citation.article
        if citation.local:
            name = say("{name}〔本地规定：{local}〕", name=name, local=citation.local)
        if not citation.seen.doubtful:
            return name
        return say("{name}（{seen}）", name=name, seen=citation.seen.term)
