"""Beside other schools: who is a peer, how far is far, and each sentence word by word."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import (
    BLANK,
    CITED,
    COUNTY,
    EXPLAIN,
    NONE,
    ON,
    OWN,
    PERIOD,
    RULE,
    TOWNSHIP,
    WITHHELD,
    Stage,
    asks,
    filed,
    form_of,
    grid,
    record,
    row,
    school,
    shelf_of,
)

from xianxue.bureau.kinds.unusual import Peers, Unusual, YearOnYear
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.brought import Norm, PeerGroup
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.checking.money_scale import in_ten_thousands, meant_in_yuan
from xianxue.bureau.returns.checking.peer_words import parts_at_a_time
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.checking.unusual_peers import (
    PeerValues,
    gather_peers,
    modified_z,
    norm_of,
)
from xianxue.bureau.values.record import replace

ENROLLED, CLASSES = asks("x", "在校生数"), asks("classes", "班数", unit="class")
FUNDS = asks("funds", "经费", "measure", unit="yuan")
AREA = asks("area", "面积", "measure", unit="square_metre")
SHARE = asks("share", "份额", "measure")
RATE = asks("rate", "比率", "measure", unit="rate")
SHEETS = (record(FUNDS, AREA, SHARE, RATE, CLASSES), grid(ENROLLED))
CODES = tuple(f"21630001{n:02}" for n in range(12))


def peers(**more):
    parts = {
        "modified_z": Decimal("3.5"), "at_least_percent": Decimal(10), "group_by": [], "at_least": 5,
    }  # fmt: skip
    return Peers(**(parts | more))


def rule(*fields, name="r", **more):
    parts = {
        "term": "虚构规则", "do": "请核对", "valid_from": date(2020, 9, 1), "source": OWN,
        "fields": list(fields) or ["about.share"],
    }  # fmt: skip
    if not {"change", "peers"} & set(more):
        more["peers"] = peers()
    return Unusual(unusual=name, **(parts | more))


def of(place="2163000002", pupils=None, **cells):
    tables = {"about": [row(**cells)]}
    if pupils is not None:
        codes = ("G1", "G2", "G7", "GX")
        tables["pupils"] = [
            row(code, x=Cell(n, f"B{4 + at}") if isinstance(n, int) else n)
            for at, (code, n) in enumerate(zip(codes, pupils, strict=False))
        ]
    return filed(tables, place=place)


def county(*schools):
    """A register of the school that is asked, and of twelve others like it."""
    others = schools or tuple(school(code=code) for code in CODES)
    return Register.of([COUNTY, TOWNSHIP, school(), *others])


def compared(rules, now, others, *, place=None, register=None):
    """Compare a return with those of others: all issues."""
    shelf = shelf_of(form_of(*SHEETS, unusual=list(rules)))
    values = gather_peers(others, shelf, register or county(), PERIOD)
    place = place or school()
    return check_unusual(now, shelf, place, PERIOD, peers=values.norms(now.place))


def alike(values, name="share"):
    """Give one return each for these values, of schools alike."""
    return [of(code, **{name: value}) for code, value in zip(CODES, values, strict=False)]


# ── how far is far ──────────────────────────────────────────────────────────

FIVE = (10, 20, 30, 40, 1000)
"""Median 30; distances 20, 10, 0, 10, 970; so MAD 10."""


@pytest.mark.parametrize(
    ("value", "is_asked"),
    [
        # 0.6745 · 51 ÷ 10 = 3.43995; 52: 3.5074.
        (81, False), (82, True), (-21, False), (-22, True), (30, False),
    ],
)  # fmt: skip
def test_both_sides_of_the_score(value, is_asked):
    assert bool(compared([rule()], of(share=value), alike(FIVE))) is is_asked


def test_a_score_of_just_the_limit_is_not_asked_about():
    """0.6745 · 20 ÷ 10 = 1.349, exactly."""
    for limit, is_asked in (("1.349", False), ("1.3489", True)):
        rules = [rule(peers=peers(modified_z=Decimal(limit)))]
        found = compared(rules, of(share=50), alike(FIVE))
        assert bool(found) is is_asked
    # Shown with as many digits as it takes to be seen above the limit.
    assert "modified_z=1.35;" in found[0].measures


@pytest.mark.parametrize(
    ("value", "is_asked"), [(1100, False), (1101, True), (900, False), (899, True)]
)
def test_a_small_difference_is_not_asked_about_however_alike_the_others_are(value, is_asked):
    """MAD is 1, so that 100 more make a score of 67; but 100 are 10 per cent of 1,000."""
    others = alike((998, 999, 1000, 1001, 1002))
    assert bool(compared([rule()], of(share=value), others)) is is_asked


def test_where_all_others_are_alike_there_is_no_scale():
    assert compared([rule()], of(share=999), alike([7] * 5)) == []


def test_where_most_are_alike_the_mean_distance_is_the_scale():
    """7, 7, 7, 7, 12: the mean distance is 1; 5 ÷ 1.253314 = 3.99, and 4 ÷ 1.253314 = 3.19."""
    others = alike((7, 7, 7, 7, 12))
    (issue,) = compared([rule()], of(share=12), others)
    assert issue.measures.startswith("modified_z=4.0;")
    assert compared([rule()], of(share=11), others) == []


def test_a_norm_is_the_middle_and_two_measures_of_spread():
    """1, 2, 6: median 2, distances 1, 0, 4; their median is 1, their mean 5 ÷ 3."""
    values = [Fraction(n) for n in (6, 1, 2)]
    assert norm_of(values) == Norm(3, Fraction(2), Fraction(1), Fraction(5, 3))
    assert norm_of([Fraction(4)]) == Norm(1, Fraction(4), Fraction(0), Fraction(0))
    four = norm_of([Fraction(n) for n in (1, 2, 4, 9)])
    assert four == Norm(4, Fraction(3), Fraction(3, 2), Fraction(10, 4))
    assert modified_z(Fraction(5), Norm(3, Fraction(2), Fraction(3), Fraction(9))) == Fraction(
        "0.6745"
    )


# ── word by word ────────────────────────────────────────────────────────────


def test_a_school_far_from_the_others_word_by_word():
    """0.6745 · 970 ÷ 10 = 65.4265."""
    kind = peers(
        group_by=["school_type"], modified_z=Decimal("3.25"), at_least_percent=Decimal("7.5")
    )
    rules = [rule("about.area", peers=kind, do="请说明", source=RULE)]
    others = alike([n * 100 for n in FIVE], "area")
    (issue,) = compared(rules, of(area=Cell(100_000, "D3", "1000")), others)
    assert (issue.code, issue.severity, issue.field) == ("r", EXPLAIN, "about.area")
    assert (issue.cell, issue.value) == ("D3", "")
    assert issue.message == (
        "a.xlsx〔概况〕D3：面积 1000 平方米，同类学校（九年一贯制学校，5 所）约 30 平方米；"
        "要求：同类学校一般不超过 78.2 平方米。请说明。"
        f"依据：{CITED}。"
    )


def test_among_all_schools_no_kind_is_named():
    (issue,) = compared([rule()], of(share=1000), alike(FIVE))
    assert issue.saw == "份额 1000，同类学校（5 所）约 30"


def test_a_part_for_each_pupil_word_by_word():
    """10 ㎡ for each of 100 pupils, where others have 1 to 5: 0.6745 · 7 ÷ 1 = 4.7215."""
    rules = [rule("about.area", peers=peers(per="pupils.x"))]
    others = [
        of(code, [60, 40], area=n * 100_00) for code, n in zip(CODES, (1, 2, 3, 4, 5), strict=False)
    ]
    now = of("2163000002", [50, 30, 20], area=1000_00)
    (issue,) = compared(rules, now, others)
    assert issue.saw == (
        "面积 1000 平方米，平均每人 10 平方米，同类学校（5 所）约 3 平方米"
        "（学生·在校生数合计（B4、B5、B6） 100 人）"
    )
    assert issue.value == ""


def test_a_part_without_a_unit_for_each_class():
    rules = [rule("about.share", peers=peers(per="about.classes"))]
    others = [
        of(code, share=n, classes=10) for code, n in zip(CODES, (10, 20, 30, 40, 50), strict=False)
    ]
    (issue,) = compared(rules, of(share=100, classes=8), others)
    # 12.5 a class beside 1 to 5: 0.6745 · 9.5 ÷ 1 = 6.40775.
    assert issue.saw == ("份额 100，平均每班 12.5，同类学校（5 所）约 3（概况·班数合计 8 班）")


@pytest.mark.parametrize(
    ("shares", "middle"),
    [
        # As many decimals as make three digits, at least two, at most eight.
        ((1000, 2000, 3333, 4000, 5000), "3.33"), ((100, 200, 333, 400, 500), "0.333"),
        ((10, 20, 33, 40, 50), "0.033"), ((1, 2, 3, 4, 5), "0.003"),
    ],
)  # fmt: skip
def test_a_small_middle_is_told_from_another(shares, middle):
    """Shares of 1,000 pupils each."""
    rules = [rule("about.share", peers=peers(per="pupils.x"))]
    others = [of(code, [1000], share=n) for code, n in zip(CODES, shares, strict=False)]
    (issue,) = compared(rules, of("2163000002", [1000], share=99_000), others)
    assert f"同类学校（5 所）约 {middle}（" in issue.saw


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(1), "1"), (Fraction(99, 100), "0.99"), (Fraction(1234, 1000), "1.23"),
        (Fraction(999, 1000), "0.999"), (Fraction(-123, 10_000), "-0.0123"),
        (Fraction(123456, 10**9), "0.000123"), (Fraction(123456789, 10**15), "0.00000012"),
        (Fraction(1004, 1000), "1"), (Fraction(1, 3), "0.333"),
        (Fraction(1, 10**9), "0"), (Fraction(0), "0"), (Fraction(123456), "123456"),
    ],
)  # fmt: skip
def test_a_value_is_written_with_three_digits_that_tell(value, written):
    """By way of the middle: all but two of the others report the very same."""
    seen = Norm(5, value, Fraction(1, 10**12), Fraction(1))
    shelf = shelf_of(form_of(*SHEETS, unusual=[rule()]))
    found = check_unusual(of(share=999), shelf, school(), PERIOD, peers=lambda _: seen)
    assert found[0].saw.endswith(f"同类学校（5 所）约 {written}")


# ── a unit mistaken ─────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "usual", "is_asked"),
    [
        # A fifth of ten thousand times, five times as much, and just beyond.
        (1, 2000, True), (1, Fraction(199_999, 100), False),
        (1, 50_000, True), (1, Fraction(5_000_001, 100), False),
        (0, 10_000, False), (1, 0, False), (-1, -10_000, False),
        (Fraction(1, 2), 5000, True), (10_000, 1, False),
    ],
)  # fmt: skip
def test_about_a_ten_thousandth_of_what_is_usual(value, usual, is_asked):
    assert in_ten_thousands(FUNDS, Fraction(value), Fraction(usual)) is is_asked
    # Of money only.
    assert not in_ten_thousands(AREA, Fraction(value), Fraction(usual))


def test_what_was_meant_is_written_in_yuan():
    ask = "只有同类学校的约万分之一，是不是把万元填进了要求元的格子？"
    assert meant_in_yuan("85.5", Fraction(171, 2)) == f"{ask}如果 85.5 是万元，请改为 855000。"
    assert meant_in_yuan("x", Fraction(1, 30_000)) == f"{ask}如果 x 是万元，请改为 0.33。"


def test_money_far_below_the_others_is_asked_after_its_unit():
    rules = [rule("about.funds", "about.area")]
    thousands = [n * 10_000_00 for n in (46, 48, 50, 52, 54)]
    others = [of(code, funds=n, area=n) for code, n in zip(CODES, thousands, strict=False)]
    money, area = compared(rules, of(funds=50_00, area=50_00), others)
    assert money.do == (
        "只有同类学校的约万分之一，是不是把万元填进了要求元的格子？如果 50 是万元，请改为 500000。请核对"
    )
    assert area.do == "请核对"
    (found,) = compared([rules[0]], of(funds=1_000_00), others)
    assert found.do == "请核对"


# ── who is a peer ───────────────────────────────────────────────────────────


def test_a_school_is_never_its_own_peer():
    """Four others and itself are not five."""
    others = alike(FIVE[:4])
    now = of(share=1000)
    assert compared([rule()], now, [*others, now]) == []
    assert compared([rule(peers=peers(at_least=4))], now, [*others, now]) != []
    assert (
        compared([rule(peers=peers(at_least=5))], now, [*others, of(CODES[9], share=30), now]) != []
    )


@pytest.mark.parametrize("hidden", [BLANK, WITHHELD, NONE])
def test_who_has_no_number_is_nobodys_peer(hidden):
    others = [*alike(FIVE[:4]), of(CODES[9], share=hidden)]
    assert compared([rule()], of(share=1000), others) == []
    assert compared([rule()], of(share=hidden), alike(FIVE)) == []


def test_schools_of_another_type_are_no_peers():
    """Five primary schools beside a complete one."""
    small = [school(Stage.PRIMARY, code=code, kind="211") for code in CODES]
    rules = [rule(peers=peers(group_by=["school_type"]))]
    assert compared(rules, of(share=1000), alike(FIVE), register=county(*small)) == []
    assert len(compared([rule()], of(share=1000), alike(FIVE), register=county(*small))) == 1
    primary = school(Stage.PRIMARY, kind="211")
    (found,) = compared(rules, of(share=1000), alike(FIVE), register=county(*small), place=primary)
    assert "同类学校（小学，5 所）" in found.saw


def test_a_type_no_list_knows_is_named_by_its_code():
    others = county(*(school(code=code, kind="999") for code in CODES))
    rules = [rule(peers=peers(group_by=["school_type"]))]
    (found,) = compared(
        rules, of(share=1000), alike(FIVE), register=others, place=school(kind="999")
    )
    assert "同类学校（999，5 所）" in found.saw
    shelf = replace(
        shelf_of(form_of(*SHEETS, unusual=rules)), codes={"grades": shelf_of().codes["grades"]}
    )
    seen = norm_of([Fraction(n) for n in FIVE])
    (found,) = check_unusual(of(share=1000), shelf, school(), PERIOD, peers=lambda _: seen)
    assert "同类学校（312，5 所）" in found.saw


def test_the_type_is_that_of_the_day():
    """A primary school until the day before, a complete one on the day."""
    later = replace(
        school(),
        history=(
            replace(school(Stage.PRIMARY, kind="211").history[0], valid_to=date(2025, 8, 31)),
            replace(school().history[0], valid_from=ON),
        ),
    )
    rules = [rule(peers=peers(group_by=["school_type"]))]
    assert len(compared(rules, of(share=1000), alike(FIVE), place=later)) == 1


def test_without_a_known_type_nobody_is_a_peer_where_types_are_told_apart():
    bare = Place(code="2163000002", name="虚构", level="school")
    now = of(share=1000)
    assert (
        compared([rule(peers=peers(group_by=["school_type"]))], now, alike(FIVE), place=bare) == []
    )
    assert len(compared([rule()], now, alike(FIVE), place=bare)) == 1
    register = Register.of([COUNTY, *(replace(bare, code=code) for code in CODES)])
    rules = [rule(peers=peers(group_by=["school_type"]))]
    assert compared(rules, now, alike(FIVE), register=register) == []
    # Without a place at all it is not known whose others these are.
    shelf = shelf_of(form_of(*SHEETS, unusual=[rule()]))
    seen = norm_of([Fraction(n) for n in FIVE])
    assert check_unusual(now, shelf, None, PERIOD, peers=lambda _: seen) == []


@pytest.mark.parametrize(
    ("pupils", "kind"),
    [
        ([99], "不到 100 人"), ([100], "100—399 人"), ([399], "100—399 人"),
        ([200, 200], "400 人及以上"), ([0], "不到 100 人"),
    ],
)  # fmt: skip
def test_schools_of_another_size_are_no_peers(pupils, kind):
    """A school of just the border's size belongs to the larger ones."""
    sized = peers(group_by=["size"], size="pupils.x", sizes=[100, 400], at_least=4)
    others = [
        of(code, [size], share=n + 10)
        for n, (code, size) in enumerate(
            zip(CODES, [99] * 4 + [100, 399] * 2 + [400] * 4, strict=True)
        )
    ]
    (found,) = compared([rule(peers=sized)], of("2163000002", pupils, share=1000), others)
    middles = {"不到 100 人": "11.5", "100—399 人": "15.5", "400 人及以上": "19.5"}
    assert f"，同类学校（{kind}，4 所）约 {middles[kind]}（" in found.saw
    cells = "B4、B5" if len(pupils) > 1 else "B4"
    assert found.saw.endswith(f"（学生·在校生数合计（{cells}） {sum(pupils)} 人）")


