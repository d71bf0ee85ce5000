"""A workbook with an indicator system, looked at: what is proposed, and the card it would be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from xianxue.bureau.appraisal.importing.card import Naming, card_text
from xianxue.bureau.appraisal.importing.proposal import Item, System, find_system
from xianxue.bureau.appraisal.importing.sources import Guess, Names, guess
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.cards.keep_rubric import ImportedRubric
from xianxue.desk.appraisal.book_cells import sheets_of
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import ComplaintsError, MisusedError

_HEAD: Final = re.compile(r"^(?:- )?rubric:\s*([a-z]\w*)[ \t]*$", re.MULTILINE)
_TERM: Final = re.compile(r"^(?:  )?term:[ \t]*(['\"]?)(.+?)\1[ \t]*$", re.MULTILINE)


class Asked(Record, kw_only=True):
    """What the caller says of a workbook."""

    sheet: str = ""
    rubric: str = "imported_system"
    term: str = ""
    judges: str = "county"
    period: str = "calendar_year"
    document: str = ""
    issuer: str = ""


class Proposed(Record, kw_only=True):
    """What was found in a workbook."""

    system: System
    guesses: tuple[tuple[Item, Guess], ...]
    naming: Naming
    text: str
    """The card, to be looked over."""
    issues: tuple[Issue, ...]

    @property
    def ready(self) -> bool:
        """Whether nothing has to be mended first."""
        return all(one.severity is not Severity.MUST_FIX for one in self.issues)


def proposed(path: Path, shelf: Shelf, asked: Asked) -> Proposed:
    """Read a workbook; ComplaintsError for a file that is none, MisusedError for no such sheet."""
    try:
        book = open_book(read_file(path), path.name)
        sheets = list(sheets_of(book))
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(path.name)]) from refused
    tabs = [one.name for one in sheets]
    if asked.sheet and asked.sheet not in tabs:
        known = joined("、", tabs)
        raise MisusedError(say("没有工作表“{tab}”；现有：{known}", tab=asked.sheet, known=known))
    system = find_system(sheets, asked.sheet)
    names = names_of(shelf)
    guesses = tuple((one, guess(one, names)) for one in system.items if not one.below)
    title = asked.term or path.stem
    naming = Naming(
        rubric=asked.rubric,
        term=title,
        judges=asked.judges,
        period=asked.period,
        document=asked.document or title,
        issuer=asked.issuer or "未写明",
        file=path.name,
    )
    return Proposed(
        system=system,
        guesses=guesses,
        naming=naming,
        text=card_text(system, guesses, naming),
        issues=tuple(replace(one, file=path.name) for one in system.issues),
    )


def names_of(shelf: Shelf) -> Names:
    """Give what the county's cards offer as sources, by their terms."""
    figures = {
        str(one.term): (one.indicator, one.unit == "percent") for one in shelf.indicators.values()
    }
    counts = {
        str(count.term): f"{ledger.ledger}.{count.count}"
        for ledger in shelf.ledgers.values()
        for count in ledger.counts
    }
    polls = {
        str(ballot.term).removesuffix("调查"): (ballot.ballot, ballot.questions[0].question)
        for ballot in shelf.ballots.values()
        if ballot.mode == "survey" and ballot.questions
    }
    return Names(figures=figures, counts=counts, polls=polls)


def looked_over(path: Path) -> ImportedRubric:
    """Read a proposal that somebody has looked over; MisusedError where it holds no one rubric."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MisusedError(say("{file} 读不出来", file=path)) from error
    return card_of(text, path.name)


def card_of(text: str, file: str) -> ImportedRubric:
    """Give a proposal as a card that can be kept."""
    found = _HEAD.findall(text)
    if len(found) != 1:
        raise MisusedError(say("{file} 里要有一张评价卡片，现有 {n} 张", file=file, n=len(found)))
    at = _HEAD.search(text)
    term = _TERM.search(text, at.end() if at else 0)
    return ImportedRubric(ident=found[0], term=term[2] if term else found[0], text=text)
