"""Which header means which field: by its term, by its term without ornaments, by a synonym.

An exact term always wins. A header that two fields could claim is claimed by neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.texts import readings
from xianxue.bureau.returns.reading.schema import Plan
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.returns.sheets.layout import plain
from xianxue.bureau.values.record import Record

# difflib's own default: below it, terms of four characters that share two would be asked about.
_NEAR: Final = 0.6
"""How alike a stranger's header must be to a missing term to be asked about."""


class Words(Record):
    """The ways in which the headers of one sheet may be written."""

    exact: dict[str, str]
    """Term to field name."""
    near: dict[str, str]
    """Term without ornaments; where two fields share one it is left out."""
    synonyms: dict[str, str]

    def field_of(self, header: str) -> tuple[str, str, int]:
        """Give the field a header means, the unit it names, and how sure it is (0 is surest).

        The name is empty where it means none.
        """
        # Before all ornaments are taken off: a term may have brackets of its own.
        name = self.exact.get(plain(header))
        if name is not None:
            return name, "", 0
        for rank, words in enumerate((self.near, self.synonyms), 1):
            for core, unit in readings(header):
                if core in words:
                    return words[core], unit, rank
        return "", "", 0


def words_of(fields: Iterable[Field]) -> Words:
    """Collect the ways in which fields' headers may be written."""
    fields = tuple(fields)
    exact = {plain(each.term): each.field for each in fields}
    near: dict[str, set[str]] = {}
    synonyms: dict[str, set[str]] = {}
    for each in fields:
        for core, _ in readings(each.term):
            near.setdefault(core, set()).add(each.field)
        for synonym in each.synonyms:
            for core, _ in readings(synonym):
                synonyms.setdefault(core, set()).add(each.field)
    return Words(exact, _alone(near), _alone(synonyms))


@lru_cache(maxsize=1024)
def words_of_plan(plan: Same[Plan]) -> Words:
    """Collect them for a sheet, once."""
    return words_of(plan.it.laid.fields)


def _alone(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {text: next(iter(names)) for text, names in found.items() if len(names) == 1}


@dataclass
class Matched:
    """What the headers of one row (or the labels of one column) mean."""

    fields: dict[str, int] = field(default_factory=dict[str, int])
    """Field name to its place in the row."""
    units: dict[str, str] = field(default_factory=dict[str, str])
    """Field name to the unit its header names, where it names one."""
    again: dict[int, str] = field(default_factory=dict[int, str])
    """Place of a further header of a field to the field's name."""


def match_heads(texts: Sequence[str], words: Words) -> Matched:
    """Find the fields of a row of headers; of several for one field the surest comes first."""
    # Gathered first: whether a header is the surest for its field shows only when all are known.
    claims: dict[str, list[tuple[int, int, str]]] = {}
    for at, text in enumerate(texts):
        if text:
            name, unit, rank = words.field_of(text)
            if name:
                claims.setdefault(name, []).append((rank, at, unit))
    found = Matched()
    for name, heads in claims.items():
        # By how sure, then by place: of equally sure ones the leftmost.
        (best, at, unit), *others = sorted(heads)
        found.fields[name] = at
        if unit:
            found.units[name] = unit
        # A synonym beside the term itself is another thing, a second term is the same.
        found.again.update({other: name for rank, other, _ in others if rank == best})
    return found


def near_term(header: str, missing: Iterable[Field]) -> str:
    """Give the one missing term that a header is like; empty where there is none, or several."""
    terms = {readings(each.term)[-1][0]: each.term for each in missing}
    # Two, to see whether there is a second: then neither is suggested.
    close = get_close_matches(readings(header)[-1][0], terms, n=2, cutoff=_NEAR)
    return terms[close[0]] if len(close) == 1 else ""
