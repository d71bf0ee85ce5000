"""What schools added between two examinations, in the county's analysis: a table, a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianxue.bureau.exams.value_added import Effect
from xianxue.bureau.report.text import Block, Paragraph, Picture, TextTable
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.papers.drawing import Strip, boxes
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.side_by_side import Added, Beside
from xianxue.desk.exams.written import NOTHING, cells, moved


def added_blocks(subject: Subject, earlier: str, found: Beside) -> Iterator[Block]:
    """Tell what each school added, by intervals and in the order of codes: never by rank."""
    if found.why:
        yield Paragraph((found.why,))
        return
    for note in found.notes:
        yield Paragraph((note,))
    if not found.tells:
        yield Paragraph((say("数据不足以区分学校。"),))
    shown = [one for one in found.schools if one.effect is not None]
    numbers = {one.school: str(at) for at, one in enumerate(shown, start=1)}
    rows = [
        cells(
            numbers.get(one.school, NOTHING), subject.words.school(one.school), *_told(one, found)
        )
        for one in found.schools
    ]
    header = (
        *(say("序号"), say("学校"), say("人数"), say("增值")),
        *(say("95%区间"), say("与平均相比")),
    )
    note = say("按学校代码排列，不排名次；区间有重叠的学校分不出先后。")
    caption = say("以“{earlier}”为入口的各校增值", earlier=earlier)
    yield TextTable(caption, header, tuple(rows), note)
    if shown:
        yield _drawn(subject, shown)


def _told(one: Added, found: Beside) -> tuple[Sentence | str, ...]:
    effect = one.effect
    if effect is None:
        return (TOO_FEW, NOTHING, NOTHING, NOTHING)
    said = say("分不出")
    if found.tells and effect.apart:
        said = say("高于平均") if effect.effect > 0 else say("低于平均")
    return (str(one.pupils), moved(effect.effect), _reach(effect), said)


def _drawn(subject: Subject, shown: Sequence[Added]) -> Picture:
    effects = [(one.school, one.effect) for one in shown if one.effect is not None]
    strips = [Strip(one.low, one.effect, one.effect, one.effect, one.high) for _, one in effects]
    caption = say("各校增值：点为增值，横线为95%区间，红线为平均；序号同上表")
    said = joined(
        "；",
        (
            say(
                "{school} {effect}，{reach}",
                school=subject.words.school(school),
                effect=moved(one.effect),
                reach=_reach(one),
            )
            for school, one in effects
        ),
    )
    return boxes(strips, 0.0, caption, said, box=False)


def _reach(one: Effect) -> Sentence:
    return say("{low}至{high}", low=moved(one.low), high=moved(one.high))
