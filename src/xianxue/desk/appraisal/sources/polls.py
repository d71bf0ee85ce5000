"""Counted ballots and surveys as sources of points, by place or by who was judged in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.ballots.hiding_places import FAVOURABLE, OTHERS, told_by_place
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.card import Needed
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.records.trace import TallyRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.sources.figures import lacking

if TYPE_CHECKING:
    from xianxue.desk.models.ballot import Poll

_HUNDRED: Final = 100
_SUMS: Final = {FAVOURABLE: say("满意的几档合计"), OTHERS: say("其余几档合计")}


class _Said(Record, kw_only=True):
    """What was answered to one question of one place: answer to how many, None where hidden."""

    question: Question
    votes: Mapping[str, int | None]


def from_polls(county: County, gives: PointSource, people: Sequence[Who]) -> dict[str, Known]:
    """Give each its favourable share, or mean of points, in the last counted ballot of a card."""
    card = county.workspace.shelf.ballots[gives.ballot]
    poll = _poll(county, gives.ballot)
    if poll is None:
        why = say("“{term}”还没有计票", term=card.term)
        return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
    from xianxue.desk.actions.ballots.opened import opened  # noqa: PLC0415 - needs Django first

    asked = opened(poll).asked()
    wanted = [one for one in asked if gives.question in {"", one.question}]
    question = next((one for one in wanted if any(each.favourable for each in one.options)), None)
    if question is None:
        why = say("“{title}”里没有可用的题", title=poll.title)
        return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
    if question.each:
        return _of_subjects(poll, question, gives, people)
    whole = county.workspace.register.county.code
    return {one.place: _of_place(poll, question, gives, one.place, whole) for one in people}


def _poll(county: County, card: str) -> Poll | None:
    """Give the last ballot of a card that was counted for the period."""
    from xianxue.desk.models.ballot import COUNTED, Poll  # noqa: PLC0415 - needs Django first

    kind = county.workspace.shelf.ballots[card].period
    try:
        period = Needed(kind=kind).for_(county.period).code
    except ValueError:
        return None
    rows = Poll.objects.filter(card=card, period=period, state=COUNTED)
    return rows.order_by("-number").first()


def _of_subjects(
    poll: Poll, question: Question, gives: PointSource, people: Sequence[Who]
) -> dict[str, Known]:
    """Give what was said of each who was judged, by groups as they weigh."""
    from xianxue.desk.ballots.concluding import concluded  # noqa: PLC0415 - needs Django first

    lines = (poll.results or {}).get("results", [])
    unseen = {line["question"] for line in lines if line["hidden"]}
    found = {
        one.subject: one.appraised
        for one in concluded(poll)
        if one.appraised.question == question.question
    }
    known: dict[str, Known] = {}
    for who in people:
        one = found.get(who.place)
        if one is None:
            why = say("“{title}”没有测评这一位", title=poll.title)
            known[who.place] = lacking(Missing.NOT_ANSWERED, why)
            continue
        if f"{question.question}/{who.place}" in unseen:
            known[who.place] = lacking(Missing.WITHHELD, _few(poll))
            continue
        value = one.score if gives.measure == "mean" else one.rate
        if value is not None and gives.measure == "favourable":
            value *= _HUNDRED
        said = _Said(question=question, votes=dict(one.votes))
        known[who.place] = _known(poll, who.place, said, value)
    return known


def _of_place(poll: Poll, question: Question, gives: PointSource, place: str, whole: str) -> Known:
    if place != whole and not told_by_place(question):
        why = say("“{title}”不分单位统计", title=poll.title)
        return lacking(Missing.NOT_ASKED, why)
    group = "" if place == whole else f"@{place}"
    votes: dict[str, int | None] = {
        line["option"]: line["count"]
        for line in (poll.results or {}).get("results", [])
        if line["question"] == question.question and line["group"] == group
    }
    if not votes:
        return lacking(Missing.NOT_ANSWERED, say("“{title}”没有这个单位的答卷", title=poll.title))
    said = _Said(question=question, votes=votes)
    judging = {*question.levels, FAVOURABLE, OTHERS}
    if any(many is None for option, many in votes.items() if option in judging):
        return lacking(Missing.WITHHELD, _few(poll))
    return _known(poll, place, said, _value(said, gives))


def _few(poll: Poll) -> Sentence:
    return say("“{title}”里人数少，不显示", title=poll.title)


def _value(said: _Said, gives: PointSource) -> Fraction | None:
    question = said.question
    numbers = {option: many or 0 for option, many in said.votes.items()}
    if gives.measure == "favourable":
        good = {one.option for one in question.options if one.favourable} | {FAVOURABLE}
        judging = {*question.levels, FAVOURABLE, OTHERS}
        whole = sum(many for option, many in numbers.items() if option in judging)
        so = sum(many for option, many in numbers.items() if option in good)
        return Fraction(_HUNDRED * so, whole) if whole else None
    points = {one.option: one.points for one in question.options if one.option in question.levels}
    if any(one is None for one in points.values()) or not set(numbers) & set(points):
        return None
    whole = sum(many for option, many in numbers.items() if option in points)
    each = (Fraction(points[one] or 0) * many for one, many in numbers.items() if one in points)
    total = sum(each, Fraction(0))
    return total / whole if whole else None


def _known(poll: Poll, place: str, said: _Said, value: Fraction | None) -> Known:
    if value is None:
        return lacking(Missing.NOT_ANSWERED, say("“{title}”没有人作评价", title=poll.title))
    traces = tuple(
        TallyRef(
            place=place,
            ballot=poll.title,
            question=said.question.term,
            term=_term(said.question, option),
            value=str(many),
        )
        for option, many in said.votes.items()
        if many is not None and (option in said.question.levels or option in _SUMS)
    )
    return Known(readings=(Reading(value=value, about=poll.key, traces=traces),))


def _term(question: Question, option: str) -> Any:  # noqa: ANN401 - a sentence or a card's term
    known = question.option(option)
    return known.term if known is not None else _SUMS.get(option, option)
