"""A table from elsewhere whose columns are decided, ready to be read."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.files.damage import Damage
from xianxue.bureau.returns.mapping.proposal import Proposals
from xianxue.bureau.returns.mapping.table import Table
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import Record, field, replace


class Source(Record):
    """A table whose columns are decided."""

    file: str
    tab: str
    grid: Grid
    full: Grid
    """The same with merged cells filled."""
    table: Table
    form: Form
    found: Proposals
    damage: Damage = field(default_factory=Damage)
    """Formulas without a result and merged cells among the values."""

    def issue(self, code: str, severity: Severity, saw: str, **more: str) -> Issue:
        """Complain of something in this table; ``more`` are further words of the complaint."""
        found = Issue(
            code=code,
            severity=severity,
            saw=saw,
            file=self.file,
            sheet=self.tab,
            form=self.form.form,
        )
        return replace(found, **more)
