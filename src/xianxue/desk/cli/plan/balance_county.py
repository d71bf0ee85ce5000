"""``xianxue plan balance`` on the county itself: each resource's spread, each school's ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.plan.balance.combination import Choice
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import echo_paragraph, print_json, print_table
from xianxue.desk.plan.balance_county import Evened, evened, resources, stages
from xianxue.desk.plan.ways_to_pass import (
    SchoolWays,
    amount_of,
    cheapest,
    school_ways,
    unit_of,
)
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import standing
from xianxue.desk.workspace import MisusedError, Workspace


class Answer(Record):
    """One stage: what came of each resource, and the schools that fail."""

    stage: Any
    evened: tuple[Evened, ...]
    schools: tuple[SchoolWays, ...]


def balance_county(
    opened: Workspace, period: str | None, said: Sequence[str], *, as_json: bool
) -> int:
    """Answer for every stage; 1 where a spread cannot be brought within its limit."""
    card = card_of(opened)
    counted = standing(opened.root).counted(opened.period(period, card.period))
    costs = costs_of(said, card)
    found = list(_answers(counted, card, costs))
    if as_json:
        print_json(_told(found, counted, card))
    else:
        _print(found, counted, card, priced=bool(costs))
    return int(any(one.lost for each in found for one in each.evened))


def card_of(opened: Workspace) -> Standard:
    """Give the standard that limits spreads and asks so many of several lines."""
    for card in opened.shelf.standards.values():
        if card.spread and card.combine:
            return card
    raise MisusedError(say("没有限定校际差异系数的标准；请写明一个文件"))


def costs_of(said: Sequence[str], card: Standard) -> dict[str, Fraction]:
    """Read what one more of each criterion's things costs."""
    known = [one.criterion for one in card.criteria]
    found: dict[str, Fraction] = {}
    for one in said:
        name, _, cost = one.partition("=")
        if name not in known or not cost.replace(".", "", 1).isdecimal():
            names = joined("、", known)
            message = say(
                "--cost 写的是“{said}”：写作 项目=每一个的代价；项目是 {known}",
                said=one,
                known=names,
            )
            raise MisusedError(message)
        found[name] = Fraction(cost)
    return found


def _answers(counted: Counted, card: Standard, costs: dict[str, Fraction]) -> Iterator[Answer]:
    judged = counted.assessment(card.standard)
    for stage in stages(judged):
        own = resources(judged, card, counted.shelf, stage)
        made = [evened([one], one.limit, keep=True)[0] for one in own]
        yield Answer(stage, tuple(made), tuple(school_ways(judged, card, stage, costs)))


def _names(counted: Counted) -> dict[str, str]:
    return {place.code: place.name for place in counted.register}


def _told(found: Sequence[Answer], counted: Counted, card: Standard) -> dict[str, Any]:
    return {
        "standard": card.standard,
        "period": counted.period.code,
        "standing": "supposed",
        "stages": [
            {
                "stage": each.stage.value,
                "resources": [_resource(one) for one in each.evened],
                "schools": [
                    {
                        "place": one.place,
                        "ways": [_way(way, card) for way in one.ways],
                        "missing": list(one.missing),
                    }
                    for one in each.schools
                ],
            }
            for each in found
        ],
    }


def _resource(one: Evened) -> dict[str, Any]:
    moves = one.found.moves if one.found is not None else ()
    return {
        "criterion": one.resource.criterion,
        "term": one.resource.term,
        "limit": plain(one.limit),
        "before": one.before,
        "after": one.after or None,
        "status": one.found.status if one.found is not None else None,
        "moves": [
            {"from": move.start, "to": move.end, "amount": one.amount(move.count)} for move in moves
        ],
        "why": list(one.why) or ([one.resource.why_not] if one.resource.why_not else []),
    }


def _way(way: Choice, card: Standard) -> dict[str, Any]:
    return {
        "add": [
            {"criterion": name, "amount": plain(amount_of(card, name, steps))}
            for name, steps in way.add
        ],
        "near": list(way.near),
        "cost": plain(way.cost),
    }


def _print(found: Sequence[Answer], counted: Counted, card: Standard, *, priced: bool) -> None:
    names = _names(counted)
    for each in found:
        rows = [
            (
                str(one.resource.term),
                plain(one.limit),
                one.before,
                one.after or "—",
                _how(one, names),
            )
            for one in each.evened
        ]
        columns = (say("资源"), say("上限"), say("现在"), say("调整后"), say("怎样做"))
        print_table(say("{stage}差异系数（设想）", stage=each.stage.term), columns, rows)
        lines = [(names.get(one.place, one.place), _ways_told(one, card)) for one in each.schools]
        if lines:
            columns = (say("学校"), say("怎样达标"))
            print_table(say("{stage}没有达标的学校", stage=each.stage.term), columns, lines)
    if priced:
        cost = sum((cheapest(each.schools) for each in found), start=Fraction())
        echo(say("各校都取第一种办法，共需 {cost}。", cost=plain(cost)))
    else:
        echo_paragraph(
            say(
                "没有写代价（--cost），每一人、一间、一平方米、一元都算 1，加起来少的办法在前；"
                "不同的东西不能这样比的，请写明代价。"
            )
        )
    echo_paragraph(
        say(
            "差异系数与判定用的是同一个数，逐件调动已证明最少；各项资源、各校分别算，没有合在一起求最省。"
        )
    )
    echo_paragraph(say("以上都是设想，没有改动任何统计数、发布和报表。"))


def _how(one: Evened, names: dict[str, str]) -> Sentence | str:
    if one.found is None:
        return one.resource.why_not
    if one.lost:
        return joined("；", one.why)
    if not one.found.moves:
        return say("不用调动")
    return joined(
        "；",
        [
            say(
                "{start}调 {n}{unit}到{end}",
                start=names.get(move.start, move.start),
                n=one.amount(move.count),
                unit=one.resource.unit,
                end=names.get(move.end, move.end),
            )
            for move in one.found.moves
        ],
    )


def _ways_told(one: SchoolWays, card: Standard) -> Sentence:
    if one.missing:
        terms = {each.criterion: each.term for each in card.criteria}
        missing = joined("、", [terms[name] for name in one.missing])
        return say("缺数，不知道还差多少：{missing}", missing=missing)
    return joined("；或者", [_way_told(way, card) for way in one.ways])


def _way_told(way: Choice, card: Standard) -> Sentence:
    nouns = {each.criterion: each.lacking.noun for each in card.criteria if each.lacking}
    return joined(
        "、",
        [
            say(
                "增加 {n}{unit}{noun}",
                n=plain(amount_of(card, name, steps)),
                unit=UNITS[unit_of(card, name)].term,
                noun=nouns[name],
            )
            for name, steps in way.add
        ],
    )
