"""Tables of samples: steps that rise, groups that fit into the whole."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look

_WHOLE: Final = 100
_CODE: Final = "C-SAMPLE"


def check_sampling(look: Look) -> None:
    """Check every table of samples."""
    card: SampleTable
    for at, card in look.each("sample"):
        check_cited(look, at.at("source"), card.source)
        if bool(card.steps) == (card.per_thousand is not None):
            saw = say("分档和千分比要写一个，现在写了两个或都没写")
            at.complain(_CODE, saw, say("按分档，或者按千分比"))
        bounds = [one.below for one in card.steps]
        known = [one for one in bounds[:-1] if one is not None]
        if len(known) != max(0, len(bounds) - 1) or sorted(set(known)) != known:
            at.at("steps").complain(
                _CODE, say("各档人口不是从小到大"), say("从小到大写，只有最后一档不写上限")
            )
        elif bounds and bounds[-1] is not None:
            at.at("steps").complain(_CODE, say("人口更多的县没有份数"), say("最后一档不写人口上限"))
        total = sum(one.share for one in card.groups)
        exact = not any(one.at_least for one in card.groups)
        if total > _WHOLE or (exact and total != _WHOLE):
            saw = say("各类对象比例合计 {total}%", total=total)
            at.at("groups").complain(_CODE, saw, say("合计正好 100%；有“至少”的，不超过 100%"))
