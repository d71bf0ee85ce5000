"""People at work on ledgers, and photographs as telephones make them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone

from kit.server import Server
from kit.visitor import Visitor
from PIL import Image

SCHOOL = "2163990006"
ORIENTATION, GPS = 0x0112, 0x8825


def today() -> str:
    """The day in Beijing, as forms write it."""
    return datetime.now(timezone(timedelta(hours=8))).date().isoformat()


def picture(colour: str = "red", *, orientation: int = 1, place: bool = False) -> bytes:
    """A photograph 40 wide and 20 high, its left half coloured and its right half white."""
    drawn = Image.new("RGB", (40, 20), "white")
    drawn.paste(colour, (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    if place:
        exif.get_ifd(GPS)[1] = "N"
        exif[0x010F] = "ACME-CAMERA"
    kept = io.BytesIO()
    drawn.save(kept, "JPEG", exif=exif, quality=95)
    return kept.getvalue()


class Office:
    """A server and the people at work on it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.inspector = server.visitor("inspector")
        self.clerk = server.visitor("school_clerk")
        self.central = server.visitor("central_school")
        self.office = server.visitor("office_clerk")
        self.leader = server.visitor("leader")
        self.auditor = server.visitor("auditor")

    def hazard(self, who: Visitor, what: str, files=(), **more: str) -> str:
        """Register a hazard by its form; give the number."""
        said = {
            "place": SCHOOL,
            "v-what": what,
            "v-found_on": today(),
            "v-found_by": "inspection",
            "v-domain": "fire",
            "v-grade": "general",
            **more,
        }
        answer = who.send(
            "/ledgers/hazards/new/", "/ledgers/hazards/new/record", {"files": list(files)}, **said
        )
        assert answer.status == 303, answer.text
        return answer.goes_to.rstrip("/").rpartition("/")[2]

    def step(self, who: Visitor, ledger: str, number: str, step: str, files=(), **said: str):
        """Take a step by its form."""
        at = f"/ledgers/{ledger}/{number}/"
        return who.send(at, f"{at}step/{step}", {"files": list(files)}, **said)
