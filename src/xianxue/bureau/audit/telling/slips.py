"""Slips of the pen: how a printed number may have come from the one that would be right."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.sentence import say

_TWO: Final = 2
_WAN: Final = 10**4
_UNIT_SLIPS: Final = (10, 100, 1000, 10**4, 10**8)


def slip(printed: int, wanted: int) -> str:
    """Name the one slip that turns one number into the other, in Chinese; empty where none does.

    Both are counts of the last printed digit.

    >>> slip(20876, 20976), slip(6861, 6816), slip(21, 210), slip(386, 38), slip(20876, 20921)
    ('一个数字写错', '相邻两个数字颠倒', '位数写错，差 10 倍', '多写一个数字', '')
    """
    if wanted <= 0 or printed <= 0 or printed == wanted:
        return ""
    for times in _UNIT_SLIPS:
        if printed == wanted * times or wanted == printed * times:
            if times < _WAN:
                return say("位数写错，差 {times} 倍", times=times)
            return say("漏写或多写“万”") if times == _WAN else say("漏写或多写“亿”")
    first, second = str(printed), str(wanted)
    if len(first) == len(second):
        return _same_length(first, second)
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    if len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    ):
        return say("多写一个数字") if longer is first else say("漏写一个数字")
    return ""


def _same_length(first: str, second: str) -> str:
    places = [at for at, (one, other) in enumerate(zip(first, second, strict=True)) if one != other]
    if len(places) == 1:
        return say("一个数字写错")
    if (
        len(places) == _TWO
        and first[places[0]] == second[places[1]]
        and first[places[1]] == second[places[0]]
    ):
        return say("相邻两个数字颠倒") if places[1] == places[0] + 1 else say("两个数字颠倒")
    return ""
