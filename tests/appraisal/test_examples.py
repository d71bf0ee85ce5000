"""Each rubric's example, counted by hand: totals, grades, ranks, items, what is missing or wrong."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from national import national

from xianxue.bureau.appraisal.grading import Counted, grade
from xianxue.bureau.appraisal.groups import Member, together
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.kinds.appraisal.monotone import proved
from xianxue.bureau.records.appraised import Judged, Known, Reading
from xianxue.bureau.values.missing import Missing

ROOT = Path(__file__).parents[2] / "src" / "xianxue" / "catalogue"
EXAMPLES = sorted((ROOT / "examples" / "rubrics").glob("*.yaml"))
PAPER = "虚文〔2026〕1号"


@pytest.fixture(scope="module")
def shelf():
    return national().shelf


def number(said):
    return None if said is None else Fraction(str(said))


def known_of(said):
    """A number; documents or levels by name; marks; additions; or why there is nothing."""
    if not isinstance(said, dict | list):
        return Known(readings=(Reading(value=number(said), document=PAPER),))
    if isinstance(said, list):
        return Known(readings=tuple(one_of(one) for one in said))
    if "lacking" in said:
        return Known(lacking=Missing[said["lacking"].upper()], why=said.get("why", ""))
    if "adjust" in said:
        return Known(readings=tuple(addition(one) for one in said["adjust"]))
    if "of" in said:
        return Known(
            readings=(Reading(value=number(said["value"]), document=PAPER),),
            target=number(said["of"]),
        )
    seats = enumerate(said["marks"], start=1)
    return Known(readings=tuple(mark(one, n) for n, one in seats))


def one_of(one):
    if isinstance(one, dict):
        return Reading(
            value=number(one.get("value")),
            about=one.get("about", ""),
            level=one.get("level", ""),
            note=one.get("note", ""),
            document=one.get("document", PAPER),
        )
    if isinstance(one, str) and not one.replace(".", "").replace("/", "").lstrip("-").isdigit():
        return Reading(value=Fraction(1), about=one, document=PAPER)
    return Reading(value=number(one), document=PAPER)


def addition(one):
    return Reading(
        value=number(one.get("times", one.get("value"))),
        about=one.get("about", ""),
        document=one.get("document", PAPER),
    )


def mark(one, seat):
    panel, one = (one["panel"], one["mark"]) if isinstance(one, dict) else ("", one)
    by = f"评委{seat}"
    if isinstance(one, str):
        return Reading(level=one, by=by, panel=panel)
    return Reading(value=number(one), by=by, panel=panel)


def judged_of(said):
    known = {name: known_of(one) for name, one in said.get("known", {}).items()}
    return Judged(place=said["place"], name=said["place"], facts=said.get("facts", {}), known=known)


def day_of(said):
    return said["day"] if isinstance(said["day"], date) else date.fromisoformat(said["day"])


def got_of(score, graded, then):
    """What was counted, of the things that the example says."""
    whole = {
        "total": score.total,
        "shown": score.shown,
        "grade": graded.grade,
        "by_lines": graded.by_lines,
        "group": graded.group,
        "rank": graded.rank,
        "least": score.least,
        "most": score.most,
        "missing": list(score.missing),
        "issues": [issue.code for issue in score.issues],
        "items": {name: score.item(name).points for name in then.get("items", {})},
    }
    return {key: whole[key] for key in then}


def expected(then):
    numbers = {"total", "least", "most"}
    found = {key: number(one) if key in numbers else one for key, one in then.items()}
    if "items" in found:
        found["items"] = {name: number(one) for name, one in found["items"].items()}
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_comes_to_what_was_counted_by_hand(path, shelf):
    said = yaml.safe_load(path.read_text(encoding="utf-8"))
    rubric = shelf.rubrics[said["rubric"]]
    judged = [judged_of(one) for one in said["places"]]
    found = scores(rubric, judged, day_of(said))
    counted = Counted(entitled=said.get("entitled", {}), facts=said.get("group_facts", {}))
    grades = grade(rubric, found, judged, day_of(said), counted)
    by_place = {one["place"]: one["then"] for one in said["places"]}
    graded = {one.place: one for one in grades.graded}
    got = {s.place: got_of(s, graded[s.place], by_place[s.place]) for s in found}
    assert got == {place: expected(then) for place, then in by_place.items() if place in got}
    assert sorted(by_place.keys() - got.keys()) == said.get("not_judged", [])
    assert [issue.code for issue in grades.issues] == said.get("notes", [])
    assert {f"{r.grade} {r.group}".strip(): r.room for r in grades.rooms} == said.get("rooms", {})


def test_every_rubric_has_an_example(shelf):
    assert {path.stem for path in EXAMPLES} == set(shelf.rubrics)


def test_members_of_a_union_come_together_as_was_counted_by_hand(shelf):
    """T-G10, from the members' own sources to the union's result."""
    unions = {name for name, card in shelf.rubrics.items() if card.judges == "union"}
    counted = {}
    for path in EXAMPLES:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        if "together" in said:
            counted[said["rubric"]] = brought_together(said, shelf.rubrics[said["rubric"]])
    assert counted == dict.fromkeys(unions, True)


def brought_together(said, rubric):
    found = scores(rubric, [judged_of(one) for one in said["places"]], day_of(said))
    beside, then = said["together"]["members"], said["together"]["then"]
    members = [
        Member(
            place=one.place,
            total=one.total,
            weight=Fraction(beside[one.place]["weight"]),
            before=Fraction(beside[one.place]["before"]),
        )
        for one in found
    ]
    got = together(members, rubric.together)
    return [got.shared, dict(got.each)] == [
        number(then["shared"]),
        {place: number(one) for place, one in then["each"].items()},
    ]


def test_the_loader_proves_which_rubrics_are_monotone(shelf):
    assert {name for name, card in shelf.rubrics.items() if not proved(card).holds} == {
        "lead_teachers"
    }
