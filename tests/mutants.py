"""How many small faults in the source do the tests notice?

A fault is made in one place: a comparison turned, a number off by one, a word of a sentence
changed, a result left out. Then only those tests run that pass through the place, the quickest
first. A fault is killed if one of them fails. What survives is listed with its place: each is a
sentence the tests do not hold, or a line that has no need to be there.

    make mutants

Which tests pass through which line is measured first, and kept in ``benchmarks/results`` until
the source or the tests change.
"""

import argparse
import ast
import hashlib
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"

ROOMS = ["bureau/returns/reading", "bureau/returns/checking", "desk/actions"]
TESTS = ["tests/returns", "tests/desk"]

# A fault that makes a loop endless is killed by the wall clock: ten times what the tests took,
# and never under this many seconds, since a loaded machine is slow.
SHORTEST_WAIT = 20.0
# What is run for one fault: the quickest tests that pass through its line, up to so many seconds
# of undisturbed running time.
MOST_SECONDS = 25.0

TURNED = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
}


class Sites(ast.NodeVisitor):
    """Every place where a fault can be made: its line, its kind and what it does."""

    def __init__(self):
        self.found = []

    def add(self, node, kind, change):
        self.found.append((node.lineno, node.col_offset, kind, change))

    def visit_FunctionDef(self, node):
        self._body(node)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815 -- ast asks for the name

    def visit_ClassDef(self, node):
        self._body(node)

    def visit_Module(self, node):
        self._body(node)

    def _body(self, node):
        """Leave out docstrings and decorators; annotations are never visited."""
        body = node.body
        for at, each in enumerate(body):
            text = isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)
            if text and isinstance(each.value.value, str):
                continue
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call) and len(body) > 1:
                self.add(each, "call left out", ("drop", body, at))
            self.visit(each)

    def visit_AnnAssign(self, node):
        if node.value is not None:
            self.visit(node.value)

    def visit_arguments(self, node):
        for default in [*node.defaults, *node.kw_defaults]:
            if default is not None:
                self.visit(default)

    def visit_Compare(self, node):
        for at, op in enumerate(node.ops):
            if type(op) in TURNED:
                self.add(node, type(op).__name__, ("item", node.ops, at, TURNED[type(op)]()))
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        self.add(node, type(node.op).__name__, ("set", node, "op", TURNED[type(node.op)]()))
        self.generic_visit(node)

    def visit_BinOp(self, node):
        if type(node.op) in TURNED:
            self.add(node, type(node.op).__name__, ("set", node, "op", TURNED[type(node.op)]()))
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            self.add(node, "not", ("not", node))
        self.generic_visit(node)

    def visit_Return(self, node):
        if node.value is not None and not _is_none(node.value):
            self.add(node, "result left out", ("set", node, "value", ast.Constant(None)))
        self.generic_visit(node)

    def visit_If(self, node):
        turned = ast.UnaryOp(ast.Not(), node.test)
        self.add(node, "condition turned", ("set", node, "test", turned))
        self.generic_visit(node)

    def visit_Break(self, node):
        self.add(node, "break", ("become", node, ast.Continue))

    def visit_Continue(self, node):
        self.add(node, "continue", ("become", node, ast.Break))

    def visit_Constant(self, node):
        value = node.value
        if isinstance(value, bool):
            self.add(node, "truth", ("set", node, "value", not value))
        elif isinstance(value, int | float):
            self.add(node, "number", ("set", node, "value", value + 1))
        elif isinstance(value, str) and value.strip():
            self.add(node, "text", ("set", node, "value", f"{value}~"))


def _is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def make(change):
    """Make a fault in the tree it was found in."""
    how, *rest = change
    if how == "set":
        node, name, new = rest
        setattr(node, name, new)
    elif how == "item":
        items, at, new = rest
        items[at] = new
    elif how == "drop":
        body, at = rest
        body[at] = ast.copy_location(ast.Pass(), body[at])
    elif how == "not":
        (node,) = rest
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
    else:
        node, kind = rest
        node.__class__ = kind


