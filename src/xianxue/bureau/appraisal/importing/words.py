"""What is written in cells: numbering in front of a name, points behind it or in a cell alone."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

_CHINESE: Final = "一二三四五六七八九十"
_NUMBERINGS: Final = (
    ("第", re.compile(rf"第[{_CHINESE}\d]+[部分章项]*[、:.\s]*")),
    ("一、", re.compile(rf"[{_CHINESE}]{{1,3}}[、.]\s*")),
    ("(一)", re.compile(rf"\([{_CHINESE}]{{1,3}}\)[、.]?\s*")),
    ("A1", re.compile(r"[A-Z]\d*(?:[-.]\d+)*[、.:]?\s*(?=[^\w\s]*[^\W\d_a-zA-Z])")),
    ("1.1", re.compile(r"\d{1,2}(?:[.-]\d{1,2})+[、.]?\s*")),
    ("(1)", re.compile(r"\(\d{1,2}\)[、.]?\s*")),
    ("1.", re.compile(r"\d{1,3}[、.]\s*(?!\d)")),
    ("①", re.compile(r"[\u2460-\u2473]\s*")),
)
"""Kinds of numbering, the plainest to be told first."""
_ALONE: Final = re.compile(r"[A-Z]?\d+(?:[-.]\d+)*|[A-Z]|[\u2460-\u2473]")
_BEHIND: Final = re.compile(
    r"[(\[]\s*(?:满分|共|计|分值|权重)?[::]?\s*(\d+(?:\.\d+)?)\s*(分|%)\s*[)\]]"
)
_AT_END: Final = re.compile(r"[\s,,::]*(?:满分|共|计|分值)?\s*(\d+(?:\.\d+)?)\s*分$")
_POINTS: Final = re.compile(r"(?:满分|共|计|权重|分值|各)?[::]?\s*([+±-]?\d+(?:\.\d+)?)\s*(分|%)?")


def plain(text: str) -> str:
    """Write a text with narrow digits, letters and brackets, and without spaces around it.

    >>> plain("（一） 党的领导（１０分） ")
    '(一) 党的领导(10分)'
    """
    # A digit in a circle is a kind of numbering, and would become a plain one.
    kept = "".join(c if "①" <= c <= "⑳" else unicodedata.normalize("NFKC", c) for c in text)
    return " ".join(kept.split())


def numbered(text: str) -> tuple[str, str, str]:
    """Part numbering from a name: the kind of numbering, the number, the name.

    >>> numbered("(一) 党的领导"), numbered("1.1 规划"), numbered("经费")
    (('(一)', '(一)', '党的领导'), ('1.1:2', '1.1', '规划'), ('', '', '经费'))
    """
    for kind, pattern in _NUMBERINGS:
        found = pattern.match(text)
        if found and text[found.end() :].strip():
            number = found[0].strip().rstrip("、.:").strip()
            return kind_of(kind, number), number, text[found.end() :].strip()
    return "", "", text


def kind_of(kind: str, number: str) -> str:
    """Tell 1.1 from 1.1.1, and A from A1: each further part is a rank lower."""
    if kind == "A1":
        return f"{kind}:{len(re.findall(r'[A-Z]|[0-9]+', number))}"
    return f"{kind}:{len(re.findall('[0-9]+', number))}" if kind == "1.1" else kind


def kind_alone(number: str) -> str:
    """Give the kind of a number that stands in a column of its own; empty for none.

    >>> kind_alone("1.2"), kind_alone("3"), kind_alone("B2"), kind_alone("甲")
    ('1.1:2', '1.', 'A1:2', '')
    """
    if number.isdecimal():
        return "1."
    if re.fullmatch(rf"[{_CHINESE}]{{1,3}}、?", number):
        return "一、"
    if re.fullmatch(rf"\([{_CHINESE}]{{1,3}}\)", number):
        return "(一)"
    if not _ALONE.fullmatch(number):
        return ""
    return kind_of("A1" if number[0].isalpha() else "1.1", number)


def with_points(name: str) -> tuple[str, str]:
    """Part points from a name: «规划（10分）», «规划 10分».

    >>> with_points("规划(10分)"), with_points("规划,满分 5分"), with_points("十分重视")
    (('规划', '10分'), ('规划', '5分'), ('十分重视', ''))
    """
    found = _BEHIND.search(name)
    if found:
        return (name[: found.start()] + name[found.end() :]).strip(), found[1] + found[2]
    found = _AT_END.search(name)
    if found and name[: found.start()].strip():
        return name[: found.start()].strip(), f"{found[1]}分"
    return name, ""


def points_of(said: str) -> tuple[Fraction, bool] | None:
    """Read points, and whether they are a percentage; None for what is no number.

    >>> points_of("10分"), points_of("满分5"), points_of("12.5%"), points_of("5-10分")
    ((Fraction(10, 1), False), (Fraction(5, 1), False), (Fraction(25, 2), True), None)
    """
    found = _POINTS.fullmatch(said.strip())
    if found is None:
        return None
    return Fraction(found[1].lstrip("±+")), found[2] == "%"
