"""From the ledgers' entries on one person to a career: what counts where, and whose it is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from xianxue.bureau.appraisal.persons.eligible import eligible
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.appraisal.careers import career_of
from xianxue.desk.appraisal.persons import Known, find_person
from xianxue.desk.database.transactions import writing
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.workspace import MisusedError

AT = datetime(2026, 9, 20, 8, 30, tzinfo=UTC)
WHO = Actor("赵六（虚构）", "office_clerk")
TODAY = date(2026, 9, 20)
CITY, VILLAGE, UNTOLD = "2163990001", "2163990002", "2163990003"
NUMBER = "110105198503050016"


def school(code: str, name: str, urban_rural: str) -> Place:
    history = ()
    if urban_rural:
        history = (
            Attributes(
                valid_from=date(2000, 9, 1),
                school_type="211",
                sponsor="831",
                urban_rural=urban_rural,
                stages=(Stage.PRIMARY,),
            ),
        )
    return Place(code=code, name=name, level="school", parent="639900", history=history)


REGISTER = Register.of(
    [
        Place(code="639900", name="虚构县", level="county"),
        school(CITY, "城里小学", "111"),
        school(VILLAGE, "村里小学", "220"),
        school(UNTOLD, "不知何处小学", ""),
    ]
)


@pytest.fixture
def room(desk) -> Room:
    return Room(Ground(desk.ground.shelf, REGISTER, ""), desk.folder / "cabinet")


def line(
    step: str, on: str, to: str = "serving", origin: str = "serving", **fields: Any
) -> Happened:
    return Happened(
        step=step, on=date.fromisoformat(on), origin=origin, to=to, actor=WHO.name, fields=fields
    )


def roster(number: str, place: str, *history: Happened) -> Entry:
    return Entry(ledger="teachers", number=number, place=place, history=history)


CAME = {
    "name": "教师甲（虚构）",
    "id_number": NUMBER,
    "born_on": "1985-03-05",
    "started_on": "2010-09-01",
    "degree": "bachelor",
    "certified": 1,
    "stage": "primary",
}
AT_CITY = roster(
    "2025-0001",
    CITY,
    line("record", "2025-09-01", origin="", **CAME, joined_on="2010-09-01", title="junior", titled_on="2011-09-01"),
    line("title", "2025-09-02", title="intermediate", titled_on="2019-09-01"),
    line("correct", "2025-09-03", title="intermediate", titled_on="2019-10-01"),
    line("annual", "2025-09-04", annual="qualified", annual_on="2023-12-20"),
    line("annual", "2025-09-05", annual="none", annual_on="2023-01-10"),
    line("go_away", "2025-10-01", to="away"),
    line("come_back", "2025-11-01", origin="away"),
    line("leave", "2026-03-02", to="left", left_on="2026-03-02", left_to="moved"),
)  # fmt: skip
AT_VILLAGE = roster(
    "2026-0001",
    VILLAGE,
    line("record", "2026-03-02", origin="", **CAME, joined_on="2026-03-02", title="intermediate", titled_on="2019-10-01"),
)  # fmt: skip
EXCHANGE = Entry(
    ledger="teacher_moves",
    number="2022-0007",
    place=CITY,
    history=(
        line(
            "record", "2022-07-01", to="finished", kind="support", to_outside="外县某小学（虚构）",
            direction="to_rural", stage="primary", from_on="2022-09-01", until_on="2023-08-31", ended_on="2023-07-10",
        ),
    ),
)  # fmt: skip


def test_two_schools_a_year_elsewhere_and_a_leave(room):
    career = career_of(room, Known("甲", (AT_CITY, AT_VILLAGE), (EXCHANGE,)), TODAY)
    told = sorted(
        (one.begins.isoformat(), str(one.ends), one.like["setting"]) for one in career.stints
    )
    assert told == [
        ("2010-09-01", "2022-09-01", "city"),
        ("2022-09-01", "2023-07-10", "rural"),
        ("2023-07-10", "2026-03-02", "city"),
        ("2026-03-02", "None", "rural"),
    ]
    (leave,) = career.absences
    assert (leave.begins, leave.ends) == (date(2025, 10, 1), date(2025, 11, 1))
    assert (career.born, career.started) == (date(1985, 3, 5), date(2010, 9, 1))
    entries = {one.shown.entry for one in career.stints}
    assert entries == {"teachers/2025-0001", "teachers/2026-0001", "teacher_moves/2022-0007"}


def test_what_is_corrected_is_one_title_and_a_result_of_january_is_last_years(room):
    career = career_of(room, Known("甲", (AT_CITY, AT_VILLAGE), ()), TODAY)
    titles = [(one.title, one.since) for one in career.titles]
    assert titles == [("junior", date(2011, 9, 1)), ("intermediate", date(2019, 10, 1))]
    assert [(one.year, one.result) for one in career.results] == [
        (2022, "none"),
        (2023, "qualified"),
    ]


def test_the_national_card_on_this_career(room):
    """The year elsewhere is a school year in the country; hours were never written down."""
    career = career_of(room, Known("甲", (AT_CITY, AT_VILLAGE), (EXCHANGE,)), TODAY)
    found = eligible(room.ground.shelf.eligibilities["senior_teacher"], career, TODAY)
    assert {one.clause: one.verdict for one in found.clauses} == {
        "rural": "met",
        "years": "undetermined",
        "conduct": "met",
        "hours": "undetermined",
        "certified": "met",
    }
    assert all(one.citation is not None for one in found.clauses)
    (shown,) = [one for one in found.clauses[0].shown if "moves" in one.entry]
    assert shown.says == "教师调动交流台账2022-0007号：外县某小学（虚构），2022-09-01到2023-07-10"


def test_a_school_the_register_says_nothing_of_is_no_town_and_no_village(room):
    entry = roster(
        "2025-0009", UNTOLD, line("record", "2025-09-01", origin="", **CAME, joined_on="2010-09-01")
    )
    career = career_of(room, Known("甲", (entry,), ()), TODAY)
    assert career.stints[0].like["setting"] == ""
    found = eligible(room.ground.shelf.eligibilities["senior_teacher"], career, TODAY)
    assert found.clauses[0].verdict == "undetermined"


def test_who_was_barred_and_let_off_again(room):
    barred = line("fail_ethics", "2024-03-10", to="barred", ethics="failed", ethics_on="2024-03-08")
    lifted = line("lift", "2026-03-09", origin="barred")
    for history, ends in (((barred,), None), ((barred, lifted), date(2026, 3, 9))):
        came = line("record", "2023-09-01", origin="", **CAME, joined_on="2023-09-01")
        career = career_of(
            room, Known("甲", (roster("2023-0001", CITY, came, *history),), ()), TODAY
        )
        (freeze,) = career.freezes
        assert (freeze.begins, freeze.lifted) == (date(2024, 3, 8), ends)


def kept(room: Room, entry: Entry) -> None:
    """Keep an entry of one line as its deed would."""
    card = room.ledgers[entry.ledger]
    # In the state it has come to: whoever left one school may be at another.
    first = replace(entry.history[0], to=entry.state)
    year, serial = map(int, entry.number.split("-"))
    row = LedgerEntry(ledger=card.ledger, year=year, serial=serial, place=entry.place)
    one = Entry(ledger=card.ledger, number=row.number, place=row.place, history=(first,))
    with writing():
        Doing(room.ground, card, WHO, AT).keep(row, one, first)


def test_a_person_is_found_by_name_number_or_entry_and_namesakes_are_told_apart(room):
    for entry in (AT_CITY, AT_VILLAGE, EXCHANGE):
        kept(room, entry)
    for said in ("教师甲（虚构）", NUMBER, "2025-0001", "teachers/2026-0001"):
        known = find_person(room, said)
        assert [one.number for one in known.roster] == ["2025-0001", "2026-0001"], said
    with pytest.raises(MisusedError, match="教职工名册里没有“谁”"):
        find_person(room, "谁")
    other = roster(
        "2026-0002",
        VILLAGE,
        line("record", "2026-03-02", origin="", **{**CAME, "id_number": "110105200001010016"}),
    )
    kept(room, other)
    with pytest.raises(MisusedError, match=r"有 2 人叫“教师甲（虚构）”.*2026-0002（村里小学）"):
        find_person(room, "教师甲（虚构）")
    assert [one.number for one in find_person(room, "2026-0002").roster] == ["2026-0002"]


def test_a_withdrawn_entry_tells_of_nobody(room):
    kept(room, AT_CITY)
    LedgerEntry.objects.update(state="void")
    with pytest.raises(MisusedError):
        find_person(room, "教师甲（虚构）")