def sites(path):
    """Give the tree of a file and every place for a fault in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    visitor = Sites()
    visitor.visit(tree)
    return tree, visitor.found


class Watch:
    """Notes for every test which lines it passes through and how long it takes."""

    def __init__(self, cover):
        self.cover, self.seconds, self.began, self.bad = cover, {}, 0.0, set()

    def pytest_runtest_setup(self, item):
        self.began = time.perf_counter()
        self.cover.switch_context(item.nodeid)

    def pytest_runtest_teardown(self, item):
        self.seconds[item.nodeid] = time.perf_counter() - self.began

    def pytest_runtest_logreport(self, report):
        if not report.passed:
            self.bad.add(report.nodeid)


QUIET = ["-q", "-p", "no:cacheprovider", "--no-header", "-W", "ignore", "--tb=no"]


def measure(rooms, tests):
    """Give, for each line, the tests that pass through it, and what each test takes."""
    import coverage  # only this part needs it
    import pytest

    folders = [str(ROOT / "src" / "xianxue" / room) for room in rooms]
    cover = coverage.Coverage(
        data_file=None, include=[f"{folder}/*" for folder in folders], messages=False
    )
    cover.start()
    watch = Watch(cover)
    pytest.main([*QUIET, *(str(ROOT / test) for test in tests)], plugins=[watch])
    cover.stop()
    data = cover.get_data()
    lines = {}
    for file in data.measured_files():
        name = str(Path(file).relative_to(ROOT))
        for line, contexts in data.contexts_by_lineno(file).items():
            named = sorted({one for one in contexts if one and one not in watch.bad})
            lines[f"{name}:{line}"] = named
    return {"lines": lines, "seconds": watch.seconds, "bad": sorted(watch.bad)}


def measured(rooms, tests):
    """Measure, or take what was measured of the same files."""
    digest = hashlib.sha256(repr((rooms, tests)).encode())
    for file in sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]):
        digest.update(file.read_bytes())
    kept = RESULTS / f"mutants-{digest.hexdigest()[:12]}.json"
    if not kept.exists():
        RESULTS.mkdir(parents=True, exist_ok=True)
        print("measuring which tests pass through which line", file=sys.stderr)
        # In a process of its own: what it imports must not stand in the way of the faults.
        child = os.fork()
        if child == 0:
            kept.write_text(json.dumps(measure(rooms, tests)))
            os._exit(0)
        os.waitpid(child, 0)
    return json.loads(kept.read_text())


def chosen(name, line, known):
    """Give the tests to run for a line: the quickest, and how long they should take.

    What runs when its file is imported (a constant, a default) belongs to no test: then all tests
    that pass through the file are asked.
    """
    named = known["lines"].get(f"{name}:{line}") or {
        test
        for place, tests in known["lines"].items()
        if place.rpartition(":")[0] == name
        for test in tests
    }
    taken, total = [], 0.0
    for test in sorted(named, key=lambda one: (known["seconds"].get(one, 0.0), one)):
        total += known["seconds"].get(test, 0.0)
        if taken and total > MOST_SECONDS:
            break
        taken.append(test)
    return taken, total


def trial(source, tests, seconds):
    """Run tests over a source with a fault; say whether they noticed."""
    child = os.fork()
    if child == 0:
        os.setsid()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.environ["PYTHONPATH"] = str(source)
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(source))
        os.chdir(ROOT)
        import pytest

        status = pytest.main([*QUIET, "-x", *tests])
        os._exit(0 if int(status) == 0 else 1)
    ends = time.monotonic() + max(SHORTEST_WAIT, 10 * seconds)
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "killed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "killed"


def preload():
    """Import what every trial needs and no fault is made in."""
    import django.db.models  # noqa: F401
    import hypothesis  # noqa: F401
    import openpyxl  # noqa: F401
    import polars as pl  # noqa: F401
    import pytest  # noqa: F401


def main():
    """Make the faults, run the tests, and print what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mutants", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    parser.add_argument("--tests", nargs="+", default=TESTS)
    parser.add_argument("--part", default="1/1", help="K/N: only every Nth fault, from the Kth")
    said = parser.parse_args()
    known = measured(said.rooms, said.tests)
    files = [
        path
        for room in said.rooms
        for path in sorted((ROOT / "src" / "xianxue" / room).rglob("*.py"))
    ]
    places = [(path, at) for path in files for at in range(len(sites(path)[1]))]
    drawn = random.Random(said.seed).sample(places, min(said.mutants, len(places)))
    part, parts = (int(one) for one in said.part.split("/"))
    drawn = drawn[part - 1 :: parts]
    preload()
    outcomes, by_room = Counter(), {}
    with tempfile.TemporaryDirectory() as scratch:
        source = Path(scratch) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        os.system(f"{sys.executable} -m compileall -q {source}")
        for path, at in drawn:
            name = str(path.relative_to(ROOT))
            tree, found = sites(path)
            line, _, kind, change = found[at]
            tests, seconds = chosen(name, line, known)
            outcome = "not reached"
            if tests:
                make(change)
                faulty = Path(scratch) / name
                original = faulty.read_text(encoding="utf-8")
                for compiled in faulty.parent.glob(f"__pycache__/{faulty.stem}.*.pyc"):
                    compiled.unlink()
                faulty.write_text(ast.unparse(ast.fix_missing_locations(tree)), encoding="utf-8")
                outcome = trial(source, tests, seconds)
                faulty.write_text(original, encoding="utf-8")
            outcomes[outcome] += 1
            room = next(each for each in said.rooms if f"xianxue/{each}/" in name)
            by_room.setdefault(room, Counter())[outcome] += 1
            if outcome != "killed":
                text = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
                print(f"{outcome}: {name}:{line} [{kind}] {text}", flush=True)
    for room, each in by_room.items():
        print(f"{room}: {each['killed']} of {each.total()} killed")
    share = outcomes["killed"] / max(1, outcomes.total())
    print(f"{outcomes['killed']} of {outcomes.total()} killed ({share:.1%}); {dict(outcomes)}")


if __name__ == "__main__":
    main()
