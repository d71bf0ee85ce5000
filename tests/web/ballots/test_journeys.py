"""Whole ballots, by phone (a browser of 390 px) and on paper entered twice: invented (虚构)."""

from __future__ import annotations

import json
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from kit.server import Server
from openpyxl import load_workbook

from xianxue.desk.cli import cli

pytestmark = pytest.mark.ci
Ticks = Mapping[str, str]


class Hall:
    """A ballot as those who hold it and those who vote go through it."""

    def __init__(self, server: Server, scratch: Path, phone: Any, leader: Any) -> None:
        self.server, self.scratch, self.phone, self.leader = server, scratch, phone, leader

    def run(self, *words: object) -> Any:
        """Run a command on the county and give what it says to programs."""
        line = ["ballots", *map(str, words), "--workspace", str(self.server.workspace)]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout) if "--json" in line else None

    def open(self, card: str, *words: object, slips: Sequence[object]) -> tuple[str, list[str]]:
        """Open a ballot and issue its slips; give its key and the codes."""
        key = str(self.run("open", card, *words, "--json")["ballot"])
        file = self.scratch / f"{key.replace('/', '-')}.txt"
        self.run("slips", key, "-o", file, *slips)
        return key, [line.rpartition("/")[2] for line in file.read_text("utf-8").splitlines()]

    def vote(self, code: str, ticks: Ticks) -> None:
        """Scan a slip, tick, and hand it in; the page fits the phone."""
        self.phone.goto(f"/b/{code}")
        assert self.phone.evaluate("document.documentElement.scrollWidth") <= 390
        for name, value in ticks.items():
            self.phone.locator(f"input[name='{name}'][value='{value}']").check()
        self.phone.get_by_role("button", name="投票").click()

    def counted(self, code: str) -> bool:
        """Whether a slip's page says that its answer is counted."""
        self.phone.goto(f"/b/{code}")
        return self.phone.locator("strong").first.inner_text() == "已计入"

    def on_paper(self, key: str, codes: Sequence[str], rows: Sequence[Ticks]) -> None:
        """Give slips back for paper, and have what came back entered by two people."""
        self.run("burn", key, *codes)
        file = self.scratch / "录票.xlsx"
        self.run("paper", key, "-o", file)
        with warnings.catch_warnings():
            # It does not know a footer without text.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(file)
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        for row in rows:
            assert set(row) <= set(heads)
            sheet.append([row.get(head) for head in heads])
        book.save(file)
        for by in ("录一（虚构）", "录二（虚构）"):
            found = self.run("enter", key, file, "--by", by, "--json")
        assert found["agree"]

    def finish(self, key: str, **present: int) -> str:
        """Close and count it on its page; give what the page says then."""
        self.leader.goto(f"/ballots/{key}/")
        for group, many in present.items():
            self.leader.fill(f"[name='present.{group}']", str(many))
        self.leader.get_by_role("button", name="封票").click()
        self.leader.get_by_role("button", name="计票").click()
        # Between two pages there may be no document yet.
        self.leader.wait_for_load_state()
        assert self.leader.evaluate("document.documentElement.scrollWidth") <= 390
        self.run("verify", key)
        return str(self.leader.inner_text("main"))

    def minutes(self) -> str:
        """Load the minutes down from the page that is open; give their words."""
        with self.leader.expect_download() as loaded:
            self.leader.get_by_role("link", name="计票记录").click()
        with zipfile.ZipFile(loaded.value.path()) as document:
            return re.sub("<[^>]+>", "", document.read("word/document.xml").decode())


@pytest.fixture
def hall(slips, visit: Callable[..., Any], signed_in: Callable[..., Any], tmp_path) -> Hall:
    server, _ = slips
    phone = visit("", site=server, width=390)
    leader = signed_in("leader", "/ballots/", site=server, width=390)
    return Hall(server, tmp_path, phone, leader)


def test_an_appraisal_by_phone_and_on_paper(hall: Hall):
    """Six phones and six papers of 12: of 乙 5 of 12 say 不称职, above a third and above 30 %."""
    people = ("--subject", "a=甲（虚构）", "--subject", "b=乙（虚构）")
    key, codes = hall.open("cadre_appraisal", *people, "--entitled", "教职工=14",
                           slips=("--many", "教职工=12"))  # fmt: skip
    hall.on_paper(key, codes[6:], [
        {"类别": "教职工", "甲（虚构）": "称职", "乙（虚构）": "不称职", "张数": "3"},
        {"类别": "教职工", "甲（虚构）": "称职", "乙（虚构）": "称职", "张数": "3"},
    ])  # fmt: skip
    for at, code in enumerate(codes[:6]):
        hall.vote(code, {"grade.a": "competent", "grade.b": "incompetent" if at < 2 else "basic"})
        if at == 4:
            assert "等着和别人的票一起计入" in hall.phone.inner_text("main")
    assert hall.counted(codes[0]), "five waited for the last"
    said = hall.finish(key, staff=12)
    assert "收回 12 张" in said
    assert "甲（虚构）：没有达到提出建议的线" in said
    assert "乙（虚构）：达到有效票的20%，建议：诫勉谈话；超过有效票的三分之一，建议：免职" in said
    assert "乙（虚构）：优秀、称职合计没有达到有效票的三分之二。" in said
    minutes = hall.minutes()
    assert "收回12张，有效12张加无效0张为12张，相符" in minutes
    assert "乙（虚构）：达到有效票的20%，建议：诫勉谈话；超过有效票的三分之一" in minutes


