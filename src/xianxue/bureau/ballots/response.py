"""Rates of answering of a survey by telephone, by the definitions that the field shares (AAPOR)."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.values.record import Record


class Dispositions(Record, kw_only=True):
    """How calls ended."""

    complete: int
    partial: int = 0
    refused: int = 0
    no_contact: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0
    not_eligible: int = 0

    @property
    def asked(self) -> int:
        """Those who surely belonged to whom was to be asked."""
        return self.complete + self.partial + self.refused + self.no_contact + self.other

    @property
    def unknown(self) -> int:
        """Those of whom nobody knows whether they belonged to them."""
        return self.unknown_household + self.unknown_other

    @property
    def eligible(self) -> Fraction | None:
        """The share of the known who belonged, taken for the unknown as well."""
        known = self.asked + self.not_eligible
        return Fraction(self.asked, known) if known else None


def rates(found: Dispositions) -> dict[str, Fraction | None]:
    """Give each rate by its standard name; None where its base is empty.

    >>> some = Dispositions(complete=402, partial=18, refused=150, no_contact=210, other=20,
    ...     unknown_household=300, unknown_other=100, not_eligible=250)
    >>> round(float(rates(some)["RR3"]) * 100, 2)
    36.39
    """
    every = Fraction(found.asked + found.unknown)
    eligible = found.eligible
    likely = None if eligible is None else found.asked + eligible * found.unknown
    either = found.complete + found.partial
    spoken = either + found.refused
    contacted = spoken + found.other
    parts: dict[str, tuple[int, Fraction | int | None]] = {
        "RR1": (found.complete, every),
        "RR2": (either, every),
        "RR3": (found.complete, likely),
        "RR4": (either, likely),
        "RR5": (found.complete, found.asked),
        "RR6": (either, found.asked),
        "COOP1": (found.complete, contacted),
        "COOP3": (found.complete, spoken),
        "REF1": (found.refused, every),
        "CON1": (contacted, every),
    }
    return {
        name: Fraction(above) / below if below else None for name, (above, below) in parts.items()
    }
