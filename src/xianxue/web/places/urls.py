"""The addresses of places."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.places import events, one, pages

ROOM: Final = room(
    "places",
    ("", pages.register, "list"),
    ("events/", events.overview, "events"),
    ("events/new", events.new, "new"),
    ("events/record", events.record, "record"),
    ("events/<int:line>/undo", events.undo_page, "undo_page"),
    ("events/<int:line>/undo/do", events.undo, "undo"),
    ("<str:place>/", one.one, "one"),
)