def test_type_and_size_are_named_together_and_what_is_counted_once():
    both = peers(
        group_by=["school_type", "size"], size="pupils.x", sizes=[100], per="pupils.x",
    )  # fmt: skip
    others = [of(code, [200], share=n * 200) for code, n in zip(CODES, FIVE, strict=False)]
    (found,) = compared([rule(peers=both)], of("2163000002", [200], share=200_000), others)
    assert "同类学校（九年一贯制学校、100 人及以上，5 所）" in found.saw
    assert found.saw.count("学生·在校生数合计") == 1
    # Size by pupils, and a part for each class: both are named.
    both = replace_peers(both, per="about.classes")
    others = [
        of(code, [200], share=n * 10, classes=10) for code, n in zip(CODES, FIVE, strict=False)
    ]
    (found,) = compared([rule(peers=both)], of("2163000002", [200], share=9000, classes=9), others)
    assert found.saw.endswith("（学生·在校生数合计（B4） 200 人）（概况·班数合计 9 班）")


def replace_peers(old, **more):
    names = ("modified_z", "at_least_percent", "group_by", "at_least", "size", "sizes", "per")
    return Peers(**({name: getattr(old, name) for name in names} | more))


@pytest.mark.parametrize("hidden", [BLANK, WITHHELD])
def test_who_does_not_say_his_size_is_nobodys_peer(hidden):
    sized = [rule(peers=peers(group_by=["size"], size="pupils.x", sizes=[100]))]
    others = [of(code, [50], share=n) for code, n in zip(CODES, FIVE, strict=False)]
    assert len(compared(sized, of("2163000002", [50], share=1000), others)) == 1
    assert compared(sized, of("2163000002", [hidden], share=1000), others) == []
    assert (
        compared(
            sized,
            of("2163000002", [50], share=1000),
            [*others[:4], of(CODES[9], [hidden], share=40)],
        )
        == []
    )


