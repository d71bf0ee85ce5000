"""Targets as people write them, read strictly: what is unclear is complained about, not guessed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeVar

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.resting import slices_by_card
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.target import Goal, Origin, Target
from xianxue.bureau.targets.table import counts_targets
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS

GOALS: Final[Mapping[str, Goal]] = {
    "at_least": "at_least",
    "不低于": "at_least",
    "at_most": "at_most",
    "不高于": "at_most",
}
ORIGINS: Final[Mapping[str, Origin]] = {
    **{one.value: one for one in Origin},
    **{one.term: one for one in Origin},
}
STAGES: Final[Mapping[str, Stage]] = {
    **{one.value: one for one in Stage},
    **{one.term: one for one in Stage},
}

LEVELS: Final = {"county": say("县"), "township": say("乡镇"), "school": say("学校")}

T = TypeVar("T")

_NUMBER: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
"""Twelve digits hold every amount of a county in its smallest step; a longer one is a slip."""
_THOUSANDS: Final = re.compile(r"(?<=[0-9])[,，](?=[0-9]{3}(?![0-9]))")
"""Only before three digits: «1,5» is no 15, and is complained of."""


class Written(Record, kw_only=True):
    """One line of a list of targets as somebody wrote it; every part is text."""

    indicator: str
    """The official term, or the id."""
    amount: str
    source: str
    period: str
    place: str = ""
    """A name or code; empty for the county."""
    stage: str = ""
    slice: str = ""
    """The term of a value (数学), or ``dimension=code``; empty for the whole."""
    goal: str = ""
    """Empty for what the indicator's card says is better."""
    origin: str = Origin.HANDED_DOWN.value
    file: str = ""
    sheet: str = ""
    cells: Mapping[str, str] = field(default_factory=dict[str, str])
    """Part to the address of its cell."""

    @property
    def cell(self) -> str:
        """Where the amount stands, ``file〔sheet〕D4``; empty for what was typed."""
        at = self.cells.get("amount", "")
        return f"{self.file}〔{self.sheet}〕{at}" if at else ""


