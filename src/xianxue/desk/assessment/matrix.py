"""The balance matrix: schools by criteria, with spreads and what the county has to add."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.assessment.compare import eased, passes
from xianxue.bureau.assessment.joint import combinations_in_force
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.assessment.groups import Group, Grouping


class Cell(Record):
    """One school's verdict on one criterion."""

    finding: Finding
    far: bool
    """Whether it is so far below that it fails the whole by itself."""


class Line(Record, kw_only=True):
    """One school-stage of the matrix."""

    place: str
    name: str
    pupils: Fraction | None
    cells: tuple[Cell | None, ...]
    """One for each criterion; None where it does not apply."""
    joint: Finding | None


class Total(Record, kw_only=True):
    """What all schools together lack of one criterion."""

    quantity: int
    schools: int
    unit: str
    surplus: bool
    unknown: int
    """Schools that cannot be judged: the total may grow."""


class Block(Record, kw_only=True):
    """One stage of the matrix."""

    stage: Stage | None
    lines: tuple[Line, ...]
    limits: tuple[Finding | None, ...]
    """For each criterion a finding that names its line; None where nothing is asked."""
    spreads: tuple[Finding | None, ...]
    """For each criterion the finding on its 差异系数: of all schools of a stage, not of a part."""
    group: Group | None = None
    """What its schools have in common beside the stage."""

    @property
    def passed(self) -> int:
        """How many pass."""
        return sum(one.joint is not None and one.joint.verdict is Verdict.MET for one in self.lines)

    @property
    def spread_met(self) -> int:
        """How many spreads keep to their limits."""
        return sum(one is not None and one.verdict is Verdict.MET for one in self.spreads)


class Matrix(Record, kw_only=True):
    """A standard whose criteria are joined school by school."""

    combination: Combination
    criteria: tuple[Criterion, ...]
    blocks: tuple[Block, ...]
    totals: tuple[Total, ...]

    @property
    def lines(self) -> list[Line]:
        """All school-stages."""
        return [line for block in self.blocks for line in block.lines]

    @property
    def failed(self) -> list[Line]:
        """Those that do not pass."""
        return [
            line
            for line in self.lines
            if line.joint is not None and line.joint.verdict is Verdict.NOT_MET
        ]


def matrix_of(  # noqa: PLR0913, PLR0917 - an assessment, and all that it is laid out by
    judged: Assessment,
    card: Standard,
    shelf: Shelf,
    register: Register,
    seen: Collection[str],
    group_of: Grouping | None = None,
) -> Matrix | None:
    """Lay an assessment out as a matrix, for somebody who may see some places.

    None for a standard whose criteria are not joined. Schools that lack most stand first in their
    stage, or in their group of it.
    """
    day = date.fromisoformat(judged.on)
    joined = combinations_in_force(card, day)
    if not joined:
        return None
    combination = joined[0]
    by_name = {one.criterion: one for one in card.criteria}
    criteria = tuple(by_name[name] for name in combination.of)
    found: dict[tuple[Group | None, Stage | None], dict[str, dict[str, Finding]]] = {}
    for one in judged.findings:
        if one.place in seen:
            group = group_of(one.place) if group_of is not None else None
            places = found.setdefault((group, one.stage), {})
            places.setdefault(one.place, {})[one.criterion] = one
    groups = sorted({group for group, _ in found if group is not None}, key=lambda one: one.order)
    blocks = tuple(
        replace(
            _block(stage, places, judged, combination, criteria, card, shelf, register, seen),
            group=group,
            **({"spreads": (None,) * len(criteria)} if group is not None else {}),
        )
        for group in groups or [None]
        for stage in (None, *Stage)
        if (places := found.get((group, stage))) is not None
    )
    return Matrix(
        combination=combination,
        criteria=criteria,
        blocks=tuple(block for block in blocks if block.lines),
        totals=tuple(_total(criterion, judged.findings, seen) for criterion in criteria),
    )


def _block(  # noqa: PLR0913, PLR0917 - a stage, its findings, and what they are laid out by
    stage: Stage | None,
    places: Mapping[str, Mapping[str, Finding]],
    judged: Assessment,
    combination: Combination,
    criteria: Sequence[Criterion],
    card: Standard,
    shelf: Shelf,
    register: Register,
    seen: Collection[str],
) -> Block:
    lines = [
        _line(place, findings, combination, criteria, register)
        for place, findings in places.items()
        if any(one.criterion in findings for one in criteria)
    ]
    limits = [
        next((row[one.criterion] for row in places.values() if one.criterion in row), None)
        for one in criteria
    ]
    county = register.county.code in seen
    return Block(
        stage=stage,
        lines=tuple(sorted(lines, key=_worst)),
        limits=tuple(limits),
        spreads=tuple(
            _spread(one, stage, judged, card, shelf) if county else None for one in criteria
        ),
    )


def _line(
    place: str,
    findings: Mapping[str, Finding],
    combination: Combination,
    criteria: Sequence[Criterion],
    register: Register,
) -> Line:
    share = fraction(combination.others_reach)
    cells = tuple(
        Cell(one, _far(one, share)) if (one := findings.get(each.criterion)) is not None else None
        for each in criteria
    )
    pupils = [
        cell.finding.figure.denominator
        for cell in cells
        # A stage's own pupils: what stages share is divided by more than those.
        if cell is not None and cell.finding.figure is not None and cell.finding.figure.step == 1
    ]
    return Line(
        place=place,
        name=register[place].name if place in register else place,
        pupils=next((one for one in pupils if one is not None), None),
        cells=cells,
        joint=findings.get(combination.criterion),
    )


def _far(finding: Finding, share: Fraction) -> bool:
    """Whether a criterion that fails is below what is asked of the others, and so fails alone."""
    figure, line, rule = finding.figure, finding.threshold, finding.rule
    if finding.verdict is not Verdict.NOT_MET or figure is None or figure.value is None:
        return False
    if line is None or rule == "combination" or not share:
        return False
    return not passes(figure.value, eased(line, rule, share), rule)


def _worst(line: Line) -> tuple[int, int, int, Fraction]:
    """Order by verdict, then by how much is lacking; alike ones by size."""
    verdict = line.joint.verdict if line.joint is not None else Verdict.MET
    rank = {Verdict.NOT_MET: 0, Verdict.UNDETERMINED: 1, Verdict.MET: 2}[verdict]
    short = sum(cell is not None and cell.finding.verdict is Verdict.NOT_MET for cell in line.cells)
    far = sum(cell is not None and cell.far for cell in line.cells)
    return rank, -short, -far, -(line.pupils or Fraction(0))


def _spread(
    criterion: Criterion, stage: Stage | None, judged: Assessment, card: Standard, shelf: Shelf
) -> Finding | None:
    """Find the limit on the 差异系数 of what a criterion judges."""
    base = shelf.indicator(criterion.indicator)
    for limit in card.spread:
        indicator = shelf.indicator(limit.indicator)
        if base is None or indicator is None or indicator.spread_of != base.indicator:
            continue
        for one in judged.spread:
            if one.criterion == limit.criterion and one.stage is stage:
                return one
    return None


def _total(criterion: Criterion, findings: Iterable[Finding], seen: Collection[str]) -> Total:
    mine = [one for one in findings if one.criterion == criterion.criterion and one.place in seen]
    short = [one.lacking for one in mine if one.lacking is not None]
    return Total(
        quantity=sum(one.quantity for one in short),
        schools=len(short),
        unit=short[0].unit if short else "",
        surplus=any(one.surplus for one in short),
        unknown=sum(one.verdict is Verdict.UNDETERMINED for one in mine),
    )
