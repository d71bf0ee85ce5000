"""How values are shown, where a float would round them."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("kept", "shown"),
    [(123456789, "1234567.89"), (80000, "800"), (50, "0.5"), (100000001, "1000000.01"), (0, "0")],
)
def test_money_is_shown_to_the_cent_however_large(walked, kept, shown):
    """A float of six digits makes 1.23457e+06 of it."""
    ledger = walked("hazards")
    assert ledger.filling.shown(ledger.card.field("money"), kept) == shown
