"""The national outlines can be written for any county, and read as official prose."""

import io
import re
import subprocess
from datetime import date
from fractions import Fraction

import docx
import pytest
from national import national

from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import TAG_LIMIT
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.records.finding import Assessment, Finding, Shortfall, Verdict
from xianxue.bureau.report import read_tags
from xianxue.bureau.report.check import faults_in
from xianxue.bureau.report.compose import compose
from xianxue.bureau.report.context import lookup_in
from xianxue.bureau.report.official.write import paper_of, render_paper, setting_of
from xianxue.bureau.report.text import Heading
from xianxue.bureau.report.word import render
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

COUNTY, DAY, PERIOD = "632599", date(2025, 12, 31), Period.parse("2025-2026")
NAMES = ("annual_summary", "balance_self_assessment")
NUMBERS = {"percent": "88.50", "people_per_person": "1:14.20", "coefficient": "0.4000"}


@pytest.fixture(scope="module")
def shelf():
    return national().shelf


@pytest.fixture(scope="module")
def register() -> Register:
    """An invented county (虚构) of four schools."""

    def school(code: str, name: str, kind: str, *stages: Stage) -> Place:
        history = (Attributes(valid_from=date(2000, 9, 1), school_type=kind, stages=stages),)
        return Place(code=code, name=name, level="school", parent=COUNTY, history=history)

    return Register.of(
        [
            Place(code=COUNTY, name="虚构县", level="county"),
            school("2163000001", "北坡小学", "211", Stage.PRIMARY),
            school("2163000002", "南湾小学", "211", Stage.PRIMARY),
            school("3163000003", "河口九年一贯制学校", "312", Stage.PRIMARY, Stage.LOWER_SECONDARY),
            school("1163000004", "河口镇中心幼儿园", "111", Stage.PRESCHOOL),
        ]
    )


def figures(shelf, register, missing=()) -> list[Figure]:
    """A figure of every indicator, for every place and stage it has; all but some are known."""
    made = []
    for card in shelf.indicators.values():
        for place in register:
            stages = card.stages or [None]
            if place.level == "school":
                stages = [one for one in stages if one is None or one in place.stages(DAY)]
            lacks = bool(missing) and place.code in {COUNTY, *missing}
            for stage in stages:
                shown = NUMBERS.get(card.unit, "1234")
                made.append(
                    Figure(
                        indicator=card.indicator,
                        place=place.code,
                        stage=stage,
                        period=PERIOD.code,
                        value=None if lacks else Fraction(shown.removeprefix("1:")),
                        unit=card.unit,
                        shown="未定" if lacks else shown,
                        numerator=None,
                        denominator=None,
                        coverage=Coverage(4 - len(missing), 4, tuple(missing)),
                    )
                )
    return made


def places_of(per: str, register) -> list[tuple[str, Stage | None]]:
    both = (Stage.PRIMARY, Stage.LOWER_SECONDARY)
    schools = [one for one in register if set(one.stages(DAY)) & set(both)]
    return {
        "county": [(COUNTY, None)],
        "county_stage": [(COUNTY, stage) for stage in both],
        "school": [(one.code, None) for one in schools],
        "school_stage": [(one.code, stage) for one in schools for stage in one.stages(DAY)],
    }[per]


def assess(shelf, register, made, verdict) -> list[Assessment]:
    """Every criterion judged alike, as the shape of the findings alone matters here."""
    lookup = lookup_in(made)
    assessments = []
    for standard in shelf.standards.values():

        def judged(card, standard=standard):
            for place, stage in places_of(card.per, register):
                value = next(
                    (v for v in in_force(card.values, DAY) if v.stage in {stage, None}), None
                )
                if value is None:
                    continue
                figure = lookup(shelf.indicator(card.indicator).indicator, place, stage)
                known = figure is not None and figure.value is not None
                noun = card.lacking
                yield Finding(
                    standard=standard.standard,
                    criterion=card.criterion,
                    term=card.term,
                    place=place,
                    stage=stage,
                    figure=figure,
                    shown=figure.shown if known else "未定",
                    threshold=Fraction(value.value),
                    rule=card.rule,
                    verdict=verdict if known else Verdict.UNDETERMINED,
                    missing=() if known else figure.coverage.missing if figure else (),
                    citation=value.citation,
                    lacking=Shortfall(3, noun.unit, noun.noun)
                    if noun and verdict is Verdict.NOT_MET and known
                    else None,
                )

        findings = [one for card in standard.criteria for one in judged(card)]
        for rule in standard.combine:
            pattern = findings[0]
            findings += [
                replace(
                    pattern,
                    criterion=rule.criterion,
                    term=rule.term,
                    place=place,
                    stage=stage,
                    figure=None,
                    threshold=None,
                    rule="combination",
                    lacking=None,
                )
                for place, stage in places_of("school_stage", register)
            ]
        spread = [one for card in standard.spread for one in judged(card)]
        overall = Verdict.UNDETERMINED
        if not any(one.verdict is Verdict.UNDETERMINED for one in (*findings, *spread)):
            overall = verdict
        assessments.append(
            Assessment(
                standard=standard.standard,
                term=standard.term,
                period=PERIOD.code,
                on=DAY.isoformat(),
                verdict=overall,
                findings=tuple(findings),
                spread=tuple(spread),
            )
        )
    return assessments


