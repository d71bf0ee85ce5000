"""Notices on how returns came in (虚构): their counts are those of the list, by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from national import national

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.report.notices.circular import Sorted, circular
from xianxue.bureau.report.notices.letterhead import NAMED, Letterhead, Round
from xianxue.bureau.report.notices.opinion import Examined, opinion, repaired_by
from xianxue.bureau.report.notices.reminder import reminder, reminder_to
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.report.text import TextTable
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

SHELF = national().shelf
DUE, LOCK = date(2025, 9, 30), date(2025, 10, 10)
WINDOW = Deadline(DUE, LOCK)
CONTACT = "　　（统计与规划股联系人：＿＿＿＿；电话：＿＿＿＿＿）"


def head(name):
    card = SHELF.notices[name]
    return Letterhead(card, SHELF.genres[card.genre], "虚构县教育局")


def asked(on=date(2025, 10, 8), form="school_annual", window=WINDOW):
    period = Period.parse("2025-2026")
    return Round(SHELF.forms[form], period, on, on, window, "股室业务员、分管领导")


def school(name, state="accepted", **more):
    waiting = state in {"draft", "returned", "withdrawn"}
    said = {
        "place": name,
        "name": name,
        "state": state,
        "term": {"accepted": "通过", "returned": "退回", "in_review": "审核中"}.get(state, state),
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


def written(paper):
    return "\n".join(paper.lines())


def contradicted(paper, name):
    """What the auditor finds in the document, as whoever receives it may."""
    card = SHELF.notices[name]
    document = render_paper(paper, setting_of(SHELF, SHELF.genres[card.genre], "gbt9704"))
    found = audit(open_document(document).text, Lexicon.of(SHELF.wordlists.values())).findings
    return [one.quote for one in found if one.verdict == "inconsistent"]


# ── 催报通知 ─────────────────────────────────────────────────────────────────


def test_the_reminder_by_hand():
    paper = reminder(head("reminder"), asked(), SCHOOLS)

    assert written(paper).splitlines() == [
        "关于催报《学校年度报表》（2025—2026学年）的通知",
        "各有关学校（园）：",
        (
            "　　《学校年度报表》（2025—2026学年）报送截止日为2025年9月30日，锁定日为2025年10月10日。"
            "截至2025年10月8日，应报7所，已报3所（其中逾期1所），未报4所。现将有关事项通知如下。"
        ),
        "　　一、尚未报送的单位（2所）",
        "　　乙小学（逾期8天）、丙小学（准予延期至2025年10月12日）。",
        "　　二、退回后尚未重新报送的单位（1所）",
        "　　丁小学（退回2次，逾期8天）。",
        "　　三、撤回后尚未重新报送的单位（1所）",
        "　　戊小学（逾期8天）。",
        "　　四、报送要求",
        (
            "　　准予延期的单位请在延期内报送；请其他未报单位于2025年10月10日前（含当日）核对、签名后报送，"
            "此后不再接收；确有困难的，请向股室业务员、分管领导说明理由，申请延期。"
            "被退回的，请照批注逐条核对，改正或者说明后重新报送。"
        ),
        "　　特此通知。",
        "虚构县教育局",
        "2025年10月8日",
        CONTACT,
    ]
    assert contradicted(paper, "reminder") == []


def test_whoever_owes_nothing_does_not_stand_in_a_reminder():
    said = written(reminder(head("reminder"), asked(), SCHOOLS))
    assert not [name for name in ("甲小学", "己小学", "庚小学") if name in said]


def test_a_reminder_to_some_counts_only_them():
    said = written(reminder(head("reminder"), asked(), SCHOOLS, {"乙小学", "丁小学"}))
    assert "截至2025年10月8日，下列2所未报。" in said
    assert "应报" not in said
    assert "戊小学" not in said


def test_after_the_lock_only_those_with_more_time_are_asked():
    said = written(reminder(head("reminder"), asked(date(2025, 10, 11)), SCHOOLS))
    assert "准予延期的单位请在延期内报送；报表已经锁定，其他未报单位确需补报的，" in said
    assert "获准后报送。" in said


def test_before_the_due_day_that_is_the_day_to_meet():
    """Pressing early does not invite anybody to be late."""
    said = written(reminder(head("reminder"), asked(DUE), [school("乙小学", "draft", days_over=0)]))
    assert "请未报单位于2025年9月30日前（含当日）核对、签名后报送；" in said
    assert "此后报送的按逾期登记，2025年10月10日后不再接收。" in said
    assert "退回" not in said


def test_without_a_window_nothing_is_said_of_days():
    said = written(
        reminder(
            head("reminder"), asked(window=Deadline()), [school("乙小学", "draft", days_over=0)]
        )
    )
    assert "截止" not in said
    assert "请未报单位抓紧填报，核对、签名后报送。" in said


def test_the_countys_own_form_is_counted_in_copies():
    said = written(
        reminder(head("reminder"), asked(form="county_annual"), [school("某县", "draft")])
    )
    assert "各有关股室：" in said
    assert "应报1份，尚未报送。" in said


@pytest.mark.parametrize("number", [NAMED, NAMED + 1, 200])
def test_every_place_that_is_waited_for_is_named_once(number):
    """In the text, or, where they are many, in a table that goes with it."""
    many = [replace(school(f"第{n}小学", "draft"), place=str(n)) for n in range(number)]
    paper = reminder(head("reminder"), asked(), many)
    body = written(replace(paper, attachments=()))
    told = written(paper)

    assert f"尚未报送的单位（{number}所）" in body
    if number <= NAMED:
        assert paper.attachments == ()
        assert told.count("小学（逾期8天）") == number
    else:
        assert f"第0小学等{number}所，名单见附件。" in body
        (table,) = paper.attachments[0].blocks
        assert isinstance(table, TextTable)
        assert [row[2][0] for row in table.rows] == [f"第{n}小学" for n in range(number)]
        assert table.rows[-1][0][0] == str(number)
    assert contradicted(paper, "reminder") == []


def test_two_long_lists_are_two_numbered_attachments():
    many = [school(f"第{n}小学", "draft") for n in range(11)]
    back = [school(f"第{n}中学", "returned", times_returned=1) for n in range(12)]
    paper = reminder(head("reminder"), asked(), many + back)
    said = written(paper)
    assert "第0小学等11所，名单见附件1。" in said
    assert "第0中学等12所，名单见附件2。" in said
    assert [one.title for one in paper.attachments] == [
        "尚未报送的单位名单",
        "退回后尚未重新报送的单位名单",
    ]


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (SCHOOLS[1], "截至2025年10月8日，你校尚未报送，已逾期8天。现将有关事项通知如下。"),
        (SCHOOLS[3], "你校报送的报表已被退回（累计退回2次），尚未重新报送，已逾期8天。"),
        (SCHOOLS[4], "你校撤回报表后尚未重新报送，已逾期8天。"),
        (SCHOOLS[2], "请你校于2025年10月12日前（含当日）核对、签名后报送，此后不再接收；"),
    ],
    ids=["never", "sent_back", "taken_back", "extended"],
)
def test_a_reminder_to_one_speaks_to_it_by_its_own_days(one, said):
    paper = reminder_to(head("reminder"), asked(), one)
    assert paper.addressee == one.name
    assert said in written(paper)
    assert not [
        other.name for other in SCHOOLS if other is not one and other.name in written(paper)
    ]


# ── 通报 ─────────────────────────────────────────────────────────────────────


def test_the_circular_by_hand():
    paper = circular(head("circular"), asked(), SCHOOLS, date(2025, 10, 15), draft=False)

    assert written(paper).splitlines() == [
        "关于《学校年度报表》（2025—2026学年）报送情况的通报",
        "各有关学校（园）：",
        (
            "　　《学校年度报表》（2025—2026学年）报送截止日为2025年9月30日。截至2025年10月8日，应报7所，"
            # 甲 丁 戊 庚 by the day, 己 late, 乙 not yet, 丙 has time left: 4 + 1 + 1 + 1 = 7
            "其中按时报送4所、逾期报送1所、尚未报送1所、准予延期尚未到期1所。"
            # 丁 twice, 庚 three times
            "审核中被退回过的2所，共退回5次。现将有关情况通报如下。"
        ),
        "　　一、逾期报送的单位（1所）",
        "　　己小学（逾期3天）。",
        "　　二、尚未报送的单位（1所）",
        "　　乙小学（逾期8天）。",
        "　　三、被退回过的单位（2所）",
        "　　丁小学（退回2次）、庚小学（退回3次）。",
        "　　四、有关要求",
        (
            "　　请尚未报送的单位抓紧填报，核对、签名后报送。请退回或者撤回后尚未重新报送的单位核对、改正后"
            "重新报送；有批注的，逐条照批注办理。"
        ),
        "　　五、异议的提出和处理",
        (
            "　　对所列本单位情况有异议的，可于2025年10月15日前（含当日）以书面形式（加盖公章）"
            "向统计与规划股提出，写明事实和理由，并附有关材料。"
            "经核实确有错误的，在原通报范围内予以更正。"
        ),
        "　　特此通报。",
        "　　附件：《学校年度报表》（2025—2026学年）报送情况一览表",
        "虚构县教育局",
        "2025年10月8日",
        CONTACT,
        "《学校年度报表》（2025—2026学年）报送情况一览表",
        "序号　单位名称　首次报送　报送情况　退回次数　目前状态",
        "1　甲小学　2025年9月20日　按时　0　通过",
        "2　乙小学　—　未报，逾期8天　0　未报",
        "3　丙小学　—　未报，准予延期至2025年10月12日　0　未报",
        "4　丁小学　2025年9月20日　按时　2　退回",
        "5　戊小学　2025年9月20日　按时　0　withdrawn",
        "6　己小学　2025年10月3日　逾期3天　0　submitted",
        "7　庚小学　2025年9月20日　按时　3　审核中",
        "延期获准的，逾期自延期期满次日起算。",
    ]
    assert contradicted(paper, "circular") == []


def test_many_stand_in_the_one_table_of_everybody():
    many = [
        replace(school(f"第{n}小学", "draft", late=True), place=str(n)) for n in range(NAMED + 1)
    ]
    paper = circular(head("circular"), asked(), many, date(2025, 10, 15), draft=False)
    assert "第0小学等11所，名单见附件。" in written(paper)
    assert len(paper.attachments) == 1


def test_those_named_are_heard_before_a_circular_is_issued():
    paper = circular(head("circular"), asked(), SCHOOLS, date(2025, 10, 15), draft=True)
    said = written(paper)
    assert said.startswith("关于《学校年度报表》（2025—2026学年）报送情况的通报（征求意见稿）\n")
    assert "通报印发前，对所列本单位情况有异议的，可于2025年10月15日前（含当日）" in said
    assert "逾期没有提出的，视为没有异议。" in said
    assert "特此通报" not in said


def test_who_has_time_left_is_not_named_as_missing():
    said = written(circular(head("circular"), asked(), SCHOOLS, date(2025, 10, 15), draft=False))
    assert "丙小学" not in said.split("附件：")[0]


def test_a_late_day_is_counted_from_the_extension():
    late = school(
        "辛小学", late=True, first_handed_in=date(2025, 10, 14), extended_until=date(2025, 10, 12)
    )
    said = written(circular(head("circular"), asked(), [late], date(2025, 10, 15), draft=False))
    assert "辛小学（逾期2天）" in said
    assert "应报1所，均逾期报送。" in said


def test_whose_day_is_not_known_is_not_called_late():
    unknown = school("壬小学", late=True, first_handed_in=None, revision=1)
    said = written(circular(head("circular"), asked(), [unknown], date(2025, 10, 15), draft=False))
    assert "均已按时报送。" in said


def test_when_all_was_well_it_is_said():
    said = written(
        circular(head("circular"), asked(), SCHOOLS[:1], date(2025, 10, 15), draft=False)
    )
    assert "应报1所，均已按时报送。现将有关情况通报如下。" in said
    assert "各单位报送情况见附件。" in said
    assert "有关要求" not in said
    # What stands alone is not the first of anything.
    assert "一、" not in said
    assert "异议的提出和处理" not in said
    assert "对所列本单位情况有异议的，可于2025年10月15日前" in said


def test_nobody_is_not_counted_in_a_document():
    """«未报0所» is what a machine says."""
    without = asked(window=Deadline())
    filed = written(
        circular(head("circular"), without, SCHOOLS[:1], date(2025, 10, 15), draft=False)
    )
    none = [school(name, "draft", days_over=0) for name in ("乙小学", "丙小学")]
    missing = written(circular(head("circular"), without, none, date(2025, 10, 15), draft=False))
    pressed = written(reminder(head("reminder"), without, none))
    assert "应报1所，均已报送。" in filed
    assert "应报2所，均未报送。" in missing
    assert "应报2所，均未报送。" in pressed
    assert not [said for said in (filed, missing, pressed) if "0所" in said]


def test_who_was_sent_back_has_handed_in_once():
    rows = [school("乙小学", "draft"), school("丁小学", "returned", times_returned=1)]
    said = written(reminder(head("reminder"), asked(), rows))
    assert "应报2所，均未完成报送。" in said
    assert "均未报送" not in said


def test_a_part_alone_has_no_number():
    card = replace(head("circular").card, reply=None)
    rows = [school("己小学", late=True, first_handed_in=date(2025, 10, 3))]
    paper = circular(
        replace(head("circular"), card=card), asked(), rows, date(2025, 10, 15), draft=False
    )
    assert "　　逾期报送的单位（1所）" in written(paper).splitlines()


def test_a_column_without_anything_is_left_out():
    many = [school(f"第{n}小学", "draft", days_over=0) for n in range(NAMED + 1)]
    (table,) = reminder(head("reminder"), asked(), many).attachments[0].blocks
    assert isinstance(table, TextTable)
    assert table.header == ("序号", "单位代码", "单位名称")
    assert {len(row) for row in table.rows} == {3}


def test_a_kindergarten_is_no_school():
    called = replace(asked(), called="你园")
    assert "你园尚未报送" in written(reminder_to(head("reminder"), called, SCHOOLS[1]))


def test_without_a_window_nobody_is_late():
    rows = [school("甲小学"), school("乙小学", "draft", days_over=0)]
    said = written(
        circular(head("circular"), asked(window=Deadline()), rows, date(2025, 10, 15), draft=False)
    )
    assert "《学校年度报表》（2025—2026学年）应报2所，已报1所，未报1所。" in said
    assert "按时" not in said
    assert "逾期" not in said


@st.composite
def filings(draw):
    """A place as any bureau may find it on the eighth of October."""
    state = draw(st.sampled_from(["accepted", "draft", "returned", "withdrawn", "in_review"]))
    extended = draw(st.none() | st.dates(date(2025, 10, 1), date(2025, 10, 20)))
    first = draw(st.dates(date(2025, 9, 1), date(2025, 10, 8))) if state != "draft" else None
    limits = Deadline(DUE, LOCK, extended)
    late = limits.late_on(first or date(2025, 10, 8))
    over = (date(2025, 10, 8) - max(DUE, extended or DUE)).days
    return school(
        "某小学",
        state,
        first_handed_in=first,
        late=late,
        days_over=max(over, 0) if state in {"draft", "returned", "withdrawn"} else 0,
        extended_until=extended,
        times_returned=draw(st.integers(0, 3)) if state != "draft" else 0,
    )


@given(st.lists(filings(), min_size=1, max_size=30))
@settings(max_examples=25, deadline=None)
def test_everybody_is_counted_once_and_the_document_agrees_with_itself(rows):
    rows = [replace(one, place=str(n), name=f"第{n}小学") for n, one in enumerate(rows)]
    sort = Sorted.of(rows)
    told = [*sort.punctual, *sort.late, *sort.missing, *sort.granted]
    assert sorted(one.place for one in told) == sorted(one.place for one in rows)
    assert all(one.extended_until is None or one.late for one in sort.missing)

    paper = circular(head("circular"), asked(), rows, date(2025, 10, 15), draft=False)
    assert contradicted(paper, "circular") == []


# ── 审核意见 ─────────────────────────────────────────────────────────────────


def fault(severity, saw):
    return Issue(
        code="R-X",
        severity=severity,
        file="甲小学",
        sheet="学生",
        cell="C4",
        saw=saw,
        required="不小于 0 的整数",
        do="请改为实际人数",
    )


def examined(**changed):
    said = {
        "name": "甲小学",
        "revision": 2,
        "handed_in": date(2025, 9, 28),
        "remarks": ["〔学生〕C4：请核对学籍", "请附情况说明。"],
        "found": [
            fault(Severity.EXPLAIN, "一年级在校生数比上年多一倍"),
            fault(Severity.MUST_FIX, "一年级在校生数填了“-3”"),
            fault(Severity.NOTE, "填报说明已读"),
        ],
        "counts": False,
    }
    return Examined(**(said | changed))


def test_the_opinion_by_hand():
    paper = opinion(head("opinion"), asked(), examined(), date(2025, 10, 10))

    assert written(paper).splitlines() == [
        "审核意见书",
        "甲小学：",
        # two remarks, one to put right, one to explain; what is only to know is not asked
        (
            "　　你校2025年9月28日报送的《学校年度报表》（2025—2026学年，第2版）收悉。"
            "经审核，有4条意见。现将审核意见告知如下。"
        ),
        "　　一、审核人批注（2条）",
        "　　1. 〔学生〕C4：请核对学籍。",
        "　　2. 请附情况说明。",
        "　　二、须改正的（1条）",
        "　　〔学生〕C4：一年级在校生数填了“-3”；要求：不小于 0 的整数。请改为实际人数。",
        "　　三、须改正或者说明的（1条）",
        "　　〔学生〕C4：一年级在校生数比上年多一倍；要求：不小于 0 的整数。请改为实际人数。",
        "　　四、办理要求",
        (
            "　　请于2025年10月10日前（含当日）逐条核对：确有错误的，改正后经填报人、负责人签名，重新报送；"
            "确实无误的，逐条写明情况说明。"
        ),
        "　　请据此核对、改正，不得为通过审核改动真实数据。",
        "虚构县教育局",
        "2025年10月8日",
        CONTACT,
    ]
    assert contradicted(paper, "opinion") == []


def test_what_follows_from_one_mistake_is_one_point():
    cause = replace(fault(Severity.NOTE, "男生和女生两栏填反了"), cause_of="exchanged")
    follow = [
        replace(fault(Severity.MUST_FIX, f"{grade}女生多于在校生"), cause="exchanged")
        for grade in ("一年级", "二年级", "三年级")
    ]
    told = written(
        opinion(head("opinion"), asked(), examined(remarks=[], found=[cause, *follow]), LOCK)
    )
    assert "经审核，有1条意见。" in told
    assert "男生和女生两栏填反了；由它引起的 3 条问题没有逐条列出" in told
    assert "二年级" not in told


def test_codes_of_rules_are_not_told_to_a_school():
    assert "R-X" not in written(opinion(head("opinion"), asked(), examined(), date(2025, 10, 10)))


def test_a_day_after_the_lock_says_how_to_go_on():
    said = written(opinion(head("opinion"), asked(), examined(), date(2025, 10, 15)))
    assert "2025年10月10日后报表锁定，此后重新报送的，请先向股室业务员、分管领导申请延期。" in said
    over = written(
        opinion(head("opinion"), asked(date(2025, 10, 11)), examined(), date(2025, 10, 18))
    )
    assert "报表已经锁定，重新报送前请向股室业务员、分管领导申请延期。" in over
    before = written(opinion(head("opinion"), asked(), examined(), LOCK))
    assert "锁定" not in before


@pytest.mark.parametrize(
    ("counts", "said"), [(True, "经审核，予以通过。"), (False, "经审核，没有发现问题。")]
)
def test_nothing_found_is_said_and_nothing_is_asked(counts, said):
    clean = examined(remarks=[], found=[], counts=counts)
    told = written(opinion(head("opinion"), asked(), clean, date(2025, 10, 10)))
    assert said in told
    assert "请于" not in told
    assert "不得为通过审核" not in told


@pytest.mark.parametrize(
    ("on", "limits", "last"),
    [
        # seven days from the document's own day
        (date(2025, 10, 6), Deadline(DUE, LOCK), date(2025, 10, 13)),
        # who is early has until the due day
        (date(2025, 9, 1), Deadline(DUE, LOCK), DUE),
        # who was given more time keeps it
        (date(2025, 10, 6), Deadline(DUE, LOCK, date(2025, 10, 20)), date(2025, 10, 20)),
        (date(2025, 10, 6), Deadline(), date(2025, 10, 13)),
    ],
)
def test_the_last_day_is_never_earlier_than_what_was_promised(on, limits, last):
    assert repaired_by(SHELF.notices["opinion"].repair_days, on, limits) == last


def test_the_days_of_reply_and_repair_stand_on_cards_with_their_source():
    reply = SHELF.notices["circular"].reply
    assert reply is not None
    assert (reply.days, reply.source.seen.value) == (7, "own")
    assert reply.source.note
    assert SHELF.notices["opinion"].repair_days == 7
    assert SHELF.notices["opinion"].source.note
