"""Publishing a workspace's figures, and proving that what was published still stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from xianxue.bureau.cycle import figures_of
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.catalogue.card_files import NATIONAL
from xianxue.desk.database import open_database
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.published import folder_of, releases
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.stores.cabinet import Cabinet, content_digest
from xianxue.desk.stores.clock import now
from xianxue.desk.stores.compaction import compact
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.releases import (
    Manifest,
    OtherPeriod,
    Part,
    Published,
    as_bytes,
    digest_of,
    figures_bytes,
    sha256,
    targets_bytes,
)
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Release


class State(Record):
    """What a release is made of, before it has a number."""

    manifest: Manifest
    figures: bytes
    targets: bytes
    """Empty where no target was counted."""


def state_of(river: River) -> State:
    """Freeze what is accepted now: manifest, figures, targets, the same from the same inputs."""
    workspace, held = river.workspace, river.holdings
    parts = _parts(held)
    filed_by = {(part.form, part.place) for part in parts}
    coverage = {
        name: (
            sum((name, place.code) in filed_by for place in held.expected(form)),
            len(held.expected(form)),
        )
        for name, form in workspace.shelf.forms.items()
    }
    figures = figures_bytes(river.figures)
    targets = targets_bytes(_targets(river))
    manifest = Manifest(
        period=river.period.code,
        revisions=parts,
        coverage=coverage,
        register=register_digest(workspace, river.period),
        catalogue=catalogue_digest(workspace),
        figures=sha256(figures),
        earlier=_earlier(river),
        overrides=overrides_of(open_ground(workspace), held.kept, river.period.code),
        targets=sha256(targets) if targets else "",
    )
    return State(manifest, figures, targets)


def _targets(river: River) -> dict[str, Sequence[Target]]:
    """Give the targets that were counted, also those of other periods that have no release."""
    found: dict[str, Sequence[Target]] = {river.period.code: river.counted_targets}
    for code, other in river.others.items():
        if other is not None and other.release is None:
            found[code] = other.counted_targets
    return found


def _parts(held: Holdings) -> list[Part]:
    batches = {(kept.form, kept.place): kept.batch for kept in held.kept}
    return [
        Part(
            form=filed.form,
            place=filed.place,
            revision=filed.revision,
            batch=batches[filed.form, filed.place],
            content=content_digest(filed),
            file=filed.file,
            digest=filed.digest,
        )
        for filed in held.returns
    ]


def _earlier(river: River) -> list[OtherPeriod]:
    """Say of each other period that figures were held against what was known of it.

    Without it a release could not be counted again once last year's numbers are corrected.
    """
    found: list[OtherPeriod] = []
    for code, other in sorted(river.others.items()):
        if other is not None and other.release is not None:
            digest = sha256(as_bytes(other.release.manifest))
            found.append(OtherPeriod(period=code, release=digest, name=other.release.name))
        elif other is not None:
            found.append(OtherPeriod(period=code, revisions=_parts(other.holdings)))
    return found


def missing_from(
    workspace: Workspace, period: Period, manifest: Manifest
) -> dict[str, list[Place]]:
    """Give for each form of a release the places that it has no approved return of."""
    filed = {(part.form, part.place) for part in manifest.revisions}
    held = Holdings(workspace, period, tuple(manifest.kept))
    forms = workspace.shelf.forms
    return {
        name: [place for place in held.expected(forms[name]) if (name, place.code) not in filed]
        for name in manifest.coverage
        if name in forms
    }


def catalogue_digest(workspace: Workspace) -> str:
    """Digest all cards in force, national and the county's own, and what it has chosen."""
    folders = [NATIONAL, *(workspace.root / name for name in workspace.settings.overlays)]
    cards = [path for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    shown = [path for path in cards if "examples" not in path.parts]
    chosen = repr(sorted(workspace.settings.choose.items())).encode()
    return digest_of([*(path.read_bytes() for path in shown), chosen])


def register_digest(workspace: Workspace, period: Period) -> str:
    """Digest the register as it stood on a period's reference day: what came later is no part."""
    return sha256(repr(workspace.register.on(period.reference_day)).encode())


def publish(
    workspace: Workspace,
    period: Period,
    *,
    actor: Actor,
    why: str,
    override: str | None = None,
) -> tuple[Release, bool]:
    """Publish what is accepted; give the release, and whether it is a new one.

    ``override`` is the reason for publishing all the same where somebody else should.
    """
    river = River(workspace, period)
    state = state_of(river)
    if not state.manifest.revisions:
        message = say("{term}还没有收下任何报表，没有可以发布的数", term=period.term)
        raise MisusedError(message)
    from xianxue.desk.actions.make_release import (  # noqa: PLC0415 - needs Django set up first
        MakeRelease,
    )

    ground = open_ground(workspace)
    deed = MakeRelease(folder_of(workspace), ground, actor, now(), why, override)
    made = deed(state.manifest, state.figures, state.targets)
    # What is harmed is not laid together with what is whole; it stays for `journal verify`.
    with suppress(HarmedError):
        compact_period(workspace, period)
    return made


def compact_period(workspace: Workspace, period: Period) -> int:
    """Lay a period's batches into one file a form; give how many were laid together.

    It belongs to publishing, because then the period has come to rest; dying in it loses nothing,
    and the next release does it again.
    """
    open_database(workspace.store)
    from xianxue.desk.database.transactions import writing  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models import Revision  # noqa: PLC0415 - as above

    # Nothing is written to the database: its lock keeps another release from compacting too.
    with writing():
        rows = Revision.objects.filter(period=period.code).order_by("form", "place", "number")
        return compact(Cabinet(workspace.store / "cabinet"), [kept_revision(row) for row in rows])


def verify(workspace: Workspace) -> list[str]:
    """Hold every release against its digest and, where cards and register are the same, recount it.

    Gives what is wrong in Chinese; nothing for releases that are as they were published.
    """
    faults: list[str] = []
    folder = folder_of(workspace)
    for row in releases(workspace):
        found = folder.faults(row.digest)
        if not found:
            published = folder.published(row.digest, row.name)
            found = _recount(workspace, Period.parse(row.period), published)
        faults.extend(
            say("第 {name} 号发布：{fault}", name=row.name, fault=fault) for fault in found
        )
    return faults


def _recount(workspace: Workspace, period: Period, published: Published) -> list[str]:
    manifest = published.manifest
    cabinet = Cabinet(workspace.store / "cabinet")
    _, harmed = cabinet.read_and_hold(manifest.kept)
    if harmed:
        return [f"{issue.file} {issue.saw}" for issue in harmed]
    same_rules = manifest.catalogue == catalogue_digest(workspace)
    if not same_rules or manifest.register != register_digest(workspace, period):
        # Other rules or another register may give other figures; those published stand.
        return []
    river = River(
        workspace,
        period,
        kept=tuple(manifest.kept),
        earlier=manifest.earlier,
        targets=published.targets,
    )
    figures = figures_bytes(figures_of(river.joined))
    return [] if sha256(figures) == manifest.figures else [say("重新计算的数与发布的数不同")]
