"""What was done is told by entries: the count said is the count there is, nothing is named twice."""

import re
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from national import national

from xianxue.bureau.kinds.outline import Block, Outline
from xianxue.bureau.kinds.outlines.deeds import Deed, Order, Point, Style
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.records.happenings import Happening
from xianxue.bureau.report.check import faults_in
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.report.deeds.choosing import choose, standing
from xianxue.bureau.report.text import Heading, Paragraph, plain
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

COUNTY, NORTH, SOUTH, GONE = "632599", "2163000001", "2163000002", "2163000009"
PERIOD, DAY = Period.parse("2025-2026"), date(2026, 8, 31)
LEVELS = ["national", "province", "city", "county"]
DEED = Deed(
    deed="won",
    term="荣誉",
    of="honours_received.honours",
    order=[Order(by="level", ranks=LEVELS), Order(by="persons"), Order(by="won_on")],
    first=3,
    said="[{place}]“{title}”",
)


def school(code: str, name: str) -> Place:
    since = date(2000, 9, 1)
    history = (Attributes(valid_from=since, school_type="211", stages=(Stage.PRIMARY,)),)
    return Place(code=code, name=name, level="school", parent=COUNTY, history=history)


REGISTER = Register.of(
    [
        Place(code=COUNTY, name="虚构县", level="county"),
        school(NORTH, "北坡小学"),
        school(SOUTH, "南湾小学"),
    ]
)


@pytest.fixture(scope="module")
def shelf():
    return national().shelf


def happening(number, title="称号", adds=1, place=COUNTY, ledger="honours_received", **facts):
    line = Happened(step="record", on=DAY, origin="", to="confirmed", actor="甲")
    said = {"title": title, "level": "city", "won_on": "2026-03-02"} | facts
    known = {name: fact for name, fact in said.items() if fact is not None}
    entry = Entry(ledger=ledger, number=f"R{number:04}", place=place, history=(line,))
    return Happening(entry, known, adds)


def outline(*points: Point, deed: Deed = DEED, styles=()) -> Outline:
    return Outline(
        outline="year",
        term="总结",
        title="总结",
        blocks=[
            Block(heading="工作", headline="获得荣誉{honours_received.honours}。", level=2),
            Block(points=list(points)),
            Block(heading="打算", level=2),
            Block(text="继续努力。"),
        ],
        deeds=[deed],
        styles=list(styles),
        source={"document": "own", "seen": "own"},
    )


def told(shelf, there, *points, deed=DEED, styles=(), style=""):
    """Give a section's paragraphs as plain text, the claims, and the whole document."""
    card = outline(*(points or (Point(lead="荣誉", text="{won}。"),)), deed=deed, styles=styles)
    done = compose(
        card,
        shelf=shelf,
        figures=lookup_in([]),
        assessments=[],
        register=REGISTER,
        period=PERIOD,
        on=DAY,
        happenings=lambda count: tuple(there.get(count, ())),
        style=style,
    )
    assert [issue.message for issue in done.issues] == []
    lines = [
        f"{one.number}{plain(one.runs)}" if isinstance(one, Heading) else plain(one.runs)
        for one in done.text.blocks
    ]
    return lines, list(done.text.claims()), done.text


def won(shelf, *entries, **more):
    """Give what is said of honours alone."""
    lines, claims, _ = told(shelf, {DEED.of: entries}, **more)
    return lines[1] if lines[0] == "（一）工作" else "", claims


# ── situations ──────────────────────────────────────────────────────────────


def test_a_year_without_honours_says_nothing_of_honours(shelf):
    lines, claims, text = told(shelf, {})
    assert lines == ["（一）打算", "继续努力。"]
    assert claims == []
    assert text.notes == ()


def test_one_entry_is_named_without_a_count(shelf):
    said, (claim,) = won(shelf, happening(1, "文明校园"))
    assert said == "有“文明校园”。"
    assert claim.key == f"honours_received/{COUNTY}/all/2025-2026#R0001.title"


