"""存在问题 and 下一步, written from findings and what they lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from xianxue.bureau.kinds.standard import Theme
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.report import phrases, unreported
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.numbering import chinese
from xianxue.bureau.report.of_findings import in_card_order, select
from xianxue.bureau.report.sentence import Line
from xianxue.bureau.report.text import Runs

Heading = Theme | Literal["spread"]
"""What a paragraph is about: its criterion's theme, or that schools differ too much."""

_HEADINGS: Final[dict[Heading, tuple[str, str]]] = {
    "staff": ("教师配备仍有缺口", "补齐教师配备缺口"),
    "conditions": ("办学条件仍有短板", "补齐办学条件短板"),
    "sizes": ("部分学校规模或班额超过规定", "化解规模和班额超标"),
    "spread": ("校际差异偏大", "缩小校际差异"),
    "rates": ("部分指标未达到规定", "提高未达标指标"),
}
"""What it is about to its heading among the problems and among the measures."""

_UNREPORTED: Final = ("部分数据尚未报齐", "补齐数据后重新判定")


@dataclass(frozen=True)
class Section:
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


def problems(context: Context, assessments: Sequence[Assessment]) -> list[Section]:
    """Write what does not suffice, by theme."""
    sections = _by_theme(context, assessments, phrases.problem, 0)
    return sections + _closing(_UNREPORTED[0], unreported.problem(context, assessments))


def measures(context: Context, assessments: Sequence[Assessment]) -> list[Section]:
    """Write what would make it suffice, by theme."""
    sections = _by_theme(context, assessments, phrases.measure, 1)
    return sections + _closing(_UNREPORTED[1], unreported.measure(context, assessments))


def _closing(heading: str, said: Iterator[Runs]) -> list[Section]:
    paragraphs = tuple(said)
    return [Section(heading, paragraphs)] if paragraphs else []


def _by_theme(
    context: Context,
    assessments: Sequence[Assessment],
    say: Callable[[Context, tuple[Finding, ...]], Runs],
    side: Literal[0, 1],
) -> list[Section]:
    groups = [group for one in assessments for group in _groups(context, one)]
    sections: list[Section] = []
    headed = [(heading_of(context, group), group.findings) for group in groups]
    for heading, titles in _HEADINGS.items():
        about = [findings for own, findings in headed if own == heading]
        if about:
            paragraphs = [say(context, findings) for findings in about]
            sections.append(Section(titles[side], tuple(_counted(paragraphs))))
    return sections


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
    if group.first in group.assessment.spread:
        return "spread"
    standard = context.shelf.standards[group.assessment.standard]
    themes: dict[str, Theme] = {one.criterion: one.theme for one in standard.criteria}
    return themes[group.first.criterion]
