"""Taking a wrong approval back before anybody has gone on from it (撤回审批)."""

from __future__ import annotations

from typing import ClassVar

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import people, person
from xianxue.desk.actions.context import Key, complain
from xianxue.desk.actions.earlier import deed_of
from xianxue.desk.actions.step import StepDeed, last_step
from xianxue.desk.models import Filing, JournalLine, Release, Revision
from xianxue.desk.models.together import lines_of
from xianxue.desk.stores.clock import minute_of


class TakeBack(StepDeed):
    """Whoever let it pass has it before them again, as it was before.

    What had been accepted before this approval is accepted again. Once the next one has acted,
    their step stands on the approval, and its name is the reason why it stays.
    """

    name: ClassVar[str] = "take_back"

    def hindered(self, key: Key, filing: Filing) -> Issue | None:
        """Complain where somebody else let it pass, or it has been released since."""
        line = _last(key)
        doing, title = self._term(key), self.ground.title(key)
        if line is None or line.deed != "returns.approve":
            saw = say(
                "{title}不是审核通过的{last}，不能{doing}",
                title=title,
                last=last_step(filing),
                doing=doing,
            )
            return complain("F-NEXT", key, saw, say("审核通过的才有审批可撤"), self._otherwise())
        stead = str(line.detail.get("acting_for", ""))
        mine = {person(name) for name in people(self.actor.name, self.actor.acting_for)}
        if not mine & {person(name) for name in people(line.actor, stead)}:
            saw = say(
                "{title}由{by}审核通过，{name}不能{doing}",
                title=title,
                by=line.actor,
                name=self.actor.name,
                doing=doing,
            )
            required = say("谁审核通过，由谁撤回")
            do = say("请{by}办理；{otherwise}", by=line.actor, otherwise=self._otherwise())
            return complain("F-NEXT", key, saw, required, do)
        release = Release.objects.filter(period=key.period, at__gte=line.at).order_by("at").first()
        if release is None:
            return None
        saw = say(
            "{title}已经由{by}于 {when} 发布（{release}），不能{doing}",
            title=title,
            by=release.by,
            when=minute_of(release.at),
            release=release.name,
            doing=doing,
        )
        required = say("后面一步还没有办时才能{doing}", doing=doing)
        return complain("F-NEXT", key, saw, required, self._otherwise())

    def out_of_turn(self, issue: Issue, key: Key, filing: Filing | None) -> Issue:
        """Name the step that was taken after the approval, where there was one."""
        line = _last(key)
        if filing is None or line is None:
            return issue
        card = self.ground.card(key.place)
        step = card.step(deed_of(line, card).rpartition(".")[2], line.detail.get("from", ""))
        if step is None:
            return issue
        saw = say(
            "{title}已经{step}{last}，不能{doing}",
            title=self.ground.title(key),
            step=step.term,
            last=last_step(filing),
            doing=self._term(key),
        )
        required = say("审核通过以后、后面一步还没有办时才能{doing}", doing=self._term(key))
        return replace(issue, saw=saw, required=required, do="")

    def change(self, filing: Filing) -> dict[str, object]:
        """Bring back what had been accepted before, if anything had."""
        key = Key(filing.form, filing.period, filing.place)
        line = _last(key)
        number = line.detail.get("replaced") if line is not None else None
        filing.accepted = None
        if number:
            of = {"form": key.form, "period": key.period, "place": key.place}
            filing.accepted = Revision.objects.get(number=number, **of)
        return {"restored": number} if number else {}

    def _term(self, key: Key) -> str:
        return self.ground.card(key.place).named(self.name)[0].term

    def _otherwise(self) -> str:
        return say("仍有错的，取消通过并退回，写明哪一格、什么问题")


def _last(key: Key) -> JournalLine | None:
    """Give the line of the last step of a return; what was only said of it moves nothing."""
    moved = [line for line in lines_of(key.subject) if "to" in line.detail]
    return moved[-1] if moved else None
