"""What the demo makes for whoever tries it out (虚构)."""

from __future__ import annotations

import stat

import pytest
from click.testing import CliRunner
from django.db import connection

from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.signing_in import Shown, sign_in
from xianxue.desk.cli import cli
from xianxue.desk.cli.practice import people_of
from xianxue.desk.journal.verification import verify
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

ROLES = ["school_clerk", "school_head", "central_school", "office_clerk", "leader", "auditor",
         "administrator"]  # fmt: skip


def told(folder):
    head, *lines = (folder / "accounts.tsv").read_text("utf-8").splitlines()
    assert head == "login\tpassword\tname\trole\tplace"
    return [line.split("\t") for line in lines]


@pytest.fixture
def folder(tmp_path):
    made = CliRunner().invoke(cli, ["demo", str(tmp_path / "four"), "--example", "four_schools"])
    assert made.exit_code == 0, made.output
    return tmp_path / "four"


def test_everybody_of_the_file_can_sign_in_and_their_passwords_are_new_each_time(folder):
    file = folder / "accounts.tsv"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    people = told(folder)
    assert [role for *_, role, _ in people] == ROLES
    ground = open_ground(Workspace.open(folder))
    for login, password, name, role, place in people:
        signed = sign_in(ground.gate, Shown(login, password), "10.0.0.1", "", clock.now())
        assert isinstance(signed, SignedIn), login
        post = signed.present.post
        assert (signed.present.person.name, post.role, post.place) == (name, role, place)
        assert "虚构" in name
    assert verify().issues == []
    if connection.vendor != "sqlite":
        # A second run clears the folder; a server's database is not the demo's to clear.
        return

    # Each command is a process of its own; here the connection is to a file that is cleared away.
    connection.close()
    again = CliRunner().invoke(cli, ["demo", str(folder), "--example", "four_schools"])
    assert again.exit_code == 0
    assert {password for _, password, *_ in told(folder)}.isdisjoint(
        password for _, password, *_ in people
    )
    shown = again.output
    assert all(password in shown for _, password, *_ in told(folder))
    assert "xianxue serve --workspace" in shown


def test_a_demo_workspace_leaves_the_command_line_as_it_was(folder):
    words = ["returns", "window", "school_annual", "--due", "2027-06-30", "--lock", "2027-07-31"]
    done = CliRunner().invoke(cli, [*words, "--as", "某人（虚构）", "--workspace", str(folder)])
    assert done.exit_code == 0, done.output


def test_an_example_that_is_only_laid_out_has_nobody(tmp_path):
    CliRunner().invoke(cli, ["init", str(tmp_path / "own"), "--example", "four_schools"])
    assert "demo" not in (tmp_path / "own" / "xianxue.toml").read_text("utf-8")


def test_the_central_school_is_that_of_the_clerks_township(tmp_path):
    example = Example.open("demo_county")
    CliRunner().invoke(cli, ["init", str(tmp_path / "own"), "--example", "demo_county"])
    ground = open_ground(Workspace.open(tmp_path / "own"))
    register, districts = ground.register, ground.authority.districts
    people = people_of(register, clock.day_of(clock.now()), districts)
    places = {one.role: one.place for one in people}
    clerk, central = register[places["school_clerk"]], register[places["central_school"]]
    assert places["school_head"] == clerk.code != central.code
    assert register.township_of(clerk) == register.township_of(central) != ""
    assert "中心" in central.name
    assert example.settings.county == register.county.code
    # The inspector of that school's district; the two districts share the schools out.
    assert clerk.code in districts[places["inspector"]]
    first, second = districts.values()
    schools = {one.code for one in register if one.level == "school"}
    assert first | second == schools
    assert not first & second
