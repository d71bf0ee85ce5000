"""Published appraisals as sources of tables: figures end in results, and these in items.

Only what was published is counted, under the number published last. A county that has published
nothing of a rubric has no figure of it, and not a nought.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import TableRow, lay_out
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tables import PERSONS, table_of, tables_of
from xianxue.bureau.kinds.card import Needed
from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.source import OnDemand
from xianxue.bureau.records.trace import ResultRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.database import open_database
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.harm import HarmedError, harm
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models.appraisal import AppraisalRelease

Values = Mapping[str, int | str | Missing]
_YEARS: Final = frozenset({"school_year", "calendar_year"})


class AppraisalSource(Record, dict=True):
    """The published appraisals of one county, for one period."""

    workspace: Workspace
    register: Register
    period: Period
    known: Callable[[], Mapping[str, int]]
    """Gives the number of the release of each appraisal that is counted."""

    def tables(self) -> Mapping[str, Any]:
        """Offer a table of each rubric; it is made when somebody counts it."""
        return OnDemand({name: partial(self._table, name) for name in self._names})

    def expected(self) -> Expected:
        """Expect a row of whoever was judged; of what was not published, nobody's."""
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for name in self._names:
            fields: dict[str, set[str]] = {}
            for one in self._rows(name):
                fields.setdefault(one.place.code, set()).update(one.values)
            for place, asked in fields.items():
                found[place, name] = (ExpectedRow(None, frozenset(asked)),)
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[ResultRef]:
        """Give the results that a number counts; of persons none by name."""
        found = self._results(table) if table in self._names else None
        if found is None:
            return ()
        release, rubric = found
        rows = zip(self._rows(table), release.results["places"], strict=True)
        return tuple(
            self._ref(release, rubric, one.place.code, said)
            for one, said in rows
            if one.place.code == place and one.row == row and one.values.get(field, 0) != 0
        )

    def _ref(
        self, release: AppraisalRelease, rubric: Rubric, place: str, said: Mapping[str, Any]
    ) -> ResultRef:
        hidden = rubric.judges in PERSONS
        return ResultRef(
            place=place,
            key=release.appraisal.key,
            rubric=rubric.term,
            release=release.number,
            name=say("一人") if hidden else said["name"],
            term=said["grade_term"],
            value="" if hidden or said["total"] is None else said["shown"],
        )

    @own_property
    def _names(self) -> Sequence[str]:
        return list(tables_of(self.workspace.shelf.rubrics.values()))

    def _table(self, name: str) -> Any:  # noqa: ANN401 - a frame of any engine
        table = self.workspace.shelf.tables[name]
        fields = [field.field for field in table.fields]
        columns = lay_out(fields, self._rows(name), self.register, self.period)
        return held_table(columns, column_types(table, columns))

    def _rows(self, name: str) -> list[TableRow]:
        if name not in self._made:
            self._made[name] = self._laid(name)
        return self._made[name]

    @own_property
    def _made(self) -> dict[str, list[TableRow]]:
        return {}

    def _laid(self, name: str) -> list[TableRow]:
        found = self._results(name)
        if found is None:
            return []
        release, rubric = found
        table = self.workspace.shelf.tables[name]
        fields = {field.field for field in table.fields}
        groups = {str(one.term): one.group for one in rubric.groups}
        rows: list[TableRow] = []
        for at, said in enumerate(release.results["places"], start=1):
            values = {
                field: value for field, value in _values(said, groups).items() if field in fields
            }
            code = said["place"]
            # A school that the register no longer has, and whoever is no place: the county's line.
            own = rubric.judges == "school" and code in self.register
            place = self.register[code] if own else self.register.county
            rows.append(TableRow(place, None, str(at), values))
        return rows

    def _results(self, name: str) -> tuple[AppraisalRelease, Rubric] | None:
        """Give the release of a rubric that is counted in the period, with the rubric.

        It is read and held against its digest once, as the rows that are made of it.
        """
        if name not in self._read:
            self._read[name] = self._released(name)
        return self._read[name]

    @own_property
    def _read(self) -> dict[str, tuple[AppraisalRelease, Rubric] | None]:
        return {}

    def _released(self, name: str) -> tuple[AppraisalRelease, Rubric] | None:
        rubrics = self.workspace.shelf.rubrics.values()
        versions = [one for one in rubrics if table_of(one.series) == name]
        keys = {
            key: Period.parse(key.partition("/")[2])
            for key in self.known()
            if table_of(key.partition("/")[0]) == name
        }
        mine = [key for key, period in keys.items() if _belongs(period, self.period)]
        if not mine:
            return None
        open_database(self.workspace.store)
        from xianxue.desk.models.appraisal import AppraisalRelease  # noqa: PLC0415 - Django first

        # Of what is appraised each term, the last one of the year.
        last = max(mine, key=lambda key: keys[key].start)
        rows = AppraisalRelease.objects.select_related("appraisal").filter(
            appraisal__rubric=last.partition("/")[0],
            appraisal__period=keys[last].code,
            number=self.known()[last],
        )
        row = rows.first()
        if row is None:
            return None
        _hold(row)
        kept = row.results["rubric"]
        return row, next((one for one in versions if one.rubric == kept), versions[-1])


def _belongs(held: Period, period: Period) -> bool:
    """Whether an appraisal of one period is of another: of a year, by the usual rule."""
    if held.kind == period.kind:
        return held.code == period.code
    if held.kind in _YEARS:
        return Needed(kind=held.kind).for_(period).code == held.code
    return period.start <= held.start <= period.end


def _values(said: Mapping[str, Any], groups: Mapping[str, str]) -> dict[str, int | str | Missing]:
    graded = bool(said["grade"])
    found: dict[str, int | str | Missing] = {
        "judged": int(graded),
        "open": int(not graded),
        "grade": said["grade"] or Missing.NOT_ASKED,
        "group": groups.get(said["group"]) or Missing.NOT_ASKED,
        "totalled": int(said["total"] is not None),
    }
    if said["total"] is not None:
        found["total"] = int(Decimal(said["total"]).scaleb(UNITS["point"].decimals))
    if said["rank"] is not None:
        found["rank"] = said["rank"]
    return found


def _hold(row: AppraisalRelease) -> None:
    """See that results are as they were published; HarmedError where they are not."""
    from xianxue.desk.actions.appraisal.publishing import digest_of  # noqa: PLC0415 - Django first

    if digest_of(row.results) != row.digest:
        name = f"appraisals/{row.appraisal.key}/{row.number}"
        raise HarmedError([harm(name, say("结果和公示时不一样"))])


def published_until(on: date) -> dict[str, int]:
    """Give the appraisals published up to a day, each with its last number."""
    from xianxue.desk.models.appraisal import AppraisalRelease  # noqa: PLC0415 - needs Django first

    rows = AppraisalRelease.objects.select_related("appraisal").order_by("number")
    return {row.appraisal.key: row.number for row in rows if day_of(row.at) <= on}