def test_a_headmaster_is_chosen_in_the_second_voting(hall: Hall):
    """Seven teachers, four by phone: three are nominated, two stand, 3 : 3 elects nobody, 4 : 3 one."""
    names = {"a": "甲（虚构）", "b": "乙（虚构）", "c": "丙（虚构）"}
    steps: list[tuple[str, str, str, Sequence[str], Sequence[str], str]] = [
        # Round, question, who stands, phones, papers, what follows.
        ("nomination", "nominate", "abc", "aabc", "abc", "进入下一步的人选：甲（虚构）、乙（虚构）、丙（虚构）。"),
        ("primary", "shortlist", "abc", "aabb", "abc", "进入下一步的人选：甲（虚构）、乙（虚构）。"),
        ("final", "elect", "ab", "aabb", ("a", "b", ""), "没有选满，下列人选再投一次：甲（虚构）、乙（虚构）。"),
        ("final", "elect", "ab", "aabb", "aab", "当选：甲（虚构）。"),
    ]  # fmt: skip
    heads = {"nominate": "推荐人选", "shortlist": "预选人选", "elect": "校长人选"}
    before = ""
    for number, (round_, question, stand, phones, papers, follows) in enumerate(steps):
        words = [word for one in stand for word in ("--subject", f"{one}={names[one]}")]
        words += ["--follows", before.rpartition("/")[2]] if number == 3 else []
        key, codes = hall.open("headmaster_election", "--round", round_, *words,
                               "--entitled", "staff=7", slips=("--many", "7"))  # fmt: skip
        hall.on_paper(key, codes[4:], [
            {heads[question]: names.get(one, ""), "张数": "1"} for one in papers
        ])  # fmt: skip
        for code, one in zip(codes, phones, strict=False):
            hall.vote(code, {question: one})
        assert follows in hall.finish(key, staff=7)
        before = key
    minutes = hall.minutes()
    assert "第2次投票，当选需要4票。" in minutes
    assert "当选：甲（虚构）。" in minutes


def test_a_survey_of_every_school(hall: Hall):
    """One slip for each of the county's schools: two phones in a browser, five papers, others post."""
    places = CliRunner().invoke(
        cli, ["places", "list", "--json", "--workspace", str(hall.server.workspace)]
    )
    schools = [one["code"] for one in json.loads(places.stdout) if one["level"] == "school"]
    assert len(schools) >= 66
    table = hall.scratch / "各校.csv"
    rows = [f"{code},家长,1" for code in schools]
    table.write_text("\n".join(["学校代码,类别,张数", *rows]), encoding="utf-8")
    key, codes = hall.open("compulsory_satisfaction", slips=("--schools", table))
    question = "您对本县义务教育学校的总体评价"
    hall.on_paper(key, codes[:5], [
        {"学校代码": code, question: "满意", "类别": "家长"} for code in schools[:5]
    ])  # fmt: skip
    for code in codes[5:7]:
        hall.vote(code, {"overall": "dissatisfied", "aspects.safety": "fairly", "recommend": "2"})
    assert hall.counted(codes[5])
    visitor = hall.server.visitor()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for at, code in enumerate(codes[7:-9]):
        said = b"overall=fairly" if at % 5 else b"overall=basically"
        assert visitor.ask("POST", f"/b/{code}/in", said, kind).status == 303
    said = hall.finish(key)
    many = len(schools)
    assert f"有效回收率 {100 * (many - 9) / many:.1f}%，达到要求的 70%。" in said
    found = hall.run("count", key, "--json")
    votes = {one["option"]: one["count"] for one in found["results"]
             if (one["question"], one["group"]) == ("overall", "")}  # fmt: skip
    assert (found["spent"], found["valid"], votes["very"]) == (many - 9, many - 9, 5)
    assert votes["dissatisfied"] is None, "two said so, which is too few to be told"
    (overall, *_) = hall.run("estimate", key, "--json")["questions"]
    (whole, *_) = overall["groups"]
    assert whole["judged"] == many - 9, "each school has its weight, kindergartens too"
    assert whole["share"] is not None
    assert whole["mean"] is not None
