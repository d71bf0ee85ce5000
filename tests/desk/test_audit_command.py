"""``xianxue audit`` at the terminal and for programs."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from xianxue.desk.cli import main

HOLDS = "全县有学校66所，其中中小学25所、幼儿园41所。\n"
FAILS = "全县有学校67所，其中中小学25所、幼儿园41所。\n"


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
