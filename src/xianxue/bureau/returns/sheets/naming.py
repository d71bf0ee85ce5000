"""How numbers, fields, rows and rules are named to a clerk."""

from __future__ import annotations

from decimal import Decimal

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.returns.sheets.layout import FIRST_YEAR, LAST_YEAR
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import joined, say


def shown_amount(amount: int, decimals: int) -> str:
    """Write an amount in whole units, without trailing zeros.

    >>> shown_amount(1250, 2), shown_amount(1200, 2), shown_amount(-5, 2), shown_amount(7, 0)
    ('12.5', '12', '-0.05', '7')
    """
    if not decimals:
        return str(amount)
    sign, digits = ("-" if amount < 0 else ""), str(abs(amount)).rjust(decimals + 1, "0")
    rest = digits[-decimals:].rstrip("0")
    return sign + digits[:-decimals] + ("." + rest if rest else "")


def decimals_of(field: Field) -> int:
    """Give the decimals of the step a field's amounts are kept in."""
    return field.measured_in.decimals if field.type == "measure" else 0


def named(row_label: str, field: Field) -> str:
    """Name a cell as its sheet does: the row's label and the term.

    >>> named("一年级", Field(field="girls", term="女生数", type="integer"))
    '一年级·女生数'
    """
    return joined("·", (row_label, field.term)) if row_label else field.term


def bounds_of(field: Field) -> str:
    """Say in words what a number field takes.

    >>> bounds_of(Field(field="x", term="x", type="integer", min=Decimal(0)))
    '不小于 0 的整数'
    """
    low, high = field.min, field.max
    if field.type == "year":
        low = Decimal(FIRST_YEAR) if low is None else low
        high = Decimal(LAST_YEAR) if high is None else high
    what = {"integer": say("整数"), "year": say("四位年份")}.get(field.type, say("数字"))
    if field.type == "measure":
        decimals = decimals_of(field)
        what = say("最多 {n} 位小数的数字", n=decimals) if decimals else say("整数")
    span = span_of(low, high)
    if not span:
        return what
    # A number is set apart from the character after it.
    if span[-1].isdigit():
        return say("{span} 的{what}", span=span, what=what)
    return say("{span}的{what}", span=span, what=what)


def span_of(low: Decimal | None, high: Decimal | None, unit: str = "") -> str:
    """Say in words between which numbers; empty where there is no bound.

    >>> span_of(Decimal(0), Decimal(100)), span_of(None, Decimal("0.5"), "平方米")
    ('0 至 100 之间', '不大于 0.5 平方米')
    """
    behind = " " + unit if unit else ""
    if low is not None and high is not None:
        least, most = f"{low:f}", f"{high:f}"
        if unit:
            return say("{low} 至 {high}{unit}之间", low=least, high=most, unit=behind)
        return say("{low} 至 {high} 之间", low=least, high=most)
    if low is not None:
        return say("不小于 {low}{unit}", low=f"{low:f}", unit=behind)
    return say("不大于 {high}{unit}", high=f"{high:f}", unit=behind) if high is not None else ""


def shown_value(value: int | str | Missing, field: Field) -> str:
    """Write a value as a clerk would: measures in whole units, yes and no as words."""
    if isinstance(value, Missing):
        return value.value
    if isinstance(value, str):
        return value
    if field.type == "yes_no":
        return say("是") if value else say("否")
    return shown_amount(value, decimals_of(field))


def cite(shelf: Shelf, source: Cited) -> str:
    """Name the document that asks for something; a definition of our own needs no name."""
    return "" if source.seen is Seen.OWN else shelf.cite(source.citation)
