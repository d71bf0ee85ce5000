"""The addresses of the appraisals' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.appraisal import (
    answering,
    assessors,
    assigning,
    conduct,
    leader,
    numbers,
    pages,
    persons,
    place,
    progress,
    records,
)
from xianxue.web.kit.addresses import room

_APPRAISAL: Final = "<slug:rubric>/<str:period>/"
_RUN: Final = f"{_APPRAISAL}run/"
"""Of those who conduct an appraisal."""

ROOM: Final = room(
    "appraisal",
    ("", pages.rubrics, "list"),
    ("eligible/", persons.ask, "eligible"),
    ("eligible/<slug:card>/<str:number>/", persons.person, "person"),
    ("begin/", conduct.begin, "begin"),
    ("begin/done", conduct.begun, "begun"),
    ("waiting/", leader.waiting, "waiting"),
    (_APPRAISAL, pages.one, "one"),
    (_RUN, conduct.run, "run"),
    (f"{_RUN}step/<slug:step>", conduct.step, "step"),
    (f"{_RUN}publish/<slug:step>", conduct.publish, "publish"),
    (f"{_RUN}assessors/", assessors.assessors, "assessors"),
    (f"{_RUN}assessors/spread", assessors.spread, "spread"),
    (f"{_RUN}assessors/declare/", assigning.declare, "declare"),
    (f"{_RUN}assessors/declare/done", assigning.declaring, "declaring"),
    (f"{_RUN}assessors/assign/", assigning.assign, "assign"),
    (f"{_RUN}assessors/assign/done", assigning.assigning, "assigning"),
    (f"{_RUN}assessors/<str:seat>/", assessors.assessor, "seat"),
    (f"{_RUN}assessors/<str:seat>/relieve", assessors.relieve, "relieve"),
    (f"{_RUN}marks/", progress.progress, "progress"),
    (f"{_RUN}numbers/", numbers.numbers, "numbers"),
    (f"{_RUN}numbers/<slug:item>/", numbers.numbers_of, "numbers_of"),
    (f"{_RUN}numbers/<slug:item>/give", numbers.give, "give"),
    (f"{_RUN}records/<slug:kind>/", records.records, "records"),
    (f"{_RUN}records/<slug:kind>/record", records.record, "record"),
    (f"{_RUN}back/<int:number>/", records.back, "back"),
    (f"{_RUN}back/<int:number>/take", records.take_back, "take_back"),
    (f"{_RUN}appeals/", answering.appeals, "appeals"),
    (f"{_RUN}appeals/<int:number>/", answering.appeal, "appeal_of"),
    (f"{_RUN}appeals/<int:number>/decide", answering.decide, "decide"),
    (f"{_APPRAISAL}preview/", pages.preview, "preview"),
    (f"{_APPRAISAL}<str:place>/", place.place, "place"),
    (f"{_APPRAISAL}<str:place>/<slug:item>/", place.item, "item"),
)
