"""How accounts are told at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import print_table

if TYPE_CHECKING:
    from xianxue.desk.accounts.records import Person, Post
    from xianxue.desk.actions.accounts.create import Made
    from xianxue.desk.actions.context import Ground


def person_dict(one: Person) -> dict[str, Any]:
    """Tell of an account in JSON."""
    return {
        "login": one.login,
        "name": one.name,
        "demo": one.demo,
        "must_change": one.must_change,
        "second_factor": one.has_code,
        "disabled": one.disabled_at is not None,
        "appointments": [
            {
                "id": post.id,
                "role": post.role,
                "place": post.place,
                "from": post.from_day.isoformat(),
                "until": post.until_day.isoformat() if post.until_day else None,
                "acting_for": post.acting_for,
            }
            for post in one.posts
        ],
    }


def print_people(ground: Ground, found: Sequence[Person]) -> None:
    """Print a line a person, with all their parts."""
    rows = [
        (one.login, one.name, joined("；", [told_post(ground, post) for post in one.posts]),
         _state(one))
        for one in found
    ]  # fmt: skip
    print_table("", (say("登录名"), say("姓名"), say("任职"), say("状况")), rows)


def told_post(ground: Ground, post: Post) -> Sentence:
    """Say one part: its number, the role, where, and until when."""
    where = ground.authority.own_name(post.place)
    return say(
        "{id} {role}{where}{stead}{until}",
        id=f"#{post.id}",
        role=ground.policy.terms([post.role]) or post.role,
        where=say("（{where}）", where=where) if where else "",
        stead=say("，代理{name}", name=post.acting_for) if post.acting_for else "",
        until=say("，到{day}", day=post.until_day) if post.until_day else "",
    )


def _state(one: Person) -> Sentence:
    if one.disabled_at is not None:
        return say("已停用")
    if one.demo:
        return say("演示账号")
    if one.must_change:
        return say("还没有改临时密码")
    return say("在用，有动态验证码") if one.has_code else say("在用")


def passwords_text(made: Sequence[Made]) -> str:
    """Write what is told once, a line a person, as a table that spreadsheets read."""
    head = "\t".join(map(tell, (say("登录名"), say("临时密码"), say("姓名"))))
    return "\n".join([head, *(f"{one.login}\t{one.password}\t{one.name}" for one in made)]) + "\n"


def tell_passwords(made: Sequence[Made], file: Path | None) -> None:
    """Say where the passwords are, or show them this once."""
    if not made:
        return
    if file is not None:
        echo(say("临时密码写在 {file}，请分别交给本人，然后删掉。", file=file))
        return
    for one in made:
        echo(say("{login}（{name}）的临时密码：{password}", login=one.login, name=one.name,
                 password=one.password))  # fmt: skip
    echo(say("只显示这一次，请当面交给本人；第一次登录时要改。"))
