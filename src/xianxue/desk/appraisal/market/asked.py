"""Markets that somebody hands in as a file, JSON or workbook, each told by what it begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xianxue.bureau.appraisal.choosing.matching import Market
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.sentence import say
from xianxue.desk.appraisal.market.json_file import read_json
from xianxue.desk.appraisal.market.notes import At, complaint, market_of
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import ComplaintsError

_BOOKS: Final = (".xlsx", ".xls", ".xlsm", ".et", ".csv", ".ods", ".tsv")


def read_market(path: Path) -> Market:
    """Read teachers and posts from a file; ComplaintsError with all that is wrong with it."""
    try:
        data = read_file(path)
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(path.name)]) from None
    if not data.strip():
        saw, do = say("文件是空的"), say("请核对是不是拿错了文件")
        required = say("教师志愿和岗位名单，JSON 或工作簿")
        raise ComplaintsError([complaint(path.name, At(), "M-EMPTY", saw, required, do)])
    if path.suffix.lower() in _BOOKS or data[:2] == b"PK":
        # Only here: whoever brings JSON need not wait for what reads workbooks.
        from xianxue.desk.appraisal.market.book import read_book  # noqa: PLC0415 - as above

        notes, issues = read_book(path.name, data)
    else:
        notes, issues = read_json(path.name, data)
    if notes is None:
        raise ComplaintsError(issues)
    market, issues = market_of(notes)
    if market is None:
        raise ComplaintsError(issues)
    return market
