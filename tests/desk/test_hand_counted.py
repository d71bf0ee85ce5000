"""Four schools counted by hand: workbooks in, and every record that follows as it was written down.

The expectations and their arithmetic stand in ``catalogue/examples/four_schools/expected.yaml``.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.values.exact import Root
from xianxue.catalogue import yaml_lines
from xianxue.desk.indicators.river import River
from xianxue.desk.stores.examples import FOLDER
from xianxue.desk.workspace import Workspace

EXPECTED: dict[str, list[dict[str, Any]]] = yaml_lines.read(
    (FOLDER / "four_schools" / "expected.yaml").read_text(encoding="utf-8")
).data


@pytest.fixture(scope="module")
def river(four_schools: Path) -> River:
    """The county, from its workbooks."""
    workspace = Workspace.open(four_schools)
    return River(workspace, workspace.period(None))


@pytest.fixture(scope="module")
def judged(river: River) -> dict[str, Assessment]:
    """All standards, on the reference day."""
    on = river.period.reference_day
    return {name: river.assess(name, on) for name in river.workspace.shelf.standards}


def stage_of(said: dict[str, Any]) -> str:
    """Give the stage as keys write it."""
    return said["stage"] or "all"


def test_every_figure_is_the_hand_count(river: River) -> None:
    """Numerator, denominator and what is printed, for schools and county."""
    wrong: list[tuple[str, object, object]] = []
    for said in EXPECTED["figures"]:
        period = river.period.code
        key = f"{said['indicator']}/{said['place']}/{stage_of(said)}/{period}"
        figure = river.figures[key]
        parts = [None if said[p] is None else Fraction(said[p]) for p in _PARTS]
        if (figure.shown, figure.numerator, figure.denominator) != (said["shown"], *parts):
            wrong.append((key, said, (figure.shown, figure.numerator, figure.denominator)))
    assert wrong == []
    assert len(EXPECTED["figures"]) > 100


_PARTS = ("numerator", "denominator")


def test_an_indicator_figured_alone_is_the_one_figured_with_all(river: River) -> None:
    """What others need must not leak into it, and nothing it needs may come from them only."""
    every = list(river.figures.values())
    for name in river.workspace.shelf.indicators:
        alone = {figure.key: figure for figure in river.figures_of(name)}
        assert alone == {figure.key: figure for figure in every if figure.indicator == name}


def test_every_finding_is_the_hand_count(judged: dict[str, Assessment]) -> None:
    """The verdict, and the smallest whole number that is lacking."""
    wrong: list[tuple[object, object]] = []
    for said in EXPECTED["findings"]:
        found = the(judged[said["standard"]].findings, said)
        lacking = said["lacking"]
        told = (
            None
            if found.lacking is None
            else {"quantity": found.lacking.quantity, "unit": found.lacking.unit}
        )
        if (found.verdict.value, told) != (said["verdict"], lacking):
            wrong.append((said, (found.verdict, found.lacking)))
    assert wrong == []


def test_every_spread_is_exact(judged: dict[str, Assessment]) -> None:
    """Its square as a fraction, and what is printed."""
    for said in EXPECTED["spread"]:
        found = the(judged[said["standard"]].spread, said)
        assert found.figure is not None
        assert found.figure.value == Root(Fraction(said["square"]))
        assert (found.shown, found.verdict.value) == (said["shown"], said["verdict"])


def test_the_county_and_who_is_left_out(judged: dict[str, Assessment]) -> None:
    """The verdicts, and the teaching point below fifty pupils."""
    for said in EXPECTED["verdicts"]:
        assert judged[said["standard"]].verdict.value == said["verdict"]
    left_out = judged["balance_resources"].not_counted
    assert [(place, stage) for place, stage, _ in left_out] == [
        (said["place"], said["stage"]) for said in EXPECTED["not_counted"]
    ]


def the(findings: tuple[Finding, ...], said: dict[str, Any]) -> Finding:
    """Give the one finding that is spoken of."""
    (found,) = [
        each
        for each in findings
        if (each.place, each.criterion) == (said["place"], said["criterion"])
        and (each.stage.value if each.stage else None) == said["stage"]
    ]
    return found


def test_a_workbook_in_the_folder_stands_behind_every_cell(river: River) -> None:
    """Each cell an explanation names is in a workbook that was accepted."""
    figure = river.figures[f"multimedia_rooms/639800/lower_secondary/{river.period.code}"]
    explained = river.explain(figure)
    folder: Path = river.workspace.root / "workbooks"
    cells = [cell for because in explained.figure.because for cell in because.cells]
    assert cells
    assert {cell.file for cell in cells} <= {path.name for path in folder.iterdir()}
    numerator = [each for each in explained.figure.because if each.part == "numerator"]
    assert sum(each.amount or 0 for each in numerator) == Fraction(18)
