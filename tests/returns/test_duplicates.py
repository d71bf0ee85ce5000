"""Which fields of a draft the bureau already holds: by hand, both ways, and the laws of it."""

from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.held import with_sources
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.basis.duplicates import (
    Likeness,
    Standing,
    cells_asked,
    fields_of,
    find_duplicates,
    likeness,
    sources,
)
from xianxue.bureau.values.record import replace

SHELF = national().shelf
SCHOOL = SHELF.forms["school_annual"]
COUNTY = SHELF.forms["county_annual"]
OWN = Cited(document="xianxue-own", seen=Seen.OWN)
COMPULSORY = [Stage.PRIMARY, Stage.LOWER_SECONDARY]
SAME, TERM, ALIKE, NEAR = Likeness


def ask(term, unit="person", kind="integer", **more):
    if kind not in {"integer", "measure"}:
        unit = "one"
    return Field(field="asked", term=term, type=kind, unit=unit, **more)


def draft(sheet, *fields, filed_by="school", **more):
    """A drafted form of one sheet; its fields are called a, b, c."""
    named = [
        msgspec.structs.replace(field, field="abcdefghij"[n]) for n, field in enumerate(fields)
    ]
    layout = more.pop("layout", "record")
    return Form(
        form="draft",
        term="虚构专项表",
        version="1",
        filed_by=filed_by,
        period="school_year",
        source=OWN,
        sheets=[Sheet(sheet="drafted", term=sheet, layout=layout, fields=named, **more)],
    )


def held(reference):
    form, sheet, field = SHELF.asked_field(reference)
    return Standing(form, sheet, field)


def last_of(form):
    return list(fields_of(form))[-1]


AREA = {"unit": "square_metre", "kind": "measure"}
MONEY = {"unit": "yuan", "kind": "measure"}
TEXT = {"kind": "text"}

YES = [
    # what the bureau holds, the draft's sheet, the draft's term, how sure
    ("basic.school_code", "学校情况", ask("学校标识码", **TEXT), TERM),
    ("basic.school_code", "学校情况", ask("学校代码", **TEXT), TERM),
    ("basic.school_code", "学校情况", ask("机构标识码", **TEXT), TERM),
    ("basic.name", "学校情况", ask("学校名称", **TEXT), TERM),
    ("basic.name", "学校情况", ask("单位名称", **TEXT), TERM),
    ("basic.name", "学校情况", ask("学 校 名 称", **TEXT), TERM),
    ("basic.school_type", "学校情况", ask("办学类型", kind="code", codes="school_types"), TERM),
    ("basic.urban_rural", "学校情况", ask("驻地城乡类型", kind="code", codes="urban_rural"), TERM),
    ("basic.boarding", "学校情况", ask("是否寄宿制学校", kind="yes_no"), TERM),
    ("students.enrolled", "在校学生情况", ask("在校生数"), TERM),
    ("students.enrolled", "在校学生情况", ask("在校生数（人）"), TERM),
    ("students.enrolled", "在校学生情况", ask("在校学生数"), TERM),
    ("students.enrolled", "在校学生情况", ask("现有在校生人数"), ALIKE),
    ("students.enrolled", "基本情况", ask("全校在校学生总数"), ALIKE),
    ("students.enrolled", "基本情况", ask("在校的学生人数"), ALIKE),
    ("students.girls", "在校学生情况", ask("女生数"), TERM),
    ("students.girls", "在校学生情况", ask("女生人数"), ALIKE),
    ("students.girls", "在校学生情况", ask("女学生数"), ALIKE),
    ("students.boarders", "寄宿管理", ask("寄宿生"), TERM),
    ("students.boarders", "寄宿管理", ask("住校生人数"), ALIKE),
    ("students.boarders", "寄宿管理", ask("寄宿学生数（人）"), ALIKE),
    ("students.migrant", "关爱对象", ask("随迁子女"), TERM),
    ("students.migrant", "关爱对象", ask("进城务工人员随迁子女人数"), ALIKE),
    ("students.left_behind", "关爱对象", ask("农村留守儿童"), TERM),
    ("students.left_behind", "关爱对象", ask("留守儿童数"), ALIKE),
    ("students.transferred_in", "学籍异动", ask("转入学生数"), TERM),
    ("cohort.graduates", "升学情况", ask("毕业生数"), TERM),
    ("cohort.graduates", "升学情况", ask("毕业生人数"), ALIKE),
    ("staff.teachers", "师资", ask("专任教师数"), TERM),
    ("staff.teachers", "师资", ask("专任教师（人）"), TERM),
    ("staff.teachers", "师资", ask("现有专任教师人数"), ALIKE),
    ("staff.teachers", "师资", ask("专任老师总数"), ALIKE),
    ("staff.backbone", "师资", ask("县级以上骨干教师"), TERM),
    ("staff.backbone", "师资", ask("县级以上骨干教师人数"), ALIKE),
    ("staff.posts", "编制", ask("核定编制"), TERM),
    ("staff.posts", "编制", ask("核定编制数"), ALIKE),
    ("premises.building_area", "办学条件", ask("校舍建筑面积", **AREA), TERM),
    ("premises.building_area", "办学条件", ask("校舍建筑面积（平方米）", **AREA), TERM),
    ("premises.outdoor_sports_area", "体育", ask("运动场面积", **AREA), TERM),
    ("premises.equipment_value", "装备", ask("教学仪器设备值", **MONEY), TERM),
    ("premises.multimedia_rooms", "装备", ask("多媒体教室", unit="room"), TERM),
    ("premises.multimedia_rooms", "装备", ask("多媒体教室间数", unit="room"), ALIKE),
    ("premises.books", "装备", ask("图书册数", unit="volume"), TERM),
    ("premises.books", "装备", ask("图书总量", unit="volume"), ALIKE),
    # near: to be looked at by a person, and never filled in
    ("premises.books", "装备", ask("图书", unit="volume"), NEAR),
    ("students.transferred_in", "学籍异动", ask("转入"), NEAR),
    ("classes.pupils", "在校学生情况", ask("学生数"), TERM),
    ("students.enrolled", "在校学生情况", ask("学生数"), TERM),
    ("premises.building_area", "办学条件", ask("校舍建筑面积", unit="square_metre"), NEAR),
]  # fmt: skip

