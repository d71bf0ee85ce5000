"""Kinds of examination: codes that are there, marks within bounds, schemes, totals that can be."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.exams.examination import Examination, ExamSubject, Mark
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_values, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

SUBJECTS: Final = "exam_subjects"
TRACKS: Final = "exam_tracks"
LINES: Final = "exam_lines"
_WHOLE: Final = 100
_HUNDREDTH: Final = Decimal("0.01")
"""Marks are kept in hundredths of a point: no finer step could be told from another."""


def check_examinations(look: Look) -> None:
    """Check every kind of examination."""
    card: Examination
    for at, card in look.each("exam"):
        check_cited(look, at.at("source"), card.source)
        tracks = [one.track for one in card.tracks]
        _listed(look, at.at("tracks"), "track", tracks, TRACKS)
        subjects = [one.subject for one in card.subjects]
        _listed(look, at.at("subjects"), "subject", subjects, SUBJECTS)
        _listed(look, at.at("lines"), "line", [one.line for one in card.lines], LINES)
        if not card.subjects:
            at.at("subjects").complain("C-EMPTY", say("一个科目也没有"), say("至少一个科目"))
        elif not any(one.counts for one in card.subjects):
            saw = say("没有一个科目计入总分")
            at.at("subjects").complain("C-EXAM", saw, say("至少一个科目计入总分"))
        if card.ranks != "none" and all(one.below for one in card.marks):
            saw = say("要排位次，却没有一个等次可比")
            required = say("按达到某一等次（如及格）的比例带区间比，marks 里写明")
            at.at("ranks").complain("C-EXAM", saw, required)
        for index, subject in enumerate(card.subjects):
            _subject(look, at.at("subjects", index), subject, tracks)
        _chosen(at.at("choose"), card)
        for index, mark in enumerate(card.marks):
            _mark(look, at.at("marks", index), mark)
        for index, line in enumerate(card.lines):
            here = at.at("lines", index)
            _of(here.at("tracks"), line.tracks, tracks)
            if line.second:
                _of(here.at("second"), [line.second], subjects)


def _listed(look: Look, at: Spot, key: str, codes: Sequence[str], name: str) -> None:
    """Complain of codes that their list does not know, and of those that stand twice."""
    known = look.code_list(at, name)
    entries = {entry.code: entry.term for entry in known.entries} if known is not None else {}
    for index, code in enumerate(codes):
        here = at.at(index, key)
        if known is not None:
            look.known_code(here, code, entries, known.term)
        if code in codes[:index]:
            here.complain("C-TWICE", say("“{code}”写了两次", code=code), say("每个只写一次"))


def _subject(look: Look, at: Spot, subject: ExamSubject, tracks: Sequence[str]) -> None:
    if not subject.beyond.is_finite() or subject.beyond < 0 or subject.beyond % _HUNDREDTH:
        saw = say("附加分写了 {number}", number=subject.beyond)
        at.at("beyond").complain("C-EXAM", saw, say("0 或更多，最多两位小数"))
    for key, number in (("full", subject.full), ("step", subject.step)):
        finite(at.at(key), number)
        if number.is_finite() and number <= 0:
            saw = say("写了 {number}", number=number)
            at.at(key).complain("C-EXAM", saw, say("大于 0"))
    if subject.step.is_finite() and subject.full.is_finite() and subject.step > 0:
        if subject.step % _HUNDREDTH:
            saw = say("最小分差 {step}", step=subject.step)
            at.at("step").complain("C-EXAM", saw, say("最多两位小数"))
        elif subject.full % subject.step:
            saw = say(
                "满分 {full} 不是最小分差 {step} 的整数倍", full=subject.full, step=subject.step
            )
            at.at("full").complain("C-EXAM", saw, say("满分考得到"))
    if subject.scheme:
        look.refer(at.at("scheme"), "scheme", subject.scheme)
    _of(at.at("tracks"), subject.tracks, tracks)


def _of(at: Spot, codes: Sequence[str], known: Sequence[str]) -> None:
    """Complain of codes that this card does not have itself."""
    for index, code in enumerate(codes):
        if code not in known:
            saw = say("这张卡片里没有“{code}”", code=code)
            at.at(index).complain("C-EXAM", saw, say("本卡片自己列出的"), instead(code, known))


def _chosen(at: Spot, card: Examination) -> None:
    """A total needs to know how many subjects are chosen, and that it matters not which."""
    chosen = [one for one in card.subjects if one.chosen]
    if bool(chosen) != bool(card.choose) or card.choose > len(chosen):
        saw = say("选考科目 {n} 门，要选 {choose} 门", n=len(chosen), choose=card.choose)
        at.complain("C-EXAM", saw, say("写明从几门里选几门"))
    if len({one.full for one in chosen if one.counts}) > 1:
        saw = say("选考科目满分不一样")
        at.complain("C-EXAM", saw, say("可以互选的科目满分相同，总分才可比"))


def _mark(look: Look, at: Spot, mark: Mark) -> None:
    if bool(mark.at_least) == bool(mark.below):
        required = say("at_least 和 below 写一个，只写一个")
        at.complain("C-EXAM", say("“{mark}”没有写明界限", mark=mark.mark), required)
    for key, values in (("at_least", mark.at_least), ("below", mark.below)):
        if not values:
            continue
        check_values(look, at.at(key), values, ())
        for index, value in enumerate(values):
            if value.value.is_finite() and not 0 < value.value <= _WHOLE:
                saw = say("写了 {number}%", number=value.value)
                at.at(key, index, "value").complain("C-EXAM", saw, say("满分的 0 到 100%，不含 0"))
