"""The sentences of 存在问题 and 下一步."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.standard import Lacking
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.finding import Finding, Shortfall
from xianxue.bureau.report import claims, naming
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.statements.of_findings import count, criterion_of, limit
from xianxue.bureau.report.text import Runs, plain
from xianxue.bureau.values.units import UNITS

_WITH_VALUES: Final = 6
"""So many schools are named with their own values; more are grouped by what they lack."""
_NAMED: Final = 12
"""So many schools are named; of more, those that lack most, and the others are added up."""

_ALIKE: Final = 6
"""So many schools that lack the same are named before 等."""

_RULES: Final = {"at_least": "不低于", "at_most": "不高于", "less_than": "低于"}
_FAILS: Final = {"at_least": "低于", "at_most": "高于", "less_than": "未达到低于"}
_ALL: Final = "100%"
_TURNED: Final = {"at_least": "at_most", "at_most": "at_least", "less_than": "at_least"}
"""Of 1:15 and 1:17 the first is said to be the higher, though 15 is less than 17."""


def problem(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say what does not suffice: the rule, how many fail it, by how much each.

    All are findings on one criterion.
    """
    if _is_of_county(context, unmet):
        return _list(_county_problem(context, finding) for finding in unmet)
    line = Line().add(f"{_headline(context, unmet[0])}。", *_rule(context, unmet), "。")
    for stage, findings in _by_stage(unmet):
        line.add(*_schools(context, stage, findings))
    return line.runs


