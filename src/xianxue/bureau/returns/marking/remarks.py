"""What is said about a cell and a row: several complaints put into one text."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.marking.colours import Look
from xianxue.bureau.returns.sheets.own_marks import Voice
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Words

_FULL_STOPS = ("。", "？", "！", ".")
_OTHER = "\n— "
"""Begins the other language, as on the pages of a template."""


def look_of(issues: Sequence[Issue]) -> Look | None:
    """Give the look of a cell: red before amber; a remark leaves it as it is."""
    grades = {issue.severity for issue in issues}
    # The gravest decides: a cell has one colour.
    if Severity.MUST_FIX in grades:
        return "must_fix"
    return "explain" if Severity.EXPLAIN in grades else None


def comment_on(issues: Sequence[Issue], voice: Voice) -> str:
    """Give the comment on a cell: what is wrong, what is required, what to do."""
    texts = [f"{_grade(issue, voice)}\n{_sentence(issue, voice)}" for issue in issues]
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def reason_for(issues: Sequence[Issue], voice: Voice) -> str:
    """Give the text of the last column: all complaints of a row in one line, in few words.

    What the rule asks for and who says so stands in the comment and in the list.
    """
    return "　".join(
        f"【{voice.grades[issue.severity][0]}】{issue.cell}：{issue.saw}。{_ended(issue.do.partition(_OTHER)[0])}"
        for issue in issues
    )


def told_briefly(issues: Sequence[Issue], shown: Sequence[Issue]) -> list[Issue]:
    """Give what is told on the cells: of a complaint shown by its cause, only where to look first.

    Its cell keeps its colour: what stands there is wrong all the same.
    """
    heads = {issue.cause_of for issue in shown if issue.cause_of}
    # As it was said of the cause itself: how many follow is told in the list.
    causes = {issue.cause_of: issue for issue in issues if issue.cause_of in heads}
    told = set(map(id, shown))
    follow: dict[tuple[str, str, str], Issue] = {}
    # The gravest first: what follows in a cell from one cause is said there once.
    for issue in sorted(issues, key=lambda one: one.severity is not Severity.MUST_FIX):
        cause = causes.get(issue.cause)
        if cause is None or id(issue) in told:
            continue
        # The cell of the cause has it at length already.
        if (issue.sheet, issue.cell) != (cause.sheet, cause.cell):
            where = issue.sheet, issue.cell, issue.cause
            follow.setdefault(where, _following(issue, cause))
    return [*shown, *follow.values()]


def _following(issue: Issue, cause: Issue) -> Issue:
    saw = f"多半由〔{cause.sheet}〕{cause.cell}的问题引起：{cause.saw}"
    return replace(issue, saw=saw, required="", do="请先改那里，再校验一次", citation="")


def told_twice(issue: Issue, words: Words) -> Issue:
    """Give a complaint whose advice goes on with the whole of it in another language.

    It is left as it is without words. The row's last column, which has few words, stays Chinese.
    """
    if not words:
        return issue
    # Where it stands is seen: the remark stands there.
    said = replace(issue, file="", sheet="", cell="").message
    return replace(issue, do=f"{_ended(issue.do)}{_OTHER}{said.told(words)}")


def _grade(issue: Issue, voice: Voice) -> str:
    term, what = voice.grades[issue.severity]
    return f"{term}（{what}）"


def _sentence(issue: Issue, voice: Voice) -> str:
    text = issue.saw + (f"；{voice.required}：{issue.required}" if issue.required else "") + "。"
    text += _ended(issue.do)
    return text + (f"{voice.citation}：{issue.citation}。" if issue.citation else "")


def _ended(text: str) -> str:
    return text if not text or text.endswith(_FULL_STOPS) else f"{text}。"