def write(name, shelf, register, verdict, missing=()):
    """Write a national outline for the invented county."""
    made = figures(shelf, register, missing)
    done = compose(
        shelf.outlines[name],
        shelf=shelf,
        figures=lookup_in(made),
        assessments=assess(shelf, register, made, verdict),
        register=register,
        period=PERIOD,
        on=DAY,
    )
    assert [issue.message for issue in done.issues] == []
    return done.text


@pytest.mark.parametrize("name", NAMES)
def test_an_outline_names_only_what_is_declared(name, shelf):
    assert faults_in(shelf.outlines[name], shelf) == []


CASES = [
    (Verdict.MET, ()),
    (Verdict.NOT_MET, ()),
    (Verdict.NOT_MET, ("2163000001", "1163000004")),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("verdict", "missing"), CASES, ids=["met", "not_met", "missing"])
def test_a_county_gets_clean_prose_whatever_its_figures(name, verdict, missing, shelf, register):
    text = write(name, shelf, register, verdict, missing)
    written = text.outline()
    open_ones = re.compile(r"^(\[(股室填写|待补)：.*\]|.*“\[待补：”.*)$", re.MULTILINE)
    lines = open_ones.sub("", written)
    for stray in (
        "，，",
        "，。",
        "：。",
        "、。",
        "（）",
        "（、",
        "：、",
        "；；",
        "{",
        "[",
        "None",
        "未定",
    ):
        assert stray not in lines, stray
    for line in lines.splitlines():
        if not line.startswith(("#", "【", "说明")) and len(line) > 40 and "|" not in line:
            assert line.endswith(("。", "；")), line
    assert ("[待补：" in written) is bool(missing)
    assert lines.count("暂行") == 1


@pytest.mark.parametrize("name", NAMES)
def test_top_headings_are_numbered_without_a_gap(name, shelf, register):
    text = write(name, shelf, register, Verdict.NOT_MET)
    numbers = [one.number for one in text.blocks if isinstance(one, Heading) and one.level == 1]
    assert numbers == [f"{n}、" for n in "一二三四五六七八九"[: len(numbers)]]
    assert len(numbers) in {4, 5, 9}


@pytest.mark.parametrize("name", NAMES)
def test_every_number_of_a_national_document_carries_a_tag_that_resolves(
    name, shelf, register, profile
):
    text = write(name, shelf, register, Verdict.NOT_MET)
    document = render(text, profile)
    mapped = read_tags.claims(document)
    tagged = read_tags.tags(document)
    assert [one.text for one in tagged] == [claim.text for claim in text.claims()]
    assert all(len(one.tag) <= TAG_LIMIT and one.text in mapped[one.tag].printed for one in tagged)
    values: dict[str, set] = {}
    for claim in text.claims():
        values.setdefault(claim.key, set()).add(claim.value)
    assert {key: both for key, both in values.items() if len(both) > 1} == {}
    assert docx.Document(io.BytesIO(document)).paragraphs[0].text.startswith("虚构县")


@pytest.mark.parametrize("name", NAMES)
def test_digits_outside_tags_are_days_numbers_of_rules_and_headings(name, shelf, register, profile):
    """What is left must stand in the card or in a rule's own name, not come from a figure."""
    document = render(write(name, shelf, register, Verdict.NOT_MET), profile)
    outside = "\n".join(read_tags.plain_text(document))
    assert "1234" not in outside
    assert not re.search(r"\d+\.\d\d", outside), "no value of two decimals stands untagged"
    assert not re.search(r"\d%", outside.replace("标准的85%", ""))


def test_libreoffice_opens_both(shelf, register, profile, tmp_path, soffice):
    files = [tmp_path / f"{name}.docx" for name in NAMES]
    for name, file in zip(NAMES, files, strict=True):
        file.write_bytes(render(write(name, shelf, register, Verdict.NOT_MET), profile))
    home = (tmp_path / "home").as_uri()
    command = [soffice, f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True)
    for file in files:
        assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


SET_AS = {
    "finance_letter": ("函", "请予支持为盼。"),
    "safety_circular": ("文件", "特此通报。"),
    "leader_brief": ("专报", ""),
}


@pytest.mark.parametrize("name", SET_AS)
def test_a_short_document_has_the_head_of_its_kind_and_the_tags_of_a_report(name, shelf, register):
    card = shelf.outlines[name]
    text = write(name, shelf, register, Verdict.NOT_MET)
    setting = setting_of(shelf, shelf.genres[card.genre], "gbt9704")
    data = render_paper(paper_of(text, setting, card.closing), setting, text)

    head, closing = SET_AS[name]
    said = "\n".join(one.text for one in docx.Document(io.BytesIO(data)).paragraphs)
    assert faults_in(card, shelf) == []
    assert head in said
    assert closing in said
    assert {one.tag for one in text.claims()} == set(read_tags.claims(data))


def test_a_letter_asks_for_nothing_where_nothing_lacks(shelf, register):
    text = write("finance_letter", shelf, register, Verdict.MET)
    assert "商请支持事项" not in text.outline()
    assert "未发现不达标" in text.outline()
    assert "请予支持" not in text.outline()


def test_a_letter_says_nothing_of_schools_of_which_nothing_is_known(shelf, register):
    text = write("finance_letter", shelf, register, Verdict.UNDETERMINED)
    assert "未发现不达标" not in text.outline()
    assert "还不能判定" in text.outline()
    assert "请予支持" not in text.outline()
