"""One-point tables that somebody brings: opened, one table chosen, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xianxue.bureau.exams.one_point.checking import Trust, checked
from xianxue.bureau.exams.one_point.reading import BY, Rows, tables_of
from xianxue.bureau.exams.one_point.table import OnePoint
from xianxue.bureau.exams.reading.tabs import Issues, bare
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.exams.tables import tabs_of
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import ComplaintsError, MisusedError

SEVERAL = 12
"""How many tables of a file are named where one has to be chosen."""


class Brought(Record):
    """A table that holds, and what was remarked of it."""

    file: str
    """Its name without the ending."""
    key: Mapping[str, str]
    """Province, track and year, as far as the file says."""
    table: OnePoint
    notes: Sequence[Issue]

    @property
    def named(self) -> str:
        """As it is called: 山东 综合 2025; by its file where it does not say."""
        return " ".join(one for one in self.key.values() if one) or self.file


def read_one_point(path: Path, chosen: Mapping[str, str], trust: Trust = "") -> Brought:
    """Read the one table of a file that is chosen; ComplaintsError with all its faults."""
    issues = Issues()
    try:
        found = tables_of(tabs_of(read_file(path), path.name, issues.found), issues)
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(path.name)]) from None
    if issues.stop:
        raise ComplaintsError(issues.found)
    rows = _chosen(path.name, found, chosen)
    table = checked(rows, issues, trust)
    if issues.stop:
        raise ComplaintsError(issues.found)
    return Brought(path.stem, dict(zip(BY, rows.key, strict=True)), table, issues.found)


def _chosen(file: str, found: Sequence[Rows], chosen: Mapping[str, str]) -> Rows:
    wanted = [bare(chosen.get(one, "")) for one in BY]
    fits = [
        one
        for one in found
        if all(not each or each == said for each, said in zip(wanted, one.key, strict=True))
    ]
    if len(fits) == 1:
        return fits[0]
    which = say("有 {n} 张表都符合", n=len(fits)) if fits else say("没有这样的表")
    listed = joined("、", (_called(one) for one in (fits or found)[:SEVERAL]))
    message = say(
        "{file}：{which}。请用 --province、--track、--year 选一张：{listed}",
        file=file, which=which, listed=listed,
    )  # fmt: skip
    raise MisusedError(message)


def _called(one: Rows) -> Sentence | str:
    return " ".join(each for each in one.key if each) or say("（未写名称）")
