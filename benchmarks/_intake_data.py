"""Invented filled workbooks for the intake benchmark: the demo county's values, varied per file.

Each is a nine-year or twelve-year school with so many classes that some 400 cells are filled.
Everything follows from a file's number; one in ten is spoiled in the ways clerks spoil them.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random

from xianxue.bureau.kinds.asked import AskedRow, asked
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.catalogue.load import load
from xianxue.desk.stores.examples import Example

FORM = "school_annual"
SPOILED_EVERY = 10
ORIGINALS = 1000
_TYPES = (
    ("312", "九年一贯制学校", (Stage.PRIMARY, Stage.LOWER_SECONDARY), range(8, 11)),
    ("345", "十二年一贯制学校", tuple(Stage)[1:4], range(4, 6)),
)
"""School type, its name, its stages, and how many classes a grade may have."""

Tables = dict[str, dict[str, dict[str, Cell]]]
"""Sheet, row code, field."""


@dataclass(frozen=True)
class World:
    """Cards, the county, and the values to begin with."""

    shelf: Shelf
    period: Period
    areas: tuple[Place, ...]
    """The county and its townships."""
    models: Tables
    """The demo county's values: of each sheet's rows, those of its first school that has them."""

    def register(self, count: int) -> Register:
        """Give the county with so many invented schools; the last spoiled one is not known."""
        unknown = (count - 1) // SPOILED_EVERY * SPOILED_EVERY
        schools = (self.school(number) for number in range(count) if number != unknown)
        return Register.of([*self.areas, *schools])

    def school(self, number: int) -> Place:
        """Give the invented school of a file."""
        kind, name, stages, _ = _TYPES[number % 2]
        townships = [place for place in self.areas if place.level == "township"]
        model = self.models["basic"][""]
        attributes = Attributes(
            valid_from=self.period.start.replace(year=2000),
            school_type=kind,
            sponsor=str(model["sponsor"].value),
            urban_rural=str(model["urban_rural"].value),
            stages=stages,
            boarding=number % 3 == 0,
        )
        return Place(
            code=f"2{number:09}",
            name=f"虚构县第{number}{name}",
            level="school",
            parent=townships[number % len(townships)].code,
            history=(attributes,),
        )

    def filled(self, number: int) -> Return:
        """Give what the school of a file reports; spoiled where it is that file's turn."""
        chance = Random(number)
        place = self.school(number)
        form = self.shelf.forms[FORM]
        tables: Tables = {}
        sizes: dict[str, list[int]] = {}
        for sheet in asked(form, place, self.period.reference_day, self.shelf.codes):
            name, rows = sheet.sheet.sheet, sheet.rows
            if name == "classes":
                sizes = _class_sizes(self.models["students"], place, number, chance)
                tables[name] = _classes(sizes)
            elif sheet.sheet.layout == "list":
                tables[name] = {code: dict(line) for code, line in self.models[name].items()}
            else:
                tables[name] = {row.code: self._row(name, row, chance, sizes) for row in rows}
        self._about(tables["basic"][""], place)
        if number % SPOILED_EVERY == 0:
            for spoil in chance.sample(_SPOILERS, chance.randint(1, 4)):
                spoil(tables, chance)
        return Return(
            form=form.form,
            version=form.version,
            period=self.period.code,
            place=place.code,
            tables={
                name: tuple(Row(code, cells) for code, cells in rows.items())
                for name, rows in tables.items()
            },
        )

    def _row(
        self, sheet: str, row: AskedRow, chance: Random, sizes: dict[str, list[int]]
    ) -> dict[str, Cell]:
        """Take the model's row, all its counts made smaller in one proportion.

        Rounding down keeps «at most» true, also of sums on its left side.
        """
        model = self.models[sheet][row.code]
        of, whole = chance.randint(80, 120), 100
        if sheet == "students":
            of, whole = sum(sizes[row.code]), int(str(model["enrolled"].value))
        cells: dict[str, Cell] = {}
        for field in row.fields:
            value = model[field.field].value
            if isinstance(value, int) and field.type in {"integer", "measure"}:
                value = value * of // whole
            cells[field.field] = Cell(value)
        return cells

    def _about(self, cells: dict[str, Cell], place: Place) -> None:
        (attributes,) = place.history
        township = next(area.name for area in self.areas if area.code == place.parent)
        cells["school_code"], cells["name"] = Cell(place.code), Cell(place.name)
        cells["school_type"], cells["township"] = Cell(attributes.school_type), Cell(township)
        cells["boarding"] = Cell(int(attributes.boarding))


