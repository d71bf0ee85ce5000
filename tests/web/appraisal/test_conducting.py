"""An office and a leader go through a whole appraisal in the browser: an invented card (虚构).

It is the how-to page «conduct an appraisal», walked: what stands in bold there is, in its order, the
buttons that are pressed here.

Two junior middle schools are judged: by a number that an office reports (40 points, as it is
reported), by marks of two assessors (60 points), by additions, and by a veto. Counted by hand: 36
reported and marks of 50 and 54 are 36 + 52 = 88; 30 and marks of 40 and 46 are 30 + 43 = 73, and 2
added are 75; after an appeal 4 are added, which are 77.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from kit.server import Server
from kit.workspaces import copied

from xianxue.desk.cli import cli

pytestmark = pytest.mark.ci
RUBRIC = """\
rubric: conducted
term: 两校评价（虚构）
judges: school
where: {school_type: ['311']}
period: school_year
points: 100
items:
  - item: reported
    term: 报的数
    points: 40
    from: {kind: given, office: 基教股}
  - item: looked
    term: 现场
    points: 60
    from: {kind: marks, step: 0.5, panel: {at_least: 2, outlying: 3}}
  - item: beside
    term: 加减分
    points: 0
    from:
      kind: adjust
      adjustments: [{adjustment: prize, term: 获奖, points: 2}]
      cap: 4
      floor: -4
vetoes:
  - {veto: accident, term: 责任事故, caps: plain}
grading:
  grades: [{grade: good, term: 好, at_least: 80}, {grade: plain, term: 一般}]
  source: {document: xianxue-own, seen: own}
consequences:
  - consequence: mend
    term: 限期整改
    kind: mend
    grades: [plain]
    ledger: inspection_findings
    says: {topic: safety}
    within: [{from: 2023-01-01, days: 30, by: calendar, source: xianxue-own, seen: own}]
  - {consequence: no_honours, term: 不参加评先, kind: freeze, grades: [plain], months: 12}
  - consequence: told
    term: 通报批评
    kind: circular
    grades: [plain]
    within: [{from: 2023-01-01, days: 5, by: working, source: xianxue-own, seen: own}]
source: {document: xianxue-own, seen: own}
"""
HOW_TO = Path(__file__).parents[3] / "docs" / "how-to"
BOLD = re.compile(r"\*\*(.+?)\*\*")
AT = "/appraisal/conducted/2025-2026/"
RUN = f"{AT}run/"
FIRST, SECOND = "高原示范县第二中学", "清泉镇初级中学"
ASSESSORS = ("评委甲（虚构）", "评委乙（虚构）")


class Walk:
    """The buttons that are pressed, in their order; pressed again at once, told once."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def press(self, page: Any, word: str) -> None:
        """Press a button by its word."""
        if self.words[-1:] != [word]:
            self.words.append(word)
        page.get_by_role("button", name=word, exact=True).click()


class Site:
    """A server on a county with the card, and the command line beside it."""

    def __init__(self, county: Path, scratch: Path) -> None:
        self.workspace = copied(county, scratch)
        (self.workspace / "local" / "conducted.yaml").write_text(RUBRIC, encoding="utf-8")
        self.server = Server(self.workspace, scratch)

    def run(self, *words: str) -> None:
        """Run a command on an appraisal."""
        line = ["appraise", *words, "--period", "2025-2026", "--workspace", str(self.workspace)]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == 0, done.output

    def mark(self, name: str, place: str, mark: str) -> None:
        """Give a mark, as an assessor does."""
        self.run("mark", "conducted", mark, "--place", place, "--item", "looked", "--as", name)


