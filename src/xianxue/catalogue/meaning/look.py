"""All cards at once: what a reference names, and the complaint where it names nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS, Unit
from xianxue.catalogue.meaning.columns import (
    Columns,
    attribute_columns,
    place_columns,
    row_columns,
)
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.reading import Cards
from xianxue.catalogue.wording import from_list, instead, meant

Asked = tuple[Form, Sheet, Field]

_REFERENCES: Final = {
    "document": ("C-SOURCE", say("文件"), say("sources 里有一张 document 卡片")),
    "codes": ("C-CODES", say("代码表"), say("codes 里有一张 codes 卡片")),
    "split": ("C-SPLIT", say("折算办法"), say("codes 里有一张 split 卡片")),
    "population": ("C-POPULATION", say("统计范围"), say("standards 里有一张 population 卡片")),
    "standard": ("C-STANDARD", say("标准"), say("standards 里有一张 standard 卡片")),
    "indicator": ("C-INDICATOR", say("指标"), say("indicators 里有一张 indicator 或 choice 卡片")),
    "form": ("C-FORM", say("报表"), say("forms 里有一张 form 卡片")),
    "lifecycle": ("C-LIFECYCLE", say("报送流程"), say("forms 里有一张 lifecycle 卡片")),
    "policy": ("C-POLICY", say("权限"), say("policies 里有一张 policy 卡片")),
    "format": ("C-FORMAT", say("公文格式"), say("official 里有一张 format 卡片")),
    "scheme": ("C-SCHEME", say("赋分办法"), say("exams 里有一张 scheme 卡片")),
    "exam": ("C-EXAM", say("考试种类"), say("exams 里有一张 exam 卡片")),
    "scoring": ("C-NORMS", say("计分办法"), say("exams 里有一张 scoring 卡片")),
    "sample": ("C-SAMPLE", say("抽样表"), say("ballots 里有一张 sample 卡片")),
    "ballot": ("C-BALLOT", say("测评和调查"), say("ballots 里有一张 ballot 卡片")),
    "ledger": ("C-LEDGER", say("台账"), say("ledgers 里有一张 ledger 卡片")),
    "rubric": ("C-RUBRIC", say("评价细则"), say("rubrics 里有一张 rubric 卡片")),
    "escalation": (
        "C-ESCALATION",
        say("逐次加重的卡片"),
        say("escalations 里有一张 escalation 卡片"),
    ),
    "genre": ("C-GENRE", say("文种"), say("official 里有一张 genre 卡片")),
    "outline": ("C-OUTLINE", say("提纲"), say("outlines 里有一张 outline 卡片")),
}
"""A kind to the code of its complaint, its Chinese noun and what is required."""


class Look:
    """The shelf as the checks look at it, and the complaints they make."""

    def __init__(self, shelf: Shelf, cards: Cards) -> None:
        self.shelf = shelf
        self.cards = cards
        self.issues: list[Issue] = []
        self._row_columns: dict[str, Columns] = {}

    def with_form(self, form: Form) -> Look:
        """Give a look at the same cards with one form as it is in one of its editions."""
        if self.shelf.forms.get(form.form) is form:
            return self
        forms = {**self.shelf.forms, form.form: form}
        look = Look(replace(self.shelf, forms=forms), self.cards)
        look.issues = self.issues
        return look

    @cached_property
    def place_columns(self) -> Columns:
        """The columns of places, by which rules are told apart."""
        return place_columns(self.shelf.tables.values(), self.shelf.codes)

    @cached_property
    def attribute_columns(self) -> Columns:
        """The columns of the register itself."""
        return attribute_columns(self.shelf.codes)

    def row_columns(self, table: Table) -> Columns:
        """Give the columns of a table's rows."""
        columns = self._row_columns.get(table.table)
        if columns is None:
            columns = self._row_columns[table.table] = row_columns(table, self.shelf.codes)
        return columns

    def each(self, kind: str) -> Iterable[tuple[Spot, Any]]:
        """Go through all cards of a kind with their places."""
        for name, card in self.cards.by_kind[kind].items():
            yield Spot(self.cards.origins[kind, name], self.issues), card

    def refer(self, at: Spot, kind: str, name: str) -> bool:
        """Whether a card is there; where nobody wrote it, complain."""
        known = self.cards.by_kind[kind]
        # A ledger's own lists are codes, and no cards of their own.
        if name in known or (kind == "codes" and name in self.shelf.codes):
            return True
        # One broken card is one complaint, not one more for each card that refers to it.
        if (kind, name) not in self.cards.unread:
            code, noun, required = _REFERENCES[kind]
            at.complain(
                code,
                say("没有{noun}“{name}”", noun=noun, name=name),
                required,
                instead(name, known),
            )
        return False

    def unit(self, at: Spot, code: str) -> Unit | None:
        """Give the unit with a code, or complain."""
        unit = UNITS.get(code)
        if unit is None:
            terms = {known: one.term for known, one in UNITS.items()}
            saw = say("没有计量单位“{code}”", code=code)
            at.complain("C-UNIT", saw, say("单位表里的计量单位"), from_list(code, terms))
        return unit

    def code_list(self, at: Spot, name: str) -> CodeList | None:
        """Give the code list with an id, or complain."""
        return self.shelf.codes[name] if self.refer(at, "codes", name) else None

    def table(self, at: Spot, name: str) -> Table | None:
        """Give the table with a name, or complain."""
        tables = self.shelf.tables
        # A reference does not say of which kind its table is.
        unread = {("sheet", name), ("table", name)} & self.cards.unread
        if name not in tables and not unread:
            required = say("表式里有这张表（写 sheet 的编号）")
            at.complain("C-SHEET", say("没有表“{name}”", name=name), required, meant(name, tables))
        return tables.get(name)

    def field(self, at: Spot, reference: str) -> tuple[Table, TableField] | None:
        """Give the field a ``table.field`` reference names, or complain."""
        table_name, dot, field_name = reference.partition(".")
        if not dot:
            required = say("写作“表.栏”，例如 classes.pupils")
            at.complain(
                "C-FIELD",
                say("“{reference}”没有写明是哪张表", reference=reference),
                required,
                self._like(reference),
            )
            return None
        table = self.table(at, table_name)
        if table is None:
            return None
        field = table.field(field_name)
        if field is None:
            saw = say(
                "表“{table_name}”（{term}）没有栏“{field_name}”",
                table_name=table_name,
                term=table.term,
                field_name=field_name,
            )
            do = instead(field_name, [one.field for one in table.fields])
            at.complain("C-FIELD", saw, say("这张表里有的栏"), do)
            return None
        return table, field

    def asked_field(self, at: Spot, reference: str) -> Asked | None:
        """Give the field of a form that a ``sheet.field`` reference names, or complain."""
        found = self.field(at, reference)
        if found is None:
            return None
        asked = self.shelf.asked_field(reference)
        if asked is None:
            saw = say("表“{table}”不是报表里的表，没有人填", table=found[0].table)
            at.complain("C-SHEET", saw, say("报表里的表"))
        return asked

    def _like(self, name: str) -> str:
        references = [
            f"{table.table}.{field.field}"
            for table in self.shelf.tables.values()
            for field in table.fields
            if field.field == name
        ]
        return say("是不是“{references}”？", references=references[0]) if references else ""

    def indicators(self, at: Spot, name: str) -> list[Indicator]:
        """Give the indicator with an id, or all options of a choice; complain where there is none.

        An option that is not there is the choice's own complaint.
        """
        choice = self.shelf.choices.get(name)
        if choice is not None:
            known = self.shelf.indicators
            return [known[option] for option in choice.options if option in known]
        if ("choice", name) in self.cards.unread:
            return []
        return [self.shelf.indicators[name]] if self.refer(at, "indicator", name) else []

    def known_codes(self, at: Spot, codes: Iterable[str], allowed: CodeList | None) -> None:
        """Complain of each code that is not in a list."""
        if allowed is not None:
            entries = {entry.code: entry.term for entry in allowed.entries}
            for index, code in enumerate(codes):
                self.known_code(at.at(index), code, entries, allowed.term)

    def known_code(self, at: Spot, code: str, allowed: Mapping[str, str], term: str) -> None:
        """Complain of a code that is not among those allowed."""
        if code not in allowed:
            saw = say("“{term}”里没有代码“{code}”", term=term, code=code)
            at.complain("C-CODE", saw, say("用代码表里的代码"), from_list(code, allowed))
