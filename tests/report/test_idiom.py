"""Situations and the sentences an office would write of them (all schools 虚构).

Each pair was read aloud. The outline is the national one, with one paragraph in place of its own.
"""

import re
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.kinds.outline import Block, Free
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.finding import Assessment, Finding, Shortfall, Verdict
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.report.text import Paragraph, plain
from xianxue.bureau.report.word import render
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.rounding import half_up

SHELF = national().shelf
COUNTY, PERIOD, DAY = "632599", Period.parse("2025-2026"), date(2025, 12, 31)
P, J, G = Stage.PRIMARY, Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY
OUTLINE = SHELF.outlines["annual_summary"]


def school(number: int, name: str, kind: str = "211", *stages: Stage) -> Place:
    history = (Attributes(valid_from=date(2000, 9, 1), school_type=kind, stages=stages or (P,)),)
    code = f"21630000{number:02d}"
    return Place(code=code, name=name, level="school", parent=COUNTY, history=history)


NAMES = [f"{word}坡小学" for word in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
REGISTER = Register.of(
    [
        Place(code=COUNTY, name="虚构县", level="county"),
        *(school(number, name) for number, name in enumerate(NAMES)),
    ]
)


def figure(name: str, stage: Stage | None, value, missing: tuple[str, ...] = ()) -> Figure:
    card = SHELF.indicator(name)
    exact = None if value is None else Fraction(str(value))
    shown = "未定" if exact is None else f"{half_up(exact, card.show.decimals):f}"
    return Figure(
        indicator=name,
        place=COUNTY,
        stage=stage,
        period=PERIOD.code,
        value=exact,
        unit=card.unit,
        shown=shown,
        numerator=None,
        denominator=None,
        coverage=Coverage(14 - len(missing), 14, missing),
        release="2025-2026/1",
    )


def written(*blocks: Block, figures=(), assessments=(), register=REGISTER, texts=None):
    names = [one.standard for one in assessments]
    outline = msgspec.structs.replace(OUTLINE, blocks=list(blocks), standards=names)
    done = compose(
        outline,
        shelf=SHELF,
        figures=lookup_in(figures),
        assessments=assessments,
        register=register,
        period=PERIOD,
        on=DAY,
        texts=texts or {},
    )
    assert [issue.message for issue in done.issues] == []
    return done


def sentences(done) -> list[str]:
    return [plain(one.runs) for one in done.text.blocks if isinstance(one, Paragraph)]


RATES = [
    # Nothing above the line in both stages, in one, in none.
    ("large", {P: 0, J: 0}, "large_or_oversize_classes", "小学、初中已全面消除大班额和超大班额"),
    (
        "large",
        {P: 0, J: "2.5"},
        "large_or_oversize_classes",
        "小学已全面消除大班额和超大班额，初中大班额和超大班额合计占比2.50%",
    ),
    (
        "large",
        {P: "1.25", J: "2.5"},
        "large_or_oversize_classes",
        "大班额和超大班额合计占比小学1.25%、初中2.50%",
    ),
    ("large", {P: 0}, "large_or_oversize_classes", "小学已全面消除大班额和超大班额"),
    # So little that it rounds to 0.00 is not nothing.
    (
        "large",
        {P: 0, J: "0.004"},
        "large_or_oversize_classes",
        "小学已全面消除大班额和超大班额，初中大班额和超大班额合计占比0.00%",
    ),
    ("within_norm", {P: 100, J: 100}, "classes_within_norm", "小学、初中班额全部在规定以内"),
    (
        "within_norm",
        {P: 100, J: "87.23"},
        "classes_within_norm",
        "小学班额全部在规定以内，初中班额在规定以内的班级占比87.23%",
    ),
    ("certified", {P: 100, J: 100}, "teacher_certified_rate", "小学、初中专任教师全部持证上岗"),
    (
        "certified",
        {P: "99.64", J: 100},
        "teacher_certified_rate",
        "初中专任教师全部持证上岗，小学专任教师持证率99.64%",
    ),
    # 99.996 rounds to 100.00 and is not all of them.
    (
        "certified",
        {P: "99.996", J: "98.5"},
        "teacher_certified_rate",
        "专任教师持证率小学100.00%、初中98.50%",
    ),
    (
        "qualified",
        {P: 100, J: 100, G: "97.56"},
        "teacher_qualified_rate",
        "小学、初中专任教师学历全部合格，高中专任教师学历合格率97.56%",
    ),
    ("trained", {J: 100}, "hours_360_rate", "初中专任教师全部完成五年360学时培训"),
    (
        "load",
        {P: "17.72", J: "13.85"},
        "pupil_teacher_ratio",
        "每名教师平均负担学生小学17.72人、初中13.85人",
    ),
    ("boarders", {P: 0, J: 320}, "boarders", "小学没有寄宿生，初中寄宿生320人"),
    ("migrant", {P: 0, J: 0}, "migrant_pupils", "小学、初中没有随迁子女"),
    (
        "kindergarten_certified",
        {None: "96.56"},
        "kindergarten_certified_rate",
        "园长、专任教师持证率96.56%",
    ),
    (
        "kindergarten_certified",
        {None: 100},
        "kindergarten_certified_rate",
        "园长、专任教师全部持证",
    ),
    ("disabled_in_school", {None: 100}, "disabled_enrolment", "全部入学"),
]


@pytest.mark.parametrize(("phrase", "values", "indicator", "expected"), RATES)
def test_a_rate_is_said_by_case(phrase, values, indicator, expected):
    figures = [figure(indicator, stage, value) for stage, value in values.items()]
    (said,) = sentences(written(Block(text=f"{{{phrase}}}。"), figures=figures))
    assert said == f"{expected}。"


def finding(  # noqa: PLR0913, PLR0917 - what a finding is of, in the order one says it
    standard, criterion, place, stage, value, verdict, lacking=None
) -> Finding:
    cards = SHELF.standards[standard]
    card = next(one for one in (*cards.criteria, *cards.spread) if one.criterion == criterion)
    limit = next(one for one in card.values if one.stage in {stage, None})
    made = figure(SHELF.indicator(card.indicator).indicator, stage, value)
    short = card.lacking
    return Finding(
        standard=standard,
        criterion=criterion,
        term=card.term,
        place=place,
        stage=stage,
        figure=made,
        shown=made.shown,
        threshold=Fraction(limit.value),
        rule=card.rule,
        verdict=verdict,
        citation=limit.citation,
        lacking=Shortfall(lacking, short.unit, short.noun) if lacking else None,
    )


def judged(standard: str, *findings: Finding) -> Assessment:
    return Assessment(
        standard=standard,
        term=SHELF.standards[standard].term,
        period=PERIOD.code,
        on=DAY.isoformat(),
        verdict=Verdict.NOT_MET,
        findings=findings,
        spread=(),
    )


MARGINS = [
    ("97.25", "97.25%，高于标准12.25个百分点"),
    ("85", "85.00%，达到标准"),
    ("80.5", "80.50%，低于标准4.50个百分点"),
    ("85.001", "85.00%，略高于标准"),
]


@pytest.mark.parametrize(("value", "expected"), MARGINS)
def test_a_rate_stands_so_far_from_its_line(value, expected):
    verdict = Verdict.MET if Fraction(value) >= 85 else Verdict.NOT_MET
    one = finding("preschool_universal", "gross_enrolment", COUNTY, None, value, verdict)
    template = (
        "{preschool_universal.gross_enrolment}[{preschool_universal.gross_enrolment#margin}]。"
    )
    done = written(Block(text=template), assessments=[judged("preschool_universal", one)])
    assert sentences(done) == [f"{expected}。"]


def code(number: int) -> str:
    return f"21630000{number:02d}"


def of_schools(criterion, *quantities, value="0.5", standard="balance_resources", stage=P):
    """One finding a school, each lacking so much."""
    return [
        finding(standard, criterion, code(number), stage, value, Verdict.NOT_MET, quantity)
        for number, quantity in enumerate(quantities)
    ]


MEASURES = [
    (
        of_schools("backbone_teachers", 2),
        "由县教育局会同机构编制、人力资源社会保障部门负责，2026—2027学年内完成。",
        "小学补充县级以上骨干教师2人，用于甲坡小学。",
    ),
    (
        of_schools("physical_arts_teachers", 1, 2),
        "由县教育局会同机构编制、人力资源社会保障部门负责，2026—2027学年内完成。",
        "小学补充体育艺术教师3人，其中乙坡小学2人，甲坡小学1人。",
    ),
    (
        of_schools("backbone_teachers", *[1] * 9),
        "由县教育局会同机构编制、人力资源社会保障部门负责，2026—2027学年内完成。",
        (
            "小学补充县级以上骨干教师9人，其中甲坡小学、乙坡小学、丙坡小学、丁坡小学、戊坡小学、"
            "己坡小学等9所各1人。"
        ),
    ),
    (
        of_schools("sports_area_per_pupil", 1061, value="6.62"),
        "由县教育局会同发展改革、财政部门负责，2026—2027学年结束前完成。",
        "小学增加体育运动场馆1061平方米，用于甲坡小学。",
    ),
    (
        # What is bought is equipment, not its value.
        of_schools("equipment_per_pupil", 110952, value="1724"),
        "由县教育局会同发展改革、财政部门负责，2026—2027学年结束前完成。",
        "小学增加教学仪器设备110952元，用于甲坡小学。",
    ),
    (
        of_schools("class_size", 5, 4, value="86", standard="balance_guarantee", stage=P),
        "由县教育局和有关学校负责，2026—2027学年内完成。",
        "小学将9个班调整到规定班额以内，其中甲坡小学5个班，乙坡小学4个班。",
    ),
    (
        of_schools("certificates", 1, value="98", standard="balance_guarantee"),
        "由县教育局会同机构编制、人力资源社会保障部门负责，2026—2027学年内完成。",
        "小学督促未持证的专任教师（1人）取得教师资格，涉及甲坡小学。",
    ),
    (
        [finding("balance_quality", "digital", COUNTY, None, "96", Verdict.NOT_MET, 1)],
        "由县教育局和有关学校负责，2026—2027学年结束前完成。",
        (
            "使管理与教学信息化的义务教育学校比例由96.00%提高到100%，"
            "须推动1所学校实现管理与教学信息化。"
        ),
    ),
    (
        [finding("balance_quality", "charter", COUNTY, None, "75", Verdict.NOT_MET, 3)],
        "由县教育局和有关学校负责，2026—2027学年结束前完成。",
        "使有章程的义务教育学校比例由75.00%提高到100%，须督促3所学校制定章程。",
    ),
]


@pytest.mark.parametrize(("findings", "who", "what"), MEASURES)
def test_a_measure_names_who_must_act_by_when_and_how_much(findings, who, what):
    block = Block(findings="measures")
    done = written(block, assessments=[judged(findings[0].standard, *findings)])
    assert sentences(done) == [who, what]


PROBLEMS = [
    (
        [finding("balance_quality", "digital", COUNTY, None, "96", Verdict.NOT_MET, 1)],
        "管理与教学信息化的义务教育学校比例为96.00%，低于100%的标准，尚有1所学校未实现。",
    ),
    (
        of_schools("backbone_teachers", 1, 2),
        (
            "县级以上骨干教师不足。每百名学生拥有县级以上骨干教师数标准为不低于1人。"
            "小学有2所学校未达标，共缺3人，其中甲坡小学（0.50人，缺1人）、乙坡小学（0.50人，缺2人）。"
        ),
    ),
    (
        # Nothing is above all of them: «不低于100%» is said by no one.
        of_schools("certificates", 2, value="96.00", standard="balance_guarantee"),
        (
            "部分专任教师未取得教师资格证。专任教师持证率标准为100%。"
            "小学有1所学校未达标，为甲坡小学（96.00%，未持证2人）。"
        ),
    ),
    (
        of_schools("equipment_per_pupil", 110952, value="1724"),
        (
            "教学仪器设备不足。生均教学仪器设备值标准为小学不低于2000元。"
            "小学有1所学校未达标，为甲坡小学（1724.00元，缺110952元）。"
        ),
    ),
    (
        [
            finding(
                "balance_quality",
                "monitoring_difference_science",
                COUNTY,
                None,
                "0.151",
                Verdict.NOT_MET,
            )
        ],
        "国家义务教育质量监测科学校际差异率为0.151，未达到低于0.15的标准。",
    ),
    (
        of_schools("training_funds", 799, value="4.64", standard="balance_quality", stage=None),
        "甲坡小学缺教师培训经费799元。",
    ),
]


@pytest.mark.parametrize(("findings", "expected"), PROBLEMS)
def test_a_problem_says_what_fails_and_by_how_much(findings, expected):
    done = written(
        Block(findings="problems"), assessments=[judged(findings[0].standard, *findings)]
    )
    assert sentences(done) == [expected]


def test_trifles_are_gathered_and_left_to_the_schools():
    """799 and 120 yuan stand in one sentence; 1,000 yuan is a point of its own."""
    small = of_schools(
        "training_funds", 799, 120, value="4.6", standard="balance_quality", stage=None
    )
    done = written(Block(findings="measures"), assessments=[judged("balance_quality", *small)])
    assert sentences(done) == [
        "由有关学校年内自行补足：甲坡小学教师培训经费799元；乙坡小学教师培训经费120元。"
    ]
    large = of_schools("training_funds", 1000, value="4.6", standard="balance_quality", stage=None)
    done = written(Block(findings="measures"), assessments=[judged("balance_quality", *large)])
    assert sentences(done)[-1] == "全县增加教师培训经费1000元，用于甲坡小学。"


# ── the first paragraph ─────────────────────────────────────────────────────

PARTS = {
    "schools_total": {"211", "311", "312", "341", "342", "345"},
    "primary_schools": {"211"},
    "lower_secondary_schools": {"311"},
    "nine_year_schools": {"312"},
    "twelve_year_schools": {"345"},
    "complete_secondary_schools": {"341"},
    "senior_schools": {"342"},
    "teaching_points": {"218"},
    "special_schools": {"511", "512", "513", "514"},
    "vocational_schools": {"361", "362", "363", "364", "365", "366", "369"},
    "kindergartens": {"111"},
}
KINDS = [entry.code for entry in SHELF.codes["school_types"].entries]


def test_every_kind_of_school_is_counted_in_one_part_and_only_one():
    parts = ["schools_total", *list(PARTS)[7:], "other_institutions"]
    counted = [
        kind
        for name in parts
        for term in SHELF.indicators[name].of.sum
        for kind in term.where["school_type"]
    ]
    assert sorted(counted) == sorted(KINDS)


def first_paragraph() -> Block:
    return next(one for one in OUTLINE.blocks if "institutions_total" in one.text)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(KINDS), min_size=1, max_size=12))
