"""Each decision names the test that keeps it, and that test exists."""

import ast
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
DECISIONS = HERE / "docs" / "decisions"
PAGES = sorted(path for path in DECISIONS.glob("*.md") if path.name != "README.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


@pytest.mark.parametrize("decision", PAGES, ids=[path.stem for path in PAGES])
def test_a_decision_names_a_test_that_exists(decision: Path, root: Path):
    named = TEST.findall(decision.read_text(encoding="utf-8"))
    assert named, "name the test that keeps it"
    for file, function in named:
        assert (root / file).is_file(), file
        if function:
            tree = ast.parse((root / file).read_text(encoding="utf-8"))
            assert function in {
                node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
            }, f"{file} has no {function}"


def test_every_decision_is_in_the_index_once():
    listed = re.findall(
        r"\]\(([\w-]+\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8")
    )
    assert sorted(listed) == [path.name for path in PAGES]
