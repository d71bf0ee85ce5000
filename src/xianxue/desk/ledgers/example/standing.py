"""What nearly every school of an example county has: an emergency plan of each sort.

An example names such entries once, with how many schools lack them; they are walked for each
school by the card's rules, as all entries.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from xianxue.bureau.places.place import Place
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.ledgers.example.entries import Said, Turn, Walk, Walker

_HERE: Final = "school"


class Standing(Record):
    """Walks what one ledger holds of nearly every school."""

    walker: Walker
    turn: Turn
    schools: Sequence[Place]

    def walks(self, entries: Sequence[Said]) -> Iterator[Walk]:
        """Walk each entry for each school, on its own days; ``not_every`` n-th school lacks it."""
        for one in entries:
            every = int(one["not_every"])
            for at, place in enumerate(self.schools, 1):
                if at % every == 0:
                    continue
                turn = replace(self.turn, places={**self.turn.places, _HERE: place})
                found = self.walker.walk({**one, "place": _HERE}, turn, timedelta(0), {})
                if found is not None:
                    yield found
