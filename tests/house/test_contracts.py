"""The import contracts and the bans of pyproject.toml catch what they are meant to catch."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOUSE = [
    "bureau",
    "bureau.values",
    "bureau.places",
    "bureau.law",
    "bureau.issues",
    "bureau.documents",
    "bureau.kinds",
    "bureau.records",
    "bureau.returns",
    "bureau.returns.sheets",
    "bureau.returns.files",
    "bureau.returns.contents",
    "bureau.returns.reading",
    "bureau.returns.checking",
    "bureau.returns.template",
    "bureau.returns.mapping",
    "bureau.returns.marking",
    "bureau.returns.basis",
    "bureau.indicators",
    "bureau.assessment",
    "bureau.plan",
    "bureau.plan.solvers",
    "bureau.plan.conflicts",
    "bureau.plan.balance",
    "bureau.plan.layout",
    "bureau.plan.forecast",
    "bureau.report",
    "bureau.audit",
    "bureau.audit.reading",
    "bureau.audit.judging",
    "bureau.audit.binding",
    "bureau.audit.binding.rates",
    "bureau.audit.binding.sums",
    "bureau.audit.telling",
    "bureau.audit.sources",
    "bureau.audit.showing",
    "catalogue",
    "desk",
    "desk.stores",
    "desk.models",
    "desk.actions",
    "desk.returns",
    "desk.places",
    "desk.indicators",
    "desk.releases",
    "desk.audit",
    "desk.journal",
    "desk.cli",
    "web",
    "web.kit",
    "web.gate",
    "web.returns",
    "web.places",
]
"""A small house of the same plan, with one module `work` in each of its packages."""

KEPT = {
    "bureau.returns.files.work": "import openpyxl, python_calamine, xlsxwriter\nimport pathlib",
    "bureau.returns.reading.work": "from xianxue.bureau.returns.files import work",
    "bureau.returns.mapping.work": "from xianxue.bureau.returns.template import work",
    "bureau.report.work": "import docx, lxml.etree\nfrom xianxue.bureau.records import work",
    "bureau.plan.solvers.work": "import highspy",
    "bureau.plan.forecast.work": "import numpy",
    "bureau.plan.balance.work": "import xianxue.bureau.plan.solvers.work",
    "bureau.audit.binding.sums.work": "from xianxue.bureau.audit.judging import work",
    "bureau.audit.telling.work": "import xianxue.bureau.audit.binding.sums.work",
    "bureau.records.engine": "import narwhals.stable.v2 as nw",
    "bureau.kinds.work": "import msgspec",
    "bureau.cycle": "from xianxue.bureau.returns.reading import work\nimport xianxue.bureau.report.work",
    "catalogue.work": "import msgspec, yaml\nfrom xianxue.bureau.kinds import work",
    "desk.stores.work": "import duckdb, polars, sqlite3, datetime",
    "desk.models.work": "from django.db import models",
    "desk.actions.work": "from xianxue.desk.stores import work\nimport xianxue.desk.models.work",
    "desk.returns.work": "from xianxue.desk.actions import work\nimport xianxue.desk.models.work",
    "desk.indicators.work": "from xianxue.desk.returns import work",
    "desk.releases.work": "from xianxue.desk.indicators import work",
    "desk.audit.work": "from xianxue.desk.releases import work",
    "desk.cli.work": "import click, rich.table\nfrom xianxue.bureau import cycle",
    "web.kit.work": "import jinja2, markupsafe, django.http\nfrom xianxue.desk.actions import work",
    "web.gate.work": "from xianxue.web.kit import work",
    "web.returns.work": "import ninja\nfrom xianxue.web.kit import work",
    "web.server": "import waitress, whitenoise\nimport xianxue.web.returns.work",
}
"""What each home may import."""

RETURNS = {"returns-rooms"}
RIVER, FAMILIES = {"audit-river"}, {"audit-families"}

BROKEN = [
    ("bureau.values.work", "import xianxue.bureau.places.work", {"bureau"}),
    ("bureau.kinds.work", "from xianxue.bureau.records import work", {"bureau"}),
    ("bureau.documents.work", "from xianxue.bureau.kinds import work", {"bureau"}),
    ("bureau.returns.basis.work", "from xianxue.bureau.indicators import work", {"bureau"}),
    ("bureau.returns.checking.work", "from xianxue.bureau.returns.reading import work", RETURNS),
    ("bureau.returns.template.work", "import xianxue.bureau.returns.checking.work", RETURNS),
    ("bureau.returns.files.work", "from xianxue.bureau.returns.contents import work", RETURNS),
    ("bureau.returns.reading.work", "from xianxue.bureau.returns import marking", RETURNS),
    ("bureau.returns.marking.work", "from xianxue.bureau.returns import mapping", RETURNS),
    ("bureau.returns.sheets.work", "from xianxue.bureau.returns.files import work", RETURNS),
    ("bureau.returns.helpers", "", RETURNS),
    ("bureau.audit.reading.work", "from xianxue.bureau.audit.judging import work", RIVER),
    ("bureau.audit.judging.work", "import xianxue.bureau.audit.binding.rates.work", RIVER),
    ("bureau.audit.binding.sums.work", "from xianxue.bureau.audit.telling import work", RIVER),
    ("bureau.audit.telling.work", "from xianxue.bureau.audit.showing import work", RIVER),
    ("bureau.audit.binding.sums.work", "import xianxue.bureau.audit.binding.rates.work", FAMILIES),
    ("bureau.audit.helpers", "", RIVER),
    ("bureau.report.work", "from xianxue.bureau import cycle", {"bureau"}),
    ("bureau.common", "", {"bureau"}),
    ("bureau.law.work", "import xianxue.catalogue.work", {"floors"}),
    ("catalogue.work", "from xianxue import desk", {"floors"}),
    ("utils.work", "", {"floors"}),
    ("desk.stores.work", "import xianxue.desk.returns.work", {"desk"}),
    ("desk.models.work", "from xianxue.desk.stores import work", {"desk"}),
    ("desk.actions.work", "from xianxue.desk.returns import work", {"desk"}),
    ("desk.returns.work", "from xianxue.desk.indicators import work", {"desk"}),
    ("desk.returns.work", "import xianxue.desk.places.work", {"desk"}),
    ("desk.releases.work", "from xianxue.desk.audit import work", {"desk"}),
    ("desk.audit.work", "from xianxue.desk import cli", {"desk"}),
    ("desk.helpers", "", {"desk"}),
    ("bureau.assessment.work", "import random", {"pure"}),
    ("bureau.records.work", "import polars", {"pure", "home-polars"}),
    ("bureau.values.work", "from django.db import models", {"pure", "home-django"}),
    ("desk.stores.work", "import pandas", {"workshop"}),
    ("desk.stores.work", "import openpyxl", {"home-workbooks"}),
    ("bureau.assessment.work", "import xlsxwriter", {"home-workbooks"}),
    ("bureau.returns.files.work", "from lxml import etree", {"home-word"}),
    ("bureau.plan.balance.work", "import highspy", {"home-solver"}),
    ("bureau.plan.balance.work", "import numpy", {"home-numpy"}),
    ("bureau.plan.layout.work", "import xianxue.bureau.plan.balance.work", {"plan-rooms"}),
    ("desk.stores.work", "import narwhals", {"home-narwhals"}),
    ("bureau.indicators.work", "import narwhals", {"home-narwhals"}),
    ("desk.cli.work", "import polars", {"home-polars"}),
    ("desk.cli.work", "import duckdb", {"home-polars"}),
    ("bureau.kinds.work", "import yaml", {"pure", "home-yaml"}),
    ("bureau.values.work", "import msgspec", {"home-msgspec"}),
    ("desk.stores.work", "import rich", {"home-terminal"}),
    ("catalogue.work", "import django.utils", {"home-django"}),
    ("desk.actions.work", "from xianxue.web.kit import work", {"floors"}),
    ("web.kit.work", "import xianxue.web.gate.work", {"web-rooms"}),
    ("web.returns.work", "import xianxue.web.places.work", {"web-rooms"}),
    ("web.helpers", "", {"web-rooms"}),
    ("web.returns.work", "import xianxue.desk.models.work", {"web-asks"}),
    ("web.returns.work", "from xianxue.desk.stores import work", {"web-asks"}),
    ("desk.cli.work", "import waitress", {"home-web"}),
    ("web.returns.work", "import polars", {"home-polars"}),
    ("web.returns.work", "import pyotp", {"home-accounts"}),
]


def build(folder: Path, modules: dict[str, str]) -> None:
    """Write the small house into a folder."""
    package = folder / "xianxue"
    package.mkdir()
    (package / "__init__.py").touch()
    for name in HOUSE:
        inside = package / name.replace(".", "/")
        inside.mkdir(exist_ok=True)
        (inside / "__init__.py").touch()
        if name not in {
            "bureau",
            "bureau.returns",
            "bureau.audit",
            "bureau.audit.binding",
            "bureau.plan",
            "desk",
            "web",
        }:  # whose every part is a named layer
            (inside / "work.py").touch()
    (package / "bureau" / "cycle.py").touch()
    for name, source in modules.items():
        path = package / f"{name.replace('.', '/')}.py"
        if not path.parent.exists():
            path.parent.mkdir()
            (path.parent / "__init__.py").touch()
        path.write_text(source, encoding="utf-8")


def lint(folder: Path, root: Path) -> set[str]:
    """Check the small house by our contracts; the ids of those that are broken."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            "--no-logo",
            "--no-cache",
            "--config",
            root / "pyproject.toml",
        ],
        cwd=folder,
        env={"COLUMNS": "300", "PATH": "", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    verdicts = dict(re.findall(r"^(.+) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    options = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    ids = {one["name"]: one["id"] for one in options["tool"]["importlinter"]["contracts"]}
    assert verdicts.keys() == ids.keys(), done.stdout + done.stderr
    return {ids[name] for name, verdict in verdicts.items() if verdict == "BROKEN"}


def test_every_library_may_be_used_at_home(tmp_path, root):
    build(tmp_path, KEPT)
    assert lint(tmp_path, root) == set()


@pytest.mark.parametrize(("module", "source", "contracts"), BROKEN)
def test_a_wrong_import_breaks_its_contract(module, source, contracts, tmp_path, root):
    build(tmp_path, {module: source})
    assert lint(tmp_path, root) == contracts


BANNED = [
    "datetime.now()",
    "date.today()",
    "time.time()",
    "random.random()",
    "uuid.uuid4()",
    "os.environ['HOME']",
    "tempfile.mkdtemp()",
]


@pytest.mark.parametrize("expression", BANNED)
@pytest.mark.parametrize(
    ("file", "banned"), [("src/xianxue/bureau/law/x.py", True), ("src/xianxue/desk/x.py", False)]
)
def test_clock_chance_and_surroundings_are_banned_in_the_bureau(expression, file, banned, root):
    source = (
        "import os, random, tempfile, time, uuid\n"
        "from datetime import date, datetime\n"
        f"print({expression})\n"
    )
    lines = [row for code, row in ruff(source, file, root) if code == "TID251"]
    assert bool(lines) is banned


@pytest.mark.parametrize(
    ("file", "banned"), [("src/xianxue/bureau/assessment/x.py", True), ("tests/x.py", False)]
)
def test_a_bare_number_is_refused_in_an_engine(file, banned, root):
    found = ruff("def large(size: int) -> bool:\n    return size > 56\n", file, root)
    assert any(code == "PLR2004" for code, _ in found) is banned


def ruff(source: str, file: str, root: Path) -> list[tuple[str, int]]:
    """The codes and lines that ruff complains of, were this the text of that file."""
    done = subprocess.run(
        [
            Path(sys.executable).with_name("ruff"),
            "check",
            "--no-cache",
            "--output-format=json",
            f"--stdin-filename={root / file}",
            "-",
        ],
        cwd=root,
        input=source,
        capture_output=True,
        text=True,
        check=False,
    )
    return [(one["code"], one["location"]["row"]) for one in json.loads(done.stdout)]