NO = [
    ("students.enrolled", "在校学生情况", ask("女生数")),
    ("students.girls", "在校学生情况", ask("男生数")),
    ("students.girls", "在校学生情况", ask("在校生数")),
    ("students.girls", "毕业生情况", ask("女生数")),
    ("students.girls", "招生情况", ask("女生人数")),
    ("students.enrolled", "县外就读学生", ask("学生数")),
    ("students.enrolled", "上年情况", ask("在校生数")),
    ("students.enrolled", "在校学生情况", ask("上学年在校生数")),
    ("students.enrolled", "在校学生情况", ask("在园幼儿数")),
    ("students.enrolled", "在校学生情况", ask("在校生数", unit="class")),
    ("students.enrolled", "在校学生情况", ask("计划在校生数")),
    ("students.boarders", "寄宿管理", ask("寄宿生宿舍间数", unit="room")),
    ("students.boarders", "寄宿管理", ask("非寄宿生数")),
    ("students.migrant", "关爱对象", ask("留守儿童")),
    ("students.left_behind", "关爱对象", ask("困境儿童")),
    ("students.disabled", "关爱对象", ask("送教上门残疾学生")),
    ("students.new_entrants", "招生计划", ask("计划招生数")),
    ("students.transferred_in", "学籍异动", ask("转出学生数")),
    ("students.transferred_out", "教师流动", ask("转出教师数")),
    ("students.deaths", "安全事故", ask("死亡")),
    ("cohort.graduates", "升学情况", ask("升学人数")),
    ("cohort.promoted", "升学情况", ask("毕业生数")),
    ("staff.teachers", "师资", ask("教职工数")),
    ("staff.teachers", "师资", ask("兼任教师数")),
    ("staff.teachers", "师资", ask("体育教师数")),
    ("staff.qualified", "师资", ask("学历不合格教师")),
    ("staff.over_qualified", "师资", ask("学历合格教师")),
    ("staff.senior", "师资", ask("中级职称")),
    ("staff.backbone", "师资", ask("省级以上骨干教师")),
    ("staff.exchanged_backbone", "师资", ask("骨干教师")),
    ("staff.exchanged", "师资", ask("符合交流条件教师")),
    ("staff.posts", "编制", ask("在编人数")),
    ("staff.in_post", "食堂", ask("在编人数")),
    ("staff.music", "师资", ask("音乐教室", unit="room")),
    ("premises.building_area", "办学条件", ask("校园占地面积", **AREA)),
    ("premises.building_area", "办学条件", ask("宿舍建筑面积", **AREA)),
    ("premises.teaching_area", "办学条件", ask("教学楼面积", **AREA)),
    ("premises.indoor_sports_area", "体育", ask("运动场地面积", **AREA)),
    ("premises.books", "装备", ask("生均图书册数", unit="volume")),
    ("premises.books", "装备", ask("本年新增图书册数", unit="volume")),
    ("premises.equipment_value", "装备", ask("本年新增教学仪器设备值", **MONEY)),
    ("basic.public_funds_budget", "经费", ask("公用经费决算", **MONEY)),
    ("basic.training_funds", "经费", ask("教师培训人数")),
    ("basic.name", "学校情况", ask("校长姓名", **TEXT)),
    ("basic.township", "学校情况", ask("所在村", **TEXT)),
    ("basic.sponsor", "学校情况", ask("举办者", kind="code", codes="school_types")),
    ("kindergarten.teachers", "师资", ask("专任教师", school_types=["211"])),
]  # fmt: skip


