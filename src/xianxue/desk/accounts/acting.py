"""Who acts at the command line: on trust where there are no accounts, by a token where there are.

A token comes from the surroundings or from a file, never from the line itself: what is typed there
stands in everybody's list of processes and in the shell's history.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import OFFICE, Actor, person
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.accounts.people import has_accounts, login_of
from xianxue.desk.accounts.tokens import Held, token_of
from xianxue.desk.stores import clock, machine
from xianxue.desk.stores.harm import ComplaintsError

VARIABLE: Final = "XIANXUE_TOKEN"
FILE_VARIABLE: Final = "XIANXUE_TOKEN_FILE"


def acting(gate: Gate, who: str | Actor, role: str = OFFICE, own: str = "") -> Actor:
    """Give who acts: an actor as it is; a name typed at this machine as its account has it.

    ComplaintsError where the workspace has accounts and no token shows that it is theirs. Practice
    accounts protect nothing, so beside them a name is taken on trust as where there are none.
    """
    if isinstance(who, Actor):
        return who
    if not has_accounts():
        return Actor(who, role, own, machine.here())
    held = holder(gate)
    if person(who) != person(held.person.name) and login_of(who) != held.person.login:
        saw = say("令牌是{holder}的，--as 写的是“{who}”", holder=held.person.name, who=who)
        raise ComplaintsError([refuse("A-TOKEN", saw, say("--as 写令牌本人的姓名或登录名"))])
    actor = held.actor(machine.here(), *_part(held, role, own))
    if isinstance(actor, Issue):
        raise ComplaintsError([actor])
    return actor


def holder(gate: Gate) -> Held:
    """Give whose token is in the surroundings; ComplaintsError where none is, or it is not good."""
    text = _token()
    if not text:
        saw = say("这个工作目录有账号，命令行办事没有出示令牌")
        required = say("--as 写明姓名，令牌放在环境变量 {variable}，或 {file} 指的文件里",
                       variable=VARIABLE, file=FILE_VARIABLE)  # fmt: skip
        do = say("没有令牌的，先领取：xianxue accounts token issue --as 登录名")
        raise ComplaintsError([refuse("A-TOKEN", saw, required, do)])
    held = token_of(gate, text, clock.now())
    if isinstance(held, Issue):
        raise ComplaintsError([held])
    return held


def _token() -> str:
    text = os.environ.get(VARIABLE, "").strip()
    file = os.environ.get(FILE_VARIABLE, "").strip()
    return text or (Path(file).read_text(encoding="utf-8").strip() if file else "")


def _part(held: Held, role: str, own: str) -> tuple[str, str]:
    """Take what the line says of the part only where there are several to choose from.

    A command has a default role; somebody's only part is theirs whatever the default is.
    """
    posts = held.person.posts
    if len(posts) == 1:
        return posts[0].role, posts[0].place
    return role, own
