"""The inspector's way: a hazard until it is truly gone, and what a visit to a school finds."""

from __future__ import annotations

import re

from kit.ledgers import SCHOOL, picture, today

PHOTO = [("照片.jpg", picture("navy"))]
HAZARDS = "/ledgers/hazards/"


def state(who, at: str) -> str:
    found = re.search(r"<h1[^>]*>([^：<]+)：", who.get(at).text)
    assert found
    return found[1]


def test_a_hazard_is_closed_when_somebody_else_has_seen_it_gone(bureau):
    number = bureau.hazard(bureau.inspector, "配电箱没有门（虚构）", PHOTO)
    at = f"{HAZARDS}{number}/"
    order = {
        "v-measures": "装门上锁",
        "v-responsible": "总务处",
        "v-due_on": today(),
        "v-plan": "围挡",
    }
    lacking = bureau.step(bureau.inspector, "hazards", number, "order", **{**order, "v-plan": ""})
    assert lacking.status == 422
    assert "装门上锁" in lacking.text
    assert "“应急预案”没有填" in lacking.text
    assert bureau.step(bureau.inspector, "hazards", number, "order", **order).status == 303
    assert state(bureau.clerk, at) == "整改中"
    # Without a photograph it is no report.
    bare = bureau.step(bureau.clerk, "hazards", number, "report", **{"v-result": "装好了"})
    assert bare.status == 422
    assert "没有附凭据" in bare.text
    report = {"v-result": "装好了"}
    assert bureau.step(bureau.clerk, "hazards", number, "report", PHOTO, **report).status == 303
    # Whoever reported it has no form to pass it, and is told who has.
    page = bureau.clerk.get(at).text
    assert f"{at}step/pass" not in page
    assert "复查通过销号" in page
    why = "门关不上（虚构）"
    assert bureau.step(bureau.inspector, "hazards", number, "fail", why=why).status == 303
    again = [("再拍.jpg", picture("olive"))]
    assert bureau.step(bureau.clerk, "hazards", number, "report", again, **report).status == 303
    alone = bureau.step(bureau.inspector, "hazards", number, "pass", PHOTO)
    assert alone.status == 422
    assert "第二人" in alone.text
    assert "已收下 照片.jpg" in alone.text
    done = bureau.step(bureau.inspector, "hazards", number, "pass", PHOTO, second="督学丙（虚构）")
    assert done.status == 303, done.text
    assert state(bureau.auditor, at) == "已销号"
    told = bureau.auditor.get(at).text
    assert why in told
    assert "6 步" in told


def test_a_step_on_what_has_moved_on_changes_nothing(bureau):
    number = bureau.hazard(bureau.inspector, "两人同时办（虚构）")
    at = f"{HAZARDS}{number}/"
    order = {
        "v-measures": "甲的措施",
        "v-responsible": "甲",
        "v-due_on": today(),
        "v-plan": "甲的预案",
        "seen": "1",
    }
    mine = {**order, "v-measures": "乙的措施"}
    first = bureau.inspector.post(f"{at}step/order", order, of=at)
    assert first.status == 303
    late = bureau.office.post(f"{at}step/order", mine, of=at)
    assert late.status == 422
    assert "乙的措施" in late.text, "what was typed is still there"
    assert "甲的措施" in bureau.office.get(at).text
    assert "乙的措施" not in bureau.office.get(at).text


def test_pressing_twice_does_it_once(bureau):
    number = bureau.hazard(bureau.inspector, "按了两下（虚构）")
    at = f"{HAZARDS}{number}/"
    page = bureau.inspector.get(at).text
    key = re.search(r'step/order".*?name="deed" value="(\w+)"', page, re.DOTALL)
    assert key
    said = {
        "v-measures": "清走",
        "v-responsible": "总务处",
        "v-due_on": today(),
        "v-plan": "看守",
        "deed": key[1],
        "seen": "1",
    }
    went = [bureau.inspector.post(f"{at}step/order", said, of=at) for _ in range(2)]
    assert [one.status for one in went] == [303, 303]
    assert "2 步" in bureau.inspector.get(at).text


def test_a_visit_finds_something_and_it_is_followed_up_until_closed(bureau):
    at = "/ledgers/inspection_visits/new/"
    visit = {
        "place": SCHOOL,
        "v-theme": "开学和作业管理（虚构）",
        "v-visited_on": today(),
        "v-kind": "regular",
        "v-topic": "opening",
        "v-inspector": "第一责任区",
        "v-findings": "1",
    }
    made = bureau.inspector.send(at, f"{at}record", {"files": PHOTO}, **visit)
    assert made.status == 303, made.text
    visited = made.goes_to.rstrip("/").rpartition("/")[2]
    at = "/ledgers/inspection_findings/new/"
    finding = {
        "place": SCHOOL,
        "v-finding": "三个班没有课外活动安排（虚构）",
        "v-found_on": today(),
        "v-visit": visited,
        "v-source_kind": "regular",
        "v-topic": "burden",
        "v-weight": "general",
    }
    made = bureau.inspector.send(at, f"{at}record", {"files": PHOTO}, **finding)
    assert made.status == 303, made.text
    number = made.goes_to.rstrip("/").rpartition("/")[2]
    assert f"/ledgers/inspection_visits/{visited}/" in bureau.inspector.get(made.goes_to).text
    writ = {
        "v-notice": "督改〔2026〕1号（虚构）",
        "v-times": "1",
        "v-due_on": today(),
        "v-measures": "排出课外活动表",
    }
    ledger = "inspection_findings"
    assert bureau.step(bureau.inspector, ledger, number, "notify", PHOTO, **writ).status == 303
    # It stands on the first page of the school that has to mend it.
    assert "三个班没有课外活动安排" in bureau.clerk.get("/").text
    mended = {"v-result": "已排好并公示"}
    assert bureau.step(bureau.clerk, ledger, number, "report", PHOTO, **mended).status == 303
    assert bureau.step(bureau.inspector, ledger, number, "pass", PHOTO).status == 303
    assert state(bureau.office, f"/ledgers/{ledger}/{number}/") == "已销号"
    assert "三个班没有课外活动安排" not in bureau.clerk.get("/").text
