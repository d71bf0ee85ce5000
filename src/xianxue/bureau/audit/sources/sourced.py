"""Where a document's numbers come from: those that carry our tags, and those whose words say it.

A number that one of our reports wrote stands in a content control whose tag names the figure, and
the report carries a map of what it wrote there. Such a number is held against that map (has it been
changed by hand?) and against a workspace's figures (has the figure changed since?). A number
without a tag is matched by the words before it, strictly: place, stage and term and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal

from xianxue.bureau.audit.telling.literal import literal_of
from xianxue.bureau.documents.document import Control, Document
from xianxue.bureau.records.audited import Audit, Computed, Number, Operand, Proof
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

SourceState = Literal["same", "stale", "edited", "differs", "unknown"]
"""As the figure is; the figure has changed since; changed by hand; matched by words and another
number; without a source."""

STATES: Final[dict[SourceState, Sentence]] = {
    "edited": say("被改动"),
    "stale": say("已变动"),
    "differs": say("与系统不同"),
    "unknown": say("无来源"),
    "same": say("与系统一致"),
}
"""Gravest first."""
GRAVE: Final[frozenset[SourceState]] = frozenset({"edited", "stale"})
"""States in which the document does not say what the figures say."""

BY_TAG: Final = say("带有来源标记")
"""Why a number that was changed by hand is known to be meant."""

_OURS = re.compile(r"[\w.]+/\w+/\w+/[\w.-]+(?:~[0-9a-f]{16})?|.{47}~[0-9a-f]{16}")
_WITH_VALUE: Final = frozenset({"cardinal", "percent"})


class Known(Record, kw_only=True):
    """What is known of a tag: in the document's own map, or in a workspace."""

    key: str
    term: str
    place: str
    """The place's name, or its code where that is all there is: a code is not told."""
    period: str
    exact: str
    """The exact value as the map writes it: ``1168/1201``; empty for a word."""
    unit: str
    """The Chinese word; empty where there is none."""
    printed: tuple[str, ...]
    """How it was printed, or would be printed now; the usual form first."""


class Sourced(Record, kw_only=True):
    """A number of the document and what its source says."""

    state: SourceState
    how: Literal["tag", "words", ""]
    text: str
    start: int
    end: int
    recorded: Known | None = None
    """What the document's map says of it."""
    current: Known | None = None
    """What the workspace says of it."""
    message: str = ""


def tagged(
    document: Document, recorded: Mapping[str, Known], current: Mapping[str, Known] | None
) -> list[Sourced]:
    """Hold every tagged number against the document's map and, where given, a workspace.

    A control that is not ours, by its tag, is passed over.
    """
    found: list[Sourced] = []
    for control in document.controls:
        was, now = recorded.get(control.tag), (current or {}).get(control.tag)
        if was is not None or now is not None or _OURS.fullmatch(control.tag):
            found.append(_tagged(document, control, was, now, asked=current is not None))
    return found


def _tagged(
    document: Document, control: Control, was: Known | None, now: Known | None, *, asked: bool
) -> Sourced:
    text = document.text[control.start : control.end].strip()
    state, message = _state(text, was, now, asked=asked)
    return Sourced(
        state=state,
        how="tag",
        text=text,
        start=control.start,
        end=control.end,
        recorded=was,
        current=now,
        message=message,
    )


def _state(
    text: str, was: Known | None, now: Known | None, *, asked: bool
) -> tuple[SourceState, str]:
    untouched = was is not None and text in was.printed
    if now is not None:
        if text in now.printed or (untouched and was is not None and was.exact == now.exact):
            return "same", _as_now(now)
        if untouched:
            return "stale", say(
                "{name}写成时为{text}，现为{now}；请更新文稿",
                name=_name(now),
                text=text,
                now=now.printed[0],
            )
        said = say(
            "{name}现为{now}，文中为“{text}”", name=_name(now), now=now.printed[0], text=text
        )
        if was is not None:
            said += say("；写成时为{was}，写成后被改动", was=was.printed[0])
        return "edited", say("{said}；请核实后改正", said=said)
    if was is not None and not untouched:
        said = say(
            "{name}写成时为{was}，现为“{text}”，写成后被改动",
            name=_name(was),
            was=was.printed[0],
            text=text,
        )
        return "edited", say("{said}；请核实后改正", said=said)
    if asked or was is None:
        return "unknown", say("带有来源标记，但这个工作目录里没有这一项")
    return "same", say("{name}与写成时一致", name=_name(was))


def _name(known: Known) -> Sentence:
    place = "" if known.place.isdecimal() else known.place
    return say("{place}“{term}”（{period}）", place=place, term=known.term, period=known.period)


def _as_now(known: Known) -> Sentence:
    return say("{name}现为{now}，与文中一致", name=_name(known), now=known.printed[0])


def as_proof(sourced: Sourced, audit: Audit) -> Proof | None:
    """Tell of a number that was changed by hand as a relation: the same quantity stated twice.

    None for any other state, and where nothing is printed that is a number.
    """
    known = sourced.recorded or sourced.current
    if sourced.state != "edited" or known is None:
        return None
    printed = known.printed[0]
    value, was = literal_of(sourced.text), literal_of(printed)
    if was is None:
        return None
    advice = (
        say("写成时为{value}", value=printed)
        if sourced.recorded is not None
        else say("现为{value}", value=printed)
    )
    inside = next(_inside(audit.numbers, sourced.start, sourced.end), None)
    unit = inside.unit if inside is not None else ""
    stated = Operand(sourced.text, value or Decimal(0), unit, sourced.start, sourced.end)
    return Proof(
        verdict="inconsistent",
        kind="duplicate",
        quote=sourced.text,
        start=sourced.start,
        end=sourced.end,
        stated=stated,
        terms=(),
        computed=Computed(was, was),
        suggestion=advice,
        message=sourced.message,
        reason=BY_TAG,
    )


