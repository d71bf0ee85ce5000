"""Where the name of a school in a row leads."""

from types import SimpleNamespace
from typing import Any, cast

from xianxue.web.exams.found import schools_by_name

NAMES = {"1": "中心小学（虚构）", "2": "中心小学（虚构）", "3": "第二小学（虚构）"}


def test_of_two_schools_of_one_name_neither_is_led_to():
    subject = cast("Any", SimpleNamespace(words=SimpleNamespace(school=NAMES.__getitem__)))
    assert schools_by_name(subject, NAMES) == {"第二小学（虚构）": "3"}
    # Among others the name is one school's.
    assert schools_by_name(subject, ["1", "3"]) == {NAMES["1"]: "1", NAMES["3"]: "3"}
