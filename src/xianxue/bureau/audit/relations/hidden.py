"""Bases that are not printed: whole numbers that rates rest on, answers that give a rate (GRIM)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED, bounds, hidden_bases
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.phrases import share
from xianxue.bureau.audit.relations.listing import amount
from xianxue.bureau.audit.relations.telling import Told
from xianxue.bureau.audit.wording import places, rounded

_BACK: Final = 10
_NEAR: Final = 3
_ANSWERED: Final = ("满意", "支持", "赞成", "同意", "认可", "知晓", "好评")
_ANSWERS: Final = ("问卷", "有效", "答卷", "票", "评议表", "测评表", "调查表")

Held = tuple[Told, int, int]
"""A rate, and the least and the greatest whole number it may rest on."""


def judge_hidden(ledger: Ledger, lexicon: Lexicon, told: Sequence[Told]) -> None:
    """Look for the whole numbers that rates rest on, where their base is not printed."""
    restrictors = tuple(lexicon.role("restrictor"))
    groups: dict[tuple[int, tuple[str, ...]], list[Held]] = {}
    for one in told:
        found = hidden_bases(bounds(one.part), one.rate) if _open(ledger, one) else None
        if found is not None:
            narrowed = tuple(word for word in restrictors if word in one.part.head)
            groups.setdefault((one.rate.sent, narrowed), []).append((one, *found))
    ranges: dict[int, list[Held]] = {}
    for (sentence, _), held in groups.items():
        low, high = max(one[1] for one in held), min(one[2] for one in held)
        if low > high:
            continue
        ranges.setdefault(sentence, []).append((held[0][0], low, high))
        if len(held) > 1:
            _shared(ledger, held, low, high)
    for held in ranges.values():
        if len(held) > 1:
            _total(ledger, held)


def _open(ledger: Ledger, told: Told) -> bool:
    """Whether a rate is of a printed amount and rests on a number that is not printed."""
    rate, part = told.rate, told.part
    if told.how.of or not told.how.name or rate.step >= ONE or rate.about or part.about:
        return False
    beside = part.whole and part.index == rate.index - 1 and part.value > 0
    return beside and not ledger.is_proven("rate", rate)


def _shared(ledger: Ledger, held: Sequence[Held], low: int, high: int) -> None:
    """Enter rates of one group that rest on one whole number: 2046 and 3820 on 5582."""
    said = str(low) if low == high else f"{low}至{high}"
    terms = tuple(one.part for one, _, _ in held)
    for one, _, _ in held:
        message = (
            f"总数没有写出；{ledger.text(one.part)}、{ledger.text(one.rate)}"
            f"与同类的几个率都合于总数{said}。"
        )
        ledger.prove("rate", "exact", one.rate, terms, message, bounds(one.rate))


def _total(ledger: Ledger, held: Sequence[Held]) -> None:
    """Enter hidden bases that make a printed number: 5582 and 720 make 6302."""
    low, high = sum(one[1] for one in held) * ONE, sum(one[2] for one in held) * ONE
    first = held[0][0].rate
    for one in ledger.mentions[max(0, first.index - _BACK) : first.index]:
        if one.sent != first.sent or not amount(one) or not one.whole:
            continue
        if low <= one.value <= high:
            said = "＋".join(str(a) if a == b else f"{a}至{b}" for _, a, b in held)
            message = f"几个率所依据而没有写出的总数（{said}）合起来就是{ledger.text(one)}。"
            terms = tuple(other.part for other, _, _ in held)
            ledger.prove("sum", "exact", one, terms, message, (low, high))
            return


def judge_answers(ledger: Ledger) -> None:
    """Judge «收回有效问卷38份,满意率94.75%»: some whole number of answers must give the rate."""
    for rate in ledger.mentions:
        if rate.form != "percent" or rate.part != "rate" or rate.about:
            continue
        how = share(rate.lead)
        if how is None or not how.name.endswith(_ANSWERED) or ledger.is_proven("rate", rate):
            continue
        for back in range(rate.index - 1, max(-1, rate.index - _NEAR), -1):
            one = ledger.mentions[back]
            if one.sent != rate.sent:
                break
            if amount(one) and one.whole and any(word in one.head for word in _ANSWERS):
                if not one.about:
                    _judge_answers(ledger, rate, one)
                break


def _judge_answers(ledger: Ledger, rate: Mention, answers: Mention) -> None:
    step = HUNDRED * ONE
    least = -(-(rate.low * answers.value) // (step * ONE))
    most = (rate.high * answers.value) // (step * ONE)
    text, stated = ledger.text(answers), ledger.text(rate)
    if least <= most:
        message = f"{text}里有{most}份，正是{stated}。"
        ledger.prove("grim", "exact", rate, (answers,), message, (least * ONE, most * ONE))
        return
    below = rounded(most * step, answers.value, places(rate))
    above = rounded(least * step, answers.value, places(rate))
    message = (
        f"{text}里，没有一个整数的份数能得出{stated}：{most}份是{below}%，{least}份是{above}%。"
    )
    do = "核对有效份数和这个率。"
    terms = (answers,)
    ledger.refute(
        Finding("inconsistent", "grim", rate, terms, message, most * ONE, least * ONE, do)
    )
