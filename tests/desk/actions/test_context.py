"""What deeds stand on: which return, whose lifecycle, and how a return is named in a sentence."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.dated import Dated
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, Key, Signatures, complain, lifecycles_of

LONG = "school_return_with_central_school"
NOWHERE = "2163999999"


@pytest.fixture
def ground(desk):
    return desk.ground


@pytest.mark.parametrize(
    ("clerk", "head", "complete"),
    [
        ("甲（虚构）", "乙（虚构）", True),
        ("", "乙（虚构）", False),
        ("甲（虚构）", "", False),
        (" \t", "乙（虚构）", False),
        ("甲（虚构）", "\u3000", False),
        ("", "", False),
    ],
)
def test_both_have_to_sign(clerk, head, complete):
    assert Signatures(clerk, head).complete is complete


def test_nobody_has_signed_where_nobody_is_named():
    assert Signatures() == Signatures("", "")


def test_keys_are_ordered_by_form_period_place():
    keys = [Key("b", "2024", "1"), Key("a", "2025", "1"), Key("a", "2024", "2")]
    assert sorted(keys) == [keys[2], keys[1], keys[0]]
    assert keys[1].subject == "a/2025/1"


def test_the_first_card_of_the_catalogue_counts_where_none_is_chosen(ground):
    assert ground.own_card is ground.shelf.lifecycles["school_return"]
    assert ground.policy is ground.shelf.policies["county_bureau"]
    assert ground.authority.policy is ground.policy
    assert ground.authority.register is ground.register


def test_a_county_chooses_its_cards_by_name(ground):
    other = msgspec.structs.replace(ground.policy, policy="own", term="本县权限")
    shelf = replace(ground.shelf, policies={**ground.shelf.policies, "own": other})
    chosen = Ground(shelf, ground.register, LONG, "own")
    assert chosen.own_card.lifecycle == LONG
    assert chosen.policy is other
    assert Ground(shelf, ground.register).policy is ground.policy


def test_only_ways_of_returns_are_chosen_among(ground):
    """A ledger's way is no return's, even where it is the first of the catalogue."""
    ways = ground.shelf.lifecycles
    ledger = msgspec.structs.replace(ways["school_return"], lifecycle="hazard", subject="ledgers")
    shelf = replace(ground.shelf, lifecycles={"hazard": ledger, **ways})
    assert Ground(shelf, ground.register).own_card is ways["school_return"]
    assert list(lifecycles_of(shelf)) == ["school_return", LONG]
    assert lifecycles_of(shelf, "ledgers") == {"hazard": ledger}


def test_a_place_in_no_township_goes_the_way_without_one(desk):
    ground = Ground(desk.ground.shelf, desk.ground.register, LONG)
    assert ground.card(desk.EAST).lifecycle == LONG
    for place in (desk.DIRECT, "639900", NOWHERE):
        assert ground.card(place).lifecycle == "school_return"
    assert Ground(ground.shelf, ground.register).card(desk.DIRECT).lifecycle == "school_return"


@pytest.mark.parametrize(
    ("role", "own", "acts_for"),
    [
        # Without accounts a school's people are taken to belong to the place they act for.
        ("school_clerk", "", "EAST"),
        ("school_head", "", "EAST"),
        ("school_clerk", "WEST", "WEST"),
        # Whoever reaches further has to say where they belong.
        ("central_school", "", ""),
        ("office_clerk", "", ""),
        ("governor", "", ""),
    ],
)
def test_who_belongs_where(desk, role, own, acts_for):
    actor = Actor("甲（虚构）", role, getattr(desk, own, ""), "机器")
    found = desk.ground.actor(actor, desk.EAST)
    assert found == replace(actor, place=getattr(desk, acts_for, ""))


def test_a_return_as_policies_speak_of_it(desk):
    subject = desk.ground.subject(desk.key())
    assert subject == Subject("returns", "school_annual", desk.EAST, "2025-2026")
    assert subject.title == "东村小学《学校年度报表》（2025—2026学年）"


def test_what_nobody_knows_is_named_by_its_code(desk):
    ground = desk.ground
    assert (ground.name(desk.EAST), ground.name(NOWHERE)) == ("东村小学", NOWHERE)
    assert ground.form_term("school_annual") == "《学校年度报表》"
    assert ground.form_term("no_form") == "《no_form》"
    key = Key("no_form", "2025", NOWHERE)
    assert ground.title(key) == f"{NOWHERE}《no_form》（2025年）"


def test_a_return_bears_the_name_its_school_had_then(desk):
    """Renamed on 2026-01-01: its return of the school year before is still 东村小学's."""
    known = desk.ground.register.places
    names = (Dated(None, "东村小学"), Dated(date(2026, 1, 1), "东川小学"))
    renamed = replace(known[desk.EAST], name="东川小学", names=names)
    ground = Ground(desk.ground.shelf, Register.of({**known, desk.EAST: renamed}.values()))
    assert ground.title(desk.key()) == "东村小学《学校年度报表》（2025—2026学年）"
    later = Key(desk.FORM, "2026-2027", desk.EAST)
    assert ground.title(later) == "东川小学《学校年度报表》（2026—2027学年）"
    assert ground.name(desk.EAST) == "东川小学"


def test_a_complaint_names_form_and_place(desk):
    said = complain("F-X", desk.key(), "看到的", "要求的", "怎么办", file="a.xlsx")
    assert said == Issue(
        code="F-X",
        severity=Severity.MUST_FIX,
        saw="看到的",
        required="要求的",
        do="怎么办",
        file="a.xlsx",
        place=desk.EAST,
        form="school_annual",
    )
    assert complain("F-X", desk.key(), "看到的", "要求的").file == ""
