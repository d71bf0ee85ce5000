"""The page of standards and the page of sources."""

from __future__ import annotations

from collections.abc import Iterator

from pages.said import Words
from pages.words import LEVELS, RELATIONS, page, since, table
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Combination, Criterion, Standard
from xianxue.bureau.law.citation import Source
from xianxue.bureau.values.units import UNITS


def standards_page(shelf: Shelf) -> str:
    """Every criterion with each of its dated values."""
    words = StandardWords(shelf)
    return page("标准", *map(words.standard, shelf.standards.values()))


def sources_page(shelf: Shelf) -> str:
    """Every document, and how well it has been seen."""
    rows = [
        (source.title, source.issuer, source.number, source.seen.term, source.note)
        for source in sorted(shelf.sources.values(), key=by_doubt)
    ]
    return page("依据文件", table(("文件", "发文机关", "文号", "核对程度", "说明"), rows))


class StandardWords(Words):
    """Standards in Chinese."""

    def standard(self, standard: Standard) -> str:
        """Write a standard with all its values."""
        population = self.shelf.populations.get(standard.population)
        parts = [
            f"## {standard.term}",
            f"`{standard.standard}`。依据：{self.cited(standard.source)}。",
        ]
        parts += [f"说明：{standard.note}"] if standard.note else []
        if population is not None:
            out = [
                (e.term, since(e.valid_from, e.valid_to), self.citation(e.citation))
                for e in population.exclude
            ]
            parts.append(f"范围：{population.term}。不计入的：")
            parts.append(table(("不计入", "有效期", "依据"), out))
        columns = ("评估项", "适用", "要求", "有效期", "依据", "核对程度", "说明")
        for name, criteria in (("评估项", standard.criteria), ("差异系数上限", standard.spread)):
            rows = [row for one in criteria for row in self._criterion(one)]
            parts += [f"### {name}", table(columns, rows)] if rows else []
        if standard.combine:
            parts += ["### 综合判定", *map(self._combination, standard.combine)]
        return "\n\n".join(parts)

    def _criterion(self, one: Criterion) -> Iterator[tuple[str, ...]]:
        card = self.shelf.indicator(one.indicator)
        unit = UNITS[card.unit].term if card else ""
        for value in one.values:
            whom = [value.stage.term if value.stage else LEVELS[one.per]]
            whom += [self.where(value.when)] if value.when else []
            asked = f"{RELATIONS[one.rule]} {value.value}{unit}"
            days = since(value.valid_from, value.valid_to)
            name = f"{one.term} `{one.criterion}`"
            document = self.shelf.sources[value.source].name + value.article
            yield name, "；".join(whom), asked, days, document, value.seen.term, value.note

    def _combination(self, one: Combination) -> str:
        days = since(one.valid_from, one.valid_to)
        rule = f"{len(one.of)} 项中至少 {one.need} 项达标，其余不低于标准的 {one.others_reach:%}"
        source = self.citation(one.citation)
        return f"{one.term}（`{one.criterion}`）：{rule}；{days}；{source}。{one.note}"


def by_doubt(source: Source) -> tuple[int, str]:
    """Order documents: those that have been read first."""
    order = ["original", "relayed", "unverified", "own"]
    return order.index(source.seen.value), source.id
