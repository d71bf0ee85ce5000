"""What a pupil was to sit: subjects outside the track, subjects not chosen, and the total given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from xianxue.bureau.exams.columns import STEPS, Why
from xianxue.bureau.exams.reading import heads as roles
from xianxue.bureau.exams.reading.heads import MARKS
from xianxue.bureau.exams.reading.marks import Read, points_of, read_total
from xianxue.bureau.exams.reading.tabs import Issues, Line, Tab, bare
from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say


class Sits(Record):
    """Judges rows by what the card says each pupil sits."""

    card: Examination
    subjects: Mapping[str, Sentence]
    tracks: Mapping[str, Sentence]
    issues: Issues

    def judge(
        self,
        tab: Tab,
        line: Line,
        track: str,
        read: dict[str, Read],
        examined: Sequence[ExamSubject],
    ) -> None:
        """Say of subjects without a mark whether the pupil was to sit them at all."""
        chosen: list[str] = []
        for subject in examined:
            code, mark = subject.subject, read[subject.subject]
            if not self.card.sits(subject, track) and (track or not self.card.tracks):
                if mark.mark is not None:
                    saw = say(
                        "{track}的考生有{subject}成绩",
                        track=self.tracks.get(track, track),
                        subject=self._term(code),
                    )
                    do = say("请核对科类和成绩填错了哪一个")
                    at = line.at[MARKS + code]
                    self.issues.at(tab, at, "X-TRACK", saw, say("科类和科目相符"), do)
                read[code] = Read(None, Why.OTHER_TRACK)
            elif subject.chosen and mark.why is not Why.BLANK and mark.why is not Why.NOT_CHOSEN:
                chosen.append(code)
        self._choose(tab, line, read, examined, chosen)

    def _choose(
        self,
        tab: Tab,
        line: Line,
        read: dict[str, Read],
        examined: Sequence[ExamSubject],
        chosen: Sequence[str],
    ) -> None:
        """Take what is blank for not chosen, where as many as have to be are chosen."""
        wanted = self.card.choose
        if len(chosen) > wanted:
            names = joined("、", (self._term(code) for code in chosen))
            saw = say("选考了 {n} 门：{names}", n=len(chosen), names=names)
            at = line.at[MARKS + chosen[-1]]
            self.issues.at(tab, at, "X-CHOSEN", saw, say("选考 {n} 门", n=wanted))
        if len(chosen) >= wanted:
            for subject in examined:
                if subject.chosen and read[subject.subject].why is Why.BLANK:
                    read[subject.subject] = Read(None, Why.NOT_CHOSEN)

    def total(self, tab: Tab, line: Line, read: Mapping[str, Read]) -> None:
        """Hold a total that is given against the sum of the marks.

        Not where subjects are scaled: the total given may be of either, and both would be right.
        """
        counted = [one for one in self.card.subjects if one.counts and one.subject in read]
        text = line.cells.get(roles.TOTAL, "")
        if any(one.scheme for one in counted) or not bare(text):
            return
        total = read_total(text)
        made = sum(read[one.subject].mark or 0 for one in counted)
        wrong = any(read[one.subject].saw is not None for one in counted)
        if total != made and not wrong:
            saw = say(
                "总分写的是 {text}，各科相加是 {sum}",
                text=bare(text),
                sum=points_of(Decimal(made) / STEPS),
            )
            do = say("请核对各科成绩和总分哪一个错了")
            required = say("总分等于各科成绩之和")
            self.issues.at(tab, line.at[roles.TOTAL], "X-TOTAL", saw, required, do)

    def _term(self, code: str) -> Sentence | str:
        return self.subjects.get(code, code)
