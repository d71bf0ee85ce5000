"""Figures and findings become sentences that are true and read as official prose."""

import re
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.outline import Column, TableBlock
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Standing
from xianxue.bureau.records.finding import Shortfall, Verdict
from xianxue.bureau.report.notes import working_sheet
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.text import Heading, Paragraph, plain
from xianxue.bureau.values.record import replace

PRIMARY, LOWER = Stage.PRIMARY, Stage.LOWER_SECONDARY


def written(small, *templates: str) -> list[str]:
    """The paragraphs that templates become; none of them may be refused."""
    done = small.write(*(small.text(text=one) for one in templates))
    assert done.issues == []
    return [plain(one.runs) for one in done.text.blocks]


def refused(small, template: str):
    """The one complaint about a template; there is no text then."""
    done = small.write(small.text(text=template))
    assert done.text is None
    [issue] = done.issues
    return issue


def test_the_whole_document_of_the_small_county(small, golden):
    """Read by a person; whoever changes a sentence reads it again."""
    done = small.write()
    assert done.issues == []
    assert done.text.outline() == (golden / "small_county.txt").read_text(encoding="utf-8")


# ── figures in sentences ────────────────────────────────────────────────────


def test_a_figure_is_written_with_its_unit(small):
    assert written(small, "小学生{pupils/primary}，师幼比{child_ratio}。") == [
        "小学生1500人，师幼比1:13.50。"
    ]


def test_a_slice_is_written_where_the_template_names_it(small):
    math = Slice("subject", "math", "数学", "学科")
    whole = next(one for one in small.figures if one.key == "pupils/632599/primary/2025-2026")
    sliced = replace(whole, value=Fraction(700), shown="700", slice=math)
    small.figures.append(sliced)
    done = small.write(small.text(text="{pupils/primary}，其中{pupils/primary:subject=math}"))
    (paragraph,) = done.text.blocks
    assert plain(paragraph.runs) == "1500人，其中700人"
    first, second = done.text.claims()
    assert (first.key, first.term) == ("pupils/632599/primary/2025-2026", "在校生数（小学）")
    assert second.key == "pupils/632599/primary/2025-2026/subject=math"
    assert second.term == "在校生数（小学·数学）"


def test_a_slice_that_was_not_figured_refuses_the_document(small):
    issue = refused(small, "{pupils/primary:subject=math}")
    assert issue.code == "W-ABSENT"
    assert "（小学）（subject=math）" in issue.saw


def test_the_unit_can_be_left_to_the_sentence(small):
    assert written(small, "学生数为{pupils_all|bare}名") == ["学生数为2100名"]


def test_large_amounts_can_be_written_in_ten_thousands_and_areas_whole(small):
    small.change("pupils_all", small.places.county, None, value=Fraction(94_410_049, 2))
    assert written(small, "{pupils_all|wan}，{pupils_all|whole}") == ["4720.50万人，47205025人"]


def test_another_place_can_be_named(small):
    north = small.places.north
    assert written(small, f"北坡小学{{pupils/primary@{north}}}。") == ["北坡小学500人。"]


