"""What documents say of appraisals: points, verdicts, evidence, what is lacking (虚构)."""

from __future__ import annotations

from fractions import Fraction

import pytest
import yaml

from xianxue.bureau.appraisal.grading import grade
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.outline import Block, Column, Outline, TableBlock
from xianxue.bureau.records.appraised import Appraised, Judged, Known, Reading
from xianxue.bureau.records.trace import EvidenceRef
from xianxue.bureau.report.check import faults_in
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.report.text import plain
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

CARD = """
rubric: county_check
term: 县级评估（虚构）
judges: county
points: 5
not_applicable: renormalise
items:
  - item: guarantee
    term: 保障
    items:
      - {item: size, term: 各校规模, points: 1, from: {kind: finding, standard: balance, criteria: [size]}}
      - {item: open, term: 各校班额, points: 1, from: {kind: finding, standard: balance, criteria: [size]}}
      - {item: plan, term: 布局规划, points: 1, from: {kind: document, documents: [{document: plan, term: 规划}]}}
      - {item: care, term: 关爱体系, points: 1, from: {kind: document, documents: [{document: care, term: 档案}, {document: rules, term: 制度}]}}
  - {item: special, term: 特教经费, points: 1, from: {kind: finding, standard: balance, criteria: [size]}}
vetoes:
  - {veto: fraud, term: 弄虚作假, caps: not_met}
grading:
  grades: [{grade: met, term: 达到, at_least: 5}, {grade: not_met, term: 未达到}]
  source: {document: own, seen: own}
source: {document: own, seen: own}
"""
ON = Period.parse("2025-2026").reference_day


def paper(number: str, about: str) -> Reading:
    trace = EvidenceRef(place="1", rubric="县级评估", number=number, term="规划")
    return Reading(value=Fraction(1), about=about, document="规划", traces=(trace,))


def finding(value: int | None, note: str) -> Known:
    return Known(readings=(Reading(value=None if value is None else Fraction(value), note=note),))


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return card_of(yaml.safe_load(CARD), Rubric, "rubric county_check")


@pytest.fixture
def written(small, rubric):
    """Write blocks for the small county, in which that was appraised."""
    known = {
        "size": finding(0, "学校规模：3 所中 2 所达标"),
        "open": finding(None, "班额：3 所中 2 所达标，1 所无法判定"),
        "plan": Known(readings=(paper("1.3-01", "plan"),)),
        "care": Known(readings=(paper("1.4-01", "care"),)),
        "special": Known(lacking=Missing.NOT_ASKED, why="没有特教学校"),
    }
    county = small.places.county
    judged = [Judged(place=county, name="虚构县", known=known)]
    found = scores(rubric, judged, ON)
    graded = grade(rubric, found, judged, ON).graded
    appraised = Appraised(
        rubric=rubric,
        period=Period.parse("2025-2026"),
        release=0,
        state="预览",
        scores={one.place: one for one in found},
        graded={one.place: one for one in graded},
    )
    shelf = replace(small.shelf, rubrics={"county_check": rubric})

    def write(*blocks: Block, at_hand: bool = True):
        outline: Outline = small.outline(*blocks)
        assert faults_in(outline, shelf) == []
        return compose(
            outline,
            shelf=shelf,
            figures=lookup_in(small.figures),
            assessments=small.assessments,
            register=small.register,
            period=Period.parse("2025-2026"),
            on=small.on,
            **({"appraisals": {"county_check": appraised}.get} if at_hand else {}),
        )

    return write


def table(rows: str, *words: str, under: str = "") -> Block:
    columns = [Column(term=word, value=f"{{{word}}}") for word in words]
    return Block(
        rubric="county_check",
        table=TableBlock(
            term="自评", rows=rows, rubric="county_check", under=under, columns=columns
        ),
    )


def rows_of(composed) -> list[list[str]]:
    assert composed.text is not None, composed.issues
    (made,) = composed.text.blocks
    return [[plain(cell) for cell in row] for row in made.rows]


def test_each_item_has_its_verdict_its_evidence_and_what_it_lacks(written):
    """By hand: one of three schools is below; one is open; one paper of two is there."""
    words = ("number", "points", "of", "verdict", "result", "evidence", "lacking")
    assert rows_of(written(table("rubric_items", *words, under="guarantee"))) == [
        ["1.1", "0", "1", "未达标", "学校规模：3所中2所达标", "—", "—"],
        ["1.2", "无法判定", "1", "无法判定", "班额：3所中2所达标，1所无法判定", "—", "还有没有判定的项"],
        ["1.3", "1", "1", "材料齐全", "已交规划", "1.3-01", "—"],
        ["1.4", "0", "1", "材料不全", "已交档案", "1.4-01", "缺：制度"],
    ]  # fmt: skip


def test_a_paper_that_is_there_is_never_called_met_and_what_is_open_is_not_either(written):
    text = "{county_check.guarantee#met}/{county_check.guarantee#not_met}"
    text += "/{county_check.guarantee#undetermined}/{county_check.special#inapplicable}"
    said = written(Block(text=text, rubric="county_check"))
    # One complete; one below and one incomplete; one open; the special item by itself.
    assert plain(said.text.blocks[0].runs) == "1/2/1/1"
    (row,) = rows_of(written(table("rubric_items", "verdict", "points", under="special")))
    assert row == ["不适用", "—"]


def test_the_whole_is_open_while_an_item_is_and_says_how_far_it_has_come(written):
    said = written(Block(text="{county_check#total}，{county_check#state}", rubric="county_check"))
    assert plain(said.text.blocks[0].runs) == "无法判定，预览"
    assert all(claim.provisional for claim in said.text.claims())


def test_that_no_veto_was_recorded_is_no_proof(written):
    assert rows_of(written(table("rubric_vetoes", "term", "verdict", "evidence"))) == [
        ["弄虚作假", "没有记录", "—"]
    ]


def test_every_cell_carries_a_key_that_explain_can_follow(written):
    said = written(table("rubric_items", "points", "verdict", under="guarantee"))
    keys = [claim.key for claim in said.text.claims()]
    place = said.text.blocks[0].rows[0][0][0].place
    assert keys[:2] == [
        f"county_check.size/{place}/all/2025-2026",
        f"county_check.size/{place}/all/2025-2026#verdict",
    ]


def test_without_the_appraisal_the_document_is_written_without_its_blocks(written):
    said = written(
        Block(text="其余照写。"),
        Block(text="{county_check#total}", rubric="county_check"),
        table("rubric_items", "term"),
        at_hand=False,
    )
    assert [plain(one.runs) for one in said.text.blocks] == ["其余照写。"]
    refused = written(Block(text="{county_check#total}"), at_hand=False)
    assert refused.text is None
    assert "先评价，再写文稿" in refused.issues[0].message
