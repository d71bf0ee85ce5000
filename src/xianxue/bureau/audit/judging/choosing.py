"""Which reading is meant, and what follows: symmetric, so that what is proved can be refuted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.relations import RELATIONS
from xianxue.bureau.audit.judging.testing import Tested, test
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.records.audited import Judgement
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined

SURE: Final = 0.9
"""From this certainty on a relation is proved or refuted: nine in ten were meant."""
LIKELY: Final = 0.6
"""From this certainty on a relation that fails is worth a look."""
HALF: Final = 0.5
"""A reading less certain than this is none that is proved or refuted, whatever its rivals are."""
RIVAL: Final = 0.3
"""Another reading as certain as this that holds takes the alarm away."""


_Key = tuple[str, tuple[int, ...], int]
"""A relation, its numbers whatever their order, and what it needs beside them: one reading."""


class Chosen(Record):
    """One relation with its verdict."""

    verdict: Judgement
    tested: Tested
    certainty: float
    reason: str


def certainty(one: Candidate, lexicon: Lexicon) -> float:
    """Say how certain it is that the author meant it: the odds of its cues, multiplied."""
    odds = prod(map(lexicon.made(_odds).__getitem__, one.cues))
    return odds / (1 + odds)


def _odds(lexicon: Lexicon) -> dict[str, float]:
    return {name: float(one.odds) for name, one in lexicon.cues.items()}


def reason(one: Candidate, lexicon: Lexicon) -> str:
    """Say why, in Chinese: the reasons of the cues that speak for it."""
    said = [lexicon.cues[cue] for cue in one.cues]
    told = [cue.reason for cue in said if cue.reason and cue.odds >= 1]
    return joined("；", dict.fromkeys(told))


def choose(candidates: Iterable[Candidate], lexicon: Lexicon) -> Iterator[Chosen]:
    """Give the verdict on each stated number, relation kind by relation kind."""
    groups: dict[tuple[int, str], dict[_Key, tuple[float, Candidate]]] = {}
    for one in candidates:
        group = groups.setdefault((one.stated.index, RELATIONS[one.relation].kind), {})
        key = (one.relation, tuple(sorted(term.index for term in one.terms)), one.extra)
        sure = certainty(one, lexicon)
        if key not in group or sure > group[key][0]:
            group[key] = (sure, one)
    each = (one for group in groups.values() for one in _of_group(group.values(), lexicon))
    yield from _once(list(each))


def _of_group(group: Iterable[tuple[float, Candidate]], lexicon: Lexicon) -> Iterator[Chosen]:
    tested = [(sure, test(one)) for sure, one in group]
    found = _verdict([(sure, one) for sure, one in tested if one is not None])
    if found is None:
        return
    verdict, sure, one = found
    relation = RELATIONS[one.candidate.relation]
    if relation.remark and not one.holds:
        verdict = "remark"
    if not (one.holds and relation.quiet):
        yield Chosen(verdict, one, sure, reason(one.candidate, lexicon))


def _once(chosen: list[Chosen]) -> Iterator[Chosen]:
    """Say once what is wrong with a total: that it is no sum, or that its parts exceed it."""
    sums = {
        one.tested.candidate.stated.index: one
        for one in chosen
        if one.tested.candidate.relation == "sum" and not one.tested.holds
    }
    over = {
        one.tested.candidate.stated.index
        for one in chosen
        if one.tested.candidate.relation == "parts_within" and one.verdict == "inconsistent"
    }
    for one in chosen:
        relation, place = one.tested.candidate.relation, one.tested.candidate.stated.index
        told = sums.get(place)
        if relation == "parts_within" and told and told.verdict == "inconsistent":
            continue
        if one is told and one.verdict == "possible" and place in over:
            continue
        yield one


def _verdict(tested: list[tuple[float, Tested]]) -> tuple[Judgement, float, Tested] | None:
    if not tested:
        return None
    tested.sort(key=lambda one: -one[0])
    together = _together([sure for sure, _ in tested])
    holding = [one for one in tested if one[1].holds]
    if holding:
        sure, one = holding[0]
        told = sure >= HALF and together >= SURE and one.fit == "exact"
        if sure < SURE and not (told and not one.candidate.stated.about):
            return None if sure >= RIVAL else _failing(tested, together)
        return ("consistent" if one.fit == "exact" else "rounding"), max(sure, together), one
    return _failing(tested, together)


def _failing(
    tested: list[tuple[float, Tested]], together: float
) -> tuple[Judgement, float, Tested] | None:
    """Give the verdict where no sensible reading holds: all of them together may be certain."""
    sure, one = tested[0]
    if any(one.fit == "loose" and sure >= RIVAL for sure, one in tested):
        return None
    if one.fit == "wide" or together < SURE or sure < HALF:
        return ("possible", sure, one) if sure >= LIKELY and not one.holds else None
    return "inconsistent", max(sure, together), one


def _together(certainties: list[float]) -> float:
    """Say how certain it is that one of several readings is meant: 0.7 and 0.7 are 0.91."""
    none = 1.0
    for sure in certainties:
        if sure >= RIVAL:
            none *= 1 - sure
    return 1 - none
