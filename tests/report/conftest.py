"""A small invented county (虚构) with figures and findings written by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest
from national import national

from xianxue.bureau.kinds.card import Cited, DatedValue
from xianxue.bureau.kinds.indicator import Indicator, Show
from xianxue.bureau.kinds.outline import Block, Column, Outline, TableBlock
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Criterion, Lacking, Standard
from xianxue.bureau.law.citation import Citation, Seen, Source
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.finding import Assessment, Finding, Shortfall, Verdict
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

COUNTY, TOWN = "632599", "632599100"
NORTH, SOUTH, RIVER, GARDEN = "2163000001", "2163000002", "3163000003", "1163000004"
PERIOD = Period.parse("2025-2026")
DAY = date(2025, 12, 31)
PRIMARY, LOWER = Stage.PRIMARY, Stage.LOWER_SECONDARY
OWN = Cited(document="own", seen=Seen.OWN)
RULES = Citation("rules", Seen.RELAYED)
DOUBT = Citation("doubt", Seen.UNVERIFIED, note="只有单一来源")


def place(code: str, name: str, level: str, parent: str, kind: str = "", *stages: Stage) -> Place:
    history = (Attributes(valid_from=date(2000, 9, 1), school_type=kind, stages=stages),)
    return Place(
        code=code, name=name, level=level, parent=parent, history=history if stages else ()
    )


def register() -> Register:
    return Register.of(
        [
            place(COUNTY, "虚构县", "county", ""),
            place(TOWN, "河口镇", "township", COUNTY),
            place(NORTH, "北坡小学", "school", TOWN, "211", PRIMARY),
            place(SOUTH, "南湾小学", "school", TOWN, "211", PRIMARY),
            place(RIVER, "河口九年一贯制学校", "school", TOWN, "312", PRIMARY, LOWER),
            place(GARDEN, "河口镇中心幼儿园", "school", TOWN, "111", Stage.PRESCHOOL),
        ]
    )


def indicator(name: str, term: str, unit: str, decimals: int, **parts) -> Indicator:
    parts = {"kind": "ratio", "levels": ["school_stage", "county"], "source": OWN} | parts
    return Indicator(indicator=name, term=term, unit=unit, show=Show(decimals=decimals), **parts)


def criterion(name: str, term: str, per: str, rule: str, *values, **parts) -> Criterion:
    dated = [
        DatedValue(
            valid_from=date(2017, 1, 1), value=Decimal(value), stage=stage, source="r", seen=seen
        )
        for value, stage, seen in values
    ]
    parts = {"indicator": name} | parts
    return Criterion(criterion=name, term=term, per=per, rule=rule, values=dated, **parts)


def shelf() -> Shelf:
    both = [PRIMARY, LOWER]
    indicators = [
        indicator("pupils", "在校生数", "person", 0, kind="sum", stages=both),
        indicator("pupils_all", "在校生总数", "person", 0, kind="sum"),
        indicator("boarders", "寄宿生数", "person", 0, kind="sum", stages=both),
        indicator("special_schools", "特殊教育学校数", "school", 0, kind="count"),
        indicator("arts", "每百名学生拥有体育艺术教师数", "people_per_hundred", 2, stages=both),
        indicator("area", "生均用房面积", "square_metre_per_person", 2, stages=both),
        indicator("size", "在校生规模", "person", 0, levels=["school"]),
        indicator("child_ratio", "师幼比", "people_per_person", 2),
        indicator(
            "consolidation",
            "九年巩固率",
            "percent",
            2,
            source=Cited(document="doubt", seen=Seen.UNVERIFIED),
        ),
        indicator("spread_area", "生均用房面积校际差异系数", "coefficient", 4, stages=both),
    ]
    seen, doubt = Seen.RELAYED, Seen.UNVERIFIED
    standard = Standard(
        standard="balance",
        term="虚构均衡标准",
        criteria=[
            criterion(
                "arts",
                "每百名学生拥有体育艺术教师数",
                "school_stage",
                "at_least",
                ("0.9", None, seen),
                lacking=Lacking(noun="体育艺术教师", unit="person"),
                theme="staff",
            ),
            criterion(
                "area",
                "生均用房面积",
                "school_stage",
                "at_least",
                ("4.5", PRIMARY, seen),
                ("5.8", LOWER, seen),
                lacking=Lacking(noun="教学用房", unit="square_metre"),
                theme="conditions",
            ),
            criterion(
                "size", "学校规模", "school", "at_most", ("2000", None, doubt), theme="sizes"
            ),
            criterion("consolidation", "九年巩固率", "county", "at_least", ("95", None, seen)),
        ],
        combine=[
            Combination(
                valid_from=date(2017, 1, 1),
                criterion="joint",
                term="两项至少达标一项",
                need=1,
                of=["arts", "area"],
                others_reach=Decimal("0.85"),
                source="rules",
                seen=seen,
            )
        ],
        spread=[
            criterion(
                "spread_area",
                "生均用房面积校际差异系数",
                "county_stage",
                "at_most",
                ("0.50", PRIMARY, seen),
                ("0.45", LOWER, seen),
            )
        ],
        source=OWN,
    )
    return Shelf(
        sources={
            "rules": Source("rules", "虚构评估办法", "虚构部门", "虚督〔2017〕6号"),
            "doubt": Source("doubt", "虚构口径说明", "虚构部门"),
        },
        indicators={one.indicator: one for one in indicators},
        standards={"balance": standard},
    )


def figure(name, where, stage, value, shown, **parts) -> Figure:
    expected = 3 if where == COUNTY else 1
    return Figure(
        indicator=name,
        place=where,
        stage=stage,
        period=PERIOD.code,
        value=value,
        unit=shelf().indicators[name].unit,
        shown=shown,
        numerator=value if isinstance(value, Fraction) else None,
        denominator=None,
        coverage=Coverage(expected, expected),
        **parts,
    )


def figures() -> list[Figure]:
    return [
        figure("pupils", COUNTY, PRIMARY, Fraction(1500), "1500"),
        figure("pupils", COUNTY, LOWER, Fraction(600), "600"),
        figure("pupils_all", COUNTY, None, Fraction(2100), "2100"),
        figure("pupils", NORTH, PRIMARY, Fraction(500), "500"),
        figure("pupils", SOUTH, PRIMARY, Fraction(400), "400"),
        figure("pupils", RIVER, PRIMARY, Fraction(600), "600"),
        figure("pupils", RIVER, LOWER, Fraction(600), "600"),
        figure("boarders", COUNTY, PRIMARY, Fraction(0), "0"),
        figure("boarders", COUNTY, LOWER, Fraction(480), "480"),
        figure("special_schools", COUNTY, None, Fraction(0), "0"),
        figure("arts", COUNTY, PRIMARY, Fraction(13, 15), "0.87"),
        figure("arts", NORTH, PRIMARY, Fraction(4, 5), "0.80"),
        figure("arts", SOUTH, PRIMARY, Fraction(1, 2), "0.50"),
        figure("arts", RIVER, PRIMARY, Fraction(7, 6), "1.17"),
        figure("arts", RIVER, LOWER, Fraction(1), "1.00"),
        figure("area", NORTH, PRIMARY, Fraction(26, 5), "5.20"),
        figure("area", SOUTH, PRIMARY, Fraction(5), "5.00"),
        figure("area", RIVER, PRIMARY, Fraction(6), "6.00"),
        figure("area", RIVER, LOWER, Fraction(5796, 1000), "5.80"),
        figure("size", RIVER, None, Fraction(2100), "2100"),
        figure("child_ratio", COUNTY, None, Fraction(27, 2), "1:13.50"),
        figure("consolidation", COUNTY, None, Fraction(1883, 20), "94.15"),
        figure("spread_area", COUNTY, PRIMARY, Root(Fraction(9, 100)), "0.3000"),
        figure("spread_area", COUNTY, LOWER, Root(Fraction(1, 4)), "0.5000"),
    ]


def finding(name, where, stage, verdict, made, **parts) -> Finding:
    rule = {"size": "at_most", "spread_area": "at_most"}.get(name, "at_least")
    standard = shelf().standards["balance"]
    cards = {one.criterion: one for one in (*standard.criteria, *standard.spread)}
    limit = next(one.value for one in cards[name].values if one.stage in {stage, None})
    value = next((f for f in made if (f.indicator, f.place, f.stage) == (name, where, stage)), None)
    parts = {"shown": value.shown if value else "未定", "citation": RULES} | parts
    return Finding(
        standard="balance",
        criterion=name,
        term=cards[name].term,
        place=where,
        stage=stage,
        figure=value,
        threshold=Fraction(limit),
        rule=rule,
        verdict=verdict,
        **parts,
    )


def together(where: str, stage: Stage, verdict: Verdict, *rests_on: str) -> Finding:
    return Finding(
        standard="balance",
        criterion="joint",
        term="两项至少达标一项",
        place=where,
        stage=stage,
        figure=None,
        shown="",
        threshold=None,
        rule="combination",
        verdict=verdict,
        citation=RULES,
        rests_on=rests_on,
    )


def assessment(made: list[Figure]) -> Assessment:
    met, not_met = Verdict.MET, Verdict.NOT_MET
    people = Shortfall(1, "person", "体育艺术教师")
    findings = (
        finding("consolidation", COUNTY, None, not_met, made),
        finding("arts", NORTH, PRIMARY, not_met, made, lacking=people),
        finding("area", NORTH, PRIMARY, met, made),
        together(NORTH, PRIMARY, met),
        finding(
            "arts",
            SOUTH,
            PRIMARY,
            not_met,
            made,
            lacking=replace(people, quantity=2),
        ),
        finding("area", SOUTH, PRIMARY, met, made),
        together(SOUTH, PRIMARY, not_met, "arts"),
        finding("arts", RIVER, PRIMARY, met, made),
        finding("area", RIVER, PRIMARY, met, made),
        together(RIVER, PRIMARY, met),
        finding("arts", RIVER, LOWER, met, made),
        finding(
            "area",
            RIVER,
            LOWER,
            not_met,
            made,
            shown="5.796",
            lacking=Shortfall(3, "square_metre", "教学用房"),
        ),
        together(RIVER, LOWER, met),
        finding(
            "size",
            RIVER,
            None,
            not_met,
            made,
            citation=DOUBT,
            lacking=Shortfall(100, "person", "学生", surplus=True),
        ),
    )
    spread = (
        finding("spread_area", COUNTY, PRIMARY, met, made),
        finding("spread_area", COUNTY, LOWER, not_met, made),
    )
    return Assessment(
        standard="balance",
        term="虚构均衡标准",
        period=PERIOD.code,
        on=DAY.isoformat(),
        verdict=not_met,
        findings=findings,
        spread=spread,
    )


def blocks() -> list[Block]:
    return [
        Block(text="现将{county}{period}情况报告如下。"),
        Block(heading="基本情况"),
        Block(
            text="在校生{pupils_all}，其中：小学{pupils/primary}、初中{pupils/lower_secondary}"
            "[，特殊教育学校{special_schools}]。[寄宿生小学{boarders/primary}，]"
            "初中寄宿生{boarders/lower_secondary}，师幼比{child_ratio}。情况见{next_table}。"
        ),
        Block(
            table=TableBlock(
                term="学段情况",
                rows="stages",
                stages=[PRIMARY, LOWER],
                columns=[
                    Column(term="学段", value="{stage}"),
                    Column(term="学生数（人）", value="{pupils}"),
                    Column(term="寄宿生（人）", value="{boarders}"),
                ],
                total=["合计", "{pupils_all}", "—"],
            )
        ),
        Block(heading="均衡情况"),
        Block(heading="逐校判定", level=2),
        Block(
            text="应评小学{balance.joint/primary#judged}所、达标{balance.joint/primary#met}所，"
            "至少{balance.joint#need}项达标，余项不低于{balance.joint#others_reach}。"
            "九年巩固率{balance.consolidation}，标准不低于{balance.consolidation#limit}，"
            "{balance.consolidation#verdict}。"
        ),
        Block(
            table=TableBlock(
                term="逐校情况",
                rows="school_stages",
                standard="balance",
                columns=[
                    Column(term="学校", value="{school}"),
                    Column(term="学段", value="{stage}"),
                    Column(term="体艺教师", value="{balance.arts}"),
                    Column(term="用房", value="{balance.area}"),
                    Column(term="判定", value="{balance.joint#verdict}"),
                ],
            )
        ),
        Block(heading="各项判定", level=2),
        Block(
            table=TableBlock(
                term="各项情况",
                rows="criteria",
                standard="balance",
                columns=[
                    Column(term="评估项", value="{term}"),
                    Column(term="标准", value="{limit}"),
                    Column(term="结果", value="{result}"),
                    Column(term="判定", value="{verdict}"),
                ],
            )
        ),
        Block(
            table=TableBlock(
                term="校际差异",
                rows="spread",
                standard="balance",
                columns=[
                    Column(term="指标", value="{term}"),
                    Column(term="小学", value="{value/primary}"),
                    Column(term="初中", value="{value/lower_secondary}"),
                    Column(term="初中上限", value="{limit/lower_secondary}"),
                ],
            )
        ),
        Block(heading="存在问题"),
        Block(findings="problems", otherwise="未发现不达标的情况。"),
        Block(heading="下一步工作打算"),
        Block(findings="measures", otherwise="继续做好监测。"),
        Block(text="全部达标。", when="met"),
        Block(text="尚未全部达标。", when="not_met"),
    ]


def outline(*made: Block) -> Outline:
    return Outline(
        outline="small",
        term="虚构报告",
        title="{county}\n虚构报告",
        addressee="{county}人民政府",
        standards=["balance"],
        blocks=list(made) or blocks(),
        signature="{county}教育局",
        source=OWN,
    )


@pytest.fixture
def small() -> SimpleNamespace:
    """The small county: its shelf, figures, assessment, and a way to write a document about it."""
    made = figures()
    county = SimpleNamespace(
        shelf=shelf(), figures=made, assessments=[assessment(made)], register=register(), on=DAY
    )

    def write(*parts: Block):
        return compose(
            outline(*parts),
            shelf=county.shelf,
            figures=lookup_in(county.figures),
            assessments=county.assessments,
            register=county.register,
            period=PERIOD,
            on=county.on,
        )

    def change(name: str, where: str, stage: Stage | None, **parts) -> None:
        """Change one figure, in the findings that rest on it too."""
        old = next(
            one
            for one in county.figures
            if (one.indicator, one.place, one.stage) == (name, where, stage)
        )
        new = replace(old, **parts)
        county.figures = [new if one is old else one for one in county.figures]
        county.assessments = [assessment(county.figures)]

    county.write, county.change, county.text, county.outline = write, change, Block, outline
    county.places = SimpleNamespace(
        county=COUNTY, north=NORTH, south=SOUTH, river=RIVER, garden=GARDEN
    )
    return county


@pytest.fixture(scope="session")
def profile():
    """The national layout."""
    return national().shelf.profiles["gbt9704"]


@pytest.fixture
def golden() -> Path:
    """The folder of texts that were read and found right."""
    return Path(__file__).parent / "golden"
