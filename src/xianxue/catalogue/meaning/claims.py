"""What an outline says of figures and findings, as the report room itself reads its templates."""

from __future__ import annotations

import re

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.report.check import claims_in, faults_in
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import meant
from xianxue.catalogue.yaml_lines import Step

_STEP = re.compile(r"\.([^.\[]+)|\[([0-9]+)\]")


def check_claims(look: Look, at: Spot, outline: Outline) -> None:
    """Check every template of an outline."""
    named: dict[str, list[str]] = {}
    for path, name, _ in claims_in(outline, look.shelf):
        named.setdefault(path, []).append(name)
    unread = {name for _, name in look.cards.unread}
    known = _known(look)
    for fault in faults_in(outline, look.shelf):
        names = [name for name in named.get(fault.path, []) if f"{{{name}}}" in fault.saw]
        # What a card that could not be read would have meant nobody knows; that card has its own
        # complaint.
        if not any(name.partition(".")[0] in unread for name in names):
            do = next((meant(name, known) for name in names if name not in known), "")
            at.at(*steps(fault.path)).complain("C-CLAIM", fault.saw, fault.required, do)


def steps(path: str) -> tuple[Step, ...]:
    """Read the steps of a path.

    >>> steps(".blocks[2].table.items[0].load")
    ('blocks', 2, 'table', 'items', 0, 'load')
    """
    return tuple(
        found[1] if found[1] is not None else int(found[2]) for found in _STEP.finditer(path)
    )


def _known(look: Look) -> list[str]:
    """List what a claim may name."""
    shelf = look.shelf
    findings = [
        f"{name}.{one.criterion}"
        for name, standard in shelf.standards.items()
        for one in (*standard.criteria, *standard.spread, *standard.combine)
    ]
    return [*shelf.indicators, *shelf.choices, *shelf.standards, *findings]
