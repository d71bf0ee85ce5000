"""How proposals of ``xianxue returns map`` are shown: to people, and to programs."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import Final

from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.mapping.column_units import told
from xianxue.bureau.returns.mapping.decisions import fingerprint_of
from xianxue.bureau.returns.mapping.lacking import Lack, lacks_of
from xianxue.bureau.returns.mapping.proposal import Certainty, Proposal, name_of
from xianxue.bureau.returns.mapping.rejections import SERIAL
from xianxue.bureau.returns.mapping.targets import Target
from xianxue.bureau.returns.reading.unread import short
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_table
from xianxue.desk.returns.mapping.tables import Looked

CERTAINTY: Final[dict[Certainty, str]] = {
    "decided": say("已确认"),
    "sure": say("有把握"),
    "ask": say("请确认"),
    "unknown": say("不认识"),
    "skipped": say("不读"),
}


def conversion_of(each: Proposal) -> str:
    """Say what a column's numbers are multiplied by; empty where they stay as they are."""
    return told(each.unit, each.target.field) if each.target else ""


def tell(looked: Looked, shelf: Shelf) -> None:
    """Show one table's proposals."""
    way = looked.form.sheet(looked.proposals.way)
    how = say("〔{tab}〕一校几行", tab=tab_of(way)) if way else say("一校一行")
    known = say("，按已保存的对应 {mapping}", mapping=looked.card.mapping) if looked.card else ""
    title = say(
        "{named}→《{term}》（{how}{known}）",
        named=looked.named,
        term=looked.form.term,
        how=how,
        known=known,
    )
    rows = [_row(looked, each) for each in looked.proposals.columns]
    print_table(
        title,
        (
            say("行") if looked.table.down else say("列"),
            say("表头"),
            say("对应"),
            say("把握"),
            say("根据"),
            say("说明"),
        ),
        rows,
    )
    counts = Counter(each.certainty for each in looked.proposals.columns)
    said = joined(
        "，", (CERTAINTY[each] + f" {counts[each]}" for each in CERTAINTY if counts[each])
    )
    echo(say("共 {n} 列：{said}。", n=len(rows), said=said))
    if looked.blanks:
        print_table(
            say("句子里的空格"),
            (say("格"), say("空"), say("对应"), say("根据"), say("说明")),
            _blanks(looked),
        )
    lacks = lacks_of(looked.form, looked.proposals, shelf.codes)
    if looked.proposals.values and lacks:
        echo(say("必填而这张表里没有的："))
        # They come sheet by sheet, in the form's order.
        for sheet, missed in groupby(lacks, key=lambda lack: lack.sheet.sheet):
            own = looked.form.sheet(sheet)
            echo(
                say("  〔{tab}〕", tab=tab_of(own) if own else sheet)
                + joined("、", (lack.text for lack in missed))
            )


def tell_unread(looked: Looked) -> None:
    """Name the columns that nobody recognised and that were therefore not written anywhere."""
    unread = [
        f"{looked.table.column(each.head.at)}“{short(name_of(each.head))}”"
        for each in looked.proposals.columns
        # What somebody left out on purpose has no doubt; line numbers say nothing.
        if each.target is None and each.doubt and each.doubt != SERIAL
    ]
    if not unread:
        return
    n, listed = len(unread), joined("、", unread)
    echo(
        say("{named}有 {n} 行没有写：{listed}。", named=looked.named, n=n, listed=listed)
        if looked.table.down
        else say("{named}有 {n} 列没有写：{listed}。", named=looked.named, n=n, listed=listed)
    )


def _blanks(looked: Looked) -> list[tuple[str, ...]]:
    return [
        (
            say("{cell} 第 {nth} 处", cell=each.cell, nth=each.nth),
            each.blank.term + (say("（{unit}）", unit=each.blank.unit) if each.blank.unit else ""),
            each.target.named if each.target else "",
            each.why,
            say("按 {conversion}换算", conversion=each.conversion) if each.conversion else "",
        )
        for each in looked.blanks
    ]


def _row(looked: Looked, each: Proposal) -> tuple[str, ...]:
    times = conversion_of(each)
    said = joined(
        "；", filter(None, (each.doubt, say("按 {times}换算", times=times) if times else ""))
    )
    return (
        looked.table.column(each.head.at),
        short(name_of(each.head)),
        each.target.named if each.target else "",
        CERTAINTY[each.certainty],
        joined("、", each.reasons),
        said,
    )


def as_data(looked: Looked, shelf: Shelf) -> dict[str, object]:
    """Give one table's proposals to a program; scores are whole per cents."""
    return {
        "file": looked.file,
        "sheet": looked.tab,
        "form": looked.form.form,
        "lines_of": looked.proposals.way,
        "also_lines_of": list(looked.proposals.others),
        "fingerprint": fingerprint_of(looked.table),
        "mapping": looked.card.mapping if looked.card else "",
        "item_a_row": looked.table.down,
        "rows": len(looked.table.rows),
        "columns": [_column(looked, each) for each in looked.proposals.columns],
        "blanks": [
            {
                "cell": each.cell,
                "nth": each.nth,
                "text": each.blank.term,
                "unit": each.blank.unit,
                "field": each.target.reference if each.target else "",
                "term": each.target.named if each.target else "",
                "reason": each.why,
                "conversion": each.conversion,
            }
            for each in looked.blanks
        ],
        "missing": [_lack(lack) for lack in lacks_of(looked.form, looked.proposals, shelf.codes)],
    }


def _column(looked: Looked, each: Proposal) -> dict[str, object]:
    return {
        "column": looked.table.column(each.head.at),
        "header": name_of(each.head),
        "nth": each.nth,
        "field": each.target.reference if each.target else "",
        "term": each.target.named if each.target else "",
        "certainty": each.certainty,
        "score": round(each.score * 100),
        "reasons": list(each.reasons),
        "doubt": each.doubt,
        "others": [_other(other) for other in each.others],
        "unit": each.unit,
        "conversion": conversion_of(each),
        "example": each.example,
    }


def _other(target: Target) -> dict[str, str]:
    return {"field": target.reference, "term": target.named}


def _lack(lack: Lack) -> dict[str, object]:
    return {"field": lack.reference, "term": lack.field.term, "rows": list(lack.rows)}
