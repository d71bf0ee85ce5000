"""The addresses of the appraisals' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.appraisal import (
    answering,
    assessor,
    assessors,
    assigning,
    conduct,
    files,
    following,
    leader,
    numbers,
    pages,
    papers,
    persons,
    place,
    progress,
    records,
    school,
    ties,
    versions,
)
from xianxue.web.kit.addresses import room

_APPRAISAL: Final = "<slug:rubric>/<str:period>/"
_OWN: Final = f"own/{_APPRAISAL}<str:place>/"
_MARKS: Final = f"marks/{_APPRAISAL}"
_SHEET: Final = f"{_MARKS}<str:place>/"
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
    ("own/", school.own, "own"),
    (_OWN, school.report, "self"),
    (f"{_OWN}save", school.save, "self_save"),
    (f"{_OWN}back", school.take_back, "self_back"),
    (f"{_OWN}papers/", papers.papers, "papers"),
    (f"{_OWN}papers/attach", papers.attach, "papers_attach"),
    (f"{_OWN}papers/<int:number>/withdraw", papers.withdraw, "papers_withdraw"),
    (f"{_OWN}papers/<slug:digest>/", papers.paper, "paper"),
    (f"{_OWN}package", files.own_package, "own_package"),
    (f"{_OWN}appeal", place.appeal, "appeal"),
    ("marks/", assessor.marks, "marks"),
    (f"{_MARKS}ties/", ties.ties, "ties"),
    (f"{_MARKS}ties/declare", ties.declare, "ties_declare"),
    (_SHEET, assessor.sheet, "sheet"),
    (f"{_SHEET}give", assessor.give, "sheet_give"),
    (f"{_SHEET}papers/<slug:digest>/", assessor.marked_paper, "sheet_paper"),
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
    (f"{_RUN}consequences/", following.consequences, "consequences"),
    (f"{_RUN}package", files.package, "package"),
    (f"{_RUN}consequences/<slug:consequence>/circular.docx", files.circular, "circular"),
    (f"{_RUN}consequences/take", following.take_all, "take_all"),
    (f"{_RUN}consequences/<slug:consequence>/<str:place>/", following.consequence, "consequence"),
    (f"{_RUN}consequences/<slug:consequence>/<str:place>/take", following.take_up, "take_up"),
    (f"{_RUN}consequences/<slug:consequence>/<str:place>/refuse", following.refuse, "refuse"),
    (f"{_APPRAISAL}preview/", pages.preview, "preview"),
    (f"{_APPRAISAL}preview/versions/", versions.versions, "versions"),
    (f"{_APPRAISAL}<str:place>/", place.place, "place"),
    (f"{_APPRAISAL}<str:place>/<slug:item>/", place.item, "item"),
)
