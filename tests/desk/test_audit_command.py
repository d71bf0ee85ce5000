"""``xianxue audit`` at the terminal and for programs."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from xianxue.desk.cli import main

HOLDS = "全县有学校66所，其中中小学25所、幼儿园41所。\n"
FAILS = "全县有学校66所，其中中小学25所、幼儿园42所。\n"


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["audit", *map(str, words)])
    code = ended.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "总结.txt"
    path.write_text(HOLDS, encoding="utf-8")
    return path


def test_the_text_is_what_offsets_count_in(paper, capsys):
    paper.write_bytes(HOLDS.replace("\n", "\r\n").encode("gb18030"))
    assert run(paper, "--text") == 0
    assert capsys.readouterr().out == HOLDS


def test_standard_input_is_a_file_too(monkeypatch, capsys):
    class Given:
        buffer = io.BytesIO(HOLDS.encode())

    monkeypatch.setattr(sys, "stdin", Given)
    assert run("-", "--text") == 0
    assert capsys.readouterr().out == HOLDS


def test_what_cannot_be_read_is_misuse_and_says_what_to_do(tmp_path, capsys):
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.7")
    assert run(path) == 2
    said = capsys.readouterr().err
    assert "PDF" in said
    assert "另存为" in said


def test_a_file_that_is_not_there_is_misuse(tmp_path):
    assert run(tmp_path / "没有.docx") == 2


def test_the_json_has_the_parts_of_the_contract(paper, capsys):
    code = run(paper, "--json")
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["file", "characters", "numbers", "findings"]
    assert (told["file"], told["characters"], told["numbers"]) == (str(paper), len(HOLDS), 3)
    assert code == 0


def test_several_files_make_a_list(paper, capsys):
    run(paper, paper, "--json")
    assert [one["file"] for one in json.loads(capsys.readouterr().out)] == [str(paper)] * 2


def test_the_page_is_written_where_it_was_asked_for(paper, tmp_path, capsys):
    out = tmp_path / "out" / "总结.html"
    assert run(paper, "--html", out) == 0
    assert str(out) in capsys.readouterr().out
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_programs_get_json_alone_although_a_page_is_written(paper, tmp_path, capsys):
    run(paper, "--json", "--html", tmp_path / "x.html")
    json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("hidden", ["\u202e", "\x9b2J", "\u2066", "\u200f", "\u2028"])
def test_what_cannot_be_seen_in_a_text_is_escaped(paper, capsys, hidden):
    """A terminal is never told anything by somebody else's document; lines and tabs stay."""
    paper.write_text(f"全县\t{hidden}66所\n", encoding="utf-8")
    assert run(paper, "--text") == 0
    out = capsys.readouterr().out
    assert hidden[0] not in out
    assert out.startswith("全县\t\\")
    assert out.endswith("66所\n")


@pytest.mark.parametrize("hidden", ["\x1b[2J", "\x1b]0;甲\x07", "\x08"])
def test_a_text_with_control_characters_is_none(paper, capsys, hidden):
    paper.write_text(f"全县{hidden}66所\n", encoding="utf-8")
    assert run(paper, "--text") == 2
    said = capsys.readouterr()
    assert hidden[0] not in said.out + said.err


def test_only_a_word_document_takes_comments(paper, tmp_path, capsys):
    assert run(paper, "--docx", tmp_path / "x.docx") == 2
    assert "不是 Word 文稿" in capsys.readouterr().err


def test_the_users_own_document_is_never_written_over(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph(HOLDS.strip())
    path = tmp_path / "总结.docx"
    document.save(str(path))
    before = path.read_bytes()
    assert run(path, "--docx", path) == 2
    assert "不能写回原文稿" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(path, "--docx", tmp_path / "批注.docx") == 0
    assert docx.Document(str(tmp_path / "批注.docx")).paragraphs[0].text == HOLDS.strip()


def test_one_output_is_for_one_file(paper, tmp_path):
    assert run(paper, paper, "--html", tmp_path / "x.html") == 2


def test_what_fails_is_told_in_a_table_and_by_the_exit_code(paper, capsys):
    paper.write_text(FAILS, encoding="utf-8")
    assert run(paper) == 1
    said = capsys.readouterr().out
    assert "不一致" in said
    assert "67所" in said
    assert "66所" in said
    assert "0 个数未形成关系" in said


def test_an_alarm_says_why_the_relation_is_believed_to_be_meant(paper, capsys):
    """In a line below what was found; what holds needs none."""
    paper.write_text(FAILS, encoding="utf-8")
    run(paper)
    assert "依据：" in capsys.readouterr().out
    paper.write_text(HOLDS, encoding="utf-8")
    run(paper, "--all")
    assert "依据：" not in capsys.readouterr().out


def test_what_is_found_is_told_in_english_too(paper, capsys):
    paper.write_text(FAILS, encoding="utf-8")
    assert run(paper, "--lang", "en") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "inconsistent" in said
    assert "25所 + 42所 = 67所" in said
    assert "0 numbers in no relation" in said


def test_what_holds_is_counted_and_listed_on_request(paper, capsys):
    assert run(paper) == 0
    said = capsys.readouterr().out
    assert "一致 1" in said
    assert "┃" not in said
    assert run(paper, "--all") == 0
    assert "25所＋41所＝66所" in capsys.readouterr().out


def test_offsets_count_in_the_text_that_is_printed(paper, capsys):
    paper.write_bytes(("说明\r\n" + FAILS).encode("gb18030"))
    run(paper, "--text")
    text = capsys.readouterr().out
    assert run(paper, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    (found,) = told["findings"]
    assert list(found) == [
        "verdict",
        "kind",
        "quote",
        "start",
        "end",
        "stated",
        "terms",
        "computed",
        "suggestion",
        "message",
        "certainty",
        "reason",
    ]
    assert found["quote"] == text[found["start"] : found["end"]]
    assert list(found["stated"]) == ["text", "value", "unit", "start", "end"]
    for one in (found["stated"], *found["terms"]):
        assert one["text"] == text[one["start"] : one["end"]]
        assert one["value"] == one["text"].removesuffix("所")
    assert found["computed"] == {"low": "67", "high": "67"}
    assert 0.9 <= Decimal(found["certainty"]) <= 1
    assert found["reason"]


def test_findings_become_comments_in_a_copy(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph(FAILS.strip())
    path = tmp_path / "总结.docx"
    document.save(str(path))
    assert run(path, "--docx", tmp_path / "批注.docx") == 1
    capsys.readouterr()
    with zipfile.ZipFile(tmp_path / "批注.docx") as archive:
        said = archive.read("word/comments.xml").decode()
    assert "【不一致·合计】" in said
    assert "25所＋42所＝67所" in said
    assert "依据：" in said
    assert run(tmp_path / "批注.docx", "--json") == 1
    assert json.loads(capsys.readouterr().out)["characters"] == len(FAILS)
    assert run(tmp_path / "批注.docx", "--docx", tmp_path / "再批.docx") == 1
    with zipfile.ZipFile(tmp_path / "再批.docx") as archive:
        assert archive.read("word/comments.xml").decode() == said, "and none is said twice"
