"""Verdicts as sources of points: what a standard came to for each place, or for a whole county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.records.trace import FigureRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.sources.figures import figure_ref, lacking

_JOINT: Final = "combination"
_VALUES: Final[Mapping[Verdict, Fraction | None]] = {
    Verdict.MET: Fraction(1),
    Verdict.NOT_MET: Fraction(0),
    Verdict.UNDETERMINED: None,
}


def from_findings(county: County, gives: PointSource, people: Sequence[Who]) -> dict[str, Known]:
    """Give each place what a standard, or some of its criteria, came to."""
    card = county.workspace.shelf.standards[gives.standard]
    try:
        period = card.period.for_(county.period)
    except ValueError as error:
        why: Sentence | str = error.args[0]
        return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
    judged = county.river(period).assess(card.standard, county.asked.on)
    whole = county.workspace.register.county.code
    by_place: dict[str, list[Finding]] = {}
    for one in (*judged.findings, *judged.spread):
        by_place.setdefault(one.place, []).append(one)
    return {
        who.place: _of_county(gives, judged, by_place, whole)
        if who.place == whole
        else _of_findings(gives, judged, by_place.get(who.place, []))
        for who in people
    }


def _of_county(
    gives: PointSource,
    judged: Assessment,
    by_place: Mapping[str, Sequence[Finding]],
    whole: str,
) -> Known:
    """Give what a county comes to: where schools are judged, each of them has to meet it."""
    if not gives.criteria:
        return _whole(judged, by_place.get(whole, []))
    own = [one for one in by_place.get(whole, ()) if gives.stage in {None, one.stage}]
    readings: list[Reading] = []
    for criterion in gives.criteria:
        mine = [one for one in own if one.criterion == criterion]
        readings += [_reading(judged, one, own) for one in mine]
        if not mine:
            readings += _of_schools(judged, by_place, criterion, gives.stage)
    if not readings:
        return _not_judged(judged)
    return Known(readings=tuple(readings))


def _of_schools(
    judged: Assessment,
    by_place: Mapping[str, Sequence[Finding]],
    criterion: str,
    asked: Stage | None,
) -> Iterator[Reading]:
    """Give one reading a stage: a school below the line settles it, one that is open leaves it."""
    every = [one for found in by_place.values() for one in found if one.criterion == criterion]
    for stage in (None, *Stage):
        found = [one for one in every if one.stage is stage and asked in {None, stage}]
        if not found:
            continue
        unmet = [one for one in found if one.verdict is Verdict.NOT_MET]
        open_ = [one for one in found if one.verdict is Verdict.UNDETERMINED]
        verdict = (unmet or open_ or found)[0].verdict
        numbers = {"many": len(found), "met": len(found) - len(unmet) - len(open_)}
        note = say(
            "{stage}{term}：{many} 所中 {met} 所达标",
            stage=stage.term if stage else "",
            term=found[0].term,
            **numbers,
        )
        if open_:
            note = say("{said}，{many} 所无法判定", said=note, many=len(open_))
        telling = [
            part
            for one in unmet or open_ or found
            for part in ([one] if one.figure is not None else _under(one, by_place[one.place]))
        ]
        yield Reading(
            value=_VALUES[verdict],
            about=f"{stage.value}/{criterion}" if stage else criterion,
            note=note,
            document=say("《{term}》", term=judged.term),
            traces=tuple(_refs(telling)),
        )


def _whole(judged: Assessment, findings: Sequence[Finding]) -> Known:
    """Give what a county comes to by the whole standard."""
    traces = tuple(_refs(findings))
    note = say("{term}：{verdict}", term=judged.term, verdict=judged.verdict.term)
    reading = Reading(
        value=_VALUES[judged.verdict], about=judged.standard, note=note, traces=traces
    )
    return Known(readings=(reading,))


def _of_findings(gives: PointSource, judged: Assessment, findings: Sequence[Finding]) -> Known:
    stages = [one for one in findings if gives.stage in {None, one.stage}]
    if gives.criteria:
        meant = [one for one in stages if one.criterion in gives.criteria]
    else:
        # What a school comes to as a whole is the joint verdict, where the standard has one.
        meant = [one for one in stages if one.rule == _JOINT] or stages
    if not meant:
        return _not_judged(judged)
    return Known(readings=tuple(_reading(judged, one, stages) for one in meant))


def _reading(judged: Assessment, finding: Finding, beside: Sequence[Finding]) -> Reading:
    on = [finding] if finding.figure is not None else _under(finding, beside)
    return Reading(
        value=_VALUES[finding.verdict],
        about=f"{finding.stage.value}/{finding.criterion}" if finding.stage else finding.criterion,
        note=say(
            "{term}{shown}，{verdict}",
            term=finding.term,
            shown=_shown(finding),
            verdict=finding.verdict.term,
        ),
        document=say("《{term}》", term=judged.term),
        traces=tuple(_refs(on)),
    )


def _shown(finding: Finding) -> Sentence | str:
    """Give the value with its unit; a ratio of one to so many, and a joint verdict, have none."""
    if finding.figure is None or finding.shown.startswith("1:") or finding.figure.value is None:
        return finding.shown
    return say("{shown}{unit}", shown=finding.shown, unit=UNITS[finding.figure.unit].term)


def _under(joint: Finding, beside: Sequence[Finding]) -> list[Finding]:
    """Give the findings a joint one rests on: those that failed, else all of its stage."""
    own = [one for one in beside if one.stage is joint.stage and one.rule != _JOINT]
    return [one for one in own if one.criterion in joint.rests_on] or own


def _refs(findings: Sequence[Finding]) -> Iterator[FigureRef]:
    for one in findings:
        if one.figure is not None:
            yield figure_ref(one.figure, one.term)


def _not_judged(judged: Assessment) -> Known:
    return lacking(Missing.NOT_ASKED, say("《{term}》不判这个单位的这一项", term=judged.term))
