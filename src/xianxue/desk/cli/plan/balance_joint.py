"""``xianxue plan balance --joint``: all resources at once, with the bound and the gap."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.rounding import plain, shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import echo_paragraph, print_json, print_table
from xianxue.desk.cli.plan.balance_county import card_of, costs_of
from xianxue.desk.plan.joint_county import Joint, amount_told, joint_county
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import standing
from xianxue.desk.workspace import Workspace

_HUNDRED: Final = 100
_DECIMALS: Final = 2


def balance_joint(
    opened: Workspace, period: str | None, said: Sequence[str], seconds: int, *, as_json: bool
) -> int:
    """Answer for the county; 1 where nothing was found that keeps every rule."""
    card = card_of(opened)
    counted = standing(opened.root).counted(opened.period(period, card.period))
    found = joint_county(counted, card, costs_of(said, card), seconds)
    if as_json:
        print_json({"standard": card.standard, "period": counted.period.code, **_told(found)})
    else:
        _print(found, counted, priced=bool(said))
    return int(found.found.cost is None)


def _told(found: Joint) -> dict[str, Any]:
    own = found.found
    return {
        "standing": "supposed",
        "status": own.status,
        "cost": None if own.cost is None else plain(own.cost),
        "bound": plain(own.bound),
        "gap": None if own.gap is None else shown(own.gap * _HUNDRED, _DECIMALS),
        "changes": [
            {
                "criterion": one.criterion,
                "place": one.place,
                "stage": one.stage or None,
                "amount": plain(one.amount),
            }
            for one in found.changed
        ],
        "failing": found.failing,
        "over": found.over,
    }


def _print(found: Joint, counted: Counted, *, priced: bool) -> None:
    own = found.found
    if own.cost is None:
        if own.status == "infeasible":
            echo_paragraph(say("做不到：各校的要求和差异系数的上限不能同时成立。"))
        else:
            bound = plain(own.bound)
            echo_paragraph(say("没有找到办法，也没有证明没有；至少要 {bound}。", bound=bound))
        return
    names = {place.code: place.name for place in counted.register}
    rows = [
        (one.resource.noun, names.get(one.place, one.place), _stage(one.stage), amount_told(one))
        for one in found.changed
    ]
    if rows:
        columns = (say("资源"), say("学校"), say("学段"), say("怎样变动"))
        print_table(say("各项资源一起调整（设想）"), columns, rows)
    else:
        echo(say("各项要求都已达到，不用变动。"))
    cost, bound = plain(own.cost), plain(own.bound)
    if own.status == "optimal":
        echo_paragraph(say("共需 {cost}，已证明没有更省的办法。", cost=cost))
    else:
        echo_paragraph(
            say(
                "共需 {cost}，至少要 {bound}，相差 {gap}%：没有证明最省。",
                cost=cost,
                bound=bound,
                gap=shown((own.gap or Fraction()) * _HUNDRED, _DECIMALS),
            )
        )
    if not priced:
        echo_paragraph(
            say("没有写代价（--cost），每一人、一间、一平方米、一元都算 1；人调动和增加同价。")
        )
    echo_paragraph(
        say(
            "按本县自己的标准判定：七项没有通过的学校 {n} 所次，超过上限的差异系数 {m} 项。",
            n=found.failing or 0,
            m=found.over or 0,
        )
    )
    echo_paragraph(say("以上都是设想，没有改动任何统计数、发布和报表。"))


def _stage(code: str) -> Sentence:
    return Stage(code).term if code else say("各学段共用")
