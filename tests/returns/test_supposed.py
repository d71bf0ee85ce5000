"""On a school's own machine, without a register, a check says what the bureau would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.reading.supposed_place import supposed_place
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.record import replace
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.returns.intake import read_and_check
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace


@pytest.fixture(scope="module", params=["four_schools", "demo_county"])
def county(request, tmp_path_factory):
    """A workspace, and what its places return."""
    folder = tmp_path_factory.mktemp(request.param)
    example = Example.open(request.param)
    lay_out_example(folder, example)
    opened = Workspace.open(folder)
    return opened, list(example.returns(opened.shelf, opened.register))


def books(county, folder: Path, change=lambda filed: filed) -> list[Path]:
    """One workbook for each return; by name, as a school would have it."""
    opened, returns = county
    found = []
    for form, place, filed in returns:
        path = folder / f"{place.code}.xlsx"
        when, codes = opened.period(None), opened.shelf.codes
        path.write_bytes(write_workbook(form, place, when, codes, change(filed)))
        found.append(path)
    return found


def said(found) -> list[tuple[str, str, str, str]]:
    return [(issue.file, issue.sheet, issue.cell, issue.saw) for issue in found.issues]


def test_a_good_workbook_is_good_without_a_register(county, tmp_path):
    opened, _ = county
    files = books(county, tmp_path)
    assert said(read_and_check(files, opened.shelf, None)) == said(
        read_and_check(files, opened.shelf, opened.register)
    )


def test_what_is_missing_is_the_same_without_a_register(county, tmp_path):
    """Every workbook with only its record sheet 学校基本情况 filled in."""
    opened, _ = county
    kept = ("basic",)
    files = books(
        county,
        tmp_path,
        lambda filed: replace(
            filed, tables={name: rows for name, rows in filed.tables.items() if name in kept}
        ),
    )
    alone = said(read_and_check(files, opened.shelf, None))
    assert alone
    assert alone == said(read_and_check(files, opened.shelf, opened.register))


def test_the_stages_are_those_of_the_type_and_of_the_sheets(county):
    opened, returns = county
    on = opened.period(None).reference_day
    for form, place, filed in returns:
        found = supposed_place(filed, opened.shelf)
        if form.filed_by != "school":
            assert found is None
            continue
        assert found is not None
        assert set(found.stages(on)) == set(place.stages(on))
        assert found.stages(on) == tuple(stage for stage in Stage if stage in place.stages(on))
