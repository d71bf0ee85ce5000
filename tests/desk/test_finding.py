"""Standards, indicators and codes are found by what people call them; lists can be narrowed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from national import national

from xianxue.desk.cli import main
from xianxue.desk.indicators.finding import Filter, filtered, meant, named
from xianxue.desk.workspace import MisusedError

SHELF = national().shelf
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in a workspace of the four schools; gives code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def running(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, said.out, said.err

    running("init", "four", "--example", "four_schools")
    monkeypatch.chdir(tmp_path / "four")
    return running


def ids(name: str) -> set[str]:
    return {card.indicator for card in named(SHELF, name)}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("preschool_gross_enrolment", {"preschool_gross_enrolment"}),
        ("学前三年毛入园率", {"preschool_gross_enrolment"}),
        ("毛入园率", {"preschool_gross_enrolment"}),
        ("学前 毛入园率", {"preschool_gross_enrolment"}),
        ("毛入园率增减", {"preschool_gross_enrolment_change"}),
        ("入园率", {"preschool_gross_enrolment", "preschool_gross_enrolment_change"}),
        ("小学数", {"primary_schools"}),
        ("PRIMARY_SCHOOLS", {"primary_schools"}),
        ("没有这个", set()),
        ("  ", set()),
    ],
)
def test_the_nearer_name_is_meant_before_the_wider(name: str, found: set[str]) -> None:
    """A whole name is not drowned by the longer ones that hold it."""
    assert ids(name) >= found
    if len(found) < 2:
        assert ids(name) == found


def test_of_several_none_is_taken() -> None:
    with pytest.raises(MisusedError) as error:
        meant(SHELF, "入园率")
    assert "学前三年毛入园率（preschool_gross_enrolment）" in str(error.value)
    assert "请写明一项" in str(error.value)


def test_filters_leave_out_and_only_that() -> None:
    cards = list(SHELF.indicators.values())
    of = dict.fromkeys(SHELF.indicators, "preschool")
    assert filtered(cards, Filter(), {}) == cards
    both = filtered(cards, Filter("毛入园 学前"), {})
    assert {"preschool_gross_enrolment"} <= {card.indicator for card in both}
    assert all("入园" in card.term or card.synonyms for card in both)
    primary = filtered(cards, Filter(stage="primary"), {})
    assert primary
    assert all("primary" in card.stages for card in primary)
    assert filtered(cards, Filter(subject="preschool"), of) == cards
    assert filtered(cards, Filter(subject="staff"), of) == []


def test_show_and_explain_take_a_term(run: Run) -> None:
    code, said, _ = run("indicators", "show", "小学数", "--json")
    assert (code, json.loads(said)["indicator"]) == (0, "primary_schools")
    assert run("indicators", "explain", "小学数", "--json")[1] != ""
    code, _, error = run("indicators", "show", "入园率")
    assert code == 2
    assert "学前三年毛入园率增减（preschool_gross_enrolment_change）" in error
    code, _, error = run("indicators", "show", "没有这个")
    assert (code, "xianxue indicators list 词" in error) == (2, True)
    assert run("places", "compare", "小学数")[0] == 0


def test_the_list_is_narrowed_by_word_stage_and_subject(run: Run) -> None:
    def listed(*words: str) -> set[str]:
        code, said, _ = run("indicators", "list", *words, "--json")
        assert code == 0
        return {each["indicator"] for each in json.loads(said)}

    everything = listed()
    assert listed("毛入园率") == {"preschool_gross_enrolment", "preschool_gross_enrolment_change"}
    early = listed("--stage", "preschool")
    assert "preschool_gross_enrolment" in early
    assert not early & listed("--subject", "balance")
    assert listed("--subject", "学前教育") == listed("--subject", "preschool")
    assert listed("--subject", "preschool") < everything
    assert listed("毛入园率", "--subject", "staff") == set()
    assert "共 2 项。" in run("indicators", "list", "毛入园率")[1]
    code, _, error = run("indicators", "list", "--subject", "天文")
    assert (code, "学前教育（preschool）" in error) == (2, True)


def test_assess_alone_lists_the_standards_and_takes_a_word(run: Run) -> None:
    code, said, _ = run("assess", "--json")
    assert code == 0
    assert {each["standard"] for each in json.loads(said)} == set(SHELF.standards)
    assert "下一步：选一项：xianxue assess 编号" in run("assess")[1]
    assert json.loads(run("assess", "资源配置", "--json")[1])["standard"] == "balance_resources"
    code, _, error = run("assess", "优质均衡")
    assert code == 2
    assert "义务教育优质均衡发展资源配置（balance_resources）" in error
    code, _, error = run("assess", "卫生城市")
    assert (code, "县域学前教育普及普惠（preschool_universal）" in error) == (2, True)


def test_codes_are_listed_with_what_else_they_are_called(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also outside of a workspace: whoever writes a list of schools may have none yet."""
    monkeypatch.chdir(tmp_path)
    code, said, _ = run("catalogue", "codes", "--json")
    assert code == 0
    assert {each["codes"] for each in json.loads(said)} == set(SHELF.codes)
    one = json.loads(run("catalogue", "codes", "办学类型", "--json")[1])
    entries = {each["code"]: each for each in one["entries"]}
    assert entries["311"] == {
        "code": "311",
        "term": "初级中学",
        "stages": ["lower_secondary"],
        "also": ["初中", "普通初中"],
        "note": "",
    }
    told = run("catalogue", "codes", "school_types")[1]
    assert "九年一贯制学校" in told
    assert "小学、初中" in told
    assert "学段" not in run("catalogue", "codes", "sponsors")[1]
    code, _, error = run("catalogue", "codes", "xx")
    assert (code, "办学类型（school_types）" in error) == (2, True)
