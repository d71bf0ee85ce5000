"""What an office does with a form's round: many at once, windows, more time, reminders."""

from __future__ import annotations

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.report.nudges import nudge
from xianxue.desk.returns.asked_about import rules_of
from xianxue.desk.returns.reviewing import Wish, step_many
from xianxue.desk.works.packing import packed
from xianxue.desk.works.running import Going, Result
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.returns import key_of
from xianxue.web.api.shaped import deeds as shapes
from xianxue.web.api.shapes import Word
from xianxue.web.api.works import begun
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell
from xianxue.web.returns.round import round_of

_ROUND = "/rounds/{form}/{period}"
_ONE = "/returns/{form}/{period}/{place}"


@does(f"{_ROUND}/steps", shapes.WorkOut, "returns.view")
def steps(request: HttpRequest, form: Word, period: Word, wanted: shapes.StepsIn) -> Told:
    """Take a step with many returns as long work; what has something open is left, with why."""
    del request
    visit = asked().visit
    card, _, rows = round_of(visit, form, period)
    known = {one.key.place for one in rows}
    seen = {Key(form, period, one.place): one.seen for one in wanted.returns if one.place in known}
    if not seen:
        raise MissingError(say("没有选中哪一份，或者列表已经变了"))
    wish = Wish(visit.actor, visit.at, wanted.why, wanted.override)
    standing = visit.standing

    def work(going: Going) -> Result:
        found = step_many(
            standing.workspace(), standing.ground(), wanted.step, wish, seen, going.step
        )
        return {
            "done": [one.place for one in found.done],
            "left": [
                {"place": one.place, "code": one.code, "why": packed(one.message)}
                for one in found.issues
            ],
        }

    term = standing.ground().card(next(iter(seen)).place).named(wanted.step)[0].term
    title = say("{step}《{form}》{n} 份", step=term, form=card.term, n=len(seen))
    return begun(wanted.step, title, len(seen), work)


@reads(f"{_ROUND}/reminder", shapes.ReminderOut, "returns.review")
def reminder(request: HttpRequest, form: Word, period: Word) -> Told:
    """Give the words to remind those who are waited for with, to paste into a group."""
    del request
    visit = asked().visit
    card, _, rows = round_of(visit, form, period)
    ground = visit.standing.ground()
    waiting = [one for one in rows if one.progress.waiting]
    back = [
        one
        for one in waiting
        if one.progress.state in ground.card(one.key.place).marked("returned")
    ]
    words = nudge(
        card.term,
        rows[0].deadline.due if rows else None,
        [one.progress.name for one in waiting if one not in back],
        [one.progress.name for one in back],
    )
    return {"places": [one.key.place for one in waiting], "words": str(tell(words))}


@does(f"{_ROUND}/window", shapes.Done, "returns.set_window", "county", by="PUT")
def window(request: HttpRequest, form: Word, period: Word, wanted: shapes.WindowIn) -> Told:
    """Set until when a form is in time, and after which day nothing is taken."""
    del request
    visit = asked().visit
    round_of(visit, form, period)
    SetWindow(visit.standing.ground(), visit.actor, visit.at, wanted.why)(
        form, period, wanted.due, wanted.lock
    )
    return {"done": str(tell(say("期限已设定")))}


@does(f"{_ONE}/extension", shapes.Done, "returns.grant_extension", "place", by="PUT")
def extension(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shapes.ExtensionIn
) -> Told:
    """Grant one place more time, with a reason."""
    del request
    visit = asked().visit
    key, ground = key_of(visit, form, period, place), visit.standing.ground()
    Extend(ground, visit.actor, visit.at, wanted.why)(key, wanted.until)
    told = say("{title}准予延期至{day}", title=ground.title(key), day=wanted.until)
    return {"done": str(tell(told))}


@does(f"{_ONE}/explanations", shapes.Done, "returns.explain", "place")
def explanation(
    request: HttpRequest, form: Word, period: Word, place: Word, wanted: shapes.ExplanationIn
) -> Told:
    """Keep an explanation of a value that the checks ask about."""
    del request
    visit = asked().visit
    key, ground = key_of(visit, form, period, place), visit.standing.ground()
    card = ground.shelf.forms[form]
    sheet = card.sheet(wanted.field.partition(".")[0])
    if wanted.rule not in rules_of(card) or (wanted.field and sheet is None):
        raise MissingError(say("没有这条要说明的规则。"))
    who = ground.actor(visit.actor, place)
    unusual = Unusual(wanted.rule, wanted.field, wanted.value)
    Explain(ground, who, visit.at, wanted.why.strip())(key, unusual)
    return {"done": str(tell(say("说明留存了。数不变，以后不用再写。")))}