def test_the_first_paragraph_adds_up_whatever_kinds_of_schools_there_are(kinds):
    """All numbers come from the kinds drawn; the auditor finds nothing, nor does a sum by hand."""
    counts = {name: sum(kind in own for kind in kinds) for name, own in PARTS.items()}
    known = PARTS["schools_total"].union(*(PARTS[name] for name in list(PARTS)[7:]))
    counts["other_institutions"] = sum(kind not in known for kind in kinds)
    counts |= {"institutions_total": len(kinds), "attached_preschool": 0, "boarding_schools": 0}
    figures = [figure(name, None, number) for name, number in counts.items()]
    done = written(first_paragraph(), figures=figures)
    (said,) = sentences(done)
    assert "0所" not in re.sub(r"[1-9]0所", "", said)
    assert not re.search("[：（，；、][，；、。）]|（）", said), said
    bracket = re.search(r"（([^）]*)）", said.replace("（幼儿园）", "", 1))
    if bracket:
        inside = sum(map(int, re.findall(r"(\d+)所", bracket[1])))
        assert inside == counts["schools_total"]
        said = said.replace(bracket[0], "")
    total, *parts = map(int, re.findall(r"(\d+)所", said))
    assert total == sum(parts) == len(kinds)
    document = open_document(render(done.text, SHELF.profiles["gbt9704"]))
    words = Lexicon.of(SHELF.wordlists.values())
    wrong = [one for one in audit(document.text, words).findings if one.verdict == "inconsistent"]
    assert [one.message for one in wrong] == []


