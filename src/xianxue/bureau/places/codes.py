"""Codes of schools and areas, checked for shape only.

A school code (学校标识码) has ten digits: two for the category, two for the province, six in
order. An area code has six digits to the county and nine to the township
(source: facts §5.4 and §5.8, relayed).
"""

from __future__ import annotations

import re

_CATEGORY_DIGITS = 2

_SCHOOL = re.compile(r"[1-9]\d{9}", re.ASCII)
_COUNTY = re.compile(r"[1-9]\d{5}", re.ASCII)
_TOWNSHIP = re.compile(r"[1-9]\d{8}", re.ASCII)


def is_school_code(text: str) -> bool:
    """Whether a text has the shape of a ten-digit school code.

    >>> is_school_code("2163000001"), is_school_code("216300001"), is_school_code("0163000001")
    (True, False, False)
    """
    return _SCHOOL.fullmatch(text) is not None


def is_area_code(text: str) -> bool:
    """Whether a text has the shape of a county's (6) or township's (9) area code.

    >>> is_area_code("632500"), is_area_code("632500100"), is_area_code("63250")
    (True, True, False)
    """
    return any(shape.fullmatch(text) is not None for shape in (_COUNTY, _TOWNSHIP))


def category_of_type(school_type: str) -> str:
    """Give the 学校类别 of a 办学类型: both begin with the same two digits.

    This is how the two lists stand beside each other (source: facts §5.4 and §5.5, relayed).

    >>> category_of_type("211") == category_of_type("218"), category_of_type("312")
    (True, '31')
    """
    return school_type[:_CATEGORY_DIGITS]