def test_as_many_as_are_named_are_all_there_is(shelf):
    said, _ = won(shelf, *(happening(n, f"称号{'甲乙丙'[n]}") for n in range(3)))
    assert said == "有“称号甲”“称号乙”“称号丙”。"


def test_of_more_the_first_are_named_and_all_are_counted(shelf):
    said, claims = won(shelf, *(happening(n, f"称号{'甲乙丙丁戊'[n]}") for n in range(5)))
    assert said == "主要有“称号甲”“称号乙”“称号丙”等5项。"
    assert claims[-1].value == 5


def test_the_level_goes_before_the_number_of_people(shelf):
    said, _ = won(
        shelf,
        happening(1, "县奖", level="county", persons=90),
        happening(2, "国奖", level="national", persons=1),
        happening(3, "市大奖", persons=40),
        happening(4, "市小奖", persons=4),
        happening(5, "省奖", level="province"),
    )
    assert said == "主要有“国奖”“省奖”“市大奖”等5项。"


def test_an_amount_that_was_not_filled_in_is_no_small_one_but_comes_last(shelf):
    entries = (happening(1, "没填"), happening(2, "填了", persons=0))
    said, _ = won(shelf, *entries)
    assert said == "有“填了”“没填”。"


def test_what_has_no_name_is_counted_and_not_named(shelf):
    said, _ = won(shelf, happening(1, None), happening(2, "文明校园"))
    assert said == "主要有“文明校园”等2项。"


def test_where_nothing_can_be_named_nothing_is_said(shelf):
    lines, *_ = told(shelf, {DEED.of: (happening(1, None),)})
    assert lines[0] == "（一）打算"


def test_the_same_words_are_said_once_with_how_many_they_are(shelf):
    said, _ = won(shelf, *(happening(n, "文明校园") for n in range(4)), happening(9, "书香校园"))
    assert said == "有“文明校园”（4项）、“书香校园”。"


def test_a_school_is_named_and_the_county_is_not(shelf):
    said, _ = won(shelf, happening(1, "甲奖", place=NORTH), happening(2, "乙奖"))
    assert said == "有北坡小学“甲奖”、“乙奖”。"


def test_a_school_that_the_register_does_not_know_is_never_said_by_its_code(shelf):
    """It was opened or merged after the day on which places were counted."""
    said, _ = won(shelf, happening(1, "甲奖", place=GONE))
    assert said == "有“甲奖”。"


def test_a_sum_with_an_amount_missing_is_no_number(shelf):
    point = Point(
        lead="经费", text="培训{training_courses.courses}，经费{training_courses.money}。"
    )
    entry = happening(1, adds=None, ledger="training_courses")
    there = {"training_courses.courses": (entry,), "training_courses.money": (entry,)}
    lines, *_ = told(shelf, there, point)
    assert lines[0] == "（一）打算"


def test_a_count_of_nothing_leaves_its_sentence_out_and_no_other(shelf):
    point = Point(lead="培训", text="办{training_courses.courses}。有{drills.drills}。")
    there = {"training_courses.courses": (happening(1, ledger="training_courses"),)}
    lines, (claim,), _ = told(shelf, there, point)
    assert lines[1] == "办1期。"
    assert (claim.key, claim.value) == (
        f"training_courses.courses/{COUNTY}/all/2025-2026",
        Fraction(1),
    )


def test_a_count_is_told_apart_by_a_code(shelf):
    point = Point(lead="荣誉", text="{honours_received.honours}[，省级{honours_received.honours:level=province}][，国家级{honours_received.honours:level=national}]。")  # fmt: skip
    there = {DEED.of: (happening(1), happening(2, level="province"))}
    lines, claims, _ = told(shelf, there, point)
    assert lines[1] == "2项，省级1项。"
    assert claims[1].key.endswith("/level=province")


