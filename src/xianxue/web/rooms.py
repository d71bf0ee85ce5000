"""All addresses of the workbench: each room brings its own."""

from __future__ import annotations

from typing import Final

from xianxue.web.admin import urls as admin
from xianxue.web.api import urls as api
from xianxue.web.appraisal import urls as appraisal
from xianxue.web.assessment import urls as assessment
from xianxue.web.audit import urls as audit
from xianxue.web.ballots import urls as ballots
from xianxue.web.cockpit import urls as cockpit
from xianxue.web.entry import urls as entry
from xianxue.web.exams import urls as exams
from xianxue.web.forms import urls as forms
from xianxue.web.home import urls as home
from xianxue.web.indicators import urls as indicators
from xianxue.web.journal import urls as journal
from xianxue.web.kit import urls as kit
from xianxue.web.ledgers import urls as ledgers
from xianxue.web.places import urls as places
from xianxue.web.plan import urls as plan
from xianxue.web.releases import urls as releases
from xianxue.web.report import urls as report
from xianxue.web.returns import urls as returns
from xianxue.web.search import urls as search
from xianxue.web.year import urls as year

urlpatterns: Final = [
    api.PAGES,
    api.ROOM,
    appraisal.ROOM,
    assessment.ROOM,
    audit.ROOM,
    ballots.PUBLIC,
    ballots.ROOM,
    cockpit.ROOM,
    entry.ROOM,
    exams.ROOM,
    forms.ROOM,
    home.ROOM,
    indicators.ROOM,
    admin.ROOM,
    journal.ROOM,
    kit.ROOM,
    ledgers.ROOM,
    places.ROOM,
    plan.ROOM,
    releases.ROOM,
    report.ROOM,
    returns.ROOM,
    search.ROOM,
    year.ROOM,
]
handler400 = "xianxue.web.gate.faults.not_taken"
handler500 = "xianxue.web.gate.faults.fallen"
handler404 = "xianxue.web.gate.faults.not_found"
