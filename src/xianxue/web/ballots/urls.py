"""The addresses of ballots: the public ones are short, for they are typed off paper."""

from __future__ import annotations

from typing import Final

from xianxue.web.ballots import office, public
from xianxue.web.kit.addresses import room

_POLL: Final = "<slug:card>/<str:period>/<int:number>/"

ROOM: Final = room(
    "ballots",
    ("", office.ballots, "list"),
    (_POLL, office.one, "one"),
    (f"{_POLL}tally.docx", office.tally, "tally"),
    (f"{_POLL}minutes.docx", office.minutes, "minutes"),
    (f"{_POLL}paper/<slug:group>.docx", office.paper, "paper"),
    (f"{_POLL}slips", office.issue, "slips"),
    (f"{_POLL}close", office.close_poll, "close"),
    (f"{_POLL}count", office.count, "count"),
)
PUBLIC: Final = room(
    "slip",
    ("", public.typed, "typed"),
    ("find", public.find, "find"),
    ("<str:code>", public.slip, "slip"),
    ("<str:code>/in", public.hand_in, "in"),
    at="b/",
)
"""The slips' own addresses, for people without an account: nothing is asked of who they are."""
