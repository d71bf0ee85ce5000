"""The school's way and the assessor's way through an appraisal, in a browser without scripts (虚构).

The example county has 三看评估 open for self-appraisal (看现场 is marked out of 30) and 平安校园
published, of which appeals are still in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from kit.server import Server
from kit.workspaces import copied

from xianxue.desk.cli import cli

pytestmark = pytest.mark.ci
OWN, OTHER = "2163990006", "2163990007"
INSPECTOR, SECOND = "责任督学乙（虚构）", "评委乙（虚构）"
LOOKS = f"/appraisal/own/three_looks/2025-2026/{OWN}/"
SHEET = f"/appraisal/marks/three_looks/2025-2026/{OWN}/"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
FILE = {"name": "备课检查.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture(scope="module")
def server(county, tmp_path_factory) -> Iterator[Server]:
    scratch = tmp_path_factory.mktemp("appraised")
    server = Server(copied(county, scratch), scratch, ("--cold",))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def run(server) -> Callable[..., str]:
    """Do at the command line what others have to do meanwhile."""

    def running(*words: str) -> str:
        line = ["appraise", *words, "--workspace", str(server.workspace)]
        done = CliRunner().invoke(cli, line)
        assert done.exit_code == 0, (words, done.output, done.exception)
        return done.output

    return running


def press(page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    page.wait_for_load_state()


def heading(page) -> str:
    return page.locator("h1").inner_text()


def test_a_school_appraises_itself_and_hands_in_evidence(server, run, signed_in):
    page = signed_in("school_clerk", "/appraisal/own/", site=server, javascript=False, width=390)
    page.watch.allowed = {422}
    assert heading(page) == "1 项评价等着自评"
    page.get_by_role("link", name="三看评估").click()
    assert heading(page) == "还有 2 项没有自评，缺 3 件佐证"
    home = server.visitor("school_clerk").get("/").text
    assert "”的自评" in home
    assert "还有 2 项没有自评，缺 3 件佐证" in home
    # What a ballot says is not asked again: there are points for the two items that are marked.
    assert page.locator("input[name^='p-']").count() == 2
    page.fill("#p-campus", "31")
    page.fill("#p-lessons", "八")
    page.fill("#t-lessons", "每周两次教研（虚构）")
    press(page, "保存")
    assert heading(page) == "没有保存：1 处要改", (
        "what is no number is told before what is too much"
    )
    assert "“八”不是分数" in page.inner_text("#h-lessons")
    assert page.input_value("#p-campus") == "31"
    page.fill("#p-lessons", "３６")
    press(page, "保存")
    assert "最多 30 分" in page.inner_text("#h-campus")
    assert page.input_value("#t-lessons") == "每周两次教研（虚构）"
    page.fill("#p-campus", "28.5")
    press(page, "保存，去交佐证")
    assert heading(page) == "要 3 件佐证，还缺 3 件"
    page.set_input_files("#f-file", FILE)
    press(page, "交佐证")
    assert "没有勾选佐证用在哪一项" in page.inner_text("#h-for")
    # The file need not be chosen again, and serves two items.
    page.get_by_label("教案和作业抽查").check()
    page.get_by_label("教研活动记录").check()
    press(page, "交佐证")
    assert heading(page) == "要 3 件佐证，还缺 1 件"
    page.get_by_label("现场照片").check()
    page.select_option("#f-again", label="备课检查.pdf")
    press(page, "交佐证")
    assert heading(page) == "3 件佐证都交齐了"
    link = page.get_by_role("link", name="备课检查.pdf").first.get_attribute("href")
    assert server.visitor("school_clerk").get(link).body == PDF
    page.locator("form[action$='/withdraw'] button").first.click()
    assert heading(page) == "要 3 件佐证，还缺 1 件", "the last one was withdrawn"
    page.goto(LOOKS)
    assert page.input_value("#p-campus") == "28.5"
    assert "现场照片" in page.locator("ul.ends").inner_text()
    press(page, "保存并交自评")
    assert heading(page).startswith("自评 ")
    assert page.locator("main form input[name^='p-']").count() == 0
    other = LOOKS.replace(OWN, OTHER)
    assert server.visitor("school_head").get(other).status == 403


def test_a_school_sees_its_published_result_appeals_in_time_and_reads_the_answer(
    server, run, signed_in
):
    clerk = server.visitor("school_clerk").get(f"/appraisal/safe_campus/2026/{OWN}/").text
    assert "由校长在这里提出申诉" in clerk
    head = signed_in("school_head", f"/appraisal/own/safe_campus/2026/{OWN}/", site=server)
    head.watch.allowed = {422}
    head.get_by_role("link", name="看结果").click()
    assert "公示" in head.locator("div.head").inner_text()
    head.select_option("#f-item", "drills")
    press(head, "提出申诉")
    assert "没有写申诉的理由" in head.inner_text("#h-text")
    assert head.input_value("#f-item") == "drills"
    head.fill("#f-text", "四月那次演练没有算进去（虚构）")
    press(head, "提出申诉")
    assert "等答复" in head.inner_text("#appeal")
    number = next(
        line.split()[1] for line in run("log", "safe_campus", "--place", OWN).splitlines()
        if "申诉" in line
    )  # fmt: skip
    run("decide", "safe_campus", number, "台账里没有这一次（虚构）", "--rejected")
    head.reload()
    assert "申诉不成立" in head.inner_text("#appeal")
    assert "台账里没有这一次（虚构）" in head.inner_text("#appeal")


def test_an_assessor_steps_aside_marks_blindly_and_no_more_after_the_closing(
    server, run, signed_in
):
    at = "/appraisal/marks/three_looks/2025-2026/"
    page = signed_in("inspector", f"{at}ties/", site=server, javascript=False, width=390)
    page.watch.allowed = {422}
    assert heading(page) == "还没有声明回避情况"
    press(page, "登记")
    assert "没有选是哪一种情况" in page.inner_text("main form")
    page.get_by_label("没有要回避的").check()
    press(page, "登记")
    assert heading(page) == "声明了没有要回避的学校"
    run("declare", "three_looks", SECOND)
    for name in (INSPECTOR, SECOND):
        run("assign", "three_looks", name, "--place", OWN, "--place", OTHER)
    for item, points in (("campus", "17.5"), ("lessons", "33.5")):
        run("mark", "three_looks", points, "--place", OWN, "--item", item, "--as", SECOND)
    assert "2 个对象没有评完，还有 4 项没有给分" in server.visitor("inspector").get("/").text
    page.goto(f"{at}{OTHER}/")
    page.get_by_role("link", name="这一家我要回避").click()
    page.get_by_label("有近亲属在那里").check()
    press(page, "登记")
    assert "这一家您不再评" in page.inner_text("main")
    page.goto("/appraisal/marks/?rubric=three_looks")
    assert page.locator("#rows tbody tr").count() == 1
    assert server.visitor("inspector").get(f"{at}{OTHER}/").status == 404
    page.locator("#rows tbody a").click()
    assert "已评 0/2 项" in heading(page)
    page.fill("#m-campus", "30.5")
    page.fill("#m-lessons", "35")
    press(page, "记下")
    assert heading(page) == "没有记下：1 处要改"
    assert "0 到 30 分" in page.inner_text("#h-campus")
    assert page.input_value("#m-lessons") == "35"
    page.fill("#m-campus", "27")
    press(page, "记下")
    assert "2 项都评了" in heading(page)
    # Nothing of what somebody else gave.
    assert not {"17.5", "33.5"} & set(page.inner_text("main").split())
    assert "17.5" not in page.content()
    run("step", "three_looks", "assess")
    page.fill("#m-campus", "26")
    run("close", "three_looks")
    press(page, "记下")
    assert heading(page) == "没有记下"
    assert "才能办" in page.inner_text("main")
    page.goto(SHEET)
    assert "评分已封" in page.inner_text("main")
    assert page.input_value("#m-campus") == "27"
    assert page.get_by_role("button", name="记下").count() == 0
