"""通报 of a published appraisal as an official document: the draft, then what is issued."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from xianxue.bureau.report.notices.letterhead import Letterhead
from xianxue.bureau.report.notices.results import Announced, Named, announced
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.appraisal.following import Proposal
from xianxue.desk.actions.appraisal.publishing import releases_of
from xianxue.desk.appraisal.consequences import proposals
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.report.notices import Written
from xianxue.desk.report.own import contradictions
from xianxue.desk.workspace import MisusedError

CARD: Final = "appraisal_circular"
_UNITS: Final = {"school": "所", "county": "个", "office": "个", "union": "个"}


def circular(desk: Desk, on: date, consequence: str = "", number: str = "") -> Written:
    """Write the circular that a card proposes, as it stands on a day.

    While anybody named is undecided it is the draft, with their last day to answer; then it names
    those of whom it was taken up. MisusedError where none is proposed, or none was taken up.
    """
    found = _meant(desk, consequence)
    waiting = [one for one in found if one.standing == "proposed"]
    named = waiting or [one for one in found if one.standing == "taken"]
    if not named:
        raise MisusedError(say("这份通报没有采纳，不印发"))
    workspace = desk.workspace
    shelf = workspace.shelf
    card = shelf.notices[CARD]
    genre = shelf.genres[card.genre]
    ground = desk.appraising().ground
    issuer = genre.issuer.format(county=ground.register.county.name)
    head = Letterhead(card, genre, issuer, number)
    paper = announced(head, _told(desk, named, on, draft=bool(waiting)))
    document = render_paper(paper, setting_of(shelf, genre, workspace.settings.profile))
    return Written(paper, document, contradictions(shelf, document))


def _meant(desk: Desk, consequence: str) -> list[Proposal]:
    every = [one for one in proposals(desk) if one.card.kind == "circular" and not one.overtaken]
    names = list(dict.fromkeys(one.card.consequence for one in every))
    if not consequence and len(names) == 1:
        (consequence,) = names
    if consequence not in names:
        known = joined("、", names) or say("无")
        title = desk.asked.rubric.term
        raise MisusedError(
            say("“{title}”没有要写的通报；提了的有：{known}", title=title, known=known)
        )
    return [one for one in every if one.card.consequence == consequence]


def _told(desk: Desk, named: list[Proposal], on: date, *, draft: bool) -> Announced:
    rubric = desk.asked.rubric
    release = releases_of(desk.appraising().row(desk.asked))[-1]
    places: list[dict[str, Any]] = release.results["places"]
    by_place = {one["place"]: one for one in places}
    lines = rubric.grading.grades if rubric.grading is not None else []
    graded = [one["grade"] for one in places]
    days = [one.due for one in named if one.due is not None]
    shelf = desk.workspace.shelf
    to = shelf.notices[CARD].addressees
    return Announced(
        what=f"{rubric.term}（{desk.asked.period.term}）",
        consequence=str(named[0].card.term),
        unit=_UNITS.get(rubric.judges, "名"),
        to=to["school" if rubric.judges == "school" else "county"],
        grades=tuple((str(one.term), graded.count(one.grade)) for one in lines),
        named=tuple(
            Named(
                name=one.name,
                total=str(by_place[one.place]["shown"]),
                grade=one.grade_term,
                lost=str(one.lost),
                replies=one.replies,
            )
            for one in named
        ),
        on=on,
        until=(max(days) if days else on) if draft else None,
        office="本局",
    )
