"""Slips of ledgers' matters: several in one circular."""

from __future__ import annotations

from datetime import date

from official_papers import SHELF

from xianxue.bureau.report.notices.slip import Matter, circular_of
from xianxue.bureau.report.text import Heading, plain
from xianxue.bureau.values.record import replace

ON = date(2026, 11, 30)
LATE = Matter(
    ledger="安全隐患台账",
    number="2026-0009",
    place="南湾小学（虚构）",
    title="应急灯不亮",
    state="整改中",
    recorded=date(2026, 9, 4),
    task="整改",
    due=date(2026, 9, 23),
    why="按“整改期限”一栏写的日期",
    follows="发督办单，列入通报",
    office="安全管理股",
)
SOON = replace(LATE, number="2026-0010", place="北湾小学（虚构）", due=date(2026, 12, 3))


def lines(*matters):
    paper = circular_of(matters, SHELF.genres["circular"], "虚构县教育局", ON)
    said = [
        (one.number if isinstance(one, Heading) else "") + plain(one.runs) for one in paper.blocks
    ]
    return paper, said


def test_one_circular_names_what_is_over_first_and_then_what_is_not():
    """From 23 September to 30 November: 7 + 31 + 30 = 68 days."""
    paper, said = lines(SOON, LATE)
    assert paper.title.replace("\n", "") == "关于安全隐患台账2件事项办理情况的通报"
    assert said == [
        "截至2026年11月30日，下列2件事项没有办好，其中1件已经逾期。现通报如下。",
        "一、已经逾期的（1件）",
        f"1.{LATE.place}：“应急灯不亮”（2026-0009号），整改的最后一天是2026年9月23日，已逾期68天。",
        "二、还没有到期的（1件）",
        "1.北湾小学（虚构）：“应急灯不亮”（2026-0010号），整改的最后一天是2026年12月3日。",
        "请上述单位立即办理，把结果和佐证材料登记到台账。仍没有办好的，发督办单。",
    ]


def test_matters_of_several_ledgers_say_which_and_nobody_answers_for_another_office():
    other = replace(LATE, ledger="信访台账", number="", office="办公室", follows="")
    paper, said = lines(LATE, other)
    assert paper.title.startswith("关于台账2件事项")
    assert "（安全隐患台账2026-0009号）" in said[2]
    assert "（信访台账）" in said[3]
    assert paper.remark.startswith("联系人")
    # What follows for one is not said of the other.
    assert said[-1].endswith("登记到台账。")
