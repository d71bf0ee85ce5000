"""One server for all pages of ballots, on a county of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from kit.server import Server
from kit.workspaces import copied

from xianxue.desk.cli import cli

SCHOOL = "3463990001"
PEOPLE = ("a=甲（虚构）", "b=乙（虚构）", "c=丙（虚构）", "d=丁（虚构）")


@pytest.fixture(scope="package")
def slips(county, tmp_path_factory) -> Iterator[tuple[Server, dict[str, list[str]]]]:
    """A server, and the codes of an appraisal, an election and a survey."""
    scratch = tmp_path_factory.mktemp("ballots")
    workspace = copied(county, scratch)
    schools = scratch / "各校.csv"
    schools.write_text(f"学校代码,类别,张数\n{SCHOOL},parents,6\n", encoding="utf-8")
    codes: dict[str, list[str]] = {}

    def run(*words: object) -> None:
        line = ["ballots", *map(str, words), "--workspace", str(workspace)]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == 0, done.output

    people = [word for one in PEOPLE for word in ("--subject", one)]
    for name, words, many in (
        ("cadre_appraisal", people, ("--many", "staff=40")),
        ("headmaster_election", ["--round", "final", *people[:4]], ("--many", "3")),
        ("compulsory_satisfaction", [], ("--schools", schools)),
    ):
        run("open", name, *words)
        file = scratch / f"{name}.txt"
        run("slips", name, "-o", file, *many)
        lines = file.read_text("utf-8").splitlines()
        codes[name] = [line.rpartition("/")[2] for line in lines]
    server = Server(workspace, scratch)
    yield server, codes
    server.stop()
