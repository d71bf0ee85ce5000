"""What is printed of a package: the directory with what is missing, and the covers of a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.appraisal.packing.package import Box, Filed, Package, Sheet, Slip
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.official.covers import Cover
from xianxue.bureau.report.text import Block, Heading, Paragraph, Text, TextTable
from xianxue.bureau.values.record import Record

_HEADS: Final = ("索引号", "评价项", "佐证", "存放")
_MISSING: Final = "缺"
_NOT_ASKED: Final = "不适用"
_JUDGED: Final = {
    "figure": "按报表数据计算",
    "finding": "按报表数据判定",
    "count": "按台账统计",
    "poll": "按测评和问卷的结果",
    "marks": "由评委评分",
    "adjust": "没有加减分",
    "rubric": "取另一项评价的结果",
}
"""How an item is judged that asks for no paper."""


class Head(Record, kw_only=True):
    """What every paper of a package begins and ends with."""

    rubric: str
    period: str
    signed: str
    """Whose name stands below: the place's own, or the bureau's."""
    on: date
    """Up to when evidence is in."""


def directory(package: Package, head: Head) -> Text:
    """Write the directory of one place: every box, and what is missing, item by item."""
    return Text(
        title=f"{head.rubric}\n迎检材料目录",
        subtitle=f"（{package.name}，{head.period}）",
        blocks=tuple(_blocks(package, head)),
        signature=head.signed,
        on=head.on,
        name="迎检材料目录",
    )


def overview(packages: Sequence[tuple[Package, str]], head: Head) -> Text:
    """Write which places there are in a package of several, and in which folder each lies."""
    rows = tuple(
        (
            (str(at),),
            (one.name,),
            (folder,),
            (str(len(one.files)),),
            (str(len(one.missing) + len(one.owed)),),
        )
        for at, (one, folder) in enumerate(packages, start=1)
    )
    table = TextTable("", ("序号", "单位", "文件夹", "文件", "缺"), rows)
    return Text(
        title=f"{head.rubric}\n迎检材料总目录",
        subtitle=f"（{head.period}，材料截至{chinese_day(head.on)}）",
        blocks=(table,),
        signature=head.signed,
        on=head.on,
        name="迎检材料总目录",
    )


def covers(box: Box, package: Package, head: Head) -> list[Cover]:
    """Give the cover of a box, then those of its items."""
    rows = tuple(
        ((one.number,), (one.term,), (_counted(one),), (_lacks(one),)) for one in box.covered
    )
    table = TextTable("", ("序号", "评价项", "佐证", "还缺"), rows)
    made = [
        Cover(
            index=f"第 {box.at} 盒",
            title=head.rubric,
            name=f"{box.number}　{box.term}",
            lines=(package.name, head.period),
            table=table,
        )
    ]
    return made + [_cover(one, package, head) for one in box.covered]


def _cover(sheet: Sheet, package: Package, head: Head) -> Cover:
    rows = tuple(((number,), (paper,), (where,)) for number, paper, where in _rows(sheet))
    told = [package.name, head.period]
    told += [f"满分 {sheet.points} 分"] if sheet.points else []
    lacks = [one.term for one in sheet.missing]
    notes = [f"还缺：{'、'.join(lacks)}"] if lacks else []
    return Cover(
        index=f"索引号 {sheet.number}",
        title=head.rubric,
        name=f"{sheet.number}　{sheet.term}",
        lines=tuple(told),
        table=TextTable("", ("索引号", "佐证", "存放"), rows),
        notes=tuple(notes),
    )


def _blocks(package: Package, head: Head) -> Iterator[Block]:
    sheets, missing, owed = package.sheets, package.missing, package.owed
    boxes = sum(bool(one.at) for one in package.boxes)
    asked = sum(len(one.slips) for one in sheets if not one.excused)
    lacks = f"还缺 {len(missing)} 份" if missing else "不缺"
    also = f"另有 {len(owed)} 项的数还没有报。" if owed else ""
    told = (
        f"材料截至{chinese_day(head.on)}，共 {boxes} 盒，{len(sheets)} 项要材料；"
        f"应有佐证 {asked} 份，{lacks}；"
        f"文件 {len(package.files)} 个，一个文件用在几项的只放一处，别处写明见哪一号。{also}"
    )
    yield Paragraph((told,))
    yield Heading(1, "一、", ("目录",))
    for box in package.boxes:
        rows = tuple(
            ((number,), (f"{sheet.number} {sheet.term}",), (paper,), (where,))
            for sheet in box.sheets
            for number, paper, where in _rows(sheet)
        )
        which = f"第 {box.at} 盒　" if box.at else ""
        yield TextTable(f"{which}{box.number} {box.term}", _HEADS, rows)
    yield Heading(1, "二、", ("还缺的佐证",))
    yield from _missing(package)
    if package.unasked:
        yield Heading(1, f"{chinese(3)}、", ("卡片不再要的佐证",))
        names = "；".join(one.file.title for one in package.unasked)
        yield Paragraph((f"{names}。放在最后一个文件夹，不计入各项。",))


def _missing(package: Package) -> Iterator[Block]:
    rows = [
        ((slip.number,), (f"{sheet.number} {sheet.term}",), (slip.term,))
        for sheet, slip in package.missing
    ]
    rows += [
        (("—",), (f"{one.number} {one.term}",), (f"{one.owed}还没有报数",)) for one in package.owed
    ]
    if rows:
        yield TextTable("", ("索引号", "评价项", "缺什么"), tuple(rows))
    else:
        yield Paragraph(("各项要的佐证都有。",))


def _rows(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """Give index number, document and where it lies, a line each."""
    if not sheet.asks:
        yield "—", "—", _JUDGED.get(sheet.source, "—")
    for slip in sheet.slips:
        yield slip.number, slip.term, _where(sheet, slip)
    for one in sheet.cited:
        yield "—", one.document, f"{one.what} 的依据"
    if sheet.owed and not sheet.excused:
        yield "—", f"{sheet.owed}报的数", "还没有报"


def _where(sheet: Sheet, slip: Slip) -> str:
    if slip.missing:
        return f"{_NOT_ASKED}：{sheet.excused}" if sheet.excused else _MISSING
    return "；".join(_lies(slip, one) for one in slip.files)


def _lies(slip: Slip, filed: Filed) -> str:
    name = filed.name.rpartition("/")[2]
    return name if slip.here(filed) else f"见 {filed.number}"


def _counted(sheet: Sheet) -> str:
    if sheet.excused:
        return _NOT_ASKED
    there = sum(not one.missing for one in sheet.slips)
    return f"{there}/{len(sheet.slips)} 份" if sheet.slips else f"{len(sheet.cited)} 个文号"


def _lacks(sheet: Sheet) -> str:
    if sheet.excused:
        return ""
    return "、".join([*(one.term for one in sheet.missing), *([sheet.owed] if sheet.owed else [])])
