"""Complaints that were answered: what is still open, and all answers to one rule side by side.

An answer is carried forward from year to year while the value it speaks of stays the same; a
value that changed asks again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.brought import Said
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.contents.strict import number_of
from xianxue.bureau.returns.sheets.own_marks import ANSWERS
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say


class Subject(Record):
    """What an issue speaks of, as an explanation names it."""

    field: str
    """``sheet.row.field``, without the row in a sheet that has only one."""
    value: str
    """As it was written; where several numbers are compared, all of them."""
    cell: str
    """The value of the one cell that is named."""


def subject_of(issue: Issue, returned: Return, form: Form) -> Subject:
    """Give the field and value an issue speaks of; what is no cell has an empty value."""
    sheet_name, _, field_name = issue.field.partition(".")
    # Asked before the cell is looked for: the complaint names the first of the added cells.
    if any(rule.unusual == issue.code and rule.by == "return" for rule in form.unusual):
        # A total stands in no cell of its own, whichever is named first.
        return Subject(issue.field, issue.value, "")
    sheet = form.sheet(sheet_name)
    for row in returned.tables.get(sheet_name, ()) if sheet is not None else ():
        cell = row.cells.get(field_name)
        if cell is not None and cell.address == issue.cell:
            own = value_of(cell)
            key = field_key(sheet_name, row.code, field_name)
            return Subject(key, issue.value or own, own)
    return Subject(issue.field, issue.value, "")


def field_key(sheet: str, row: str, field: str) -> str:
    """Name a cell as explanations do.

    >>> field_key("students", "G1", "girls"), field_key("basic", "", "boarding")
    ('students.G1.girls', 'basic.boarding')
    """
    return ".".join(part for part in (sheet, row, field) if part)


def value_of(cell: Cell) -> str:
    """Give a cell's value as an explanation keeps it."""
    return cell.written or (str(cell.value) if isinstance(cell.value, int | str) else "")


def still_open(
    issues: Sequence[Issue], explanations: Iterable[Explanation], returned: Return, form: Form
) -> list[Issue]:
    """Give the issues about a return, those that were answered as remarks with their answer.

    Of several answers to the same question the last one counts. What has to be fixed cannot be
    explained away.
    """
    # Later ones replace earlier ones: explanations come in the order in which they were given.
    answers = {
        (each.rule, each.field): each
        for each in explanations
        if (each.form, each.place) == (returned.form, returned.place)
    }
    return [_answered(issue, answers, returned, form) for issue in issues]


def _answered(
    issue: Issue, answers: Mapping[tuple[str, str], Explanation], returned: Return, form: Form
) -> Issue:
    # What has to be fixed stays open, whatever was said of it.
    if issue.severity is not Severity.EXPLAIN or not answers:
        return issue
    subject = subject_of(issue, returned, form)
    answer = answers.get((issue.code, subject.field)) or answers.get((issue.code, issue.field))
    # Who explains one cell without looking at the complaint names that cell's value alone.
    if answer is None or not any(
        same_value(answer.value, value) for value in (subject.value, subject.cell)
    ):
        return issue
    day = answer.on
    said = say(
        "{by}已于 {year} 年 {month} 月 {day} 日说明：{text}。",
        by=answer.by,
        year=day.year,
        month=day.month,
        day=day.day,
        # A clerk's own full stop is enough.
        text=answer.text.removesuffix("。"),
    )
    return replace(
        issue,
        severity=Severity.NOTE,
        do=joined("", [said, say("值没有变，不必再说明")]),
    )


def about_what(issues: Sequence[Issue], returned: Return, form: Form) -> list[Issue]:
    """Write on each issue that may be explained what an explanation of it is kept under."""
    found: list[Issue] = []
    for issue in issues:
        if issue.severity is Severity.EXPLAIN:
            subject = subject_of(issue, returned, form)
            found.append(replace(issue, about=subject.field, value=subject.value))
        else:
            found.append(issue)
    return found


def answers_to(issue: Issue, said: Iterable[Said]) -> Said | None:
    """Give what a clerk wrote about an issue in the workbook; None where it is of another value."""
    for each in said:
        if (each.rule, each.about) == (issue.code, issue.about) and issue.about:
            # Another value is another question, even if the clerk wrote about this field before.
            return each if same_value(each.value, issue.value) else None
    return None


def with_said(issues: Sequence[Issue], said: Sequence[Said]) -> list[Issue]:
    """Give the issues, those that the clerk explained in the workbook as remarks."""
    found: list[Issue] = []
    for issue in issues:
        answer = answers_to(issue, said) if issue.severity is Severity.EXPLAIN else None
        if answer is None:
            found.append(issue)
            continue
        do = say("已在“{sheet}”表说明：{text}", sheet=ANSWERS, text=answer.text)
        found.append(replace(issue, severity=Severity.NOTE, do=do))
    return found


def same_value(one: str, other: str) -> bool:
    """Whether two texts are the same value: how a number is written does not matter.

    >>> same_value("1200", "１,200.0"), same_value("1200", "1201"), same_value("", "")
    (True, False, True)
    """
    if one.strip() == other.strip():
        return True
    # A spreadsheet may save 1200 as 1,200.0: that must not void what was explained.
    first, second = number_of(one.strip()), number_of(other.strip())
    return first is not None and first == second


# ── for the bureau ──────────────────────────────────────────────────────────


class Answer(Record):
    """One line of the table of all answers to a rule."""

    place: str
    name: str
    where: str
    """Sheet, row and item by their Chinese terms."""
    value: str
    text: str
    by: str
    on: str
    same_text: int
    """How many places gave this very answer: the same words everywhere explain little."""


def side_by_side(
    rule: str, explanations: Iterable[Explanation], shelf: Shelf, register: Register
) -> list[Answer]:
    """Give all answers to one rule, by item and place; the newest of each."""
    # As above: the last one given counts.
    newest = {
        (each.form, each.field, each.place): each for each in explanations if each.rule == rule
    }
    places_of: dict[str, set[str]] = {}
    for each in newest.values():
        places_of.setdefault(each.text.strip(), set()).add(each.place)
    return [
        Answer(
            place=each.place,
            name=register[each.place].name if each.place in register else each.place,
            where=name_of(each.form, each.field, shelf),
            value=each.value,
            text=each.text,
            by=each.by,
            on=each.on.isoformat(),
            same_text=len(places_of[each.text.strip()]),
        )
        for _, each in sorted(newest.items())
    ]


def name_of(form: str, field: str, shelf: Shelf) -> str:
    """Name a field of a form in Chinese; what the form does not know stays as it is written."""
    sheet_name, _, rest = field.partition(".")
    row, _, field_name = rest.rpartition(".")
    card = shelf.forms.get(form)
    sheet = card.sheet(sheet_name) if card is not None else None
    asked = sheet.field(field_name) if sheet is not None else None
    if sheet is None or asked is None:
        return field
    label = say("第 {row} 条", row=row) if row else ""
    if sheet.layout == "grid" and sheet.rows in shelf.codes:
        entry = shelf.codes[sheet.rows].entry(row)
        label = entry.term if entry is not None else row
    return joined("·", (part for part in (sheet.term, label, asked.term) if part))
