"""催报通知: places that have not handed in are told by when and how, in one notice or one each."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.notices.letterhead import (
    Letterhead,
    Round,
    Writing,
    addressee_of,
    overdue,
    sent_back,
)
from xianxue.bureau.report.official.paper import Paper


def reminder(
    head: Letterhead,
    asked: Round,
    progress: Sequence[Progress],
    only: Collection[str] | None = None,
) -> Paper:
    """Write one notice to all that are waited for; its counts are those of the list.

    ``only`` names those it is sent to, where it is not sent to all: they alone stand in it.
    """
    waiting = [one for one in progress if one.waiting and (only is None or one.place in only)]
    # Whatever was handed in and waits again was sent back, or the place itself took it back.
    back = [one for one in waiting if one.revision and one.state in asked.returned]
    taken = [one for one in waiting if one.revision and one.state not in asked.returned]
    never = [one for one in waiting if not one.revision]
    text = Writing(asked)
    counted = _counted(asked, progress) if only is None else f"下列{len(waiting)}{asked.unit}未报。"
    on = f"截至{chinese_day(asked.as_of)}，"
    text.say(_window(asked) + on + counted + head.genre.opening)
    text.places("尚未报送的单位", [(one, overdue(one)) for one in never])
    text.places("退回后尚未重新报送的单位", [(one, _twice(one)) for one in back])
    text.places("撤回后尚未重新报送的单位", [(one, overdue(one)) for one in taken])
    text.head("报送要求")
    text.say(_asked_of_all(asked, waiting) + _mended(back))
    return text.paper(head, _title(asked), head.card.addressees[asked.form.filed_by])


def reminder_to(head: Letterhead, asked: Round, one: Progress) -> Paper:
    """Write a notice to one of them."""
    you = asked.you
    text = Writing(asked)
    said = f"{_window(asked)}截至{chinese_day(asked.as_of)}，{you}"
    if not one.revision:
        said += "尚未报送"
    elif one.state in asked.returned:
        said += f"报送的报表已被退回（累计{sent_back(one)}），尚未重新报送"
    else:
        said += "撤回报表后尚未重新报送"
    over = f"，已逾期{one.days_over}天" if one.days_over else ""
    text.say(f"{said}{over}。{head.genre.opening}")
    text.say(_asked_of(asked, asked.until(one), you) + _mended([one] if sent_back(one) else []))
    return text.paper(head, _title(asked), addressee_of(head, asked, one.name))


def _title(asked: Round) -> str:
    return f"关于催报《{asked.form.term}》\n（{asked.period.term}）的通知"


def _twice(one: Progress) -> str:
    return "，".join(part for part in (sent_back(one), overdue(one)) if part)


def _window(asked: Round) -> str:
    due, lock = asked.window.due, asked.window.lock
    if due is None or lock is None:
        return f"{asked.what}报送工作正在进行。"
    return f"{asked.what}报送截止日为{chinese_day(due)}，锁定日为{chinese_day(lock)}。"


def _counted(asked: Round, progress: Sequence[Progress]) -> str:
    unit, waiting = asked.unit, sum(one.waiting for one in progress)
    late = sum(one.late and not one.waiting for one in progress)
    said = f"应报{len(progress)}{unit}，"
    if waiting == len(progress):
        if any(one.revision for one in progress):
            # Who was sent back did hand in once: «not handed in» would be false.
            return f"{said}均未完成报送。"
        return f"{said}均未报送。" if waiting > 1 else f"{said}尚未报送。"
    said += f"已报{len(progress) - waiting}{unit}"
    said += f"（其中逾期{late}{unit}）" if late else ""
    return said + f"，未报{waiting}{unit}。"


def _asked_of_all(asked: Round, waiting: Sequence[Progress]) -> str:
    """Say by when; those who were given more time are asked by their own day."""
    extended = any(asked.until(one).until for one in waiting)
    own = "准予延期的单位请在延期内报送；" if extended else ""
    rest = "其他未报单位" if extended else "未报单位"
    return own + _asked_of(asked, asked.window, rest)


def _asked_of(asked: Round, limits: Deadline, whom: str) -> str:
    if limits.due is None or limits.lock is None:
        return f"请{whom}抓紧填报，核对、签名后报送。"
    asking = f"请向{asked.who_extends}说明理由，申请延期"
    last = max(limits.lock, limits.until or limits.lock)
    due = max(limits.due, limits.until or limits.due)
    # The later border first: who is past the lock is past the due day, too.
    if asked.on > last:
        return f"报表已经锁定，{whom}确需补报的，{asking}，获准后报送。"
    if asked.on > due or due == last:
        return (
            f"请{whom}于{chinese_day(last)}前（含当日）核对、签名后报送，此后不再接收；"
            f"确有困难的，{asking}。"
        )
    return (
        f"请{whom}于{chinese_day(due)}前（含当日）核对、签名后报送；此后报送的按逾期登记，"
        f"{chinese_day(last)}后不再接收。确有困难的，{asking}。"
    )


def _mended(back: Sequence[Progress]) -> str:
    return "被退回的，请照批注逐条核对，改正或者说明后重新报送。" if back else ""