@pytest.mark.parametrize("parts", [BLANK, WITHHELD, NONE, 0])
def test_who_has_no_pupils_has_no_part_for_each(parts):
    rules = [rule(peers=peers(per="pupils.x"))]
    others = [of(code, [10], share=n) for code, n in zip(CODES, FIVE, strict=False)]
    assert len(compared(rules, of("2163000002", [10], share=1000), others)) == 1
    assert compared(rules, of("2163000002", [parts], share=1000), others) == []
    assert (
        compared(
            rules,
            of("2163000002", [10], share=1000),
            [*others[:4], of(CODES[9], [parts], share=40)],
        )
        == []
    )


def test_rows_are_compared_with_the_same_row_of_others():
    """Grade 1 with grade 1; the total with totals."""
    others = [of(code, [n, 500]) for code, n in zip(CODES, FIVE, strict=False)]
    now = of("2163000002", [1000, 500])
    (issue,) = compared([rule("pupils.x")], now, others)
    assert issue.saw == "一年级·在校生数 1000 人，同类学校（5 所）约 30 人"
    (issue,) = compared([rule("pupils.x", by="return")], now, others)
    assert issue.saw == "学生·在校生数合计 1500 人，同类学校（5 所）约 530 人"
    assert (issue.cell, issue.value) == ("B4", "1500")


