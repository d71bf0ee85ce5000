"""Paper ballots read from a table: a row a paper (or as many as say the same), a column a tick."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from xianxue.bureau.ballots.opened import Column
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.sentence import Sentence, glued, joined, say
from xianxue.desk.actions.ballots.enter_papers import paper_text
from xianxue.desk.actions.ballots.opened import Opened
from xianxue.desk.workspace import ComplaintsError

GROUP: Final = "类别"
MANY: Final = "张数"
MARKS: Final = "标记"
PLACE: Final = "学校代码"
BESIDE: Final = (GROUP, MANY, MARKS, PLACE)
"""Heads of what a paper says beside its ticks; each may be left out."""
_APART: Final = "、"


def heads_of(poll: Opened) -> dict[str, Column]:
    """Give the heads of the table in which papers are entered: names of subjects, else questions.

    Where several questions are asked of each, a head is the subject's name and the question.
    """
    each = sum(question.each for question in poll.asked())
    found: dict[str, Column] = {}
    for column, question in poll.rules.columns.items():
        name = poll.setup.subjects.get(column.about, "")
        row = next((str(one.term) for one in question.rows if one.row == column.row), "")
        asked = "" if name and each == 1 else str(question.term)
        found["".join(" ".join(part for part in (name, asked, row) if part).split())] = column
    return found


def papers_in(poll: Opened, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Read papers; ComplaintsError with everything that cannot be read.

    What is ticked is read as it lies there, too much of it too: what it comes to is for the card.
    """
    issues: list[Issue] = []
    papers: Counter[str] = Counter()
    columns = heads_of(poll)
    for number, row in enumerate(rows, start=2):
        said = dict(zip(heads, (cell.strip() for cell in row), strict=True))
        if not any(said.values()):
            continue
        group = _group(poll, said.get(GROUP, ""))
        if group is None:
            issues.append(_wrong(number, say("没有“{group}”这一类人", group=said.get(GROUP, ""))))
            continue
        many = said.get(MANY, "") or "1"
        if not many.isdecimal() or not int(many):
            issues.append(_wrong(number, say("张数写了“{said}”：要正整数", said=many)))
            continue
        marks = _marks(poll, said.get(MARKS, ""))
        answers: dict[str, dict[str, Any]] = {}
        for head, column in columns.items():
            ticks, unknown = _ticks(poll, poll.rules.columns[column], said.get(head, ""))
            if unknown:
                saw = say("{head}写了“{said}”", head=head, said=unknown)
                issues.append(_wrong(number, saw))
            _put(answers, column, ticks)
        papers[paper_text(group, said.get(PLACE, ""), answers, marks)] += int(many)
    if issues:
        raise ComplaintsError(issues)
    return dict(papers)


def _wrong(row: int, saw: Sentence) -> Issue:
    required = say("卡片上有的类别、答案，或它们的编号")
    return Issue(
        code="B-PAPER", severity=Severity.MUST_FIX, cell=f"A{row}", saw=saw, required=required
    )


def _group(poll: Opened, said: str) -> str | None:
    groups = poll.card.groups
    if not said and len(groups) == 1:
        return groups[0].group
    return next((one.group for one in groups if said in {one.group, str(one.term)}), None)


def _marks(poll: Opened, said: str) -> tuple[str, ...]:
    terms = {str(one.term): one.mark for one in poll.card.validity.spoiled}
    return tuple(sorted(terms.get(one, one) for one in said.split(_APART) if one.strip()))


def _ticks(poll: Opened, question: Question, said: str) -> tuple[list[str], str]:
    known: dict[str, str] = {one: one for one in poll.rules.answers(question)}
    for one in poll.rules.answers(question):
        known[str(poll.option_term(question, one))] = one
    ticks: list[str] = []
    unknown: list[str] = []
    for each in (one.strip() for one in said.split(_APART)):
        if each in known:
            ticks.append(known[each])
        elif each and question.others:
            ticks.append(f"+{each.removeprefix('+')}")
        elif each:
            unknown.append(each)
    return ticks, joined("、", unknown) if unknown else ""


def entry_table(poll: Opened) -> bytes:
    """Write the empty table in which papers are entered, and what may be written where."""
    by_head, card = heads_of(poll), poll.card
    beside = (GROUP, MANY, MARKS, *((PLACE,) if card.by_place else ()))
    said = {
        head: [poll.option_term(poll.rules.columns[column], one)
               for one in poll.rules.answers(poll.rules.columns[column])]
        for head, column in by_head.items()
    }  # fmt: skip
    said |= {GROUP: [one.term for one in card.groups], MANY: [say("一样的几张；不写算 1 张")],
             MARKS: [one.term for one in card.validity.spoiled]}  # fmt: skip
    how = [(head, str(joined("、", words))) for head, words in said.items()]
    return write_lists([("录票", (*by_head, *beside), ()), ("怎样填", ("列名", "填什么"), how)])


def _put(answers: dict[str, dict[str, Any]], column: Column, ticks: list[str]) -> None:
    if not ticks:
        return
    said: Any = ticks if len(ticks) > 1 else ticks[0]
    kept: Mapping[str, Any] = answers.setdefault(column.about, {})
    if column.row:
        kept.setdefault(column.question, {})[column.row] = said
    else:
        answers[column.about][column.question] = said


def paper_told(poll: Opened, text: str) -> Sentence:
    """Tell of a paper as it was entered, in the words of the card."""
    paper = json.loads(text)
    group, answers = poll.card.group(paper["group"]), paper["answers"]
    parts: list[Sentence | str] = [str(paper["group"]) if group is None else group.term]
    parts += [paper["place"]] if paper["place"] else []
    for head, column in heads_of(poll).items():
        said = answers.get(column.about, {}).get(column.question, "")
        said = said.get(column.row, "") if column.row else said
        question = poll.rules.columns[column]
        given: Sequence[str] = [said] if isinstance(said, str) else said
        ticks = [poll.option_term(question, one) for one in given]
        if said:
            parts.append(glued((head, " ", joined("、", ticks))))
    marks = {one.mark: one.term for one in poll.card.validity.spoiled}
    return joined("；", [*parts, *(marks.get(one, one) for one in paper["marks"])])
