"""Numbers of persons: whether one could be a real one, told by its own check digit.

A right check digit does not say that there is such a person: only that nothing was mistyped.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS: Final = "10X98765432"
"""GB 11643: the check digit by the weighted sum modulo 11."""
_ID: Final = re.compile(r"[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[0-9X]")
_STUDENT: Final = re.compile(r"([GL])(.{18})|J(\d{17}[0-9X])")
_TELEPHONE: Final = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")


def good_id_number(text: str) -> bool:
    """Whether a text could be an identity number: its form, its birthday, its check digit.

    >>> good_id_number("11010519491231002X"), good_id_number("110105194912310021")
    (True, False)
    """
    found = _ID.fullmatch(text.upper())
    if found is None:
        return False
    try:
        date(*(int(part) for part in found.groups()))
    except ValueError:
        return False
    return with_check_digit(text[:-1]) == text.upper()


def with_check_digit(digits: str) -> str:
    """Add the check digit to the first seventeen digits of an identity number.

    >>> with_check_digit("11010519491231002")
    '11010519491231002X'
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True))
    return digits + _DIGITS[total % len(_DIGITS)]


def good_student_number(text: str) -> bool:
    """Whether a text could be a 学籍号: G or L with an identity number, or J with one of its kind.

    G is the usual one, L a temporary one, J that of a pupil without an identity card.

    >>> good_student_number("G11010519491231002X"), good_student_number("G123")
    (True, False)
    """
    found = _STUDENT.fullmatch(text.upper())
    if found is None:
        return False
    return found[3] is not None or good_id_number(found[2])


def good_telephone(text: str) -> bool:
    """Whether a text could be a telephone number of this country.

    >>> good_telephone("13800000000"), good_telephone("0351-1234567"), good_telephone("12")
    (True, True, False)
    """
    return _TELEPHONE.fullmatch(text) is not None


def masked(text: str) -> str:
    """Cover all but what tells entries apart: the first of a name, the last four of a number.

    >>> masked("王小明"), masked("11010519491231002X")
    ('王**', '**************002X')
    """
    if len(text) > _LONGEST_NAME:
        return "*" * (len(text) - _TAIL) + text[-_TAIL:]
    return text[:1] + "*" * (len(text) - 1)


_LONGEST_NAME: Final = 6
_TAIL: Final = 4
