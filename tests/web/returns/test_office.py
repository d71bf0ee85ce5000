"""The office's way through a round: look, comment on a cell, send back; the school sees it; remind."""

from kit.people import accounts

ROUND = "/returns/school_annual/2025-2026/"


def school_of(site):
    """The school whose clerk and head may practise here."""
    return next(one["place"] for one in accounts(site.workspace) if one["role"] == "school_clerk")


def test_a_return_is_sent_back_with_a_comment_on_a_cell(signed_in, own_site, look):
    school_code = school_of(own_site)
    office = signed_in("office_clerk", f"{ROUND}{school_code}/", site=own_site)
    office.click("text=审核 >> nth=0")
    office.goto(f"{ROUND}{school_code}/review?tab=学生&at=B5")
    look(office, "returns-review")
    office.fill("#remark", "请与花名册核对")
    office.click("text=存下批注")
    # Kept on the server: another visit finds it again.
    office.goto(f"{ROUND}{school_code}/review")
    assert office.inner_text(".issues .place") == "学生!B5"
    office.fill("#why", "县里复核发现")
    office.click("button:has-text('附批注 1 条')")

    assert "退回了：有 1 条批注" in office.inner_text("h1")
    school = signed_in("school_clerk", "/", site=own_site)
    assert "退回" in school.inner_text("main")
    school.goto(f"{ROUND}{school_code}/")
    assert "请与花名册核对" in school.inner_text("main")

    office.goto(f"{ROUND}reminders")
    look(office, "returns-reminders")
    assert "退回后还没有重报" in office.input_value("#words")


def test_a_school_may_not_send_back(own_site):
    code = school_of(own_site)
    school = own_site.visitor("school_clerk")
    fields = {"step": "send_back", "remark": "乱退（虚构）", "why": "没有"}
    answer = school.post(f"{ROUND}{code}/step", fields, of=f"{ROUND}{code}/")

    assert answer.status in {403, 422}
    assert "已通过" in school.get(f"{ROUND}{code}/").text


def test_the_round_shows_a_square_for_each_place(signed_in, look):
    office = signed_in("office_clerk", ROUND)
    look(office, "returns-round")
    rows = office.locator("#rows tbody tr").count()

    assert office.locator("td .squares a").count() == rows
    assert rows == 66
