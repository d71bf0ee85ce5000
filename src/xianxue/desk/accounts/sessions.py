"""Sessions: somebody is known again by a key that only their browser has."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.db.models import Max

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.accounts.gate import Gate, refuse
from xianxue.desk.accounts.people import good_here, needs_code, person_now, person_of
from xianxue.desk.accounts.records import Post, Present, SignedIn, Sitting
from xianxue.desk.models import Account, JournalLine, Session
from xianxue.desk.models.journal import RESTORED
from xianxue.desk.models.ready import Ready
from xianxue.desk.stores.clock import day_of, minute_of

_KEY: Final = 32
"""Bytes of chance in a key."""
_NOTED: Final = timedelta(minutes=1)
"""How exactly it is noted when somebody was last seen: not every page is a write."""
_AGENT: Final = 300


def digest_of(key: str) -> str:
    """Digest a key or token: it is all chance, so it needs neither salt nor slowness."""
    return hashlib.sha256(key.encode()).hexdigest()


def begin(gate: Gate, account: Account, where: str, agent: str, at: datetime) -> SignedIn:
    """Begin a session of somebody who has been let in; who has one part acts in it at once."""
    key = secrets.token_urlsafe(_KEY)
    posts = person_of(account, day_of(at)).posts
    row = Session.objects.create(
        key_digest=digest_of(key),
        account=account,
        appointment_id=posts[0].id if len(posts) == 1 else None,
        stamp=account.stamp,
        created_at=at,
        seen_at=at,
        where=where,
        agent=agent[:_AGENT],
    )
    return SignedIn(key, _present(row, gate, at))


def session_of(gate: Gate, key: str, at: datetime) -> Present | Issue:
    """Say who has come back with a key; an issue where nobody may act by it any more."""
    row = _row(key) if key else None
    why = _why_over(row, gate, at) if row is not None else None
    if row is None or why is not None:
        restored = _restored(row, gate, at) if key else None
        if restored is not None:
            return refuse("A-RESTORED", restored, do=say("请重新登录，密码是做备份时的"))
    if row is None:
        return refuse("A-SESSION", say("还没有登录"), do=say("请登录"))
    if why is not None:
        return refuse("A-SESSION", why, do=say("请重新登录"))
    if at - row.seen_at >= _NOTED:
        Session.objects.filter(pk=row.pk).update(seen_at=at)
        row.seen_at = at
    return _present(row, gate, at)


def choose_post(gate: Gate, key: str, post: int, at: datetime) -> Present | Issue:
    """Let somebody act in another of their parts from here on."""
    present = session_of(gate, key, at)
    if isinstance(present, Issue):
        return present
    if post not in {one.id for one in present.person.posts}:
        return refuse("A-POSTS", say("没有这一项任职，或已经到期"), do=say("请另选一项"))
    Session.objects.filter(pk=present.session).update(appointment_id=post)
    return session_of(gate, key, at)


def end_session(key: str, at: datetime) -> None:
    """Sign somebody out."""
    Session.objects.filter(key_digest=digest_of(key), ended_at=None).update(ended_at=at)


def remember(session: int, **said: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    """Keep something for as long as a session lasts; None forgets it."""
    row = Session.objects.get(pk=session)
    data = _data(row) | said
    kept = {name: value for name, value in data.items() if value is not None}
    Session.objects.filter(pk=session).update(data=json.dumps(kept, ensure_ascii=False))


def sessions_of(gate: Gate, account: int | None, at: datetime) -> list[Sitting]:
    """List the sessions of one account, or of all, the last seen first."""
    rows = Session.objects.select_related("account", "appointment").order_by("-seen_at", "-id")
    if account is not None:
        rows = rows.filter(account_id=account)
    return [
        Sitting(
            id=row.pk,
            login=row.account.login,
            name=row.account.name,
            role=row.appointment.role if row.appointment is not None else "",
            created_at=row.created_at,
            seen_at=row.seen_at,
            where=row.where,
            agent=row.agent,
            over=_why_over(row, gate, at) is not None,
        )
        for row in rows
    ]


def last_seen() -> dict[int, datetime]:
    """Say when each account was last seen; one that never signed in is not named."""
    seen = Session.objects.values_list("account_id").annotate(last=Max("seen_at"))
    return dict(seen.values_list("account_id", "last"))


_OWN: Final = tuple(each.attname for each in Session._meta.concrete_fields)  # noqa: SLF001 - Django's documented way to ask a model for its fields
_ACCOUNT: Final = tuple(each.attname for each in Account._meta.concrete_fields)  # noqa: SLF001 - as above
_BY_KEY: Final = Ready(
    lambda digest: Session.objects.filter(key_digest=digest).values_list(
        *_OWN, *(f"account__{name}" for name in _ACCOUNT)
    )
)
"""Asked for every page: the session with its account, in one statement."""


def _row(key: str) -> Session | None:
    found = _BY_KEY.first(digest_of(key))
    if found is None:
        return None
    row = Session.from_db("default", _OWN, found[: len(_OWN)])
    row.account = Account.from_db("default", _ACCOUNT, found[len(_OWN) :])
    return row


def _restored(row: Session | None, gate: Gate, at: datetime) -> Sentence | None:
    """Say that a backup was put back, where that is why a key is good no more."""
    lines = JournalLine.objects.filter(deed=RESTORED).order_by("-number")
    line = lines.filter(at__gt=at - timedelta(hours=gate.admission.session_hours)).first()
    # A session of the backup was ended by it; one begun since the backup stands nowhere any more.
    if line is None or (row is not None and row.ended_at != line.at):
        return None
    return say("{at} 恢复了备份，原来的登录都已失效", at=minute_of(line.at))


def _why_over(row: Session, gate: Gate, at: datetime) -> Sentence | None:
    admission, account = gate.admission, row.account
    if row.ended_at is not None:
        return say("已经退出登录")
    if row.stamp != account.stamp or account.disabled_at is not None:
        return say("密码、验证码或账号有变动，原来的登录已失效")
    if at - row.seen_at >= timedelta(minutes=admission.idle_minutes):
        return say("超过 {n} 分钟没有操作，已自动退出", n=admission.idle_minutes)
    if at - row.created_at >= timedelta(hours=admission.session_hours):
        return say("登录已满 {n} 小时，已自动退出", n=admission.session_hours)
    if not good_here(account, gate):
        return say("这是示范县的演示账号，不能在这里登录")
    return None


def _present(row: Session, gate: Gate, at: datetime) -> Present:
    person = person_now(row.account, day_of(at))
    chosen = _chosen(row, person.posts)
    return Present(
        session=row.pk,
        person=person,
        post=chosen,
        must_change=person.must_change and not person.demo,
        must_enrol=needs_code(person, gate) and not person.has_code,
        created_at=row.created_at,
        seen_at=row.seen_at,
        data=_data(row),
    )


def _chosen(row: Session, posts: tuple[Post, ...]) -> Post | None:
    """Give the part chosen, if it still holds; the only one there is, where one is left."""
    found = [post for post in posts if post.id == row.appointment_id]
    if not found and len(posts) == 1:
        return posts[0]
    return found[0] if found else None


def _data(row: Session) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(row.data))
