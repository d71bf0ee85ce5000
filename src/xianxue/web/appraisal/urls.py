"""The addresses of the appraisals' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.appraisal import assessor, pages, papers, persons, place, school, ties
from xianxue.web.kit.addresses import room

_APPRAISAL: Final = "<slug:rubric>/<str:period>/"
_OWN: Final = f"own/{_APPRAISAL}<str:place>/"
_MARKS: Final = f"marks/{_APPRAISAL}"
_SHEET: Final = f"{_MARKS}<str:place>/"

ROOM: Final = room(
    "appraisal",
    ("", pages.rubrics, "list"),
    ("eligible/", persons.ask, "eligible"),
    ("eligible/<slug:card>/<str:number>/", persons.person, "person"),
    ("own/", school.own, "own"),
    (_OWN, school.report, "self"),
    (f"{_OWN}save", school.save, "self_save"),
    (f"{_OWN}back", school.take_back, "self_back"),
    (f"{_OWN}papers/", papers.papers, "papers"),
    (f"{_OWN}papers/attach", papers.attach, "papers_attach"),
    (f"{_OWN}papers/<int:number>/withdraw", papers.withdraw, "papers_withdraw"),
    (f"{_OWN}papers/<slug:digest>/", papers.paper, "paper"),
    (f"{_OWN}appeal", place.appeal, "appeal"),
    ("marks/", assessor.marks, "marks"),
    (f"{_MARKS}ties/", ties.ties, "ties"),
    (f"{_MARKS}ties/declare", ties.declare, "ties_declare"),
    (_SHEET, assessor.sheet, "sheet"),
    (f"{_SHEET}give", assessor.give, "sheet_give"),
    (f"{_SHEET}papers/<slug:digest>/", assessor.marked_paper, "sheet_paper"),
    (_APPRAISAL, pages.one, "one"),
    (f"{_APPRAISAL}preview/", pages.preview, "preview"),
    (f"{_APPRAISAL}<str:place>/", place.place, "place"),
    (f"{_APPRAISAL}<str:place>/<slug:item>/", place.item, "item"),
)
