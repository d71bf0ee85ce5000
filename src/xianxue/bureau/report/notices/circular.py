"""通报 of how returns came in: late, missing, sent back; those named have the right to object."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xianxue.bureau.kinds.genre import Reply
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.report.context import chinese_day
from xianxue.bureau.report.notices.letterhead import (
    Letterhead,
    Round,
    Writing,
    overdue,
    sent_back,
)
from xianxue.bureau.report.official.paper import Attachment, Paper
from xianxue.bureau.report.text import TextTable
from xianxue.bureau.values.record import Record

_COLUMNS = ("序号", "单位名称", "首次报送", "报送情况", "退回次数", "目前状态")


class Sorted(Record):
    """Everybody who has to file, each once: by the day, late, not yet, with time left."""

    punctual: list[Progress]
    late: list[Progress]
    missing: list[Progress]
    granted: list[Progress]
    """Not yet, but within the extension that they were given."""

    @classmethod
    def of(cls, progress: Sequence[Progress]) -> Sorted:
        """Sort them; whose day of filing is not known is not called late."""
        filed = [one for one in progress if one.revision]
        # Naming a school late is held against it: without the day there is no proof.
        late = [one for one in filed if one.late and one.first_handed_in is not None]
        never = [one for one in progress if not one.revision]
        granted = [one for one in never if one.extended_until is not None and not one.late]
        return cls(
            [one for one in filed if one not in late],
            late,
            [one for one in never if one not in granted],
            granted,
        )


def circular(
    head: Letterhead, asked: Round, progress: Sequence[Progress], until: date, *, draft: bool
) -> Paper:
    """Write the circular; ``draft`` is what those named are heard about before it is issued."""
    sort = Sorted.of(progress)
    back = [one for one in progress if one.times_returned]
    text = Writing(asked, overview=True)
    text.say(_opening(asked, progress, sort, back) + head.genre.opening)
    text.places("逾期报送的单位", [(one, _days_late(asked, one)) for one in sort.late])
    text.places("尚未报送的单位", [(one, overdue(one)) for one in sort.missing])
    text.places("被退回过的单位", [(one, sent_back(one)) for one in back])
    if not (sort.late or sort.missing or back):
        text.say("各单位报送情况见附件。")
    waiting = [one for one in progress if one.waiting]
    if waiting:
        text.head("有关要求")
        text.say(_wanted(asked, sort, waiting))
    if head.card.reply is not None:
        if text.numbering.level:
            text.head("异议的提出和处理")
        text.say(_reply(asked, head.card.reply, until, draft=draft))
    title = f"《{asked.form.term}》（{asked.period.term}）\n报送情况一览表"
    text.attachments.append(Attachment(title=title, blocks=(_table(asked, progress),)))
    named = f"关于《{asked.form.term}》\n（{asked.period.term}）报送情况的通报"
    whom = head.card.addressees[asked.form.filed_by]
    if draft:
        return text.paper(head, f"{named}\n（征求意见稿）", whom, closing="draft")
    return text.paper(head, named, whom)


def _opening(
    asked: Round, progress: Sequence[Progress], sort: Sorted, back: Sequence[Progress]
) -> str:
    unit, due = asked.unit, asked.window.due
    until = f"{asked.what}报送截止日为{chinese_day(due)}。" if due else ""
    what = "" if due else asked.what
    said = f"{until}截至{chinese_day(asked.as_of)}，{what}应报{len(progress)}{unit}，"
    said += _counts(asked, sort)
    if back:
        times = sum(one.times_returned for one in back)
        said += f"审核中被退回过的{len(back)}{unit}，共退回{times}次。"
    return said


def _counts(asked: Round, sort: Sorted) -> str:
    """Say how many there are of each kind; kinds without anybody are left out."""
    unit = asked.unit
    if asked.window.due is None:
        filed = len(sort.punctual) + len(sort.late)
        missing = len(sort.missing) + len(sort.granted)
        if not (filed and missing):
            return "均已报送。" if filed else "均未报送。"
        return f"已报{filed}{unit}，未报{missing}{unit}。"
    kinds = (
        ("按时报送", "均已按时报送", sort.punctual),
        ("逾期报送", "均逾期报送", sort.late),
        ("尚未报送", "均未报送", sort.missing),
        ("准予延期尚未到期", "均已准予延期，尚未到期", sort.granted),
    )
    alone = [whole for _, whole, places in kinds if places]
    if len(alone) == 1:
        return f"{alone[0]}。"
    told = [(term, len(places)) for term, _, places in kinds if places]
    return f"其中{'、'.join(f'{term}{n}{unit}' for term, n in told)}。"


def _days_late(asked: Round, one: Progress) -> str:
    """Say how late it came, counted from the place's own last day."""
    limits, first = asked.until(one), one.first_handed_in
    if first is None or limits.due is None:
        return ""
    days = (first - max(limits.due, limits.until or limits.due)).days
    return f"逾期{days}天"


def _wanted(asked: Round, sort: Sorted, waiting: Sequence[Progress]) -> str:
    said = ""
    if sort.missing:
        # By the day of the notice: that is when the school reads it.
        locked = asked.window.locked_on(asked.on)
        how = f"向{asked.who_extends}说明理由，获准延期后" if locked else "抓紧填报，核对、签名后"
        said += f"请尚未报送的单位{how}报送。"
    if any(one.revision for one in waiting):
        said += "请退回或者撤回后尚未重新报送的单位核对、改正后重新报送；有批注的，逐条照批注办理。"
    return said


def _reply(asked: Round, reply: Reply, until: date, *, draft: bool) -> str:
    whom = asked.form.owner or "本局"
    said = "通报印发前，" if draft else ""
    said += (
        f"对所列本单位情况有异议的，可于{chinese_day(until)}前（含当日）{reply.how}向{whom}提出，"
    )
    said += "写明事实和理由，并附有关材料。"
    if draft:
        return said + "经核实确有错误的，印发前予以更正；逾期没有提出的，视为没有异议。"
    return said + "经核实确有错误的，在原通报范围内予以更正。"


def _table(asked: Round, progress: Sequence[Progress]) -> TextTable:
    rows = [
        (
            (str(number),),
            (one.name,),
            (chinese_day(one.first_handed_in) if one.first_handed_in else "—",),
            (_standing(asked, one),),
            (str(one.times_returned),),
            (one.term if one.revision else "未报",),
        )
        for number, one in enumerate(progress, start=1)
    ]
    note = (
        "延期获准的，逾期自延期期满次日起算。"
        if any(one.extended_until for one in progress)
        else ""
    )
    return TextTable("", _COLUMNS, tuple(rows), note)


def _standing(asked: Round, one: Progress) -> str:
    if not one.revision:
        return f"未报，{overdue(one)}" if overdue(one) else "未报"
    if asked.window.due is None:
        return "已报"
    if one.late and one.first_handed_in is not None:
        return _days_late(asked, one)
    return "按时"
