"""The addresses of the examinations' pages."""

from __future__ import annotations

from typing import Final

from xianxue.web.exams import comparing, files, groups, lines, loading, pages
from xianxue.web.kit.addresses import room

_SITTING: Final = "<slug:exam>/<str:period>/<str:name>/"
_CLASS: Final = f"{_SITTING}school/<str:place>/class/<str:in_class>/"

ROOM: Final = room(
    "exams",
    ("", pages.exams, "list"),
    ("load", loading.blank, "load"),
    ("load/take", loading.take, "take"),
    (f"{_SITTING}", pages.one, "one"),
    (f"{_SITTING}lines", lines.lines, "lines"),
    (f"{_SITTING}lines/set", lines.put, "set"),
    (f"{_SITTING}release", pages.publish, "release"),
    (f"{_SITTING}beside", comparing.compare, "beside"),
    (f"{_SITTING}report", files.report, "report"),
    (f"{_SITTING}sheets", files.sheets, "sheets"),
    (f"{_SITTING}picture/<int:number>", files.picture, "picture"),
    (f"{_SITTING}school/<str:place>/", groups.school, "school"),
    (f"{_SITTING}school/<str:place>/sheet", files.sheet, "sheet"),
    (f"{_SITTING}school/<str:place>/picture/<int:number>", files.own_picture, "own_picture"),
    (f"{_CLASS}", groups.in_class, "class"),
    (f"{_CLASS}sheet", files.class_sheet, "class_sheet"),
    (f"{_CLASS}picture/<int:number>", files.class_picture, "class_picture"),
    (f"{_SITTING}group/<str:union>/", groups.union, "union"),
    (f"{_SITTING}group/<str:union>/sheet", files.union_sheet, "union_sheet"),
    (f"{_SITTING}group/<str:union>/picture/<int:number>", files.union_picture, "union_picture"),
)
