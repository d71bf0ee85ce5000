"""Where personal data go: which is collected by what, who sees it, how covered, kept how long.

Nothing of it is written by hand: fields and times are the forms' own, who sees what is the
policy's, so that the sheet cannot say otherwise than the house does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say

_VIEW, _UNMASK, _BACKUP = "returns.view", "returns.unmask", "backup.make"
_ACCOUNTS, _JOURNAL = "accounts.view", "journal.view"
_NOBODY: Final = say("没有人")


class Flow(Record, kw_only=True):
    """One kind of personal data on its way."""

    what: Sentence | str
    form: Sentence | str
    """By what it is collected."""
    by: Sentence | str
    """Who writes it."""
    plain: Sentence | str
    """Who sees it as it is."""
    reason: Sentence | str
    """Who sees it as it is once they have written what for."""
    covered: Sentence | str
    """Who sees only that it is there."""
    how: Sentence | str
    """How it is covered."""
    kept: Sentence | str
    out: Sentence | str
    """Where it goes out of the house."""
    basis: Sentence | str
    """By what it is kept for so long."""


def data_flow(policy: Policy, forms: Iterable[Form]) -> list[Flow]:
    """Give every kind of personal data that is collected, in the order of the cards."""
    return [*(flow for form in forms for flow in _of_form(policy, form)), *_of_people(policy)]


def _of_form(policy: Policy, form: Form) -> Iterator[Flow]:
    plain, reason = _apart(policy, _UNMASK)
    sees = {*plain, *reason}
    covered = [role for role in policy.granted(_VIEW) if role not in sees]
    if form.filed_by == "county":
        # What the bureau files itself lies within no school's and no township's reach.
        plain = []
        reason, covered = (_of_county(policy, roles) for roles in (reason, covered))
    fields = [
        say("{sheet}·{field}", sheet=sheet.term, field=field.term)
        for sheet in form.sheets
        for field in sheet.fields
        if field.personal
    ]
    items = [say("表脚·{item}", item=item.term) for item in form.foot if item.personal]
    for what in (*fields, *items):
        yield Flow(
            what=what,
            form=form.term,
            by=say("学校") if form.filed_by == "school" else say("教育局"),
            plain=_named(policy, plain),
            reason=_named(policy, reason),
            covered=_named(policy, covered),
            how=say("整格盖成 •••；日志里只有摘要"),
            kept=_kept(form.retention),
            out=say(
                "报送的原件（写理由才能下载）；备份（{roles}）；发布、报告、接口里没有",
                roles=_named(policy, policy.granted(_BACKUP)),
            ),
            basis=form.retention.source.note or form.retention.source.document
            if form.retention is not None
            else "",
        )


def _of_people(policy: Policy) -> Iterator[Flow]:
    backup = say("备份（{roles}）", roles=_named(policy, policy.granted(_BACKUP)))
    viewers = _named(policy, policy.granted(_VIEW))
    always = say("不销毁：日志只追加，写过的姓名留着")
    yield Flow(
        what=say("签名：填报人和校长的姓名"),
        form=say("报送"),
        by=say("学校"),
        plain=viewers,
        reason=_NOBODY,
        covered=_NOBODY,
        how=say("不盖：签了名的，办事的人要知道是谁"),
        kept=always,
        out=backup,
        basis="",
    )
    yield Flow(
        what=say("经手人姓名、办理时间、从哪台机器"),
        form=say("日志"),
        by=say("系统记的"),
        plain=_named(policy, policy.granted(_JOURNAL)),
        reason=_NOBODY,
        covered=_NOBODY,
        how=say("不盖：各人只看得到自己经手的报表走过的路"),
        kept=always,
        out=backup,
        basis="",
    )
    yield Flow(
        what=say("姓名、登录名、任职；登录的地址和浏览器"),
        form=say("账号"),
        by=say("系统管理员，系统记的"),
        plain=_named(policy, policy.granted(_ACCOUNTS)),
        reason=_NOBODY,
        covered=_NOBODY,
        how=say("不盖；密码和动态验证码谁也看不到"),
        kept=say("账号只停用，不删除"),
        out=backup,
        basis="",
    )


def _apart(policy: Policy, deed: str) -> tuple[list[str], list[str]]:
    """Part those who see their own place's from those who see others', who say what for."""
    roles = policy.granted(deed)
    own = [role for role in roles if policy.scopes(role, deed) == ["place"]]
    return own, [role for role in roles if role not in own]


def _of_county(policy: Policy, roles: list[str]) -> list[str]:
    return [role for role in roles if {"county", "office"} & {*policy.scopes(role, _VIEW)}]


def _named(policy: Policy, roles: list[str]) -> Sentence:
    return policy.terms(roles) if roles else _NOBODY


def _kept(kept: Retention | None) -> Sentence:
    if kept is None:
        return say("没有写明")
    parts = [
        *([say("{n} 年", n=kept.years)] if kept.years else []),
        *([say("{n} 天", n=kept.days)] if kept.days else []),
    ]
    return say("报送后 {time}，到期销毁", time=joined("", parts))