@pytest.fixture(scope="module")
def hall(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(county, tmp_path_factory.mktemp("conducted"))
    yield site
    site.server.stop()


def said(page: Any) -> str:
    return " ".join(page.inner_text("main").split())


def test_an_office_conducts_an_appraisal_and_a_leader_publishes_it(hall: Site, signed_in):
    office = signed_in("office_clerk", "/appraisal/begin/", site=hall.server)
    walk = Walk()
    _begun(walk, office)
    _assigned(walk, hall, office)
    _reported(walk, office)
    _closed(walk, hall, office)
    leader = signed_in("leader", "/appraisal/waiting/", site=hall.server, width=390)
    _published(walk, leader)
    _answered(walk, hall, leader)
    _followed(walk, leader)
    for end in ("", ".zh-CN"):
        told = (HOW_TO / f"conduct-an-appraisal{end}.md").read_text(encoding="utf-8")
        assert BOLD.findall(told) == walk.words


def _begun(walk: Walk, page: Any) -> None:
    page.select_option("#f-rubric", "conducted")
    walk.press(page, "看评谁")
    assert "评 2 个对象" in said(page)
    walk.press(page, "布置")
    assert "已布置" in said(page)
    assert "还没有派；每个对象至少 2 人" in said(page)


def _assigned(walk: Walk, hall: Site, page: Any) -> None:
    for name in ASSESSORS:
        page.goto(f"{RUN}assessors/declare/")
        page.fill("#f-name", name)
        if name == ASSESSORS[0]:
            page.select_option("#f-own", label=SECOND)
        walk.press(page, "登记")
    # The first is bound to one of two schools: refused with the reason, nothing lost.
    page.goto(f"{RUN}assessors/assign/?name={ASSESSORS[0]}")
    page.get_by_label(FIRST).check()
    page.get_by_label(SECOND).check()
    with page.watch.expecting(422):
        walk.press(page, "分派")
    assert f"{ASSESSORS[0]}不能评{SECOND}：是本人所在单位" in said(page)
    assert page.get_by_label(FIRST).is_checked()
    page.goto(f"{RUN}assessors/")
    assert f"{SECOND}还缺 1 位" in said(page)
    # A third takes the place; three places are shared among three.
    page.goto(f"{RUN}assessors/declare/")
    page.fill("#f-name", "评委丙（虚构）")
    walk.press(page, "登记")
    assert "还缺评委" in said(page)
    walk.press(page, "照建议分派")
    assert "每个对象都有 2 位评委" in said(page)
    hall.mark(ASSESSORS[0], FIRST, "50")


def _reported(walk: Walk, page: Any) -> None:
    page.goto(f"{RUN}numbers/reported/")
    amounts = page.locator("input.amount")
    amounts.nth(0).fill("三十六")
    amounts.nth(1).fill("30")
    page.fill("#f-document", "虚评〔2026〕1号")
    with page.watch.expecting(422):
        walk.press(page, "记下")
    assert "“三十六”不是数" in said(page)
    assert amounts.nth(1).input_value() == "30", "what was typed is still there"
    amounts.nth(0).fill("36")
    walk.press(page, "记下")
    assert "记下 2 个数" in said(page)
    page.goto(f"{RUN}records/adjust/")
    page.select_option("#f-place", label=SECOND)
    page.select_option("#f-what", "beside/prize")
    with page.watch.expecting(422):
        walk.press(page, "登记")
    assert "没有写依据文件" in said(page)
    page.fill("#f-document", "虚评〔2026〕2号")
    walk.press(page, "登记")
    assert "加减分登记了 1 条" in said(page)
    page.goto(f"{RUN}records/veto/")
    page.select_option("#f-place", label=FIRST)
    page.select_option("#f-what", "accident")
    page.fill("#f-document", "虚评〔2026〕3号")
    walk.press(page, "登记")
    # It was another school: taken back, with the reason.
    page.get_by_label(f"{FIRST}的这一条：撤下").click()
    page.fill("#f-why", "登记错了（虚构）")
    walk.press(page, "撤下")
    assert "一票否决登记了 0 条" in said(page)


def _closed(walk: Walk, hall: Site, page: Any) -> None:
    page.goto(f"{RUN}marks/")
    assert "评分 1/4 项，还差 3 项" in said(page)
    assert "50" not in said(page), "how many, and not what"
    hall.mark(ASSESSORS[1], FIRST, "54")
    hall.mark(ASSESSORS[1], SECOND, "40")
    hall.mark("评委丙（虚构）", SECOND, "46")
    page.goto(RUN)
    walk.press(page, "转入评审")
    walk.press(page, "封评分")
    assert "在预览，等公示" in said(page)
    assert "“公示”由分管领导办" in said(page)
    page.goto(f"{RUN}marks/")
    assert "2 处要复看" in said(page)
    assert "这张卡片不换算" in said(page)
    page.goto(f"{AT}preview/")
    assert "2 个有名次" in said(page)


def _published(walk: Walk, page: Any) -> None:
    page.click("text=两校评价（虚构）")
    assert page.get_by_role("button", name="公示").count() == 1
    walk.press(page, "公示")
    assert "公示过 1 号" in said(page)
    page.goto(AT)
    assert "第 1 号公示的结果" in said(page)
    assert f"{FIRST} 88.00 好" in said(page)
    assert f"{SECOND} 75.00 一般" in said(page)


def _answered(walk: Walk, hall: Site, page: Any) -> None:
    hall.run("appeal", "conducted", "获奖两次（虚构）", "--place", SECOND, "--item", "beside")
    page.goto("/appraisal/waiting/")
    page.click("text=两校评价（虚构）")
    page.click(f"text={SECOND}")
    page.select_option("#f-upheld", "yes")
    with page.watch.expecting(422):
        walk.press(page, "答复")
    assert "没有填“理由”" in said(page)
    assert page.input_value("#f-upheld") == "yes"
    page.fill("#f-text", "确有两次，改正（虚构）")
    walk.press(page, "答复")
    assert "1 条申诉都答复了" in said(page)
    # What follows is published anew, and the first release stays what it was until then.
    page.goto(RUN)
    page.fill("#why-reopen", "申诉成立（虚构）")
    walk.press(page, "重开评审")
    paper = ("--reason", "prize", "--document", "虚评〔2026〕4号")
    hall.run("give", "conducted", "1", "--place", SECOND, "--item", "beside", *paper)
    page.goto(AT)
    assert f"{SECOND} 75.00 一般" in said(page)
    page.goto(RUN)
    walk.press(page, "封评分")
    page.goto(AT)
    assert "公示以后，按现在的数会变的 1 个" in said(page)
    page.goto(RUN)
    walk.press(page, "公示")
    walk.press(page, "定稿")
    assert "已经定稿" in said(page)
    page.goto(AT)
    assert "第 2 号公示的结果" in said(page)
    assert f"{SECOND} 77.00 一般" in said(page)


def _followed(walk: Walk, page: Any) -> None:
    # The package of all, and the draft of the circular, as files.
    assert _taken(page, RUN, "打包迎检材料") == "迎检材料：两校评价（虚构）（2025—2026学年）.zip"
    page.goto(f"{RUN}consequences/?kind=circular")
    page.click(f"#rows >> text={SECOND}")
    named = "通报批评（两校评价（虚构））征求意见稿.docx"
    assert _taken(page, "", "通报征求意见稿 .docx") == named
    page.goto(f"{RUN}consequences/?kind=freeze")
    page.click(f"#rows >> text={SECOND}")
    with page.watch.expecting(422):
        walk.press(page, "不采纳")
    assert "没有写为什么不采纳" in said(page)
    page.fill("#f-why", "没有评先（虚构）")
    walk.press(page, "不采纳")
    assert "没有采纳" in said(page)
    page.goto(f"{RUN}consequences/?kind=mend")
    page.click(f"#rows >> text={SECOND}")
    walk.press(page, "采纳")
    assert "已采纳" in said(page)
    # The order stands in its ledger.
    page.click("text=登记在 >> a")
    assert SECOND in said(page)


def _taken(page: Any, at: str, word: str) -> str:
    """Press what gives a file; give its name."""
    if at:
        page.goto(at)
    with page.expect_download() as coming:
        page.click(f"text={word}")
    return str(coming.value.suggested_filename)
