"""The addresses of assessment."""

from __future__ import annotations

from typing import Final

from xianxue.web.assessment import evidence, lacks, pages, standard, ways
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "assessment",
    ("", pages.overview, "list"),
    ("<slug:standard>/", standard.standard, "one"),
    ("<slug:standard>/lacks", lacks.lacks, "lacks"),
    ("<slug:standard>/ways/<str:place>", ways.ways, "ways"),
    ("<slug:standard>/evidence", evidence.evidence, "evidence"),
)
