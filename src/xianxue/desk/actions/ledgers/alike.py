"""What no two entries may have alike, asked of many lines at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeVar

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ledgers.doing import Doing, digest_of
from xianxue.desk.models.ledger import EntryOnce

T = TypeVar("T")

BATCH: Final = 500
"""Rows of one statement: a database takes no more than some thousand values at once."""


class Alike(Doing):
    """One person who takes in many lines of one ledger."""

    def issue(self, code: str, column: str, saw: Sentence, required: str) -> Issue:
        """Complain of what stands in a column."""
        return Issue(
            code=code,
            severity=Severity.MUST_FIX,
            form=self.ledger.ledger,
            field=column,
            saw=saw,
            required=required,
        )

    def alikes(self, line: Line) -> Iterator[tuple[str, str]]:
        """Go through what has to be a line's alone: the rule, and the digest of what it says."""
        fields = {**line.given, "place": line.place}
        for names in self.ledger.unique:
            said = [fields.get(name) for name in names]
            if all(one is not None for one in said):
                yield ",".join(names), digest_of([str(one) for one in said])

    def twice(self, line: Line, claimed: dict[tuple[str, str], Line]) -> Iterator[Issue]:
        """Claim a line's own, and complain where a line before has claimed it already."""
        for rule, value in self.alikes(line):
            other = claimed.setdefault((rule, value), line)
            if other is not line:
                cell = next(iter(other.cells.values()), "")
                saw = say("{terms}与本表 {cell} 那一行相同", terms=self._terms(rule), cell=cell)
                yield line.of(self._alike_issue(rule, saw))

    def held(self, claimed: Mapping[tuple[str, str], Line]) -> Iterator[Issue]:
        """Complain of what is claimed and an entry has already."""
        for rule in {rule for rule, _ in claimed}:
            values = [value for one, value in claimed if one == rule]
            for some in chunks(values):
                rows = EntryOnce.objects.filter(
                    ledger=self.ledger.ledger, rule=rule, value__in=some
                ).select_related("entry")
                for one in rows:
                    saw = say(
                        "{terms}与{where}的{number}号相同",
                        terms=self._terms(rule),
                        where=self.ground.name(one.entry.place),
                        number=one.entry.number,
                    )
                    yield claimed[rule, one.value].of(self._alike_issue(rule, saw))

    def _alike_issue(self, rule: str, saw: Sentence) -> Issue:
        column = next((name for name in rule.split(",") if name != "place"), "")
        required = say("{ledger}里不重复", ledger=self.ledger.term)
        return self.issue("L-TWICE", column, saw, required)

    def _terms(self, rule: str) -> str:
        return self.alike_terms(rule.split(","))


def chunks(some: Sequence[T]) -> Iterator[Sequence[T]]:
    """Give a sequence in parts that one statement takes."""
    return (some[at : at + BATCH] for at in range(0, len(some), BATCH))
