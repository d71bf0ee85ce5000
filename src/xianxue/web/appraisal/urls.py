"""The addresses of the appraisals' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.appraisal import pages, persons, place
from xianxue.web.kit.addresses import room

_APPRAISAL: Final = "<slug:rubric>/<str:period>/"

ROOM: Final = room(
    "appraisal",
    ("", pages.rubrics, "list"),
    ("eligible/", persons.ask, "eligible"),
    ("eligible/<slug:card>/<str:number>/", persons.person, "person"),
    (_APPRAISAL, pages.one, "one"),
    (f"{_APPRAISAL}preview/", pages.preview, "preview"),
    (f"{_APPRAISAL}<str:place>/", place.place, "place"),
    (f"{_APPRAISAL}<str:place>/<slug:item>/", place.item, "item"),
)
