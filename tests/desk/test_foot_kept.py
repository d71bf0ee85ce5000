"""What is written below a form is kept with the return; the journal gets digests of what is personal."""

from __future__ import annotations

from datetime import UTC, datetime

from xianxue.bureau.values.record import replace
from xianxue.desk.actions.personal.expire import ExpirePersonal
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import JournalLine, PersonalValue

FOOT = {
    "head": "某校长（虚构）",
    "filler": "某会计（虚构）",
    "phone": "0970-0000000",
    "reported_on": "2025-09-20",
}
THREE_YEARS = datetime(2028, 9, 19, 16, 0, tzinfo=UTC)
"""2028-09-20 begins in Beijing: three years after the day of the submission."""


def handed_in(desk):
    filed = replace(desk.filed(), foot=FOOT)
    handed = desk.submitter()([filed])
    assert [issue.message for issue in handed.refused] == []
    return JournalLine.objects.get(deed="returns.submit")


def test_the_journal_has_digests_of_names_and_number_and_the_day_itself(desk):
    line = handed_in(desk)
    kept = {row.field: row for row in PersonalValue.objects.all()}
    assert {name: row.value for name, row in kept.items()} == {
        f"foot.{item}": FOOT[item] for item in ("head", "filler", "phone")
    }
    assert line.detail["foot"] == {
        **{item: {"personal": kept[f"foot.{item}"].digest} for item in ("head", "filler", "phone")},
        "reported_on": "2025-09-20",
    }
    for item in ("head", "filler", "phone"):
        assert FOOT[item] not in str(line.detail)
        assert FOOT[item] not in sentence(line, desk.ground)
    assert verify().issues == []


def test_they_are_destroyed_when_their_time_is_over(desk):
    handed_in(desk)
    early = THREE_YEARS.replace(hour=15, minute=59)
    assert ExpirePersonal(desk.ground, desk.office(), early, "保存期满")() == {}
    done = ExpirePersonal(desk.ground, desk.office(), THREE_YEARS, "保存期满")()
    assert done == {"school_annual": 3}
    found = verify()
    assert (found.issues, found.expired) == ([], 3)


def test_a_foot_nobody_filled_in_leaves_no_line(desk):
    desk.submit()
    assert "foot" not in JournalLine.objects.get(deed="returns.submit").detail
    assert not PersonalValue.objects.exists()
