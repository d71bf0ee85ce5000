"""The first day on which somebody may apply, in one sentence."""

from __future__ import annotations

from xianxue.bureau.appraisal.persons.eligible import Eligible
from xianxue.bureau.values.sentence import Sentence, joined, say


def first_day_told(found: Eligible) -> Sentence:
    """Say from which day on all clauses are met, and what the day rests on."""
    if found.verdict == "met":
        return say("{on}各条都符合。", on=found.on.isoformat())
    if found.first_day is not None:
        return say(
            "最早{day}各条都符合：按一直在岗、以后各年考核都合格算。",
            day=found.first_day.isoformat(),
        )
    unknown = [one.term for one in found.clauses if one.verdict == "undetermined"]
    if unknown:
        return say("先核实：{terms}；核实以前说不出哪一天符合。", terms=joined("、", unknown))
    if found.first_hard_day is not None:
        return say(
            "“原则上”的条件等不来，要补上经历或说明理由；其余各条最早{day}都符合。",
            day=found.first_hard_day.isoformat(),
        )
    return say("有的条件等不来，要补上；说不出哪一天符合。")
