"""The page of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pages.said import Words
from pages.words import LEVELS, bound_words, page, since, stage_words, table, ticked
from xianxue.bureau.indicators.derived.telling import in_words, told_breaks
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.load import Loaded
from xianxue.desk.indicators.finding import SUBJECTS

KINDS: Final = {
    "count": "计数",
    "sum": "合计",
    "ratio": "比率",
    "share": "达标占比",
    "spread": "差异系数",
    "change": "增减",
    "growth": "增长率",
    "average_growth": "年均增长率",
    "rank": "位次",
    "index": "综合指数",
    "top_share": "最大几个的占比",
    "cumulative": "累计",
}
AGAINST: Final = {"before": "上一时期", "same_last_year": "上年同期"}


def indicators_page(loaded: Loaded) -> str:
    """Every indicator, in the groups of the catalogue's folders."""
    return page("指标", *IndicatorWords(loaded).all())


class IndicatorWords(Words):
    """Indicators in Chinese."""

    def __init__(self, loaded: Loaded) -> None:
        """Take the cards, and where they stand."""
        super().__init__(loaded.shelf)
        self.origins = loaded.origins

    def all(self) -> Iterator[str]:
        """Go through all groups, then the choices."""
        groups: dict[str, list[Indicator]] = {name: [] for name in SUBJECTS}
        for name, indicator in self.shelf.indicators.items():
            groups.setdefault(self._folder("indicator", name), []).append(indicator)
        for folder, indicators in groups.items():
            if indicators:
                yield f"## {SUBJECTS.get(folder, folder)}"
                yield from map(self._indicator, indicators)
        yield "## 并存口径"
        yield "同一名称有几种公布的算法，县里在 `xianxue.toml` 的 `[choose]` 里选一种。"
        rows = [
            (choice.term, f"`{choice.choice}`", ticked(choice.options), self.cited(choice.source))
            for choice in self.shelf.choices.values()
        ]
        yield table(("名称", "编号", "可选（第一个为默认）", "依据"), rows)

    def _folder(self, kind: str, name: str) -> str:
        return Path(self.origins[kind, name].file).parts[1]

    def _indicator(self, card: Indicator) -> str:
        unit = UNITS[card.unit].term
        shown = f"单位{unit}，" if unit else ""
        shown += f"保留 {card.show.decimals} 位小数" if card.show.decimals else "不带小数"
        levels = "、".join(LEVELS[level] for level in card.levels)
        stages = f"（{stage_words(card.stages)}）" if card.stages else ""
        said = [f"{KINDS[card.kind]}，{shown}；{levels}{stages}"]
        said += self._formula(card)
        for name, values in card.lines.items():
            said.append(f"界线 `{name}`：{'；'.join(map(self._line, values))}")
        if card.population:
            said.append(f"范围：{self.shelf.populations[card.population].term}")
        if card.slices:
            said.append(f"细分：{'、'.join(f'`{name}`' for name in card.slices)}")
        if card.split:
            said.append(f"分摊：{self.shelf.splits[card.split].term}")
        if card.synonyms:
            said.append(f"又称：{'、'.join(card.synonyms)}")
        said.append(f"依据：{self.cited(card.source)}")
        if card.note:
            said.append(f"说明：{card.note}")
        return f"### {card.term}\n\n`{card.indicator}`\n\n" + "\n".join(
            f"- {line}" for line in said
        )

    def _formula(self, card: Indicator) -> Iterator[str]:
        parts: list[tuple[str, Sum | None]] = [
            ("取数", card.of),
            ("分子", card.numerator),
            ("分母", card.denominator),
        ]
        for name, part in parts:
            if part is not None:
                yield f"{name}：{self.added(part.sum)}"
        if card.share_of is not None:
            base = self.shelf.indicators[card.share_of.indicator]
            where = f"（{self.where(card.share_of.where)}）" if card.share_of.where else ""
            yield f"占比：{base.term}{bound_words(card.share_of.meets)} 的学校 ÷ 全部学校{where}"
        if card.spread_of:
            base = self.shelf.indicators[card.spread_of]
            yield f"各校{base.term}的差异系数，按分母加权：√Σ(Pᵢ/P)(xᵢ−x̄)² ÷ x̄"
        if card.derived:
            yield in_words(card, self.shelf)
        if card.compared is not None:
            base_period = card.compared.base and Period.parse(card.compared.base).term
            back = f"往前 {card.compared.periods} 个时期" if card.compared.periods > 1 else ""
            yield f"对比期：{base_period or back or AGAINST[card.compared.to]}"
        yield from told_breaks(card, self.shelf)

    def _line(self, value: DatedValue) -> str:
        stage = value.stage.term if value.stage else ""
        days, source = since(value.valid_from, value.valid_to), self.citation(value.citation)
        return f"{stage}{value.value}（{days}，{source}）"
