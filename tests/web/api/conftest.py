"""Tokens of practice accounts, made by the deed that makes tokens."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import warmed
from kit.people import accounts
from kit.surroundings import surroundings

ISSUE = """
import sys
from pathlib import Path
from xianxue.desk.standing.standing import Standing
ground = Standing(Path(sys.argv[1])).ground()
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.accounts.keys import IssueToken
from xianxue.desk.stores import clock
who = Actor(sys.argv[3], sys.argv[4], sys.argv[5])
print(IssueToken(ground, who, clock.now())(sys.argv[2], "test", sys.argv[6:]))
"""


@pytest.fixture(scope="session")
def token_for() -> Callable[..., str]:
    """`token_for(workspace, role, scratch, *deeds)`: a token of the practice account of a role."""

    def issue(workspace: Path, role: str, scratch: Path, *deeds: str) -> str:
        one = next(each for each in accounts(workspace) if each["role"] == role)
        words = (str(workspace), one["login"], one["name"], one["role"], one["place"], *deeds)
        done = warmed.run([sys.executable, "-c", ISSUE, *words], env=surroundings(scratch))
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return issue


@pytest.fixture(scope="session")
def token(site, token_for, tmp_path_factory) -> str:
    """The office clerk's token for the server that all tests share."""
    return token_for(site.workspace, "office_clerk", tmp_path_factory.mktemp("token"))