def test_rules_and_fields_have_their_own_groups():
    """Two rules over one field with different ideas of enough; one rule over two fields."""
    some = [rule(name="few", peers=peers(at_least=3)), rule(name="many", peers=peers(at_least=4))]
    found = compared(some, of(share=1000), alike(FIVE[:3]))
    assert [issue.code for issue in found] == ["few"]
    others = [of(code, share=n, rate=n * 10_000) for code, n in zip(CODES, FIVE, strict=False)]
    (found,) = compared(
        [rule("about.share", "about.rate")], of(share=30, rate=500 * 10_000), others
    )
    assert found.field == "about.rate"


# ── what is gathered ────────────────────────────────────────────────────────


def gathered(rules, returns, register=None, **more):
    shelf = shelf_of(form_of(*SHEETS, unusual=list(rules)))
    return gather_peers(returns, shelf, register or county(), PERIOD, **more)


def test_values_are_gathered_by_group_and_school():
    rules = [
        rule("about.share", peers=peers(group_by=["school_type"], at_least=7)),
        rule(
            "about.area",
            name="change",
            change=YearOnYear(at_most_percent=Decimal(1), at_least_amount=Decimal(1)),
        ),
    ]
    found = gathered(rules, alike((3, 4)))
    group = PeerGroup("r", "about.share", "", "312", 0)
    assert found.values == {group: {CODES[0]: Fraction(3), CODES[1]: Fraction(4)}}
    assert found.at_least == {"r": 7}


