"""Products and quotients of different things: pupils per teacher, money per pupil."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.intervals import bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.listing import amount
from xianxue.bureau.audit.relations.sums import digits
from xianxue.bureau.audit.wording import places, rounded

_REACH: Final = 14
"""Numbers on each side of a ratio among which its two sides are looked for."""
_BACK: Final = 24
_ENOUGH: Final = 3
_PAIR: Final = 2
_NEAR: Final = 4
_PUPILS: Final = ("学生", "在校生", "幼儿", "在校", "在园", "生")
_TEACHERS: Final = ("教师", "师", "保教")
_NOUNS: Final = ("学生", "教师", "幼儿")
_BEHIND: Final = 2


def judge_products(ledger: Ledger) -> None:
    """Judge ratios 1:n and amounts for each."""
    for mention in ledger.mentions:
        if mention.form == "ratio" or _bare_ratio(mention):
            _ratio(ledger, mention)
        elif mention.part == "each" and mention.form == "cardinal" and not mention.about:
            _each(ledger, mention)


def _bare_ratio(mention: Mention) -> bool:
    """Whether a number is a ratio without its «:1»: 生师比为18.25."""
    fitting = mention.form == "cardinal" and not mention.dim and not mention.about
    return fitting and mention.lead.removesuffix("为").removesuffix("达").endswith("生师比")


def quotient(part: Mention, whole: Mention) -> tuple[int, int]:
    """Give the bounds of a quotient, rounded outward; the divisor is above 0."""
    return part.low * ONE // whole.high, -(-part.high * ONE // whole.low)


# ── pupils per teacher ──


def _ratio(ledger: Ledger, ratio: Mention) -> None:
    if not any(word in ratio.lead for word in ("师", "教")):
        return
    near = [
        one
        for one in ledger.mentions[max(0, ratio.index - _REACH) : ratio.index + _REACH]
        if 0 <= ratio.para - one.para <= 1 and one.doc == ratio.doc and amount(one)
        if one.dim == "people" and one.low > 0
    ]
    near.sort(key=lambda one: (one.para != ratio.para, abs(one.index - ratio.index)))
    teachers = [one for one in near if _is(ledger, one, _TEACHERS)]
    pupils = [one for one in near if one not in teachers and _is(ledger, one, _PUPILS)]
    for teacher in teachers:
        for pupil in pupils:
            low, high = quotient(pupil, teacher)
            if low <= ratio.high and high >= ratio.low:
                plain = rounded(pupil.value, teacher.value, places(ratio))
                message = (
                    f"{ledger.text(pupil)}÷{ledger.text(teacher)}＝{plain}，"
                    f"与所写的{ledger.text(ratio)}一致。"
                )
                ledger.prove("product", "exact", ratio, (pupil, teacher), message, (low, high))
                return
    _wrong_ratio(ledger, ratio, pupils, teachers)


def _wrong_ratio(
    ledger: Ledger, ratio: Mention, pupils: Sequence[Mention], teachers: Sequence[Mention]
) -> None:
    """Call a ratio wrong where nothing else can be meant than one number of each."""
    before = [
        [one for one in some if one.sent == ratio.sent and one.index < ratio.index]
        for some in (pupils, teachers)
    ]
    if all(len(some) == 1 for some in before):
        pupil, teacher = before[0][0], before[1][0]
    else:
        # «小学专任教师1402人,生师比15.87:1», with the pupils of 小学 in the sentence before.
        teacher = next((one for one in before[1] if one.index == ratio.index - 1), None)
        own = [one for one in pupils if teacher is not None and one.subject == teacher.subject]
        if teacher is None or not teacher.subject or len(own) != 1:
            return
        pupil = own[0]
    if any(one.about for one in (pupil, teacher, ratio)):
        return
    plain = rounded(pupil.value, teacher.value, places(ratio))
    right = f"1:{plain}" if ratio.sign < 0 else f"{plain}:1"
    message = (
        f"{ledger.text(pupil)}÷{ledger.text(teacher)}＝{plain}，所写的是{ledger.text(ratio)}。"
    )
    do = f"按这两个数应为{right}。"
    terms, limits = (pupil, teacher), quotient(pupil, teacher)
    ledger.refute(Finding("inconsistent", "product", ratio, terms, message, *limits, do))


def _is(ledger: Ledger, mention: Mention, words: Sequence[str]) -> bool:
    """Whether a number is of pupils or teachers: by its head, or by what stands behind it."""
    behind = ledger.norm[mention.end : mention.end + _BEHIND]
    said = behind if behind in _NOUNS else mention.head
    return any(word in said for word in words)


# ── an amount for each ──


def _each(ledger: Ledger, each: Mention) -> None:
    """Judge «生均经费5377.93元» against a total and a number of pupils before it."""
    before = [
        one
        for one in ledger.mentions[max(0, each.index - _BACK) : each.index]
        if one.doc == each.doc and amount(one) and one.low > 0 and not one.about
    ]
    totals = [one for one in before if one.dim == each.dim and one.value > each.value]
    people = [one for one in before if one.dim == "people"]
    if _total_behind(ledger, each, people) or digits(each) < _ENOUGH:
        return
    for total in reversed(totals):
        for number in reversed(people):
            if _makes(each, total, number):
                plain = rounded(total.value, number.value, places(each))
                message = (
                    f"{ledger.text(total)}÷{ledger.text(number)}＝{plain}{each.unit}，"
                    f"与所写的{ledger.text(each)}一致。"
                )
                limits = quotient(total, number)
                ledger.prove("product", "exact", each, (total, number), message, limits)
                return
    _mismatched(ledger, each, totals, people)


def _makes(each: Mention, total: Mention, people: Mention) -> bool:
    # each·people meets total, without a division.
    low, high = each.low * people.low, each.high * people.high
    return low <= total.high * ONE and high >= total.low * ONE


def _total_behind(ledger: Ledger, each: Mention, people: Sequence[Mention]) -> bool:
    """Judge «906人,每人400元,共36.24万元», where the total comes last."""
    same = [one for one in people if one.sent == each.sent]
    if not same or not each.lead.startswith("每"):
        return False
    number = same[-1]
    for total in ledger.mentions[each.index + 1 : each.index + 1 + _PAIR]:
        if total.sent != each.sent or total.dim != each.dim or not amount(total) or total.about:
            continue
        if "共" not in total.lead and "合计" not in total.lead:
            continue
        said = f"{ledger.text(number)}×{ledger.text(each)}"
        terms, stated = (number, each), ledger.text(total)
        if _makes(each, total, number):
            message = f"{said}＝{stated}。"
            ledger.prove("product", "exact", total, terms, message, bounds(total))
        else:
            low, high = each.low * number.low // ONE, each.high * number.high // ONE
            right = rounded(each.value * number.value, ONE * ONE, 0)
            message = f"{said}＝{right}{each.unit}，所写的是{stated}。"
            do = "核对人数、标准和总额；标准不止一种时写明各有多少人。"
            finding = Finding("possible", "product", total, terms, message, low, high, do)
            ledger.refute(finding)
        return True
    return False


def _mismatched(
    ledger: Ledger, each: Mention, totals: Sequence[Mention], people: Sequence[Mention]
) -> None:
    """Remark on an amount for each that no total and no number of people near it makes."""
    same = [one for one in totals if one.sent == each.sent and one.depth <= each.depth]
    pupils = [one for one in people if one.sent >= each.sent - _NEAR]
    what = each.lead.rsplit("均", 1)[-1][:_PAIR]
    if not same or not pupils or len(what) < _PAIR or what not in same[0].lead:
        return
    if each.lead.startswith(("人均", "每")) or each.series >= 0 or "分别" in each.lead:
        return
    total = same[0]
    number = pupils[-1] if pupils[-1].sent == each.sent else pupils[0]
    plain = rounded(total.value, number.value, places(each) + 1)
    message = (
        f"文中的总量和人数里，没有一对能得出{ledger.text(each)}；"
        f"{ledger.text(total)}÷{ledger.text(number)}＝{plain}{each.unit}。"
    )
    do = "核对是按哪一部分学校、哪一部分人计算的，并在文中写明。"
    terms, limits = (total, number), quotient(total, number)
    ledger.refute(Finding("remark", "product", each, terms, message, *limits, do))