def _inside(numbers: Sequence[Number], start: int, end: int) -> Iterator[Number]:
    first = bisect_left(numbers, start, key=lambda one: one.start)
    while first < len(numbers) and numbers[first].start < end:
        yield numbers[first]
        first += 1


# ── by words ────────────────────────────────────────────────────────────────

_CLAUSE_END: Final = "，,。；;：:、（()）\n\t|！？!?"
_LONGEST: Final = 60
_FILLERS = re.compile(
    r"(?:人数|总数|总量|数量|数|合计|共计|总计|共有|共|现有|有|为|达到|达|是|约|\s)*\Z"
)
_OPENERS = re.compile(r"(?:20\d\d年底?|\s|现有|目前|其中|现|共|有|全县|全区|全市|我县|我区|我市)*")
_LABELS: Final = frozenset("表图")
"""表1 is the name of a table."""
_SENTENCE_END: Final = "。！？!?\n"
_SENTENCE: Final = 240
_YEAR = re.compile(r"(20\d\d)年|[上去前明下](?:一|个)?(?:学)?年")
_TAIL = re.compile(r"(?:人数|总数|总量|数量|数)\Z")
_ALIKE: Final = {"人": frozenset("人名位"), "个班": frozenset({"个班", "个", "班"})}


class Phrases(Record):
    """What a workspace's figures are called."""

    figures: Mapping[tuple[str, str], Known]
    """(place's name, name of the figure) to what is known; the county's place is ``""``.

    Only figures whose exact value is a fraction."""
    places: frozenset[str]
    years: frozenset[str]
    """The calendar years in which the period lies: a number of another year is not compared."""
    names: re.Pattern[str] | None = None
    """Official terms that have a number in them: 学前三年毛入园率, 每百名学生拥有…."""

    def find(self, words: str) -> Known | None:
        """Find the figure that such words name, and nothing beside it."""
        place, name = "", name_of(words)
        opened = _OPENERS.match(name)
        if opened is not None:
            name = name[opened.end() :]
        for length in range(len(name) - 1, 1, -1):
            if name[:length] in self.places:
                place, name = name[:length], name[length:].removeprefix("的")
                break
        return self.figures.get((place, name))


def name_of(words: str) -> str:
    """Take off what only leads to the number.

    >>> name_of("小学在校生数共有"), name_of("专任教师总数")
    ('小学在校生', '专任教师')
    """
    name = words[: match.start()] if (match := _FILLERS.search(words)) else words
    return _TAIL.sub("", name)


def worded(document: Document, audit: Audit, phrases: Phrases) -> list[Sourced]:
    """Match every number without a tag by its words; those that none meet have no source."""
    spans = [(one.start, one.end) for one in document.controls]
    if phrases.names is not None:
        spans += [found.span() for found in phrases.names.finditer(document.text)]
    spans = _merged(spans)
    starts = [start for start, _ in spans]
    found: list[Sourced] = []
    for number in audit.numbers:
        at = bisect_right(starts, number.start) - 1
        covered = at >= 0 and number.start < spans[at][1]
        label = document.text[number.start - 1 : number.start] in _LABELS
        if number.form not in _WITH_VALUE or number.value is None or covered or label:
            continue
        found.append(_worded(document.text, number, phrases))
    return found


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what overlaps: a term may stand inside a control that holds a whole sentence."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def clause_of(text: str, number: Number) -> int:
    """Give where the clause of a number begins; never further back than a sentence is long."""
    start = number.start
    while start > max(number.start - _LONGEST, 0) and text[start - 1] not in _CLAUSE_END:
        start -= 1
    return start


def named(text: str, number: Number, phrases: Phrases) -> Known | None:
    """Give the figure that the words of a number's own clause name, in that figure's unit."""
    known = phrases.find(text[clause_of(text, number) : number.start])
    return known if known is not None and _same_unit(number, known) else None


def _worded(text: str, number: Number, phrases: Phrases) -> Sourced:
    start = clause_of(text, number)
    known = named(text, number, phrases)
    if known is None or not _of_these(text, start, phrases):
        return _of_number(number, "unknown", None, "")
    low, high = number.low, number.high
    value = Fraction(known.exact)
    if low is not None and high is not None and Fraction(low) <= value <= Fraction(high):
        return _of_number(number, "same", known, _as_now(known))
    said = say(
        "{name}现为{now}，文中为{text}；请核对是不是同一口径",
        name=_name(known),
        now=known.printed[0],
        text=number.text,
    )
    return _of_number(number, "differs", known, said)


def _of_these(text: str, clause: int, phrases: Phrases) -> bool:
    """Whether the sentence up to a clause and in it speaks of the period's own years."""
    start = end = clause
    while start > max(clause - _SENTENCE, 0) and text[start - 1] not in _SENTENCE_END:
        start -= 1
    while end < min(clause + _LONGEST, len(text)) and text[end] not in _CLAUSE_END:
        end += 1
    said = list(_YEAR.finditer(text, start, end))
    return not said or said[-1][1] in phrases.years


def _of_number(number: Number, state: SourceState, known: Known | None, said: str) -> Sourced:
    return Sourced(
        state=state,
        how="words" if known is not None else "",
        text=number.text,
        start=number.start,
        end=number.end,
        current=known,
        message=said,
    )


def _same_unit(number: Number, known: Known) -> bool:
    unit = "%" if number.form == "percent" else number.unit
    return unit == known.unit or unit in _ALIKE.get(known.unit, ())
