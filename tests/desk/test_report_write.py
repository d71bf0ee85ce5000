"""Documents as somebody asks for them: what is open, whose returns are missing, who writes what."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from xianxue.bureau.documents.opening import open_document
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Five schools (虚构) of which none has reported."""
    folder = tmp_path / "county"
    folder.mkdir()
    lay_out_example(folder, Example.open("five_schools"))
    return folder


@pytest.fixture
def write(county: Path, tmp_path: Path, capsys):
    def command(*words: object) -> tuple[int, str, Path]:
        file = tmp_path / "out" / "总结.docx"
        asked = ["report", "write", "annual_summary", "-o", file, "--workspace", county, *words]
        with pytest.raises(SystemExit) as end:
            main([*map(str, asked), "--lang", "zh"])
        code = end.value.code
        return int(code or 0), capsys.readouterr().out.replace("\n", ""), file

    return command


def text_of(file: Path) -> str:
    return open_document(file.read_bytes()).text


def test_the_doubts_stand_in_a_document_of_their_own_or_on_the_last_page_or_nowhere(write):
    code, printed, file = write()
    sheet = file.with_name("总结-数据说明.docx")
    assert code == 0
    assert "数据说明（工作底稿）" in printed
    assert "未见原文" in text_of(sheet)
    assert "未见原文" not in text_of(file)
    sheet.unlink()

    write("--notes", "page")
    body = text_of(file)
    assert body.rindex("2026年8月31日") < body.index("附：数据说明")
    assert not sheet.exists()

    write("--notes", "none")
    assert "附：数据说明" not in text_of(file)
    assert not sheet.exists()


def test_whose_returns_are_missing_stands_on_the_first_page(write):
    code, printed, file = write()
    assert code == 0
    assert "有 6 家单位的报表没有报齐" in printed
    body = text_of(file)
    assert body.startswith("数据报送情况")
    assert (
        "县级报表、例题第一小学、例题第二小学、例题第三小学、例题第四小学、例题第五小学。" in body
    )
    assert "[待补：" in body
    assert "暂无法计算" not in body


def test_an_incomplete_document_is_refused_with_the_list_where_that_is_asked(write):
    code, printed, file = write("--complete")
    assert code == 1
    assert printed.count("要求：文稿所用报表全部报齐") == 6
    assert "缺例题第三小学的报表；要求：文稿所用报表全部报齐。" in printed
    assert not file.exists()


def test_what_offices_have_written_is_kept_when_the_figures_are_renewed(write, county, capsys):
    with pytest.raises(SystemExit):
        main(["report", "slots", "annual_summary", "--workspace", str(county), "--lang", "zh"])
    assert "局办公室" in capsys.readouterr().out
    code, printed, file = write()
    assert "待局办公室填写" in printed
    assert "[股室填写：" in text_of(file)

    folder = county / "texts" / "annual_summary" / "2025-2026"
    folder.mkdir(parents=True)
    own = "一年来，例题县（虚构）各项工作取得新的进展。"
    (folder / "opening.txt").write_text(f"{own}\n\n第二段（虚构）。\n", encoding="gb18030")
    for _ in range(2):
        code, printed, file = write()
        assert code == 0
        assert "待局办公室填写" not in printed
        assert own in text_of(file)
        assert "第二段（虚构）。" in text_of(file)


def test_passages_are_read_from_the_folder_that_is_named(write, tmp_path):
    folder = tmp_path / "文字"
    folder.mkdir()
    (folder / "plans.txt").write_text("下一年的打算（虚构）。", encoding="utf-8")
    _, _, file = write("--texts", folder)
    assert "下一年的打算（虚构）。" in text_of(file)
    (folder / "plans.txt").write_bytes(b"\xff\xfe\xff\xff")
    assert write("--texts", folder)[0] == 2


def test_a_document_that_contradicts_itself_is_an_issue(write, county):
    """The auditor reads the offices' passages too: 3 and 4 are not 8."""
    folder = county / "texts" / "annual_summary" / "2025-2026"
    folder.mkdir(parents=True)
    (folder / "work.txt").write_text("全县新建幼儿园8所，其中公办3所、民办4所。", encoding="utf-8")
    code, printed, file = write()
    assert code == 1
    assert "文稿自相矛盾：“" in printed
    assert file.exists(), "it is handed over to be corrected"


def test_a_report_is_not_named_as_something_else(county: Path, tmp_path: Path, capsys):
    out = tmp_path / "总结.txt"
    with pytest.raises(SystemExit) as end:
        main(["report", "write", "annual_summary", "-o", str(out), "--workspace", str(county)])
    assert (end.value.code, out.exists()) == (2, False)
    assert "文件名请以 .docx（文稿）或 .xlsx" in capsys.readouterr().err


def test_what_somebody_has_worked_on_is_not_written_over(write):
    """Renewed figures replace our own document; one that a person has saved is theirs."""
    _, _, file = write()
    assert write()[0] == 0, "nobody has touched it"
    edited = docx.Document(str(file))
    edited.paragraphs[0].add_run("局长已改（虚构）")
    edited.save(str(file))
    before = file.read_bytes()
    assert write()[0] == 2
    assert file.read_bytes() == before
    file.write_text("不是公文", encoding="utf-8")
    assert write()[0] == 2
    assert file.read_text(encoding="utf-8") == "不是公文"


def test_a_document_saved_by_word_bears_its_name_and_no_hour(write):
    """As Word does: every part at the first day a zip can have, and one part of its own."""
    _, _, file = write()
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(
            zipfile.ZipInfo("docProps/app.xml", (1980, 1, 1, 0, 0, 0)), "<Properties/>"
        )
    assert write()[0] == 2
