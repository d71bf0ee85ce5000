"""A notice that presses for returns (催报), in plain official Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

_NUMERALS: Final = "一二三四五六七八九"
_INDENT: Final = "　　"
_ADDRESSED: Final = {"school": ("各有关学校", "所"), "county": ("各有关股室", "份")}
_CONTACT: Final = "联系人：＿＿＿＿＿＿，联系电话：＿＿＿＿＿＿。"
"""To be filled in by hand: who answers the telephone is nobody's figure."""
_OFTEN: Final = 2
"""Returned this often it is named, so that the school asks for help."""


class Notice(Record):
    """What the notice is about."""

    form: Form
    period: Period
    on: date
    due: date | None
    lock: date | None
    who_extends: str
    """Those who can grant more time."""
    returned: frozenset[str] = frozenset({"returned"})
    """The states of what was sent back, as the lifecycle card marks them."""


def write_notice(notice: Notice, progress: Sequence[Progress]) -> str:
    """Write the notice; its counts are those of the list, and every place is named once a list."""
    whom, unit = _ADDRESSED[notice.form.filed_by]
    # Who has handed in late is told apart from who has not handed in at all.
    waiting = [each for each in progress if each.waiting]
    late = [each for each in progress if each.late and not each.waiting]
    # Whatever was handed in and waits again was sent back, or the place itself took it back.
    again = [each for each in waiting if each.revision]
    back = [each for each in again if each.state in notice.returned]
    taken_back = [each for each in again if each.state not in notice.returned]
    what = f"《{notice.form.term}》（{notice.period.term}）"
    said = [
        f"关于催报{what}的通知" if waiting else f"关于{what}报送情况的通报",
        "",
        f"{whom}：",
        _INDENT + _opening(notice, progress, len(waiting), len(late), unit),
    ]
    lists = (
        ("尚未报送", [each for each in waiting if not each.revision], _overdue),
        ("退回后尚未重新报送", back, _returned),
        ("撤回后尚未重新报送", taken_back, _overdue),
        ("逾期报送", late, _handed_in),
        (
            "多次退回",
            [each for each in progress if each.times_returned >= _OFTEN],
            _returned,
        ),
    )
    told = [(head, places, say) for head, places, say in lists if places]
    # Numbered after empty lists are left out: a notice has no gaps.
    for numeral, (head, places, say) in zip(_NUMERALS, told, strict=False):
        names = "、".join(each.name + say(each) for each in places)
        said.append(f"{_INDENT}{numeral}、{head}的（{len(places)}{unit}）：{names}。")
    if waiting:
        said.append(_INDENT + _closing(notice, sent_back=bool(back)))
        said.append(_INDENT + _CONTACT)
    said += ["", *filter(None, [notice.form.owner]), chinese_day(notice.on)]
    return "\n".join(said) + "\n"


def _opening(
    notice: Notice, progress: Sequence[Progress], waiting: int, late: int, unit: str
) -> str:
    said = ""
    if notice.due is not None and notice.lock is not None:
        said = f"本表报送截止日为{chinese_day(notice.due)}，"
        said += f"锁定日为{chinese_day(notice.lock)}。"
    asked = len(progress)
    said += f"截至{chinese_day(notice.on)}，应报{asked}{unit}，已报{asked - waiting}{unit}"
    said += f"（其中逾期{late}{unit}）" if late else ""
    return said + (
        f"，未报{waiting}{unit}。现将有关情况通知如下。" if waiting else "，已全部报送。"
    )


def _closing(notice: Notice, *, sent_back: bool) -> str:
    more = "被退回的，请照批注核对、改正后重新报送。" if sent_back else ""
    if notice.due is None or notice.lock is None:
        return "请未报单位抓紧核对、签名后报送。" + more
    asking = f"请向{notice.who_extends}说明理由，申请延期。"
    due, lock = chinese_day(notice.due), chinese_day(notice.lock)
    # The later border first: who is past the lock is past the due day, too.
    if notice.on > notice.lock:
        said = "本表已经锁定，准予延期的单位请在延期内报送；其他单位确需补报的，" + asking
    elif notice.on > notice.due:
        said = f"请未报单位在{lock}前（含当日）核对、签名后报送，此后不再接收；确有困难的，{asking}"
    else:
        said = f"请未报单位在{due}前（含当日）核对、签名后报送；此后报送的按逾期登记，"
        said += f"{lock}后不再接收。确有困难的，{asking}"
    return said + more


def chinese_day(day: date) -> str:
    """Write a day as official texts do.

    >>> chinese_day(date(2025, 9, 1))
    '2025年9月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def _bracketed(parts: Sequence[str]) -> str:
    return f"（{'，'.join(parts)}）" if parts else ""


def _overdue(each: Progress) -> str:
    parts: list[str] = []
    if each.days_over:
        parts.append(f"逾期{each.days_over}天")
    if each.extended_until is not None:
        parts.append(f"准予延期至{chinese_day(each.extended_until)}")
    return _bracketed(parts)


def _returned(each: Progress) -> str:
    return _bracketed([f"退回{each.times_returned}次"])


def _handed_in(each: Progress) -> str:
    day = each.first_handed_in
    return _bracketed([f"{chinese_day(day)}报送"] if day is not None else [])
