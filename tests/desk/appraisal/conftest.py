"""The example county with one more rubric, in which every kind of source stands once (虚构)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from kit.workspaces import copied

from xianxue.desk.cli import cli
from xianxue.desk.workspace import ComplaintsError, MisusedError

RUBRIC = """\
rubric: every_source
term: 各种来源（虚构）
judges: school
where: {school_type: ['211', '311', '312']}
period: school_year
points: 100
not_applicable: renormalise
items:
  - item: size
    term: 规模
    points: 20
    from:
      kind: figure
      indicator: pupils_all
      curve: {curve: line, line: [{at: 0, points: 0}, {at: 1000, points: 20}]}
  - item: balanced
    term: 资源配置
    points: 20
    from: {kind: finding, standard: balance_resources}
  - item: liked
    term: 满意度
    points: 20
    from:
      kind: poll
      ballot: teaching_review
      curve: {curve: line, line: [{at: 0, points: 0}, {at: 100, points: 20}]}
  - item: drilled
    term: 演练
    points: 20
    from: {kind: count, count: drills.drills, each: 5, cap: 20}
  - item: safe
    term: 平安校园
    points: 20
    from: {kind: rubric, rubric: safe_campus}
grading:
  grades: [{grade: good, term: 好, at_least: 80}, {grade: plain, term: 一般}]
  source: {document: xianxue-own, seen: own}
source: {document: xianxue-own, seen: own}
"""


@pytest.fixture(scope="session")
def county(example_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of this folder's own, which its tests may change."""
    root = copied(example_county, tmp_path_factory.mktemp("appraisal"))
    (root / "local" / "every_source.yaml").write_text(RUBRIC, encoding="utf-8")
    return root


Run = Callable[..., Any]


@pytest.fixture(scope="session")
def run(county: Path) -> Run:
    """Run a command of ``xianxue appraise``; give what it printed, as JSON where it is that."""

    def running(*words: str, code: int = 0) -> Any:
        done = CliRunner().invoke(cli, ["appraise", *words, "--workspace", str(county)])
        if code:
            # What ``main`` tells the user of, and ends with 1 or 2.
            assert isinstance(done.exception, (MisusedError, ComplaintsError)), done.output
            return str(done.exception) + "".join(
                issue.message for issue in getattr(done.exception, "issues", ())
            )
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout) if "--json" in words else done.output

    return running
