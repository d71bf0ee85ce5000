"""What is proposed: the items with their points in one tree, and all that does not add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.importing.cells import SheetCells
from xianxue.bureau.appraisal.importing.reading import Line, SheetRead, Unread, read_sheet
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, say

_HUNDRED: Final = 100
_BESIDE: Final = ("加分", "扣分", "加减分", "附加分", "奖励分", "减分", "奖惩")


@dataclass
class Item:
    """One item of the tree that is proposed."""

    item: str
    line: Line
    points: Fraction | None
    below: list[Item] = field(default_factory=list["Item"])
    beside: bool = False
    """Whether it adds or takes points beside the full ones."""

    def walk(self) -> Iterator[Item]:
        """Go through it and all below it."""
        yield self
        for one in self.below:
            yield from one.walk()

    @property
    def sum(self) -> Fraction:
        """What its leaves come to; what has no points counts for none."""
        if not self.below:
            return self.points or Fraction(0)
        return sum((one.sum for one in self.below if not one.beside), Fraction(0))


@dataclass
class System:
    """An indicator system as it was found."""

    roots: list[Item]
    points: Fraction
    """Full points: as the table tells its total, else what its items come to."""
    issues: list[Issue]
    unread: list[Unread]
    sheets: list[str]
    """The sheets it was read from."""

    @property
    def items(self) -> list[Item]:
        """Every item, each branch before its own."""
        return [one for root in self.roots for one in root.walk()]


def find_system(sheets: Sequence[SheetCells], only: str = "") -> System:
    """Read an indicator system out of a workbook's sheets; ``only``: out of this one."""
    read = [read_sheet(one) for one in sheets if only in {"", one.name}]
    full = [one for one in read if any(line.said for line in one.lines)]
    chosen, issues = _chosen(full or [one for one in read if one.lines])
    roots = _tree(chosen)
    _weighted(roots, chosen)
    for one in [item for root in roots for item in root.walk()]:
        one.beside = one.line.term.startswith(_BESIDE) or one.line.term.endswith(_BESIDE)
    told = [one.total for one in chosen if one.total is not None]
    counted = sum((one.sum for one in roots if not one.beside), Fraction(0))
    stated = told[0] if len(chosen) == 1 and told and not chosen[0].weights else None
    system = System(
        roots=roots,
        points=counted if stated is None else stated,
        issues=issues,
        unread=[left for one in read for left in one.unread],
        sheets=[one.name for one in chosen],
    )
    system.issues += _complaints(system, counted, stated)
    return system


def _chosen(read: list[SheetRead]) -> tuple[list[SheetRead], list[Issue]]:
    """Take one sheet, or all where they are the parts of one system."""
    if len(read) <= 1:
        return read, []
    sums = [sum((line.points or Fraction(0) for line in _tops(one)), Fraction(0)) for one in read]
    if sum(sums) == _HUNDRED:
        return read, []
    names = "、".join(one.name for one in read)
    saw = say("{n} 张工作表各是一套：{names}", n=len(read), names=names)
    do = say("用 --sheet 写明读哪一张；现在读的是“{name}”", name=read[0].name)
    return read[:1], [_issue("P-SHEETS", Severity.EXPLAIN, None, saw, say("一次导入一套"), do)]


def _tops(read: SheetRead) -> list[Line]:
    with_points = [one for one in read.lines if one.said]
    highest = min((one.rank for one in with_points), default=0)
    return [one for one in with_points if one.rank == highest]


def _tree(read: Sequence[SheetRead]) -> list[Item]:
    roots: list[Item] = []
    for sheet in read:
        if len(read) > 1:
            top = Line(sheet=sheet.name, cell="A1", rank=-1, number="", term=sheet.name)
            lines = [top, *sheet.lines]
        else:
            lines = sheet.lines
        stack: list[Item] = []
        for line in lines:
            while stack and stack[-1].line.rank >= line.rank:
                stack.pop()
            siblings = stack[-1].below if stack else roots
            ident = f"{stack[-1].item}_{len(siblings) + 1}" if stack else f"i{len(siblings) + 1}"
            made = Item(ident, line, line.points)
            siblings.append(made)
            stack.append(made)
    return roots


