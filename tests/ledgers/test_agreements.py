"""Fields that must agree: the smallest entries that do and do not."""

from __future__ import annotations

import msgspec
import pytest

from xianxue.bureau.kinds.ledgers.agreement import Agreement
from xianxue.bureau.ledgers.agreeing import disagreements
from xianxue.bureau.values.sentence import Phrase


def check(left, relation, right):
    return Agreement(check="c", term=Phrase("规则"), left=left, relation=relation, right=right)


SUM = check(["received"], "equal", ["spent", "balance"])
DAYS = check(["until"], "at_least", ["since"])


@pytest.mark.parametrize(
    ("one", "before", "given", "broken"),
    [
        (SUM, {}, {"received": 3, "spent": 2, "balance": 1}, False),
        (SUM, {}, {"received": 3, "spent": 2, "balance": 2}, True),
        (SUM, {"received": 3, "spent": 2}, {"balance": 2}, True),
        # Not judged: a part that is missing is not 0, and what is not touched stays as it is.
        (SUM, {}, {"received": 3, "spent": 2}, False),
        (SUM, {"received": 3, "spent": 2, "balance": 1}, {"balance": None}, False),
        (SUM, {"received": 3, "spent": 2, "balance": 2}, {"note": "x"}, False),
        (DAYS, {}, {"since": "2025-09-02", "until": "2025-09-02"}, False),
        (DAYS, {}, {"since": "2025-09-02", "until": "2025-09-01"}, True),
        (DAYS, {"since": "2025-09-30"}, {"until": "2025-10-01"}, False),
    ],
)
def test_only_what_is_known_and_touched_is_judged(shelf, one, before, given, broken):
    ledger = msgspec.structs.replace(shelf.ledgers["hazards"], checks=[one])
    assert bool(list(disagreements(ledger, "order", given, before))) is broken


@pytest.mark.parametrize(("step", "broken"), [("order", False), ("pass", True)])
def test_what_is_judged_with_a_step_is_judged_with_no_other(shelf, step, broken):
    enough = msgspec.structs.replace(check(["given"], "at_least", ["required"]), at=["pass"])
    ledger = msgspec.structs.replace(shelf.ledgers["hazards"], checks=[enough])
    found = disagreements(ledger, step, {"given": 1}, {"required": 2})
    assert bool(list(found)) is broken
