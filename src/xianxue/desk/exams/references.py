"""What city and province reached, as people write it: ``全省:本科批/物理类=45.20``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.comparing import points_above
from xianxue.bureau.exams.reading.tabs import bare
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.exams.heights import words_of
from xianxue.desk.exams.lines_told import Reached
from xianxue.desk.exams.sittings import Standing, who_does
from xianxue.desk.workspace import Workspace

_OF: Final = {"province": say("全省"), "city": say("全市")}
_WORDS: Final = {"全省": "province", "省": "province", "全市": "city", "市": "city"}
_MOST: Final = 100


class Compared(Record):
    """A rate of ours held against one of theirs."""

    of: Sentence
    line: str
    track: str
    theirs: Fraction
    """In per cent."""
    apart: Fraction | Sentence
    """Ours less theirs, in percentage points."""

    @property
    def told(self) -> Sentence:
        """Say by how much ours is above or below."""
        if isinstance(self.apart, Sentence):
            return self.apart
        points = shown(abs(self.apart), 2)
        if self.apart > 0:
            return say("高出{of} {points} 个百分点", of=self.of, points=points)
        if self.apart < 0:
            return say("低于{of} {points} 个百分点", of=self.of, points=points)
        return say("与{of}持平", of=self.of)


def references_of(
    card: Examination, shelf: Shelf, texts: Sequence[str], document: str
) -> tuple[list[dict[str, object]], list[Issue]]:
    """Read references against the card; give them as they are kept, and every complaint."""
    lines = words_of([one.line for one in card.lines], shelf.codes["exam_lines"])
    tracks = words_of([one.track for one in card.tracks], shelf.codes["exam_tracks"])
    found: list[dict[str, object]] = []
    issues: list[Issue] = []
    for text in texts:
        name, _, number = text.partition("=")
        of, _, what = name.partition(":")
        line, _, track = what.partition("/")
        kept = {
            "of": _WORDS.get(bare(of), bare(of)),
            "what": lines.get(bare(line), ""),
            "track": tracks.get(bare(track), "") if track.strip() else "",
        }
        rate = _rate(number)
        good = kept["of"] in _OF and kept["what"] and (kept["track"] or not track.strip())
        if rate is None or not good:
            saw = say("参照写的是“{text}”", text=text)
            required = say(
                "写作 全省:线/科类=百分数，最多两位小数，如 全省:本科批/物理类=45.2；或 全市:…"
            )
            issues.append(_issue("X-REFERENCE", saw, required))
            continue
        found.append({**kept, "value": f"{rate}", "document": document.strip()})
    if texts and not document.strip():
        saw, required = say("没有写出处"), say("写明公布这个数的文件（--document）")
        issues.append(_issue("X-REFERENCE", saw, required))
    return found, issues


def set_references(
    workspace: Workspace,
    standing: Standing,
    values: Sequence[Mapping[str, object]],
    by: str | Actor,
) -> bool:
    """Set references; False where all of them stand so already."""
    who = who_does(workspace, by)
    from xianxue.desk.actions.exams.set_lines import SetReferences  # noqa: PLC0415 - needs Django

    return SetReferences(*who)(standing.sitting, values) is not None


def compared(standing: Standing, reached: Sequence[Reached]) -> list[Compared]:
    """Hold the county's rates against the references of the same line and track."""
    kept = standing.references.values if standing.references is not None else []
    found: list[Compared] = []
    for one in kept:
        mine = next((r for r in reached if (r.line, r.track) == (one["what"], one["track"])), None)
        if mine is None:
            continue
        theirs = Fraction(str(one["value"]))
        rate = say("算不出") if mine.rate is None else mine.rate
        of = _OF[str(one["of"])]
        found.append(Compared(of, mine.line, mine.track, theirs, points_above(rate, theirs)))
    return found


def referred_of(standing: Standing) -> dict[tuple[str, str], int]:
    """Give the references of all tracks together: whose rate of which line, in 0.01 per cent."""
    kept = standing.references.values if standing.references is not None else []
    return {
        (str(one["of"]), str(one["what"])): int(Decimal(str(one["value"])) * _MOST)
        for one in kept
        if not one["track"]
    }


def documents_of(standing: Standing) -> list[str]:
    """Name the documents of the references that stand."""
    kept = standing.references.values if standing.references is not None else []
    return sorted({str(one["document"]) for one in kept})


def _rate(text: str) -> Decimal | None:
    try:
        rate = Decimal(bare(text).removesuffix("%"))
    except InvalidOperation:
        return None
    # Rates are published with two decimals at most, and kept in hundredths of a per cent.
    if not rate.is_finite() or not 0 <= rate <= _MOST or rate * _MOST % 1:
        return None
    return rate


def _issue(code: str, saw: str, required: str) -> Issue:
    return Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required)
