"""A figure: what it comes to, out of what, from whom."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.trace import CellRef, Trace
from xianxue.bureau.values.exact import Exact
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import glued, joined, say


class Standing(StrEnum):
    """How a number came to be; only counted ones may stand in a sentence about what is."""

    COUNTED = "counted"
    ESTIMATED = "estimated"
    SUPPOSED = "supposed"


class Coverage(Record):
    """Who of those asked has been heard."""

    reported: int
    expected: int
    missing: tuple[str, ...] = ()
    """Codes of the places whose number is missing, in order."""
    not_applicable: tuple[str, ...] = ()
    """Codes of those who say that it, or some of it, does not apply to them; they have been heard.

    Both their parts have left a ratio, a spread or a share; a sum goes without what they left out.
    """

    @property
    def full(self) -> bool:
        """Whether nobody is missing."""
        return self.reported == self.expected


class Because(Record):
    """One place's contribution to a part of a figure."""

    place: str
    part: str
    """``numerator`` or ``denominator``; ``of`` for a count or sum."""
    amount: Fraction | None
    """In whole units; None where the number is missing."""
    traces: tuple[Trace, ...] = ()
    """What it ends in: cells somebody filled in, entries, scores, marks, tallies, figures."""
    note: str = ""
    """How the amount follows from the traces, where it is not their sum (a division by stage)."""

    @property
    def cells(self) -> tuple[CellRef, ...]:
        """Those of the traces that are cells of workbooks."""
        return tuple(trace for trace in self.traces if isinstance(trace, CellRef))


class Figure(Record, kw_only=True):
    """The value of one indicator for one place, stage and period.

    As it is counted it has no ``because``; explaining gives one back that has.
    """

    indicator: str
    place: str
    stage: Stage | None
    period: str
    value: Exact | None
    """In the indicator's unit (97.25… for per cent); None where it is undetermined."""
    unit: str
    shown: str
    """The value as it is printed, without its unit; 未定 where it is undetermined."""
    numerator: Fraction | None
    """In whole units of what is counted; None for spreads and undetermined figures."""
    denominator: Fraction | None
    coverage: Coverage
    step: Fraction = Fraction(1)
    """By how much the numerator grows when the place gets one whole unit more.

    For what a school's stages share, the numerator is ``T·w_s`` and the denominator
    ``Σ n_k·w_k`` (school total, stage weight, pupils), and the step is ``w_s``: one more room
    for the school is ``w_s`` more of the numerator. What is lacking is counted with it, so
    ``value = numerator ÷ denominator × unit.per`` must hold for split figures too.
    """
    standing: Standing = Standing.COUNTED
    release: str | None = None
    """The release it was figured from; None while figures are provisional."""
    because: tuple[Because, ...] = ()
    why: str = ""
    """Why it has no value, in Chinese, where that is not told by whose numbers are missing."""
    as_of: str = ""
    """The ISO day by whose places it was counted (合并口径); empty for places as they were."""
    slice: Slice | None = None
    """What of it alone is meant beside the stage; None for the whole."""

    def named(self, term: str) -> str:
        """Name it by its indicator's term, with what of it is meant: 进线率（初中·数学）."""
        return named(term, self.stage, self.slice)

    @property
    def key(self) -> str:
        """The tag under which documents carry the figure.

        ``indicator/place/stage/period``, and for a slice ``/dimension=code`` behind it: a key of
        a whole has four parts and one of a slice five, so that neither can be taken for another.

        >>> Figure(indicator="pupils", place="632500", stage=Stage.PRIMARY, period="2025-2026",
        ...     value=None, unit="person", shown="未定", numerator=None, denominator=None,
        ...     coverage=Coverage(0, 1)).key
        'pupils/632500/primary/2025-2026'
        """
        return key_of(self.indicator, self.place, self.stage, self.period, self.slice)


def key_of(
    name: str, place: str, stage: Stage | None, period: str, slice_of: Slice | None = None
) -> str:
    """Give the key of a figure, or of what is said of findings.

    >>> key_of("reached", "632500", Stage.LOWER_SECONDARY, "2025-2026", Slice("subject", "math"))
    'reached/632500/lower_secondary/2025-2026/subject=math'
    """
    # Place, stage and period keep their positions for ever: documents of past years carry the key.
    said = f"{name}/{place}/{stage.value if stage else 'all'}/{period}"
    return said if slice_of is None else f"{said}/{slice_of}"


def in_a_sentence(term: str, stage: Stage | None, slice_of: Slice | None = None) -> str:
    """Name an indicator as a sentence does: the stage in front, unless the term begins with it.

    >>> in_a_sentence("在校生数", Stage.PRIMARY), in_a_sentence("小学净入学率", Stage.PRIMARY)
    ('小学在校生数', '小学净入学率')
    >>> in_a_sentence("进线率", Stage.LOWER_SECONDARY, Slice("subject", "math", "数学"))
    '初中进线率（数学）'
    """
    part = say("（{slice}）", slice=slice_of.term or slice_of.code) if slice_of is not None else ""
    if stage is None or term.startswith(stage.term):
        return glued((term, part))
    return glued((say("{stage}{term}", stage=stage.term, term=term), part))


def named(term: str, stage: Stage | None, slice_of: Slice | None = None) -> str:
    """Name an indicator with what of it is meant.

    >>> named("进线率", Stage.LOWER_SECONDARY, Slice("subject", "math", "数学"))
    '进线率（初中·数学）'
    >>> named("在校生数", None)
    '在校生数'
    """
    meant: list[str] = [stage.term] if stage else []
    meant += [slice_of.term or slice_of.code] if slice_of else []
    return say("{term}（{meant}）", term=term, meant=joined("·", meant)) if meant else term
