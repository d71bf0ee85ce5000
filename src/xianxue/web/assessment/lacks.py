"""What each school lacks, a sheet a school, to be printed and handed over."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.assessment.lacks import Lacks, lacks_of
from xianxue.desk.indicators.lacking import amount, step_words
from xianxue.desk.search.readings import spelled
from xianxue.web.assessment.judged import judged_of
from xianxue.web.assessment.standard import SIGNS
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import anywhere, page, show
from xianxue.web.kit.visit import Asked


@page("assessment.view", anywhere)
def lacks(request: Asked, standard: str) -> HttpResponse:
    """Show what schools lack under a standard: all of them, or the one that is named."""
    judged = judged_of(request, standard)
    register = judged.counts.counted.register
    day = judged.counts.period.reference_day
    found = lacks_of(judged.assessment, register, judged.seen)
    wanted = request.GET.get("place", "")
    if wanted:
        found = [one for one in found if one.place == wanted]
    elif not request.GET.get("everyone"):
        found = [one for one in found if one.short or one.unknown]
    names = {place.code: place.name for place in register}

    def township(code: str) -> str:
        return register.township_of(register[code], day) if code in register else ""

    towns = Choice[Lacks](
        "in", say("乡镇"), lambda one: township(one.place), lambda code: names.get(code, code)
    )
    listing = listed(
        request,
        found,
        (
            Column("name", say("单位"), lambda one: one.name),
            Column("code", say("代码"), lambda one: one.place),
            Column(
                "short",
                say("还缺"),
                lambda one: "；".join(
                    f"{item.term} {item.shown}（{amount(item.lacking)}）"
                    if item.lacking
                    else f"{item.term} {item.shown}"
                    for item in one.short
                ),
            ),
        ),
        text=lambda one: " ".join(
            (one.name, one.place, spelled(one.name), *(item.term for item in one.short))
        ),
        choices=(towns,),
    )
    answer = exported(
        request, listing, say("{term}：各校还缺", term=judged.card.term), judged.counts
    )
    if answer is not None:
        return answer
    values = {
        "judged": judged,
        "counts": judged.counts,
        "card": judged.card,
        "list": listing,
        "names": names,
        "plain": plain,
        "signs": SIGNS,
        "amount": amount,
        "step_words": step_words,
        "wanted": wanted,
        "source": judged.counts.counted.shelf.cite(judged.card.source.citation),
    }
    return show(request, "assessment/lacks.html", values, part="rows")
