"""The four schools' county at work: each deed as its person does it, and a standing beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.accept_returns import AcceptReturns
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.submit import Submit
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import publish
from xianxue.desk.standing.standing import Standing, standing
from xianxue.desk.stores import clock
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.targets.listing import set_lines

FORM, COUNTY_FORM = "school_annual", "county_annual"
CENTRAL, NINE, MIDDLE, SMALL = "2163980001", "3163980001", "3163980002", "2163980002"
OFFICE = Actor("赵六（虚构）", "office_clerk")
LEADER = Actor("钱七（虚构）", "leader")


@dataclass
class County:
    """A workspace, and who works on it."""

    root: Path

    FORM, COUNTY_FORM = FORM, COUNTY_FORM
    CENTRAL, NINE, MIDDLE, SMALL = CENTRAL, NINE, MIDDLE, SMALL
    OFFICE, LEADER = OFFICE, LEADER

    @property
    def standing(self) -> Standing:
        return standing(self.root)

    @property
    def period(self) -> Period:
        return self.standing.period()

    @property
    def fresh(self) -> River:
        """The river opened by nobody but the one who asks."""
        return River(self.standing.workspace(), self.period)

    def clerk(self, place: str) -> Actor:
        return Actor(f"填报员（虚构，{place}）", "school_clerk", place)

    def key(self, place: str = CENTRAL, form: str = FORM) -> Key:
        return Key(form, self.period.code, place)

    def filed(self, place: str = CENTRAL, form: str = FORM) -> Return:
        """What a place has reported, as it is accepted."""
        (found,) = [
            one for one in self.fresh.holdings.returns if (one.place, one.form) == (place, form)
        ]
        return found

    def changed(self, cells: dict[str, Any], place: str = CENTRAL, form: str = FORM) -> Return:
        """What a place has reported with other cells: ``sheet/row/field`` to value."""
        return with_cells(self.filed(place, form), cells)

    def do(self, deed: Callable[..., Any], actor: Actor, why: str = "", **more: Any) -> Any:
        return deed(self.standing.ground(), actor, clock.now(), why, **more)

    @property
    def cabinet(self) -> Cabinet:
        return Cabinet(self.root / "store" / "cabinet")

    def submit(self, filed: Return) -> None:
        who = self.clerk(filed.place)
        signed = Signatures(who.name, "校长（虚构）")
        deed = self.do(Submit, who, "更正", cabinet=self.cabinet, signed=signed)
        assert [one.message for one in deed([filed]).refused] == []

    def review(self, place: str = CENTRAL, form: str = FORM) -> None:
        self._taken(self.do(Review, OFFICE)(self.key(place, form)))

    def approve(self, place: str = CENTRAL, form: str = FORM) -> None:
        self._taken(self.do(Approve, LEADER)(self.key(place, form)))

    def send_back(self, place: str = CENTRAL, form: str = FORM) -> None:
        remarks = [Remark("请核对", "students", "G1", "enrolled", "B4")]
        self._taken(self.do(SendBack, OFFICE, "有误", remarks=remarks)(self.key(place, form)))

    def collect(self, filed: Return) -> None:
        deed = self.do(AcceptReturns, OFFICE, "代收", cabinet=self.cabinet)
        assert [one.message for one in deed([filed]).refused] == []

    def set_window(self, due: Any, lock: Any, form: str = FORM) -> None:
        self.do(SetWindow, OFFICE)(form, self.period.code, due, lock)

    def set_target(self, amount: str = "90%") -> None:
        line = {
            "indicator": "classes_within_norm",
            "amount": amount,
            "period": self.period.code,
            "stage": "primary",
            "origin": "own",
            "source": "四校示范县教育局（虚构）工作要点",
        }
        set_lines(self.standing.workspace(), [line], "办公室（虚构）")

    def publish(self) -> None:
        publish(self.standing.workspace(), self.period, actor=LEADER, why="年度数据")

    @staticmethod
    def _taken(done: Any) -> None:
        assert not hasattr(done, "severity"), done.message


def with_cells(filed: Return, cells: dict[str, Any]) -> Return:
    """Give a return with other cells: ``sheet/row/field`` to value."""
    wanted = {tuple(where.split("/")): value for where, value in cells.items()}
    tables = {
        sheet: tuple(
            Row(
                row.code,
                {
                    name: Cell(wanted[sheet, row.code, name])
                    if (sheet, row.code, name) in wanted
                    else cell
                    for name, cell in row.cells.items()
                },
            )
            for row in rows
        )
        for sheet, rows in filed.tables.items()
    }
    made = replace(filed, tables=tables, revision=0, digest="", file="更正.xlsx")
    said = {
        (sheet, row.code, name)
        for sheet, rows in made.tables.items()
        for row in rows
        for name in row.cells
    }
    assert set(wanted) <= said, "no such cell"
    return made
