"""What a school may not learn of another by filling in its code."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from kit.forms import multipart

OTHER = "2163990004"
"""A school that is not the clerk's; its numbers are invented (虚构)."""


@pytest.fixture(scope="module")
def of_another(county) -> tuple[str, bytes]:
    """Another school's workbook with every number trebled, as somebody would make it to find out."""
    (path,) = (county / "workbooks").glob(f"{OTHER}_*.xlsx")
    book, kept = openpyxl.load_workbook(path), io.BytesIO()
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, int) and 3 < cell.value < 1900:
                cell.value *= 3
    book.save(kept)
    return path.name, kept.getvalue()


@pytest.mark.parametrize("deed", ["check", "submit"])
def test_a_school_is_not_told_what_another_reported_last_year(
    site, token_for, of_another, tmp_path, deed
):
    token = token_for(site.workspace, "school_clerk", tmp_path)
    fields = {"clerk": ["甲（虚构）"], "head": ["乙（虚构）"]}
    kind, body = multipart(fields, {"files": of_another})
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    answer = site.visitor().ask("POST", f"/api/v1/returns/{deed}", body, headers)
    assert answer.status == 200, answer.text
    issues = json.loads(answer.text)["issues"]
    assert [one["code"] for one in issues] == ["F-SCOPE"]
    assert "上年" not in answer.text


def test_the_office_is_told(site, token, of_another):
    kind, body = multipart({}, {"files": of_another})
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    answer = site.visitor().ask("POST", "/api/v1/returns/check", body, headers)
    messages = [one["message"] for one in json.loads(answer.text)["issues"]]
    assert any("上年" in message for message in messages)
