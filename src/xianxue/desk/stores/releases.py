"""Releases on disk: what was published, frozen, the same bytes from the same inputs.

``releases/<digest>/`` holds ``manifest.json`` (which revisions, which cards, which coverage),
``figures.json`` (every figure, exactly), ``cards.json`` and ``places.json`` (by which rules and
which register they were counted) and, where targets were counted, ``targets.json``.
Nothing in them says when or by whom it was made: that stands in the database and the journal, and
two releases of the same state are the same bytes.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.harm import LOST, HarmedError, harm, unreadable
from xianxue.desk.stores.released_figures import figure_of, line_of
from xianxue.desk.stores.released_rules import (
    CARDS,
    PLACES,
    CardsKept,
    read_cards,
    read_places,
)
from xianxue.desk.stores.released_targets import TARGETS, lines_of, read_targets
from xianxue.desk.stores.whole_files import (
    digest_if_there,
    scratch_folder,
    settle_all,
    settle_folder,
)

if TYPE_CHECKING:
    from xianxue.desk.stores.cabinet import Kept

MANIFEST: Final = "manifest.json"
FIGURES: Final = "figures.json"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One accepted revision that a release holds."""

    form: str
    place: str
    revision: int
    batch: str
    content: str
    """Digest of its values."""
    file: str
    digest: str
    """SHA-256 of the workbook."""


