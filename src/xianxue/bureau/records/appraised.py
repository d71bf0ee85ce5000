"""What an appraisal is handed, and what it gives back.

Whoever keeps the county fetches for each place and each leaf of a rubric what its source gave
(``Known``), with the trace of it or the reason why there is none; the room computes. Nothing in
here is a name of an assessor: marks come with the seat (评委3) and the panel.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.records.trace import Trace
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence


class Reading(Record, kw_only=True):
    """One thing that the source of a leaf gave: a figure, a count, one assessor's mark.

    What the value is, by the kind of the source:

    ========  ==================================================================================
    figure    the figure, in its indicator's unit; one reading
    finding   1 where the criterion is met, 0 where it is not; one for each stage or each criterion
    count     how many entries (or what amount) were counted; one
    marks     points, or the rank given, of one assessor each; a level by its name in ``level``
    poll      the share in per cent, or the mean of points, as the card asks; one
    document  1 for each document that was handed in and accepted, by its id in ``about``
    adjust    points of one addition (above 0) or deduction (below 0) each, with its document
    given     the number an office reported; one, or several that the card puts together
    rubric    the other rubric's total (or 1 with its grade in ``level``); one an appraisal
    ========  ==================================================================================
    """

    value: Fraction | None = None
    """None: there is one, but it does not count, for the reason in ``note`` (不评级)."""
    about: str = ""
    """Of what it is one: the stage, the criterion, the document, by id."""
    level: str = ""
    """The level or grade by its id, where the source gives one of these."""
    by: str = ""
    """The seat of the assessor (评委3), or the office."""
    panel: str = ""
    """The panel that the assessor sits in."""
    document: str = ""
    """The document that it rests on; empty where there is none."""
    note: str = ""
    traces: tuple[Trace, ...] = ()


class Known(Record, kw_only=True):
    """What the source of one leaf, or of one veto, gave for one place."""

    readings: tuple[Reading, ...] = ()
    lacking: Missing | None = None
    """Why there is none, where there is none: never a zero."""
    why: str = ""
    """The reason in words: whose number is missing, why it does not apply."""
    target: Fraction | None = None
    """The place's own target, for a curve that asks for it."""


class Judged(Record, kw_only=True):
    """One who is judged: a school, an office, a teacher, with all that is known on the day."""

    place: str
    """The code; the id of an office or a person where these are judged."""
    name: str
    facts: Mapping[str, int | str] = field(default_factory=dict[str, "int | str"])
    """Attributes (``school_type``, ``urban_rural``, ``unit``) by which items apply and groups are
    told apart."""
    known: Mapping[str, Known] = field(default_factory=dict[str, Known])
    """By the id of the leaf or of the veto. A leaf that is not there is not answered."""


class ItemScore(Record, kw_only=True):
    """One item of the tree for one place; branches are there as well as leaves."""

    item: str
    number: str
    """As the rubric numbers it: 1.2.3, or what the card says."""
    term: str
    depth: int
    """0 for the first rank of items."""
    source: str
    """The kind of its source; ``items`` for a branch."""
    points: Fraction | None
    """What it got; None where that is not known, or where it does not apply."""
    of: Fraction
    """Its full points by the card."""
    least: Fraction
    """What it gets at the least, and …"""
    most: Fraction
    """… at the most, as far as it is known; both are ``points`` where that is known."""
    applies: bool
    """False where the item does not apply, and its weight goes to the rest of its branch."""
    because: Sentence
    """How the points follow, in words."""
    citation: Citation | None = None
    traces: tuple[Trace, ...] = ()
    readings: tuple[Reading, ...] = ()
    flags: tuple[Sentence, ...] = ()
    """What to look at a second time: a mark far from the others, an addition without document."""


class Struck(Record, kw_only=True):
    """A veto that holds for a place."""

    veto: str
    term: str
    caps: str
    """The grade it caps at."""
    document: str
    """What it rests on; a veto without its document is an issue and does not count."""
    note: str = ""
    traces: tuple[Trace, ...] = ()


class Score(Record, kw_only=True):
    """What one place got."""

    place: str
    name: str
    total: Fraction | None
    """Exact, never rounded; None where something is missing."""
    shown: str
    """The total as the card rounds it; 未定 where it is not known."""
    of: Fraction
    least: Fraction
    most: Fraction
    items: tuple[ItemScore, ...]
    """All items in the order of the card, each branch before its own."""
    missing: tuple[str, ...] = ()
    """The leaves for which something is missing."""
    struck: tuple[Struck, ...] = ()
    issues: tuple[Issue, ...] = ()

    def item(self, name: str) -> ItemScore | None:
        """Give one item's score, or None."""
        return next((one for one in self.items if one.item == name), None)


class Graded(Record, kw_only=True):
    """The grade of one place, and its rank in its comparison group."""

    place: str
    group: str
    """The comparison group; empty where all are compared."""
    grade: str
    """The grade's id; empty where it is not determined."""
    term: str
    """The grade's name; 未定 where it is not determined."""
    rank: int | None
    """In the group, by the total: 1, 2, 2, 4."""
    because: Sentence
    by_lines: str = ""
    """The grade by the lines alone, before quota and vetoes."""


class Appraised(Record, kw_only=True):
    """An appraisal with all that came of it, as documents speak of it."""

    rubric: Rubric
    period: Period
    release: int
    """The number under which exactly this was published; 0 where it was not."""
    state: Sentence | str
    """How far it has come, in a word: 自评, 评审, 公示."""
    scores: Mapping[str, Score]
    """Place to what it got."""
    graded: Mapping[str, Graded]
