"""Published figures, from score tables whose counts are those of the documents (all invented)."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from xianxue.bureau.records.trace import ScoreRef
from xianxue.desk.cli import cli
from xianxue.desk.indicators.river import River
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import MisusedError, Workspace

PERIOD = "2025-2026"
HIGH = "4163980001"
EAST, WEST, MIDDLE, POINT = "2163980001", "3163980001", "3163980002", "2163980002"
SCHOOL = f"{HIGH},四校县高级中学（虚构）,school,639800,1980-09-01,,1980-09-01,342,831,111,1,\n"


@pytest.fixture
def county(four_schools, tmp_path, copy_workspace):
    copy_workspace(four_schools, tmp_path / "four")
    places = tmp_path / "four" / "places.csv"
    places.write_text(places.read_text("utf-8") + SCHOOL, encoding="utf-8")
    return tmp_path / "four"


def run(county: Path, *args: object, fails: int = 0) -> str:
    line = [*map(str, args), "--workspace", str(county)]
    result = CliRunner().invoke(cli, line, standalone_mode=False)
    assert not result.exception, result.exception
    assert (result.return_value or 0) == fails, result.output
    return result.output


def released(county: Path, exam: str, lines: list[str], csv: str, name: str = "统考") -> None:
    """Load a table, set its lines and release it."""
    table = county / "成绩.csv"
    table.write_text(csv, encoding="utf-8")
    day = "2026-06-08" if name == "统考" else "2026-06-20"
    run(
        county,
        "exams",
        "load",
        table,
        "--exam",
        exam,
        "--name",
        name,
        "--day",
        day,
        "--period",
        PERIOD,
    )
    sets = [part for line in lines for part in ("--set", line)]
    if sets:
        run(county, "exams", "lines", name, *sets, "--document", "虚构文件")
    run(county, "exams", "release", name, "--override", "练习县只有一个人（虚构）")


def figure(county: Path, name: str, *how: str) -> dict[str, object]:
    line = ["indicators", "show", name, "--period", PERIOD, "--release", "none", "--json", *how]
    found = json.loads(run(county, *line))
    # Of all its slices the whole, which has none, unless one was asked for.
    return found if isinstance(found, dict) else next(one for one in found if not one.get("slice"))


def shown(county: Path, name: str, *how: str) -> object:
    return figure(county, name, *how)["shown"]


def gaokao(kinds: list[tuple[int, str]]) -> str:
    """A table of so many pupils of each kind, who differ in number alone."""
    head = "学校代码,考号,科类,语文,数学,外语,文科综合,理科综合,专业成绩"
    lines = [head]
    for many, row in kinds:
        lines += [f"{HIGH},{len(lines) + one},{row}" for one in range(many)]
    return "\n".join(lines)


ARTS_LINES = [
    "本科一批线/文史=550", "本科一批线/理工=550", "本科批控制线/文史=430", "本科批控制线/理工=430",
    "艺术类本科线/艺术（文）=300,180", "体育类本科线/体育（理）=300,180",
]  # fmt: skip


def test_the_county_of_seed_000(county):
    """6,302 candidates: 5,582 of arts and sciences, 720 of fine arts and sports.

    Counted by hand: on the upper line 900 + 1,146 = 2,046; on the lower besides 1,100 + 674, so
    3,820; half a point under it 1,762. Of 720, 250 + 147 = 397 reach both lines, 200 the total
    alone, 123 the other alone. 3,820 + 397 = 4,217 of 5,582 + 720 = 6,302.
    """
    kinds = [
        (900, "文史,150,150,100,150,,"), (1146, "理工,150,150,100,,150,"),
        (1100, "文史,100,100,100,130,,"), (674, "理工,100,100,100,,130,"),
        (1000, "文史,100,100,100,129.5,,"), (762, "理工,100,100,100,,129.5,"),
        (250, "艺术（文）,100,50,50,100,,180"), (147, "体育（理）,100,50,50,,100,200"),
        (200, "艺术（文）,100,50,50,100,,179.5"), (123, "体育（理）,100,50,50,,99.5,240"),
    ]  # fmt: skip
    released(county, "gaokao_arts_sciences", ARTS_LINES, gaokao(kinds))
    card = "gaokao_arts_sciences"
    found = {
        name: shown(county, f"{card}_{name}")
        for name in (
            "candidates", "over_first_batch", "rate_first_batch", "over_bachelor", "rate_bachelor",
            "over_arts", "rate_arts", "over_all", "rate_all",
        )
    }  # fmt: skip
    assert found == {
        "candidates": "6302", "over_first_batch": "2046", "rate_first_batch": "36.65",
        "over_bachelor": "3820", "rate_bachelor": "68.43", "over_arts": "397", "rate_arts": "55.14",
        "over_all": "4217", "rate_all": "66.92",
    }  # fmt: skip
    rate = figure(county, f"{card}_rate_first_batch")
    assert (rate["numerator"], rate["denominator"]) == ("2046", "5582")
    track = figure(county, f"{card}_rate_first_batch", "--slice", "track=arts")
    assert (track["numerator"], track["denominator"]) == ("900", "3000")
    _written_and_proved(county)


def _written_and_proved(county: Path) -> None:
    """The annual report says each rate with its base, and the auditor finds it right."""
    out = county / "总结.docx"
    run(
        county,
        "report",
        "write",
        "annual_summary",
        "--period",
        PERIOD,
        "--release",
        "none",
        "-o",
        out,
    )
    text = re.sub(r"<[^>]+>", "", zipfile.ZipFile(out).read("word/document.xml").decode())
    assert (
        "高考参考6302人。文理考生5582人，重点本科进线2046人，进线率36.65%；本科进线3820人，"
        "进线率68.43%。艺体类考生720人，本科进线397人，进线率55.14%。"
    ) in text
    section = county / "节.txt"
    section.write_text(text[text.index("高考参考6302人") :][:90], encoding="utf-8")
    told = json.loads(run(county, "audit", section, "--json"))
    found = [(one["verdict"], one["kind"]) for one in told["findings"]]
    assert found == [("consistent", "rate")] * 3


def test_the_county_of_seed_002(county):
    """5,271 candidates, 4,346 on some line: 82.45 %; 682 on the upper one: 12.94 %."""
    kinds = [
        (682, "文史,150,150,100,150,,"), (3664, "文史,100,100,100,130,,"),
        (925, "文史,100,100,100,129.5,,"),
    ]  # fmt: skip
    released(county, "gaokao_arts_sciences", ARTS_LINES[::2], gaokao(kinds))
    card = "gaokao_arts_sciences"
    assert shown(county, f"{card}_candidates") == "5271"
    assert shown(county, f"{card}_over_bachelor") == "4346"
    assert shown(county, f"{card}_rate_bachelor") == "82.45"
    assert shown(county, f"{card}_over_first_batch") == "682"
    assert shown(county, f"{card}_rate_first_batch") == "12.94"


def monitoring(**schools: list[tuple[object, object]]) -> str:
    """Two subjects of 100 points each."""
    lines = ["学校代码,考号,语文,数学"]
    for school, pupils in schools.items():
        lines += [f"{school[1:]},{len(lines) + at},{a},{b}" for at, (a, b) in enumerate(pupils)]
    return "\n".join(lines)


def test_subjects_by_hand(county):
    """20 with 80 and 60, 10 with 50 and absent: 语文 2,100 of 3,000 points, 20 of 30 passed."""
    table = monitoring(s3163980002=[(80, 60)] * 20 + [(50, "缺考")] * 10)
    released(county, "junior_monitoring", [], table)
    name = "junior_monitoring"
    chinese, maths = ("--slice", "subject=chinese"), ("--slice", "subject=mathematics")
    assert shown(county, f"{name}_score_rate", *chinese) == "70.00"
    assert shown(county, f"{name}_score_rate", *maths) == "60.00"
    assert shown(county, f"{name}_score_rate") == "66.00"  # 3,300 of 5,000 points
    assert shown(county, f"{name}_subject_mean", *chinese) == "70.00"
    assert shown(county, f"{name}_passed_rate", *chinese) == "66.67"
    assert shown(county, f"{name}_passed_rate", *maths) == "100.00"
    # Who lacks a mark has no total, and is no failure in all subjects either.
    assert shown(county, f"{name}_mean") == "140.00"
    assert figure(county, f"{name}_all_passed")["denominator"] == "20"


@pytest.mark.parametrize(
    ("few", "total", "rate"),
    [
        pytest.param([(10, 12), (12, 10)] * 4 + [(11, 12)], "39", "63.31", id="nine"),
        # 2,370 + 99 of 3,900 points; 2,370 + 210 of 5,100.
        pytest.param([(10, 10)] * 21, "51", "50.59", id="alike"),
    ],
)
def test_a_small_school_is_counted_with_others_and_shown_nowhere(county, few, total, rate):
    """9 pupils at the western school, of 10 that are shown, or 21 who all have one mark.

    Of the western township it is the only school, so that the township is not shown either, and
    with it goes the smallest school beside it: the county minus the rest would give it away.
    """
    many = [(80, 80), (78, 70)] * 15
    table = monitoring(s3163980002=many, s3163980001=few)
    released(county, "junior_monitoring", [], table)
    assert shown(county, "junior_monitoring_candidates") == total
    for place in (WEST, MIDDLE):
        line = ["indicators", "show", "junior_monitoring_candidates", "--period", PERIOD]
        line += ["--release", "none", "--place", place, "--workspace", str(county)]
        refused = CliRunner().invoke(cli, line, standalone_mode=False).exception
        assert isinstance(refused, MisusedError)
        assert "没有“初中监测参考人数”这个数" in str(refused)
    whole = shown(county, "junior_monitoring_score_rate", "--slice", "subject=chinese")
    assert whole == rate


def test_a_schools_share_of_the_countys_first_hundred(county):
    """Of 0 to 79 and of 40.5 to 99.5 points the best 100 are all 60 of one and 40 of the other."""
    lines = ["学校代码,考号,语文"]
    lines += [f"{MIDDLE},{at},{at}" for at in range(80)]
    lines += [f"{WEST},{100 + at},{at + 40.5}" for at in range(60)]
    released(county, "zhongkao", [], "\n".join(lines))
    assert shown(county, "zhongkao_share_first_100", "--place", MIDDLE) == "40.00"
    assert shown(county, "zhongkao_share_first_100", "--place", WEST) == "60.00"
    assert shown(county, "zhongkao_first_100") == "100"
    source = River(Workspace.open(county), Workspace.open(county).period(PERIOD)).joined.sources
    rows = source.tables()["zhongkao"].collect().rows(named=True)
    row = next(one["row"] for one in rows if one["place"] == MIDDLE)
    assert len(source.traces(MIDDLE, "zhongkao", "first_100", row)) == 40
    assert len(source.traces(MIDDLE, "zhongkao", "among_first_100", row)) == 100


def test_figures_end_in_rows_of_scores_and_never_in_a_name(county):
    table = monitoring(s3163980002=[(80, 60)] * 20 + [(50, "缺考")] * 10)
    released(county, "junior_monitoring", [], table)
    source = River(Workspace.open(county), Workspace.open(county).period(PERIOD)).joined.sources
    row = source.tables()["junior_monitoring_subjects"].collect()
    (line,) = [one for one in row.rows(named=True) if one["subject"] == "chinese"]
    traces = source.traces(MIDDLE, "junior_monitoring_subjects", "marks", line["row"])
    assert len(traces) == 30
    assert all(isinstance(one, ScoreRef) and one.restricted == "pupils" for one in traces)
    assert sorted({one.value for one in traces}) == ["50", "80"]
    assert {one.row for one in traces} == {str(number) for number in range(30)}


def test_above_the_province_and_who_reached_a_line_by_both_marks(county):
    """60 of 100 arts pupils on the line, the province has 45.25 %: 14.75 points above it.

    Of 100 in fine arts 30 have the total and the other mark, 20 the total alone: 30 are behind it.
    """
    kinds = [(60, "文史,100,100,100,130,,"), (40, "文史,100,100,100,129.5,,")]
    kinds += [(30, "艺术（文）,100,50,50,100,,180"), (20, "艺术（文）,100,50,50,100,,179.5")]
    kinds += [(50, "艺术（文）,50,50,50,100,,200")]
    table = county / "成绩.csv"
    table.write_text(gaokao(kinds), encoding="utf-8")
    card = "gaokao_arts_sciences"
    named = ("--exam", card, "--name", "统考", "--day", "2026-06-08", "--period", PERIOD)
    run(county, "exams", "load", table, *named)
    document = ("--document", "虚构文件")
    lines = ["本科批控制线/文史=430", "艺术类本科线/艺术（文）=300,180"]
    run(county, "exams", "lines", "统考", *[p for one in lines for p in ("--set", one)], *document)
    run(county, "exams", "refer", "统考", "--set", "全省:本科批控制线=45.25", *document)
    run(county, "exams", "release", "统考", "--override", "练习县只有一个人（虚构）")
    assert shown(county, f"{card}_above_province_bachelor") == "14.75"
    assert figure(county, f"{card}_above_city_bachelor")["value"] is None
    source = River(Workspace.open(county), Workspace.open(county).period(PERIOD)).joined.sources
    rows = source.tables()[card].collect().rows(named=True)
    (arts,) = [one for one in rows if one["track"] == "fine_arts_arts"]
    assert arts["over_fine_arts_bachelor"] == 30
    assert len(source.traces(HIGH, card, "over_fine_arts_bachelor", arts["row"])) == 30
    assert len(source.traces(HIGH, card, "base_fine_arts_bachelor", arts["row"])) == 100
    _written(county, "与全省相比高出14.75个百分点")


def _written(county: Path, said: str) -> None:
    out = county / "年度总结.docx"
    run(
        county,
        "report",
        "write",
        "annual_summary",
        "--period",
        PERIOD,
        "--release",
        "none",
        "-o",
        out,
    )
    text = zipfile.ZipFile(out).read("word/document.xml").decode()
    assert said in re.sub("<[^>]+>", "", text)


def test_only_what_is_released_counts_and_of_several_the_last(county):
    table = county / "t.csv"
    table.write_text(monitoring(s3163980002=[(80, 60)] * 20), encoding="utf-8")
    load = ["exams", "load", table, "--exam", "junior_monitoring", "--name", "期中"]
    run(county, *load, "--day", "2025-11-10", "--period", PERIOD)
    assert figure(county, "junior_monitoring_candidates")["value"] is None
    released(county, "junior_monitoring", [], monitoring(s3163980002=[(80, 60)] * 30))
    assert shown(county, "junior_monitoring_candidates") == "30"
    released(county, "junior_monitoring", [], monitoring(s3163980002=[(80, 60)] * 40), name="期末")
    assert shown(county, "junior_monitoring_candidates") == "40"


def test_figures_stay_as_they_were_released(county):
    """What an examination adds after the county's release is not in that release's figures."""
    open_ground(Workspace.open(county))
    released(county, "junior_monitoring", [], monitoring(s3163980002=[(80, 60)] * 30))
    river = River(Workspace.open(county), Workspace.open(county).period(PERIOD))
    then = river.counted_entries
    assert then.exams == {"junior_monitoring/2025-2026/统考": 1}
    released(county, "junior_monitoring", [], monitoring(s3163980002=[(80, 60)] * 40), name="期末")
    again = River(Workspace.open(county), Workspace.open(county).period(PERIOD), entries=then)
    frame = again.joined.sources.tables()["junior_monitoring"].collect()
    assert frame["sat"].sum() == 30
