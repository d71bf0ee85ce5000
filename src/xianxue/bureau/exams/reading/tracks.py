"""Which track a pupil sits: by its column, else by the subjects that only one track has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from xianxue.bureau.exams.columns import Why
from xianxue.bureau.exams.reading.heads import MARKS, TRACK, Wordbook
from xianxue.bureau.exams.reading.marks import Read
from xianxue.bureau.exams.reading.tabs import Issues, Line, Tab, bare
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.values.sentence import Sentence, joined, say

_NOT_THEIRS = (Why.BLANK, Why.NOT_CHOSEN)


@dataclass
class RowTracks:
    """The tracks of one tab's rows; each unknown word is complained of once."""

    tab: Tab
    card: Examination
    words: Wordbook
    terms: Mapping[str, Sentence]
    issues: Issues
    _unknown: set[str] = field(default_factory=set[str])

    def code(self, line: Line, read: Mapping[str, Read]) -> str:
        """Give the code of a row's track; empty where there are none, or with a complaint."""
        if not self.card.tracks:
            return ""
        said = bare(line.cells.get(TRACK, ""))
        if said:
            return self._said(line, said)
        return self._whole or self._by_subjects(line, read)

    @property
    def _whole(self) -> str:
        """The track the whole tab is of, where its name is just that."""
        return self.words.tracks.get(bare(self.tab.tab).lower(), "")

    def _said(self, line: Line, said: str) -> str:
        code = self.words.tracks.get(said.lower(), "")
        if not code and said not in self._unknown:
            self._unknown.add(said)
            saw = say("没有科类“{said}”", said=said)
            names = joined("、", (self.terms[one.track] for one in self.card.tracks))
            self.issues.at(
                self.tab, line.at[TRACK], "X-TRACK", saw, say("{names} 之一", names=names)
            )
        return code

    def _by_subjects(self, line: Line, read: Mapping[str, Read]) -> str:
        """Give the one track that sits just those subjects in which a row says anything."""
        limited = {one.subject: one.tracks for one in self.card.subjects if one.tracks}
        said = {code for code in limited if code in read and read[code].why not in _NOT_THEIRS}
        fits = [
            one.track
            for one in self.card.tracks
            if said == {code for code, tracks in limited.items() if one.track in tracks}
        ]
        if len(fits) == 1:
            return fits[0]
        at = line.at.get(TRACK) or next(
            (line.at[MARKS + code] for code in limited if MARKS + code in line.at), (line.number, 0)
        )
        saw = say("没有写科类，从有成绩的科目也认不出来")
        names = joined("、", (self.terms[one.track] for one in self.card.tracks))
        self.issues.at(self.tab, at, "X-TRACK", saw, say("科类写 {names} 之一", names=names))
        return ""
