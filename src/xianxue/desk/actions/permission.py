"""Who may do what: roles by the lifecycle card, and how far a role reaches."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Need, Role
from xianxue.bureau.places.register import Register
from xianxue.desk.actions.context import Actor, Ground, Key, complain

_NEEDS: dict[Need, tuple[str, str, str]] = {
    "signatures": (
        "缺填报人或校长的签名",
        "填报人和校长都签名",
        "补上签名再办（--clerk 填报人 --head 校长，两个都要写）",
    ),
    "comment": (
        "没有写明问题",
        "至少一条批注，写明哪一格、什么问题",
        "写上批注再办（--comment '学生!C4=请核对'）",
    ),
    "reason": ("没有写理由", "写明理由", "写上理由再办（--why '理由'）"),
}


def refuse_actor(
    ground: Ground, actor: Actor, roles: list[str], key: Key, doing: str
) -> Issue | None:
    """Complain where an actor may not do something with a return; None where they may."""
    card = ground.card(key.place)
    role = card.role(actor.role)
    if not actor.name.strip():
        return complain("F-ACTOR", key, f"没有写明谁来{doing}", "写明经办人姓名")
    if role is None:
        listed = "、".join(f"{one.role}（{one.term}）" for one in card.roles)
        saw = f"“{card.term}”里没有角色“{actor.role}”"
        return complain("F-ROLE", key, saw, f"角色是 {listed} 之一")
    if role.role not in roles:
        saw = f"{role.term}{actor.name}不能办理{ground.title(key)}的{doing}"
        return complain("F-ROLE", key, saw, f"由{card.terms(roles)}办理")
    if not _reaches(ground.register, role, actor.place, key.place):
        own = ground.name(actor.place) if actor.place else "（没有写明）"
        saw = f"{role.term}{actor.name}的单位是{own}，{ground.title(key)}不在其办理范围"
        reach = "本单位" if role.scope == "place" else "本乡镇各校"
        do = "" if actor.place else "请用 --of 写明自己单位的代码"
        return complain("F-SCOPE", key, saw, f"{role.term}只办理{reach}的报表", do)
    return None


def refuse_lack(  # noqa: PLR0913 - what is asked, what is given, and of what it is said
    ground: Ground, key: Key, needs: list[Need], given: set[Need], doing: str, *, file: str = ""
) -> Issue | None:
    """Complain of the first thing that has to come with a deed and did not."""
    for need in needs:
        if need not in given:
            saw, required, do = _NEEDS[need]
            what = f"{doing}{ground.title(key)}：{saw}"
            return complain("F-NEEDS", key, what, required, do, file=file)
    return None


def _reaches(register: Register, role: Role, own: str, place: str) -> bool:
    target = register.places.get(place)
    if role.scope == "county":
        return True
    if role.scope == "place":
        return own == place
    mine = register.places.get(own)
    if mine is None or target is None:
        return False
    township = mine.code if mine.level == "township" else register.township_of(mine)
    return bool(township) and register.lies_in(target, township)
