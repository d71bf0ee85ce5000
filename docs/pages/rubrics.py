"""The page of rubrics: what is judged, where each point comes from, and how sure the card is."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from pages.said import Words
from pages.words import page, since, table
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.telling import told_grade, told_quota, told_source
from xianxue.bureau.kinds.appraisal.grading import Consequence, Grading, Veto, Window
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of
from xianxue.bureau.kinds.card import Where
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.periods import KIND_TERMS

_JUDGES: Final = {
    "school": "学校",
    "county": "县",
    "office": "股室",
    "teacher": "教师",
    "cadre": "干部",
    "union": "联盟、教育链、集团",
}
_BY: Final = {"working": "个工作日", "calendar": "日"}
_TOGETHER: Final = {
    "mean": "简单平均",
    "weighted": "加权平均",
    "blend": "本校和平均按比例合成",
    "gain": "薄弱校增量另加分以后平均",
}
_NOT_APPLICABLE: Final = {
    "renormalise": "不适用的项，分值归同一支的其余各项",
    "full": "不适用的项给满分",
    "zero": "不适用的项不给分",
    "issue": "不适用的项要有人写明怎样办",
}


def rubrics_page(shelf: Shelf) -> str:
    """Every rubric with its tree, sources, grades, quotas, vetoes and doubts."""
    words = _RubricWords(shelf)
    head = (
        "每张评价卡片：评谁、每一分从哪里来、等次怎样定、哪些一票否决、依据核对到什么程度。\n"
        "分值、分数线写“本系统自定”的，照本地文件改一张卡片就是。"
    )
    return page("评价", head, *map(words.rubric, shelf.rubrics.values()))


class _RubricWords(Words):
    """Rubrics in Chinese."""

    def rubric(self, rubric: Rubric) -> str:
        """Write a rubric."""
        judged = _JUDGES[rubric.judges]
        where = f"（{self.where(rubric.where)}）" if rubric.where else ""
        full = f"满分 {number(Fraction(rubric.points))} 分"
        full += f"，加分以后最多 {rubric.most} 分" if rubric.most is not None else ""
        cited = self.cited(rubric.source)
        told = f"评{judged}{where}，一{KIND_TERMS[rubric.period]}一次，{full}"
        beside = _NOT_APPLICABLE[rubric.not_applicable]
        parts = [f"## {rubric.term}", f"`{rubric.rubric}`。{told}；{beside}。依据：{cited}。"]
        parts += [f"说明：{rubric.note}"] if rubric.note else []
        columns = ("序号", "评价项", "分值", "怎样得分", "说明和依据")
        rows = [self._item(node) for node in nodes_of(rubric)]
        parts += ["### 评价项", table(columns, rows)]
        if rubric.grading is not None:
            grading = rubric.grading
            parts += ["### 等次", "\n".join(self._grades(grading))]
            parts.append(f"依据：{self.cited(grading.source)}。{grading.note}")
        if rubric.groups or rubric.group_by:
            named = [f"{one.term}（{self.where(one.where) or '其余'}）" for one in rubric.groups]
            parts.append(f"比较组：{'；'.join(named) or f'按 `{rubric.group_by}` 分'}。")
        if rubric.together is not None:
            rule = rubric.together
            how = f"{_TOGETHER[rule.how]}；{rule.note}".rstrip("；。")
            parts.append(f"合成：{how}。依据：{self.cited(rule.source)}。")
        if rubric.vetoes:
            rows = [self._veto(rubric, one) for one in rubric.vetoes]
            parts += ["### 一票否决", table(("情形", "等次最高", "怎样知道", "依据"), rows)]
        parts += list(self._windows(rubric))
        if rubric.consequences:
            rows = [self._consequence(rubric, one) for one in rubric.consequences]
            parts += ["### 后果", table(("后果", "哪些等次", "期限和数额", "说明和依据"), rows)]
        return "\n\n".join(parts)

    def _item(self, node: ItemNode) -> tuple[str, ...]:
        item = node.item
        how = told_source(item.gives, self.shelf) if item.gives is not None else "各项合计"
        wanted = "、".join(one.term for one in item.evidence)
        notes = [
            f"只评{self.where(item.where)}" if item.where else "",
            f"另交佐证：{wanted}" if wanted else "",
            str(item.note).rstrip("。"),
            self.cited(item.source) if item.source is not None else "",
        ]
        points = "加减" if node.adjusts else number(node.points)
        name = f"{item.term} `{item.item}`"
        return node.number, name, points, str(how), "；".join(one for one in notes if one)

    def _grades(self, grading: Grading) -> Iterator[str]:
        for line in grading.grades:
            reach = [f"`{name}` 达到 {value}%" for name, value in line.items.items()]
            yield f"- {told_grade(line)}" + (f"，并且{'、'.join(reach)}" if reach else "")
        for quota in grading.quotas:
            named = grading.grade(quota.grade)
            for share in quota.share:
                one = type(quota)(
                    grade=quota.grade,
                    share=[share],
                    rounding=quota.rounding,
                    of=quota.of,
                    with_better=quota.with_better,
                )
                told = told_quota(one, str(named.term) if named is not None else quota.grade)
                days = since(share.valid_from, share.valid_to)
                yield (
                    f"- 名额：{told}{self._when(share.when)}，{days}，"
                    f"{self.citation(share.citation)}{'；' + share.note if share.note else ''}"
                )

    def _when(self, when: Where) -> str:
        return f"（{self.where(when)}）" if when else ""

    def _veto(self, rubric: Rubric, veto: Veto) -> tuple[str, ...]:
        grade = rubric.grading.grade(veto.caps) if rubric.grading is not None else None
        how = told_source(veto.gives, self.shelf) if veto.gives is not None else "有人登记，附文件"
        if veto.more_than:
            how = f"{how}，超过 {veto.more_than} 个"
        cited = self.cited(veto.source) if veto.source is not None else ""
        return f"{veto.term} `{veto.veto}`", grade.term if grade else veto.caps, str(how), cited

    def _windows(self, rubric: Rubric) -> Iterator[str]:
        for term, windows in (
            ("公示", rubric.publicity),
            ("申诉", rubric.appeal),
            ("答复", rubric.answer),
        ):
            if windows:
                yield f"{term}：{'；'.join(map(self._window, windows))}。"

    def _window(self, one: Window) -> str:
        days = since(one.valid_from, one.valid_to)
        return f"{one.days} {_BY[one.by]}（{days}，{self.citation(one.citation)}）"

    def _consequence(self, rubric: Rubric, one: Consequence) -> tuple[str, ...]:
        order = rubric.grading
        terms = [g.term for name in one.grades if order and (g := order.grade(name)) is not None]
        said = [f"{one.amount} 元，{one.line}" if one.amount is not None else ""]
        said += [f"{window.days} {_BY[window.by]}以内" for window in one.within]
        said += [f"{one.months} 个月" if one.months else ""]
        cited = self.cited(one.source) if one.source is not None else ""
        notes = "；".join(part for part in (str(one.note).rstrip("。"), cited) if part)
        return str(one.term), "、".join(terms), "，".join(part for part in said if part), notes
