"""Supposed sets on pages: tried, kept, compared, withdrawn; and a journey with sliders (虚构)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from docx import Document
from kit.server import Server
from kit.workspaces import copied

SCHOOL = "2163990015"
"""青草乡牧场小学, which has no backbone teacher."""
NEW = "/plan/suppose/new"
ADDED = {"school1": SCHOOL, "thing1": "staff.backbone/primary", "count1": "1"}


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    scratch = tmp_path_factory.mktemp("supposed")
    server = Server(copied(county, scratch), scratch, ("--cold",))
    yield server
    server.stop()


def title(text: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", text)
    assert found
    return found[1]


def one(name: str) -> str:
    return f"/plan/suppose/one?set={quote(name)}"


@pytest.mark.ci
def test_a_set_is_tried_kept_compared_and_withdrawn(site):
    office, leader, auditor = (site.visitor(role) for role in ("office_clerk", "leader", "auditor"))
    figures = office.get("/assessment/balance_resources/").text
    tried = office.get(f"{NEW}?school1={SCHOOL}&thing1=staff.backbone/primary&count1=1").text
    assert "1 项转为达标" in title(tried)
    assert "青草乡牧场小学增加 1" in tried
    assert "假设，不是统计数" in tried
    assert "保存着" not in office.get("/plan/suppose/").text, "trying keeps nothing"

    closed = office.get(f"{NEW}?act1=close&of1={SCHOOL}").text
    assert "撤销青草乡牧场小学" in closed
    for wrong, told in (
        ({"act1": "merge", "of1": SCHOOL, "name": "错"}, "选哪所学校、并入哪所学校"),
        ({"act2": "move", "of2": SCHOOL, "name": "错"}, "并、撤、调第 2 行没有写"),
        ({**ADDED, "name": ""}, "名称没有写"),
        ({"name": "空的"}, "没有设想什么"),
        ({**ADDED, "count1": "两个", "name": "错"}, "第 1 行的个数写了“两个”"),
        ({**ADDED, "thing1": "", "name": "错"}, "选一所学校和一样东西"),
        ({"share": "110", "name": "错"}, "列出的标准之一"),
        ({**ADDED, "count1": "-9", "name": "错"}, "青草乡牧场小学"),
    ):
        answer = office.post("/plan/suppose/keep", wrong, of=NEW)
        assert answer.status == 422, wrong
        assert told in answer.text, told

    for name, said in (
        ("补一名骨干（虚构）", ADDED),
        ("补两名骨干（虚构）", {**ADDED, "count1": "2"}),
    ):
        kept = office.post("/plan/suppose/keep", {"name": name, **said}, of=NEW)
        assert kept.status == 303, kept.text
    shown = leader.get(one("补一名骨干（虚构）")).text
    assert "1 项转为达标" in title(shown)
    assert office.get("/assessment/balance_resources/").text.count('class="number fails"') == (
        figures.count('class="number fails"')
    ), "what was counted stays"

    first, second = quote("补一名骨干（虚构）"), quote("补两名骨干（虚构）")
    beside = auditor.get(f"/plan/suppose/beside?a={first}&b={second}").text
    assert title(beside) == "补一名骨干（虚构）和补两名骨干（虚构）并排"
    assert beside.count('<span class="unit">假设</span>') == 4
    assert "选两个不同的设想来比" in auditor.get(f"/plan/suppose/beside?a={first}&b={first}").text
    assert auditor.get(one("没有的")).status == 404
    assert auditor.get(NEW).status == 403
    assert site.visitor("school_head").get("/plan/suppose/").status == 403

    gone = leader.send(
        one("补两名骨干（虚构）"), "/plan/suppose/withdraw", set="补两名骨干（虚构）"
    )
    assert gone.status == 303, gone.text
    assert office.get(one("补两名骨干（虚构）")).status == 404


@pytest.mark.ci
def test_a_plan_is_read_and_its_tasks_are_entered_once(site):
    office, auditor = site.visitor("office_clerk"), site.visitor("auditor")
    path = "/plan/written/year/"
    text = office.get(path).text
    found = re.search(r"重点工作 (\d+) 项，已列入台账 0 项", title(text))
    assert found
    many = int(found[1])
    assert text.count('<span class="none">没有列入</span>') == many > 0
    assert "教育局2026年教育工作计划" in text
    read = auditor.get(path).text
    assert "您的角色只看" in read
    assert auditor.post(f"{path}enter", {}, of="/plan/").status == 403
    assert office.send(path, f"{path}enter").status == 303
    text = office.get(path).text
    assert f"列入督办 {many} 项；已在台账 0 项" in text
    assert "各项都已列入，不会再列" in text
    numbers = re.findall(r'href="/ledgers/tasks/([^"/]+)/">', text)
    assert len(set(numbers)) == many
    assert office.post(f"{path}enter", {}, of="/plan/suppose/new").status == 303
    assert f"列入督办 0 项；已在台账 {many} 项" in office.get(path).text
    data = office.get(f"{path}document").body
    assert "重点工作分工表" in "".join(
        cell.text for table in Document(io.BytesIO(data)).tables for cell in table._cells
    ) + "".join(one.text for one in Document(io.BytesIO(data)).paragraphs)
    assert office.get("/plan/written/none/").status == 404
    assert office.get(f"{path}?set={quote('没有的')}").status == 404


@pytest.mark.ci
def test_the_office_moves_a_slider_and_keeps_a_set_which_a_leader_compares(site, signed_in):
    page = signed_in("office_clerk", "/plan/balance/?stage=primary", site=site)
    before = page.locator("#rows tbody tr").count()
    page.focus("#s-limit")
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector("#answer h1:has-text('不高于 0.3')")
    assert page.inner_text("#o-limit") == "0.3"
    assert "limit=0.3" in page.url
    assert page.locator("#rows tbody tr").count() > before
    for name, column in (("添一（虚构）", 1), ("添二（虚构）", 2)):
        page.goto(f"{NEW}?school1={SCHOOL}&thing1=staff.backbone/primary")
        page.focus("#s-count1")
        for _ in range(column):
            page.keyboard.press("ArrowRight")
        page.wait_for_selector(f"ol.told li:has-text('增加 {column}')")
        page.fill("#f-name", name)
        page.get_by_role("button", name="保存设想").click()
        page.wait_for_load_state()
        assert "已保存" in page.inner_text("main, .main")
    leader = signed_in("leader", "/plan/suppose/", site=site, width=390)
    leader.select_option("#f-a", "添一（虚构）")
    leader.select_option("#f-b", "添二（虚构）")
    leader.get_by_role("button", name="并排比较").click()
    leader.wait_for_load_state()
    assert leader.locator("h1").inner_text() == "添一（虚构）和添二（虚构）并排"
    # 17 backbone teachers at 22 schools, one and two more: the county's number is told thrice.
    row = leader.locator("tr", has_text="县级以上骨干教师数").first
    assert len(set(row.locator("td").all_inner_texts())) == 3
