"""Whether what is written into an entry's fields can stand: each value by itself, each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.ledgers.identity import good_id_number, good_student_number, good_telephone
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.entry import Value
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say

Given = Mapping[str, Value | None]
"""Field to what is written into it; None where a value is taken away."""
_LONGEST: Final = 4000
"""Characters of one field: a longer text is a document, which is evidence."""


class Filling(Record):
    """What values are held against."""

    ledger: Ledger
    codes: Mapping[str, CodeList]
    register: Register
    today: date
    """The day on which it is written down: nothing that has happened lies after it."""

    def complaints(
        self, given: Given, place: str, number: str, wanted: Iterable[str]
    ) -> list[Issue]:
        """Complain of everything that cannot stand, and of what is wanted and not there."""
        found: list[Issue] = []
        for name, value in given.items():
            field = self.ledger.field(name)
            if field is None:
                saw = say("{ledger}没有“{name}”这一栏", ledger=self.ledger.term, name=name)
                terms = joined("、", [one.term for one in self.ledger.fields])
                found.append(self._issue("L-FIELD", saw, say("栏目是 {terms}", terms=terms)))
            elif value is not None:
                problem = self._problem(field, value)
                if problem is not None:
                    saw, required = problem
                    found.append(self._issue("L-VALUE", saw, required, field=field))
        for name in wanted:
            field = self.ledger.field(name)
            if field is not None and given.get(name) is None:
                saw = say("“{term}”没有填", term=field.term)
                found.append(self._issue("L-REQUIRED", saw, say("必填"), field=field))
        return [self._placed(issue, place, number) for issue in found]

    def _problem(self, field: LedgerField, value: Value) -> tuple[Sentence, Sentence] | None:
        """Say what is wrong with a value, and what is required; None where it can stand."""
        saw = say("“{term}”填了“{value}”", term=field.term, value=self.shown(field, value))
        if field.type in _NUMBERS:
            return self._of_number(field, value, saw)
        if not isinstance(value, str):
            return saw, say("文字")
        if len(value) > _LONGEST:
            long = say("“{term}”有 {n} 个字", term=field.term, n=len(value))
            return long, say("不超过 {n} 个字；长的材料请作附件", n=_LONGEST)
        if field.type == "code":
            return self._of_code(field, value, saw)
        if field.type == "date":
            return self._of_day(field, value, saw)
        return self._of_text(field, value, saw)

    def _of_number(
        self, field: LedgerField, value: Value, saw: Sentence
    ) -> tuple[Sentence, Sentence] | None:
        if not isinstance(value, int):
            return saw, say("数字")
        if field.type == "yes_no":
            return None if value in {0, 1} else (saw, say("是或否"))
        whole = Fraction(value, field.measured_in.step)
        low = Fraction(field.min) if field.min is not None else Fraction(0)
        if whole < low:
            return saw, say("不小于 {low}", low=str(field.min or 0))
        if field.max is not None and whole > Fraction(field.max):
            return saw, say("不大于 {high}", high=str(field.max))
        return None

    def _of_code(
        self, field: LedgerField, value: str, saw: Sentence
    ) -> tuple[Sentence, Sentence] | None:
        known = self.codes.get(self.ledger.codes_of(field))
        if known is None or known.entry(value) is not None:
            return None
        terms = joined("、", [entry.term for entry in known.entries])
        return saw, say("{terms} 之一", terms=terms)

    def _of_day(
        self, field: LedgerField, value: str, saw: Sentence
    ) -> tuple[Sentence, Sentence] | None:
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return saw, say("日期，如 2025-09-01")
        # What is due, planned or runs out lies ahead; what has happened does not.
        if day > self.today and not field.ahead:
            return saw, say("不晚于今天（{today}）", today=self.today.isoformat())
        return None

    def _of_text(
        self, field: LedgerField, value: str, saw: Sentence
    ) -> tuple[Sentence, Sentence] | None:
        if not value.strip():
            return say("“{term}”只填了空格", term=field.term), say("实际内容")
        if field.holds == "place" and value not in self.register:
            return saw, say("名册里的单位代码")
        good = _GOOD.get(field.holds)
        if good is not None and not good[0](value):
            return saw, good[1]
        if field.pattern and re.fullmatch(field.pattern, value) is None:
            return saw, field.help or say("规定的格式")
        return None

    def shown(self, field: LedgerField, value: Value) -> str:
        """Write a value as people read it."""
        if field.type == "yes_no":
            return say("是") if value == 1 else say("否")
        if field.type in _NUMBERS and isinstance(value, int):
            return plain(field.measured_in.in_whole_units(value))
        if field.type == "code":
            known = self.codes.get(self.ledger.codes_of(field))
            entry = known.entry(str(value)) if known is not None else None
            return entry.term if entry is not None else str(value)
        return str(value)

    def _issue(
        self, code: str, saw: str, required: str, *, field: LedgerField | None = None
    ) -> Issue:
        return Issue(
            code=code,
            severity=Severity.MUST_FIX,
            saw=saw,
            required=required,
            do=_hint(field),
            form=self.ledger.ledger,
            field=field.field if field is not None else "",
        )

    def _placed(self, issue: Issue, place: str, number: str) -> Issue:
        """Say of which entry it is."""
        if not number:
            return _with_place(issue, place)
        saw = say("{number}号{saw}", number=number, saw=issue.saw)
        return _with_place(issue, place, saw)


def _with_place(issue: Issue, place: str, saw: str = "") -> Issue:
    return Issue(
        code=issue.code,
        severity=issue.severity,
        saw=saw or issue.saw,
        required=issue.required,
        do=issue.do,
        place=place,
        form=issue.form,
        field=issue.field,
    )


def _hint(field: LedgerField | None) -> str:
    return field.help if field is not None and field.help else ""


_NUMBERS: Final = frozenset({"integer", "measure", "yes_no", "year"})
_GOOD: Final[Mapping[str, tuple[Callable[[str], bool], Sentence]]] = {
    "id_number": (good_id_number, say("18 位身份证号，校验码要对")),
    "student_number": (good_student_number, say("学籍号：G、L 加身份证号，或 J 加 18 位")),
    "telephone": (good_telephone, say("手机号，或带区号的座机号")),
}
