"""The county's analysis of an examination, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from xianxue.bureau.exams.columns import SCHOOL, TOTAL, TRACK
from xianxue.bureau.exams.counting import Counts, counts_by
from xianxue.bureau.exams.ranks import all_counts
from xianxue.bureau.exams.shares import left_out
from xianxue.bureau.exams.spread import METHOD, bands, percentile
from xianxue.bureau.exams.statistics import DIVISORS, Moments
from xianxue.bureau.exams.tallies import PUPILS, named
from xianxue.bureau.report.text import Block, Heading, Paragraph, Picture, Text, TextTable
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.suppression.suppress import TOO_FEW
from xianxue.desk.exams.lines_told import reached_shown
from xianxue.desk.exams.papers.added import added_blocks
from xianxue.desk.exams.papers.drawing import Bar, Strip, boxes, distribution, narrowest
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.papers.tables import (
    lines_table,
    ranks_table,
    schools_table,
    subjects_table,
    unions_table,
)
from xianxue.desk.exams.ranks import level_named, ranks_of
from xianxue.desk.exams.references import Compared, compared, documents_of
from xianxue.desk.exams.side_by_side import beside
from xianxue.desk.exams.written import bare, cells, points

_WHISKERS: Final = (10, 25, 50, 75, 90)
"""The percentiles of a box and its whiskers: the least and the best mark are one pupil's."""
_TIMES: Final = (1, 2, 5, 10, 20, 50)
_STEPS: Final = 100


def county_text(subject: Subject, earlier: Subject | None = None) -> Text:
    """Write the county's analysis; ``earlier``: with what schools added since then."""
    county = subject.workspace.register.county.name
    return Text(
        title=say("{county}\n{title}成绩分析", county=county, title=subject.title),
        subtitle=say("（{state}）", state=subject.state),
        blocks=tuple(_blocks(subject, earlier)),
        notes=tuple(Paragraph((one,)) for one in notes_of(subject)),
        signature=say("{county}教育局", county=county),
        on=subject.on,
        name=say("成绩分析"),
        period=subject.standing.sitting.period,
    )


def _blocks(subject: Subject, earlier: Subject | None) -> Iterator[Block]:
    analysis = subject.analysis
    yield Heading(1, "一、", (say("参考情况"),))
    yield Paragraph((_sat(subject),))
    if analysis.card.tracks:
        yield _tracks(subject)
    yield Heading(1, "二、", (say("总分"),))
    yield Paragraph((_totals(subject),))
    yield from _distributed(subject)
    yield Heading(1, "三、", (say("上线情况"),))
    reached = reached_shown(analysis, subject.shown)
    if reached:
        caption, tracks = say("各线上线人数和上线率"), bool(analysis.card.tracks)
        yield lines_table(reached, subject.words, caption, tracks=tracks)
        yield from (Paragraph((_compared(subject, one),)) for one in
                    compared(subject.standing, reached))  # fmt: skip
    else:
        yield Paragraph((TOO_FEW if analysis.heights else say("没有划线。"),))
    yield Heading(1, "四、", (say("各科成绩"),))
    yield subjects_table(
        analysis, analysis.county, subject.words, subject.shown, say("全县各科成绩")
    )
    yield from _scaled(subject)
    yield Heading(1, "五、", (say("各校情况"),))
    table, codes = schools_table(analysis, subject.words, subject.shown, say("各校总分情况"))
    yield table
    if analysis.card.ranks != "none":
        level = level_named(analysis)
        found = ranks_of(analysis, subject.shown, level)
        yield ranks_table(found, level.term, subject.words.school)
    yield from _boxes(subject, codes)
    if subject.unions:
        yield Heading(1, "六、", (say("学校组织和乡镇"),))
        yield unions_table(analysis, subject.unions, subject.words, subject.shown)
    if earlier is not None:
        yield Heading(1, "七、" if subject.unions else "六、", (say("学校增值"),))
        name = earlier.standing.sitting.name
        yield from added_blocks(subject, name, beside(subject, earlier))


