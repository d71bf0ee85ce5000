"""Score tables that somebody brings, opened and read as one examination."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from xianxue.bureau.exams.reading.scores import Reader, Scores
from xianxue.bureau.exams.reading.tabs import School, Schools, Tab, bare
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.returns.intake import file_names
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import Workspace


class Given(Record):
    """Files as they were read: the tables in them, and what each file was."""

    scores: Scores
    files: Sequence[tuple[str, str]]
    """Name and SHA-256 of each."""


def read_tables(
    workspace: Workspace,
    card: Examination,
    files: Sequence[Path],
    day: date,
    made: Callable[[Tab], Tab] = lambda tab: tab,
) -> Given:
    """Read all files of one examination in one pass; complaints stand in its scores.

    ``made``: what makes marks of a tab that has none yet, cell for cell.
    """
    tabs: list[Tab] = []
    issues: list[Issue] = []
    digests: list[tuple[str, str]] = []
    for path, name in zip(files, file_names(files), strict=True):
        try:
            data = read_file(path)
            digests.append((name, sha256(data).hexdigest()))
            tabs += tabs_of(data, name, issues)
        except RefusedError as refused:
            issues.append(refused.issue(name))
    reader = Reader(card, workspace.shelf.codes, schools_on(workspace.register, day, card.stage))
    reader.scores.issues += issues
    return Given(reader.read([made(tab) for tab in tabs]), digests)


def tabs_of(data: bytes, file: str, issues: list[Issue]) -> list[Tab]:
    """Open a file and give its tabs as texts; one that is hidden is passed over, and said so."""
    book = open_book(data, file)
    found: list[Tab] = []
    for tab in book.tabs:
        # The sheet that an earlier check put in lists complaints, and no marks.
        if tab in {CHECK.summary, REVIEW.summary}:
            continue
        if tab in book.hidden:
            saw = say("这张表是隐藏的，没有读")
            note = Issue(code="X-HIDDEN", severity=Severity.NOTE, file=file, sheet=tab, saw=saw)
            issues.append(note)
            continue
        rows = [[written(raw) for raw in row] for row in book.cells(tab)]
        found.append(Tab(file, tab, rows, address))
    return found


def schools_on(register: Register, day: date, stage: Stage | None) -> Schools:
    """Give the schools as they were on a day, by code and by every name that they have had.

    ``stage``: which one has to be there; None where any will do.
    """
    by_code: dict[str, School] = {}
    by_name: dict[str, list[str]] = {}
    for place in register:
        if place.level != "school":
            continue
        name = place.name_on(day)
        by_code[place.code] = School(
            code=place.code,
            name=name,
            open=place.open_on(day),
            stage=stage is None or stage in place.stages(day),
        )
        for each in dict.fromkeys((name, place.name, *(dated.value for dated in place.names))):
            by_name.setdefault(bare(each), []).append(place.code)
    return Schools(by_code, by_name)
