"""An invented county of many schools: the demo county's own, each written again under other codes.

Returns of the period are accepted from the cells the example county has, its numbers varied by
school, and so are the few columns it holds of the year before.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import roster
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
WHO = Actor("代收人（虚构）", "office_clerk")
_APART = 1000
"""Between the codes of a school and of its next copy."""


def county(folder: Path, schools: int) -> Workspace:
    """Make the workspace of a county of so many schools, all of whose returns are accepted."""
    example = Example.open("demo_county")
    folder.mkdir(parents=True)
    lay_out_example(folder, example)
    copies = _write_register(folder / roster.NAME, schools)
    workspace = Workspace.open(folder)
    ground = open_ground(workspace)
    from xianxue.desk.actions.accept_returns import AcceptReturns  # noqa: PLC0415 - needs Django
    from xianxue.desk.targets.listing import set_lines  # noqa: PLC0415 - as above

    shelf, own = workspace.shelf, example.register(workspace.shelf)
    cabinet = Cabinet(workspace.store / "cabinet")
    now = [filed for _, _, filed in example.returns(shelf, own)]
    before = [filed for _, returns in example.earlier(shelf, own) for filed in returns]
    for returns in (before, now):
        filed = [made for one in returns for made in _copied(one, copies)]
        deed = AcceptReturns(ground, WHO, AT, "虚构的县，按造好的数收取", cabinet=cabinet)
        refused = deed(filed).refused
        if refused:
            raise ValueError(refused[0].message)
    set_lines(workspace, example.targets(), "办公室（虚构）")
    return workspace


def _write_register(path: Path, schools: int) -> dict[str, list[str]]:
    """Write the register with so many schools; give the codes of each school's copies."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    own = [line for line in lines if line["level"] == "school"]
    copies: dict[str, list[str]] = {}
    made = []
    for number in range(schools):
        line, copy = own[number % len(own)], number // len(own)
        code = str(int(line["code"]) + copy * _APART)
        copies.setdefault(line["code"], []).append(code)
        name = f"{line['name']}{copy + 1}部" if copy else line["name"]
        made.append(line | {"code": code, "name": name})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(lines[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows([line for line in lines if line["level"] != "school"] + made)
    return copies


def _copied(filed, copies):
    """Give a return again for each copy of its school, with other numbers."""
    for code in copies.get(filed.place, [] if filed.form == "school_annual" else [filed.place]):
        if code == filed.place:
            yield filed
            continue
        chance = Random(code)
        of = chance.randint(85, 115)
        tables = {
            name: tuple(
                Row(row.code, {k: _varied(name, k, c, of, code) for k, c in row.cells.items()})
                for row in rows
            )
            for name, rows in filed.tables.items()
        }
        yield replace(filed, place=code, tables=tables)


_AS_IT_IS = {"basic", "classes"}


def _varied(sheet, field, cell, of, code):
    if field == "school_code":
        return Cell(code)
    if sheet in _AS_IT_IS or not isinstance(cell.value, int):
        return cell
    return Cell(cell.value * of // 100)