class EntriesThen(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What of ledgers, examinations, ballots and appraisals was known when figures were counted."""

    on: str
    """The day, in ISO form, at whose end entries were looked at: no line of a later day counts."""
    lines: dict[str, int]
    """Ledger to the key of the last line that was counted: what was written down afterwards, for
    whichever day, has a higher one. A ledger without a line is left out."""
    exams: dict[str, int] = {}
    """Examination (``mock/2025-2026/一模``) to the number of the release that was counted."""
    ballots: list[str] = []
    """Ballots (``teaching_review/2025-2026/1``) that had been counted; each is counted once."""
    appraisals: dict[str, int] = {}
    """Appraisal (``safe_campus/2026``) to the number under which it had been published last."""


NO_ENTRIES: Final = EntriesThen(on="", lines={})
"""As of a release that was made before there was any entry."""


class OtherPeriod(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Another period that figures were held against, as it was known when they were made."""

    period: str
    release: str = ""
    """The digest of its release; empty where it had none, and accepted returns were counted."""
    name: str = ""
    """That release's name: ``2024-2025/1``."""
    revisions: list[Part] = []
    """Without a release: the accepted revisions."""
    entries: EntriesThen = NO_ENTRIES
    """Without a release: what ledgers held."""


class Override(msgspec.Struct, frozen=True, kw_only=True):
    """A return that came into a release past a rule of the policy, and the reason given."""

    form: str
    place: str
    revision: int
    rule: str
    """The rule that was set aside, or the deed that took the place of the whole way (代收)."""
    term: str
    reason: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a release was made of."""

    period: str
    revisions: list[Part]
    coverage: dict[str, tuple[int, int]]
    """Form to how many filed and how many should have."""
    register: str
    """Digest of the register of places."""
    catalogue: str
    """Digest of all cards."""
    figures: str
    """Digest of ``figures.json``."""
    earlier: list[OtherPeriod] = []
    """By period; left out where there is none, as before growth was figured."""
    overrides: list[Override] = []
    """What came in past a rule; left out where there is none, as before overrides were kept."""
    targets: str = ""
    """Digest of ``targets.json``; left out where no target was counted."""
    cards: str = ""
    """Digest of ``cards.json``; left out of releases made before cards were kept."""
    places: str = ""
    """Digest of ``places.json``; left out as ``cards`` is."""
    entries: EntriesThen = NO_ENTRIES
    """What ledgers held; left out where they held nothing."""

    def same_state(self, other: Manifest) -> bool:
        """Whether two manifests are of one state.

        On which day ledgers were looked at is no part of it where they held the same. Overrides
        follow from the revisions, cards and places from the digests of catalogue and
        register, and releases made before they were kept name none: a county that updates the
        program and changes nothing has nothing new to publish.
        """
        mine, theirs = (
            msgspec.structs.replace(
                one,
                overrides=[],
                cards="",
                places="",
                entries=_undated(one.entries),
                earlier=[_same_entries(each) for each in one.earlier],
            )
            for one in (self, other)
        )
        return mine == theirs

    @property
    def seals(self) -> dict[str, str]:
        """The files beside the manifest to their digests; empty for one that is not there."""
        return {
            FIGURES: self.figures,
            TARGETS: self.targets,
            CARDS: self.cards,
            PLACES: self.places,
        }

    @property
    def kept(self) -> list[Kept]:
        """The revisions, as the cabinet reads them."""
        return kept_of(self.revisions, self.period)


def _undated(entries: EntriesThen) -> EntriesThen:
    return msgspec.structs.replace(entries, on="")


def _same_entries(other: OtherPeriod) -> OtherPeriod:
    return msgspec.structs.replace(other, entries=_undated(other.entries))


def kept_of(parts: Iterable[Part], period: str) -> list[Kept]:
    """Give revisions as the cabinet reads them."""
    from xianxue.desk.stores.cabinet import Kept  # noqa: PLC0415 - needs the engine

    return [
        Kept(part.form, part.place, part.revision, part.batch, period, part.content, part.digest)
        for part in parts
    ]


class Published(Record):
    """A release as it is read back."""

    name: str
    """``2025-2026/2``"""
    manifest: Manifest
    figures: Mapping[str, Figure]
    targets: Mapping[str, Sequence[Target]] = field(default_factory=dict[str, Sequence[Target]])
    """The targets that were counted, by the period whose figures they are held against."""
    digest: str = ""
    """The name of its folder."""


class ReleaseFolder(Record):
    """The folder of all releases of a workspace."""

    root: Path

    def write(
        self,
        manifest: Manifest,
        figures: bytes,
        targets: bytes = b"",
        rules: Mapping[str, bytes] | None = None,
    ) -> str:
        """Write a release in one step; give its digest. The same release is written once.

        ``rules``: ``cards.json`` and ``places.json``. HarmedError where it was written before and
        is no longer what it was.
        """
        text = as_bytes(manifest)
        digest = sha256(text)
        target = self.root / digest
        if target.is_dir():
            if found := self.faults(digest):
                raise HarmedError([harm(f"releases/{digest}", said) for said in found])
            return digest
        self.root.mkdir(parents=True, exist_ok=True)
        scratch = scratch_folder(self.root)
        try:
            (scratch / MANIFEST).write_bytes(text)
            (scratch / FIGURES).write_bytes(figures)
            for name, said in {TARGETS: targets, **(rules or {})}.items():
                if said:
                    (scratch / name).write_bytes(said)
            settle_all(scratch)
            scratch.rename(target)
            settle_folder(self.root)
        except OSError:
            # Somebody else finished the same release first: theirs is the same.
            if not target.is_dir():
                raise
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        return digest

    def manifest(self, digest: str) -> Manifest:
        """Read what a release was made of; HarmedError where it is not what was published."""
        text = self._sealed(digest, MANIFEST, digest)
        try:
            return msgspec.json.decode(text, type=Manifest)
        except msgspec.DecodeError as error:
            # It is what was published, so this program is too old for it.
            raise HarmedError([harm(_named(digest, MANIFEST), unreadable(error))]) from error

    def published(self, digest: str, name: str) -> Published:
        """Read a release through its digest, each figure saying its release.

        HarmedError where any file of it is lost or not what was published.
        """
        manifest = self.manifest(digest)
        lines = msgspec.json.decode(
            self._sealed(digest, FIGURES, manifest.figures), type=list[dict[str, Any]]
        )
        figures = (figure_of(line, name) for line in lines)
        return Published(
            name,
            manifest,
            {figure.key: figure for figure in figures},
            self._targets(digest, manifest),
            digest,
        )

    def rules(self, digest: str, manifest: Manifest) -> tuple[CardsKept, Register] | None:
        """Read by which cards and which register a release was counted; None of an old one.

        HarmedError where they are lost or not what was published.
        """
        if not (manifest.cards and manifest.places):
            return None
        cards = self._sealed(digest, CARDS, manifest.cards)
        places = self._sealed(digest, PLACES, manifest.places)
        try:
            return read_cards(cards), read_places(places)
        except msgspec.DecodeError as error:
            # They are what was published, so this program knows another shape.
            raise HarmedError([harm(_named(digest, CARDS), unreadable(error))]) from error

    def _targets(self, digest: str, manifest: Manifest) -> dict[str, tuple[Target, ...]]:
        if not manifest.targets:
            return {}
        return read_targets(self._sealed(digest, TARGETS, manifest.targets))

    def _sealed(self, digest: str, name: str, seal: str) -> bytes:
        """Read a file of a release and hold it against its seal."""
        try:
            text = (self.root / digest / name).read_bytes()
        except FileNotFoundError as error:
            raise HarmedError([harm(_named(digest, name), LOST)]) from error
        except OSError as error:
            raise HarmedError([harm(_named(digest, name), unreadable(error))]) from error
        if sha256(text) != seal:
            raise HarmedError([harm(_named(digest, name), say("文件在发布之后被改动，与摘要不符"))])
        return text

    def faults(self, digest: str) -> list[str]:
        """Say in Chinese what is no longer as it was written."""
        folder = self.root / digest
        # Without one of these nothing further can be said; the others are held against the
        # manifest.
        for name in (MANIFEST, FIGURES):
            if not (folder / name).is_file():
                return [say("文件 {name} 不见了", name=name)]
        found: list[str] = []
        if sha256((folder / MANIFEST).read_bytes()) != digest:
            found.append(say("{file} 被改动过，与登记的摘要不符", file=MANIFEST))
        try:
            # As it stands: of an altered one, too, it is said what fits it.
            manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
            for name, seal in manifest.seals.items():
                if seal == digest_if_there(folder / name):
                    continue
                if name == FIGURES:
                    found.append(say("{file} 被改动过，与清单里的摘要不符", file=name))
                else:
                    found.append(say("{file} 不见了或被改动过，与清单里的摘要不符", file=name))
        # A byte that is no letter is told by another class of error than a brace too few.
        except (msgspec.DecodeError, UnicodeDecodeError):
            found.append(say("{file} 读不出来", file=MANIFEST))
        return found


def _named(digest: str, name: str) -> str:
    """Name a file of a release as it lies below the store."""
    return f"releases/{digest}/{name}"


def as_bytes(data: object) -> bytes:
    """Write data as JSON that is the same for the same data, one line an item."""
    return (
        msgspec.json.format(msgspec.json.encode(data, order="sorted", enc_hook=str), indent=1)
        + b"\n"
    )


def figures_bytes(figures: Mapping[str, Figure]) -> bytes:
    """Write figures exactly, ordered by key."""
    return as_bytes([line_of(figures[key]) for key in sorted(figures)])


def targets_bytes(targets: Mapping[str, Sequence[Target]]) -> bytes:
    """Write the targets that were counted; nothing at all where there were none."""
    lines = lines_of(targets)
    return as_bytes(lines) if lines else b""


def sha256(text: bytes) -> str:
    """Digest one text."""
    return hashlib.sha256(text).hexdigest()


def digest_of(texts: Iterable[bytes]) -> str:
    """Digest several texts together."""
    said = hashlib.sha256()
    for text in texts:
        # Digests of the same length: two texts divided otherwise do not come to the same.
        said.update(hashlib.sha256(text).digest())
    return said.hexdigest()
