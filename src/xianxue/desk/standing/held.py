"""What is held now, as the database says it: by this it is known whether figures still stand.

Most deeds change no figure: a submission, a comment, a deadline. So figures are kept by what they
are counted from.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

from xianxue.bureau.records.target import Target
from xianxue.bureau.values.record import Record

if TYPE_CHECKING:
    from xianxue.desk.models.ready import Ready

Head = tuple[int, str]
"""How many lines the journal has, and the digest of the last."""


class HeldRelease(Record):
    """A release, by its number."""

    period: str
    name: str
    number: int
    digest: str


class Held(Record, dict=True):
    """All that figures are counted from, of all periods."""

    accepted: tuple[tuple[object, ...], ...]
    """The accepted revisions, as the cabinet is told of them, in the order of periods."""
    releases: tuple[HeldRelease, ...]
    """In the order of periods, oldest first."""
    targets: tuple[Target, ...]
    """Those in force."""

    def counted_from(self, period: str) -> CountedFrom:
        """Say what provisional figures of a period are counted from."""
        others = tuple(one for one in self.releases if one.period != period)
        # Its own releases take no part: publishing figures does not change what is accepted.
        return CountedFrom(self.accepted, others, self.targets)

    def releases_of(self, period: str) -> tuple[HeldRelease, ...]:
        """Give the releases of a period, oldest first."""
        return tuple(one for one in self.releases if one.period == period)

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """The periods of which anything is held, in the order of their codes."""
        kept = {str(row[4]) for row in self.accepted}
        return tuple(sorted(kept | {one.period for one in self.releases}))


class CountedFrom(Record):
    """What provisional figures of one period follow from, beside files; compared by value.

    Earlier periods belong to it: growth is counted on them.
    """

    accepted: tuple[tuple[object, ...], ...]
    releases: tuple[HeldRelease, ...]
    targets: tuple[Target, ...]


def read_head() -> Head:
    """Read the journal's head from the open database."""
    found = _head().first()
    return (0, "") if found is None else (int(found[0]), str(found[1]))


def written_here(since: str, until: str) -> bool:
    """Whether this process has written all the journal's lines between two of their digests."""
    from xianxue.desk.models import journal  # noqa: PLC0415 - needs Django set up first

    return journal.written_here(since, until)


@cache
def _head() -> Ready:
    from xianxue.desk.models import JournalHead  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models.ready import Ready  # noqa: PLC0415 - as above

    return Ready(lambda _: JournalHead.objects.order_by("pk").values_list("lines", "digest")[:1])


def read_held() -> Held:
    """Read what is accepted, published and aimed at from the open database."""
    from xianxue.desk.models import Filing, Release  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models.filing import ACCEPTED  # noqa: PLC0415 - as above
    from xianxue.desk.models.target import last_lines  # noqa: PLC0415 - as above

    filings = Filing.objects.filter(accepted__isnull=False).order_by("period", "form", "place")
    releases = Release.objects.order_by("period", "number")
    return Held(
        tuple(filings.values_list(*ACCEPTED)),
        tuple(HeldRelease(one.period, one.name, one.number, one.digest) for one in releases),
        tuple(line.target for line in last_lines()),
    )
