"""What is known of one person, as the ledgers' entries tell it: the room is handed this."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence


class Shown(Record):
    """The entry that shows something, and what it says."""

    entry: str
    """Ledger and number: ``teachers/2025-0012``."""
    says: Sentence


class Stint(Record, kw_only=True):
    """A stretch of service at one place."""

    begins: date
    ends: date | None
    """The day they left; None while they are there."""
    like: Mapping[str, str]
    """What the place was like, and the work: ``setting`` rural, town, city; ``stage``."""
    shown: Shown


class Absence(Record, kw_only=True):
    """A stretch in which somebody was on the books and not at work."""

    begins: date
    ends: date | None
    kind: str
    shown: Shown


class Title(Record, kw_only=True):
    """A title, and since when."""

    title: str
    term: Sentence | str
    since: date | None
    """None where nobody has written it down."""
    shown: Shown


class YearResult(Record, kw_only=True):
    """The result of one year's appraisal."""

    year: int
    result: str
    term: Sentence | str
    shown: Shown


class Freeze(Record, kw_only=True):
    """Something that bars from titles and honours."""

    begins: date
    lifted: date | None
    """None where nobody has lifted it."""
    shown: Shown


class Fact(Record, kw_only=True):
    """What the register says in one field; an amount as a whole number, a code as text."""

    value: int | str
    term: Sentence | str
    shown: Shown


class Career(Record, kw_only=True):
    """All of it."""

    person: str
    born: date | None = None
    started: date | None = None
    """The first day at work anywhere."""
    stints: tuple[Stint, ...] = ()
    absences: tuple[Absence, ...] = ()
    titles: tuple[Title, ...] = ()
    results: tuple[YearResult, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict[str, Fact])

    @property
    def known_from(self) -> date | None:
        """The first day of the first stretch that is told of; None where none is."""
        return min((one.begins for one in self.stints), default=None)

    def title_on(self, day: date) -> Title | None:
        """Give the title held on a day: the last that was given, one without a day before all."""
        held = [one for one in self.titles if one.since is None or one.since <= day]
        return max(held, key=lambda one: one.since or date.min, default=None)