def test_what_cannot_be_put_into_a_group_is_left_out():
    """A form or a place that is gone; what comes after is still gathered."""
    returns = [
        replace(of(CODES[0], share=1), form="g"), of("2199999999", share=1), of(CODES[1], share=2),
    ]  # fmt: skip
    found = gathered([rule()], returns)
    assert list(found.values.values()) == [{CODES[1]: Fraction(2)}]


def test_the_rules_are_those_of_the_day_that_is_asked_for():
    """Last year's returns are gathered for this year's rules."""
    new = rule(valid_from=date(2026, 9, 1))
    assert gathered([new], alike(FIVE)).values == {}
    found = gathered([new], alike(FIVE), rules_on=date(2026, 9, 1))
    assert len(found.values) == 1
    assert found.at_least == {"r": 5}


def norms(**more):
    parts = {
        "values": {
            PeerGroup("r", "about.share", "", kind, size): {
                code: Fraction(n) for code, n in zip(CODES, numbers, strict=False)
            }
            for kind, size, numbers in (
                ("", 0, (1, 2, 3)), ("312", 0, (4, 5, 6)), ("312", 1, (7,)), ("211", 0, (8, 9, 10)),
            )
        },
        "at_least": {"r": 2},
    }  # fmt: skip
    return PeerValues(**(parts | more))