def _compared(subject: Subject, one: Compared) -> Sentence:
    return say(
        "{track}{line}上线率{told}（{of} {theirs}%）。",
        track=subject.words.track(one.track) if one.track else "",
        line=subject.words.line(one.line),
        told=one.told,
        of=one.of,
        theirs=points(one.theirs),
    )


def _sat(subject: Subject) -> Sentence:
    county = subject.analysis.county
    day = subject.standing.sitting.day
    said = say(
        "{period}{title}于{year}年{month}月{day}日举行，{schools} 所学校的 {pupils} 名学生在册，"
        "有成绩的 {sat} 人。",
        period=Period.parse(subject.standing.sitting.period).term,
        title=subject.title,
        year=day.year,
        month=day.month,
        day=day.day,
        schools=len(subject.analysis.by_school()),
        pupils=county[PUPILS],
        sat=county["sat"],
    )
    out = left_out(county)
    return said if out is None else said + say("{out}。", out=out)


def _tracks(subject: Subject) -> TextTable:
    rows = [
        cells(subject.words.track(one.keys[TRACK]), str(one[PUPILS]), str(one[named(TOTAL, "n")]))
        if subject.shown.of_track(one.keys[TRACK], TOTAL)
        else cells(subject.words.track(one.keys[TRACK]), TOO_FEW, "—")
        for one in subject.analysis.by_track()
    ]
    header = (say("科类"), say("考生"), say("有总分"))
    return TextTable(say("各科类考生"), header, tuple(rows))


def _totals(subject: Subject) -> Sentence:
    analysis, county = subject.analysis, subject.analysis.county
    moments = Moments.of(county, TOTAL)
    if not moments.n:
        return say("没有人有总分。")
    if not subject.shown.of_track("", TOTAL):
        return say("有总分的{few}。", few=TOO_FEW)
    counts = all_counts(analysis.totals)
    asked = analysis.card.percentiles
    placed = joined(
        "，",
        (say("第 {p} 百分位 {v} 分", p=one, v=points(percentile(counts, one))) for one in asked),
    )
    return say(
        "有总分的 {n} 人，平均 {mean} 分，标准差 {sd} 分；{placed}。",
        n=moments.n,
        mean=points(moments.mean),
        sd=points(moments.deviation(analysis.card.divisor)),
        placed=placed,
    )


def _distributed(subject: Subject) -> Iterator[Block]:
    analysis = subject.analysis
    groups = analysis.totals if analysis.card.tracks else {("",): all_counts(analysis.totals)}
    for (track, *_), counts in groups.items():
        if not subject.shown.of_track(track, TOTAL):
            continue
        found = bars_of(counts, analysis.card.band, subject.shown.smallest)
        if not found:
            continue
        lines = [one for one in analysis.heights if not one.track or one.track == track]
        named_lines = [
            say("{n} {line}", n=number, line=subject.words.line(one.line))
            for number, one in enumerate(lines, start=1)
        ]
        name = subject.words.track(track) if track else say("全县")
        # Bars are of two widths, and their areas are their pupils: what is written upwards is of
        # the narrowest of them.
        width = f"{narrowest(found):g}"
        caption = say("{name}总分分布（横轴分数，纵轴每 {n} 分的人数）", name=name, n=width)
        if named_lines:
            caption = caption + say("，竖线：{lines}", lines=joined("、", named_lines))
        said = joined("；", (_bar_said(bar) for bar in found))
        yield distribution(found, [one.total / _STEPS for one in lines], caption, said)


def bars_of(counts: Counts, band: int, smallest: int) -> list[Bar]:
    """Give the bars of a distribution, as narrow as keeps each at what is shown at least.

    Bands grow until only those at both ends are too small; these go into their neighbours.
    """
    found: list[Bar] = []
    for times in _TIMES:
        found = _joined(counts, band * times)
        while len(found) > 1 and found[0].many < smallest:
            found[:2] = [Bar(found[0].low, found[1].high, found[0].many + found[1].many)]
        while len(found) > 1 and found[-1].many < smallest:
            found[-2:] = [Bar(found[-2].low, found[-1].high, found[-2].many + found[-1].many)]
        if all(bar.many >= smallest for bar in found):
            return found
    return []


