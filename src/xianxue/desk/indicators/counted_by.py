"""By which cards and which register a release was counted: its own, never those of today.

A published figure is told, explained and judged by what stood when it was published. What the
release keeps is read for it; an old release keeps none, and is spoken of by today's cards and
register as long as their digests are still those it names.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.changes.change import REASONS
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.catalogue.card_files import NATIONAL
from xianxue.catalogue.remembered import find_cards
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.stores.memory import machine_memory
from xianxue.desk.stores.released_rules import CARDS, PLACES, CardsKept, cards_of, unpacked
from xianxue.desk.stores.releases import Published, as_bytes, digest_of, sha256
from xianxue.desk.workspace import Workspace

CHANGED: Final = say("规则或名册已变，不能列式")
UNREAD: Final = say("发布时的规则卡片现在的程序读不了，不能列式")
OTHERWISE: Final = say("现在的程序按发布时的规则重新计算，得数与发布的不同，不能列式")

_OF_COUNTING: Final = (
    "sources",
    "codes",
    "splits",
    "forms",
    "declared",
    "indicators",
    "choices",
    "populations",
    "standards",
    "ledgers",
    "calendars",
    "school_calendars",
)
"""What figures and verdicts follow from; how documents are worded is no part of a release."""


class CountedBy(Record):
    """The cards and the register of a release, in the workspace they are read in."""

    workspace: Workspace
    why_not: Sentence | None = None
    """Why they are those of today although today's are others; None where they are right."""


def counted_by(workspace: Workspace, period: Period, release: Published) -> CountedBy:
    """Give what a release was counted by; HarmedError where its files are not as published."""
    manifest = release.manifest
    kept = folder_of(workspace).rules(release.digest, manifest)
    if kept is None:
        # An old release kept no rules. By equal digests today's are those of then; else nobody
        # knows.
        same = manifest.catalogue == catalogue_digest(workspace) and (
            manifest.register == register_digest(workspace, period)
        )
        return CountedBy(workspace, None if same else CHANGED)
    cards, register = kept
    # Reading the cards of another day takes a second, and most releases are of today's.
    shelf = workspace.shelf
    if manifest.catalogue != catalogue_digest(workspace):
        shelf = _shelf(cards)
        if shelf is None:
            return CountedBy(replace(workspace, register=register), UNREAD)
    return CountedBy(replace(workspace, shelf=shelf, register=register))


def told_by(today: Shelf, then: Shelf) -> Shelf:
    """Give the cards by which documents are written of a release.

    What was counted and judged is that of the release; what is worded, filled in and allowed is
    that of today, and so is what the release did not know yet.
    """
    if today is then:
        return today
    # The release's own card stands over today's of the same name.
    older = {name: {**getattr(today, name), **getattr(then, name)} for name in _OF_COUNTING}
    return replace(today, **older, chosen={**today.chosen, **then.chosen})


def rules_of(workspace: Workspace, period: Period, others: Iterable[str]) -> dict[str, bytes]:
    """Give the files that say by what is counted now; ``others`` are the other periods counted.

    The register reaches to the last of the days that figures speak of: what came later is no part.
    """
    # Growth on last year needs last year's places too, and some periods lie later.
    days = [period.reference_day, *(Period.parse(code).reference_day for code in others)]
    cards = cards_of(_overlays(workspace), workspace.settings.choose)
    return {CARDS: as_bytes(cards), PLACES: as_bytes(_places(workspace.register, max(days)))}


def catalogue_digest(workspace: Workspace) -> str:
    """Digest all cards in force, national and the county's own, and what it has chosen."""
    cards = [
        path for one in (NATIONAL, *_overlays(workspace)) for path in sorted(one.rglob("*.yaml"))
    ]
    # Example counties lie among the cards and nothing is counted by them.
    shown = [path for path in cards if "examples" not in path.parts]
    chosen = repr(sorted(workspace.settings.choose.items())).encode()
    return digest_of([*(path.read_bytes() for path in shown), chosen])


def register_digest(workspace: Workspace, period: Period) -> str:
    """Digest the register as it stood on a period's reference day: what came later is no part."""
    return sha256(repr(workspace.register.on(period.reference_day)).encode())


def _overlays(workspace: Workspace) -> list[Path]:
    return [workspace.root / name for name in workspace.settings.overlays]


def _places(register: Register, day: date) -> list[Place]:
    return list(register.on(day))


def _shelf(cards: CardsKept) -> Shelf | None:
    """Read cards of another day through today's door; None where it does not take them."""
    with unpacked(cards) as (base, overlays):
        found = find_cards(machine_memory(), *overlays, chosen=cards.chosen, base=base)
    # A county was not always asked why it loosens: what was published by such values stands.
    faults = [issue for issue in found.issues if issue.code not in REASONS]
    return None if faults else found.shelf
