"""The parts of a supposed change, by the names that people use; faults offer what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final, cast

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.json_reading import Reading
from xianxue.desk.plan.naming_fields import Named, Naming

_MEANT: Final = "P-MEANT"


class Parts:
    """Reads schools, items, lines and numbers; complains of whatever does not fit."""

    def __init__(self, reading: Reading, naming: Naming) -> None:
        """Take where faults are noted, and what names mean."""
        self.reading = reading
        self.naming = naming

    def number(self, parts: Mapping[str, Any], key: str, where: str, *, least: int = 0) -> Fraction:
        """Give a number; 0 where it is none, which is complained of."""
        return self.reading.number(parts, key, where, least=least) or Fraction()

    def school(self, parts: Mapping[str, Any], key: str, where: str) -> str:
        """Give the code of a school that a part names."""
        return self.place(parts.get(key), f"{where}.{key}")

    def place(self, said: object, where: str) -> str:
        """Give the code of a school; empty where the name means none, or several."""
        text = str(said).strip() if isinstance(said, str | int) else ""
        code = self.naming.place(text)
        if not code:
            near = self.naming.places_near(text)
            do = say("是不是：{these}？", these=joined("、", near)) if near else ""
            self.reading.strange(where, said, say("名册里一所学校的代码或全称"), do)
        return code

    def fields(self, parts: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], str]:
        """Give the items that a part names, and the code of the row."""
        given = parts.get("field")
        names = cast("list[object]", given) if isinstance(given, list) else [given]
        row = str(parts.get("row", "")).strip()
        found = [self._field(one, row, f"{where}.field") for one in names]
        fields = tuple(one for one in found if one)
        return fields, self.naming.row(fields[0], row) if fields and row else row

    def _field(self, said: object, row: str, where: str) -> str:
        text = said.strip() if isinstance(said, str) else ""
        found = self.naming.fields(text, row)
        if len(found) == 1:
            return found[0].reference
        if found:
            saw = say("“{said}”不止一项", said=text)
            self.reading.complain(where, _MEANT, saw, say("其中的一项"), _one_of(found))
            return ""
        near = self.naming.fields_near(text)
        required = say("报表里的一项，如 教职工.专任教师")
        self.reading.strange(where, said, required, _one_of(near) if near else "")
        return ""

    def line(self, parts: Mapping[str, Any], where: str) -> tuple[str, str]:
        """Give a standard and its criterion; as they were said where nothing bears the names."""
        standard = self.reading.name(parts, "standard", where) if parts.get("standard") else ""
        said = self.reading.name(parts, "criterion", where)
        found = self.naming.criteria(standard, said)
        if len(found) == 1:
            return found[0]
        if found:
            names = [self.naming.criterion_term(*one) for one in found]
            do = say("写明是哪一项：{these}", these=joined("、", names))
            saw = say("“{said}”不止一项", said=said)
            self.reading.complain(f"{where}.criterion", _MEANT, saw, say("其中的一项"), do)
        elif said and (near := self.naming.criteria_near(standard, said)):
            do = say("写明是哪一项：{these}", these=joined("、", near))
            self.reading.strange(f"{where}.criterion", said, say("已有标准里的一项"), do)
        return standard, said

    def stage(self, parts: Mapping[str, Any], where: str) -> str:
        """Give a stage by its code or its term; empty where none is said."""
        said = str(parts.get("stage", "")).strip()
        known = {one.value: one for one in Stage} | {str(one.term): one for one in Stage}
        if said and said not in known:
            terms = joined("、", [one.term for one in Stage])
            self.reading.strange(f"{where}.stage", said, terms)
        return known[said].value if said in known else ""


def _one_of(found: list[Named]) -> Sentence:
    return say("写明是哪一项：{these}", these=joined("、", [one.term for one in found]))
