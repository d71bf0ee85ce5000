"""The office's way through a round: look, comment on a cell, send back; the school sees it; remind."""

ROUND = "/returns/school_annual/2025-2026/"
SCHOOL = "2163990005"


def test_a_return_is_sent_back_with_a_comment_on_a_cell(signed_in, own_site, look):
    office = signed_in("office_clerk", f"{ROUND}{SCHOOL}/", site=own_site)
    office.click("text=审核 >> nth=0")
    office.goto(f"{ROUND}{SCHOOL}/review?tab=学生&at=B5")
    look(office, "returns-review")
    office.fill("#remark", "请与花名册核对")
    office.click("text=存下批注")
    # Kept on the server: another visit finds it again.
    office.goto(f"{ROUND}{SCHOOL}/review")
    assert office.inner_text(".issues .place") == "学生!B5"
    office.fill("#why", "县里复核发现")
    office.click("button:has-text('附批注 1 条')")

    assert "退回了：有 1 条批注" in office.inner_text("h1")
    school = signed_in("school_clerk", "/", site=own_site)
    assert "退回" in school.inner_text("main")
    school.goto(f"{ROUND}{SCHOOL}/")
    assert "请与花名册核对" in school.inner_text("main")

    office.goto(f"{ROUND}reminders")
    look(office, "returns-reminders")
    assert "退回后还没有重报" in office.input_value("#words")


def test_a_stranger_may_not_send_back(signed_in, own_site):
    school = signed_in("school_clerk", f"{ROUND}{SCHOOL}/", site=own_site)
    token = school.input_value("input[name=csrfmiddlewaretoken] >> nth=0")
    school.watch.expects(403)
    answer = school.request.post(
        f"{ROUND}{SCHOOL}/step",
        form={
            "csrfmiddlewaretoken": token,
            "step": "send_back",
            "remark": "乱退",
            "why": "没有",
        },
        headers={"Referer": own_site.url},
    )

    assert answer.status in {403, 422}
    school.goto(f"{ROUND}{SCHOOL}/")
    assert "已通过" in school.inner_text("h1")


def test_the_round_shows_a_square_for_each_place(signed_in, look):
    office = signed_in("office_clerk", ROUND)
    look(office, "returns-round")
    rows = office.locator("#rows tbody tr").count()

    assert office.locator("td .squares a").count() == rows
    assert rows == 66