@pytest.mark.parametrize(
    ("template", "text"),
    [
        (
            "寄宿生：[小学{boarders/primary}][、初中{boarders/lower_secondary}]。",
            "寄宿生：初中480人。",
        ),
        ("学生2100[，特教学校{special_schools}]。", "学生2100。"),
        ("有[小学{boarders/primary}，]", "有"),
        ("有学生，[小学寄宿生{boarders/primary}]。", "有学生。"),
        ("学生{pupils_all}，其中：[小学寄宿生{boarders/primary}]。", "学生2100人。"),
        (
            "学生{pupils_all}，其中[小学寄宿生{boarders/primary}]；其余不寄宿。",
            "学生2100人；其余不寄宿。",
        ),
        ("学生{pupils_all}[，特教学校{special_schools}]。人数见表。", "学生2100人。人数见表。"),
        ("[寄宿生{boarders/primary}]。学生{pupils_all}。", "学生2100人。"),
        ("特校：[{special_schools}]。学生{pupils_all}。", "学生2100人。"),
        ("学生{pupils_all}。特校：[{special_schools}]。见表。", "学生2100人。见表。"),
        ("学生{pupils_all}；特校：[{special_schools}]。", "学生2100人。"),
        ("学生{pupils_all}，特校：[{special_schools}]。", "学生2100人，特校。"),
        ("学校：[特校{special_schools}]，学生{pupils_all}。", "学校：学生2100人。"),
        ("学校：[特校{special_schools}]；学生{pupils_all}。", "学校：学生2100人。"),
        ("学生[，每百名学生{arts/lower_secondary@1163000004}]。", "学生。"),
        ("[幼儿园{arts/primary@1163000004}，]学生{pupils_all}", "学生2100人"),
    ],
)
def test_what_is_zero_or_not_there_is_left_out_with_its_comma(template, text, small):
    assert written(small, template) == [text]


@given(
    kept=st.lists(st.booleans(), min_size=1, max_size=6),
    joint=st.sampled_from(["、", "，", "；"]),
    around=st.sampled_from(
        [("其中：小学", ""), ("学校（", "）"), ("共有学生，", ""), ("学生", ""), ("各校：", "")]
    ),
)
def test_whatever_is_left_out_no_two_marks_meet(kept, joint, around):
    line = Line().add(around[0])
    for one in kept:
        line.add(f"{joint}初中" if one else "")
    text = plain(line.add(around[1]).add("。").runs)
    assert not re.search("[：（，；、][，；、。）]", text), text


def test_a_document_speaks_of_its_year(small):
    [text] = written(small, "{county}{year}年、{next_year}年，{period}，{reference_day}，{day}")
    assert text == "虚构县2025年、2026年，2025—2026学年，2025年9月1日，2025年12月31日"


# ── what is missing ─────────────────────────────────────────────────────────


def unreported(small, *missing: str) -> None:
    """Make the county's number of pupils undetermined."""
    small.change(
        "pupils",
        small.places.county,
        PRIMARY,
        value=None,
        numerator=None,
        shown="未定",
        coverage=Coverage(3 - len(missing), 3, missing),
    )


def test_an_undetermined_figure_names_who_has_not_reported(small):
    unreported(small, small.places.north)
    assert written(small, "小学生{pupils/primary}。") == [
        "[待补：本段涉及在校生数（小学），尚缺北坡小学的报表，请股室填写或在报齐后重新生成]"
    ]


def test_several_are_counted_and_it_is_said_once_a_paragraph(small):
    unreported(small, small.places.north, small.places.south)
    [text] = written(small, "小学生{pupils/primary}，其中男生{pupils/primary}。")
    assert text.count("尚缺") == 1
    assert "尚缺北坡小学、南湾小学的报表" in text


def test_of_many_three_are_named(small):
    codes = (small.places.north, small.places.south, small.places.river, small.places.garden)
    unreported(small, *codes)
    [text] = written(small, "小学生{pupils/primary}")
    assert "尚缺北坡小学、南湾小学、河口九年一贯制学校等4所学校的报表" in text


def test_kindergartens_are_not_called_schools(small):
    card = {"school_type": "111", "stages": (Stage.PRESCHOOL,)}
    more = [
        Place(
            code=f"116300001{n}",
            name=f"虚构{n}园",
            level="school",
            parent=small.places.county,
            history=(Attributes(valid_from=date(2000, 9, 1), **card),),
        )
        for n in range(4)
    ]
    small.register = Register.of([*small.register, *more])
    unreported(small, *(one.code for one in more))
    assert "等4所幼儿园的报表" in written(small, "{pupils/primary}")[0]


def test_the_county_itself_may_be_the_one_missing(small):
    unreported(small, small.places.county)
    assert "尚缺县级报表，" in written(small, "{pupils/primary}")[0]


def test_the_countys_own_return_is_no_school(small):
    unreported(small, small.places.county, small.places.north)
    assert "尚缺县级报表和北坡小学的报表" in written(small, "{pupils/primary}")[0]