def by_reference(case):
    return f"{case[0]}-{case[2].term}-{case[2].type}-{case[1]}"


@pytest.mark.parametrize(("reference", "sheet", "field", "sure"), YES, ids=map(by_reference, YES))
def test_the_same_is_recognised(reference, sheet, field, sure):
    more = {"stages": COMPULSORY} if not reference.startswith("basic") else {}
    drafted = last_of(draft(sheet, field, **more))
    found = likeness(drafted, held(reference))
    assert found is not None
    assert found[0] is sure
    assert likeness(held(reference), drafted) == found


@pytest.mark.parametrize(("reference", "sheet", "field"), NO, ids=map(by_reference, NO))
def test_what_only_sounds_alike_is_not(reference, sheet, field):
    stages = {"stages": COMPULSORY} if not reference.startswith("basic") else {}
    drafted = last_of(draft(sheet, field, **stages))
    assert likeness(drafted, held(reference)) is None
    assert likeness(held(reference), drafted) is None


def test_there_are_many_pairs_both_ways():
    assert len(YES) + len(NO) >= 60
    assert min(len(YES), len(NO)) >= 30


def test_a_part_belongs_to_what_stands_before_it():
    """«其中女生» of leavers is not «其中女生» of pupils."""
    pupils = draft("学生情况", ask("在校生数"), ask("其中女生"), stages=COMPULSORY)
    leavers = draft("学生情况", ask("离校生数"), ask("其中女生"), stages=COMPULSORY)
    assert likeness(last_of(pupils), held("students.girls")) == (TERM, "在校生其中女生")
    assert likeness(last_of(leavers), held("students.girls")) is None


def test_who_is_asked_decides():
    """专任教师 of kindergartens are held on another sheet than those of schools."""
    kindergartens = last_of(draft("师资", ask("专任教师"), stages=[Stage.PRESCHOOL]))
    assert likeness(kindergartens, held("staff.teachers")) is None
    assert likeness(kindergartens, held("kindergarten.teachers")) == (TERM, "专任教师")
    everyone = draft("师资", ask("专任教师"))
    found = find_duplicates(everyone, [SCHOOL], SHELF.codes)
    assert {one.held.reference for one in found} == {"staff.teachers", "kindergarten.teachers"}
    assert not any(one.covers or one.fills for one in found)
    assert sources(found) == {}


def test_a_county_is_not_a_school():
    drafted = last_of(draft("学龄人口", ask("人口数")))
    assert likeness(drafted, held("population.persons")) is None
    drafted = last_of(draft("学龄人口", ask("人口数"), filed_by="county"))
    assert likeness(drafted, held("population.persons")) == (TERM, "人口数")


@pytest.mark.parametrize(
    ("more", "reference", "way"),
    [
        ({}, "students.enrolled", "total"),
        ({"layout": "grid", "rows": "grades"}, "students.enrolled", "code"),
        ({"layout": "grid", "rows": "compulsory_stages"}, "students.enrolled", "stage"),
        ({"layout": "list"}, "students.enrolled", None),
        ({}, "premises.building_area", "value"),
        ({"layout": "grid", "rows": "grades"}, "premises.building_area", None),
    ],
)
def test_how_it_could_be_filled_in(more, reference, way):
    asked = SHELF.asked_field(reference)[2]
    form = draft("情况", asked, stages=COMPULSORY, **more)
    (found,) = (
        one
        for one in find_duplicates(form, [SCHOOL], SHELF.codes)
        if one.held.reference == reference
    )
    assert found.way == way
    assert found.fills is (way is not None)


def test_the_surest_and_easiest_comes_first():
    """学生数 is a synonym of a school's pupils and of a class's: the grid by grade comes first."""
    form = draft("情况", ask("学生数"), stages=COMPULSORY, layout="grid", rows="grades")
    found = find_duplicates(form, [SCHOOL], SHELF.codes)
    assert [one.held.reference for one in found] == ["classes.pupils", "students.enrolled"]


def test_of_two_candidates_as_likely_none_is_filled_in():
    """学生数 may be a school's pupils or a class's: a wrong number would stand there unasked."""
    form = draft("情况", ask("学生数"), stages=COMPULSORY, layout="grid", rows="grades")
    found = find_duplicates(form, [SCHOOL], SHELF.codes)
    assert [one.fills for one in found] == [True, True]
    assert sources(found) == {}
    assert sources(found[:1]) == {"drafted.a": "classes.pupils"}
    # One that is surer than the other stands.
    surer = [replace(found[0], likeness=SAME), found[1]]
    assert sources(surer) == sources(surer[::-1]) == {"drafted.a": "classes.pupils"}


