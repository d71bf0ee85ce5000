"""Lines of the journal about accounts, as people read them, and what tables they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.models import Account, Appointment, JournalLine

DEEDS: Final = "accounts."
"""How the names of these deeds begin."""

_TERMS: Final = {
    "create": say("建账号"),
    "appoint": say("任职"),
    "end": say("免职"),
    "act_for": say("代理"),
    "hand_over": say("移交"),
    "disable": say("停用账号"),
    "enable": say("启用账号"),
    "reset_password": say("重设密码"),
    "change_password": say("修改密码"),
    "rescue": say("在机器上解救系统管理员"),
    "enrol_code": say("设置动态验证码"),
    "confirm_code": say("启用动态验证码"),
    "drop_code": say("停用动态验证码"),
    "revoke_session": say("强制退出"),
    "issue_token": say("领取令牌"),
    "revoke_token": say("作废令牌"),
}

TELLING: Final = tuple(f"{DEEDS}{deed}" for deed in _TERMS)
"""The deeds whose lines are held against the tables."""
_POSTING: Final = ("posts", "ended")


def term(deed: str) -> str:
    """Name a deed on an account; by its own name where a later program wrote it."""
    return _TERMS.get(deed.removeprefix(DEEDS), deed)


def title(subject: str) -> Sentence:
    """Name an account."""
    return say("账号“{login}”", login=subject)


def told(detail: dict[str, Any], ground: Ground) -> str:
    """Say who it is, which parts were given or ended, to whom, and what a token is for."""
    said: list[str] = []
    if "to_name" in detail:
        said.append(say("移交给{name}，自{day}起", name=detail["to_name"], day=detail["day"]))
    elif "name" in detail:
        said.append(detail["name"])
    # In a handover both lists say the same twice: what is given is told, what ends goes with it.
    key = "posts" if "posts" in detail else "ended"
    said += [_post(post, ground) for post in detail.get(key, [])]
    return joined("；", said)


def _post(post: dict[str, str], ground: Ground) -> Sentence:
    role, place = post["role"], post.get("place", "")
    where = ground.authority.own_name(place)
    return say(
        "{role}{where}，{first}至{last}{stead}",
        role=ground.policy.terms([role]) or role,
        where=say("（{where}）", where=where) if where else "",
        first=post["from"],
        last=post.get("until") or say("任期未定"),
        stead=say("，代理 {login}", login=post["acting_for"]) if "acting_for" in post else "",
    )


Row = tuple[object, ...]


def accounts() -> Iterator[Row]:
    """Give what each account's row says."""
    for row in Account.objects.iterator():
        yield row.login, row.name, row.demo, row.created_at, row.disabled_at is not None


def accounts_told(lines: Iterable[JournalLine]) -> Iterator[Row]:
    """Give what the lines say of accounts: who was made, and who is disabled now."""
    made: dict[str, tuple[object, ...]] = {}
    disabled: dict[str, bool] = {}
    for line in lines:
        deed = line.deed.removeprefix(DEEDS)
        if deed == "create":
            made[line.subject] = (line.detail["name"], line.detail["demo"], line.at)
        elif deed in {"disable", "enable"}:
            disabled[line.subject] = deed == "disable"
    for login, said in made.items():
        yield login, *said, disabled.get(login, False)


def appointments() -> Iterator[Row]:
    """Give what each appointment's row says."""
    for row in Appointment.objects.select_related("account", "acting_for").iterator():
        until = row.until_day.isoformat() if row.until_day else ""
        stead = row.acting_for.login if row.acting_for is not None else ""
        yield row.account.login, row.role, row.place, row.from_day.isoformat(), stead, until


def appointments_told(lines: Iterable[JournalLine]) -> Iterator[Row]:
    """Give what the lines say of appointments: which were given, and until when each holds."""
    until: dict[tuple[str, ...], str] = {}
    for line in lines:
        for key in _POSTING:
            for post in line.detail.get(key, []):
                parts = ("login", "role", "place", "from", "acting_for")
                until[tuple(post.get(part, "") for part in parts)] = post.get("until", "")
    for told_of, last in until.items():
        yield *told_of, last
