"""Documents written from a workspace, and held against themselves before they are handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.outline import Free, Outline, Profile
from xianxue.bureau.records.occasion import Concern, Owed
from xianxue.bureau.records.planned import Planned
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report.notes import with_notes, working_sheet
from xianxue.bureau.report.official.write import paper_of, render_paper, setting_of
from xianxue.bureau.report.tables.subject_rows import parts
from xianxue.bureau.report.text import Text
from xianxue.bureau.report.word import render
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.appraisal.spoken import with_appraisals
from xianxue.desk.indicators.river import River
from xianxue.desk.report.dated import day_of
from xianxue.desk.report.occasions import THE_COUNTY, Asked, occasion_of
from xianxue.desk.report.own import contradictions
from xianxue.desk.report.workbook import workbook_of
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.stores.clock import day_of as day_of_clock
from xianxue.desk.stores.clock import now
from xianxue.desk.workspace import ComplaintsError, MisusedError

Notes = Literal["separate", "page", "none"]
"""Where 数据说明 stands: in a document of its own, on the last page, or nowhere."""


class Written(Record):
    """A document, its working sheet, and what is still to be done about it."""

    document: bytes
    sheet: bytes | None
    """数据说明; None where it is part of the document or was not asked for."""
    missing: tuple[str, ...]
    """Those without whose returns something had to stay open."""
    unwritten: tuple[Free, ...]
    """The passages that no office has written yet."""
    issues: list[Issue]
    """Contradictions that the auditor found in it."""


def write(  # noqa: PLR0913 - what a document is of, and how it is set
    river: River,
    outline: str | Outline,
    on: date | None = None,
    targets: Sequence[Attainment] = (),
    *,
    texts: Mapping[str, Sequence[str]] | None = None,
    notes: Notes = "separate",
    complete: bool = False,
    planned: Planned | None = None,
    style: str = "",
    asked: Asked = THE_COUNTY,
    book: bool = False,
    owed: Sequence[Owed] | None = None,
) -> Written:
    """Write a document as .docx, dated ``on`` or the last day of the year it was counted in.

    Without a date of its own a document would change from one day to the next although nothing
    it says has changed. ``asked`` says of which place or entry it is.
    ``complete`` refuses one in which something had to stay open; ``book`` writes its tables as a
    workbook; ``owed`` is what all places owe, where somebody has looked already.
    """
    card = river.workspace.shelf.outlines[outline] if isinstance(outline, str) else outline
    day = on or day_of(river, card)
    year = replace(
        with_appraisals(river),
        planned=planned,
        style=style,
        occasion=occasion_of(river, card, asked, on or day_of_clock(now()), owed),
    )
    composed = year.write(card, day, targets, texts)
    if composed.text is None:
        raise ComplaintsError(composed.issues)
    # Before anything is set: the office asked for no document rather than one with gaps.
    if complete and composed.missing:
        raise ComplaintsError(_lacking(river, composed.missing))
    if book:
        made = workbook_of(composed.text)
        return Written(made, None, composed.missing, composed.unwritten, [])
    if card.about and notes == "separate":
        # What is told to one place rests on what stands in it, and has no working sheet.
        notes = "none"
    profile = _profile(river)
    text = with_notes(composed.text, _overrides_told(river))
    sheet = working_sheet(text) if notes == "separate" else None
    body = text if notes == "page" else replace(text, notes=())
    document = _set(river, card, body, profile, year.occasion.subject)
    beside = None if sheet is None else render(sheet, profile)
    files = [document] if beside is None else [document, beside]
    shelf = river.workspace.shelf
    # A book has a row for each quantity, of which none is a part of the one above it: to read it
    # as an account would refute what nobody says. Each of its numbers is tagged all the same.
    books = any(block.book for block in card.blocks)
    held = [] if books else files
    wrong = [issue for file in held for issue in contradictions(shelf, file)]
    return Written(document, beside, composed.missing, composed.unwritten, wrong)


def _set(river: River, card: Outline, body: Text, profile: Profile, asked: Concern | None) -> bytes:
    """Set a document: as a report, or with the head and foot of its kind."""
    if not card.genre:
        return render(body, profile)
    shelf = river.workspace.shelf
    setting = setting_of(shelf, shelf.genres[card.genre], river.workspace.settings.profile)
    # Whose returns are missing stands before the text in a report; here too.
    blocks = (*body.coverage, *body.blocks, *body.notes)
    whole = replace(body, blocks=blocks, coverage=(), notes=())
    paper = paper_of(whole, setting, card.closing, _attended(card, asked))
    return render_paper(paper, setting, whole)


def _attended(card: Outline, subject: Concern | None) -> dict[str, tuple[str, ...]]:
    """Give who was at a meeting, by the fields that the card names."""
    if subject is None or subject.entry is None:
        return {}
    facts = subject.entry.facts
    return {head: tuple(parts(str(facts.get(name, "")))) for head, name in card.attendance.items()}


def _lacking(river: River, missing: Sequence[str]) -> list[Issue]:
    """Name everybody whose return is missing, one issue each."""
    register = river.register
    names = [register[code].name if code in register else code for code in missing]
    return [
        Issue(
            code="W-COVERAGE",
            severity=Severity.MUST_FIX,
            place=code,
            saw=say("缺{name}的报表", name=name),
            required=say("文稿所用报表全部报齐"),
            do=say("请催报后再写，或去掉 --complete，把缺数的段落留空"),
        )
        for code, name in zip(missing, names, strict=True)
    ]


def _profile(river: River) -> Profile:
    profiles, name = river.workspace.shelf.profiles, river.workspace.settings.profile
    profile = profiles.get(name)
    if profile is None:
        known = joined("、", profiles)
        raise MisusedError(say("没有版式“{profile}”；现有：{known}", profile=name, known=known))
    return profile


def _overrides_told(river: River) -> list[str]:
    """Say which returns came in past a rule of the policy: who reads the document must know."""
    if river.release is not None:
        overrides = river.release.manifest.overrides
    else:
        ground = open_ground(river.workspace)
        overrides = overrides_of(ground, river.holdings.kept, river.period.code)
    groups = Counter((one.term, one.reason) for one in overrides)
    return [
        say(
            "所用报表中有 {count} 份系例外办理：{term}（{reason}）。",
            count=count,
            term=term,
            reason=reason,
        )
        for (term, reason), count in groups.items()
    ]
