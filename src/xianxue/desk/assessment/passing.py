"""How a school may pass a joint verdict: every way that is worth a thought, as sentences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from xianxue.bureau.assessment.joint import combinations_in_force
from xianxue.bureau.assessment.way import Way, ways
from xianxue.bureau.kinds.standard import Combination, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Assessment, Finding, Improvement, Verdict
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.indicators.lacking import counted


class Passing(Record, kw_only=True):
    """One joint verdict that failed, and the ways to pass it."""

    joint: Finding
    combination: Combination
    ways: tuple[Way, ...]
    """The one of least effort first; empty where none is known."""

    @property
    def stage(self) -> Stage | None:
        """The stage that is judged."""
        return self.joint.stage

    @property
    def of(self) -> int:
        """How many criteria there are."""
        return len(self.combination.of)


def passing(
    judged: Assessment, card: Standard, places: Collection[str]
) -> dict[str, list[Passing]]:
    """Give the ways to pass of every joint verdict that failed, by place."""
    cards = {one.criterion: one for one in card.criteria}
    joined_by = {
        one.criterion: one for one in combinations_in_force(card, date.fromisoformat(judged.on))
    }
    single: dict[tuple[str, Stage | None], dict[str, Finding]] = {}
    for one in judged.findings:
        if one.place in places:
            single.setdefault((one.place, one.stage), {})[one.criterion] = one
    found: dict[str, list[Passing]] = {}
    for (place, _), findings in single.items():
        for name, combination in joined_by.items():
            joint = findings.get(name)
            if joint is None or joint.verdict is not Verdict.NOT_MET:
                continue
            own = [findings[each] for each in combination.of if each in findings]
            one = Passing(joint=joint, combination=combination, ways=ways(combination, own, cards))
            found.setdefault(place, []).append(one)
    return found


def way_words(way: Way, one: Passing) -> Sentence:
    """Say one way: what to add, what may stay below, and what that comes to."""
    steps = joined("；", map(_step, way.steps))
    if not way.spared:
        return say("{steps}。", steps=steps)
    share = plain(fraction(one.combination.others_reach) * 100)
    spared = joined(
        "、", (say("“{term}”现为{shown}", term=each.term, shown=each.shown) for each in way.spared)
    )
    return say(
        "{steps}。{spared}，已过标准的{share}%，可以先不动。",
        steps=steps,
        spared=spared,
        share=share,
    )


def _step(step: Improvement) -> Sentence:
    amount = counted(step.lacking)
    if step.lacking.surplus:
        done = say("“{term}”减{amount}", term=step.term, amount=amount)
    else:
        done = say("“{term}”添{amount}", term=step.term, amount=amount)
    if step.left_below:
        return say("{done}，到{line}就可以", done=done, line=plain(step.line))
    return say("{done}，达到{line}", done=done, line=plain(step.line))
