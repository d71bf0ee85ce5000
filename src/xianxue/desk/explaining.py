"""Explanations as the bureau reads them, and the value that one speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.desk.actions.ground import Key
from xianxue.desk.stores.cabinet import Cabinet, Kept
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.workspace import ComplaintsError, Workspace


@dataclass(frozen=True)
class Explained:
    """The explanation that counts for a rule, place and field."""

    form: str
    rule: str
    place: str
    field: str
    value: str
    """As it was written; another value needs another explanation."""
    text: str
    by: str
    at: str
    first_period: str


def explained(*, form: str = "", rule: str = "", place: str = "") -> list[Explained]:
    """Give the newest explanation of each rule, place and field, those of one rule together."""
    from xianxue.desk.models import Explanation  # noqa: PLC0415 - needs Django set up first

    asked = {"form": form, "rule": rule, "place": place}
    rows = Explanation.objects.filter(**{name: said for name, said in asked.items() if said})
    newest = {(row.form, row.rule, row.place, row.field): row for row in rows.order_by("id")}
    return [
        Explained(
            form=row.form,
            rule=row.rule,
            place=row.place,
            field=row.field,
            value=row.value,
            text=row.text,
            by=row.by,
            at=minute_of(row.at),
            first_period=row.first_period,
        )
        for _, row in sorted(newest.items())
    ]


def value_of(workspace: Workspace, key: Key, field: str) -> str:
    """Give what was written in a field of the newest revision.

    ComplaintsError where nobody filed, or where the field is not one cell.
    """
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    found = Filing.objects.filter(form=key.form, period=key.period, place=key.place)
    filing = found.select_related("current").first()
    written: list[str] = []
    if filing is not None:
        newest = filing.current
        kept = Kept(key.form, key.place, newest.number, newest.batch, key.period)
        (filed,) = Cabinet(workspace.store / "cabinet").read_returns([kept])
        sheet, _, rest = field.partition(".")
        row, _, name = rest.rpartition(".")
        written = [
            each.cells[name].written
            for each in filed.tables.get(sheet, ())
            if name in each.cells and row in {"", each.code}
        ]
    if len(written) != 1:
        raise ComplaintsError([_unclear(key, field, len(written))])
    return written[0]


def _unclear(key: Key, field: str, found: int) -> Issue:
    return Issue(
        code="F-FIELD",
        severity=Severity.MUST_FIX,
        place=key.place,
        form=key.form,
        field=field,
        saw=f"已报的报表里，{field} 有 {found} 格",
        required="写明是哪一格：表.栏，或 表.行.栏，例如 students.G1.girls",
        do="还没有报送的，用 --value 写明说明的是哪个值",
    )
