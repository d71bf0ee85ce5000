"""The notice that presses for returns: its counts are those of the list, by hand."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.records.progress import Progress
from xianxue.bureau.returns.notice import Notice, write_notice
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load

FORMS = load().shelf.forms


def notice(on=date(2025, 10, 8), form="school_annual", due=date(2025, 9, 30)):
    lock = date(2025, 10, 10) if due else None
    return Notice(FORMS[form], Period.parse("2025-2026"), on, due, lock, "股室业务员、分管领导")


def school(name, state="accepted", **more):
    waiting = state in {"draft", "returned", "withdrawn"}
    said = {
        "place": name,
        "name": name,
        "state": state,
        "term": state,
        "revision": 0 if state == "draft" else 1,
        "accepted": 0,
        "waiting": waiting,
        "first_handed_in": None if state == "draft" else date(2025, 9, 20),
        "late": False,
        "days_over": 8 if waiting else 0,
        "times_returned": 0,
    }
    return Progress(**(said | more))


SCHOOLS = [
    school("甲小学"),
    school("乙小学", "draft", late=True),
    school("丙小学", "draft", days_over=0, extended_until=date(2025, 10, 12)),
    school("丁小学", "returned", times_returned=2),
    school("戊小学", "withdrawn"),
    school("己小学", "submitted", late=True, first_handed_in=date(2025, 10, 3)),
    school("庚小学", "in_review", times_returned=3),
]


def test_the_notice_by_hand():
    assert write_notice(notice(), SCHOOLS) == (
        "关于催报《学校年度报表》（2025—2026学年）的通知\n"
        "\n"
        "各有关学校：\n"
        "　　本表报送截止日为2025年9月30日，锁定日为2025年10月10日。"
        "截至2025年10月8日，应报7所，已报3所（其中逾期1所），未报4所。现将有关情况通知如下。\n"
        "　　一、尚未报送的（2所）：乙小学（逾期8天）、丙小学（准予延期至2025年10月12日）。\n"
        "　　二、退回后尚未重新报送的（1所）：丁小学（退回2次）。\n"
        "　　三、撤回后尚未重新报送的（1所）：戊小学（逾期8天）。\n"
        "　　四、逾期报送的（1所）：己小学（2025年10月3日报送）。\n"
        "　　五、多次退回的（2所）：丁小学（退回2次）、庚小学（退回3次）。\n"
        "　　请未报单位在2025年10月10日前（含当日）核对、签名后报送，此后不再接收；"
        "确有困难的，请向股室业务员、分管领导说明理由，申请延期。"
        "被退回的，请照批注核对、改正后重新报送。\n"
        "　　联系人：＿＿＿＿＿＿，联系电话：＿＿＿＿＿＿。\n"
        "\n"
        "统计与规划股\n"
        "2025年10月8日\n"
    )


def test_after_the_lock_only_those_with_more_time_are_asked():
    said = write_notice(notice(date(2025, 10, 11)), SCHOOLS)
    assert "本表已经锁定，准予延期的单位请在延期内报送" in said


def test_before_the_due_day_that_is_the_day_to_meet():
    """Pressing early does not invite anybody to be late."""
    said = write_notice(notice(date(2025, 9, 30)), [school("乙小学", "draft", days_over=0)])
    assert "请未报单位在2025年9月30日前（含当日）核对、签名后报送；" in said
    assert "此后报送的按逾期登记，2025年10月10日后不再接收。" in said
    assert "退回" not in said


def test_without_a_window_nothing_is_said_of_days():
    said = write_notice(notice(due=None), [school("乙小学", "draft", days_over=0)])
    assert "截止" not in said
    assert "请未报单位抓紧核对、签名后报送。" in said


def test_when_all_have_filed_nobody_is_pressed():
    said = write_notice(notice(), [school("甲小学")])
    assert "应报1所，已报1所，已全部报送。" in said
    assert "请未报" not in said
    assert said.startswith("关于《学校年度报表》（2025—2026学年）报送情况的通报\n")
    assert "联系人" not in said


def test_the_countys_own_form_is_counted_in_copies():
    said = write_notice(notice(form="county_annual"), [school("某县", "draft")])
    assert "各有关股室：" in said
    assert "应报1份，已报0份，未报1份" in said


def test_every_place_that_is_waited_for_is_named():
    many = [replace(school(f"第{n}小学", "draft"), place=str(n)) for n in range(200)]
    said = write_notice(notice(), many)
    assert said.count("小学（逾期8天）") == 200
