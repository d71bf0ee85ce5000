"""Slips on phones, and the pages of those who hold a ballot: an invented meeting (虚构)."""

from __future__ import annotations

from urllib.parse import urlencode

from kit.server import Server
from kit.visitor import Answer


def hand_in(server: Server, code: str, *said: tuple[str, str], where: str = "") -> Answer:
    """Send what a phone sends, with no cookie and from no page."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    if where:
        headers["X-Forwarded-For"] = where
    return server.visitor().ask("POST", f"/b/{code}/in", urlencode(said).encode(), headers)


def test_a_survey_is_answered_once_and_says_so(slips):
    """Every kind of question; sent again it is counted already, and never says what was answered."""
    server, codes = slips
    code = codes["compulsory_satisfaction"][0]
    page = server.visitor().ask("GET", f"/b/{code.upper()}")
    assert page.status == 200
    assert page.set_cookies() == []
    for word in ("入学公平", "最希望改进的方面", "您的建议", "1 最低，5 最高"):
        assert word in page.text
    said = (
        ("overall", "basically"), ("aspects.fairness", "very"), ("first", "safety"),
        ("first", "burden"), ("recommend", "4"), ("advice", "操场\r\n积水"),
    )  # fmt: skip
    done = hand_in(server, code, *said)
    assert (done.status, done.goes_to.rpartition("/")[2]) == (303, code)
    for again in (hand_in(server, code, *said), server.visitor().ask("GET", f"/b/{code}")):
        assert again.status == 200
        assert "已计入" in again.text
        assert "basically" not in again.text
        assert "积水" not in again.text


def test_what_would_be_void_on_paper_is_asked_to_be_mended(slips):
    """Beyond the quota, no answer of ours, a question that has to be answered: nothing is spent."""
    server, codes = slips
    code = codes["compulsory_satisfaction"][1]
    for said, told in (
        ((), "这一题要回答"),
        ((("overall", "wonderful"),), "选的不是这一题的答案"),
        ((("overall", "very"), ("advice", "长" * 201)), "写了 201 个字"),
    ):
        answer = hand_in(server, code, *said)
        assert answer.status == 422
        assert told in answer.text
    grades = tuple((f"grade.{one}", "excellent") for one in "ab")
    answer = hand_in(server, codes["cadre_appraisal"][0], *grades)
    assert answer.status == 422
    assert "给了 2 个优秀，最多 1 个" in answer.text
    assert answer.text.count(" checked") == 2, "what was ticked is still there"
    answer = hand_in(server, codes["headmaster_election"][0], ("elect", "丙|=丁"))
    assert "姓名里不能有" in answer.text
    assert 'value="丙|=丁"' in answer.text


def test_a_meeting_waits_for_its_batch(slips):
    """Nineteen wait, with their answers on the page; the twentieth has a batch of ten written."""
    server, codes = slips
    mine = codes["cadre_appraisal"][1:21]
    said = (("grade.a", "competent"), ("grade.b", "basic"))
    for code in mine[:-1]:
        answer = hand_in(server, code, *said)
        assert answer.status == 200
        assert "等着和别人的票一起计入" in answer.text
        assert '<input type="hidden" name="grade.b" value="basic">' in answer.text
    hand_in(server, mine[-1], *said)
    states = [server.visitor().ask("GET", f"/b/{code}").text for code in mine]
    assert sum("已计入</strong>" in text for text in states) == 10
    office = server.visitor("leader").ask("GET", "/ballots/cadre_appraisal/2026/1/")
    assert office.status == 200
    assert "发出 40 张票" in office.text


def test_a_code_that_is_none_is_no_slip(slips):
    """A wrong code is told kindly; thirty in a minute have to wait, and a good one never."""
    server, codes = slips
    visitor = server.visitor()
    assert visitor.ask("GET", "/b/123").status == 404
    statuses = [visitor.ask("GET", f"/b/{at:026d}").status for at in range(40)]
    assert set(statuses) == {404, 429}
    code = codes["headmaster_election"][1]
    assert visitor.ask("GET", f"/b/{code}").status == 200
    typed = urlencode({"code": " ".join(code[at : at + 4] for at in range(0, 26, 4))}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.ask("POST", "/b/find", typed, kind).goes_to.endswith(f"/b/{code}")


def test_who_holds_a_ballot_does_their_part_and_no_more(slips):
    """The office issues and sees no result; the leader closes and counts, and then sees it."""
    server, codes = slips
    code, late = codes["headmaster_election"][1:3]
    hand_in(server, code, ("elect", "+戊（虚构）"))
    one = "/ballots/headmaster_election/2026/1/"
    office, leader = server.visitor("office_clerk"), server.visitor("leader")
    assert server.visitor("school_clerk").ask("GET", "/ballots/").status == 403
    assert server.visitor("administrator").ask("GET", one).status == 403
    made = office.send(one, f"{one}slips", **{"many.staff": "2"})
    assert made.headers["Content-Type"] == "application/pdf"
    assert made.body.startswith(b"%PDF-1.4")
    assert office.post(f"{one}close", {}, of=one).status == 403
    assert leader.send(one, f"{one}close").status == 303
    assert "已经封票，这张票没有计入" in hand_in(server, late, ("elect", "a")).text
    assert "已计入" in server.visitor().ask("GET", f"/b/{code}").text
    assert leader.send(one, f"{one}count").status == 303
    assert "戊（虚构）" in leader.ask("GET", one).text
    assert "戊（虚构）" not in office.ask("GET", one).text
    for visitor, name, status in (
        (office, "tally", 200), (office, "paper/staff", 200), (office, "paper/nobody", 404),
        (leader, "minutes", 200), (office, "minutes", 403),
    ):  # fmt: skip
        assert visitor.ask("GET", f"{one}{name}.docx").status == status, name


def test_no_file_that_the_server_writes_has_a_code(slips):
    """Whatever it has printed, logged or kept: of no slip that was asked for stands its code."""
    server, codes = slips
    asked = [code for some in codes.values() for code in some]
    hand_in(server, asked[0], ("grade.a", "competent"), where="10.9.8.7")
    files = [server.log, server.said, *server.workspace.rglob("*")]
    found = [file for file in files if file.is_file() and _stands_in(file.read_bytes(), asked)]
    assert found == []


def _stands_in(held: bytes, codes: list[str]) -> bool:
    held = held.lower()
    return b"10.9.8.7" in held or any(code.encode() in held for code in codes)


def test_a_phone_without_scripts_can_vote(slips, visit):
    """390 px wide, no JavaScript: the paper fits, is filled in and handed in."""
    server, codes = slips
    page = visit(
        f"/b/{codes['compulsory_satisfaction'][2]}", site=server, javascript=False, width=390
    )
    box = page.locator("main.ballot").bounding_box()
    assert box is not None
    assert box["width"] <= 390
    page.locator("input[name=overall][value=very]").check()
    page.locator("button.main-deed").click()
    assert page.locator("strong").first.inner_text() == "已计入"