def _weighted(roots: list[Item], read: Sequence[SheetRead]) -> None:
    """Turn shares into points of 100; shares within a branch are multiplied with the branch's."""
    if not any(one.weights for one in read):
        return
    every = [one for root in roots for one in root.walk() if one.points is not None]
    whole = Fraction(_HUNDRED) if any(one.line.percent for one in every) else Fraction(1)
    branches = [one for root in roots for one in root.walk() if one.below]
    # 40 % of a branch of 30 %: its items come to the whole, and not to the branch's own share.
    within = [
        one
        for one in branches
        if one.points not in {None, whole}
        and sum((each.points or Fraction(0) for each in one.below), Fraction(0)) == whole
    ]
    for root in roots:
        _share(root, Fraction(_HUNDRED), whole, {one.item for one in within})


def _share(item: Item, of: Fraction, whole: Fraction, within: set[str]) -> None:
    if item.points is not None:
        item.points = item.points / whole * of
    inner = item.points if item.item in within and item.points is not None else of
    for one in item.below:
        _share(one, inner, whole, within)


# ── what does not add up ────────────────────────────────────────────────────


def _complaints(system: System, counted: Fraction, stated: Fraction | None) -> Iterator[Issue]:
    if not system.items:
        saw = say("没有认出指标")
        required = say("表头有“一级指标”“分值”一类的栏，或各行有编号和分值")
        yield _issue("P-NOTHING", Severity.MUST_FIX, None, saw, required)
        return
    for one in system.items:
        yield from _of_points(one)
    yield from _twice(system)
    if stated is not None and stated != counted:
        saw = say("合计写的是 {stated} 分，各项加起来是 {n} 分", stated=number(stated),
                  n=number(counted))  # fmt: skip
        yield _issue("P-SUM", Severity.MUST_FIX, None, saw, say("各项分值加起来等于合计"))
    elif counted != _HUNDRED and stated is None:
        saw = say("各项加起来是 {n} 分", n=number(counted))
        yield _issue("P-HUNDRED", Severity.EXPLAIN, None, saw, say("多数体系满分是 100 分"),
                     say("满分不是 100 的，不必改"))  # fmt: skip
    for left in system.unread:
        if left.why == "lost":
            saw = say("“{text}”不知道是哪一项的", text=left.text)
            do = say("是指标的，在提案里补上")
            yield _issue("P-LOST", Severity.EXPLAIN, left, saw, say("每一行都在某一项下面"), do)


def _of_points(one: Item) -> Iterator[Issue]:
    line = one.line
    if not one.below and not one.beside and one.points is None:
        said = "、".join(line.said)
        saw = (
            say("“{term}”的分值写的是“{said}”", term=line.term, said=said)
            if said
            else say("“{term}”没有分值", term=line.term)
        )
        yield _issue("P-POINTS", Severity.MUST_FIX, line, saw, say("一个数，如 5 或 5分"))
    if one.below and one.points is not None and one.points != one.sum:
        saw = say("“{term}”写的是 {n} 分，下面各项加起来是 {sum} 分", term=line.term,
                  n=number(one.points), sum=number(one.sum))  # fmt: skip
        yield _issue("P-SUM", Severity.MUST_FIX, line, saw, say("下面各项加起来等于它"))


def _twice(system: System) -> Iterator[Issue]:
    terms = Counter(one.line.term for one in system.items)
    seen: set[str] = set()
    for one in system.items:
        term = one.line.term
        if terms[term] > 1 and term in seen:
            saw = say("“{term}”写了两次", term=term)
            yield _issue("P-TWICE", Severity.MUST_FIX, one.line, saw, say("同一张卡片里名称不重复"),
                         say("改成两个名称，或并成一项"))  # fmt: skip
        seen.add(term)
    numbers = Counter(one.line.number for one in system.items if one.line.number)
    for siblings in (system.roots, *(one.below for one in system.items)):
        own = Counter(one.line.number for one in siblings if one.line.number)
        for one in siblings:
            if own[one.line.number] > 1 and numbers[one.line.number] > 1:
                own[one.line.number] = 0
                saw = say("编号“{number}”用了两次", number=one.line.number)
                required = say("同一级里编号不重复")
                yield _issue("P-NUMBER", Severity.EXPLAIN, one.line, saw, required)


def _issue(  # noqa: PLR0913, PLR0917 - the parts of a complaint
    code: str,
    severity: Severity,
    where: Line | Unread | None,
    saw: Sentence,
    required: Sentence,
    do: Sentence | str = "",
) -> Issue:
    return Issue(
        code=code,
        severity=severity,
        sheet=where.sheet if where is not None else "",
        cell=where.cell if where is not None else "",
        saw=saw,
        required=required,
        do=do,
    )