def test_an_undetermined_figure_is_never_left_out_of_an_option(small):
    unreported(small, small.places.north)
    assert "尚缺" in written(small, "学生[：小学{pupils/primary}]")[0]


def test_a_cell_of_an_undetermined_figure_says_so_and_the_note_explains(small):
    unreported(small, small.places.north)
    columns = [Column(term="学段", value="{stage}"), Column(term="学生数", value="{pupils}")]
    card = TableBlock(term="学生", rows="stages", stages=[PRIMARY, LOWER], columns=columns)
    [table] = small.write(small.text(table=card)).text.blocks
    assert [plain(row[1]) for row in table.rows] == ["缺报", "600"]
    assert table.note == "注：“缺报”表示数据未报齐，不作计算。"


def test_what_cannot_be_judged_is_no_problem_but_a_task(small):
    old = small.assessments[0]
    arts = [one for one in old.findings if one.criterion == "arts"]
    undecided = replace(
        arts[0], verdict=Verdict.UNDETERMINED, missing=(small.places.north,), lacking=None
    )
    findings = tuple(undecided if one is arts[0] else one for one in old.findings)
    small.assessments = [replace(old, findings=findings)]
    text = small.write(small.text(findings="problems"), small.text(findings="measures")).text
    lines = text.outline()
    assert "尚缺北坡小学的数据，“虚构均衡标准”中的1项暂时无法判定，未计入以上问题。" in lines
    assert "督促北坡小学补报数据，报齐后重新判定“虚构均衡标准”。" in lines
    assert "小学有1所学校未达标，为南湾小学（0.50人，缺2人）。" in lines


def test_the_bureau_itself_is_not_urged(small):
    old = small.assessments[0]
    county = replace(
        old.findings[0],
        verdict=Verdict.UNDETERMINED,
        missing=(small.places.county, small.places.south),
        lacking=None,
    )
    small.assessments = [replace(old, findings=(county,), spread=())]
    text = small.write(small.text(findings="measures")).text.outline()
    assert "补报县级报表，督促南湾小学补报数据，报齐后重新判定“虚构均衡标准”。" in text


def give_theme(small, criterion: str, theme: str) -> None:
    standard = small.shelf.standards["balance"]
    criteria = [
        msgspec.structs.replace(one, theme=theme) if one.criterion == criterion else one
        for one in standard.criteria
    ]
    small.shelf.standards["balance"] = msgspec.structs.replace(standard, criteria=criteria)


def test_the_card_and_not_its_words_says_under_which_heading_a_criterion_stands(small):
    """«体育艺术教师» would be guessed to be about staff; its card may say otherwise."""
    give_theme(small, "arts", "conditions")
    lines = small.write(small.text(findings="problems")).text.outline().splitlines()
    headings = [line for line in lines if line.startswith("#")]
    assert not any("教师配备" in line for line in headings)
    under = lines[lines.index(next(line for line in headings if "办学条件" in line)) + 1]
    assert "体育艺术教师" in under


# ── what is refused ─────────────────────────────────────────────────────────


def test_a_supposed_figure_enters_no_sentence(small):
    small.change("pupils_all", small.places.county, None, standing=Standing.SUPPOSED)
    issue = refused(small, "在校生{pupils_all}。")
    assert issue.code == "W-SUPPOSED"
    assert issue.saw == "“在校生总数”是假设的数（2100），不能写成已有的事实"


def test_nor_does_an_estimate(small):
    small.change("pupils_all", small.places.county, None, standing=Standing.ESTIMATED)
    assert "估算的数" in refused(small, "在校生{pupils_all}。").saw


