"""Practice accounts: those that the example county comes with, and others that a test appoints."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import warmed
from kit.surroundings import surroundings

LIST = "accounts.tsv"
APPOINT = """
import json, sys
from pathlib import Path
from xianxue.desk.standing.standing import Standing
ground = Standing(Path(sys.argv[1])).ground()
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.listed import Listed
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.stores import clock
wanted = [
    Listed(login=login, name=f"{login}（虚构）", role=role, place=place)
    for login, role, place in json.loads(sys.argv[2])
]
who = Actor("建账号的人（虚构）", "administrator")
made = CreateAccounts(ground, who, clock.now(), "练习（虚构）")(wanted)
print(json.dumps(
    [{"login": m.login, "password": m.password, "name": m.name, "role": m.role, "place": m.place}
     for m in made]
))
"""


def accounts(workspace: Path) -> list[Mapping[str, str]]:
    """The practice accounts of a workspace, as its list has them."""
    with (workspace / LIST).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def appoint(
    workspace: Path, scratch: Path, people: Sequence[tuple[str, str, str]]
) -> list[Mapping[str, str]]:
    """Make accounts by the deed that makes them: login, role, place; give them as they are listed."""
    words = [sys.executable, "-c", APPOINT, str(workspace), json.dumps(people)]
    done = warmed.run(words, env=surroundings(scratch))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
