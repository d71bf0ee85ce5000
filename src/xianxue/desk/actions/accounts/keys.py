"""Ending somebody's session (强制退出), issuing and revoking tokens (令牌)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.accounts.gate import refuse
from xianxue.desk.accounts.sessions import digest_of
from xianxue.desk.accounts.tokens import PREFIX
from xianxue.desk.actions.accounts.managing import Managing, account_of, usable
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Session, Token
from xianxue.desk.workspace import ComplaintsError

_TOKEN: Final = 32
"""Bytes of chance in a token."""


class RevokeSession(Managing):
    """End a session: one's own on another machine, or somebody else's."""

    def __call__(self, session: int) -> None:
        """End it; one that is over stays as it is."""
        row = Session.objects.select_related("account").filter(pk=session).first()
        if row is None:
            saw = say("没有这一次登录（{id}）", id=session)
            raise ComplaintsError([refuse("A-UNKNOWN", saw, say("列出的登录"))])
        self.may_be_own(row.account)
        if row.ended_at is None:
            with writing():
                row.ended_at = self.at
                row.save(update_fields=["ended_at"])
                self.note(row.account.login, "revoke_session", {"session": row.pk})


class IssueToken(Managing):
    """Give oneself a token for a program or the command line; never in another's name."""

    def __call__(
        self, login: str, name: str, deeds: Sequence[str] = (), days: int | None = None
    ) -> str:
        """Give the token, which is told once; ComplaintsError where it may not be."""
        account = usable(account_of(login))
        self.must_be_own(account)
        most = self.ground.gate.admission.token_days
        days = most if days is None else days
        known = {one.deed for one in self.ground.policy.deeds}
        wrong = [deed for deed in deeds if deed not in known]
        if wrong:
            saw = say("没有事项 {deeds}", deeds=joined("、", wrong))
            required = say("权限卡片里的事项，如 returns.submit")
            raise ComplaintsError([refuse("A-TOKEN", saw, required)])
        if not name.strip() or not 1 <= days <= most:
            saw = say("令牌没有写明用途，或有效天数是 {days}", days=days)
            required = say("写明用途，有效 1 到 {most} 天", most=most)
            raise ComplaintsError([refuse("A-TOKEN", saw, required)])
        text = PREFIX + secrets.token_urlsafe(_TOKEN)
        with writing():
            row = Token.objects.create(
                account=account,
                name=name.strip(),
                digest=digest_of(text),
                deeds="\n".join(deeds),
                created_at=self.at,
                expires_at=self.at + timedelta(days=days),
            )
            detail: dict[str, object] = {
                "token": row.pk,
                "name": row.name,
                "expires": row.expires_at.isoformat(),
            }
            self.note(account.login, "issue_token", detail | ({"deeds": [*deeds]} if deeds else {}))
        return text


class RevokeToken(Managing):
    """Let a token open nothing any more."""

    def __call__(self, token: int) -> None:
        """Revoke it; one that is revoked stays as it is."""
        row = Token.objects.select_related("account").filter(pk=token).first()
        if row is None:
            saw = say("没有这个令牌（{id}）", id=token)
            raise ComplaintsError([refuse("A-UNKNOWN", saw, say("列出的令牌"))])
        self.may_be_own(row.account)
        if row.revoked_at is None:
            with writing():
                row.revoked_at = self.at
                row.save(update_fields=["revoked_at"])
                self.note(row.account.login, "revoke_token", {"token": row.pk, "name": row.name})
