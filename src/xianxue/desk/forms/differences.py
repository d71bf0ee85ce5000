"""What a form asks otherwise than its version before: added, ended and changed, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

How = Literal["added", "ended", "changed"]


class Difference(Record, kw_only=True):
    """One thing that is otherwise."""

    how: How
    sheet: Sentence | str = ""
    what: Sentence | str
    before: Sentence | str = ""
    after: Sentence | str = ""
    ended: str = ""
    """The field that ends, as cards name it."""


def differences(before: Form, after: Form) -> Iterator[Difference]:
    """Give what is otherwise, sheet by sheet, then the checks."""
    for sheet in after.sheets:
        old = before.sheet(sheet.sheet)
        if old is None:
            yield Difference(how="added", what=_sheet(sheet), after=_terms(sheet.fields))
        else:
            yield from _of_sheet(old, sheet)
    for sheet in before.sheets:
        if after.sheet(sheet.sheet) is None:
            yield Difference(how="ended", what=_sheet(sheet), before=_terms(sheet.fields))
    yield from _of_checks(before.checks, after.checks)
    still = {one.sensible for one in after.sensible} | {one.unusual for one in after.unusual}
    asked = [(one.sensible, one.term) for one in before.sensible]
    asked += [(one.unusual, one.term) for one in before.unusual]
    for name, term in asked:
        if name not in still:
            yield Difference(how="ended", what=say("校验"), before=term)


def _of_sheet(old: Sheet, new: Sheet) -> Iterator[Difference]:
    name = new.term
    if old.term != new.term:
        what = say("表名")
        yield Difference(how="changed", sheet=name, what=what, before=old.term, after=new.term)
    asked, then = _of_whom(old), _of_whom(new)
    if asked != then:
        yield Difference(how="changed", sheet=name, what=say("只问"), before=asked, after=then)
    for field in new.fields:
        was = old.field(field.field)
        if was is None:
            yield Difference(how="added", sheet=name, what=field.term, after=_said(field))
        else:
            yield from _of_field(name, was, field)
    for field in old.fields:
        if new.field(field.field) is None:
            ended = f"{old.sheet}.{field.field}"
            yield Difference(
                how="ended", sheet=name, what=field.term, before=_said(field), ended=ended
            )


def _of_field(sheet: Sentence | str, old: Field, new: Field) -> Iterator[Difference]:
    parts = (
        (say("{term}：名称", term=new.term), old.term, new.term),
        (say("{term}：可以空着", term=new.term), _yes(not old.required), _yes(not new.required)),
        (
            say("{term}：逻辑范围", term=new.term),
            _range(old.min, old.max),
            _range(new.min, new.max),
        ),
        (
            say("{term}：经验范围", term=new.term),
            _range(old.usual_min, old.usual_max),
            _range(new.usual_min, new.usual_max),
        ),
        (say("{term}：填法", term=new.term), old.help, new.help),
    )
    for what, was, now in parts:
        if was != now:
            yield Difference(how="changed", sheet=sheet, what=what, before=was, after=now)


def _of_checks(old: Sequence[Check], new: Sequence[Check]) -> Iterator[Difference]:
    was, now = ({one.check: one for one in checks} for checks in (old, new))
    for name, check in now.items():
        if name not in was:
            yield Difference(how="added", what=say("校验"), after=_rule(check))
        elif _rule(was[name]) != _rule(check):
            before, after = _rule(was[name]), _rule(check)
            yield Difference(how="changed", what=say("校验"), before=before, after=after)
    for name, check in was.items():
        if name not in now:
            yield Difference(how="ended", what=say("校验"), before=_rule(check))


def _sheet(sheet: Sheet) -> Sentence:
    return say("整张“{term}”", term=sheet.term)


def _terms(fields: Sequence[Field]) -> Sentence:
    return joined("、", (field.term for field in fields))


def _of_whom(sheet: Sheet) -> Sentence | str:
    return joined("、", (one.term for one in sheet.stages)) if sheet.stages else say("所有学校")


def _said(field: Field) -> Sentence | str:
    unit = field.measured_in.term if field.is_number else ""
    return joined("，", [one for one in (unit, field.help) if one])


def _yes(yes: bool) -> Sentence:  # noqa: FBT001 - it says a yes
    return say("是") if yes else say("否")


def _range(low: Decimal | None, high: Decimal | None) -> Sentence | str:
    if low is None and high is None:
        return say("不限")
    return f"{'' if low is None else low}–{'' if high is None else high}"


def _rule(check: Check) -> Sentence | str:
    grave = say("逻辑校验") if check.severity == "must_fix" else say("经验校验")
    return joined("，", (check.term, grave))