STYLES = [
    Style(style="ordinal", term="一是", leads="ordinal"),
    Style(style="classes", term="按类", leads="class"),
    Style(style="achievements", term="标题", leads="none", headlines=True),
]
POINTS = (
    Point(lead="荣誉", text="获奖{honours_received.honours}。"),
    Point(lead="培训", text="培训{training_courses.courses}。"),
    Point(lead="演练", text="演练{drills.drills}。"),
)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("", ["（一）工作", "一是荣誉。获奖1项。二是培训。培训1期。"]),
        ("classes", ["（一）工作", "荣誉。获奖1项。", "培训。培训1期。"]),
        ("achievements", ["（一）获得荣誉1项", "获奖1项。培训1期。"]),
    ],
)
def test_points_are_set_in_the_style_that_is_asked_for(shelf, style, said):
    there = {
        DEED.of: (happening(1),),
        "training_courses.courses": (happening(1, ledger="training_courses"),),
    }
    lines, *_ = told(shelf, there, *POINTS, styles=STYLES, style=style)
    assert lines[:-2] == said


def test_a_headline_without_its_number_is_the_plain_heading(shelf):
    there = {"training_courses.courses": (happening(1, ledger="training_courses"),)}
    lines, *_ = told(shelf, there, *POINTS, styles=STYLES, style="achievements")
    assert lines[0] == "（一）工作"


def test_one_point_alone_is_no_first(shelf):
    lines, *_ = told(shelf, {DEED.of: (happening(1),)}, *POINTS, styles=STYLES)
    assert lines[1] == "获奖1项。"


def test_why_these_were_named_and_not_that_one_is_told_beside_the_text(shelf):
    entries = [happening(n, f"称号{'甲乙丙丁'[n]}", persons=9 - n) for n in range(4)]
    *_, text = told(shelf, {DEED.of: entries})
    assert plain(text.notes[-1].runs) == (
        "1.“荣誉”共4项，正文写出3项。先后看荣誉级别（国家级、省级、市级……依次在前），"
        "再看获奖人次（多的在前），再看公布日期（近的在前），都一样的先登记的在前；"
        "排在其后、没有写出的第一项是““称号丁””。"
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"of": "honours_received.nothing"}, ".of"),
        ({"of": "petitions.received"}, ".of"),
        ({"said": "{nothing}"}, ".said"),
        ({"said": "{names}"}, ".said"),
        ({"said": "{title"}, ".said"),
        ({"order": [Order(by="level")]}, ".order[0].by"),
    ],
    ids=["unknown", "restricted", "no_field", "personal", "broken", "unordered"],
)
def test_a_list_that_cannot_be_written_is_a_fault_of_the_card(shelf, change, place):
    deed = replace_card(DEED, **change)
    (fault, *_) = faults_in(outline(Point(lead="甲", text="{won}。"), deed=deed), shelf)
    assert fault.path == f".deeds[0]{place}"


def replace_card(card, **change):
    return type(card)(**{name: getattr(card, name) for name in card.__struct_fields__} | change)


# ── laws ────────────────────────────────────────────────────────────────────

ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙", "丙", "丁", "戊", None]),
        st.sampled_from([*LEVELS, "other", None]),
        st.one_of(st.none(), st.integers(0, 9)),
        st.integers(0, 30),
    ),
    max_size=14,
)


@given(ENTRIES, st.integers(1, 5))
def test_the_chosen_are_the_first_by_the_rule_and_everything_is_counted_once(drawn, first):
    deed = replace_card(DEED, first=first)
    there = [
        happening(
            at,
            title,
            level=level,
            persons=persons,
            won_on=(DAY - timedelta(days=ago)).isoformat(),
        )
        for at, (title, level, persons, ago) in enumerate(drawn)
    ]
    words = [(one, (one.facts["title"],) if "title" in one.facts else None) for one in there]
    made = choose(deed, words)

    groups = [*made.named, *made.others]
    counted = [one.entry.number for group in groups for one in group.entries]
    assert sorted(counted) == sorted({one.entry.number for one, runs in words if runs})
    assert made.total == len(there)
    assert len({plain(group.runs) for group in groups}) == len(groups)
    assert len(made.named) == min(first, len(groups))

    def best(group):
        return min((standing(deed.order, one.facts), one.entry.number) for one in group.entries)

    assert all(best(one) < best(other) for one in made.named for other in made.others)
    # In whatever order they come, the same are chosen.
    assert choose(deed, reversed(words)).named == tuple(
        replace(group, entries=tuple(reversed(group.entries))) for group in made.named
    )


