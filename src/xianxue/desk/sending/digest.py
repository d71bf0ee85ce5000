"""The day's digest by mail: one a person and day at most, a line a matter, nothing when empty.

What is to be done is asked at the moment of sending, so what has been done since is not on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.people import actor_of, good_here, login_of, one_person
from xianxue.desk.models import Account
from xianxue.desk.models.pages import Once
from xianxue.desk.sending.faults import Fault
from xianxue.desk.standing.news import News, news
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.todo import todo
from xianxue.desk.stores import clock
from xianxue.desk.stores.sending.mail import MailError, opened, send
from xianxue.desk.stores.settings_file import Mail

_DAY: Final = timedelta(days=1)
_MOST: Final = 40
"""Lines of a mail; what is behind them stands in the workbench."""


class Digest(Record):
    """What one person has to know today."""

    subject: Sentence
    lines: tuple[Sentence, ...]
    more: int = 0
    """Matters that are not on it, for there are too many."""

    def text(self, site: str) -> str:
        """Write it as a mail's text."""
        said = [f"· {line}" for line in self.lines]
        said += [str(say("另有 {n} 件，见工作台。", n=self.more))] if self.more else []
        said += ["", str(say("请登录工作台办理。")), *([site] if site else [])]
        said += ["", str(say("这是系统自动发的，每天至多一封；不想收，请告诉系统管理员。"))]
        return "\n".join(said) + "\n"


class Went(Record):
    """What came of a round of digests."""

    sent: tuple[str, ...] = ()
    """The logins of those who got one."""
    faults: tuple[Fault, ...] = ()


def digest_of(standing: Standing, login: str, at: datetime) -> Digest | None:
    """Give what somebody has to know now, of all their parts; None where that is nothing."""
    found: dict[str, Sentence] = {}
    over = 0
    known: set[tuple[str, ...]] = set()
    for actor in _actors(standing, login, at):
        for task in todo(standing, actor).mine:
            line = say("{said}（{left}）", said=task.said, left=task.left)
            over += task.lamp.value == "over" and str(line) not in found
            found.setdefault(str(line), line)
            known.add(tuple(task.ids.get(part, "") for part in ("form", "period", "place")))
    tasks = len(found)
    for one in _lately(standing, login, at):
        # A matter that is to be dealt with stands above already.
        if one.ids not in known:
            found.setdefault(str(one.said), one.said)
    if not found:
        return None
    lines = tuple(found.values())
    return Digest(_subject(standing, tasks, over, at), lines[:_MOST], max(0, len(lines) - _MOST))


def send_digests(standing: Standing, mail: Mail, at: datetime) -> Went:
    """Send today's to everybody who is named and has got none today."""
    day = clock.day_of(at)
    if at.astimezone(clock.BEIJING).hour < mail.hour:
        return Went()
    sent: list[str] = []
    faults: list[Fault] = []
    for login, address in mail.to.items():
        who = login_of(login)
        if _had(who, day.isoformat()):
            continue
        found = digest_of(standing, who, at)
        if found is None or not _claimed(who, day.isoformat(), at):
            continue
        try:
            with opened(mail) as server:
                send(server, mail, address, (str(found.subject), found.text(mail.site)), at)
        except MailError as error:
            # Not taken, so not sent: it is tried again. The claim is what makes it one a day.
            Once.objects.filter(key=_key(day.isoformat()), who=who).delete()
            faults.append(Fault(login, str(error)))
        else:
            sent.append(login)
    return Went(tuple(sent), tuple(faults))


def _actors(standing: Standing, login: str, at: datetime) -> Iterator[Actor]:
    ground = standing.ground()
    person = one_person(login, clock.day_of(at))
    if person is None or person.disabled_at is not None:
        return
    if not good_here(Account.objects.get(pk=person.id), ground.gate):
        return
    for post in person.posts:
        yield actor_of(person, post, "")


def _lately(standing: Standing, login: str, at: datetime) -> Iterator[News]:
    for actor in _actors(standing, login, at):
        yield from (one for one in news(standing, actor, at) if one.at >= at - _DAY)


def _subject(standing: Standing, tasks: int, over: int, at: datetime) -> Sentence:
    county, day = standing.workspace().register.county.name, clock.day_of(at)
    if over:
        return say(
            "{county}：待办 {n} 件，{m} 件逾期（{day}）", county=county, n=tasks, m=over, day=day
        )
    if tasks:
        return say("{county}：待办 {n} 件（{day}）", county=county, n=tasks, day=day)
    return say("{county}：通知（{day}）", county=county, day=day)


def _key(day: str) -> str:
    return f"digest/{day}"


def _had(who: str, day: str) -> bool:
    return Once.objects.filter(key=_key(day), who=who).exists()


def _claimed(who: str, day: str, at: datetime) -> bool:
    """Take the day for oneself, before anything goes out; False where another process has it."""
    try:
        with transaction.atomic():
            Once.objects.create(key=_key(day), who=who, address="", at=at)
    except IntegrityError:
        return False
    return True