def test_a_figure_that_is_not_there_leaves_no_hole(small):
    issue = refused(small, "用房{area/primary}。")
    assert issue.code == "W-ABSENT"
    assert issue.saw == "文稿要写“生均用房面积”（小学），但没有算出这一项"


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{nothing}", "W-NAME"),
        ("{pupils", "W-TEMPLATE"),
        ("[[{pupils}]]", "W-TEMPLATE"),
        ("{pupils/stage}", "W-TEMPLATE"),
        ("{preschool.rate#limit}", "W-STANDARD"),
        ("{balance.arts#limit@632599}", "W-ABSENT"),
        ("{balance.arts#need}", "W-ABSENT"),
    ],
)
def test_what_cannot_be_written_is_a_complaint_and_no_text(template, code, small):
    assert refused(small, template).code == code


def test_all_complaints_come_in_one_pass(small):
    done = small.write(small.text(text="{one}"), small.text(text="{two}"))
    assert [issue.code for issue in done.issues] == ["W-NAME", "W-NAME"]


# ── provisional, unverified ─────────────────────────────────────────────────


def test_provisional_figures_are_said_to_be_so_once(small):
    text = small.write().text
    assert text.subtitle == "（文中数据为暂行数，以正式发布数为准）"
    assert text.outline().count("暂行") == 1


def test_released_figures_need_no_such_words(small):
    small.figures = [replace(one, release="2025-1") for one in small.figures]
    small.assessments = []
    assert small.write(small.text(text="{pupils_all}")).text.subtitle == ""


def test_some_of_each_is_said_too(small):
    small.change("pupils_all", small.places.county, None, release="2025-1")
    text = small.write(small.text(text="{pupils_all}、{pupils/primary}")).text
    assert text.subtitle.startswith("（文中部分数据")


def test_the_notes_name_documents_and_how_well_they_were_seen(small):
    notes = [plain(one.runs) for one in small.write().text.notes]
    assert notes == [
        "附：数据说明",
        "1.标准依据《虚构评估办法》（虚督〔2017〕6号）（据转述，未见原文）。",
        "2.《虚构口径说明》的有关标准值或口径未核实，使用前请对照原文：只有单一来源。",
        "3.下列评估项的标准值未核实：学校规模。",
        "4.下列指标的计算口径未核实：九年巩固率。",
    ]


def test_a_doubt_about_a_threshold_stands_on_the_working_sheet_and_not_in_the_text(small):
    text = small.write(small.text(findings="problems")).text
    body = "\n".join(plain(one.runs) for one in text.blocks)
    assert "不高于2000人" in body
    assert not re.search("未核实|未见原文|转述", body)
    sheet = working_sheet(text)
    assert any("下列评估项的标准值未核实：学校规模。" in plain(one.runs) for one in sheet.blocks)


def test_of_one_to_n_the_one_with_the_smaller_n_is_higher(small):
    old = small.assessments[0]
    [one] = [one for one in old.findings if one.criterion == "consolidation"]
    figure = next(one for one in small.figures if one.indicator == "child_ratio")
    ratio = replace(
        one, term="师幼比", figure=figure, shown="1:13.50", rule="at_most", threshold=Fraction(12)
    )
    small.assessments = [replace(old, findings=(ratio,), spread=())]
    text = small.write(small.text(findings="problems"), small.text(findings="measures")).text
    assert "为1:13.50，低于" in text.outline()
    assert "由1:13.50提高到" in text.outline()


# ── findings in prose ───────────────────────────────────────────────────────


def crowd(small, quantities: list[int]) -> str:
    """The problem and measure on one criterion that so many schools fail by so much."""
    old = small.assessments[0]
    pattern = next(one for one in old.findings if one.criterion == "arts")
    findings = tuple(
        replace(
            pattern, place=f"21630001{n:02d}", lacking=Shortfall(quantity, "person", "体育艺术教师")
        )
        for n, quantity in enumerate(quantities)
    )
    small.assessments = [replace(old, findings=findings, spread=())]
    text = small.write(small.text(findings="problems"), small.text(findings="measures")).text
    return text.outline()


