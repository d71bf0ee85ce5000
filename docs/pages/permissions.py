"""The page of permissions: who may do what, in Chinese and English, from the policy cards."""

from __future__ import annotations

from typing import Final

from pages.words import page, table
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.sentence import Sentence, Words
from xianxue.bureau.workflow.matrix import matrix
from xianxue.bureau.workflow.reach import reach_term
from xianxue.catalogue.languages.words import words_of

SAID: Final = """页面、接口和命令行问的是同一张表；没有写明的，一律不可以。
页面按角色只显示能看的，命令行在有账号的工作目录里以令牌本人的角色办理，见[账号](../how-to/accounts.zh-CN.md)。

Pages, the interface and the command line ask this one table; what it does not grant is refused.
On a workspace with accounts the command line acts in the role of the token's owner, see
[accounts](../how-to/accounts.md)."""


def permissions_page(shelf: Shelf) -> str:
    """Write every policy's matrix, and how people sign in."""
    english = words_of("en")
    parts = [part for card in shelf.policies.values() for part in _policy(card, english)]
    return page("权限表 · Who may do what", SAID, *parts)


def _policy(card: Policy, english: Words) -> list[str]:
    both = [f"{role.term}<br>{_in(english, role.term)}" for role in card.roles]
    rows = [
        (
            f"{line[0].deed.term}<br>{_in(english, line[0].deed.term)}",
            f"`{line[0].deed.deed}`",
            *(
                "<br>".join(
                    f"{reach_term(scope)} {_in(english, reach_term(scope))}" for scope in one.scopes
                )
                for one in line
            ),
        )
        for line in matrix(card)
    ]
    parts = [
        f"## {card.term} · {_in(english, card.term)}",
        table(("事项 deed", "代码名 code", *both), rows),
    ]
    if card.switches:
        parts.append(_switches(card, english))
    if card.needs_totp:
        named = "、".join(role.term for role in card.roles if role.role in card.needs_totp)
        told = ", ".join(_in(english, r.term) for r in card.roles if r.role in card.needs_totp)
        parts.append(f"登录要动态验证码的 · One-time codes are asked of: {named} · {told}")
    if card.admission is not None:
        parts.append(table(("登录 signing in", "值 value"), _admission(card)))
    return parts


def _switches(card: Policy, english: Words) -> str:
    """Write what a county may turn on: it stands in no column of the table until then."""
    roles = {role.role: role.term for role in card.roles}
    rows = [
        (
            f"{one.term}<br>{_in(english, one.term)}",
            f"`{one.switch}`",
            "<br>".join(
                f"{each} {_in(english, each)}"
                for each in (roles[grant.role], reach_term(grant.scope))
            ),
            "<br>".join(f"{card.deed_term(each)} `{each}`" for each in grant.deeds),
            f"{one.note}<br>{_in(english, one.note)}",
        )
        for one in card.switches
        for grant in one.grants
    ]
    heads = ("开关 switch（平时关 off）", "代码名 code", "给谁 to whom", "事项 deeds", "说明 note")
    return table(heads, rows)


def _admission(card: Policy) -> list[tuple[str, str]]:
    said = {
        "idle_minutes": "多少分钟不操作就退出 · minutes of rest that end a session",
        "session_hours": "最长登录多少小时 · hours that a session lasts at most",
        "failures": "同一账号在同一地址连错几次就锁 · failures that lock a login at one address",
        "locked_minutes": "锁住多少分钟 · minutes it is locked",
        "failures_a_minute": "同一地址一分钟错几次就要等 · failures a minute, then it waits",
        "password_length": "密码至少几个字符 · characters of a password at least",
        "token_days": "令牌最长几天 · days that a token is good at most",
    }
    found = [(text, str(getattr(card.admission, name))) for name, text in said.items()]
    shown = "个人信息看几分钟自动盖回 · minutes that personal data stay uncovered"
    return [*found, (shown, str(card.uncovered_minutes))] if card.uncovered_minutes else found


def _in(words: Words, term: str) -> str:
    """Give a term in English."""
    return term.told(words) if isinstance(term, Sentence) else words.get(term, term)
