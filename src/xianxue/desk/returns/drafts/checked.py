"""One workbook with all that the checks say of it: a file that came, or what was typed."""

from __future__ import annotations

from functools import cached_property

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.marking.mark import mark
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.drafts.groups import Group, grouped
from xianxue.desk.returns.explanations import answered
from xianxue.desk.returns.intake import Judge
from xianxue.desk.workspace import Workspace


class Checked(Record, dict=True):
    """A workbook, what it was understood to say, and every complaint about it."""

    data: bytes
    file: str
    """Its name."""
    filed: Return | None
    """None where it could not be read."""
    issues: list[Issue]

    @property
    def key(self) -> Key | None:
        """Whose return it is; None where nobody can tell."""
        one = self.filed
        return None if one is None else Key(one.form, one.period, one.place)

    @cached_property
    def groups(self) -> list[Group]:
        """The complaints as people are shown them: causes first, with what vanishes with them."""
        return grouped(self.issues)

    def count(self, severity: Severity) -> int:
        """Count the complaints of a grade, those that follow from another left out."""
        return sum(group.severity is severity for group in self.groups)

    @property
    def must_fix(self) -> int:
        """How many have to be mended."""
        return self.count(Severity.MUST_FIX)

    @property
    def explain(self) -> int:
        """How many have to be mended or explained."""
        return self.count(Severity.EXPLAIN)

    @property
    def notes(self) -> int:
        """How many there are that ask for nothing."""
        return self.count(Severity.NOTE)

    @property
    def clean(self) -> bool:
        """Whether nothing keeps it from being handed in."""
        return self.filed is not None and not self.must_fix and not self.explain

    @property
    def cells(self) -> int:
        """How many cells were looked at."""
        tables = self.filed.tables.values() if self.filed is not None else ()
        return sum(len(row.cells) for rows in tables for row in rows)

    def marked(self) -> bytes:
        """Give the workbook with every complaint where it belongs."""
        return mark(self.data, self.issues, file=self.file)


def check_bytes(
    workspace: Workspace,
    ground: Ground,
    data: bytes,
    file: str,
    compare: Comparison,
) -> Checked:
    """Read and check a workbook as it would be when it is handed in."""
    judge = Judge(workspace.shelf, workspace.register, compare=compare)
    judged = judge.compared(judge.of_bytes(data, file))
    issues = judge.together([judged])
    returns = [judged.filed] if judged.filed is not None else []
    return Checked(data, file, judged.filed, answered(ground, returns, issues))
