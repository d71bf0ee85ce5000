"""Lines as people write them at the terminal or type them on a page: ``物理类本科线=430``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from xianxue.bureau.exams.columns import hundredths
from xianxue.bureau.exams.heights import Height
from xianxue.bureau.exams.reading.marks import points_of
from xianxue.bureau.exams.reading.tabs import bare
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.exams.examination import Examination, LineKind
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

_HUNDREDTH: Final = Decimal("0.01")


class Typed(Record):
    """One line as it was typed."""

    line: str
    track: str
    height: str
    second: str = ""


def typed(text: str) -> Typed:
    """Take apart ``LINE[/TRACK]=HEIGHT[,SECOND]``.

    >>> typed("本科线/物理类=430,180")
    Typed(line='本科线', track='物理类', height='430', second='180')
    """
    name, _, number = text.partition("=")
    line, _, track = name.partition("/")
    height, _, second = number.partition(",")
    return Typed(line.strip(), track.strip(), height.strip(), second.strip())


def heights_of(
    card: Examination, shelf: Shelf, lines: Sequence[Typed], document: str
) -> tuple[list[dict[str, object]], list[Issue]]:
    """Read lines against the card; give them as they are kept, and every complaint."""
    reader = _Reader(card, shelf)
    found = [one for line in lines if (one := reader.read(line, document.strip())) is not None]
    if lines and not document.strip():
        required = say("写明定线的文件（--document）")
        reader.complain("X-LINE-DOCUMENT", say("没有写定线的文件"), required)
    return found, reader.issues


def as_heights(kept: Sequence[Mapping[str, object]]) -> list[Height]:
    """Give kept lines as computing takes them."""
    return [
        Height(
            line=str(one["line"]),
            track=str(one["track"]),
            total=int(str(one["total"])),
            second=str(one.get("second", "")),
            second_mark=int(str(one.get("second_mark", 0))),
            document=str(one.get("document", "")),
        )
        for one in kept
    ]


class _Reader:
    def __init__(self, card: Examination, shelf: Shelf) -> None:
        self.card = card
        self.issues: list[Issue] = []
        self._lines = words_of([one.line for one in card.lines], shelf.codes["exam_lines"])
        self._tracks = words_of([one.track for one in card.tracks], shelf.codes["exam_tracks"])
        self._terms = {
            entry.code: entry.term
            for name in ("exam_lines", "exam_tracks", "exam_subjects")
            for entry in shelf.codes[name].entries
        }

    def complain(self, code: str, saw: str, required: str, do: str = "") -> None:
        self.issues.append(
            Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
        )

    def read(self, said: Typed, document: str) -> dict[str, object] | None:
        kind = self._kind(said)
        if kind is None or not self._track_fits(kind, said):
            return None
        track = self._tracks.get(bare(said.track), "")
        full = self.card.full(track)
        total = self._points(said.height, full, self._terms[kind.line])
        found: dict[str, object] = {"line": kind.line, "track": track, "total": total}
        second = self.card.subject(kind.second) if kind.second else None
        if second is not None:
            term = self._terms[second.subject]
            if not said.second:
                saw = say("{line}没有写{subject}的线", line=self._terms[kind.line], subject=term)
                self.complain(
                    "X-LINE", saw, say("总分的线和{subject}的线，用逗号隔开", subject=term)
                )
                return None
            mark = self._points(said.second, second.full, term)
            found |= {"second": second.subject, "second_mark": mark}
            total = None if mark is None else total
        elif said.second:
            saw = say("{line}只有总分一条线", line=self._terms[kind.line])
            self.complain("X-LINE", saw, say("只写一个分数"))
            return None
        return None if total is None else found | {"document": document}

    def _kind(self, said: Typed) -> LineKind | None:
        code = self._lines.get(bare(said.line), "")
        kind = next((one for one in self.card.lines if one.line == code), None)
        if kind is None:
            known = joined("、", (self._terms[one.line] for one in self.card.lines))
            saw = say("这类考试没有分数线“{line}”", line=said.line)
            required = say("{known} 之一", known=known) if self.card.lines else ""
            self.complain("X-LINE", saw, required or say("这类考试不划线"))
        return kind

    def _track_fits(self, kind: LineKind, said: Typed) -> bool:
        allowed = kind.tracks or [one.track for one in self.card.tracks]
        track = self._tracks.get(bare(said.track), "")
        if (track in allowed) or (not allowed and not said.track):
            return True
        line = self._terms[kind.line]
        if not allowed:
            self.complain("X-LINE", say("{line}写了科类", line=line), say("这类考试不分科类"))
            return False
        known = joined("、", (self._terms[one] for one in allowed))
        if not said.track:
            saw = say("{line}没有写科类", line=line)
        else:
            saw = say("{line}写的科类是“{track}”", line=line, track=said.track)
        self.complain("X-LINE", saw, say("{known} 之一", known=known), say("写作 线/科类=分数"))
        return False

    def _points(self, text: str, full: Decimal, term: str) -> int | None:
        try:
            points = Decimal(bare(text).removesuffix("分"))
        except InvalidOperation:
            points = None
        if points is None or not points.is_finite() or not 0 <= points <= full:
            saw = say("{term}写的是“{text}”", term=term, text=text)
            self.complain("X-LINE", saw, say("0 到 {full} 分", full=points_of(full)))
            return None
        if points % _HUNDREDTH:
            saw = say("{term}写的是“{text}”", term=term, text=text)
            self.complain("X-LINE", saw, say("最多两位小数"))
            return None
        return hundredths(points)


def words_of(codes: Sequence[str], listed: CodeList) -> dict[str, str]:
    """Give the words by which some codes of a list go; the first that goes by one keeps it."""
    entries = {entry.code: entry for entry in listed.entries}
    found: dict[str, str] = {}
    for code in codes:
        entry = entries.get(code)
        for word in (code, *((str(entry.term), *entry.also) if entry is not None else ())):
            # The first line that goes by a word keeps it: 一本线 is 特控线 or 本科一批线, by card.
            found.setdefault(bare(word), code)
    return found
