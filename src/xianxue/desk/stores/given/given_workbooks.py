"""Workbooks and tables that somebody hands in, read within the bound no workbook of ours meets."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.returns.files.refusal import too_big
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.given.given_files import TooLargeError, read_given


def read_file(path: Path) -> bytes:
    """Read a workbook or table that somebody names; RefusedError where it is too large to be one.

    NotAFileError where it is no regular file.
    """
    try:
        return read_given(path, LARGEST_FILE)
    except TooLargeError as error:
        raise too_big(say("文件有 {n} MB", n=error.megabytes), LARGEST_FILE) from None
