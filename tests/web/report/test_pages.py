"""A report in the page: written, checked, handed in, taken over, issued; and then it never moves."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from docx import Document
from kit.reports import OUTLINE, SLOTS, does, issued, page_of
from kit.server import Server
from kit.workspaces import copied

from xianxue.desk.stores import clock

STAFF = "教师队伍"
LAMP = re.compile(
    r'<span class="lamp (\w+)"><svg[^>]*>(?:(?!</svg>).)*</svg>([^<]*)</span>', re.DOTALL
)


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    """A server of these tests alone, on a county whose figures are published."""
    scratch = tmp_path_factory.mktemp("report")
    server = Server(copied(county, scratch), scratch)
    leader = server.visitor("leader")
    done = leader.send("/releases/freeze", "/releases/freeze/done", why="各校报齐（虚构）")
    assert done.status == 303, done.text
    yield server
    server.stop()


def test_a_slip_is_told_while_it_is_typed_and_the_draft_is_kept(site):
    clerk = site.visitor("office_clerk")
    typed = "学校66所，其中小学22所，初中8所，幼儿园30所，其他5所。教职工{全县教职工总数}。"
    margin = clerk.post(f"{page_of(STAFF)}check", {"text": typed, "base": "0"}, of=page_of(STAFF))

    assert margin.status == 200
    assert "文中写的却是66所" in margin.text
    assert "草稿已存" in margin.text
    # In another browser of the same person what was typed is there; nobody else sees it.
    again = site.visitor("office_clerk", fresh=True).get(page_of(STAFF))
    assert "学校66所" in again.text
    assert "学校66所" not in site.visitor("leader").get(page_of(STAFF)).text
    assert clerk.post(f"{page_of(STAFF)}drop", {}, of=page_of(STAFF)).status == 303
    assert "学校66所" not in clerk.get(page_of(STAFF)).text


def test_a_number_that_there_is_none_of_is_told_and_nothing_is_stored(site):
    answer = does(site.visitor("office_clerk"), STAFF, "write", text="教师{没有这个数}。")

    assert answer.status == 422
    assert "没有叫“没有这个数”的数" in answer.text
    assert "教师{没有这个数}。" in answer.text


def test_who_stores_second_sees_both_and_loses_nothing(site):
    first, second = (site.visitor("office_clerk", fresh=True) for _ in range(2))
    page = f"/report/balance_self_assessment/part/{quote('县情概况')}/"
    assert second.get(page).status == 200
    assert first.send(page, f"{page}write", text="先存的一稿。").status == 303
    late = second.post(f"{page}write", {"text": "后写的一稿。", "base": "0"}, of=page)

    assert late.status == 422
    assert "先存的一稿。" in late.text
    assert "后写的一稿。" in late.text
    assert "没有丢" in late.text


def test_schools_see_no_report(site):
    for role in ("school_clerk", "school_head", "central_school"):
        visitor = site.visitor(role)
        assert visitor.get("/report/").status == 403
        assert visitor.get(page_of(STAFF)).status == 403


def test_the_auditor_reads_and_writes_nothing(site):
    auditor = site.visitor("auditor")

    page = auditor.get(page_of(STAFF))
    assert page.status == 200
    assert "<textarea" not in page.text


def test_an_issued_report_is_the_file_that_was_issued_for_ever(site):
    done = issued(site)
    leader = site.visitor("leader")
    page = leader.get(done.goes_to)
    file = leader.get(f"{done.goes_to}document")
    words = "".join(one.text for one in Document(io.BytesIO(file.body)).paragraphs)
    assert "全年教育事业稳步发展（虚构）" in words
    assert "第 1 号" in page.text
    # Another version is written and stored; what was issued stays as it is.
    clerk = site.visitor("office_clerk")
    assert does(clerk, SLOTS[0], "write", text="另一句（虚构）。").status == 303
    assert leader.get(f"{done.goes_to}document").body == file.body
    now = clerk.get(f"{OUTLINE}file")
    assert zipfile.is_zipfile(io.BytesIO(now.body))
    assert now.body != file.body
    # And until the new text has been taken over, it is not issued again.
    assert "还不能印发" in leader.get(f"{OUTLINE}issue").text


def test_an_edited_copy_tells_what_was_changed_by_hand(site):
    clerk = site.visitor("office_clerk")
    file = clerk.get("/report/balance_self_assessment/file").body
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as was, zipfile.ZipFile(kept, "w") as now:
        for name in was.namelist():
            data = was.read(name)
            if name == "word/document.xml":
                text = data.decode()
                at = text.index("<w:sdtContent>", text.index("<w:tag "))
                end = text.index("</w:t>", at)
                start = text.rindex(">", at, end) + 1
                changed = text[:start] + "987654" + text[end:]
                typed = "<w:p><w:r><w:t>组织培训4321场（虚构）。</w:t></w:r></w:p>"
                body = changed.index("<w:p>") if "<w:p>" in changed else changed.index("<w:p ")
                data = (changed[:body] + typed + changed[body:]).encode()
            now.writestr(name, data)
    sent = clerk.send(OUTLINE, f"{OUTLINE}edited", files={"file": ("改过的.docx", kept.getvalue())})
    assert sent.status == 303, sent.text
    page = clerk.get(sent.goes_to)
    title = re.search(r"<h1>(.*?)</h1>", page.text)[1]
    assert re.search(r"：手改的数 1 个，已变动 0 个，没有来源 [1-9]\d* 个", title)
    (by_hand,) = re.findall(r'<li id="f\d+" class="card bad".*?</li>', page.text, re.DOTALL)[:1]
    assert "被改动" in by_hand
    assert "987654" in by_hand
    unsourced = clerk.get(f"{sent.goes_to}&show=unknown").text
    assert "4321场" in unsourced
    # It is held against the figures that the report tells, and the page says which.
    (chosen,) = re.findall(r'<option value="(\w*)" selected>', page.text)
    assert chosen == "latest"
    commented = clerk.get(sent.goes_to.replace("?", "comments?"))
    assert b"word/comments.xml" in commented.body
    # What somebody has dropped is not shown to anybody else.
    assert site.visitor("leader").get(sent.goes_to).status == 404


def test_without_a_script_the_text_is_a_plain_field(site):
    page = site.visitor("office_clerk").get(page_of("学前教育普及普惠")).text

    assert '<textarea id="text" name="text"' in page
    assert "{在园幼儿数＝4482人}" in page


@pytest.mark.parametrize(
    ("left", "lamp", "words"),
    [
        (11, "far", "还剩 11 天"),
        (10, "near", "还剩 10 天"),
        (5, "behind", "还剩 5 天"),
        (2, "last", "还剩 2 天"),
        (0, "last", "今天截止"),
        (-1, "over", "逾期 1 天"),
    ],
)
def test_a_section_burns_by_the_countys_card_as_returns_do(site, left, lamp, words):
    """The card says 10, 5 and 2 days."""
    due = clock.day_of(clock.now()) + timedelta(days=left)
    clerk = site.visitor("office_clerk")
    done = does(clerk, "基本情况", "assign", owner="计财股（虚构）", due=due.isoformat())
    assert done.status == 303, done.text

    page = clerk.get(OUTLINE).text
    assert [one for one in LAMP.findall(page) if one == (lamp, words)] == [(lamp, words)]


def test_what_somebody_asks_stands_beside_the_section_until_it_is_settled(site):
    clerk, leader = site.visitor("office_clerk"), site.visitor("leader")
    done = does(leader, STAFF, "ask", said="轮岗的口径写明。", answers="0")
    assert done.status == 303, done.text
    assert "1 条没有办结" in clerk.get(page_of(STAFF)).text
    assert "轮岗的口径写明。" in clerk.get(page_of(STAFF)).text
    assert "“教师队伍”有 1 条意见没有办结" in leader.get(f"{OUTLINE}issue").text
    # The auditor reads it and is offered nothing; a deed of theirs is refused.
    auditor = site.visitor("auditor").get(page_of(STAFF)).text
    assert "轮岗的口径写明。" in auditor
    assert 'name="said"' not in auditor

    settled = does(clerk, STAFF, "settle", number="1")
    assert settled.status == 303, settled.text
    after = clerk.get(page_of(STAFF)).text
    assert "没有办结" not in after
    assert "已办结：轮岗的口径写明。" in after
    assert does(clerk, STAFF, "settle", number="7").status == 422


FIX = re.compile(r'name="fix" value="([^"]*)"')


def test_a_button_makes_a_typed_number_live_and_another_takes_it_back(site):
    clerk = site.visitor("office_clerk")
    typed = "小学在校生987654人（虚构）。\r\n组织培训55场（虚构）。"
    page = page_of(STAFF)
    margin = clerk.post(f"{page}check", {"text": typed, "base": "0"}, of=page).text
    live = next(one for one in FIX.findall(margin) if one.startswith("live"))
    done = clerk.post(f"{page}fix", {"text": typed, "base": "0", "fix": live}, of=page)
    assert done.status == 303
    fixed = clerk.get(page).text
    assert "987654人”已换成" in fixed
    prose = html.unescape(re.search(r"<textarea id=.text.[^>]*>([^<]*)", fixed)[1])
    assert prose.startswith("小学在校生{小学在校生数＝")
    assert "987654" not in prose

    # What is typed after that stays; the same button again finds another text and does nothing.
    more = prose + "还有一句。"
    again = clerk.post(f"{page}fix", {"text": more, "base": "0", "fix": live}, of=page)
    assert "文字已经变了" in clerk.get(again.goes_to).text
    back = clerk.post(f"{page}undo", {"text": more, "base": "0"}, of=page)
    after = html.unescape(clerk.get(back.goes_to).text)
    assert "小学在校生987654人（虚构）。\n组织培训55场（虚构）。还有一句。" in after
    assert "已换成" not in after
    # Nobody has stored anything: it is a draft.
    assert "987654" not in site.visitor("leader").get(page).text
    assert clerk.post(f"{page}drop", {}, of=page).status == 303


def test_what_is_left_open_is_not_issued(site):
    clerk = site.visitor("office_clerk")
    page = f"{OUTLINE}part/{quote('办学条件')}/"
    stored = clerk.send(page, f"{page}write", text="组织培训［待补］（虚构）。")
    assert stored.status == 303, stored.text

    assert "“办学条件”有 1 处待补" in site.visitor("leader").get(f"{OUTLINE}issue").text


def test_owners_of_two_sections_both_see_that_they_contradict_each_other(site):
    clerk = site.visitor("office_clerk")
    one, other = (f"{OUTLINE}part/{quote(name)}/" for name in (SLOTS[1], SLOTS[2]))
    assert does(clerk, SLOTS[1], "assign", owner="普教股（虚构）", due="").status == 303
    for page, text in (
        (one, "全县支教教师37人（虚构）。"),
        (other, "全县支教教师共有42人（虚构）。"),
    ):
        done = clerk.send(page, f"{page}write", text=text)
        assert done.status == 303, done.text

    for page in (one, other, OUTLINE):
        told = between(clerk.get(page).text)
        assert "37" in told
        assert "42" in told
    assert "普教股（虚构）" in between(clerk.get(other).text)
    assert "各节说法不一" in site.visitor("leader").get(f"{OUTLINE}issue").text
    # A section that has nothing to do with it is not bothered.
    assert between(clerk.get(page_of(STAFF)).text) == ""

    assert clerk.send(other, f"{other}write", text="全县支教教师37名（虚构）。").status == 303
    assert between(clerk.get(one).text) == ""


def between(page: str) -> str:
    """What a page says that sections contradict each other in."""
    return "".join(re.findall(r'<div class="state \w+ between">(.*?)</div>', page, re.DOTALL))
