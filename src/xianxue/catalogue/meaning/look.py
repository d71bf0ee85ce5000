"""All cards at once: what a reference names, and the complaint where it names nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.units import UNITS, Unit
from xianxue.catalogue.meaning.columns import (
    Columns,
    attribute_columns,
    place_columns,
    row_columns,
)
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.reading import Cards
from xianxue.catalogue.wording import instead, meant

Place = tuple[Form, Sheet]
Asked = tuple[Form, Sheet, Field]

_REFERENCES: Final = {
    "document": ("C-SOURCE", "文件", "sources 里有一张 document 卡片"),
    "codes": ("C-CODES", "代码表", "codes 里有一张 codes 卡片"),
    "split": ("C-SPLIT", "折算办法", "codes 里有一张 split 卡片"),
    "population": ("C-POPULATION", "统计范围", "standards 里有一张 population 卡片"),
    "standard": ("C-STANDARD", "标准", "standards 里有一张 standard 卡片"),
    "indicator": ("C-INDICATOR", "指标", "indicators 里有一张 indicator 或 choice 卡片"),
    "form": ("C-FORM", "报表", "forms 里有一张 form 卡片"),
    "lifecycle": ("C-LIFECYCLE", "报送流程", "forms 里有一张 lifecycle 卡片"),
    "policy": ("C-POLICY", "权限", "policies 里有一张 policy 卡片"),
}
"""A kind to the code of its complaint, its Chinese noun and what is required."""


class Look:
    """The shelf as the checks look at it, and the complaints they make."""

    def __init__(self, shelf: Shelf, cards: Cards) -> None:
        self.shelf = shelf
        self.cards = cards
        self.issues: list[Issue] = []
        self._row_columns: dict[int, Columns] = {}
        self.sheets: dict[str, Place] = {}
        for form in shelf.forms.values():
            for sheet in form.sheets:
                self.sheets.setdefault(sheet.sheet, (form, sheet))

    @cached_property
    def place_columns(self) -> Columns:
        """The columns of places, by which rules are told apart."""
        return place_columns((sheet for _, sheet in self.sheets.values()), self.shelf.codes)

    @cached_property
    def attribute_columns(self) -> Columns:
        """The columns of the register itself."""
        return attribute_columns(self.shelf.codes)

    def row_columns(self, sheet: Sheet) -> Columns:
        """Give the columns of a sheet's rows."""
        columns = self._row_columns.get(id(sheet))
        if columns is None:
            columns = self._row_columns[id(sheet)] = row_columns(sheet, self.shelf.codes)
        return columns

    def each(self, kind: str) -> Iterable[tuple[Spot, Any]]:
        """Go through all cards of a kind with their places."""
        for name, card in self.cards.by_kind[kind].items():
            yield Spot(self.cards.origins[kind, name], self.issues), card

    def refer(self, at: Spot, kind: str, name: str) -> bool:
        """Whether a card is there; where nobody wrote it, complain."""
        known = self.cards.by_kind[kind]
        if name in known:
            return True
        if (kind, name) not in self.cards.unread:
            code, noun, required = _REFERENCES[kind]
            at.complain(code, f"没有{noun}“{name}”", required, instead(name, known))
        return False

    def unit(self, at: Spot, code: str) -> Unit | None:
        """Give the unit with a code, or complain."""
        unit = UNITS.get(code)
        if unit is None:
            required = "计量单位在程序的单位表（bureau/values/units.py）之内"
            at.complain("C-UNIT", f"没有计量单位“{code}”", required, meant(code, UNITS))
        return unit

    def code_list(self, at: Spot, name: str) -> CodeList | None:
        """Give the code list with an id, or complain."""
        return self.shelf.codes[name] if self.refer(at, "codes", name) else None

    def sheet(self, at: Spot, name: str) -> Place | None:
        """Give the sheet with a name and its form, or complain."""
        found = self.sheets.get(name)
        if found is None and ("sheet", name) not in self.cards.unread:
            required = "表式里有这张表（写 sheet 的编号）"
            at.complain("C-SHEET", f"没有表“{name}”", required, meant(name, self.sheets))
        return found

    def field(self, at: Spot, reference: str) -> Asked | None:
        """Give the field a ``sheet.field`` reference names, or complain."""
        sheet_name, dot, field_name = reference.partition(".")
        if not dot:
            required = "写作“表.栏”，例如 classes.pupils"
            at.complain(
                "C-FIELD", f"“{reference}”没有写明是哪张表", required, self._like(reference)
            )
            return None
        found = self.sheet(at, sheet_name)
        if found is None:
            return None
        form, sheet = found
        field = sheet.field(field_name)
        if field is None:
            saw = f"表“{sheet_name}”（{sheet.term}）没有栏“{field_name}”"
            do = instead(field_name, [one.field for one in sheet.fields])
            at.complain("C-FIELD", saw, "这张表里有的栏", do)
            return None
        return form, sheet, field

    def _like(self, name: str) -> str:
        references = [
            f"{sheet.sheet}.{field.field}"
            for _, sheet in self.sheets.values()
            for field in sheet.fields
            if field.field == name
        ]
        return f"是不是“{references[0]}”？" if references else ""

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
            entries = [entry.code for entry in allowed.entries]
            for index, code in enumerate(codes):
                self.known_code(at.at(index), code, entries, allowed.term)

    def known_code(self, at: Spot, code: str, allowed: Collection[str], term: str) -> None:
        """Complain of a code that is not among those allowed."""
        if code not in allowed:
            saw = f"“{term}”里没有代码“{code}”"
            at.complain("C-CODE", saw, "用代码表里的代码", instead(code, allowed))
