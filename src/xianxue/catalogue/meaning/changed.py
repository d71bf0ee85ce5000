"""Changes: what they are laid over, and the options that settings choose."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.change import Change
from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_values
from xianxue.catalogue.meaning.lines import line_stages
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead


def check_changes(look: Look) -> None:
    """Check every change, and the choices made in the settings."""
    change: Change
    for at, change in look.each("change"):
        check_cited(look, at.at("source"), change.source)
        of_standard = bool(change.standard and change.criterion)
        of_indicator = bool(change.indicator and change.line)
        if of_standard == of_indicator or bool(change.standard) == bool(change.indicator):
            at.complain(
                "C-CHANGE",
                say("没有写明改动的是哪一个值"),
                say("写 standard 和 criterion，或 indicator 和 line，不都写"),
            )
        elif of_standard:
            _check_criterion(look, at, change)
        else:
            _check_line(look, at, change)
    for name, option in look.shelf.chosen.items():
        _check_chosen(look, name, option)


def _check_criterion(look: Look, at: Spot, change: Change) -> None:
    if not look.refer(at.at("standard"), "standard", change.standard):
        return
    standard = look.shelf.standards[change.standard]
    known: dict[str, Criterion] = {
        one.criterion: one for one in [*standard.criteria, *standard.spread]
    }
    criterion = known.get(change.criterion)
    if criterion is None:
        saw = say(
            "标准“{standard}”没有条目“{criterion}”",
            standard=change.standard,
            criterion=change.criterion,
        )
        do = instead(change.criterion, known)
        at.at("criterion").complain("C-CRITERION", saw, say("标准里已有的编号"), do)
        return
    # What the criterion names wrongly is its own card's complaint, not the change's.
    silent = Spot(at.origin, [])
    indicators = look.indicators(silent, criterion.indicator)
    stages = indicators[0].stages if indicators and criterion.per.endswith("_stage") else []
    check_values(look, at.at("values"), change.values, stages)


def _check_line(look: Look, at: Spot, change: Change) -> None:
    if not look.refer(at.at("indicator"), "indicator", change.indicator):
        return
    indicator = look.shelf.indicators[change.indicator]
    if change.line not in indicator.lines:
        saw = say("指标“{indicator}”没有线“{line}”", indicator=change.indicator, line=change.line)
        do = instead(change.line, indicator.lines)
        at.at("line").complain("C-LINE", saw, say("指标里已有的线"), do)
        return
    stages = line_stages(look, indicator)
    check_values(look, at.at("values"), change.values, stages, look.attribute_columns)


def _check_chosen(look: Look, name: str, option: str) -> None:
    choice = look.shelf.choices.get(name)
    if choice is None:
        if ("choice", name) in look.cards.unread:
            return
        saw, do = (
            say("设置里选了“{name}”，没有这个可选算法", name=name),
            instead(name, look.shelf.choices),
        )
    elif option not in choice.options:
        saw = say("设置里为“{term}”选了“{option}”，不在可选之列", term=choice.term, option=option)
        do = instead(option, choice.options)
    else:
        return
    required = say("catalogue 里 choice 卡片的编号和它的 options 之一")
    issue = Issue(code="C-CHOSEN", severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
    look.issues.append(issue)
