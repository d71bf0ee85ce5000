"""Paper to be filled in by hand: the ballot paper of a group (选票), the tally sheet (计票单)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.report.text import Block, Paragraph, Text, TextTable
from xianxue.desk.actions.ballots.opened import Opened
from xianxue.desk.ballots.paper import Field, blank_of
from xianxue.desk.ballots.written import unspaced

BOX: Final = "□"
_NAMES: Final = {"appraisal": "测评票", "election": "选票", "survey": "问卷"}
_WRITE: Final = "＿" * 12
_SIGN: Final = "＿＿＿＿"
_OTHERS: Final = 2
"""Lines for names that are not on the paper, where as many as there are may be written in."""


def ballot_paper(held: Opened, group: str, county: str, on: date) -> Text:
    """Write the paper of a group: what it is asked, to be ticked by hand."""
    known = held.card.group(group)
    term = str(known.term) if known is not None else group
    return Text(
        title=f"{held.title}\n{_NAMES[held.card.mode]}",
        subtitle=f"（{term}；不记名，请勿写姓名或作记号）",
        blocks=tuple(_asked(held, group)),
        signature=f"{county}教育局",
        on=on,
        name=_NAMES[held.card.mode],
    )


def tally_sheet(held: Opened, county: str, on: date) -> Text:
    """Write the sheet on which papers are tallied by hand, with the sums that have to hold."""
    return Text(
        title=f"{held.title}\n计票单",
        subtitle="（每类一张；唱票、计票、监票各一人）",
        blocks=tuple(_tallied(held)),
        signature=f"{county}教育局",
        on=on,
        name="计票单",
    )


def _asked(held: Opened, group: str) -> Iterator[Block]:
    if str(held.card.head):
        yield Paragraph((str(held.card.head),))
    for number, one in enumerate(blank_of(held, group).asked, start=1):
        question = one.question
        notes = "；".join(str(each) for each in (one.when, one.note) if str(each))
        note = f"（{unspaced(notes)}）" if notes else ""
        caption = f"{number}．{question.term}{note}"
        if question.kind == "text":
            yield Paragraph((f"{caption}：{_WRITE}",))
        elif question.kind == "ranking":
            rows = [(f"第{at}位", _WRITE) for at in range(1, held.rules.most(question) + 1)]
            choices = "、".join(str(each.term) for each in next(iter(one.fields)).choices)
            yield _table(caption, ("先后", "填写选项"), rows, f"选项：{choices}。")
        elif question.among:
            yield _among(held, caption, next(iter(one.fields)))
        elif len(one.fields) > 1 or question.each:
            heads = ("", *(str(each.term) for each in next(iter(one.fields)).choices))
            yield _table(caption, heads, [(str(each.term), *[""] * (len(heads) - 1))
                                          for each in one.fields])  # fmt: skip
        else:
            ticks = "　".join(f"{BOX}{each.term}" for each in next(iter(one.fields)).choices)
            yield Paragraph((f"{caption}　{ticks}",))


def _among(held: Opened, caption: str, field: Field) -> TextTable:
    rows = [(str(one.term), "") for one in field.choices]
    if field.others:
        rows += [("另选他人：", "")] * min(field.others, max(held.setup.seats, _OTHERS))
    return _table(caption, ("姓名", "同意（打“√”）"), rows)


def _tallied(held: Opened) -> Iterator[Block]:
    yield _table(
        "票数", ("类别", "应到", "实到", "发出", "收回", "有效", "无效"), [("", *[""] * 6)]
    )
    for question in held.asked():
        if question.kind == "text":
            continue
        yield _tally(held, question)
    yield Paragraph((
        "核对：收回＝有效＋无效；收回不多于发出；每一行各栏合计等于有效票数（可多选的除外）。",
    ))  # fmt: skip
    yield Paragraph((f"唱票人：{_SIGN}　计票人：{_SIGN}　监票人：{_SIGN}",))


def _tally(held: Opened, question: Question) -> TextTable:
    terms = [str(held.option_term(question, one)) for one in held.rules.answers(question)]
    if question.among:
        rows = [(one, "", "") for one in [*terms, *([""] * _OTHERS if question.others else [])]]
        return _table(str(question.term), ("姓名", "画“正”字", "得票"), rows)
    subjects = list(held.setup.subjects.values()) if question.each else [""]
    lines = [str(row.term) for row in question.rows] or [""]
    heads = ("", *terms, "未选", "作废", "合计")
    rows = [
        (f"{subject}{line}", *[""] * (len(heads) - 1)) for subject in subjects for line in lines
    ]
    return _table(str(question.term), heads, rows)


def _table(
    caption: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], note: str = ""
) -> TextTable:
    return TextTable(caption, heads, tuple(tuple((cell,) for cell in row) for row in rows), note)
