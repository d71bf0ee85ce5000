"""What there is to do with returns: hand in, put right, review, pass on, approve, remind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianxue.bureau.kinds.deadline_rules import days_told
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.returns.progress import window_of
from xianxue.desk.standing.tasks import Desk, Task, rules_of
from xianxue.desk.standing.turns import Turn, Turns
from xianxue.desk.standing.under_way import under_way


class ReturnTasks(Record, dict=True):
    """The returns of one form and period."""

    desk: Desk
    form: Form
    period: Period

    @property
    def ground(self) -> Ground:
        """What the policy stands on."""
        return self.desk.ground

    def tasks(self) -> tuple[list[Task], list[Task]]:
        """Give what is to be done, and what is waited for."""
        turns = self._turns()
        mine = [*self._own(turns), *self._missing_window(turns)]
        return mine, list(self._waited_for(turns))

    def _turns(self) -> list[Turn]:
        desk, form = self.desk, self.form
        own = self.period == desk.standing.period()
        asked = own or self.window.due is not None
        reached = desk.reached("returns.view")
        progress, changed = under_way(desk.standing, form.form, self.period, reached, desk.today)
        # Of another period nobody is asked for anything but what they have begun.
        turns = Turns(
            desk.ground,
            desk.actor,
            form,
            self.period,
            self.window,
            rules_of(desk.ground),
            progress,
            changed,
        )
        return [one for one in turns.turns() if asked or one.progress.revision]

    @own_property
    def window(self) -> Deadline:
        """The window of the form; two days that are not there where none is set."""
        standing, form, period = self.desk.standing, self.form, self.period
        return standing.part(("window", form.form, period.code), lambda: window_of(form, period))

    @own_property
    def what(self) -> Sentence:
        """The form and the period: «《学校年度报表》（2025—2026学年）»."""
        term = self.ground.form_term(self.form.form)
        return say("{form}（{period}）", form=term, period=self.period.term)

    def _own(self, turns: Sequence[Turn]) -> Iterator[Task]:
        yield from (self._to_hand_in(one) for one in turns if one.mine and one.waiting)
        for step, group in _by_step([one for one in turns if one.mine and not one.waiting]):
            yield self._group(step, group)
        overdue = [one for one in turns if one.waiting and not one.mine and one.progress.late]
        if overdue and self._looks_after(overdue):
            said = say("催报{what}：{n} 个单位逾期未报", what=self.what, n=len(overdue))
            yield self._task("remind", said, overdue, state="late")

    def _looks_after(self, turns: Sequence[Turn]) -> bool:
        """Whether the person deals with what others have handed in."""
        cards = {id(card): card for one in turns for card in [self.ground.card(one.key.place)]}
        return any(
            self.desk.actor.role in step.roles
            for card in cards.values()
            for step in card.steps
            if set(step.origins) - card.marked("waiting") - card.marked("counts")
            and step.to not in card.marked("waiting")
        )

    def _to_hand_in(self, one: Turn) -> Task:
        title, progress = self.ground.title(one.key), one.progress
        card = self.ground.card(one.key.place)
        if progress.state in card.marked("returned"):
            said = say("改正{title}", title=title)
            detail = say("已退回 {n} 次，请按批注改正后重新报送", n=progress.times_returned)
            return self._task("mend", said, [one], detail, state=progress.state)
        if progress.revision:
            said, detail = say("重新报送{title}", title=title), say("已撤回，还没有重新报送")
            return self._task("submit", said, [one], detail, state=progress.state)
        return self._task("submit", say("填报{title}", title=title), [one], state=progress.state)

    def _group(self, step: tuple[str, str, str], group: Sequence[Turn]) -> Task:
        """Give one task for all returns that are at one step."""
        name, term, state = step
        said = say("{step}{what} {n} 份", step=term, what=self.what, n=len(group))
        if len(group) == 1:
            said = say("{step}{title}", step=term, title=self.ground.title(group[0].key))
        since = [one.since for one in group if one.since is not None]
        waited = (self.desk.today - min(since)).days if since else 0
        detail = say("最早的一份已等 {n} 天", n=waited) if waited else ""
        return self._task(name, said, group, detail, state=state, step=name)

    def _waited_for(self, turns: Sequence[Turn]) -> Iterator[Task]:
        others = [one for one in turns if not one.mine]
        silent = [one for one in others if one.waiting]
        if silent:
            said = say("等 {n} 个单位报送{what}", n=len(silent), what=self.what)
            if len(silent) == 1:
                said = say("等{who}报送{what}", who=silent[0].progress.name, what=self.what)
            yield self._task("submit", said, silent, state="waiting")
        for step, group in _by_step([one for one in others if not one.waiting]):
            name, term, state = step
            roles = self.ground.policy.terms(group[0].step.roles)
            said = say(
                "等{who}{step}{what} {n} 份", who=roles, step=term, what=self.what, n=len(group)
            )
            own = any(one.other for one in group)
            detail = say("您经手过，须由另一人办理") if own else ""
            yield self._task(name, said, group, detail, state=state, step=name)

    def _task(
        self,
        kind: str,
        said: Sentence,
        group: Sequence[Turn],
        detail: Sentence | str = "",
        **ids: str,
    ) -> Task:
        due = min((one.due for one in group if one.due is not None), default=None)
        one = {"place": group[0].key.place} if len(group) == 1 else {}
        return Task(
            kind=kind,
            said=said,
            detail=detail,
            count=len(group),
            places=tuple(one.key.place for one in group),
            due=due,
            lamp=self.desk.lamp(due),
            left=days_told(due, self.desk.today),
            room="returns",
            ids={"form": self.form.form, "period": self.period.code, **one, **ids},
        )

    def _missing_window(self, turns: Sequence[Turn]) -> Iterator[Task]:
        if self.window.due is not None or not any(one.waiting for one in turns):
            return
        form, period = self.form.form, self.period.code
        county = self.ground.register.county.code
        if self.desk.may("returns.set_window", Subject("returns", form, county, period)):
            said = say("设定{what}的报送期限", what=self.what)
            yield self.desk.without_a_day("window", said, "returns", form=form, period=period)


def _by_step(turns: Sequence[Turn]) -> list[tuple[tuple[str, str, str], list[Turn]]]:
    """Gather returns by the step that comes next, and the state they are in."""
    found: dict[tuple[str, str, str], list[Turn]] = {}
    for one in turns:
        found.setdefault((one.step.step, one.step.term, one.progress.state), []).append(one)
    return list(found.items())
