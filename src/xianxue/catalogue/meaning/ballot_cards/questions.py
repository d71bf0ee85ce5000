"""Questions of ballots: each can be answered, and each rule names answers that there are."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.ballot_cards.names import BAD, known
from xianxue.catalogue.meaning.ballot_cards.rules import check_rules
from xianxue.catalogue.meaning.cited import finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot

_CHOICE: Final = 2
"""Of fewer answers nobody has a choice."""
_TICKED: Final = {"single", "several", "matrix", "ranking"}
_MANY: Final = {"several", "ranking"}


def check_questions(look: Look, at: Spot, card: Ballot) -> None:
    """Check every question of a ballot."""
    here = at.at("questions")
    if not card.questions:
        here.complain("C-EMPTY", say("一道题也没有"), say("至少一道题"))
    spots = [(here.at(index), one) for index, one in enumerate(card.questions)]
    names = [(spot.at("question"), one.question) for spot, one in spots]
    for spot, name in names:
        good_name(spot, name)
    unique(names, "C-TWICE", say("题的编号"), say("同一张票里题的编号不重复"))
    terms = [(spot.at("term"), one.term) for spot, one in spots]
    unique(terms, "C-TERM", say("题目"), say("同一张票里题目不重复"))
    groups = [one.group for one in card.groups]
    for spot, one in spots:
        for index, name in enumerate(one.asked_of):
            known(spot.at("asked_of", index), name, groups, say("人群"))
        _options(spot, one)
        _rows(spot, one)
        _shape(spot, one)
        _many(spot, one)
        check_rules(look, spot, card, one)


def _options(at: Spot, one: Question) -> None:
    here = at.at("options")
    spots = [(here.at(index), option) for index, option in enumerate(one.options)]
    for spot, option in spots:
        good_name(spot.at("option"), option.option)
        finite(spot.at("points"), option.points)
        silent = option.unable or option.abstains
        if silent and (option.favourable or option.points is not None):
            saw = say("“{term}”不算评价，却计分或算作满意", term=option.term)
            spot.complain(BAD, saw, say("弃权、不了解不计分，也不算满意"))
        if option.alone and one.kind != "several":
            saw = say("“{term}”不能与别的选项同选，这里本来只选一个", term=option.term)
            spot.at("alone").complain(BAD, saw, say("只有多选题写 alone"))
    ids = [(spot.at("option"), option.option) for spot, option in spots]
    unique(ids, "C-TWICE", say("选项的编号"), say("同一道题里选项的编号不重复"))
    terms = [(spot.at("term"), option.term) for spot, option in spots]
    unique(terms, "C-TERM", say("选项"), say("同一道题里选项不重复"))
    worth = {
        option.points is None for option in one.options if not option.unable and not option.abstains
    }
    if len(worth) > 1:
        here.complain(BAD, say("有的选项有分，有的没有"), say("都写 points，或者都不写"))


def _rows(at: Spot, one: Question) -> None:
    here = at.at("rows")
    if bool(one.rows) != (one.kind == "matrix"):
        here.complain(
            BAD, say("矩阵题没有行，或者不是矩阵题却有行"), say("矩阵题写 rows，别的题不写")
        )
    spots = [(here.at(index), row) for index, row in enumerate(one.rows)]
    ids = [(spot.at("row"), row.row) for spot, row in spots]
    for spot, name in ids:
        good_name(spot, name)
    unique(ids, "C-TWICE", say("行的编号"), say("同一道题里行的编号不重复"))
    terms = [(spot.at("term"), row.term) for spot, row in spots]
    unique(terms, "C-TERM", say("行名"), say("同一道题里行名不重复"))


def _shape(at: Spot, one: Question) -> None:
    """Whether there is something to be ticked where something is ticked, and nothing where not."""
    if one.among and (one.each or one.options or one.kind not in {"single", *_MANY}):
        saw = say("从人选里选的题，又写了选项、逐个评，或者不是选择题")
        at.at("among").complain(
            BAD, saw, say("人选就是选项：单选、多选或排序，不写 options 和 each")
        )
    elif one.others and not one.among:
        saw = say("不是从人选里选，却可以另选他人")
        at.at("others").complain(BAD, saw, say("只有写了 among 的题写 others"))
    elif one.kind in _TICKED and not one.among and len(one.options) < _CHOICE:
        saw = say("只有 {n} 个选项", n=len(one.options))
        at.at("options").complain(BAD, saw, say("至少两个选项"))
    elif one.kind not in _TICKED and one.options:
        at.at("options").complain(BAD, say("量表题和文字题没有选项"), say("不写 options"))
    if one.kind == "scale" and one.low >= one.high:
        saw = say("从 {low} 到 {high}", low=one.low, high=one.high)
        at.at("high").complain(BAD, saw, say("量表从小到大，至少两级"))


def _many(at: Spot, one: Question) -> None:
    if one.kind not in _MANY:
        if one.most is not None or one.least:
            saw = say("{kind} 题写了选几个", kind=one.kind)
            at.at("most").complain(BAD, saw, say("只有多选题和排序题写 least、most"))
        return
    most = one.most
    if most is None and not one.among:
        most = len(one.options)
    if most is not None and one.least > most:
        saw = say("至少选 {least} 个，最多却只能选 {most} 个", least=one.least, most=most)
        at.at("least").complain(BAD, saw, say("least 不大于 most，也不大于选项数"))
    elif one.most is not None and not one.among and one.most > len(one.options):
        saw = say("最多选 {most} 个，选项只有 {n} 个", most=one.most, n=len(one.options))
        at.at("most").complain(BAD, saw, say("most 不大于选项数"))