def measure(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say what would make it suffice, with exact quantities."""
    if _is_of_county(context, unmet):
        return _list(_county_measure(context, finding) for finding in unmet)
    line = Line()
    for stage, findings in _by_stage(unmet):
        line.add(*_supply(context, stage, findings))
    return line.runs


# ── one criterion, school by school ─────────────────────────────────────────


def _schools(context: Context, stage: Stage | None, unmet: list[Finding]) -> Runs:
    number = count(context, "not_met", unmet, stage)
    kind = naming.kind_of([one.place for one in unmet], context.register, context.counted_on)
    line = Line().add(stage.term if stage else "全县", "有", *_run(number), f"所{kind}未达标")
    word = _fails(context, unmet[0])
    total = count(context, "lacking_total", unmet, stage)
    if len(unmet) > 1 and total is not None and total.value:
        line.add(f"，共{word}", total)
    if len(unmet) > _WITH_VALUES:
        return line.add("，其中", *_by_amount(context, stage, unmet, word), "。").runs
    line.add("，为" if len(unmet) == 1 else "，其中")
    for position, finding in enumerate(unmet):
        line.add("、" if position else "", _name(context, finding), *_value(context, finding))
    return line.add("。").runs


def _value(context: Context, finding: Finding) -> Runs:
    line = Line().add("（")
    if finding.figure is not None and _is_none(finding):
        line.add("尚无")
    elif finding.figure is not None:
        line.add(claims.of_value(finding, finding.figure))
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None:
        line.add(f"，{_fails(context, finding)}", lacking)
    return line.add("）").runs


def _is_none(finding: Finding) -> bool:
    """Whether a school has none at all of what it should have; 0% of something is a number."""
    figure = finding.figure
    short = finding.lacking is not None and not finding.lacking.surplus
    return short and figure is not None and figure.unit != "percent" and figure.value == 0


def _supply(context: Context, stage: Stage | None, unmet: list[Finding]) -> Runs:
    lacking = unmet[0].lacking
    where = stage.term if stage else "全县"
    if lacking is None:
        each = ((_name(context, one), *_raise(context, one)) for one in unmet)
        return Line().add(f"{where}：" if stage else "", *_list(each)).runs
    total = count(context, "lacking_total", unmet, stage)
    line = Line().add(where, *_numbered(_measure(context, unmet[0], lacking), total))
    if len(unmet) == 1:
        card = _card(context, unmet[0])
        given = not lacking.surplus and not (card and card.measure)
        return line.add("，", "用于" if given else "涉及", _name(context, unmet[0]), "。").runs
    return line.add("，其中", *_by_amount(context, stage, unmet, ""), "。").runs


def _by_amount(context: Context, stage: Stage | None, unmet: list[Finding], word: str) -> Runs:
    """Name schools by what they lack, most first: 甲小学缺3人，乙小学、丙小学各缺1人."""
    # Those that lack as much keep the order of the register.
    ordered = sorted(unmet, key=lambda one: -(one.lacking.quantity if one.lacking else 0))
    line = Line()
    # «其余1所» would take as much room as the school's name.
    named = len(unmet) if len(unmet) <= _NAMED + 1 else _NAMED
    for _, same in groupby(ordered[:named], lambda one: one.lacking and one.lacking.quantity):
        findings = list(same)
        names = _named(context, stage, findings)
        if not word and len(findings) == 1:
            names = (_before_a_number(plain(names)),)
        line.add("，" if line.runs else "", *names)
        amounts = [claims.of_lacking(one, context.period.code) for one in findings]
        line.add(f"各{word}" if len(findings) > 1 else word, *_run(amounts[0]))
    others = ordered[named:]
    number = count(context, "others", others, stage)
    if number is not None:
        line.add(
            "，其余", number, "所共", word, *_run(count(context, "others_lacking", others, stage))
        )
    return line.runs


def _before_a_number(name: str) -> str:
    """Quote a name that ends in a digit: a number behind it would be read as one with it."""
    return f"“{name}”" if name[-1:].isdigit() else name


def _named(context: Context, stage: Stage | None, alike: list[Finding]) -> Runs:
    """Name schools that lack the same; of many the first, and how many they are: 甲、乙等9所."""
    if len(alike) <= _ALIKE or alike[0].lacking is None:
        return ("、".join(_name(context, one) for one in alike),)
    first = "、".join(_name(context, one) for one in alike[:_ALIKE])
    number = count(context, f"lacking_{alike[0].lacking.quantity}", alike, stage)
    return (f"{first}等", *_run(number), "所")


def _numbered(words: str, number: Claim | None) -> Runs:
    """Put a number where the words want it; behind them where they do not say."""
    before, _, after = words.partition("{n}")
    return (before, *_run(number), after)


def small(context: Context, groups: Sequence[tuple[Finding, ...]], opening: str) -> Runs:
    """Gather shortfalls too small for a point of their own: 甲小学教师培训经费799元."""
    line = Line().add(opening)
    first = True
    for findings in groups:
        for finding in findings:
            amount = claims.of_lacking(finding, context.period.code)
            if amount is None or finding.lacking is None:
                continue
            where = "" if finding.place == context.county else _name(context, finding)
            word = "多" if finding.lacking.surplus else "缺"
            said = finding.lacking.noun if opening else f"{word}{finding.lacking.noun}"
            line.add("" if first else "；", where, said, amount)
            first = False
    return line.add("。").runs


def _name(context: Context, finding: Finding) -> str:
    if finding.stage is None:
        return naming.name_of(finding.place, context.register)
    return naming.name_with_stage(
        finding.place, finding.stage, context.register, context.counted_on
    )


# ── one criterion, for the county ───────────────────────────────────────────


def _county_problem(context: Context, finding: Finding) -> Runs:
    line = Line().add(_subject(context, finding), "为")
    if finding.figure is not None:
        line.add(claims.of_value(finding, finding.figure))
    line.add(f"，{_FAILS[_rule_as_said(finding)]}", *limit(context, finding), "的标准")
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None and finding.lacking is not None:
        card = _card(context, finding)
        word = "多" if finding.lacking.surplus else "尚缺"
        said = card.open if card and card.open else f"{word}{finding.lacking.noun}"
        line.add("，", *_numbered(said, lacking))
    return line.runs


def _county_measure(context: Context, finding: Finding) -> Runs:
    spread = finding.figure is not None and finding.figure.unit == "coefficient"
    line = Line().add("优先向低于县平均水平的学校配置资源，" if spread else "")
    line.add("使", _subject(context, finding), *_raise(context, finding))
    lacking = claims.of_lacking(finding, context.period.code)
    if lacking is not None and finding.lacking is not None:
        line.add("，须", *_numbered(_measure(context, finding, finding.lacking), lacking))
    return line.runs


def _raise(context: Context, finding: Finding) -> Runs:
    upward = _rule_as_said(finding) == "at_least"
    line = Line()
    if finding.figure is not None:
        line.add("由", claims.of_value(finding, finding.figure))
    line.add("提高到" if upward else "降到", *limit(context, finding))
    whole = finding.figure is not None and finding.figure.unit == "percent"
    # Nothing is above 100%.
    if whole and finding.threshold == UNITS["percent"].per:
        return line.runs
    return line.add("以上" if upward else "以下").runs


def _subject(context: Context, finding: Finding) -> str:
    stage = finding.stage.term if finding.stage else ""
    card = _indicator(context, finding)
    term = card.term if card else finding.term
    return term if stage and stage in term else stage + term


# ── words ───────────────────────────────────────────────────────────────────


def _card(context: Context, finding: Finding) -> Lacking | None:
    card = criterion_of(context, finding)
    return card.lacking if card else None


def _fails(context: Context, finding: Finding) -> str:
    card = _card(context, finding)
    return card.fails if card and card.fails else "多" if _surplus(finding) else "缺"


def _measure(context: Context, finding: Finding, lacking: Shortfall) -> str:
    card = _card(context, finding)
    return card.measure if card and card.measure else f"{_verb(finding)}{lacking.noun}"


def _headline(context: Context, finding: Finding) -> str:
    card = _card(context, finding)
    # The standard's own words before those put together here.
    if card and card.problem:
        return card.problem
    if finding.lacking is None:
        return f"{finding.term}未达标"
    surplus = finding.lacking.surplus
    return f"{finding.term}超过规定" if surplus else f"{finding.lacking.noun}不足"


def _rule(context: Context, unmet: tuple[Finding, ...]) -> Runs:
    """Say the thresholds, by stage, as they were applied; several where clauses differ."""
    card = _indicator(context, unmet[0])
    line = Line().add(card.term if card else unmet[0].term, "标准为")
    said: list[tuple[Stage | None, Fraction]] = []
    by_stage = _differs_by_stage(context, unmet)
    for finding in unmet:
        if finding.threshold is None:
            continue
        about = (finding.stage if by_stage else None, finding.threshold)
        if about in said:
            continue
        stage = about[0].term if about[0] else ""
        asked = limit(context, finding)
        # «All» is reached or not: nobody writes that it be no less.
        rule = "" if plain(asked) == _ALL else _RULES[_rule_as_said(finding)]
        line.add("、" if said else "", f"{stage}{rule}", *asked)
        said.append(about)
    return line.runs


def _rule_as_said(finding: Finding) -> str:
    return _TURNED[finding.rule] if finding.shown.startswith("1:") else finding.rule


def _differs_by_stage(context: Context, unmet: tuple[Finding, ...]) -> bool:
    card = criterion_of(context, unmet[0])
    staged = {value.value for value in card.values if value.stage} if card else set[Decimal]()
    return len(staged) > 1 or len({finding.threshold for finding in unmet}) > 1


def _verb(finding: Finding) -> str:
    if finding.lacking is None or finding.lacking.surplus:
        return "减少"
    noun = finding.lacking.noun
    return "补充" if noun.endswith("教师") and "的" not in noun else "增加"


def _surplus(finding: Finding) -> bool:
    return finding.lacking is not None and finding.lacking.surplus


def _indicator(context: Context, finding: Finding) -> Indicator | None:
    card = criterion_of(context, finding)
    return context.shelf.indicator(card.indicator) if card else None


def _is_of_county(context: Context, unmet: tuple[Finding, ...]) -> bool:
    return unmet[0].place == context.county


def _by_stage(findings: tuple[Finding, ...]) -> Iterator[tuple[Stage | None, list[Finding]]]:
    for stage in (None, *Stage):
        of_stage = [finding for finding in findings if finding.stage is stage]
        if of_stage:
            yield stage, of_stage


def _list(sentences: Iterable[Runs]) -> Runs:
    line = Line()
    for position, runs in enumerate(sentences):
        line.add("；" if position else "", *runs)
    return line.add("。").runs


def _run(claim: Claim | None) -> Runs:
    return (claim,) if claim else ()
