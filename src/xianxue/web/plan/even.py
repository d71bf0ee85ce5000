"""Balance: what has to move so that spreads keep a limit, school by resource, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.exact import fraction
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.plan.balance_county import Evened, evened, resources, stages
from xianxue.desk.search.readings import spelled
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.counts import Counts, counts_of
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.plan.foreseen import COUNTY, VIEW

LEAST: Final = Fraction(1, 100)
MOST: Final = Fraction(1)
STEP: Final = Fraction(1, 100)
"""Ends and steps of the slider."""
_LONGEST: Final = 40


class Cell(Record, kw_only=True):
    """One school's number of one resource, before and after."""

    before: str
    after: str
    below: bool
    """Whether it is below the school's line before …"""
    then_below: bool
    """… and after."""
    moved: int
    """So many things come (or, below nothing, leave), in the resource's unit."""
    amount: str


class Row(Record, kw_only=True):
    """One school of the matrix."""

    place: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def moved(self) -> bool:
        """Whether anything comes or leaves."""
        return any(cell.moved for cell in self.cells)


class MoveLine(Record, kw_only=True):
    """One move, with its reason."""

    resource: str
    term: Sentence | str
    start: str
    end: str
    amount: str
    many: Fraction
    unit: Sentence | str
    why: Sentence


@page(VIEW, COUNTY)
def balance(request: Asked) -> HttpResponse:
    """Show what moves bring the spreads of a stage within a limit."""
    counts = counts_of(request)
    card = _card(counts)
    if card is None:
        raise MissingError(say("规则卡片里没有差异系数的限值。"))
    judged = counts.counted.assessment(card.standard)
    known = stages(judged)
    said = request.GET.get("stage", "")
    stage = next((one for one in known if one.value == said), None)
    if stage is None and (said or not known):
        raise MissingError(say("这个学段没有判定差异系数。"))
    stage = stage or known[0]
    found = resources(judged, card, counts.counted.shelf, stage)
    own = found[0].limit if found else MOST
    limit, issues = _limit(request.GET.get("limit", ""), own)
    keep = request.GET.get("keep", "1") != "0"
    answers = evened(found, limit, keep=keep)
    names = {place.code: place.name for place in counts.counted.register}
    listing = _listing(request, _moves(answers, names))
    wanted = exported(request, listing, say("{stage}均衡调动（假设）", stage=stage.term), counts)
    if wanted is not None:
        return wanted
    values = {
        "list": listing,
        "counts": counts,
        "stage": stage,
        "stages": known,
        "limit": plain(limit),
        "own": plain(own),
        "is_own": limit == own,
        "least": plain(LEAST),
        "most": plain(MOST),
        "step": plain(STEP),
        "keep": keep,
        "issues": issues,
        "answers": answers,
        "rows": _rows(answers, names),
        "title": _title(answers, limit, stage),
    }
    part = "rows" if request.headers.get("HX-Target") == "rows" else "answer"
    return show(request, "plan/balance.html", values, part=part)


def _card(counts: Counts) -> Standard | None:
    """Give the standard that limits spreads and joins what it limits."""
    cards = counts.counted.shelf.standards.values()
    return next(
        (one for one in cards if one.spread and one.period.kind == counts.period.kind), None
    )


def _limit(said: str, own: Fraction) -> tuple[Fraction, list[Issue]]:
    """Read the limit; what is none is complained of, and the standard's own is taken."""
    said = said.strip()
    if not said:
        return own, []
    try:
        value = fraction(said) if len(said) <= _LONGEST else None
    except (ArithmeticError, ValueError):
        value = None
    if value is not None and LEAST <= value <= MOST:
        return value, []
    issue = Issue(
        code="P-LIMIT",
        severity=Severity.MUST_FIX,
        cell=str(say("差异系数上限")),
        saw=say("差异系数上限写了“{said}”", said=said[:_LONGEST]),
        required=say("{least} 到 {most} 之间的数，如 0.45", least=plain(LEAST), most=plain(MOST)),
        do=say("下面按标准的 {own} 算；请改了再算", own=plain(own)),
    )
    return own, [issue]


def _rows(answers: Sequence[Evened], names: dict[str, str]) -> list[Row]:
    """Lay the schools out; those that something moves at stand first."""
    places = [one.place for one in answers[0].resource.findings] if answers else []
    found = [
        Row(
            place=place,
            name=names.get(place, place),
            cells=tuple(_cell(one, place) for one in answers),
        )
        for place in places
    ]
    return sorted(found, key=lambda one: not one.moved)


