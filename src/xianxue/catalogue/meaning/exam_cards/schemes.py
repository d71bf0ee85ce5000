"""Schemes: shares that are all there, scores that fall from grade to grade."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look

_WHOLE: Final = 100


def check_schemes(look: Look) -> None:
    """Check every scheme."""
    card: Scheme
    for at, card in look.each("scheme"):
        check_cited(look, at.at("source"), card.source)
        total = sum(grade.share for grade in card.grades)
        if total != _WHOLE:
            saw = say("各等级比例合计 {total}%", total=total)
            at.at("grades").complain("C-SCHEME", saw, say("合计正好 100%"))
        for index, grade in enumerate(card.grades):
            here = at.at("grades", index)
            if grade.low > grade.high:
                saw = say("最低 {low} 高于最高 {high}", low=grade.low, high=grade.high)
                here.complain("C-SCHEME", saw, say("先写最高分，再写最低分"))
            if index and grade.high >= card.grades[index - 1].low:
                saw = say("{grade}的最高分不低于上一等的最低分", grade=grade.grade)
                here.complain("C-SCHEME", saw, say("等级从高到低写，分数不重叠"))
