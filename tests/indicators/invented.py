"""Counties drawn by a seed."""

import random

from xianxue.bureau.indicators.tables import TableRow
from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing

TYPES = ["111", "211", "211", "218", "218", "311", "312", "312", "341", "345", "513"]


class Invented:
    """Counties drawn by a seed: what schools there are, who has filed, what they answered.

    ``holes`` is how often a return or a number is missing, ``void`` how often 不适用 is written,
    ``empty`` how often a stage of a school has nobody and nothing.
    """

    def __init__(self, made, seed, holes, void=0.0, empty=0.0):
        self.made, self.holes, self.void, self.empty = made, holes, void, empty
        self.chance = random.Random(seed)  # noqa: S311 - invented schools need no secrecy
        schools = [self.school(number) for number in range(self.chance.randint(1, 6))]
        self.register = made.register(*schools)

    def county(self):
        places = [*self.register.schools(self.made.PERIOD.reference_day), self.register.county]
        filed = [self.filed(place) for place in places if self.chance.random() >= self.holes]
        return self.made.County(self.register, filed, targets=self.targets())

    def targets(self):
        """Lines about places of every level; of some nobody knows whether they are reached."""
        places = self.chance.choices(list(self.register), k=self.chance.randint(0, 8))
        return [
            TableRow(
                place,
                None,
                str(number),
                {
                    "level": place.level,
                    "origin": self.chance.choice(["own", "handed_down"]),
                    "reached": Missing.NOT_ANSWERED
                    if self.chance.random() < self.holes / 4
                    else self.chance.randint(0, 1),
                },
            )
            for number, place in enumerate(places)
        ]

    def school(self, number):
        school_type = self.chance.choice(TYPES)
        attached = []
        if school_type == "211":
            attached = self.chance.choice([[], [], [Stage.PRESCHOOL], [Stage.LOWER_SECONDARY]])
        parent = self.chance.choice([self.made.TOWN, self.made.VILLAGE, self.made.COUNTY]).code
        return self.made.school(
            f"21990000{number:02}",
            school_type,
            parent,
            attached,
            sponsor=self.chance.choice(["831", "999"]),
            urban_rural=self.chance.choice(["111", "121", "220"]),
            boarding=self.chance.random() < 0.5,
        )

    def filed(self, place):
        shelf, day = self.made.SHELF, self.made.PERIOD.reference_day
        self.nobody_in = {one for one in place.stages(day) if self.chance.random() < self.empty}
        name = "county_annual" if place.level == "county" else "school_annual"
        tables = {}
        for one in asked(shelf.forms[name], place, day, shelf.codes):
            rows = one.rows
            if one.sheet.layout == "list":
                there = set(place.stages(day)) - self.nobody_in
                many = self.chance.randint(0, 8) if there or not one.sheet.stage_by else 0
                rows = [one.rows[0]] * many
            tables[one.sheet.sheet] = tuple(
                Row(row.code or self.line(one.sheet, number), self.cells(one.sheet, row, place))
                for number, row in enumerate(rows, start=1)
            )
        return Return(form=name, version="", period="2025-2026", place=place.code, tables=tables)

    def line(self, sheet, number):
        return str(number) if sheet.layout == "list" else ""

    def cells(self, sheet, row, place):
        return {
            field.field: Cell(
                0
                if row.stage in self.nobody_in and field.type in {"integer", "measure"}
                else self.value(sheet, field, place)
            )
            for field in row.fields
        }

    def absent(self):
        """Why a number is not there; None for one that is."""
        if self.void and self.chance.random() < self.void:
            return Missing.NOT_APPLICABLE
        if self.chance.random() < self.holes / 4:
            return self.chance.choice(
                [Missing.NOT_ANSWERED, Missing.WITHHELD, Missing.NOT_APPLICABLE]
            )
        return None

    def value(self, sheet, field, place):
        absent = None if field.field == sheet.stage_by else self.absent()
        if absent is not None:
            return absent
        if field.type == "code":
            entries = self.made.SHELF.codes[field.codes].entries
            if field.field == sheet.stage_by:
                stages = place.stages(self.made.PERIOD.reference_day)
                there = [stage for stage in stages if stage not in self.nobody_in]
                entries = [entry for entry in entries if entry.stage in (there or stages)]
            return self.chance.choice(entries).code
        if field.type == "yes_no":
            return self.chance.randint(0, 1)
        if field.type == "year":
            return self.chance.randint(2005, 2024)
        if field.type == "measure":
            return self.chance.choice([0, self.chance.randint(0, 30_000)])
        return self.chance.choice([0, self.chance.randint(0, 70)]) if field.is_number else "虚构"
