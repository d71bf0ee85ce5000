"""Digits that count nothing: parts of names, section numbers, years."""

from __future__ import annotations

import re
from typing import Final

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_QUOTES: Final = {"“": "”", '"': '"', "‘": "’", "'": "'", "「": "」", "《": "》"}
_SIGNS: Final = "+#@&=/"
_LENGTHS: Final = ("m2", "km")
_SENTENCE: Final = "\n。;:!?！？”》)"
_LONGEST_SECTION: Final = 2
_BEHIND: Final = 8


def _at(norm: str, place: int) -> str:
    return norm[place] if 0 <= place < len(norm) else "\n"


def is_name(norm: str, start: int, end: int) -> bool:
    """Whether digits are part of a name: «“985”», «3D», «5+2», «[3]», «[2020]12号».

    >>> [is_name(text, text.index("5"), text.index("5") + 1) for text in ("“5”", "5+2", "5人")]
    [True, True, False]
    """
    before, after = _at(norm, start - 1), _at(norm, end)
    if not before.isascii() and not after.isascii() and before not in _QUOTES:
        return False  # between Chinese characters: the usual case
    if before.isascii() and (before.isalpha() or before in _SIGNS):
        return True
    if after.isascii() and (after.isalpha() or after in _SIGNS):
        return not norm[end : end + 2].lower().startswith(_LENGTHS)
    enclosed = before == "[" and after == "]"
    document = before == "]" and after == "号"
    quoted = before in _QUOTES and after == _QUOTES[before]
    letter = _at(norm, start - 2)
    model = before == "-" and letter.isascii() and letter.isalpha()
    return enclosed or document or quoted or model


def is_section(norm: str, start: int, end: int) -> bool:
    """Whether digits number a section: «1.», «2、», «(3)».

    >>> [is_section(text, 0, 1) for text in ("1.党建", "2、教学", "3、4年级")]
    [True, True, False]
    """
    after, behind = _at(norm, end), _at(norm, end + 1)
    if end - start > _LONGEST_SECTION:
        return False
    if after == ")":
        return _at(norm, start - 1) == "("
    if after == ".":
        return not behind.isdigit()
    # «、» numbers a section only where a sentence begins; elsewhere it separates a list.
    place = start - 1
    while place >= 0 and norm[place] == " ":
        place -= 1
    return _at(norm, place) in _SENTENCE and not behind.isdigit()


def is_year(norm: str, start: int, end: int) -> bool:
    """Whether four digits are a year: «2021年», «2002-2004年», «2021学年».

    >>> [is_year(text, 0, 4) for text in ("2021年", "2002-2004年", "2021人")]
    [True, True, False]
    """
    if not _YEAR.match(norm, start):
        return False
    after = _at(norm, end)
    if after == "年":
        return True
    rest = norm[end : end + _BEHIND]
    if after in "-—~至、,和" and _YEAR.match(rest, 1):
        tail = rest[5:6]
        return bool(tail) and tail in "年学-—~至、,和"
    return rest.startswith(("学年", "-2", "级", "届"))
