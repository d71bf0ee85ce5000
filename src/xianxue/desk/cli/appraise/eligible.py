"""``xianxue appraise eligible``: whether somebody may apply, why not, and from which day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from xianxue.bureau.appraisal.persons.eligible import Eligible, eligible
from xianxue.bureau.appraisal.persons.first_day import first_day_told
from xianxue.bureau.appraisal.persons.judged_clause import TERMS, JudgedClause
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.ledgers.options import room_of, told_read
from xianxue.desk.cli.output import echo_paragraph, json_option, print_json, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from xianxue.desk.ledgers.room import Room

_MARKS: Final = {"met": "✓", "not_met": "✗", "undetermined": "？", "explain": "！"}


@command("eligible")
@click.argument("person")
@option("--for", "card", required=True, help="申报什么：资格条件卡片的编号（写错会列出）")
@option("--on", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天看（默认今天）")
@workspace_option
@json_option
def eligible_person(
    person: str, *, card: str, on: date | None, workspace: Path | None, as_json: bool
) -> None:
    """为什么能申报、不能申报：逐条看，并写明最早哪一天符合"""
    room = room_of(workspace)
    cards = room.ground.shelf.eligibilities
    if card not in cards:
        there = [say("{name}（{term}）", name=name, term=one.term) for name, one in cards.items()]
        known = joined("、", there)
        raise MisusedError(say("没有资格条件“{name}”；现有：{known}", name=card, known=known))
    from xianxue.desk.appraisal.careers import career_of  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.appraisal.persons import ROSTER, find_person  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.entries import row_of  # noqa: PLC0415 - as above

    day = clock.day_of(clock.now()) if on is None else date(on.year, on.month, on.day)
    known = find_person(room, person)
    for entry in known.roster:
        told_read(room, [ROSTER], row_of(ROSTER, entry.number))
    found = eligible(cards[card], career_of(room, known, day), day)
    if as_json:
        print_json(_told(room, found))
        return
    _print(room, found)


def _told(room: Room, found: Eligible) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "clauses": [
            {
                "clause": one.clause,
                "verdict": one.verdict,
                "evidence": [{"entry": each.entry, "says": each.says} for each in one.shown],
                "citation": _cited(room, one),
            }
            for one in found.clauses
        ],
        "first_day": None if found.first_day is None else found.first_day.isoformat(),
    }


def _cited(room: Room, one: JudgedClause) -> str:
    return "" if one.citation is None else room.ground.shelf.cite(one.citation)


def _print(room: Room, found: Eligible) -> None:
    told = TERMS[found.verdict]
    echo(
        say(
            "{person}，{on}{what}：{verdict}",
            person=found.person,
            on=found.on.isoformat(),
            what=found.card.term,
            verdict=told,
        )
    )
    for one in found.clauses:
        echo("")
        mark = _MARKS[one.verdict]
        line = say("{mark} {term}：{told}", mark=mark, term=one.term, told=TERMS[one.verdict])
        echo_paragraph(line)
        echo_paragraph(say("  {because}。", because=one.because))
        for each in one.shown:
            echo_paragraph(say("  见 {says}", says=each.says))
        cited = _cited(room, one)
        if cited:
            echo_paragraph(say("  依据：{cited}", cited=cited))
        if one.citation is not None and one.citation.note:
            echo_paragraph(say("  说明：{note}", note=one.citation.note))
    echo("")
    echo_paragraph(first_day_told(found))
