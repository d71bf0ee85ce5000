"""数据项目录: every thing that is asked, of whom, by whom, how often, since when and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.asked import asked, asked_by
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.held import with_sources
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.basis.duplicates import Duplicate, find_duplicates
from xianxue.bureau.returns.sheets.register_fields import FIELDS, TOWNSHIP
from xianxue.bureau.values.periods import Period, PeriodKind
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.forms.uses import Used, Uses
from xianxue.desk.returns.duplicates import Age, ages
from xianxue.desk.workspace import Workspace

OFTEN: Final[Mapping[PeriodKind, Sentence]] = {
    "school_year": say("每学年"),
    "calendar_year": say("每年"),
    "term": say("每学期"),
    "half_year": say("每半年"),
    "quarter": say("每季度"),
    "month": say("每月"),
    "day": say("按日"),
    "examination": say("每次考试"),
}
"""How often a form of a kind of period is asked."""
TYPES: Final[Mapping[str, Sentence]] = {
    "integer": say("整数"),
    "measure": say("小数"),
    "text": say("文字"),
    "code": say("代码"),
    "yes_no": say("是或否"),
    "date": say("日期"),
    "year": say("年份"),
}
"""What kind of value a field takes."""


class Item(Record, kw_only=True):
    """One thing that is asked."""

    form: Form
    sheet: Sheet
    field: Field
    uses: Uses
    places: int
    """How many places are asked it in the period looked at."""
    cells: int
    """How many cells they fill in all; of a list, one line each."""
    spared: int = 0
    """How many cells they would fill in if it were not filled in from another form."""
    same: tuple[Duplicate, ...] = ()
    """What other forms hold of it."""

    @property
    def reference(self) -> str:
        """The item as cards name it."""
        return f"{self.sheet.sheet}.{self.field.field}"

    @property
    def named_by_register(self) -> bool:
        """Whether it is compared with what the register of schools says."""
        return self.field.field in {*FIELDS, TOWNSHIP}

    @property
    def twice(self) -> bool:
        """Whether another form holds it for sure, and it is asked all the same."""
        return not self.field.prefilled_from and any(one.fills for one in self.same)


def items_of(workspace: Workspace, period: Period) -> list[Item]:
    """Give all items, form by form as the cards have them."""
    shelf, register = workspace.shelf, workspace.register
    used = Used(shelf)
    found: list[Item] = []
    for form in shelf.forms.values():
        day = period.reference_day
        places = [register.county] if form.filed_by == "county" else register.schools(day)
        burden = _burden(form, places, day, shelf)
        prefilled = any(one.prefilled_from for sheet in form.sheets for one in sheet.fields)
        whole = _burden(with_sources(form, {}), places, day, shelf) if prefilled else burden
        same = _same(form, shelf)
        for sheet in form.sheets:
            for field in sheet.fields:
                name = f"{sheet.sheet}.{field.field}"
                asked_of, cells = burden.get(name, (0, 0))
                found.append(
                    Item(
                        form=form,
                        sheet=sheet,
                        field=field,
                        uses=used.of(name),
                        places=asked_of,
                        cells=cells,
                        spared=whole.get(name, (0, 0))[1] - cells,
                        same=tuple(same.get(name, ())),
                    )
                )
    return found


class Burden(Record):
    """How many cells schools fill in each time, and how many they are spared or might be."""

    cells: int
    spared: int
    """Filled in from other forms, and so not asked."""
    twice: int
    """Asked although another form holds them for sure."""


def burden_of(items: Sequence[Item]) -> Burden:
    """Count what schools fill in; the county's own forms are not theirs."""
    theirs = [one for one in items if one.form.filed_by == "school"]
    return Burden(
        sum(one.cells for one in theirs),
        sum(one.spared for one in theirs),
        sum(one.cells for one in theirs if one.twice),
    )


def ages_of(workspace: Workspace) -> dict[str, Age]:
    """Give, for each form, since when and up to when returns of it are held."""
    return ages(workspace, workspace.shelf.forms)


def sheet_uses(workspace: Workspace, sheet: str) -> Uses:
    """Say what the number of a list's rows is used for."""
    return Used(workspace.shelf).of(sheet)


def _burden(
    form: Form, places: Sequence[Place], day: date, shelf: Shelf
) -> dict[str, tuple[int, int]]:
    """Count the places and the cells of each field."""
    alike: Counter[object] = Counter()
    first: dict[object, Place] = {}
    for place in places:
        kind = asked_by(place, day)
        alike[kind] += 1
        first.setdefault(kind, place)
    asked_of: Counter[str] = Counter()
    cells: Counter[str] = Counter()
    for kind, times in alike.items():
        for each in asked(form, first[kind], day, shelf.codes):
            here = Counter(
                f"{each.sheet.sheet}.{one.field}" for row in each.rows for one in row.fields
            )
            for name, rows in here.items():
                asked_of[name] += times
                cells[name] += times * rows
    return {name: (asked_of[name], cells[name]) for name in asked_of}


def _same(form: Form, shelf: Shelf) -> dict[str, list[Duplicate]]:
    others = [one for one in shelf.forms.values() if one.form != form.form]
    found: dict[str, list[Duplicate]] = {}
    for one in find_duplicates(form, others, shelf.codes):
        found.setdefault(one.asked.reference, []).append(one)
    return found
