"""One workbook while marks are taken off it and put on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from xianxue.bureau.documents.splice import Edits, SpliceError, parse
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.marking.answers import answers_sheet
from xianxue.bureau.returns.marking.colours import Look, known_colours
from xianxue.bureau.returns.marking.comments import add_comments, remove_comments
from xianxue.bureau.returns.marking.package import WORKBOOK, Tab, WorkbookParts
from xianxue.bureau.returns.marking.remarks import comment_on, look_of, reason_for, told_briefly
from xianxue.bureau.returns.marking.sheet import mark_sheet
from xianxue.bureau.returns.marking.sheet_clean import unmark_sheet
from xianxue.bureau.returns.marking.sheet_xml import SheetXml, split
from xianxue.bureau.returns.marking.styles import EMPTY, Styles
from xianxue.bureau.returns.marking.summary import looks, sign, summary_sheet
from xianxue.bureau.returns.marking.workbook_list import open_tab, put_first, take_out
from xianxue.bureau.returns.sheets.layout import plain
from xianxue.bureau.returns.sheets.own_marks import (
    ANSWERS,
    ANSWERS_SIGN,
    SIGN,
    VOICES,
    Voice,
    said_on,
)

_STYLES: Final = "xl/styles.xml"
_STYLES_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_OPEN: Final = "open"
_LONGEST_TAB: Final = 31
_MOST_HIDDEN: Final = 4


class MarkedBook:
    """A workbook that can be cleaned and marked; ``touched`` once anything was changed."""

    def __init__(self, book: Book) -> None:
        """SpliceError where this is no workbook that can be changed."""
        if book.package is None:
            message = "no zip whose parts could be changed"
            raise SpliceError(message)
        self.parts = WorkbookParts(book.package)
        self._book = book
        self._styles_name = self.parts.related(WORKBOOK, "styles")
        if not self._styles_name:
            self._styles_name = _STYLES
            self.parts.add(_STYLES, EMPTY, _STYLES_TYPE)
            self.parts.relate(WORKBOOK, "styles", _STYLES)
        self.touched = False
        self.said: tuple[Said, ...] = ()
        """What was explained in the workbook when the marks were taken off."""

    def to_bytes(self) -> bytes:
        """Give the workbook."""
        return self.parts.to_bytes()

    # ── taking off ──────────────────────────────────────────────────────────

    def clean(self) -> None:
        """Take off all marks of an earlier check; what was explained there is remembered."""
        tabs = self.parts.tabs()
        number, lines = self._ours(tabs, tuple(voice.summary for voice in VOICES), SIGN)
        answers, said = self._ours(tabs, (ANSWERS,), ANSWERS_SIGN)
        self.said = said_on(said)
        ours = {at for at in (number, answers) if at >= 0}
        if not ours and not self._has_our_comments(tabs):
            return
        hidden = [line[_line_at(lines) :][:3] for line in lines]
        styles = Styles(self.parts.contents[self._styles_name])
        styles.know(known_colours(hidden), guess=number < 0)
        for at, tab in enumerate(tabs):
            if tab.part and at not in ours:
                sheet = SheetXml(self.parts.contents[tab.part])
                unmark_sheet(sheet, styles)
                remove_comments(self.parts, sheet, tab.part)
                self.parts.contents[tab.part] = sheet.edits.result()
        self.parts.contents[self._styles_name] = styles.result()
        if ours:
            self._take_out(ours, hidden)
        self.touched = True

    def _ours(
        self, tabs: Sequence[Tab], names: tuple[str, ...], signed: str
    ) -> tuple[int, list[list[str]]]:
        """Find a sheet of ours by its sign: its number, and its cells as texts."""
        candidates = [at for at, tab in enumerate(tabs) if tab.name.startswith(names)]
        if not candidates:
            return -1, []
        try:
            for at in candidates:
                grid = self._book.cells(tabs[at].name)
                if grid and signed in grid[0]:
                    # Columns that are blank to the end are not given at all.
                    return at, [[*map(str, row), *[""] * _MOST_HIDDEN] for row in grid]
        except RefusedError as error:
            message = f"a sheet of ours cannot be read: {error}"
            raise SpliceError(message) from None
        return -1, []

    def _has_our_comments(self, tabs: Sequence[Tab]) -> bool:
        signs = [voice.comment.encode() for voice in VOICES]
        names = (self.parts.related(tab.part, "comments") for tab in tabs if tab.part)
        return any(sign in self.parts.contents[name] for name in names if name for sign in signs)

    def _take_out(self, ours: Collection[int], lines: Sequence[Sequence[str]]) -> None:
        opened, _ = open_tab(self.parts)
        said = next((line[1] for line in lines if line and line[0] == _OPEN), "0")
        first = next((line[2] for line in lines if line and line[0] == _OPEN), "")
        if opened in ours:
            opened = int(said) if said.isdigit() else 0
        else:
            opened -= sum(opened > at for at in ours)
            first = ""
        for number in sorted(ours, reverse=True):
            take_out(self.parts, number, opened, first)
        tabs = self.parts.tabs()
        if opened < len(tabs) and tabs[opened].any_part:
            self._select(tabs[opened].any_part, selected=True)

    def _select(self, part: str, *, selected: bool) -> None:
        """Select a sheet's tab or let it go: of two selected, what is typed goes into both."""
        xml = self.parts.contents[part]
        views = parse(xml).child("sheetViews")
        edits = Edits(xml)
        for view in views.children if views is not None else ():
            if selected or view.get("tabSelected"):
                edits.attributes(view, {"tabSelected": "1" if selected else "0"})
        self.parts.contents[part] = edits.result()

    # ── putting on ──────────────────────────────────────────────────────────

    def mark(
        self, issues: Sequence[Issue], file: str, voice: Voice, shown: Sequence[Issue]
    ) -> None:
        """Put the marks on a clean workbook; ``shown`` are those told at length."""
        briefly = told_briefly(issues, shown)
        tabs = self.parts.tabs()
        found = {issue.sheet: _find(issue.sheet, tabs) for issue in issues if issue.sheet}
        styles = Styles(self.parts.contents[self._styles_name])
        own = looks(styles)
        for tab in tabs:
            here = [issue for issue in briefly if issue.sheet and found[issue.sheet] is tab]
            if here and tab.part:
                self._mark_tab(tab, here, styles, voice)
        opened, first = open_tab(self.parts)
        hidden = [sign(file), (_OPEN, str(opened), first), *styles.palette.lines()]
        targets = {
            name: tab.name for name, tab in found.items() if tab is not None and not tab.hidden
        }
        title = f"{voice.summary}：{file}" if file else voice.summary
        explaining = any(issue.about for issue in issues)
        content = summary_sheet(
            title, shown, targets, hidden, own, voice=voice, explaining=explaining
        )
        self.parts.contents[self._styles_name] = styles.result()
        for tab in tabs:
            if tab.any_part:
                self._select(tab.any_part, selected=False)
        answers = answers_sheet(file, issues, targets, self.said, own)
        if answers:
            put_first(self.parts, _free_tab(tabs, ANSWERS), answers)
        put_first(self.parts, _free_tab(tabs, voice.summary), content)
        self.touched = True

    def _mark_tab(self, tab: Tab, issues: Sequence[Issue], styles: Styles, voice: Voice) -> None:
        by_cell: dict[str, list[Issue]] = {}
        by_row: dict[int, list[Issue]] = {}
        for issue in issues:
            at = split(issue.cell)
            if at is not None:
                by_cell.setdefault(issue.cell, []).append(issue)
                by_row.setdefault(at[0], []).append(issue)
        if not by_cell:
            return
        sheet = SheetXml(self.parts.contents[tab.part])
        marks: dict[str, Look] = {}
        for cell, all_ in by_cell.items():
            look = look_of(all_)
            if look is not None:
                marks[cell] = look
        reasons = {row: reason_for(all_, voice) for row, all_ in sorted(by_row.items())}
        mark_sheet(sheet, marks, reasons, styles, voice)
        texts = {cell: comment_on(by_cell[cell], voice) for cell in marks}
        add_comments(self.parts, sheet, tab.part, texts, voice.comment)
        self.parts.contents[tab.part] = sheet.edits.result()


def _find(name: str, tabs: Sequence[Tab]) -> Tab | None:
    """Find a sheet by its name; where there is only one, that is the one meant."""
    for same in (str, plain):
        for tab in tabs:
            if same(tab.name) == same(name):
                return tab
    return tabs[0] if len(tabs) == 1 else None


def _line_at(lines: Sequence[Sequence[str]]) -> int:
    """Give the first of the summary's hidden columns."""
    return lines[0].index(SIGN) if lines else 0


def _free_tab(tabs: Sequence[Tab], wanted: str) -> str:
    taken = {tab.name.lower() for tab in tabs}
    name, number = wanted, 2
    while name.lower() in taken:
        name = f"{wanted}（{number}）"[:_LONGEST_TAB]
        number += 1
    return name