@cache
def the_world() -> World:
    """Read the cards and the demo county."""
    shelf = load().shelf
    example = Example.open("demo_county")
    register = example.register(shelf)
    areas = tuple(place for place in register if place.level != "school")
    models: Tables = {}
    for form, place, filed in example.returns(shelf, register):
        if form.form != FORM or not set(place.stages(filed_on(filed))) & set(_TYPES[1][2]):
            continue
        for sheet, rows in filed.tables.items():
            if sheet != "special_rooms" or sheet not in models:
                for row in rows:
                    models.setdefault(sheet, {}).setdefault(row.code, row.cells)
    return World(shelf, Period.parse(example.settings.period), areas, models)


def filed_on(filed: Return):
    """Give the day a return speaks of."""
    return Period.parse(filed.period).reference_day


def _class_sizes(
    students: dict[str, dict[str, Cell]], place: Place, number: int, chance: Random
) -> dict[str, list[int]]:
    grades = {Stage.PRIMARY: range(1, 7), Stage.LOWER_SECONDARY: range(7, 10)}
    each = _TYPES[number % 2][3]
    return {
        f"G{grade}": [chance.randint(31, 54) for _ in range(chance.choice(each))]
        for stage in place.history[0].stages
        for grade in grades.get(stage, range(10, 13))
        if f"G{grade}" in students
    }


def _classes(sizes: dict[str, list[int]]) -> dict[str, dict[str, Cell]]:
    lines = [
        {"grade": Cell(grade), "name": Cell(f"{grade[1:]}（{at}）班"), "pupils": Cell(pupils)}
        for grade, each in sizes.items()
        for at, pupils in enumerate(each, 1)
    ]
    return {str(number): line for number, line in enumerate(lines, 1)}


# ── how clerks spoil them ───────────────────────────────────────────────────


def _set(sheet: str, field: str, *values: object) -> Callable[[Tables, Random], None]:
    """Put one of these values into a field of any row."""

    def spoil(tables: Tables, chance: Random) -> None:
        cells = tables[sheet][chance.choice(list(tables[sheet]))]
        if field in cells:
            cells[field] = Cell(chance.choice(values))  # type: ignore[arg-type]

    return spoil


def _too_many(sheet: str, field: str, of: str) -> Callable[[Tables, Random], None]:
    """Let a part be more than its whole."""

    def spoil(tables: Tables, chance: Random) -> None:
        cells = tables[sheet][chance.choice(list(tables[sheet]))]
        whole = cells[of].value
        if isinstance(whole, int):
            cells[field] = Cell(whole + chance.randint(1, 9))

    return spoil


def _twice(tables: Tables, _: Random) -> None:
    """Give two classes of a grade one name."""
    tables["classes"]["2"]["name"] = tables["classes"]["1"]["name"]


