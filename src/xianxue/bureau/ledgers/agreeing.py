"""Whether the fields of an entry agree: sums that must be equal, days in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xianxue.bureau.kinds.card import Comparison
from xianxue.bureau.kinds.ledgers.agreement import Agreement
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.entry import Value


def disagreements(
    ledger: Ledger, step: str, given: Mapping[str, Value | None], before: Mapping[str, Value]
) -> Iterator[tuple[Agreement, Mapping[str, Value]]]:
    """Go through the checks that would not hold after a deed, each with the fields as they'd be.

    Only what the deed touches is judged, so that an entry is never stuck over an old slip.
    """
    after = {name: said for name, said in {**before, **given}.items() if said is not None}
    for check in ledger.checks:
        names = {*check.left, *check.right}
        judged = step in check.at if check.at else not names.isdisjoint(given)
        if judged and names <= after.keys():
            left, right = (_side(after, side) for side in (check.left, check.right))
            if not _holds(left, check.relation, right):
                yield check, after


def _holds(left: tuple[int, str], relation: Comparison, right: tuple[int, str]) -> bool:
    if relation == "equal":
        return left == right
    return left >= right if relation == "at_least" else left <= right


def _side(after: Mapping[str, Value], names: list[str]) -> tuple[int, str]:
    """Give the sum of one side, or its day: cards name numbers alone, or one date."""
    values = [after[name] for name in names]
    days = [value for value in values if isinstance(value, str)]
    return sum(value for value in values if isinstance(value, int)), "".join(days)
