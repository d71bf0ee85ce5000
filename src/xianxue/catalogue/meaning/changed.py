"""Changes: what they are laid over, and the options that settings choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.changes.change import Change
from xianxue.bureau.kinds.changes.laxity import (
    Laxer,
    is_laxer,
    laxer_of_line,
    laxer_of_rule,
    replaced,
    senseless,
)
from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.visible import hidden_in
from xianxue.catalogue.meaning.cited import check_cited, check_values
from xianxue.catalogue.meaning.form_cards.added import Taken, check_added
from xianxue.catalogue.meaning.lines import line_stages
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

Laid = dict[tuple[str, str], list[DatedValue]]
"""A criterion or line to the values of the changes looked at so far, the last first."""

_FEWEST_LETTERS: Final = 2
"""A dot, a dash or a number is no reason."""
_REASON: Final = say("放宽或反常的值，在 change 卡片上用 loosens 写明理由")


class Held(Record):
    """What a change is laid over."""

    term: str
    unit: str
    """Of its values; empty where the card does not say it."""
    laxer: Laxer
    national: Sequence[DatedValue]
    """The values of the card itself."""


def check_changes(look: Look) -> None:
    """Check every change, and the choices made in the settings."""
    change: Change
    laid: Laid = {}
    taken: Taken = {}
    for at, change in look.each("change"):
        check_cited(look, at.at("source"), change.source)
        parts = [
            (change.standard and change.criterion, change.standard or change.criterion),
            (change.indicator and change.line, change.indicator or change.line),
            (change.form and change.sheet, change.form or change.sheet or change.fields),
        ]
        named = [whole for whole, some in parts if some]
        if len(named) != 1 or not named[0]:
            at.complain(
                "C-CHANGE",
                say("没有写明改动的是哪一个值，或哪一张表"),
                say("standard 和 criterion、indicator 和 line、form 和 sheet 和 fields，只写一组"),
            )
        elif change.form:
            _check_form(look, at, change, taken)
        elif change.standard:
            _check_criterion(look, at, change, laid)
        else:
            _check_line(look, at, change, laid)
    for name, option in look.shelf.chosen.items():
        _check_chosen(look, name, option)


def _check_form(look: Look, at: Spot, change: Change, taken: Taken) -> None:
    if not change.fields:
        at.complain("C-EMPTY", say("一栏也没有"), say("至少一栏"))
    for part in ("values", "loosens"):
        if getattr(change, part):
            saw = say("给报表加栏，却写了 {part}", part=part)
            at.at(part).complain("C-PART", saw, say("一张卡片只改一处"))
    check_added(look, at, change, taken)


def _check_criterion(look: Look, at: Spot, change: Change, laid: Laid) -> None:
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
    unit = indicators[0].unit if indicators else ""
    held = Held(criterion.term, unit, laxer_of_rule(criterion.rule), criterion.values)
    _check_reason(at, change, laid.setdefault((change.standard, change.criterion), []), held)


def _check_line(look: Look, at: Spot, change: Change, laid: Laid) -> None:
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
    laxer = laxer_of_line(indicator, change.line, look.shelf.standards.values())
    term = say("{term}的线“{line}”", term=indicator.term, line=change.line)
    held = Held(term, "", laxer, indicator.lines[change.line])
    _check_reason(at, change, laid.setdefault((change.indicator, change.line), []), held)


def _check_reason(at: Spot, change: Change, earlier: list[DatedValue], held: Held) -> None:
    """Ask for a reason where a value is laxer than those it is laid over, or makes no sense.

    It is held against the national values and against those of the changes before it: neither a
    county that loosens what its province has tightened, nor one that hides behind a laxer change,
    does so without a word.
    """
    reasoned = _is_reason(at.at("loosens"), change.loosens)
    for index, value in enumerate(change.values):
        if reasoned or not value.value.is_finite():
            continue  # what is no number was complained of already
        both = (replaced(value, held.national), replaced(value, [*earlier, *held.national]))
        before = [old for values in both for old in values]
        _check_value(at.at("values", index, "value"), value, before, held)
    earlier[:0] = change.values


def _check_value(at: Spot, value: DatedValue, before: Sequence[DatedValue], held: Held) -> None:
    amount = f"{value.value:f}"
    laxer = [old for old in before if is_laxer(value.value, old.value, held.laxer)]
    if laxer:
        old = joined("、", dict.fromkeys(f"{old.value:f}" for old in laxer))
        saw = (
            say("看不出{term}改成 {value} 是严了还是宽了", term=held.term, value=amount)
            if held.laxer == "unknown"
            else say("{term}改成 {value}，比原来的 {old} 宽", term=held.term, value=amount, old=old)
        )
        at.complain("C-LOOSER", saw, _REASON, say("本意是收紧的，请核对数值"))
    elif senseless(value.value, [old.value for old in before], held.unit):
        saw = say("{term}改成 {value}，不像一个说得通的标准", term=held.term, value=amount)
        if before:
            saw += say("（原来是 {old}）", old=f"{before[0].value:f}")
        at.complain("C-SENSELESS", saw, _REASON, say("写错数值或单位的，请改正"))


def _is_reason(at: Spot, text: str) -> bool:
    """Whether a reader learns something from a reason; complain of what cannot be seen in it."""
    if hidden := hidden_in(text, lines=True):
        saw = say("loosens 里有看不见的字符 {hidden}", hidden=hidden)
        at.complain("C-UNSEEN", saw, say("看得见的字"), say("请重新输入"))
        return True  # one complaint is enough
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS


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
