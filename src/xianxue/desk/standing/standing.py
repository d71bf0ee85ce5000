"""One county opened once for all who ask: cards, register, figures, how far returns have come.

Whatever is kept is kept with what it was made from and is made anew where that has changed, so an
answer is never older than the last deed. Cards and the register follow their files; figures follow
what is accepted, published and aimed at; how far returns have come follows the journal's head.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import RLock
from typing import Any, Final, TypeVar, cast

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground
from xianxue.desk.database.opening import connect, open_database, stands_open
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.progress import progress_of
from xianxue.desk.standing.advance import advanced
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.forward import Forward, forward
from xianxue.desk.standing.held import CountedFrom, Held, HeldRelease, read_head, read_held
from xianxue.desk.standing.kept import Kept
from xianxue.desk.stores import clock, events, roster, settings_file
from xianxue.desk.stores.releases import Published
from xianxue.desk.stores.stamps import Stamp, stamps
from xianxue.desk.workspace import MAPPINGS, MisusedError, Workspace

V = TypeVar("V")

_MOST_COUNTIES: Final = 4
"""Workspaces held open in one process: a bureau serves one, tests change between several."""
_MOST_COUNTED: Final = 6
"""Periods and releases whose figures are held: those of 300 schools are some 40 MB."""
_MOST_ANSWERS: Final = 1024
"""Other answers held: of forms, the index of the search, and those of every person at work and of
every return that is looked at; with fewer, two hundred people would drive out what all of them
need."""

PROVISIONAL: Final = ""
"""What is accepted now, in place of a release."""
LATEST: Final = "latest"
"""The newest release; what is accepted now where nothing was published yet."""


_moment: ContextVar[dict[Hashable, Hashable] | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """See the county as it is now for all that is asked within: for what only reads.

    A page asks a hundred times whether its answers still stand; between its first and its last row
    nothing may change anyhow.
    """
    token = _moment.set({})
    try:
        yield
    finally:
        _moment.reset(token)


class Opened(Record):
    """A workspace with what deeds on it stand on."""

    workspace: Workspace
    ground: Ground


class Standing:
    """One workspace as it stands at the moment somebody asks; safe for many threads."""

    def __init__(self, root: Path) -> None:
        """Take the folder of the workspace; it is opened when something is first asked."""
        self.root = root
        self._opened: Kept[Opened] = Kept(1)
        self._held: Kept[Held] = Kept(1)
        self._counted: Kept[Counted] = Kept(_MOST_COUNTED)
        self._answers: Kept[Any] = Kept(_MOST_ANSWERS)
        self._read: Kept[Any] = Kept(_MOST_ANSWERS)
        self._overlays: tuple[tuple[Stamp, ...], tuple[str, ...]] = ((), ())

    # ── cards, register, ground ─────────────────────────────────────────────

    def workspace(self) -> Workspace:
        """Give the workspace; ComplaintsError where its files have faults, as when it is opened."""
        return self._open().workspace

    def ground(self) -> Ground:
        """Give what deeds and the policy stand on, with the database open."""
        opened = self._open()
        self.database()
        return opened.ground

    def database(self) -> None:
        """Have Django stand on this workspace's database."""
        store = self.root / "store"
        if not stands_open(store):
            with _TURNING:
                open_database(store)
        connect()

    def anew(self) -> None:
        """Forget all that is kept: another workspace stands in the place of this one."""
        self._overlays = ((), ())
        for kept in (self._opened, self._held, self._counted, self._answers, self._read):
            kept.forget()

    def _open(self) -> Opened:
        return self._opened.get("", self.files, lambda _: self._anew())

    def _anew(self) -> Opened:
        workspace = Workspace.open(self.root)
        with _TURNING:
            return Opened(workspace, open_ground(workspace))

    def files(self) -> Hashable:
        """Say by which files the county is read: settings, register, events, the county's cards."""
        return self._once("files", self._files)

    def _once(self, name: str, ask: Callable[[], Hashable]) -> Hashable:
        """Ask once for as long as one moment is looked at; each time where none is."""
        seen = _moment.get()
        if seen is None:
            return ask()
        key = (id(self), name)
        if key not in seen:
            seen[key] = ask()
        return seen[key]

    def _files(self) -> Hashable:
        root = self.root
        settings = stamps([root / settings_file.NAME])
        told, overlays = self._overlays
        if told != settings:
            found = settings_file.read_settings(root / settings_file.NAME) if settings else None
            # Faults in it are told by whoever opens the workspace.
            overlays = () if found is None or isinstance(found, Issue) else tuple(found.overlays)
            self._overlays = settings, overlays
        others = (roster.NAME, events.NAME, MAPPINGS, *overlays)
        return settings, stamps(root / name for name in others)

    def by_files(self, name: Hashable, make: Callable[[], V]) -> V:
        """Keep any answer until the county's files change; ``name`` tells it apart."""
        return cast("V", self._read.get(name, self.files, lambda _: make()))

    def by_accepted(self, name: Hashable, make: Callable[[], V]) -> V:
        """Keep any answer until the county's files or what is accepted change."""

        def version() -> Hashable:
            return self.files(), self.held().accepted

        return cast("V", self._read.get(name, version, lambda _: make()))

    def stands(self, name: Hashable) -> bool:
        """Whether what ``by_accepted`` would give is there already, so that nobody waits for it."""
        return self._read.peek(name, lambda: (self.files(), self.held().accepted)) is not None

    def by_figures(
        self, name: Hashable, period: Period, release: str, make: Callable[[Counted], V]
    ) -> V:
        """Keep any answer for as long as the figures stand that it is made of."""
        counted = self.counted(period, release)
        key = ("figures", name, period.code, release)
        return cast(
            "V",
            self._read.get(key, lambda: self.counted(period, release), lambda _: make(counted)),
        )

    # ── what is held ────────────────────────────────────────────────────────

    def head(self) -> Hashable:
        """Say how far the journal has come: every deed moves it."""
        return self._once("head", self._head)

    def _head(self) -> Hashable:
        self.database()
        return read_head()

    def held(self) -> Held:
        """Give what is accepted, published and aimed at."""
        return self._held.get("", self.head, lambda _: read_held())

    def period(self, code: str | None = None) -> Period:
        """Give a period by its code, or the workspace's own."""
        return self.workspace().period(code)

    def release(self, period: Period, said: str) -> HeldRelease | None:
        """Give the release that is meant; None for what is accepted now.

        ``said``: empty, ``latest``, a number or a name. MisusedError where there is none such.
        """
        if said == PROVISIONAL:
            return None
        known = self.held().releases_of(period.code)
        if said == LATEST:
            return known[-1] if known else None
        found = next((one for one in known if said in {one.name, str(one.number)}), None)
        if found is None:
            # Told in the words of the command line, with those there are.
            from xianxue.desk.releases.published import find_release  # noqa: PLC0415 - seldom

            find_release(self.workspace(), period, said)
            raise MisusedError(said)
        return found

    # ── figures ─────────────────────────────────────────────────────────────

    def counted(self, period: Period, release: str = PROVISIONAL) -> Counted:
        """Give all figures of a period, and what follows from them."""
        meant = self.release(period, release)
        if meant is None:

            def version() -> Hashable:
                return self.files(), self.held().counted_from(period.code)

            def go_on(before: tuple[Hashable, Counted] | None) -> Counted:
                return self._went_on(period, before) or self._count(period)

            return self._counted.get((period.code, ""), version, go_on)

        def sealed() -> Hashable:
            folder = folder_of(self.workspace()).root / meant.digest
            return self.files(), meant, stamps([folder])

        def make(_: object) -> Counted:
            found = folder_of(self.workspace()).published(meant.digest, meant.name)
            return self._count(period, found)

        return self._counted.get((period.code, meant.name), sealed, make)

    def warm(self, period: Period) -> Counted | None:
        """Give the provisional figures of a period if they are there, without making them."""
        return self._counted.peek(
            (period.code, ""), lambda: (self.files(), self.held().counted_from(period.code))
        )

    def _went_on(self, period: Period, before: tuple[Hashable, Counted] | None) -> Counted | None:
        """Go on from the figures that were kept, where only some returns have been accepted."""
        if before is None:
            return None
        version, counted = before
        files, counted_from = cast("tuple[Hashable, CountedFrom]", version)
        if files != self.files():
            return None
        workspace = self.workspace()
        self.database()
        now = self.held().counted_from(period.code)
        with _COUNTING:
            return advanced(counted, counted_from, now, workspace)

    def _count(self, period: Period, release: Published | None = None) -> Counted:
        workspace = self.workspace()
        self.database()
        # One at a time: two would take turns on the same cores, and hold twice the memory.
        with _COUNTING:
            return Counted(River(workspace, period, release))

    def figures_of(self, indicator: str, period: Period) -> tuple[Figure, ...]:
        """Give the provisional figures of one indicator.

        Of a period of which nothing is held yet it is figured alone: what comes from the register
        is known there too, and nobody asks for the rest.
        """
        if period.code in self.held().periods:
            return self.counted(period).by_indicator.get(indicator, ())

        def alone() -> tuple[Figure, ...]:
            self.database()
            with _COUNTING:
                return tuple(River(self.workspace(), period).figures_of(indicator))

        return self.by_accepted(("figures of", indicator, period.code), alone)

    def river(self, period: Period, release: str = PROVISIONAL) -> River:
        """Give the river of a period with its figures made."""
        return self.counted(period, release).river

    def forward(self, filed: Return) -> Forward:
        """Say what would move if a return were accepted, also in the county's own period.

        See ``standing/forward.py``.
        """
        period, own = Period.parse(filed.period), self.period()
        # Others are held against what was published of a period, whatever is accepted since.
        rests = period != own and not self.held().releases_of(period.code)
        later = [self.counted(own)] if rests else []
        return forward(self.counted(period), filed, *later)

    # ── how far returns have come ───────────────────────────────────────────

    def status(self, form: str, period: Period) -> tuple[Progress, ...]:
        """Give how far every place has come with a form today; KeyError for an unknown form."""
        card = self.ground().shelf.forms[form]
        today = clock.day_of(clock.now())
        return self.answer(
            ("status", form, period.code, today),
            lambda: tuple(progress_of(self.ground(), card, period, today)),
        )

    def answer(
        self,
        name: Hashable,
        make: Callable[[], V],
        also: Callable[[], Hashable] = lambda: None,
    ) -> V:
        """Keep any answer until files or the journal's head change; ``name`` tells it apart.

        ``also`` says what else it is made from.
        """

        def version() -> Hashable:
            return self.files(), self.head(), also()

        return cast("V", self._answers.get(name, version, lambda _: make()))


_TURNING: Final = RLock()
"""Held by who sets Django up on a database: it has one set of settings for all threads."""
_COUNTING: Final = RLock()
"""Held by who figures a period."""
_KNOWN: Final[OrderedDict[Path, Standing]] = OrderedDict()
_NAMING: Final = RLock()


def standing(root: Path) -> Standing:
    """Give the one standing of a workspace's folder in this process."""
    path = root.resolve()
    with _NAMING:
        found = _KNOWN.get(path)
        if found is None:
            found = _KNOWN[path] = Standing(path)
        _KNOWN.move_to_end(path)
        while len(_KNOWN) > _MOST_COUNTIES:
            _KNOWN.popitem(last=False)
        return found