_SPOILERS = (
    _set("students", "girls", Missing.NOT_ANSWERED),
    _set("staff", "posts", Missing.NOT_ANSWERED),
    _set("students", "boarders", "无", "12人", "３", "1，200", "12.5", -4),
    _set("staff", "music", "2名", "/", -1, "1 ", "50%"),
    _set("staff", "hours_360", Missing.NOT_APPLICABLE, Missing.WITHHELD),
    _set("classes", "pupils", 2, 78, -1, "四十"),
    _set("classes", "grade", "K1", "大一", "十三年级"),
    _set("classes", "name", Missing.NOT_ANSWERED),
    _set("basic", "school_code", "2163999999", "21639"),
    _set("basic", "school_type", "211", "某校"),
    _set("basic", "township", "某某镇"),
    _set("basic", "opened_year", 1700, "九八年", "1998年"),
    _set("basic", "boarding", "不清楚", Missing.NOT_ANSWERED),
    _set("premises", "books", "约3000", 12_000, -20),
    _set("premises", "equipment_value", "120.5万元", "88000.125", -1),
    _set("special_rooms", "area", 1000, 90_000, "88.123"),
    _too_many("students", "girls", "enrolled"),
    _too_many("students", "new_entrants", "enrolled"),
    _too_many("cohort", "promoted", "graduates"),
    _too_many("staff", "over_qualified", "qualified"),
    _too_many("staff", "senior", "teachers"),
    _too_many("staff", "in_post", "posts"),
    _too_many("premises", "teaching_area", "building_area"),
    _too_many("basic", "training_funds", "public_funds_budget"),
    _twice,
)


# ── files ───────────────────────────────────────────────────────────────────


def make(folder: Path, count: int) -> None:
    """Write so many workbooks, and what the register and the lists say, for whoever asks.

    Beyond a thousand, workbooks are written again for other schools: it is the number that counts.
    """
    folder.mkdir(parents=True, exist_ok=True)
    first = min(count, ORIGINALS)
    files = write_files(folder, first)
    for number in range(first, count, first):
        copy_files(folder, files[: count - number], number)
    said = json.dumps(_said(the_world(), count), ensure_ascii=False)
    (folder / "world.json").write_text(said, encoding="utf-8")


def write_files(folder: Path, count: int) -> list[Path]:
    """Write the workbooks of so many files, on both cores; those already there are kept."""
    wanted = [(folder / f"{number:06}.xlsx", number) for number in range(count)]
    missing = [pair for pair in wanted if not pair[0].exists()]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for _ in pool.map(_write, missing, chunksize=20):
            pass
    return [path for path, _ in wanted]


def _write(pair: tuple[Path, int]) -> None:
    path, number = pair
    world = the_world()
    place, form = world.school(number), world.shelf.forms[FORM]
    path.write_bytes(
        write_workbook(form, place, world.period, world.shelf.codes, world.filled(number))
    )


def copy_files(folder: Path, files: list[Path], number: int) -> None:
    """Write workbooks again for other schools: only the school's number in them differs."""
    for path in files:
        old, new = int(path.stem), int(path.stem) + number
        made = folder / f"{new:06}.xlsx"
        if made.exists():
            continue
        with (
            zipfile.ZipFile(path) as archive,
            zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as target,
        ):
            for part in archive.infolist():
                content = archive.read(part).replace(b"2%09d" % old, b"2%09d" % new)
                content = content.replace("虚构县第%d".encode() % old, "虚构县第%d".encode() % new)
                target.writestr(part, content)


def _said(world: World, count: int) -> dict[str, object]:
    """Give what a program written by hand needs to know beside the form."""
    lists = ("school_types", "sponsors", "urban_rural", "grades", "room_kinds", "teaching_stages")
    codes = {
        name: {entry.term: entry.code for entry in world.shelf.codes[name].entries}
        for name in lists
    }
    stages = {entry.code: entry.stage for entry in world.shelf.codes["grades"].entries}
    towns = {place.code: place.name for place in world.areas}
    schools = {
        place.code: {
            "school_code": place.code,
            "name": place.name,
            "school_type": place.history[0].school_type,
            "sponsor": place.history[0].sponsor,
            "urban_rural": place.history[0].urban_rural,
            "boarding": int(place.history[0].boarding),
            "stages": place.history[0].stages,
            "township": towns[place.parent],
        }
        for place in world.register(count)
        if place.level == "school"
    }
    return {"period": world.period.code, "codes": codes, "stages": stages, "schools": schools}