# ── what is open, and what offices write ────────────────────────────────────


def test_a_paragraph_without_its_base_is_left_open_and_never_half_a_sentence():
    lacking = figure("pupils", P, None, (code(0), code(1)))
    done = written(
        Block(text="小学在校生{pupils/primary}，初中{pupils/lower_secondary}。"),
        Block(text="初中在校生{pupils/lower_secondary}。"),
        figures=[lacking, figure("pupils", J, 300)],
    )
    assert sentences(done) == [
        "[待补：本段涉及在校生数（小学），尚缺甲坡小学、乙坡小学的报表，请股室填写或在报齐后重新生成]",
        "初中在校生300人。",
    ]
    assert done.missing == (code(0), code(1))
    page = "".join(plain(one.runs) for one in done.text.coverage)
    assert "缺以下各家的报表：甲坡小学、乙坡小学。" in page


def test_where_everybody_has_reported_there_is_no_such_page():
    done = written(Block(text="{pupils/primary}。"), figures=[figure("pupils", P, 300)])
    assert (done.text.coverage, done.missing) == ((), ())


def test_the_page_comes_first_and_is_a_page_of_its_own():
    done = written(
        Block(text="{pupils/primary}。"), figures=[figure("pupils", P, None, (code(0),))]
    )
    document = render(done.text, SHELF.profiles["gbt9704"])
    text = open_document(document).text
    assert text.index("数据报送情况") < text.index("虚构县")


def test_a_slot_says_who_is_to_write_what_until_it_is_written():
    block = Block(free=Free(slot="opening", owner="办公室", about="一年来的工作"))
    done = written(block)
    assert sentences(done) == ["[股室填写：一年来的工作（办公室）]"]
    assert [one.slot for one in done.unwritten] == ["opening"]
    texts = {"opening": ("一年来，虚构县教育工作稳步推进。", " ", "二是虚构的一段。")}
    for value in (300, 301):
        kept = written(
            block,
            Block(text="小学在校生{pupils/primary}。"),
            figures=[figure("pupils", P, value)],
            texts=texts,
        )
        assert sentences(kept) == [
            texts["opening"][0],
            texts["opening"][2],
            f"小学在校生{value}人。",
        ]
        assert kept.unwritten == ()
