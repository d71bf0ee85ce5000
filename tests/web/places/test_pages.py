"""The register, one page a school, and events that are tried, registered and taken back."""

from __future__ import annotations

from urllib.parse import urlencode

MERGER = {
    "kind": "merged",
    "code": "2163990012",
    "into": "2163990010",
    "day": "2026-09-01",
    "document": "虚教〔2026〕1号",
    "reason": "生源减少（虚构）",
}
TRY = "/places/events/new?" + urlencode({**MERGER, "try": "1"})


def test_the_register_is_searched_by_name_code_and_initials(site):
    office = site.visitor("office_clerk")
    for query in ("雪松乡中心小学", "2163990016", "xsxzxxx", "xuesongxiangzhongxinxiaoxue"):
        text = office.get("/places/?" + urlencode({"q": query})).text
        assert ">1/66 行<" in text, query
        assert "/places/2163990016/" in text


def test_a_clerk_sees_the_own_school_alone(site):
    clerk, own = site.visitor("school_clerk"), site.account("school_clerk")["place"]
    assert ">1/1 行<" in clerk.get("/places/").text
    assert clerk.get(f"/places/{own}/").status == 200
    assert clerk.get("/places/2163990016/").status == 403
    assert clerk.get("/places/events/new").status == 403


def test_an_event_is_tried_on_both_bases_before_anything_is_written(site):
    office = site.visitor("office_clerk")
    text = office.get(TRY).text
    assert "试算通过" in text
    # After the reference day nothing of the year moves; by the places of then two become one.
    assert "本期的数都不变" in text
    assert "河湾乡中心小学" in text
    assert not (site.workspace / "events.csv").exists()


def test_a_slip_is_told_in_the_words_of_the_page(site):
    office = site.visitor("office_clerk")
    wrong = "/places/events/new?" + urlencode({**MERGER, "day": "明年", "reason": "", "try": "1"})
    text = office.get(wrong).text
    assert "日期 填了“明年”" in text
    assert "没有填 事由" in text
    assert "--day" not in text


def test_an_event_is_registered_once_and_can_be_taken_back(own_site):
    office = own_site.visitor("office_clerk")
    done = office.send(TRY, "/places/events/record")
    assert done.status == 303, done.text
    listed = office.get("/places/events/").text
    assert "登记过 1 件变动" in listed
    assert "河湾乡下湾小学" in listed
    text = office.get("/places/2163990012/").text
    assert "合并" in text
    (undo,) = [link for link in office.get("/places/events/").links() if link.endswith("/undo")]
    refused = office.send(undo, undo + "/do", reason=" ")
    assert refused.status in {404, 422}
    taken = office.send(undo, undo + "/do", reason="登记错了（虚构）")
    assert taken.status == 303, taken.text
    assert "还没有登记过变动" in office.get("/places/events/").text
