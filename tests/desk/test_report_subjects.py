"""Documents about one school or one matter, over the example county's own returns and ledgers."""

from __future__ import annotations

from pathlib import Path

import pytest

from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.report.read_tags import claims
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example

FIELDS = {
    "finding": "三个班没有课外活动安排",
    "found_on": "2026-03-02",
    "source_kind": "special",
    "topic": "burden",
    "weight": "general",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> Path:
    """Five schools (虚构) of which none has reported; one problem is registered."""
    folder = tmp_path_factory.mktemp("papers") / "county"
    folder.mkdir()
    lay_out_example(folder, Example.open("five_schools"))
    return folder


@pytest.fixture(scope="module")
def school(county) -> str:
    lines = (county / "places.csv").read_text(encoding="utf-8").splitlines()
    return next(line.split(",")[0] for line in lines if "小学" in line)


@pytest.fixture(scope="module")
def entry(county, school) -> str:
    given = [f"--set={name}={value}" for name, value in FIELDS.items()]
    where = ("--place", school, "--workspace", county, "--as", "督学甲", "--on", "2026-03-03")
    assert run("ledgers", "record", "inspection_findings", *where, *given) == 0
    return "2026-0001"


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([*map(str, words), "--lang", "zh"])
    return int(end.value.code or 0)


def write(county: Path, outline: str, file: Path, *words: object) -> int:
    asked = ("report", "write", outline, "-o", file, "--workspace", county, "--on", "2026-03-10")
    return run(*asked, *words)


def text_of(file: Path) -> str:
    return open_document(file.read_bytes()).text


def test_an_order_to_mend_says_what_was_found_by_which_rule_and_its_fields_lead_to_the_entry(
    county, entry, tmp_path
):
    file = tmp_path / "整改.docx"
    assert write(county, "rectification_notice", file, "--entry", entry) == 0
    text = text_of(file)
    assert "2026年3月2日，专项督导发现：三个班没有课外活动安排。" in text
    assert "自2012年10月1日起施行）第二十一条" in text
    # Nobody has said what is to be done: then the order itself says it, and no bracket stays open.
    assert "请立即查明原因" in text
    assert "{" not in text
    keys = {one.key.partition("/")[0] for one in claims(file.read_bytes()).values()}
    assert keys == {"inspection_findings"}


@pytest.mark.parametrize(
    "asked",
    [((), "没有写编号"), (("--entry", "2026-0999"), "没有2026-0999号")],
)
def test_a_document_about_an_entry_asks_for_one_that_is_there(
    county, entry, tmp_path, capsys, asked
):
    words, said = asked
    assert write(county, "rectification_notice", tmp_path / "x.docx", *words) == 2
    assert said in capsys.readouterr().err


def test_who_owes_nothing_gets_no_letter_and_who_owes_something_is_told_what_and_since_when(
    county, school, tmp_path, capsys
):
    file = tmp_path / "催报.docx"
    assert write(county, "reminder_letter", file, "--place", school) == 0
    assert "均已按期报送、办结" in text_of(file)
    folder = tmp_path / "each"
    assert write(county, "reminder_letter", folder, "--each") == 0
    assert "没有一所学校要写" in capsys.readouterr().out

    window = ("--due", "2026-03-01", "--lock", "2026-03-31", "--as", "业务员甲")
    assert run("returns", "window", "school_annual", "--workspace", county, *window) == 0
    assert write(county, "reminder_letter", folder, "--each") == 0
    [own] = [one for one in folder.iterdir() if one.name.startswith(school)]
    assert "《学校年度报表》" in text_of(own)
    assert "9天" in text_of(own)  # from 1 to 10 March
    # A second run would write over what somebody may have signed.
    assert write(county, "reminder_letter", folder, "--each") == 2


def test_what_nothing_is_held_of_is_said_to_be_without_data_and_never_nothing(county, tmp_path):
    file = tmp_path / "五年.docx"
    assert write(county, "five_year_summary", file, "--notes", "none") in {0, 1}
    text = text_of(file)
    assert "中小学在校生（人）" in text
    row = next(line for line in text.splitlines() if line.startswith("中小学在校生（人）"))
    assert row.split("\t")[1:5] == ["无数据"] * 4
    assert "与四年前相比" not in text


def test_a_school_on_a_page_is_a_workbook_too(county, school, tmp_path):
    file = tmp_path / "一校一表.xlsx"
    assert write(county, "school_sheet", file, "--place", school) == 0
    assert file.read_bytes()[:2] == b"PK"
    assert write(county, "finance_letter", tmp_path / "函.xlsx") == 2
