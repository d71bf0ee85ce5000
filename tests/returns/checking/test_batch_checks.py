"""Returns beside each other and the register: whose, for when, how often; one complaint each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import COUNTY, MUST, REGISTER, SCHOOL, TOWNSHIP, filed, form_of, shelf_of

from xianxue.bureau.places.dated import Dated, Link
from xianxue.bureau.places.events import Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.returns.checking.batch import RIVAL, check_batch
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

FORM = form_of(term="虚构年报")
SHELF = shelf_of(FORM)
PERIOD = Period.parse("2025-2026")


def one(name="a", **more):
    return filed({}, **({"file": f"{name}.xlsx", "digest": name} | more))


def told(returns, register=REGISTER, shelf=SHELF, period=PERIOD):
    found = check_batch(returns, register, shelf, period)
    assert {issue.severity for issue in found} <= {MUST}
    assert all(issue.form == "f" for issue in found)
    return [(issue.code, issue.message) for issue in found]


def gone(**more):
    parts = {
        "code": "2163000003", "name": "虚构旧校", "level": "school", "parent": "632500100",
        "opened": date(1990, 9, 1),
    }  # fmt: skip
    return Place(**(parts | more))


def test_a_return_for_the_batch_goes_on():
    assert told([one()]) == []
    # One whose form nobody knows is complained of elsewhere.
    assert check_batch([one(form="g")], REGISTER, SHELF, PERIOD) == []


def test_a_place_nobody_knows():
    required = "要求：本县名册中的学校。请核对是否是外县学校的报表；新开办的学校请先登记入册。"
    assert told([one(place="2199999999"), one("b", place="")]) == [
        ("R-UNKNOWN-PLACE", f"a.xlsx：代码 2199999999 不在虚构县的名册中；{required}"),
        ("R-UNKNOWN-PLACE", f"b.xlsx：代码 （空） 不在虚构县的名册中；{required}"),
    ]
    assert told([one(place="2199999999")], register=None) == []


@pytest.mark.parametrize(
    ("life", "sentence"),
    [
        ({"closed": date(2025, 8, 31)}, "虚构旧校已于 2025-08-31 停办"),
        ({"closed": date(2025, 9, 1)}, None),  # its last day
        ({"opened": date(2025, 9, 1)}, None),
        ({"opened": date(2025, 9, 2)}, "虚构旧校到 2025-09-01 还没有开办"),
        # Restored later: on the day it was not there.
        ({"gaps": ((date(2024, 9, 1), date(2025, 9, 1)),)}, "虚构旧校已于 2024-08-31 停办"),
        ({"gaps": ((date(2024, 9, 1), date(2025, 8, 31)),)}, None),
    ],
)
def test_a_place_that_is_not_there_on_the_day(life, sentence):
    register = Register.of([COUNTY, TOWNSHIP, gone(**life)])
    found = told([one(place="2163000003")], register)
    rest = "；要求：统计时点存在的学校。请核对代码；不应报送的请退回，名册有误的请先更正。"
    assert found == ([] if sentence is None else [("R-CLOSED", f"a.xlsx：{sentence}{rest}")])


def test_what_became_of_a_school_is_told():
    """Merged into two schools on the day after its last, of which one was renamed since."""
    day = date(2024, 9, 1)
    links = tuple(Link(day, code, False, Kind.MERGED) for code in ("2163000002", "2163000004"))
    # What came before it was closed, or after the day that is asked for, is no part of it.
    early = Link(date(2024, 8, 31), "2163000002", False, Kind.SPLIT)
    late = Link(date(2025, 9, 2), "2163000002", False, Kind.SPLIT)
    new = gone(
        code="2163000004",
        name="虚构新校",
        names=(Dated(None, "虚构二校"), Dated(date(2025, 1, 1), "虚构新校")),
    )
    old = gone(closed=date(2024, 8, 31), successors=(early, *links, late))
    found = told([one(place="2163000003")], Register.of([COUNTY, TOWNSHIP, SCHOOL, new, old]))
    assert found[0][1].startswith(
        "a.xlsx：虚构旧校已于 2024-08-31 停办，去向是虚构学校（代码 2163000002）、虚构二校（代码 2163000004）；"
    )
    on_the_day = replace(old, successors=(Link(date(2025, 9, 1), "2163000002", True, Kind.MERGED),))
    found = told([one(place="2163000003")], Register.of([COUNTY, TOWNSHIP, SCHOOL, on_the_day]))
    assert "停办，去向是虚构学校（代码 2163000002）；" in found[0][1]


def test_the_name_is_that_of_the_day():
    names = (Dated(None, "虚构老校"), Dated(date(2025, 9, 2), "虚构旧校"))
    register = Register.of([COUNTY, TOWNSHIP, gone(closed=date(2024, 8, 31), names=names)])
    assert told([one(place="2163000003")], register)[0][1].startswith("a.xlsx：虚构老校已于")
    # The day is that of the return, not of the collection.
    (found,) = told([one(place="2163000003", period="2026-2027")], register)
    assert found[1].startswith("a.xlsx：虚构旧校已于")


def test_each_form_has_those_who_file_it():
    rest = "请核对是否用错了模板。"
    assert told([one(place="632500")]) == [
        ("R-FILED-BY", f"a.xlsx：《虚构年报》由学校填报，代码却是虚构县的；要求：学校填报。{rest}")
    ]
    county = shelf_of(form_of(term="虚构年报", filed_by="county"))
    assert told([one()], shelf=county) == [
        (
            "R-FILED-BY",
            f"a.xlsx：《虚构年报》由县教育局填报，代码却是虚构学校的；要求：县教育局填报。{rest}",
        )
    ]
    assert told([one(place="632500")], shelf=county) == []


def test_each_collection_has_its_period():
    assert told([one(period="2024-2025")]) == [
        (
            "R-PERIOD",
            "a.xlsx：这是2024—2025学年的报表；要求：2025—2026学年的报表。请换用本期的模板填报。",
        )
    ]
    assert told([one(period="2024-2025")], period=None) == []


def test_copies_of_a_return_are_set_aside_and_the_first_goes_on():
    returns = [one(), one("b", digest="a"), one("c", digest="a")]
    required = "要求：一校一期一份。只留一份即可。"
    assert told(returns) == [
        (RIVAL, f"b.xlsx：同一所学校同一时期还有：a.xlsx、c.xlsx（内容完全相同）；{required}"),
        (RIVAL, f"c.xlsx：同一所学校同一时期还有：a.xlsx、b.xlsx（内容完全相同）；{required}"),
    ]


@pytest.mark.parametrize("digests", [("a", "b"), ("", ""), ("a", "")])
def test_of_two_different_returns_none_goes_on(digests):
    """Returns that come from no file have no digest: nobody knows whether they are copies."""
    returns = [one(name, digest=digest) for name, digest in zip("ab", digests, strict=True)]
    required = "要求：一校一期一份。请问清学校以哪一份为准，只交那一份。"
    assert told(returns) == [
        (RIVAL, f"a.xlsx：同一所学校同一时期还有：b.xlsx；{required}"),
        (RIVAL, f"b.xlsx：同一所学校同一时期还有：a.xlsx；{required}"),
    ]


def test_two_different_ones_beside_a_copy_are_told_of_all():
    returns = [one(), one("b"), one("c", digest="a")]
    assert [message.partition("；")[0] for _, message in told(returns)] == [
        "a.xlsx：同一所学校同一时期还有：b.xlsx、c.xlsx",
        "b.xlsx：同一所学校同一时期还有：a.xlsx、c.xlsx",
        "c.xlsx：同一所学校同一时期还有：a.xlsx、b.xlsx",
    ]


def test_another_form_period_or_place_is_no_second_return():
    forms = shelf_of(FORM, form_of(form="g"))
    others = [one("b", form="g"), one("c", period="2024-2025"), one("d", place="2163000004")]
    register = Register.of([*REGISTER, gone(code="2163000004")])
    assert check_batch([one(), *others], register, forms) == []


def test_each_return_has_one_complaint_the_gravest():
    """Whose it is comes before when, and when before how often."""
    late = {"period": "2024-2025"}
    closed = gone(closed=date(2020, 8, 31))
    register = Register.of([*REGISTER, closed])
    returns = [
        one("a", place="2163000003", **late), one("b", place="2163000003", **late),
        one("c", **late), one("d", **late), one("e"), one("f"),
    ]  # fmt: skip
    assert [(issue.file[0], issue.code) for issue in check_batch(returns, register, SHELF, PERIOD)] == [
        ("a", "R-CLOSED"), ("b", "R-CLOSED"), ("c", "R-PERIOD"), ("d", "R-PERIOD"),
        ("e", RIVAL), ("f", RIVAL),
    ]  # fmt: skip
    assert RIVAL == "R-TWICE"
    # A county's code on a school's form, in a year that is not collected.
    (issue,) = check_batch([one(place="632500", **late)], register, SHELF, PERIOD)
    assert issue.code == "R-FILED-BY"
    # A county that has gone is first of all gone.
    past = Register.of([COUNTY, replace(gone(closed=date(2020, 8, 31)), level="township")])
    (issue,) = check_batch([one(place="2163000003")], past, SHELF, PERIOD)
    assert issue.code == "R-CLOSED"


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", "1", "2"])), max_size=7))
def test_of_each_school_at_most_one_return_goes_on(drawn):
    """As many as there are schools with one return, or with copies of one."""
    schools = [gone(code=f"216300001{n}") for n in range(3)]
    register = Register.of([COUNTY, TOWNSHIP, *schools])
    returns = [
        one(str(at), place=schools[which].code, digest=digest)
        for at, (which, digest) in enumerate(drawn)
    ]
    aside = {issue.file for issue in check_batch(returns, register, SHELF, PERIOD)}
    for which in range(3):
        mine = [(f"{at}.xlsx", digest) for at, (each, digest) in enumerate(drawn) if each == which]
        digests = {digest for _, digest in mine}
        goes_on = [name for name, _ in mine if name not in aside]
        one_alone = len(mine) == 1 or (len(digests) == 1 and "" not in digests)
        assert goes_on == ([mine[0][0]] if mine and one_alone else [])
