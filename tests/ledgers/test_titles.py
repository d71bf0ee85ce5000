"""What an entry is called, by the three kinds of fields that name one."""

from __future__ import annotations

import pytest

from xianxue.bureau.ledgers.titles import called


@pytest.mark.parametrize(
    ("ledger", "title", "told"),
    [
        ("hazards", "三楼应急灯不亮", "三楼应急灯不亮"),
        # A code is told by its term: nobody knows what «textbooks» is on a slip.
        ("aid_batches", "textbooks", "免教科书费"),
        ("aid_batches", "no_such_code", "no_such_code"),
        # A person is covered.
        ("teachers", "甲乙丙", "甲**"),
        ("hazards", None, ""),
    ],
)
def test_a_title_is_what_people_may_read(shelf, ledger, title, told):
    assert called(shelf.ledgers[ledger], shelf.codes, title) == told
