"""The addresses of the ledgers room."""

from __future__ import annotations

from typing import Final

from xianxue.web.kit.addresses import room
from xianxue.web.ledgers import due_list, entry, ledger, pages, proofs, recording, slips, unmasking

_LEDGER: Final = "<str:ledger>/"
_ONE: Final = _LEDGER + "<str:number>/"

ROOM: Final = room(
    "ledgers",
    ("", pages.ledgers, "list"),
    ("due/", due_list.due, "due"),
    ("due/slips/<str:kind>/", slips.due_slips, "due_slips"),
    ("photo", recording.photo, "photo"),
    (_LEDGER, ledger.ledger, "ledger"),
    (_LEDGER + "new/", recording.new, "new"),
    (_LEDGER + "quick/", recording.quick, "quick"),
    (_LEDGER + "new/record", recording.record, "record"),
    (_ONE, entry.entry, "entry"),
    (_ONE + "step/<str:step>", entry.step, "step"),
    (_ONE + "evidence/<str:digest>", proofs.picture, "picture"),
    (_ONE + "evidence/<str:digest>/original", proofs.original, "original"),
    (_ONE + "slip/<str:kind>/", slips.slip, "slip"),
    (_ONE + "unmask/", unmasking.unmask, "unmask"),
    (_ONE + "unmask/do", unmasking.uncover, "uncover"),
)
