"""The matrix as a workbook: what is on the screen, with what is lacking in columns of its own."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.assessment.matrix import Block, Matrix
from xianxue.desk.assessment.words import unit_word
from xianxue.desk.returns.exporting import Sheet, workbook_of
from xianxue.web.assessment.judged import Judged
from xianxue.web.kit.files import download
from xianxue.web.kit.words import tell


def matrix_workbook(judged: Judged, matrix: Matrix) -> HttpResponse:
    """Give the matrix to be kept."""
    heads = [tell(say("学段")), tell(say("学校")), tell(say("代码")), tell(say("在校生"))]
    for one in matrix.criteria:
        heads += [tell(one.term), tell(say("{term}：还缺", term=one.term))]
    heads += [tell(say("达标项")), tell(say("判定"))]
    rows = [row for block in matrix.blocks for row in _rows(block)]
    total: list[object] = [tell(say("合计")), tell(say("还缺")), "", None]
    for one in matrix.totals:
        total += [None, f"{one.quantity} {unit_word(one.unit)}" if one.quantity else ""]
    rows.append([*total, "", ""])
    title = tell(say("{term} {period}", term=judged.card.term, period=judged.counts.period.term))
    data = workbook_of(Sheet(str(title), [str(head) for head in heads], rows))
    return download(data, f"{title}.xlsx")


def _rows(block: Block) -> Iterator[list[object]]:
    kinds = [one.term for one in (block.group, block.stage) if one is not None]
    stage = tell(joined(" ", kinds))
    for line in block.lines:
        row: list[object] = [stage, line.name, line.place, line.pupils]
        for cell in line.cells:
            lacking = cell.finding.lacking if cell is not None else None
            row += [
                cell.finding.shown if cell is not None else tell(say("不适用")),
                f"{lacking.quantity} {tell(unit_word(lacking.unit))}" if lacking else "",
            ]
        joint = line.joint
        yield [*row, joint.shown if joint else "", tell(joint.verdict.term) if joint else ""]
    row = [stage, tell(say("校际差异系数")), "", None]
    for one in block.spreads:
        row += [one.shown if one is not None else "", ""]
    if any(block.spreads):
        yield [*row, f"{block.spread_met}/{len(block.spreads)}", ""]
