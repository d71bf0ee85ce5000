"""首页: what must be done by when, what is waited for, what others have done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.standing.news import News, news
from xianxue.desk.standing.tasks import Task
from xianxue.desk.standing.todo import Todo, todo
from xianxue.desk.stores import clock
from xianxue.desk.works.running import GOING, Told, works_of
from xianxue.web.kit.declared import SIGNED
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Column, exported, listed
from xianxue.web.kit.pages import first_things, page, show
from xianxue.web.kit.rounds import rounds
from xianxue.web.kit.visit import Asked, Visit

_FEW: Final = 6
"""Notices on the first page; the others are one click away."""
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_WORKS: Final = 50
"""Works among which is looked for those."""


class Group(Record):
    """The tasks of one stretch of time."""

    words: Sentence
    tasks: tuple[Task, ...]
    over: bool = False


@page(SIGNED)
def home(request: Asked) -> HttpResponse:
    """Show the first page."""
    visit = request.visit
    if visit.signed.unready:
        return first_things(request)
    today = clock.day_of(visit.at)
    found = todo(visit.standing, visit.actor)
    listing = listed(request, found.mine, _columns(), text=lambda one: f"{one.said} {one.detail}")
    file = exported(request, listing, say("待办{day}", day=today))
    if file is not None:
        return file
    told = news(visit.standing, visit.actor, visit.at)
    everything = bool(request.GET.get("all"))
    has_duties = dutiful(visit, found)
    values = {
        "title": _title(found, today) if has_duties else _no_duties(visit),
        "dutiful": has_duties,
        "bad": found.over,
        "today": today,
        "todo": found,
        "groups": list(_groups(found.mine, today)),
        "to": where,
        "button": lambda task: BUTTONS.get(task.kind, say("去看")),
        "news": told if everything else told[:_FEW],
        "news_count": len(told),
        "news_to": _news_to,
        "everything": everything,
        "works": _works(visit),
        "rounds": list(rounds(visit)) if _oversees(visit) else [],
        "round_to": lambda one: (
            lambda code: address("returns:round", one.form, one.period.code, township=code)
        ),
        "shortcuts": list(_shortcuts(visit)),
    }
    return show(request, "home/home.html", values)


def _works(visit: Visit) -> list[Told]:
    """Give the works somebody may be looking for: that go on, or broke off not long ago."""
    found = works_of(visit.actor.name, most=_WORKS)
    return [
        one
        for one in found
        if one.state == GOING or (one.broken_off and visit.at - one.moved_at < _DAY)
    ][:_FEW]


@page(SIGNED)
def menu(request: Asked) -> HttpResponse:
    """Show the whole menu: what a phone's bottom bar has no room for."""
    return show(request, "home/menu.html", {})


BUTTONS: Final = {
    "submit": say("去填"),
    "correct": say("去改"),
    "mend": say("去改"),
    "review": say("去审核"),
    "pass_on": say("去转报"),
    "approve": say("去审核"),
    "remind": say("去催报"),
    "window": say("去设定"),
    "release": say("看条件"),
    "write": say("去写"),
    "approve_form": say("去审批"),
    "mend_form": say("去改"),
    "ledger": say("去办"),
    "publish_appraisals": say("去公示"),
    "answer_appeals": say("去答复"),
    "self_appraise": say("去自评"),
    "mark_appraisal": say("去评分"),
}
_IN_APPRAISALS: Final = {
    "publish_appraisals": "appraisal:waiting",
    "answer_appeals": "appraisal:waiting",
    "self_appraise": "appraisal:own",
    "mark_appraisal": "appraisal:marks",
}


def where(task: Task) -> str:
    """Give the address of a task's page."""
    ids = task.ids
    form, period, place = ids.get("form", ""), ids.get("period", ""), ids.get("place", "")
    if task.room == "returns" and form and period:
        if place:
            return address("returns:one", form, period, place)
        if task.kind == "remind":
            return address("returns:reminders", form, period)
        return address("returns:round", form, period, state=ids.get("state", ""))
    if task.room in {"report", "forms"} and (one := ids.get("outline") or ids.get("draft")):
        return address("report:one" if task.room == "report" else "forms:look", one)
    if task.room == "ledgers":
        return _in_ledgers(ids)
    return address(_IN_APPRAISALS.get(task.kind, f"{task.room}:list"))


