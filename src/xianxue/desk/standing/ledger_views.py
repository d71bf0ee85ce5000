"""What pages ask of ledgers, kept until a deed, a file or the day changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from xianxue.bureau.values.periods import Period
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.standing.standing import Standing

if TYPE_CHECKING:
    from xianxue.bureau.records.figure import Figure
    from xianxue.desk.ledgers.bases import Base
    from xianxue.desk.ledgers.due import Due
    from xianxue.desk.ledgers.listing import Listed
    from xianxue.desk.ledgers.pressing import Pressing
    from xianxue.desk.ledgers.room import Room
    from xianxue.desk.ledgers.rows import Row
    from xianxue.desk.ledgers.tallies import Tally

V = TypeVar("V")


class LedgerViews:
    """The ledgers as one person sees them on one day.

    Whoever plays the same part for the same place sees the same: their answers are shared.
    """

    def __init__(self, standing: Standing, actor: Actor, on: date) -> None:
        """Take the county, who looks, and the day."""
        self.standing, self.actor, self.on = standing, actor, on

    @property
    def room(self) -> Room:
        """The ledgers that the person may know of."""
        from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - needs Django set up first

        # The ground is asked first: it opens the database.
        ground = self.standing.ground()
        return Room(ground, self.standing.workspace().store / "cabinet", self.actor)

    def listed(self) -> list[Listed]:
        """Give all ledgers with their entries, those open and those overdue."""
        from xianxue.desk.ledgers.listing import listed  # noqa: PLC0415 - as above

        return self._kept("listed", lambda: listed(self.room, self.on))

    def rows(self, ledger: str) -> list[Row]:
        """Give the entries of one ledger."""
        from xianxue.desk.ledgers.rows import rows  # noqa: PLC0415 - as above

        return self._kept(f"rows/{ledger}", lambda: rows(self.room, ledger, self.on))

    def tallies(self, ledger: str, period: Period) -> list[Tally]:
        """Give what a ledger comes to in a period."""
        from xianxue.desk.ledgers.tallies import tallies  # noqa: PLC0415 - as above

        def ask() -> list[Tally]:
            return tallies(self.room, ledger, period, self.on, self._bases(ledger, period))

        return self._kept(f"tallies/{ledger}/{period.code}", ask)

    def _bases(self, ledger: str, period: Period) -> Mapping[str, Base]:
        """Give what rates against a roster stand on, for the places whose entries are counted."""
        from xianxue.desk.ledgers.bases import bases_of  # noqa: PLC0415 - as above

        room = self.room
        card, places = room.ledger(ledger), room.places(ledger)
        own = "" if self.actor.place not in room.ground.register else self.actor.place
        place = room.ground.register.county.code if places is None else own

        def figures(indicator: str, needed: Period) -> tuple[Figure, ...]:
            return self.standing.figures_of(indicator, needed)

        return bases_of(card, room.ground.shelf, period, place, figures)

    def due(self) -> list[Due]:
        """Give everything that is open and has a day, soonest first.

        A ledger in which nobody has ever registered anything is not kept here: nobody is chased
        for what they owe to it.
        """
        from xianxue.desk.ledgers.due import due_on  # noqa: PLC0415 - as above

        return self._kept(
            "due", lambda: due_on(self.room, self.on, self.begun()) if self.begun() else []
        )

    def begun(self) -> list[str]:
        """Give the ledgers that the person may know of and that have any entry of anybody."""
        from xianxue.desk.ledgers.pressing import begun  # noqa: PLC0415 - as above

        return self._kept("begun", lambda: begun(self.room))

    def owed(self) -> list[Due]:
        """Give what places owe each period to the ledgers that are kept."""
        from xianxue.desk.ledgers.due import owed_on  # noqa: PLC0415 - as above

        def ask() -> list[Due]:
            room = self.room
            return list(owed_on(room, self.on, {name: room.ledgers[name] for name in self.begun()}))

        return self._kept("owed", ask)

    def pressing(self) -> list[Pressing]:
        """Give the open entries whose lamp is lit."""
        from xianxue.desk.ledgers.pressing import pressing  # noqa: PLC0415 - as above

        return self._kept("pressing", lambda: pressing(self.room, self.on))

    def _kept(self, name: str, make: Callable[[], V]) -> V:
        actor = self.actor
        only = actor.only is None or "ledgers.view" in actor.only
        part = ("ledgers", name, actor.role, actor.place, only, self.on)
        return self.standing.resting(part, make)