def _cell(one: Evened, place: str) -> Cell:
    schools, findings = one.resource.schools, one.resource.findings
    at = next((index for index, each in enumerate(findings) if each.place == place), None)
    if at is None:
        return Cell(before="", after="", below=False, then_below=False, moved=0, amount="")
    finding = findings[at]
    below = finding.verdict.value == "not_met"
    if not schools:
        return Cell(
            before=finding.shown, after="", below=below, then_below=below, moved=0, amount=""
        )
    now = schools[at].teachers
    then = one.found.teachers[at] if one.found is not None and one.found.teachers else now
    return Cell(
        before=finding.shown,
        after=one.told(at, then) if then != now else "",
        below=below,
        then_below=one.below(at, then),
        moved=then - now,
        amount=one.amount(abs(then - now)),
    )


def _moves(answers: Sequence[Evened], names: dict[str, str]) -> list[MoveLine]:
    return [
        MoveLine(
            resource=one.resource.criterion,
            term=one.resource.term,
            start=names.get(move.start, move.start),
            end=names.get(move.end, move.end),
            amount=one.amount(move.count),
            many=move.count * one.resource.lot,
            unit=one.resource.unit,
            why=say(
                "调出的校数高、调入的校数低：{start}；{end}",
                start=_reason(one, move.start, names),
                end=_reason(one, move.end, names),
            ),
        )
        for one in answers
        if one.found is not None
        for move in one.found.moves
    ]


def _reason(one: Evened, place: str, names: dict[str, str]) -> Sentence:
    at = next(index for index, school in enumerate(one.resource.schools) if school.school == place)
    then = one.found.teachers[at] if one.found is not None else 0
    return say(
        "{school} {before} → {after}",
        school=names.get(place, place),
        before=one.told(at, one.resource.schools[at].teachers),
        after=one.told(at, then),
    )


def _listing(request: Asked, moves: Sequence[MoveLine]) -> Listing[MoveLine]:
    terms = {one.resource: one.term for one in moves}
    return listed(
        request,
        moves,
        _COLUMNS,
        text=lambda one: (
            f"{one.start} {spelled(one.start)} {one.end} {spelled(one.end)} {one.term}"
        ),
        choices=[
            Choice[MoveLine](
                "what", say("资源"), lambda one: one.resource, lambda code: terms.get(code, code)
            )
        ],
    )


def _title(answers: Sequence[Evened], limit: Fraction, stage: Stage) -> Sentence:
    said = plain(limit)
    lost = [one for one in answers if one.lost]
    moved = [one for one in answers if one.found is not None and one.found.moves]
    still = [one for one in answers if one.found is None and not one.within]
    if lost:
        names = joined("、", [str(one.resource.noun) for one in lost])
        return say(
            "{stage}：{names}只靠调动做不到 {limit}", stage=stage.term, names=names, limit=said
        )
    if moved:
        what = joined("、", [_sum(one) for one in moved])
        return say(
            "{stage}：最少调动{what}，差异系数就不高于 {limit}",
            stage=stage.term,
            what=what,
            limit=said,
        )
    if still:
        names = joined("、", [str(one.resource.noun) for one in still])
        return say(
            "{stage}：{names}的差异系数高于 {limit}，搬不走，调动不了",
            stage=stage.term,
            names=names,
            limit=said,
        )
    return say("{stage}：差异系数都不高于 {limit}，不用调动", stage=stage.term, limit=said)


def _sum(one: Evened) -> Sentence:
    many = sum(move.count for move in one.found.moves) if one.found is not None else 0
    return say(
        "{noun} {n} {unit}", noun=one.resource.noun, n=one.amount(many), unit=one.resource.unit
    )


_COLUMNS: Final[Sequence[Column[MoveLine]]] = (
    Column("start", say("调出"), lambda one: one.start),
    Column("end", say("调入"), lambda one: one.end),
    Column("term", say("资源"), lambda one: one.term),
    Column(
        "many",
        say("数量"),
        lambda one: say("{n} {unit}", n=one.amount, unit=one.unit),
        number=True,
        order=lambda one: one.many,
    ),
    Column("why", say("理由"), lambda one: one.why, sorts=False),
)
