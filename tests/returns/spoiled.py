"""Returns spoiled by a seed, each by one mistake that clerks make; or by slips without a cause."""

from fractions import Fraction

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.contents.strict import lookup_of, read_text
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace

AMOUNTS = {"integer", "measure"}
BLANK = Cell(Missing.NOT_ANSWERED)
UNITS = {
    "money": (Fraction(1, 10_000), Fraction(1, 1_000)),
    "area": (Fraction(3, 2_000), Fraction(1, 10_000)),
    "people": (Fraction(1, 1_000), Fraction(1, 10_000)),
}


class Spoiler:
    """Spoils one return; ``chance`` is a seeded source of chance."""

    def __init__(self, form, filed, codes, chance):
        self.form, self.filed, self.codes, self.chance = form, filed, codes, chance
        self.sheets = [one for one in form.sheets if filed.tables.get(one.sheet)]

    def amounts(self, sheet):
        return [field for field in sheet.fields if field.type in AMOUNTS]

    def read(self, cell, asked):
        lookup = lookup_of(self.codes[asked.codes]) if asked.codes else {}
        value = read_text(cell.written, asked, lookup) if cell.written else cell.value
        return Cell(value, "", cell.written)

    def having(self, sheet, change):
        """Give the return with the cells that ``change`` gives, by row and field."""
        rows = [
            Row(
                row.code,
                row.cells
                | {
                    name: Cell(new.value, row.cells[name].address, new.written)
                    for name, new in change(number).items()
                    if name in row.cells
                },
            )
            for number, row in enumerate(self.filed.tables[sheet.sheet])
        ]
        spoiled = replace(self.filed, tables=self.filed.tables | {sheet.sheet: tuple(rows)})
        return spoiled if spoiled.tables != self.filed.tables else None

    def columns(self):
        """Exchange two columns."""
        sheet = self.chance.choice(self.sheets)
        if len(self.amounts(sheet)) <= 1:
            return None
        one, other = self.chance.sample(self.amounts(sheet), 2)
        rows = self.filed.tables[sheet.sheet]

        def change(number):
            cells = rows[number].cells
            if one.field not in cells or other.field not in cells:
                return {}
            return {
                one.field: self.read(cells[other.field], one),
                other.field: self.read(cells[one.field], other),
            }

        return "R-EXCHANGED", self.having(sheet, change)

    def grid(self):
        grids = [one for one in self.sheets if one.layout == "grid"]
        grids = [one for one in grids if len(self.filed.tables[one.sheet]) > 2]
        return self.chance.choice(grids) if grids else None

    def rows(self):
        """Exchange two rows."""
        sheet = self.grid()
        if sheet is None:
            return None
        rows = self.filed.tables[sheet.sheet]
        one, other = self.chance.sample(range(len(rows)), 2)
        both = rows[one].cells.keys() & rows[other].cells.keys()

        def change(number):
            source = {one: other, other: one}.get(number)
            return {name: rows[source].cells[name] for name in both} if source is not None else {}

        return "R-EXCHANGED", self.having(sheet, change)

    def downwards(self):
        """Paste some columns one row too low."""
        sheet = self.grid()
        if sheet is None:
            return None
        rows = self.filed.tables[sheet.sheet]
        names = [field.field for field in self.amounts(sheet) if not field.rows]

        def change(number):
            return {name: rows[number - 1].cells[name] if number else BLANK for name in names}

        return "R-SHIFTED", self.having(sheet, change)

    def sideways(self):
        """Paste a block one column too far to the right, or one row too low in a record."""
        sheets = [one for one in self.sheets if len(one.fields) > 4]
        sheet = self.chance.choice(sheets)
        start = self.chance.randrange(len(sheet.fields) - 3)
        fields = sheet.fields[start:]
        rows = self.filed.tables[sheet.sheet]

        def change(number):
            cells = rows[number].cells
            pairs = zip(fields[1:], fields, strict=False)
            moved = {to.field: self.read(cells.get(of.field, BLANK), to) for to, of in pairs}
            return {fields[0].field: BLANK} | moved

        return "R-SHIFTED", self.having(sheet, change)

    def unit(self):
        """Give all amounts of one kind on a sheet in another unit."""
        dimension = self.chance.choice(sorted(UNITS))
        sheet = self.chance.choice(self.sheets)
        fields = [f for f in self.amounts(sheet) if f.measured_in.dimension == dimension]
        times = self.chance.choice(UNITS[dimension])
        rows = self.filed.tables[sheet.sheet]

        def change(number):
            found = {}
            for field in fields:
                cell = rows[number].cells.get(field.field)
                if cell is not None and isinstance(cell.value, int) and cell.value:
                    step = field.measured_in.step if field.type == "measure" else 1
                    text = f"{float(Fraction(cell.value, step) * times):.4f}".rstrip("0").rstrip(
                        "."
                    )
                    found[field.field] = Cell(read_text(text, field, {}), "", text)
            return found

        return "R-OTHER-UNIT", self.having(sheet, change)

    def slips(self):
        """Mistype one to three numbers: they have no cause but themselves."""
        sheet = self.chance.choice(self.sheets)
        rows = self.filed.tables[sheet.sheet]
        spots = [(n, f.field) for n, row in enumerate(rows) for f in self.amounts(sheet)]
        spots = [
            (n, name) for n, name in spots if isinstance(rows[n].cells.get(name, BLANK).value, int)
        ]
        wrong = dict.fromkeys(self.chance.sample(spots, min(len(spots), self.chance.randint(1, 3))))

        def change(number):
            found = {}
            for at, name in wrong:
                if at == number:
                    value = rows[number].cells[name].value
                    slips = (value * 10, value * 100, value // 10, 0, value + 1)
                    found[name] = Cell(self.chance.choice(slips))
            return found

        return "", self.having(sheet, change)


KINDS = ("columns", "rows", "downwards", "sideways", "unit", "slips")
