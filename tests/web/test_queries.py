"""Pages ask the database a bounded number of times, however many rows they show.

Asked in this process, as every role, of every page of a county of 66 schools: twice as many schools
must not be twice as many questions, so no bound is anywhere near the number of rows.
"""

from __future__ import annotations

import fcntl
import re
import subprocess
import sys
from pathlib import Path

import pytest
from kit.surroundings import surroundings
from kit.workspaces import copied

MOST = 32
"""Questions of one page: a session, what is new, and a few of its own; the minutes of an appraisal of
many people ask most."""
ALIKE = 12
"""The same question again and again is a question per row."""
ONE = "returns/<str:form>/<str:period>/<str:place>/"
SENT = "returns/sent/<str:key>/"
DESIGN = "forms/design/<int:number>/"
ISSUED = "report/<str:outline>/issued/<int:number>/"
NOT_THERE = {
    *("kit", "admin/told/<str:key>/", "own/code.svg", "own/tokens/<str:key>/"),
    *("audit/<str:key>/comments", "places/events/<int:line>/undo"),
    *(DESIGN, f"{DESIGN}card", f"{DESIGN}look", f"{DESIGN}workbook"),
    *(ISSUED, f"{ISSUED}<str:what>", "admin/catalogue/<str:kind>/<str:name>/change"),
    *(f"{ONE}check/", f"{ONE}check/marked", f"{ONE}sign/"),
    *("returns/<str:form>/<str:period>/reminder.docx", "admin/backup/<str:name>/restore"),
    *(SENT, f"{SENT}<str:number>/", f"{SENT}<str:number>/marked", f"{SENT}sign/"),
    *(f"{SENT}collect/", "ledgers/bring/left"),
    "ledgers/<str:ledger>/<str:number>/slip/<str:kind>/",
    "appraisal/<slug:rubric>/<str:period>/run/appeals/<int:number>/",
    "appraisal/<slug:rubric>/<str:period>/run/consequences/<slug:consequence>/<str:place>/",
    "appraisal/<slug:rubric>/<str:period>/run/consequences/<slug:consequence>/circular.docx",
    "appraisal/marks/<slug:rubric>/<str:period>/<str:place>/",
    "appraisal/marks/<slug:rubric>/<str:period>/<str:place>/papers/<slug:digest>/",
    "appraisal/own/<slug:rubric>/<str:period>/<str:place>/papers/<slug:digest>/",
    *("b/<str:code>", "ballots/<slug:card>/<str:period>/<int:number>/"),
    *("plan/layout/<str:key>/", "plan/suppose/one"),
}
"""Pages of what somebody has to begin first: a draft, an upload, a code, an issued report;
an order that was not given, an appeal that nobody made, what follows from a result;
a school that an assessor was not given, evidence that nobody handed in; a layout's problem, a set."""
ASKED = Path(__file__).parent / "kit" / "asking.py"


@pytest.fixture(scope="module")
def told(county, tmp_path_factory) -> list[tuple[int, int, str]]:
    """Each page's questions, how often the commonest was asked, and whose page it is.

    It takes minutes: of several test processes the first one asks, for all.
    """
    kept = county.parent / "asked.txt"
    with (county.parent / "asked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(_asked(county, tmp_path_factory.mktemp("asking")), encoding="utf-8")
    lines = re.findall(r"^(\d+)\t(\d+)\t(.+)$", kept.read_text(encoding="utf-8"), re.MULTILINE)
    return [(int(many), int(alike), page) for many, alike, page in lines]


def _asked(county: Path, scratch: Path) -> str:
    done = subprocess.run(
        [sys.executable, str(ASKED), str(copied(county, scratch)), str(MOST), str(ALIKE)],
        env=surroundings(scratch),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def test_every_page_was_asked_and_shown_to_somebody(told):
    """A page that was refused or not found has asked nothing that could be counted."""
    shown: dict[str, set[str]] = {}
    for _, _, page in told:
        *_, route, status = page.split(" ")
        shown.setdefault(route, set()).add(status)
    nowhere = {route for route, seen in shown.items() if not seen & {"200", "302", "303"}}
    assert nowhere <= NOT_THERE


def test_no_page_fails(told):
    assert [page for _, _, page in told if page.rpartition(" ")[2] >= "500"] == []


def test_no_page_asks_a_question_for_every_row(told):
    assert [one for one in told if one[1] > ALIKE] == []


def test_the_questions_of_a_page_are_bounded(told):
    assert [one for one in told if one[0] > MOST] == []
