"""Paper beside phones: entered twice, compared, added; a paper's slip votes no more."""

from __future__ import annotations

import json

import pytest
from ballot_box import CADRE, ISSUER, PEOPLE, SCRUTINEER, SURVEY
from click.testing import CliRunner

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ballots.enter_papers import EnterPapers, entered
from xianxue.desk.actions.ballots.issue_slips import BurnSlips
from xianxue.desk.actions.ballots.opened import opened
from xianxue.desk.ballots.entering import heads_of, paper_told, papers_in
from xianxue.desk.ballots.results import proofs
from xianxue.desk.cli import cli
from xianxue.desk.workspace import ComplaintsError

HEADS = ("甲（虚构）", "乙（虚构）", "丙（虚构）", "丁（虚构）", "类别", "张数", "标记")
ROWS = (
    ("称职", "称职", "称职", "称职", "教职工", "5", ""),
    ("称职", "优秀、称职", "", "不称职", "教职工", "2", ""),
    ("优秀", "优秀", "优秀", "优秀", "教职工", "1", "破损、无法辨认"),
)
FIRST, SECOND = Actor("录一（虚构）", "office_clerk"), Actor("录二（虚构）", "office_clerk")


@pytest.fixture
def poll(box):
    """Nine slips of ten given back for paper; the tenth is voted by on a phone."""
    poll = box.open(box.card(CADRE, together=1), PEOPLE)
    codes = box.issue(poll, staff=10)["staff"]
    box.do(BurnSlips, ISSUER)(poll, list(codes[:9]))
    box.urn(poll).put(box.slip(codes[9]), {"a": {"grade": "competent"}}, box.at)
    return poll


def test_two_entries_are_compared_and_added_to_the_phones(box, poll):
    """8 of 9 papers came back, one of them torn; with the phone 9, of which 8 are valid."""
    held = opened(poll)
    assert list(heads_of(held)) == list(HEADS[:4])
    box.do(EnterPapers, FIRST)(poll, papers_in(held, HEADS, ROWS))
    wrong = ((*ROWS[0][:5], "6", ""), *ROWS[1:])
    box.do(EnterPapers, SECOND)(poll, papers_in(held, HEADS, wrong))
    poll = box.close(poll)
    ((paper, *many),) = entered(poll).differences
    assert many == [5, 6]
    four = "；".join(f"{head} 称职" for head in HEADS[:4])
    assert str(paper_told(held, paper)) == f"教职工；{four}"
    with pytest.raises(ComplaintsError, match="1 处不同"):
        box.count(poll)
    box.do(EnterPapers, SECOND)(poll, papers_in(held, HEADS, ROWS))
    assert entered(poll).agree
    found = box.count(poll).results
    assert [found[one] for one in ("issued", "spent", "valid", "invalid")] == [10, 9, 8, 1]
    second = {
        one["option"]: one["count"]
        for one in found["results"]
        if (one["question"], one["group"]) == ("grade/b", "staff")
    }
    assert second == {
        "excellent": None, "competent": None, "basic": None, "incompetent": None,
        "abstain": None, "-": None, "!": None,
    }, "all five who answered for 乙 say the same, so nothing is shown"  # fmt: skip
    assert proofs(poll) == []


def test_more_papers_than_were_handed_out_void_the_ballot(box, poll):
    """收回 10 > 发出 9."""
    held = opened(poll)
    more = papers_in(held, HEADS, ((*ROWS[0][:5], "10", ""),))
    for actor in (FIRST, SECOND):
        box.do(EnterPapers, actor)(poll, more)
    poll = box.close(poll)
    with pytest.raises(ComplaintsError, match="收回纸质票 10 张，多于发出的 9 张"):
        box.count(poll)


def test_what_cannot_be_read_is_told_row_by_row(box, poll):
    """Nothing of a table is kept that has a fault."""
    rows = (("称职", "", "", "", "家长", "", ""), ("好", "", "", "", "教职工", "两", ""))
    with pytest.raises(ComplaintsError) as raised:
        papers_in(opened(poll), HEADS, (*rows, ("好", "", "", "", "教职工", "1", "")))
    assert [(one.cell, str(one.saw)) for one in raised.value.issues] == [
        ("A2", "没有“家长”这一类人"), ("A3", "张数写了“两”：要正整数"), ("A4", "甲（虚构）写了“好”"),
    ]  # fmt: skip
    with pytest.raises(ComplaintsError):
        box.do(EnterPapers, SCRUTINEER.__class__("管理（虚构）", "administrator"))(poll, {})


def test_the_only_ballot_need_not_be_named(four_schools, copy_workspace, tmp_path):
    """From its opening to its proof, each command as short as it is; two are told apart by name."""
    copy_workspace(four_schools, tmp_path / "county")

    def run(*words: object, code: int = 0) -> str:
        line = ["ballots", *map(str, words), "--workspace", str(tmp_path / "county")]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == code, done.output
        return f"{done.output}{done.exception or ''}"

    run("open", CADRE, "--subject", "a=甲（虚构）", "--entitled", "教职工=6", "--period", "2026")
    run("slips", "-o", tmp_path / "票.txt")
    codes = [line[-26:] for line in (tmp_path / "票.txt").read_text("utf-8").splitlines()]
    run("burn", CADRE, *codes)
    assert "请写明要录入的文件" in run("enter", "--by", "录一（虚构）", code=1)
    assert "（staff）" in run("paper", "-o", tmp_path / "票.docx", code=1)
    run("paper", "--group", "教职工", "-o", tmp_path / "票.docx")
    papers = tmp_path / "纸质票.csv"
    papers.write_text("甲（虚构）,类别,张数\n称职,教职工,6\n", "utf-8")
    for name in ("录一（虚构）", "录二（虚构）"):
        run("enter", papers, "--by", name)
    assert json.loads(run("status", "--json"))["issued"] == 6
    run("close")
    found = json.loads(run("count", "--json"))
    assert [found[one] for one in ("issued", "spent", "valid", "invalid")] == [6, 6, 6, 0]
    assert json.loads(run("verify", "--json"))["holds"] is True
    for _ in range(2):
        run("open", SURVEY, "--subject", "a=某股室（虚构）", "--period", "2026")
    assert "有 2 次没有计票" in run("status", code=1)
