"""How names are read: pinyin in full, initials, or some of each, as people type them.

A character may be read in several ways, and the dictionary of phrases does not know every name:
乐清 is Yuèqīng, 长乐 Chánglè, 朝阳 Cháo- or Zhāoyáng. So the reading by phrase counts as typed, and
every other reading of a character is understood too.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Any, Final

from pypinyin import Style, lazy_pinyin, pinyin

Reading = tuple[tuple[str, ...], ...]
"""For each character its syllables in ASCII letters, the likely one first."""

_NUMERALS: Final = str.maketrans("一二三四五六七八九", "123456789")
_REMEMBERED: Final = 8192
"""Names and words of one county; each takes some hundred bytes."""


def folded(text: str) -> str:
    """Bring a text into the form in which two are compared: «第一小学» and «第1小学» are one.

    >>> folded("第１ 小学 ABC"), folded("第一小学abc")
    ('第1小学abc', '第1小学abc')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).translate(_NUMERALS)


@lru_cache(maxsize=_REMEMBERED)
def reading_of(text: str) -> Reading:
    """Give how each character of a text is read; what is no Chinese reads as itself.

    >>> reading_of("重庆路")
    (('chong', 'zhong', 'tong'), ('qing',), ('lu', 'luo'))
    """
    text = "".join(text.split())
    likely = lazy_pinyin(text, errors=_each)
    # Character by character: the phrase has been heard, and a slip of the tongue is none to punish.
    every = [_readings_of(character) for character in text]
    found: list[tuple[str, ...]] = []
    for first, others in zip(likely, every, strict=True):
        said = dict.fromkeys(_ascii(one) for one in (first, *others))
        # 吕 is lü: typed lv by those who know their keyboard, and lu by all others.
        more = [one.replace("v", "u") for one in said if "v" in one]
        found.append(tuple(dict.fromkeys((*said, *more))))
    return tuple(found)


def spelled(text: str) -> str:
    """Write a name in full pinyin and in initials, as a list is searched that knows no readings.

    >>> spelled("河湾乡中心小学")
    'hewanxiangzhongxinxiaoxue hwxzxxx'
    """
    syllables = [said[0] for said in reading_of(text) if said and said[0]]
    return f"{''.join(syllables)} {''.join(one[0] for one in syllables)}"


@lru_cache(maxsize=_REMEMBERED)
def _readings_of(character: str) -> tuple[str, ...]:
    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True, errors=_each)
    return tuple(found)


def _each(text: str) -> Any:  # noqa: ANN401 - the library takes a list, and does not say so
    """Let what is no Chinese read as itself, each character for itself."""
    return list(text)


def _ascii(syllable: str) -> str:
    return folded(syllable.replace("ü", "v"))


@lru_cache(maxsize=_REMEMBERED)
def heads_of(reading: Reading) -> tuple[str, ...]:
    """Give the letters that each character may begin with: most words are refused by the first."""
    return tuple("".join({syllable[:1] for syllable in one}) for one in reading)


def fit(letters: str, reading: Reading, at: int = 0) -> bool | None:
    """Whether letters read the characters from a position on; None where they do not.

    Each character takes a whole syllable or the beginning of one: qqz, qingquanz and qingqz all
    read 清泉镇. True where every character was told by one letter (initials).

    >>> fit("qqz", reading_of("清泉镇")), fit("qingquanz", reading_of("清泉镇"))
    (True, False)
    >>> fit("cyxx", reading_of("朝阳小学")), fit("zyxx", reading_of("朝阳小学"))
    (True, True)
    >>> fit("zhongq", reading_of("清泉镇")) is None
    True
    """
    if not letters:
        return True
    if at == len(reading):
        return None
    found: bool | None = None
    for syllable in reading[at]:
        most = _common(letters, syllable)
        # The longest first: what could be initials is told by one letter each.
        for taken in range(1, most + 1):
            rest = fit(letters[taken:], reading, at + 1)
            if rest is not None:
                if taken == 1 and rest:
                    return True
                found = False
    return found


def _common(letters: str, syllable: str) -> int:
    """Count the letters with which both begin."""
    count = 0
    for one, other in zip(letters, syllable, strict=False):
        if one != other:
            break
        count += 1
    return count