def _in_ledgers(ids: Mapping[str, str]) -> str:
    if ids.get("entry"):
        return address("ledgers:entry", ids["ledger"], ids["entry"])
    return address("ledgers:due", **({"ledger": ids["ledger"]} if ids["ledger"] else {}))


def _news_to(one: News) -> str:
    if one.room == "returns" and one.ids:
        place = one.ids[2:]
        return address("returns:one" if place else "returns:round", *one.ids)
    return address(f"{one.room}:list")


def _oversees(visit: Visit) -> bool:
    """Whether the visitor looks after more than one school, or looks on for the whole county."""
    return visit.can("returns.review") or (visit.can("cockpit.view") and visit.can("returns.view"))


def _title(found: Todo, today: date) -> Sentence:
    now = sum(one.due == today for one in found.mine)
    if found.over and now:
        return say("{n} 件逾期，{m} 件今天到期", n=found.over, m=now)
    if found.over:
        return say("{n} 件逾期", n=found.over)
    if now:
        return say("今天 {m} 件要紧", m=now)
    if found.mine:
        return say("今天没有到期的，待办 {n} 件", n=len(found.mine))
    return say("没有要办的")


DUTIES: Final = (
    *("returns.submit", "returns.review", "returns.pass_on", "returns.approve"),
    *("returns.release", "report.write", "forms.design", "forms.approve"),
)
"""The deeds that put tasks on somebody's list."""


def dutiful(visit: Visit, found: Todo) -> bool:
    """Whether tasks stand on the visitor's list, or may ever; else «all done» would be no news."""
    return bool(found.mine or found.waits) or any(visit.can(deed) for deed in DUTIES)


def _no_duties(visit: Visit) -> Sentence:
    return say("{role}没有要报、要审的，可以办的列在下面", role=visit.role_term)


def _groups(tasks: Iterable[Task], today: date) -> Iterable[Group]:
    over = [one for one in tasks if one.lamp is DueLamp.OVER]
    now = [one for one in tasks if one.due == today]
    week = [one for one in tasks if one.due is not None and today < one.due <= today + _WEEK]
    done = {id(one) for one in (*over, *now, *week)}
    later = [one for one in tasks if id(one) not in done]
    for words, found in (
        (say("逾期"), over),
        (say("今天"), now),
        (say("七天内"), week),
        (say("以后"), later),
    ):
        if found:
            yield Group(words, tuple(found), found is over)


def _columns() -> list[Column[Task]]:
    return [
        Column("said", say("要办的"), lambda one: one.said),
        Column("detail", say("说明"), lambda one: one.detail),
        Column("due", say("期限"), lambda one: one.due),
        Column("left", say("还剩"), lambda one: one.left),
        Column("count", say("件数"), lambda one: one.count, number=True),
    ]


class Shortcut(Record):
    """A way to what somebody does often."""

    words: Sentence
    to: str


def _shortcuts(visit: Visit) -> Iterable[Shortcut]:
    wanted = (
        ("returns.submit", "returns:upload", say("上传报表")),
        ("returns.review", "returns:list", say("各校报送情况")),
        ("ledgers.view", "ledgers:due", say("台账到期清单")),
        ("indicators.view", "indicators:list", say("找一个数")),
        ("assessment.view", "assessment:list", say("各校还缺什么")),
        ("audit.use", "audit:audit", say("核对一份文稿")),
        ("report.view", "report:list", say("写年度总结")),
        ("cockpit.view", "cockpit:cockpit", say("驾驶舱")),
        ("journal.view", "journal:list", say("查日志")),
        ("accounts.manage", "admin:admin", say("管账号")),
        ("catalogue.overlay", "admin:catalogue", say("看规则、改本县规则")),
        ("backup.make", "admin:backup", say("备份和恢复")),
    )
    for deed, name, words in wanted:
        if visit.can(deed):
            yield Shortcut(words, address(name))
