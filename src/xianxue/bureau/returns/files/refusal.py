"""Why a file is not opened: the one complaint that says what it is, and what to hand in instead."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say

WANTED: Final = say(".xlsx 工作簿")
SAVE_AS: Final = say("请在 WPS 或 Excel 中打开，用“另存为”存成 .xlsx 工作簿，再交上来")


class RefusedError(Exception):
    """A workbook that is not read; carries the one complaint about it."""

    def __init__(  # noqa: PLR0913 - the parts of a complaint
        self, code: str, saw: str, required: str, do: str, *, sheet: str = "", cell: str = ""
    ) -> None:
        super().__init__(saw)
        self.code = code
        self.saw = saw
        self.required = required
        self.do = do
        self.sheet = sheet
        self.cell = cell
        self.place = ""
        self.form = ""

    def of(self, form: str, place: str) -> RefusedError:
        """Say whose workbook it seems to be."""
        self.form, self.place = form, place
        return self

    def issue(self, file: str) -> Issue:
        """Give the complaint."""
        return Issue(
            code=self.code,
            severity=Severity.MUST_FIX,
            file=file,
            sheet=self.sheet,
            cell=self.cell,
            place=self.place,
            form=self.form,
            saw=self.saw,
            required=self.required,
            do=self.do,
        )


def too_big(saw: str, limit: int = 0, *, sheet: str = "") -> RefusedError:
    """Say that there is too much of something; ``limit`` in bytes, where it is that."""
    required = say("不超过 {n} MB", n=limit // 2**20) if limit else say("内容集中在表格的前面")
    do = say("请删除数据以外的空行、空列、图片和格式（选中后整行整列删除），保存后再交")
    return RefusedError("R-TOO-BIG", saw, required, do, sheet=sheet)


def broken(detail: str, required: str = say("完整的 .xlsx 工作簿")) -> RefusedError:
    """Say that a file is damaged, and in which way."""
    do = say("请在电脑上打开确认后重新保存，再交上来")
    return RefusedError("R-BROKEN", say("文件已损坏：{detail}", detail=detail), required, do)


def password(required: str = say("不加密码的 .xlsx 工作簿")) -> RefusedError:
    """Say that a file is encrypted."""
    do = say("请打开后取消密码（文件→信息→保护工作簿→用密码进行加密，清空密码），保存后再交")
    return RefusedError("R-PASSWORD", say("文件加了打开密码，读不了"), required, do)


def macro(saw: str = say("文件里带有宏")) -> RefusedError:
    """Say that a file holds a program: nobody at the bureau is to open one from outside."""
    return RefusedError("R-MACRO", saw, say("不带宏的 .xlsx 工作簿"), SAVE_AS)


def linked() -> RefusedError:
    """Say that values come from another workbook, which is not here to be asked."""
    return RefusedError(
        "R-EXTERNAL",
        say("文件里有链接到别的工作簿的公式，数值可能不是最新的"),
        say("所有数字都在本工作簿内"),
        say("请用“数据→编辑链接→断开链接”把链接变成数值，保存后再交"),
    )


def not_a_workbook(saw: str) -> RefusedError:
    """Say what a file is instead of a workbook."""
    return RefusedError("R-NOT-XLSX", saw, WANTED, SAVE_AS)


def old_format(saw: str) -> RefusedError:
    """Say that a file is of a format that is read no more."""
    return RefusedError("R-XLS", saw, WANTED, SAVE_AS)
