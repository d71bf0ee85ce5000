"""Notices written from what a workspace holds, and held against themselves like every document."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.genre import NoticeCard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.report.notices.circular import circular
from xianxue.bureau.report.notices.letterhead import YOU_KINDERGARTEN, Letterhead, Round
from xianxue.bureau.report.notices.opinion import Examined, opinion, repaired_by
from xianxue.bureau.report.notices.reminder import reminder, reminder_to
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.report.own import contradictions
from xianxue.desk.returns.progress import progress_of, window_of
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import MisusedError, Workspace

_NO_NAME: Final = re.compile(r'[\\/:*?"<>|]')
"""What no name of a file may hold on some system."""


class Written(Record):
    """A notice as a file, and what the auditor found in it."""

    paper: Paper
    document: bytes
    issues: list[Issue]


class Desk(Record):
    """Where notices are written: what they are about, on which day, with what around their text."""

    workspace: Workspace
    ground: Ground
    period: Period
    today: date
    """The day whose state is told."""
    on: date
    """The day the notice bears."""
    card: NoticeCard
    number: str = ""
    copies: str = ""

    def round(self, form: Form) -> Round:
        """Say which returns are meant."""
        duty = self.ground.own_card.duty("grant_extension")
        # A school writes to an office, not to a role; the roles where no office has the form.
        who = form.owner or (self.ground.policy.terms(duty.roles) if duty else "")
        back = self.ground.own_card.marked("returned")
        window = window_of(form, self.period)
        return Round(form, self.period, self.today, self.on, window, who, back)

    def progress(self, form: Form) -> list[Progress]:
        """Give how far everybody has come, as the lists print it."""
        return progress_of(self.ground, form, self.period, self.today)

    @property
    def letterhead(self) -> Letterhead:
        """Give what stands around the text."""
        genre = self.workspace.shelf.genres[self.card.genre]
        issuer = genre.issuer.format(county=self.ground.register.county.name)
        return Letterhead(self.card, genre, issuer, self.number, self.copies)

    def reminder(
        self, form: Form, progress: Sequence[Progress], only: Collection[str] | None = None
    ) -> Paper:
        """Write one reminder to all that are waited for, or to ``only`` some of them."""
        return reminder(self.letterhead, self.round(form), progress, only)

    def reminder_to(self, form: Form, one: Progress) -> Paper:
        """Write a reminder to one place."""
        asked = replace(self.round(form), called=self._called(one.place))
        return reminder_to(self.letterhead, asked, one)

    def objected_by(self, until: date | None) -> date:
        """Give the last day to object: the one named, or as many days on as the card says."""
        days = self.card.reply.days if self.card.reply else 0
        return until or self.on + timedelta(days=days)

    def circular(
        self, form: Form, progress: Sequence[Progress], until: date, *, draft: bool
    ) -> Paper:
        """Write the circular."""
        return circular(self.letterhead, self.round(form), progress, until, draft=draft)

    def repaired_by(self, key: Key, until: date | None) -> date:
        """Give the last day to put a return right: the one named, or by card and deadline."""
        return until or repaired_by(self.card.repair_days, self.on, _limits(key))

    def opinion(self, key: Key, until: date) -> Paper:
        """Write the opinion on one return."""
        one = examined(self.workspace, self.ground, key)
        asked = replace(
            self.round(self.workspace.shelf.form_in(key.form, key.period)),
            window=_limits(key),
            called=self._called(key.place),
        )
        return opinion(self.letterhead, asked, one, until)

    def _called(self, code: str) -> str:
        """Say how a place is spoken to, by its type: a kindergarten is no 校."""
        stages = self.ground.register[code].stages(self.period.reference_day)
        return YOU_KINDERGARTEN if stages == (Stage.PRESCHOOL,) else ""

    def file_name(self, one: Progress) -> str:
        """Name a place's own notice so that it sorts by place and says what it is."""
        name = _NO_NAME.sub("_", one.name)
        return f"{one.place}_{name}_{self.card.term}.docx"

    def written(self, paper: Paper) -> Written:
        """Set a paper, and hold it against itself."""
        shelf, profile = self.workspace.shelf, self.workspace.settings.profile
        if profile not in shelf.profiles:
            known = joined("、", shelf.profiles)
            raise MisusedError(
                say("没有版式“{profile}”；现有：{known}", profile=profile, known=known)
            )
        setting = setting_of(shelf, shelf.genres[self.card.genre], profile)
        document = render_paper(paper, setting)
        return Written(paper, document, contradictions(shelf, document))


def examined(workspace: Workspace, ground: Ground, key: Key) -> Examined:
    """Give a return as its reviewer sees it; MisusedError where nobody has filed it."""
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.returns.history import Said, trail_of  # noqa: PLC0415 - as above
    from xianxue.desk.returns.second_look import open_issues, untouched  # noqa: PLC0415 - the engine

    found = Filing.objects.filter(form=key.form, period=key.period, place=key.place)
    filing = found.select_related("current").first()
    card = ground.card(key.place)
    if filing is None or filing.state in card.marked("waiting") - card.marked("returned"):
        # What was taken back is the school's own again.
        raise MisusedError(say("{title}还没有报送，没有可以审核的", title=ground.title(key)))

    def located(said: Said) -> str:
        where = f"〔{said.tab}〕{said.cell}" if said.sheet else ""
        return f"{where}：{said.text}" if where else said.text

    versions = trail_of(ground, key).revisions
    remarks = [located(one) for one in versions[-1].comments]
    again = [f"〔{one.sheet}〕{one.cell}：{one.saw}" for one in untouched(workspace, ground, [key])]
    at = filing.current.at
    return Examined(
        name=ground.register[key.place].name_on(Period.parse(key.period).reference_day),
        revision=filing.current.number,
        handed_in=day_of(at) if at else None,
        remarks=[*remarks, *again],
        found=open_issues(workspace, ground, key),
        counts=filing.state in ground.card(key.place).marked("counts"),
    )


def card_of(workspace: Workspace, name: str) -> NoticeCard:
    """Give the card of a notice; MisusedError where there is none."""
    cards = workspace.shelf.notices
    if name not in cards:
        known = joined("、", cards)
        raise MisusedError(say("没有制式公文“{name}”；现有：{known}", name=name, known=known))
    return cards[name]


def _limits(key: Key) -> Deadline:
    from xianxue.desk.actions.deadlines import deadline_of  # noqa: PLC0415 - needs Django set up first

    return deadline_of(key)
