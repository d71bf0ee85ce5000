"""Reading workbooks from disk and checking them: the way in, without database or engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.batch import RIVAL, check_batch
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.reading.supposed_place import supposed_place
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.stores.cores import cores, spread
from xianxue.desk.stores.given.given_workbooks import read_file

FEW = 100
"""Up to so many files a second process takes longer to begin than it saves."""
_AT_ONCE = 20
"""Files given to a process at a time."""

Compare = Callable[[Return, Place | None, list[Issue]], list[Issue]]
"""Adds to a return's complaints what is unusual beside last year and beside other schools."""


class Intake(Record):
    """What came in: the returns that may be accepted, and every complaint."""

    acceptable: list[Return]
    issues: list[Issue]


def read_and_check(
    files: Sequence[Path],
    shelf: Shelf,
    register: Register | None,
    period: Period | None = None,
    compare: Compare | None = None,
) -> Intake:
    """Read and check workbooks; a bad one does not keep the others from being judged.

    Without a register (on a school's own machine) places are not looked up: a school is what its
    workbook says it is. With a period, returns of any other are complained of.
    """
    judge = Judge(shelf, register, period, compare)
    return judge.take_in([judge(named) for named in _named(files)])


def check_files(  # noqa: PLR0913 - as read_and_check, and how
    files: Sequence[Path],
    shelf: Shelf,
    register: Register | None,
    period: Period | None = None,
    compare: Compare | None = None,
    *,
    workers: int | None = None,
    done: Callable[[int], object] | None = None,
) -> list[Issue]:
    """Read and check any number of workbooks, on all cores, and keep only the complaints.

    They are those of ``read_and_check``, in the same order. ``workers`` processes share the work:
    as many as there are cores, but one for a few files. ``done`` is told how many more files have
    been judged; an interruption ends the work at once.
    """
    if workers is None:
        workers = cores() if len(files) > FEW else 1
    judge = Judge(shelf, register, period, compare)
    named = _named(files)
    batches = [named[at : at + _AT_ONCE] for at in range(0, len(named), _AT_ONCE)]
    found = map(judge.heads, batches) if workers == 1 else spread(judge.heads, batches, workers)
    return judge.together(list(_counted(found, done)))


def file_names(files: Sequence[Path]) -> list[str]:
    """Name each file by itself, or with its folder where two have the same name."""
    # Schools in different folders often call their files alike; a name alone would mean several.
    often = Counter(path.name for path in files)
    return [path.name if often[path.name] == 1 else path.as_posix() for path in files]


def _named(files: Sequence[Path]) -> list[tuple[Path, str]]:
    return list(zip(files, file_names(files), strict=True))


class Judged(Record):
    """What one file turned out to be."""

    filed: Return | None
    reading: list[Issue]
    """What the reader said of it."""
    checking: list[Issue]
    """What the checks said: to be heard only if the return is the right one."""
    alone: bool = False
    """Whether it was checked, and not yet compared with anything."""


class Judge(Record):
    """Reads and checks one file after another; goes into other processes as it is."""

    shelf: Shelf
    register: Register | None
    period: Period | None = None
    compare: Compare | None = None

    def __call__(self, named: tuple[Path, str]) -> Judged:
        """Judge a file, called by a name."""
        return self.compared(self.alone(named))

    def alone(self, named: tuple[Path, str]) -> Judged:
        """Judge a file by itself, without what it is compared with."""
        path, name = named
        try:
            data = read_file(path)
        except RefusedError as error:
            return Judged(None, [error.issue(name)], [])
        return self.of_bytes(data, name)

    def of_bytes(self, data: bytes, name: str) -> Judged:
        """Judge the bytes of a file by themselves."""
        filed, reading = read_workbook(data, name, self.shelf)
        # A return of nobody's, or of another year, is told that alone: its numbers would be held
        # against the wrong school.
        if filed is None or check_batch([filed], self.register, self.shelf, self.period):
            return Judged(filed, reading, [])
        when = Period.parse(filed.period)
        place = self._place(filed)
        found = check_return(filed, self.shelf, place, when, register=self.register)
        return Judged(filed, reading, found, alone=True)

    def compared(self, judged: Judged) -> Judged:
        """Add what is unusual beside last year and beside other schools."""
        if self.compare is None or judged.filed is None or not judged.alone:
            return judged
        found = self.compare(judged.filed, self._place(judged.filed), judged.checking)
        return replace(judged, checking=found, alone=False)

    def _place(self, filed: Return) -> Place | None:
        if self.register is None:
            return supposed_place(filed, self.shelf)
        return self.register.places.get(filed.place)

    def take_in(self, judged: Sequence[Judged]) -> Intake:
        """Put together what was judged file by file."""
        issues = self.together(judged)
        refused = {issue.file for issue in issues if issue.severity is Severity.MUST_FIX}
        returns = [each.filed for each in judged if each.filed is not None]
        return Intake([filed for filed in returns if filed.file not in refused], issues)

    def heads(self, batch: Sequence[tuple[Path, str]]) -> list[Judged]:
        """Judge some files; of each return only what tells it from others is kept."""
        found: list[Judged] = []
        for named in batch:
            judged = self(named)
            if judged.filed is not None:
                # Results go back between processes: the cells of thousands of workbooks would take
                # longer to send than to check.
                judged = replace(judged, filed=replace(judged.filed, tables={}))
            found.append(judged)
        return found

    def together(self, judged: Sequence[Judged]) -> list[Issue]:
        """Give all complaints, file by file, once it is known which returns rival each other.

        Whose return it is comes before what it says. Rivals are each heard in full, so that both
        can be mended at once; of copies the first is.
        """
        returns = [each.filed for each in judged if each.filed is not None]
        aside = {
            issue.file: issue
            for issue in check_batch(returns, self.register, self.shelf, self.period)
        }
        issues: list[Issue] = []
        heard: set[str] = set()
        for each in judged:
            issues += each.reading
            if each.filed is None:
                continue
            why = aside.get(each.filed.file)
            if why is not None:
                issues.append(why)
            if (why is None or why.code == RIVAL) and each.filed.digest not in heard:
                issues += each.checking
                heard.add(each.filed.digest)
        return issues


def _counted(
    batches: Iterable[list[Judged]], done: Callable[[int], object] | None
) -> Iterator[Judged]:
    for batch in batches:
        if done is not None:
            done(len(batch))
        yield from batch
