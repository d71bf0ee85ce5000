"""Rules of deadlines: lamps follow one another, and a step that is named can be taken."""

from __future__ import annotations

from xianxue.bureau.kinds.deadline_rules import DeadlineRules
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.wording import instead


def check_deadlines(look: Look) -> None:
    """Check every card of rules of deadlines."""
    card: DeadlineRules
    for at, card in look.each("deadline_rules"):
        check_cited(look, at.at("source"), card.source)
        if not card.near > card.behind > card.last:
            saw = say(
                "near、behind、last 是 {near}、{behind}、{last}",
                near=card.near,
                behind=card.behind,
                last=card.last,
            )
            at.at("near").complain("C-DEADLINE", saw, say("剩下的天数依次变少"))
        steps = {step.step for way in look.shelf.lifecycles.values() for step in way.steps}
        for name in card.within:
            if name not in steps:
                saw = say("没有一个流程有“{name}”这一步", name=name)
                required = say("流程里有的步骤")
                at.at("within", name).complain("C-DEADLINE", saw, required, instead(name, steps))