def _joined(counts: Counts, band: int) -> list[Bar]:
    if not counts:
        return []
    held = bands(counts, band, max(counts) // _STEPS + band + 1)
    bars = [Bar(one.low, one.low + band, one.pupils) for one in reversed(held)]
    # Above the best and below the weakest nobody is: no bar stands there.
    while bars and not bars[-1].many:
        bars.pop()
    return bars


def _bar_said(bar: Bar) -> Sentence:
    return say("{low}—{high} 分 {n} 人", low=f"{bar.low:g}", high=f"{bar.high:g}", n=bar.many)


def _scaled(subject: Subject) -> Iterator[Block]:
    for code, scale in subject.analysis.scales.items():
        rows = [
            cells(one.grade, str(one.wanted), str(one.pupils), bare(one.share))
            for one in scale.reached
            if subject.shown.enough(one.pupils)
        ]
        if rows:
            header = (say("等级"), say("应占%"), say("人数"), say("实占%"))
            caption = say("{subject}赋分各等级", subject=subject.words.subject(code))
            yield TextTable(caption, header, tuple(rows))
    estimated = subject.analysis.card.estimated
    if subject.analysis.scales and estimated:
        yield Paragraph((estimated,))


def _boxes(subject: Subject, codes: list[str]) -> Iterator[Picture]:
    analysis = subject.analysis
    by_school = counts_by(analysis.engine, analysis.pupils, TOTAL, [SCHOOL])
    strips: list[Strip] = []
    said: list[Sentence] = []
    numbers: list[str] = []
    for number, code in enumerate(codes, start=1):
        counts = by_school.get((code,), {})
        if not counts or not subject.shown.school(code, what=TOTAL):
            continue
        at = [percentile(counts, one) for one in _WHISKERS]
        known = [float(one) for one in at if isinstance(one, Fraction)]
        strips.append(Strip(*known))
        numbers.append(f"{len(strips)} {subject.words.school(code)}")
        said.append(say("{number} 中位数 {middle}", number=number, middle=points(at[2])))
    if not strips:
        return
    middle = percentile(all_counts(analysis.totals), _WHISKERS[2])
    caption = say(
        "各校总分箱线图：箱为中间一半学生，竖线为中位数，两端为第 10、第 90 百分位，"
        "红线为全县中位数；{numbers}",
        numbers=joined("，", numbers),
    )
    yield boxes(
        strips,
        float(middle) if isinstance(middle, Fraction) else None,
        caption,
        joined("；", said),
    )


def notes_of(subject: Subject) -> Iterator[Sentence]:
    """Say what the numbers rest on."""
    card = subject.analysis.card
    files = joined("、", (name for name, _ in subject.standing.marks.files))
    yield say("数据说明")
    yield say(
        "成绩出自{files}（第 {n} 次载入）；{state}。",
        files=files,
        n=subject.standing.marks.number,
        state=subject.state,
    )
    yield say("缺考、免考、违纪、未选考和空白都没有成绩，不按 0 分计；0 分是成绩。")
    yield say("{divisor}；{method}。", divisor=DIVISORS[card.divisor], method=METHOD)
    yield say(
        "少于 {n} 人的组写“{few}”，能由别的数推出来的也一并不显示。",
        n=subject.shown.smallest,
        few=TOO_FEW,
    )
    documents = sorted({one.document for one in subject.analysis.heights if one.document})
    if documents:
        yield say("分数线依据：{documents}。", documents=joined("、", documents))
    if referred := documents_of(subject.standing):
        yield say("参照的数出自：{documents}。", documents=joined("、", referred))
