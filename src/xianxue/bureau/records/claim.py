"""A claim: a number in a sentence, and what it rests on."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.exact import Exact, Radical
from xianxue.bureau.values.record import Record

TAG_LIMIT: Final = 64
"""Word refuses a content control whose tag is longer (source: docs/decisions/report-tags.md)."""

_DIGEST_LENGTH: Final = 16
"""64 bits: no two keys of a country share a tag, and 47 characters stay for people to read."""


def tag_of(key: str) -> str:
    """Give the tag under which a document carries a key: the key itself, if it is short enough.

    A longer key is cut and closed by ``~`` and the first 16 hexadecimal digits of the key's
    SHA-256, so that the tag depends on the key alone and is the same in every document.

    >>> tag_of("pupils/632500/primary/2025-2026")
    'pupils/632500/primary/2025-2026'
    >>> tag_of("overqualified_teachers_per_100_pupils/2163000001/lower_secondary/2025-2026")
    'overqualified_teachers_per_100_pupils/216300000~de2675dad3f0b85c'
    """
    if len(key) <= TAG_LIMIT:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{key[: TAG_LIMIT - _DIGEST_LENGTH - 1]}~{digest}"


class Claim(Record, kw_only=True):
    """A piece of a sentence that says what a figure or finding is.

    Its key is the figure's own. What is said of findings has a key of the same form, with
    ``standard.criterion`` in place of the indicator and with the facet that is said
    (``#limit``, ``#lacking``, ``#not_met`` …) behind it.
    """

    text: str
    """As printed, with the unit where it stands beside the number."""
    name: str
    """The indicator, ``standard.criterion`` or standard."""
    facet: str = ""
    """Which side of it is said; empty for its value."""
    place: str
    stage: Stage | None
    period: str
    slice: Slice | None = None
    """What of it alone is meant beside the stage."""
    term: str
    """What it is, in Chinese."""
    value: Exact | None
    """Exactly; None for a word (达标) ."""
    unit: str
    shown: str
    """As printed, without its unit."""
    figure: Figure | None = None
    findings: tuple[Finding, ...] = ()
    """What it rests on, where it is not a figure's value alone."""
    unpublished: bool = False
    """Whether it is the result of an appraisal that may still change."""

    @property
    def key(self) -> str:
        """What the claim is about, in one line.

        >>> Claim(text="4人", name="balance.arts_teachers", facet="lacking", place="2163000001",
        ...     stage=None, period="2025-2026", term="", value=None, unit="person", shown="4").key
        'balance.arts_teachers/2163000001/all/2025-2026#lacking'
        """
        key = key_of(self.name, self.place, self.stage, self.period, self.slice)
        return f"{key}#{self.facet}" if self.facet else key

    @property
    def exact(self) -> str:
        """The value exactly: a fraction, or what a root is of; empty for a word.

        >>> Claim(text="97.25%", name="a", place="1", stage=None, period="2025", term="",
        ...     value=Fraction(4672, 4804), unit="percent", shown="97.25").exact
        '1168/1201'
        """
        if self.value is None:
            return ""
        if isinstance(self.value, Radical):
            of = self.value
            # Never as a decimal: a tool that reads it must be able to compare without rounding.
            return f"{of.times}*root({of.radicand},{of.degree})+{of.plus}"
        return str(self.value) if isinstance(self.value, Fraction) else f"sqrt({self.value.square})"

    @property
    def tag(self) -> str:
        """The tag of its content control."""
        return tag_of(self.key)

    @property
    def provisional(self) -> bool:
        """Whether it rests on a figure that no release has fixed yet."""
        if self.unpublished:
            return True
        figures = [self.figure, *(finding.figure for finding in self.findings)]
        # A limit is the rule's own number, and provisional in no release.
        return self.facet != "limit" and any(one and one.release is None for one in figures)
