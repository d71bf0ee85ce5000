"""The sheet on which a clerk explains what is unusual, finding by finding.

What stood there before is written again while the value is the same; of another value it is
shown beside, to be written anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.brought import Said
from xianxue.bureau.returns.checking.explanations import answers_to
from xianxue.bureau.returns.marking.list_sheet import Shape, list_link, list_row, list_sheet
from xianxue.bureau.returns.sheets.appearance import row_height
from xianxue.bureau.returns.sheets.own_marks import ANSWERS, ANSWERS_SIGN

_HEADS: Final = ("序号", "工作表", "单元格", "发现的问题", "请核对", "说明", "改数前写的")
_WIDTHS: Final = (6, 16, 9, 46, 34, 46, 24)
_LINK: Final = 3
_WRITE: Final = 6
"""The column a clerk writes in, from 1."""
_HIDDEN: Final = len(_HEADS) + 2
_TITLE, _HOW, _HEAD = 1, 2, 3
_INSTRUCTIONS: Final = (
    "下面的数不同寻常，不一定错。填错了的，请改原来的格子，这里不用写；确实如此的，请在黄色的格子里写明原因，"
    "保存后把本文件直接交回。写过的说明会记住，数不变就不用再写；数变了，请重新说明。"
)


def answers_sheet(
    file: str,
    issues: Sequence[Issue],
    targets: Mapping[str, str],
    said: Sequence[Said],
    look: Mapping[str, int],
) -> bytes | None:
    """Write the sheet; None where nothing is to be explained.

    ``targets`` gives each complaint's sheet name the tab it is found under; ``said`` is what
    stood on such a sheet before.
    """
    rows: list[str] = []
    links: list[str] = []
    for issue in issues:
        answer = answers_to(issue, said)
        # What was explained stays on the sheet, so that it is not lost when the workbook is checked
        # again.
        if not issue.about or not (answer or issue.severity is Severity.EXPLAIN):
            continue
        at = _HEAD + len(rows) + 1
        tab = targets.get(issue.sheet, "")
        if tab:
            links.append(list_link(at, _LINK, tab, issue.cell or "A1"))
        former = next(
            (
                f"{each.text}（原来是 {each.value}）"
                for each in said
                if answer is None and (each.rule, each.about) == (issue.code, issue.about)
            ),
            "",
        )
        rows.append(_line(at, issue, answer.text if answer else "", former, look, linked=bool(tab)))
    if not rows:
        return None
    title = f"{ANSWERS}：{file}" if file else ANSWERS
    above = [
        list_row(_TITLE, [(1, title, look["title"]), (_HIDDEN, ANSWERS_SIGN, 0)], 30),
        list_row(_HOW, [(1, _INSTRUCTIONS, look["plain"])], 34),
        list_row(_HEAD, [(at, head, look["head"]) for at, head in enumerate(_HEADS, 1)], 22),
    ]
    shape = Shape(_WIDTHS, _HIDDEN, 4, (_TITLE, _HOW), _HEAD, selected=False)
    return list_sheet([*above, *rows], links, shape, _HEAD + len(rows))


def _line(  # noqa: PLR0913 - one line tells about all of these
    at: int, issue: Issue, text: str, former: str, look: Mapping[str, int], *, linked: bool
) -> str:
    texts = (
        f"{at - _HEAD}",
        issue.sheet,
        issue.cell or ("打开" if linked else ""),
        issue.saw,
        # Once it is explained nothing is left to do.
        "" if text else issue.do,
        text,
        former,
    )
    kinds = ("number", "text", "link" if linked else "number", *["text"] * 4)
    cells = [
        (column, each, look["write" if column == _WRITE else kind])
        for column, (each, kind) in enumerate(zip(texts, kinds, strict=True), 1)
    ]
    # The reader needs the column, too: one may have been put in before it.
    about = (issue.code, issue.about, issue.value, f"{_WRITE - 1}")
    cells += [(column, each, 0) for column, each in enumerate(about, _HIDDEN)]
    return list_row(at, cells, row_height(zip(texts, _WIDTHS, strict=True)))
