"""存在问题 and 下一步, written from findings and what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.kinds.outline import Duties, Duty, Outline
from xianxue.bureau.kinds.standard import Theme
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import phrases, unreported
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.sentence import Line, write
from xianxue.bureau.report.statements.of_findings import in_card_order, select
from xianxue.bureau.report.text import Runs
from xianxue.bureau.values.record import Record

Heading = Duty
"""What a paragraph is about: its criterion's theme, or that schools differ too much."""

_HEADINGS: Final[dict[Heading, tuple[str, str]]] = {
    "staff": ("教师配备仍有缺口", "补齐教师配备缺口"),
    "conditions": ("办学条件仍有短板", "补齐办学条件短板"),
    "sizes": ("部分学校规模或班额超过规定", "化解规模和班额超标"),
    "spread": ("校际差异偏大", "缩小校际差异"),
    "rates": ("部分指标未达到规定", "提高未达标指标"),
}
"""What it is about to its heading among the problems and among the measures."""

_SMALL: Final = ("尚有零星缺口", "补足零星缺口")
_SMALL_OPENING: Final = ("", "由有关学校年内自行补足：")

_UNREPORTED: Final = ("部分数据尚未报齐", "补齐数据后重新判定")


class Section(Record):
    """A heading and the paragraphs below it."""

    heading: str
    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True)
class Group:
    """The findings on one criterion that are not met, in the order of the register."""

    assessment: Assessment
    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """Any of them, for what they share."""
        return self.findings[0]


def problems(
    context: Context, assessments: Sequence[Assessment], outline: Outline
) -> list[Section]:
    """Write what does not suffice, by theme; what is trivial is gathered at the end."""
    groups, small = _sorted(context, assessments, outline)
    sections = [
        Section(
            _HEADINGS[theme][0], tuple(_counted([phrases.problem(context, one) for one in own]))
        )
        for theme, own in _by_theme(groups).items()
    ]
    if small:
        sections.append(Section(_SMALL[0], (phrases.small(context, small, _SMALL_OPENING[0]),)))
    return sections + _closing(_UNREPORTED[0], unreported.problem(context, assessments))


def measures(
    context: Context, assessments: Sequence[Assessment], outline: Outline
) -> list[Section]:
    """Write what would make it suffice, by who must act and by when; else by theme."""
    groups, small = _sorted(context, assessments, outline)
    by_theme = _by_theme(groups)
    sections: list[Section] = []
    for duty in outline.duties:
        # Taken out: what one office is asked to do is not asked a second time below.
        own = [findings for theme in duty.themes for findings in by_theme.pop(theme, ())]
        if own:
            said = _counted([phrases.measure(context, one) for one in own])
            opening = (f"由{duty.who}负责，", *write(context, duty.by), "完成。")
            sections.append(Section(duty.task, (Line().add(*opening).runs, *said)))
    for theme, own in by_theme.items():
        said = _counted([phrases.measure(context, one) for one in own])
        sections.append(Section(_HEADINGS[theme][1], tuple(said)))
    if small:
        sections.append(Section(_SMALL[1], (phrases.small(context, small, _SMALL_OPENING[1]),)))
    return sections + _closing(_UNREPORTED[1], unreported.measure(context, assessments))


def duties_of(
    context: Context, assessments: Sequence[Assessment], outline: Outline
) -> Iterator[tuple[Duties, Duty, tuple[Finding, ...]]]:
    """Give what is not met, criterion by criterion, with who must act; trivial things are left."""
    told, _ = _sorted(context, assessments, outline)
    by_theme = _by_theme(told)
    for duty in outline.duties:
        for theme in duty.themes:
            for findings in by_theme.get(theme, ()):
                yield duty, theme, findings


def _closing(heading: str, said: Iterator[Runs]) -> list[Section]:
    paragraphs = tuple(said)
    return [Section(heading, paragraphs)] if paragraphs else []


def _sorted(
    context: Context, assessments: Sequence[Assessment], outline: Outline
) -> tuple[list[tuple[Heading, tuple[Finding, ...]]], list[tuple[Finding, ...]]]:
    """Give what is not met with its theme, and apart what lacks so little that it is gathered."""
    below = {one.unit: one.below for one in outline.trivial}
    told: list[tuple[Heading, tuple[Finding, ...]]] = []
    small: list[tuple[Finding, ...]] = []
    for assessment in assessments:
        for group in _groups(context, assessment):
            # One school that lacks much makes the criterion a point of its own, with the small ones
            # in it.
            if all(_is_small(one, below) for one in group.findings):
                small.append(group.findings)
            else:
                told.append((heading_of(context, group), group.findings))
    return told, small


def _is_small(finding: Finding, below: Mapping[str, int]) -> bool:
    lacking = finding.lacking
    return lacking is not None and lacking.quantity < below.get(lacking.unit, 0)


def _by_theme(
    groups: Sequence[tuple[Heading, tuple[Finding, ...]]],
) -> dict[Heading, list[tuple[Finding, ...]]]:
    """Order what is not met by theme, as the headings stand."""
    by_theme: dict[Heading, list[tuple[Finding, ...]]] = {}
    for heading in _HEADINGS:
        about = [findings for own, findings in groups if own == heading]
        if about:
            by_theme[heading] = about
    return by_theme


def _counted(paragraphs: list[Runs]) -> Iterator[Runs]:
    """Begin each of several paragraphs with 一是, 二是 …"""
    for number, runs in enumerate(paragraphs, start=1):
        alone = len(paragraphs) == 1
        yield runs if alone else Line().add(f"{chinese(number)}是", *runs).runs


def _groups(context: Context, assessment: Assessment) -> Iterator[Group]:
    """Group what is not met by criterion; joint verdicts only sum up what is said anyway."""
    for findings in in_card_order(context, assessment):
        unmet = select(findings, Verdict.NOT_MET)
        if unmet:
            yield Group(assessment, tuple(unmet))


def heading_of(context: Context, group: Group) -> Heading:
    """Say under which heading a criterion that is not met belongs, as its card has it."""
    # A criterion of spread has no theme of its own: it is about schools differing.
    if group.first in group.assessment.spread:
        return "spread"
    standard = context.shelf.standards[group.assessment.standard]
    themes: dict[str, Theme] = {one.criterion: one.theme for one in standard.criteria}
    return themes[group.first.criterion]
