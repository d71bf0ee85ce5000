"""The frame of marks: its columns, and hundredths of a point that nothing is rounded to."""

from decimal import Decimal

import pytest

from xianxue.bureau.exams.columns import ENTERED, NOT_SITTING, Why, hundredths, layout
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.exams.examination import Examination

CARD = card_of(
    {
        "exam": "mock",
        "term": "模拟考",
        "stage": "upper_secondary",
        "subjects": [{"subject": "chinese", "full": 150}, {"subject": "physics", "full": 100}],
        "smallest": 5,
        "source": {"document": "scaled-scores", "seen": "relayed"},
    },
    Examination,
)


def test_the_frame_has_two_columns_a_subject_and_nobodys_name():
    assert list(layout(CARD)) == [
        *("row", "school", "class", "track"),
        *("m.chinese", "w.chinese", "m.physics", "w.physics"),
    ]


def test_every_kind_of_missing_says_on_which_side_it_is():
    """An exempt pupil was not to sit, and yet has no total: neither list names it."""
    assert {*ENTERED, *NOT_SITTING} == {*Why} - {Why.EXEMPT}
    assert len({why.term for why in Why}) == 7


def test_a_mark_finer_than_a_hundredth_is_refused_rather_than_rounded():
    assert hundredths(Decimal("0.01")) == 1
    with pytest.raises(ValueError, match="at most two decimals"):
        hundredths(Decimal("0.005"))
