"""What an examination came to: every group's counts, by the marks and lines that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.bureau.exams.analysis import Analysis, analyse
from xianxue.desk.exams.heights import as_heights
from xianxue.desk.exams.sittings import Standing, files_of, held_card
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.exams.files import MARKS
from xianxue.desk.workspace import Workspace

Kept = Mapping[str, object]
"""A line as it is kept."""


def results_of(
    workspace: Workspace, standing: Standing, heights: Sequence[Kept] | None = None
) -> Analysis:
    """Work an examination out; ``heights`` in place of the lines that stand, to try them.

    HarmedError where the marks are lost or are not those that were loaded.
    """
    if heights is None:
        heights = standing.lines.heights if standing.lines is not None else []
    return analyse(
        POLARS,
        held_card(workspace, standing),
        workspace.shelf.schemes,
        files_of(workspace).opened(MARKS, standing.marks.marks),
        on=standing.sitting.day,
        heights=as_heights(heights),
    )