def test_a_school_gets_the_norms_of_all_sizes_of_its_type():
    """Those of its type, and of any; not where others are too few."""
    of_school = norms().norms_of("2163000002", "312")
    assert {(group.school_type, group.size): norm.middle for group, norm in of_school.items()} == {
        ("", 0): 2, ("312", 0): 5,
    }  # fmt: skip
    # Without itself, of 1, 2, 3 there are 1 and 3.
    own = norms().norms_of(CODES[1], "312")
    assert [(norm.count, norm.middle) for norm in own.values()] == [(2, 2), (2, 5)]
    assert list(norms(at_least={"r": 3}).norms_of(CODES[1], "312")) == []


@pytest.mark.parametrize("at_least", [{}, {"r": 0}, {"r": 1}])
def test_the_middle_of_nothing_does_not_exist_whatever_the_card_says(at_least):
    kept = norms(at_least=at_least)
    group = PeerGroup("r", "about.share", "", "312", 1)
    norm = kept.norms("2163000002")(group)
    assert norm is not None
    assert norm.count == 1
    assert kept.norms(CODES[0])(group) is None
    assert kept.norms(CODES[0])(PeerGroup("r", "about.share", "", "312", 9)) is None


def test_a_norm_of_too_few_that_was_brought_along_is_not_used():
    """The workbook brings what was enough by last year's card; this year's may ask for more."""
    seen = norm_of([Fraction(n) for n in FIVE])
    for at_least, is_asked in ((5, True), (6, False)):
        shelf = shelf_of(form_of(*SHEETS, unusual=[rule(peers=peers(at_least=at_least))]))
        found = check_unusual(of(share=1000), shelf, school(), PERIOD, peers=lambda _: seen)
        assert bool(found) is is_asked
    assert check_unusual(of(share=1000), shelf, school(), PERIOD, peers=lambda _: None) == []


@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.data())
def test_each_school_is_held_against_all_but_itself(values, data):
    """Also where several report the very same number."""
    group = PeerGroup("r", "about.share", "", "", 0)
    pairs = {code: Fraction(n) for code, n in zip(CODES, values, strict=False)}
    kept = PeerValues(values={group: pairs}, at_least={"r": 1})
    for code in data.draw(st.permutations([*pairs, "2163000002"])):
        others = [value for each, value in pairs.items() if each != code]
        assert kept.norms(code)(group) == norm_of(others)


@given(
    value=st.integers(0, 400),
    others=st.lists(st.integers(1, 400), min_size=5, max_size=9),
    scale=st.integers(2, 9),
)
def test_whether_it_is_asked_about_does_not_depend_on_the_unit(value, others, scale):
    once = compared([rule()], of(share=value), alike(others))
    times = compared([rule()], of(share=value * scale), alike([n * scale for n in others]))
    assert bool(once) is bool(times)
    # And what is asked about is asked about when it is further off, too.
    if once and value > max(others):
        assert compared([rule()], of(share=value + 1), alike(others)) != []


@pytest.mark.parametrize(
    ("kind", "middle", "many"),
    [
        ("integer", Fraction(55, 1000), 100),
        ("integer", Fraction(1), 1),
        ("measure", Fraction(1, 9), 1),
    ],
)
def test_parts_of_people_are_told_for_a_hundred(kind, middle, many):
    """0.055 teachers a pupil are 5.5 teachers for every hundred."""
    unit = "person" if kind == "integer" else "square_metre"
    amount = SimpleNamespace(field=asks("x", "教师", kind, unit=unit))
    assert parts_at_a_time(SimpleNamespace(per="pupils.enrolled"), amount, middle) == many
    assert parts_at_a_time(SimpleNamespace(per=""), amount, middle) == 1
