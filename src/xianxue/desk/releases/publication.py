"""Publishing a workspace's figures, and proving that what was published still stands."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from xianxue.bureau.cycle import figures_of
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.database import open_database
from xianxue.desk.indicators.counted_by import (
    CHANGED,
    UNREAD,
    catalogue_digest,
    counted_by,
    register_digest,
    rules_of,
)
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.published import folder_of, releases
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.stores import clock
from xianxue.desk.stores.cabinet import Cabinet, content_digest
from xianxue.desk.stores.compaction import compact
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.stores.released_rules import CARDS, PLACES
from xianxue.desk.stores.releases import (
    Manifest,
    OtherPeriod,
    Part,
    Published,
    as_bytes,
    figures_bytes,
    sha256,
    targets_bytes,
)
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Release


_REASONS: Final = {
    CHANGED: say("发布时没有留存规则和名册，而现在的已经不同"),
    UNREAD: say("发布时的规则卡片现在的程序读不了"),
}
"""Why a release cannot be counted again, by why its figures cannot be worked before a reader."""


class State(Record):
    """What a release is made of, before it has a number."""

    manifest: Manifest
    figures: bytes
    targets: bytes
    """Empty where no target was counted."""
    rules: dict[str, bytes]
    """The files that say by which cards and which register was counted."""


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
    # Before the other periods are asked for: figuring is what opens them.
    figures = figures_bytes(river.figures)
    targets = targets_bytes(_targets(river))
    earlier = _earlier(river)
    rules = rules_of(workspace, river.period, (one.period for one in earlier))
    manifest = Manifest(
        period=river.period.code,
        revisions=parts,
        coverage=coverage,
        register=register_digest(workspace, river.period),
        catalogue=catalogue_digest(workspace),
        figures=sha256(figures),
        earlier=earlier,
        overrides=overrides_of(open_ground(workspace), held.kept, river.period.code),
        targets=sha256(targets) if targets else "",
        cards=sha256(rules[CARDS]),
        places=sha256(rules[PLACES]),
        entries=river.counted_entries,
    )
    return State(manifest, figures, targets, rules)


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
            found.append(
                OtherPeriod(
                    period=code,
                    revisions=_parts(other.holdings),
                    entries=other.counted_entries,
                )
            )
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


def publish(
    workspace: Workspace,
    period: Period,
    *,
    actor: Actor,
    why: str,
    override: str | None = None,
) -> tuple[Release, bool]:
    """Publish what is accepted; give the release, and whether it is a new one.

    ``override`` is the reason for publishing although somebody else should publish.
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
    deed = MakeRelease(folder_of(workspace), ground, actor, clock.now(), why, override)
    made = deed(state.manifest, state.figures, state.targets, state.rules)
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


class Verified(Record):
    """What came of holding one release against its digest, and of counting it again."""

    name: str
    faults: tuple[str, ...] = ()
    """What is wrong, in Chinese."""
    recounted: bool = False
    why_not: str = ""
    """Why it was not counted again, in Chinese."""

    @property
    def told(self) -> list[str]:
        """The faults, each with the release it is of."""
        return [
            say("第 {name} 号发布：{fault}", name=self.name, fault=fault) for fault in self.faults
        ]


def verify(workspace: Workspace) -> list[str]:
    """Say in Chinese what is wrong with any release; nothing where all are as published."""
    return [fault for one in verified(workspace) for fault in one.told]


def verified(workspace: Workspace) -> list[Verified]:
    """Hold every release against its digest and count it again by its own cards and register."""
    folder = folder_of(workspace)
    found: list[Verified] = []
    for row in releases(workspace):
        faults = folder.faults(row.digest)
        if faults:
            found.append(Verified(row.name, tuple(faults), why_not=say("发布的文件已不完好")))
        else:
            published = folder.published(row.digest, row.name)
            found.append(_recount(workspace, Period.parse(row.period), published))
    return found


def _recount(workspace: Workspace, period: Period, published: Published) -> Verified:
    manifest, name = published.manifest, published.name
    cabinet = Cabinet(workspace.store / "cabinet")
    # Counting from harmed cells would say «another number» of what is a lost file.
    _, harmed = cabinet.read_and_hold(manifest.kept)
    if harmed:
        faults = tuple(f"{issue.file} {issue.saw}" for issue in harmed)
        return Verified(name, faults, why_not=say("收下的报表已不完好"))
    rules = counted_by(workspace, period, published)
    if rules.why_not:
        return Verified(name, why_not=_REASONS[rules.why_not])
    river = River(
        workspace,
        period,
        kept=tuple(manifest.kept),
        earlier=manifest.earlier,
        targets=published.targets,
        entries=manifest.entries,
        rules=rules,
    )
    figures = figures_bytes(figures_of(river.joined))
    same = sha256(figures) == manifest.figures
    return Verified(name, () if same else (say("重新计算的数与发布的数不同"),), recounted=True)