@given(ENTRIES)
def test_the_number_behind_a_list_is_what_is_there(drawn):
    shelf = national().shelf
    there = [happening(at, title, level=level) for at, (title, level, *_) in enumerate(drawn)]
    said, claims = won(shelf, *there)
    names = re.findall(r"“([^”]+)”", said)
    assert len(names) == len(set(names))
    several = sum(int(number) - 1 for number in re.findall(r"（(\d+)项）", said))
    behind = re.search(r"等(\d+)项。$", said)
    total = int(behind[1]) if behind else len(names) + several
    assert total == (len(there) if names else 0)
    assert bool(behind) is (total > len(names) + several)
    assert all(isinstance(claim, Claim) and claim.tag for claim in claims)


# ── the year's report, whichever offices have something to tell ─────────────

STRAY = ("，，", "，。", "：。", "、。", "（）", "（、", "：、", "；；", "。。", "{", "None")
ENDS = re.compile(r"(?:有|等|为|达|共|做法|去向)[，。；]")


def _said(field):
    if field.type in {"integer", "measure"}:
        return 3
    if field.type == "date":
        return "2026-03-02"
    return field.options[0].code if field.options else f"某{field.term}"


def _entries(shelf, name, many):
    """Give as many entries of a ledger, all fields filled in."""
    ledger = shelf.ledgers[name.partition(".")[0]]
    count = ledger.count(name.partition(".")[2])
    facts = {field.field: _said(field) for field in ledger.fields}
    for at in range(many):
        own = facts | {ledger.titled: f"{facts.get(ledger.titled)}{'甲乙丙丁戊己庚辛'[at % 8]}"}
        adds = own.get(count.sum or count.distinct, 100) if count.sum or count.distinct else 1
        line = Happened(step="record", on=DAY, origin="", to="confirmed", actor="甲")
        place = (COUNTY, NORTH, SOUTH)[at % 3]
        entry = Entry(ledger=ledger.ledger, number=f"R{at:04}", place=place, history=(line,))
        yield Happening(entry, own, adds)


@pytest.mark.parametrize("style", ["ordinal", "classes", "achievements"])
@pytest.mark.parametrize("seed", range(5))
def test_whichever_offices_tell_something_the_year_is_read_without_a_stumble(shelf, style, seed):
    """One office missing, many missing, one entry each, many each; nothing met, nothing known."""
    card = shelf.outlines["annual_summary"]
    bare = replace_card(card, standards=[], blocks=[one for one in card.blocks if one.points or one.heading])  # fmt: skip

    def happenings(count):
        many = (1, 0, 2, 7, 12)[(seed + sum(map(ord, count.partition(".")[0]))) % 5]
        return tuple(_entries(shelf, count, many))

    done = compose(
        bare,
        shelf=shelf,
        figures=lookup_in([]),
        assessments=[],
        register=REGISTER,
        period=PERIOD,
        on=DAY,
        happenings=happenings,
        style=style,
    )
    assert [issue.message for issue in done.issues] == []
    for block in done.text.blocks:
        said = plain(block.runs)
        assert not [one for one in STRAY if one in said], said
        assert not ENDS.search(said), said
        if isinstance(block, Paragraph):
            assert said.endswith("。"), said
            assert not re.search(r"(?<!\d)0[一-鿿]", said), said
