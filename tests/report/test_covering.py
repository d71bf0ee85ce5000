"""Coverage: every statement is produced, free text or missing, and each is counted once."""

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.report.covering import FREE, Answer, Stated, cover

IDS = st.integers(0, 30).map("000-{:03}".format)
SORTS = st.sampled_from(["indicator", "ledger", FREE])
ANSWERS = st.dictionaries(
    IDS,
    st.lists(st.builds(Answer, st.just("a"), SORTS, st.sampled_from(["", "没有"])), max_size=3),
)


def test_a_statement_of_two_quantities_takes_both_producers():
    told = {
        "000-001": [Answer("indicator a", "indicator"), Answer("ledger b.c", "ledger", "还没有")],
        "000-002": [Answer("indicator a", "indicator"), Answer("ledger b.d", "ledger")],
        "000-003": [Answer("free_text general", FREE)],
    }
    listed = [Stated(f"000-00{number}", "办公室") for number in range(1, 5)]

    found = cover(listed, told)

    assert found.as_dict == {
        "statements": 4,
        "produced": 1,
        "free_text": 1,
        "missing": [
            {"id": "000-001", "reason": "ledger b.c：还没有"},
            {"id": "000-004", "reason": "还没有卡片写明由什么得出"},
        ],
        "by_office": {"办公室": {"statements": 4, "produced": 1, "free_text": 1, "missing": 2}},
    }


@given(st.lists(st.builds(Stated, IDS, st.sampled_from(["甲", "乙"]))), ANSWERS)
def test_statements_are_what_is_produced_free_and_missing(listed, told):
    found = cover(listed, told)

    for one in (found.whole, *found.offices.values()):
        assert one.statements == one.produced + one.free_text + one.missing
    assert found.whole.statements == len(listed)
    assert all(one.reason for one in found.missing)
