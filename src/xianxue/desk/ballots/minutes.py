"""The minutes of a count (计票记录), for signatures: the numbers, their sums, what follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.ballots.counting import ANSWERED, BLANK, VALID, VOID, Cells
from xianxue.bureau.ballots.results import sheet_of
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.report.text import Block, Heading, Paragraph, Text, TextTable
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.concluding import there_of
from xianxue.desk.ballots.conclusions import conclusions
from xianxue.desk.ballots.results import cells_of, proofs
from xianxue.desk.ballots.scores import scores
from xianxue.desk.ballots.told import Table, Told, told
from xianxue.desk.ballots.written import unspaced
from xianxue.desk.models.ballot import COUNTED, Poll
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import MisusedError

_SIGN: Final = "＿＿＿＿"


def minutes(poll: Poll, county: str, on: date) -> Text:
    """Write the minutes of a ballot that was counted; MisusedError of one that was not."""
    if poll.state != COUNTED:
        raise MisusedError(say("{title}还没有计票，没有计票记录", title=poll.title))
    held, shown = opened(poll), told(poll)
    when = day_of(poll.counted_at or poll.opened_at)
    return Text(
        title=f"{poll.title}\n计票记录",
        subtitle=f"（{_round(held)}{chinese_day(when)}计票）",
        blocks=tuple(_blocks(poll, held, shown)),
        signature=f"{county}教育局",
        on=on,
        name="计票记录",
    )


def _round(held: Opened) -> str:
    found = held.card.round(held.round)
    return f"{found.term}；" if found is not None else ""


def _blocks(poll: Poll, held: Opened, shown: Told) -> Iterator[Block]:
    cells = cells_of(poll)
    yield Heading(1, "一、", ("票数",))
    yield _numbers(poll, cells)
    yield from (Paragraph((one,)) for one in _sums(poll, held, cells))
    yield Heading(1, "二、", ("结果",))
    yield from _results([*shown.results, *scores(poll)])
    follows = conclusions(poll)
    if follows:
        yield Heading(1, "三、", ("结论",))
        yield from (Paragraph((unspaced(one),)) for one in follows)
    yield Heading(1, "四、" if follows else "三、", ("签字",))
    yield Paragraph((f"总监票人：{_SIGN}　监票人：{_SIGN}",))
    yield Paragraph((f"计票人：{_SIGN}　　录票人：{_SIGN}",))


def _numbers(poll: Poll, cells: Cells) -> TextTable:
    there, sheet, found = there_of(poll), sheet_of(cells), poll.results or {}
    heads = ("应到", "实到", "发出", "收回", "有效", "无效", "弃权")
    row = (
        there.entitled, there.present, found["issued"], found["spent"], sheet.valid, sheet.invalid,
        sheet.nothing,
    )  # fmt: skip
    note = "注：弃权指有效而一项也没有选的票。"
    return TextTable("表1  票数", heads, (tuple((str(one),) for one in row),), note)


def _sums(poll: Poll, held: Opened, cells: Cells) -> Iterator[str]:
    """Say which sums were proved."""
    found, sheet = poll.results or {}, sheet_of(cells)
    issued, spent = found["issued"], found["spent"]
    adds_up, enough = _said(spent == sheet.returned), _said(spent <= issued)
    yield (
        f"收回{spent}张，有效{sheet.valid}张加无效{sheet.invalid}张为{sheet.returned}张，{adds_up}；"
        f"收回不多于发出，{enough}，未收回{max(0, issued - spent)}张。"
    )
    wrong = list(_not_adding_up(held, cells))
    told_so = "不符：" + "、".join(wrong) if wrong else "相符"
    yield f"逐项核对，每项各档票数加未选、作废等于被问到的有效票数，{told_so}。"
    if held.card.keeps == "papers":
        faults = proofs(poll)
        again = "结果一致" if not faults else f"有{len(faults)}处不一致"
        yield f"按保存的不记名票重新计一遍，{again}。"


def _said(same: bool) -> str:  # noqa: FBT001 - what is said of it
    return "相符" if same else "不符"


def _not_adding_up(held: Opened, cells: Cells) -> Iterator[str]:
    """Name columns whose answers, blanks and voids are not the papers that were asked."""
    valid = sum(many for cell, many in cells.items() if (cell.question, cell.item) == ("", VALID))
    for column, question in held.rules.columns.items():
        mine = {
            cell: many
            for cell, many in cells.items()
            if (cell.question, cell.about) == (column.question, column.about)
        }
        of = {
            mark: sum(many for cell, many in mine.items()
                      if cell.item == mark and cell.row in {"", column.row})
            for mark in (ANSWERED, BLANK, VOID)
        }  # fmt: skip
        answers = sum(
            many for cell, many in mine.items()
            if cell.row == column.row and (cell.item[:1].isalnum() or cell.item.startswith("+"))
        )  # fmt: skip
        single = question.kind not in {"several", "ranking"}
        everybody = not question.asked_of and not question.when
        if (everybody and sum(of.values()) != valid) or (single and answers != of[ANSWERED]):
            yield str(held.setup.subjects.get(column.about) or question.term)


def _results(tables: Sequence[Table]) -> Iterator[Block]:
    for number, table in enumerate(tables, start=2):
        rows = tuple(
            (
                (str(term),),
                *((str(many) if many is not None else "—",) for many in counts),
            )
            for term, counts in table.rows
        )
        lost = any(many is None for _, counts in table.rows for many in counts)
        note = "注：“—”为人数少、不显示的数。" if lost else ""
        heads = ("", *(str(one) for one in table.heads))
        yield TextTable(f"表{number}  {table.term}", heads, rows, note)
