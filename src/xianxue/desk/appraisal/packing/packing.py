"""One command's work: collect, prove every file, print, write, and write down who took it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.appraisal.packing.package import Filed, Package, packed
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.report.official.covers import render_covers
from xianxue.bureau.report.word import render
from xianxue.bureau.values.file_names import free_name, safe_name
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.doing import About, complain, known_place
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.packing import PackEvidence
from xianxue.desk.actions.appraisal.reports import FOLDER
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.packing.collected import stands_of
from xianxue.desk.appraisal.packing.index import Placed, as_csv, as_data, as_json
from xianxue.desk.appraisal.packing.papers import Head, covers, directory, overview
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.packages.writing import writing_package
from xianxue.desk.stores.scans import Scan, ScanFiles

DIRECTORY: Final = "目录.docx"
COVERS: Final = "封面.docx"
INDEX_CSV: Final = "索引.csv"
INDEX_JSON: Final = "索引.json"
Move = Callable[[int], object]


class Made(Record, kw_only=True):
    """What was packed."""

    title: Sentence
    index: Mapping[str, Any]
    """As it stands in the package."""
    digest: str
    """SHA-256 of the index."""
    packages: tuple[Package, ...]


class _Around(Record, kw_only=True):
    """What all parts of one package have in common."""

    desk: Desk
    about: About
    lines: Lines
    scans: ScanFiles

    @property
    def on(self) -> date:
        """Give the day up to which evidence is in: the same lines make the same package."""
        every = self.lines.every
        return day_of(every[-1].at) if every else self.desk.asked.on

    def head(self, signed: str) -> Head:
        about = self.about
        return Head(
            rubric=str(about.rubric.term),
            period=str(about.period.term),
            signed=signed,
            on=self.on,
        )

    @property
    def bureau(self) -> str:
        """Give the name below what is the county's own."""
        return f"{self.desk.workspace.register.county.name}教育局"


def pack(
    desk: Desk, deed: PackEvidence, place: str, target: Path, move: Move = lambda _: None
) -> Made:
    """Write the package of one place, or of all; HarmedError where a file is not what was kept.

    ``move``: told of each file that has been written.
    """
    about = desk.about()
    if not about.names:
        saw = say("{title}还没有写明评谁", title=about.title)
        raise complain("P-PLACE", saw, say("先布置，写明对象"), say("用 appraise begin 布置"))
    code = known_place(about, place) if place else ""
    allowed = deed.allowed(about, code)
    around = _Around(
        desk=desk,
        about=about,
        lines=Lines.of(desk.appraising().row(desk.asked)),
        scans=ScanFiles(desk.workspace.store / "cabinet", FOLDER),
    )
    placed = _placed(around, code)
    _prove(around, [package for package, _ in placed])
    index = _index(around, placed)
    said = as_json(index)
    digest = hashlib.sha256(said).hexdigest()
    with writing_package(target) as writer:
        for name, data in _papers(around, placed):
            writer.put(name, data)
        for package, folder in placed:
            for one in package.files:
                scan = _scan(one)
                with around.scans.opened(scan) as source:
                    if writer.copy(folder + one.name, source) != scan.digest:
                        raise around.scans.altered(scan)
                move(1)
        writer.put(INDEX_CSV, as_csv(placed))
        writer.put(INDEX_JSON, said)
        deed(about, allowed, _journal(placed, code, digest))
    return Made(
        title=about.title,
        index=index,
        digest=digest,
        packages=tuple(package for package, _ in placed),
    )


def _placed(around: _Around, code: str) -> list[Placed]:
    people = around.desk.appraising().people(around.desk.asked)
    chosen = [one for one in people if code in {"", one.place}]
    rubric = around.about.rubric
    packages = [packed(rubric, stands_of(rubric, around.lines, one)) for one in chosen]
    if len(packages) == 1:
        return [(packages[0], "")]
    taken: set[str] = set()
    found: list[Placed] = []
    for one in packages:
        name = free_name(safe_name(one.name, 24), "", taken)
        taken.add(name.lower())
        found.append((one, f"{name}/"))
    return found


def _prove(around: _Around, packages: Sequence[Package]) -> None:
    """Hold every file against its digest; HarmedError with all that are lost or altered."""
    issues: list[Issue] = []
    for package in packages:
        for one in package.files:
            try:
                around.scans.prove(_scan(one))
            except HarmedError as error:
                issues += [_named(issue, package, one) for issue in error.issues]
    if issues:
        raise HarmedError(issues)


def _named(issue: Issue, package: Package, one: Filed) -> Issue:
    """Say of a harmed file whose it is and under which number it is asked for."""
    saw = say(
        "{name}的佐证 {number}“{title}”：{saw}",
        name=package.name,
        number=one.number or "—",
        title=one.file.title,
        saw=issue.saw,
    )
    return replace(issue, place=package.place, saw=saw)


def _scan(one: Filed) -> Scan:
    return Scan(one.name, one.file.digest, one.file.kind, one.file.size)


def _papers(around: _Around, placed: Sequence[Placed]) -> Iterator[tuple[str, bytes]]:
    workspace = around.desk.workspace
    profile = workspace.shelf.profiles[workspace.settings.profile]
    if len(placed) > 1:
        yield "总目录.docx", render(overview(placed, around.head(around.bureau)), profile)
    own = around.about.rubric.judges == "school"
    for package, folder in placed:
        head = around.head(package.name if own else around.bureau)
        yield folder + DIRECTORY, render(directory(package, head), profile)
        for box in package.boxes:
            if not box.at:
                continue
            made = covers(box, package, head)
            name = f"{folder}{box.folder}/{COVERS}"
            yield name, render_covers(made, head.signed, head.on, profile)


def _index(around: _Around, placed: Sequence[Placed]) -> dict[str, Any]:
    about = around.about
    return {
        "rubric": about.rubric.rubric,
        "term": str(about.rubric.term),
        "period": about.period.code,
        "as_of": around.on.isoformat(),
        "lines": around.lines.last,
        "places": as_data(placed),
    }


def _journal(placed: Sequence[Placed], code: str, digest: str) -> dict[str, object]:
    return {
        "place": code,
        "places": len(placed),
        "files": sum(len(package.files) for package, _ in placed),
        "missing": sum(len(package.missing) for package, _ in placed),
        "index": digest,
    }