@pytest.mark.parametrize(
    ("reference", "sheet", "field"),
    [
        ("staff.teachers", "师资", ask("专职教师人数")),
        ("premises.outdoor_sports_area", "体育", ask("运动场所面积", **AREA)),
        ("students.boarders", "住宿", ask("住读生数")),
        ("students.boarders", "住宿", ask("寄读生数")),
    ],
)
def test_words_that_are_mixed_up_are_near(reference, sheet, field):
    drafted = last_of(draft(sheet, field, stages=COMPULSORY))
    found = likeness(drafted, held(reference))
    assert found is not None
    assert found[0] is NEAR
    assert likeness(held(reference), drafted) == found


def test_wording_near_by_is_never_filled_in():
    form = draft("师资", ask("专职教师人数"), stages=COMPULSORY)
    found = find_duplicates(form, [SCHOOL], SHELF.codes)
    assert [one.likeness for one in found if one.held.reference == "staff.teachers"] == [NEAR]
    assert sources(found) == {}


def test_marked_fields_are_not_asked():
    """Of a hand-made draft: 3 fields held, 1 new; a primary school saves 3 of 4 cells."""
    place = SimpleNamespace(
        level="school", stages=lambda _: (Stage.PRIMARY,), attributes=lambda _: None
    )
    form = draft(
        "营养改善",
        ask("学校名称", **TEXT),
        ask("在校生数"),
        ask("寄宿生"),
        ask("用餐学生数"),
        stages=COMPULSORY,
    )
    filled = sources(find_duplicates(form, [SCHOOL, COUNTY], SHELF.codes))
    assert filled == {
        "drafted.a": "basic.name",
        "drafted.b": "students.enrolled",
        "drafted.c": "students.boarders",
    }
    marked = with_sources(form, filled)
    assert [field.prefilled_from for field in marked.sheets[0].fields] == [
        "basic.name", "students.enrolled", "students.boarders", "",
    ]  # fmt: skip
    assert cells_asked(form, place, None, SHELF.codes) == 4
    assert cells_asked(marked, place, None, SHELF.codes) == 1
    # What is marked already is found again, as sure as can be.
    again = find_duplicates(marked, [SCHOOL], SHELF.codes)
    assert {one.likeness for one in again} == {SAME}


# ── laws ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", [SCHOOL, COUNTY], ids=lambda form: form.form)
def test_a_form_is_all_duplicates_of_itself(form):
    found = find_duplicates(form, [form], SHELF.codes)
    own = {one.asked.reference: one for one in reversed(found) if one.likeness is SAME}
    assert list(own) == [one.reference for one in reversed(list(fields_of(form)))]
    assert all(one.held.reference == reference for reference, one in own.items())
    # A list's lines are not one to one; everything else could be filled in from itself.
    filled = sources(found)
    for one in fields_of(form):
        expected = None if one.sheet.layout == "list" else one.reference
        assert filled.get(one.reference) == expected


EVERY = [one for form in (SCHOOL, COUNTY) for one in fields_of(form)]
WORDS = st.sampled_from(
    [
        "在校",
        "女",
        "学生",
        "生",
        "专任",
        "教师",
        "数",
        "人数",
        "其中",
        "现有",
        "（人）",
        "图书",
        "毕业",
    ]
)
TERMS = st.lists(WORDS, min_size=1, max_size=5).map("".join)
FIELDS = st.builds(
    lambda term, synonyms, unit: ask(term, unit=unit, synonyms=synonyms),
    TERMS, st.lists(TERMS, max_size=2), st.sampled_from(["person", "volume"]),
)  # fmt: skip
DRAFTS = st.builds(
    lambda sheet, fields, stages: draft(sheet, *fields, stages=stages),
    st.sampled_from(["学生", "毕业生情况", "师资"]),
    st.lists(FIELDS, min_size=1, max_size=4),
    st.sampled_from([[], COMPULSORY, [Stage.PRESCHOOL]]),
)


def test_likeness_of_what_we_hold_is_symmetric():
    for one in EVERY:
        for other in EVERY:
            assert likeness(one, other) == likeness(other, one)


@settings(max_examples=200)
@given(DRAFTS, DRAFTS, st.data())
def test_likeness_is_symmetric(one, other, data):
    mine = data.draw(st.sampled_from(list(fields_of(one))))
    its = data.draw(st.sampled_from([*fields_of(other), *EVERY]))
    assert likeness(mine, its) == likeness(its, mine)


@given(DRAFTS)
def test_only_sure_and_whole_sources_are_taken(form):
    found = find_duplicates(form, [SCHOOL, COUNTY], SHELF.codes)
    for asked, source in sources(found).items():
        taken = next(
            one for one in found if (one.asked.reference, one.held.reference) == (asked, source)
        )
        assert taken.likeness is not NEAR
        assert taken.covers
        assert taken.way is not None
