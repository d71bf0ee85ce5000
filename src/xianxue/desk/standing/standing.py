"""One county opened once for all who ask: cards, register, figures, how far returns have come.

Whatever is kept is kept with what it was made from and is made anew where that has changed, so an
answer is never older than the last deed. Cards and the register follow their files; figures follow
what is accepted, published and aimed at; what there is to do and how far it has come follow what
they were seen asking for; every other answer follows the journal's head.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from threading import Lock, RLock
from typing import Any, Final, TypeVar, cast

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground
from xianxue.desk.database.moved import moves, read_by
from xianxue.desk.database.opening import connect, open_database, stands_open
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.progress import progress_of
from xianxue.desk.standing.advance import advanced
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.forward import Forward, forward
from xianxue.desk.standing.held import (
    CountedFrom,
    Head,
    Held,
    HeldRelease,
    read_head,
    read_held,
    written_here,
)
from xianxue.desk.standing.kept import Kept
from xianxue.desk.standing.resting import ELSEWHERE, Answers, Moves, apart, noted
from xianxue.desk.stores import clock, events, roster, settings_file
from xianxue.desk.stores.releases import Published
from xianxue.desk.stores.stamps import Stamp, stamps
from xianxue.desk.workspace import MAPPINGS, MisusedError, Workspace

T = TypeVar("T")
V = TypeVar("V")

_MOST_COUNTIES: Final = 4
"""Workspaces held open in one process: a bureau serves one, tests change between several."""
_MOST_COUNTED: Final = 6
"""Periods and releases whose figures are held: those of 300 schools are some 40 MB."""
_MOST_ANSWERS: Final = 2048
"""Other answers held: of forms, the index of the search, those of every person at work with what
they rest on, and of every return that is looked at; with fewer, two hundred people would drive out
what all of them need."""

PROVISIONAL: Final = ""
"""What is accepted now, in place of a release."""
LATEST: Final = "latest"
"""The newest release; what is accepted now where nothing was published yet."""


_moment: ContextVar[dict[Hashable, object] | None] = ContextVar("moment", default=None)


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
        self._counted: Kept[Counted] = Kept(_MOST_COUNTED)
        self._answers = Answers(_MOST_ANSWERS, self._moves)
        self._held = Answers(1, self._moves)
        self._last_held: Held | None = None
        self._read: Kept[Any] = Kept(_MOST_ANSWERS)
        self._overlays: tuple[tuple[Stamp, ...], tuple[str, ...]] = ((), ())
        self._looking = Lock()
        self._head: Head | None = None
        self._elsewhere = 0

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
        self._head = None
        for kept in (self._opened, self._held, self._counted, self._answers, self._read):
            kept.forget()

    def _open(self) -> Opened:
        return self._opened.get("", self.files, _alone(self._anew))

    def _anew(self) -> Opened:
        workspace = Workspace.open(self.root)
        with _TURNING:
            return Opened(workspace, open_ground(workspace))

    def files(self) -> Hashable:
        """Say by which files the county is read: settings, register, events, the county's cards."""
        return noted("files", self.files, self._once("files", self._files))

    def _once(self, name: str, ask: Callable[[], V]) -> V:
        """Ask once for as long as one moment is looked at; each time where none is."""
        seen = _moment.get()
        if seen is None:
            return ask()
        key = (id(self), name)
        if key not in seen:
            seen[key] = ask()
        return cast("V", seen[key])

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
        return cast("V", self._read.get(name, self.files, _alone(make)))

    def by_accepted(self, name: Hashable, make: Callable[[], V]) -> V:
        """Keep any answer until the county's files or what is accepted change."""

        def version() -> Hashable:
            return self.files(), self.held().accepted

        return cast("V", self._read.get(name, version, _alone(make)))

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
            self._read.get(
                key, lambda: self.counted(period, release), _alone(lambda: make(counted))
            ),
        )

    # ── what is held ────────────────────────────────────────────────────────

    def head(self) -> Hashable:
        """Say how far the journal has come: every deed moves it."""
        return noted("head", self.head, self._once("moves", self._read_moves)[0])

    def _moves(self) -> Moves:
        """Say how often each table has moved; what others wrote may have moved any of them."""
        return self._once("moves", self._read_moves)[1]

    def _read_moves(self) -> tuple[Head, Moves]:
        self.database()
        # One after another, so that nobody comes with a head that another has seen pass.
        with self._looking, read_by(None):
            head = read_head()
            before, self._head = self._head, head
            if before is None or not (before == head or written_here(before[1], head[1])):
                self._elsewhere += 1
            return head, {**moves(), ELSEWHERE: self._elsewhere}

    def held(self) -> Held:
        """Give what is accepted, published and aimed at."""
        return self._held.part("", self._read_held)

    def _read_held(self) -> Held:
        self.database()
        found = read_held()
        # The same is given for as long as it comes to the same, so that it is quick to compare.
        last = self._last_held
        if last is not None and last == found:
            return last
        self._last_held = found
        return found

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

            def go_on(before: tuple[Hashable, Counted] | None) -> Counted:
                return self._went_on(period, before) or self._count(period)

            return self._counted.get(
                (period.code, ""), lambda: self._counted_by(period), _alone_from(go_on)
            )

        def sealed() -> Hashable:
            folder = folder_of(self.workspace()).root / meant.digest
            return self.files(), meant, stamps([folder])

        def make() -> Counted:
            found = folder_of(self.workspace()).published(meant.digest, meant.name)
            return self._count(period, found)

        return self._counted.get((period.code, meant.name), sealed, _alone(make))

    def warm(self, period: Period) -> Counted | None:
        """Give the provisional figures of a period if they are there, without making them."""
        return self._counted.peek((period.code, ""), lambda: self._counted_by(period))

    def _counted_by(self, period: Period) -> tuple[Hashable, CountedFrom]:
        """Say what the provisional figures of a period follow from."""
        return self.files(), self.held().counted_from(period.code)

    def _went_on(self, period: Period, before: tuple[Hashable, Counted] | None) -> Counted | None:
        """Go on from the figures that were kept, where only some returns have been accepted."""
        if before is None:
            return None
        version, counted = before
        files, counted_from = cast("tuple[Hashable, CountedFrom]", version)
        now_files, now = self._counted_by(period)
        if files != now_files:
            return None
        workspace = self.workspace()
        self.database()
        with _COUNTING:
            return advanced(counted, counted_from, now, workspace)

    def _count(self, period: Period, release: Published | None = None) -> Counted:
        workspace = self.workspace()
        self.database()
        # One at a time: two would take turns on the same cores, and hold twice the memory.
        with _COUNTING:
            river = self._beside(period) if release is None else None
            return Counted(river or River(workspace, period, release))

    def _beside(self, period: Period) -> River | None:
        """Give the river of the year before as this year's figures have opened it.

        So its figures are made once, for the list of this year's and for its own pages.
        """
        own = self.warm(self.period())
        river = own.river.others.get(period.code) if own is not None else None
        held = self.held()
        if river is None or river.release is not None or held.releases_of(period.code):
            return None
        same = {(row[0], row[1], row[5]) for row in held.accepted if row[4] == period.code}
        if {(one.form, one.place, one.content) for one in river.kept or ()} != same:
            return None
        return river

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
        today = clock.day_of(clock.now())

        def make() -> tuple[Progress, ...]:
            ground = self.ground()
            return tuple(progress_of(ground, ground.shelf.forms[form], period, today))

        return self.resting(("status", form, period.code, today), make)

    def answer(
        self, name: Hashable, make: Callable[[], V], also: Callable[[], Hashable] | None = None
    ) -> V:
        """Keep any answer until files or the journal's head change; ``name`` tells it apart.

        ``also`` says what else it is made from.
        """

        def whole() -> V:
            self.head()
            return self._whole(name, make, also)

        return self._answers.get(name, whole)

    def resting(
        self, name: Hashable, make: Callable[[], V], also: Callable[[], Hashable] | None = None
    ) -> V:
        """Keep an answer until something changes that it has asked for; ``name`` tells it apart.

        For what asks for everything while it is made, this standing or the database, and nothing
        afterwards: the tables it reads and whatever of this standing it asks for are seen by
        themselves. ``also`` says what else it is made from, that no table tells of.
        """
        return self._answers.get(name, lambda: self._whole(name, make, also))

    def part(self, name: Hashable, make: Callable[[], V]) -> V:
        """Keep what others need of an answer: they stand while it comes to the same.

        ``make`` asks this standing for all that it needs: it is called again later.
        """
        return self._answers.part(name, lambda: self._whole(name, make, None))

    def _whole(
        self, name: Hashable, make: Callable[[], V], also: Callable[[], Hashable] | None
    ) -> V:
        self.files()
        if also is not None:
            noted(("also", name), also, also())
        return make()


def _alone(make: Callable[[], V]) -> Callable[[object], V]:
    """Make something by itself, whose version says already what it rests on."""
    return _alone_from(lambda _: make())


def _alone_from(make: Callable[[T], V]) -> Callable[[T], V]:
    def alone(before: T) -> V:
        with apart():
            return make(before)

    return alone


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