@dataclasses.dataclass
class Reader:
    """Reads lines against the cards and the register; complaints gather."""

    shelf: Shelf
    register: Register
    issues: list[Issue] = dataclasses.field(default_factory=list[Issue])
    cells: dict[str, str] = dataclasses.field(default_factory=dict[str, str])
    """A target's key to the cell of its amount; what was typed has none."""

    def read(self, lines: Iterable[Written]) -> list[Target]:
        """Read lines; those with a complaint are left out, and two for one thing are one."""
        found: dict[str, Target] = {}
        for line in lines:
            target = self._line(line)
            if target is not None and target.key in found:
                saw = say("同一项目标（{what}）写了两次", what=line.indicator)
                self._complain(line, "T-TWICE", "indicator", saw, say("每项目标只写一行"))
            elif target is not None:
                found[target.key] = target
                self.cells[target.key] = line.cell
        return list(found.values())

    def _line(self, line: Written) -> Target | None:
        """Read every part, so that all complaints about a line come at once."""
        # Stage and slice may rightly be nothing, so None says too little: complaints are counted.
        before = len(self.issues)
        card, place, period = self._indicator(line), self._place(line), self._period(line)
        origin = self._one_of(line, "origin", ORIGINS, say("目标来源"))
        source = self._source(line)
        # What follows is judged by card, place and period; without them it would be guesses.
        if card is None or place is None or period is None or origin is None:
            return None
        self._level(line, card, place)
        self._suits(line, card, period)
        self._circle(line, card)
        slice_of = self._slice(line, card)
        stage, amount = self._stage(line, card), self._amount(line, card)
        goal = self._goal(line, card)
        if len(self.issues) > before or amount is None or goal is None:
            return None
        return Target(
            indicator=card.indicator,
            place=place.code,
            stage=stage,
            period=period.code,
            amount=amount,
            goal=goal,
            origin=origin,
            source=source,
            slice=slice_of,
        )

    def _indicator(self, line: Written) -> Indicator | None:
        said = line.indicator.strip()
        card = self.shelf.indicator(said)
        if card is not None:
            return card
        named = [one for one in self.shelf.indicators.values() if said in {one.term, *one.synonyms}]
        if len(named) == 1:
            return named[0]
        if named:
            ids = joined("、", [one.indicator for one in named])
            saw = say("叫“{said}”的指标不止一个：{ids}", said=said, ids=ids)
            self._complain(line, "T-INDICATOR", "indicator", saw, say("写其中一个的编号"))
            return None
        saw = say("没有名称或编号是“{said}”的指标", said=said)
        do = say("用 xianxue indicators list 查看指标的名称和编号")
        self._complain(line, "T-INDICATOR", "indicator", saw, say("写指标的正式名称或编号"), do=do)
        return None

    def _place(self, line: Written) -> Place | None:
        said = line.place.strip()
        if not said:
            return self.register.county
        known = self.register.places.get(said)
        # Names repeat across townships, and codes do not: of several nothing is taken.
        named = [one for one in self.register.places.values() if one.name == said]
        if known is None and len(named) == 1:
            known = named[0]
        if known is None:
            saw = (
                say("名册里叫“{said}”的不止一个", said=said)
                if named
                else say("名册里没有“{said}”", said=said)
            )
            self._complain(line, "T-PLACE", "place", saw, say("写名册里的名称或代码"))
        return known

    def _period(self, line: Written) -> Period | None:
        try:
            return Period.parse(line.period.strip())
        except ValueError as error:
            self._complain(line, "T-PERIOD", "period", error.args[0], "")
            return None

    def _stage(self, line: Written, card: Indicator) -> Stage | None:
        said = line.stage.strip()
        if not said and not card.stages:
            return None
        found = STAGES.get(said)
        if found is not None and found in card.stages:
            return found
        terms = joined("、", [one.term for one in card.stages])
        saw = (
            say("“{term}”的学段写了“{said}”", term=card.term, said=said)
            if said
            else say("“{term}”没有写学段", term=card.term)
        )
        required = (
            say("这项指标分学段计算，写 {terms} 之一", terms=terms)
            if card.stages
            else say("这项指标不分学段，学段留空")
        )
        self._complain(line, "T-STAGE", "stage", saw, required)
        return None

    def _slice(self, line: Written, card: Indicator) -> Slice | None:
        """Read of what alone a target is; complain where the indicator has no such part."""
        said = line.slice.strip()
        if not said and card.whole:
            return None
        known = slices_by_card(card, self.shelf)
        named = [one for one in known if said in {str(one), one.term, f"{one.of}={one.term}"}]
        if len(named) == 1:
            return named[0]
        terms = joined("、", [one.term for one in known])
        if named:
            saw = say("“{term}”叫“{said}”的细分不止一个", term=card.term, said=said)
            terms = joined("、", [str(one) for one in named])
        elif said:
            saw = say("“{term}”没有细分“{said}”", term=card.term, said=said)
        else:
            saw = say("“{term}”没有写按什么细分", term=card.term)
        required = (
            say("这项指标可以细分为 {terms}，写其中之一", terms=terms)
            if known
            else say("这项指标不细分，细分留空")
        )
        self._complain(line, "T-SLICE", "slice", saw, required)
        return None

    def _circle(self, line: Written, card: Indicator) -> None:
        """Complain of a target on what is counted from targets: it would count itself."""
        if counts_targets(card, self.shelf):
            saw = say("“{term}”是由目标算出来的，不能再给它定目标", term=card.term)
            self._complain(line, "T-CIRCLE", "indicator", saw, say("写一个不由目标算出的指标"))

    def _amount(self, line: Written, card: Indicator) -> Fraction | None:
        unit = UNITS[card.unit].term
        said = line.amount.strip()
        bare = _THOUSANDS.sub("", said.removesuffix(unit).strip() if unit else said)
        if _NUMBER.fullmatch(bare):
            # 98% typed into a cell of numbers arrives as 0.98; a target of under 1 % is possible,
            # too.
            if unit == "%" and bare == said and 0 < Fraction(bare) <= 1:
                return self._ask_percent(line, card, bare)
            return Fraction(bare)
        saw = say("“{term}”的目标值写了“{said}”", term=card.term, said=said)
        required = (
            say("一个以“{unit}”为单位的数，例如 {example}", unit=unit, example=f"98{unit}")
            if unit
            else say("一个数，例如 {example}", example="0.45")
        )
        self._complain(line, "T-AMOUNT", "amount", saw, required)
        return None

    def _ask_percent(self, line: Written, card: Indicator, said: str) -> None:
        """Ask what a small bare number means: a spreadsheet keeps a typed 98% as 0.98."""
        whole = f"{plain(Fraction(said) * 100)}%"
        saw = say("“{term}”的目标值是“{said}”，没有百分号", term=card.term, said=said)
        required = say("写明是 {whole} 还是 {part}", whole=whole, part=f"{said}%")
        do = say("连同百分号一起写；表格软件自动换算时，先把单元格设成文本格式")
        self._complain(line, "T-PERCENT", "amount", saw, required, do=do)

    def _goal(self, line: Written, card: Indicator) -> Goal | None:
        if not line.goal.strip():
            return "at_most" if card.direction == "lower_is_better" else "at_least"
        return self._one_of(line, "goal", GOALS, say("目标要求"))

    def _one_of(self, line: Written, part: str, words: Mapping[str, T], term: Sentence) -> T | None:
        said = str(getattr(line, part)).strip()
        if said in words:
            return words[said]
        terms = joined("、", [word for word in words if not word.isascii()])
        saw = say("{term}写了“{said}”", term=term, said=said)
        self._complain(line, "T-WORD", part, saw, say("写 {terms} 之一", terms=terms))
        return None

    def _source(self, line: Written) -> str:
        said = line.source.strip()
        if not said:
            saw = say("“{indicator}”的目标没有写依据", indicator=line.indicator)
            required = say("写明下达或确定目标的文件名称和文号")
            self._complain(line, "T-SOURCE", "source", saw, required)
        return said

    def _level(self, line: Written, card: Indicator, place: Place) -> None:
        """Complain where an indicator is not figured for such a place."""
        levels = {"school" if one == "school_stage" else one for one in card.levels}
        if place.level not in levels:
            terms = joined("、", [LEVELS[one] for one in LEVELS if one in levels])
            saw = say("“{term}”的目标写给了{place}", term=card.term, place=place.name)
            required = say("这项指标只按{terms}计算", terms=terms)
            self._complain(line, "T-LEVEL", "place", saw, required)

    def _suits(self, line: Written, card: Indicator, period: Period) -> None:
        """Complain where no figure of the indicator can be meant by a period."""
        try:
            card.period.for_(period)
        except ValueError as error:
            self._complain(line, "T-PERIOD", "period", error.args[0], "")

    def _complain(  # noqa: PLR0913 - the parts of a complaint
        self, line: Written, code: str, part: str, saw: str, required: str, *, do: str = ""
    ) -> None:
        self.issues.append(
            Issue(
                code=code,
                severity=Severity.MUST_FIX,
                saw=saw,
                required=required,
                do=do,
                file=line.file,
                sheet=line.sheet,
                cell=line.cells.get(part, ""),
                place=line.place,
            )
        )
