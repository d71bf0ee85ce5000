"""An office's reach: each deed names the kind of subject that an office may answer for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec
import pytest

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.policy import Grant, Office
from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.keep_mapping import KeepMapping
from xianxue.desk.actions.make_release import MakeRelease
from xianxue.desk.actions.personal.expire import ExpirePersonal
from xianxue.desk.actions.register.record_event import RecordEvent
from xianxue.desk.actions.set_targets import SetTargets
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.stores.event_lines import COLUMNS
from xianxue.desk.stores.events import NAME, EventsFile
from xianxue.desk.stores.mappings import MappingsFolder
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, as_bytes, sha256
from xianxue.desk.workspace import ComplaintsError

CLERK = Actor("赵六（虚构）", "office_clerk", "own_office")
CARD = Mapping(mapping="m", term="表", form="school_annual", fingerprint="f", columns=[])
MANIFEST = Manifest(
    period="2025-2026",
    revisions=[],
    coverage={},
    register="r",
    catalogue="c",
    figures=sha256(as_bytes([])),
)
TARGET = Target(
    indicator="pupils",
    place="639900",
    stage=None,
    period="2026",
    amount=Fraction(1),
    goal="at_least",
    origin=Origin.OWN,
    source="虚构文件",
)


def closing(desk):
    said = {"day": "2026-09-01", "event": "closed", "code": desk.EAST, "reason": "r", "by": "b"}
    return dict.fromkeys(COLUMNS, "") | said | {"document": "d"}


def recorded(desk, ground):
    file = EventsFile(desk.folder / NAME, desk.folder)
    codes, authority = ground.shelf.codes, ground.authority
    deed = RecordEvent(file, ground.register, codes, authority, CLERK, desk.tick())
    return deed(closing(desk))


def complaints(deed, *given):
    try:
        deed(*given)
    except ComplaintsError as error:
        return error.issues
    return []


DEEDS = {
    "returns.set_window": lambda desk, ground: complaints(
        SetWindow(ground, CLERK, desk.tick()),
        desk.FORM,
        desk.PERIOD,
        date(2025, 9, 30),
        date(2025, 9, 30),
    ),
    "returns.map": lambda desk, ground: complaints(
        KeepMapping(MappingsFolder(desk.folder / "mappings"), ground, CLERK, desk.tick()), CARD
    ),
    "returns.release": lambda desk, ground: complaints(
        MakeRelease(ReleaseFolder(desk.folder / "releases"), ground, CLERK, desk.tick()),
        MANIFEST,
        as_bytes([]),
    ),
    "targets.set": lambda desk, ground: complaints(
        SetTargets(ground, CLERK, desk.tick()), [TARGET]
    ),
    "places.record": recorded,
    "journal.expire": lambda desk, ground: complaints(ExpirePersonal(ground, CLERK, desk.tick())),
}


def ground_of(desk, deed, answers_for):
    """A county whose office clerks do one deed, as far as their office answers for it."""
    policy = msgspec.structs.replace(
        desk.ground.policy,
        grants=[Grant(role="office_clerk", scope="office", deeds=[deed])],
        offices=[Office(office="own_office", term="基教股", answers_for=[answers_for])],
    )
    shelf = replace(desk.ground.shelf, policies={"own": policy})
    return Ground(shelf, desk.ground.register)


@pytest.mark.parametrize("deed", DEEDS)
def test_an_office_that_answers_for_a_kind_does_its_deeds(desk, deed):
    kind = deed.partition(".")[0]
    assert DEEDS[deed](desk, ground_of(desk, deed, kind)) == []


@pytest.mark.parametrize("deed", DEEDS)
def test_an_office_that_answers_for_something_else_does_not(desk, everything, deed):
    before = everything()
    (issue,) = DEEDS[deed](desk, ground_of(desk, deed, "ledgers"))
    assert isinstance(issue, Issue)
    assert issue.code == "F-SCOPE"
    assert issue.saw.startswith("股室业务员赵六（虚构）的单位是基教股，")
    assert issue.required == "股室业务员只办理本股室的事项"
    assert everything() == before


@pytest.mark.parametrize(
    ("deed", "answers_for"),
    [
        ("returns.set_window", "school_annual"),
        ("returns.map", "school_annual"),
        ("targets.set", "pupils"),
        ("places.record", "2163990001"),
    ],
)
def test_an_office_may_answer_for_one_form_indicator_or_school_alone(desk, deed, answers_for):
    assert DEEDS[deed](desk, ground_of(desk, deed, answers_for)) == []
