"""The targets of a release as a file: what its figures have counted, the same bytes each time.

``targets.json`` stands beside the figures and its digest in the manifest. A release that counted
no target has no such file. Who set a target and when is no part of it: that stands in the
journal, and two releases of the same state are the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

import msgspec

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Goal, Origin, Target

TARGETS: Final = "targets.json"


class TargetKept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One target, and the period whose figures counted it."""

    counted_in: str
    indicator: str
    place: str
    stage: str = ""
    period: str
    """The period it was set for."""
    amount: str
    """Exactly, as a fraction or a whole number."""
    goal: Goal
    origin: str
    source: str
    revision: int
    slice: dict[str, str] = {}
    """A slice's parts with its words, as in ``figures.json``; empty for the whole."""


def lines_of(targets: Mapping[str, Sequence[Target]]) -> list[TargetKept]:
    """Write targets by the period that counted them, in the order of periods and keys."""
    return [
        _line(period, one)
        for period in sorted(targets)
        for one in sorted(targets[period], key=lambda one: one.key)
    ]


def read_targets(text: bytes) -> dict[str, tuple[Target, ...]]:
    """Read targets back, by the period that counted them."""
    found: dict[str, list[Target]] = {}
    for line in msgspec.json.decode(text, type=list[TargetKept]):
        found.setdefault(line.counted_in, []).append(_target(line))
    return {period: tuple(targets) for period, targets in found.items()}


def _line(period: str, target: Target) -> TargetKept:
    of = target.slice
    words = {"dimension": of.dimension, "code": of.code, "term": of.term, "of": of.of} if of else {}
    return TargetKept(
        counted_in=period,
        indicator=target.indicator,
        place=target.place,
        stage=target.stage.value if target.stage else "",
        period=target.period,
        amount=str(target.amount),
        goal=target.goal,
        origin=target.origin.value,
        source=target.source,
        revision=target.revision,
        slice=words,
    )


def _target(line: TargetKept) -> Target:
    return Target(
        indicator=line.indicator,
        place=line.place,
        stage=Stage(line.stage) if line.stage else None,
        period=line.period,
        amount=Fraction(line.amount),
        goal=line.goal,
        origin=Origin(line.origin),
        source=line.source,
        revision=line.revision,
        slice=Slice(**line.slice) if line.slice else None,
    )