def test_more_than_a_few_schools_are_grouped_by_what_they_lack(small):
    text = crowd(small, [1, 3, 1, 1, 2, 3, 1])
    assert (
        "小学有7所学校未达标，共缺12人，其中2163000101、2163000105各缺3人，2163000104缺2人，"
        in text
    )
    assert "各缺1人。" in text
    assert "小学补充体育艺术教师12人，其中2163000101、2163000105各3人，" in text


def test_of_many_schools_the_others_are_added_up(small):
    quantities = [5] * 12 + [1, 2, 1]
    text = crowd(small, quantities)
    assert f"共缺{sum(quantities)}人" in text
    assert "，其余3所共缺4人。" in text
    assert "，其余3所共4人。" in text


def test_a_name_that_ends_in_a_digit_is_not_read_as_one_with_its_number(small):
    assert "其中“2163000100”3人，“2163000101”2人。" in crowd(small, [3, 2])


def test_thirteen_are_all_named(small):
    assert "其余" not in crowd(small, [1] * 13)


def test_nothing_to_say_is_said(small):
    old = small.assessments[0]
    met = tuple(replace(one, verdict=Verdict.MET) for one in old.findings)
    spread = tuple(replace(one, verdict=Verdict.MET) for one in old.spread)
    small.assessments = [replace(old, findings=met, spread=spread, verdict=Verdict.MET)]
    text = small.write().text.outline()
    assert "未发现不达标的情况。" in text
    assert "继续做好监测。" in text
    assert "全部达标。" in text
    assert "尚未全部达标。" not in text


def test_a_rise_to_all_is_not_a_rise_above_all(small):
    old = small.assessments[0]
    [one] = [one for one in old.findings if one.criterion == "consolidation"]
    one = replace(one, threshold=Fraction(100))
    small.assessments = [replace(old, findings=(one,), spread=())]
    text = small.write(small.text(findings="measures")).text.outline()
    assert "使九年巩固率由94.15%提高到100%。" in text


def test_headings_from_findings_are_numbered_below_the_last(small):
    done = small.write(small.text(heading="存在问题"), small.text(findings="problems"))
    numbers = [one.number for one in done.text.blocks if isinstance(one, Heading)]
    assert numbers == ["一、", "（一）", "（二）", "（三）", "（四）", "（五）"]


def test_several_points_under_one_heading_are_counted_out(small):
    old = small.assessments[0]
    [one] = [one for one in old.findings if one.criterion == "consolidation"]
    other = replace(one, criterion="size", term="规模")
    give_theme(small, "size", "rates")
    small.assessments = [replace(old, findings=(one, other), spread=())]
    paragraphs = [
        plain(one.runs)
        for one in small.write(small.text(findings="problems")).text.blocks
        if isinstance(one, Paragraph)
    ]
    assert [text[:2] for text in paragraphs] == ["一是", "二是"]


def test_a_missing_assessment_is_a_complaint(small):
    small.assessments = []
    done = small.write(small.text(findings="problems"))
    assert [issue.code for issue in done.issues] == ["W-STANDARD"]


# ── claims ──────────────────────────────────────────────────────────────────


def test_a_claim_carries_its_figures_own_key(small):
    [claim] = small.write(small.text(text="{pupils/primary}")).text.claims()
    [figure] = [one for one in small.figures if one.key == claim.key]
    assert claim.figure is figure
    assert (claim.text, claim.shown, claim.value) == ("1500人", "1500", 1500)


def test_what_is_said_of_findings_has_a_key_of_the_same_form(small):
    template = "{balance.joint/primary#met}{balance.consolidation#limit}{balance#verdict}"
    keys = [claim.key for claim in small.write(small.text(text=template)).text.claims()]
    assert keys == [
        "balance.joint/632599/primary/2025-2026#met",
        "balance.consolidation/632599/all/2025-2026#limit",
        "balance/632599/all/2025-2026#verdict",
    ]


def test_one_key_means_one_value(small):
    """A key that stood for two values could not be resolved."""
    values: dict[str, set] = {}
    for claim in small.write().text.claims():
        values.setdefault(claim.key, set()).add(claim.value)
    assert [key for key, different in values.items() if len(different) > 1] == []
