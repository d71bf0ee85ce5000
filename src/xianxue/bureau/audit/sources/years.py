"""Which year an old report speaks of: as a whole, and in one of its sentences."""

from __future__ import annotations

import re
from typing import Final, Literal

from xianxue.bureau.values.record import Record

YearHow = Literal["sentence", "relative", "given", "title", "name"]
"""Said in the sentence; said there as last year's; given by whoever reads; the document's title;
the file's name."""

_SCHOOL_YEAR = re.compile(r"(20\d\d)\s*[-—–－~～至]+\s*(20\d\d)\s*学年")
_SPAN = re.compile(r"(?<!\d)(20\d\d)\s*[-—–－]+\s*(20\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_BARE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FROM_HAN: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年|[-—–－至])")
_LAST: Final = re.compile("去年|上一?学?年|前一?学?年")
_OTHER: Final = re.compile("明年|次年|下一?学?年|当年|同年|往年|历年")
_HELD: Final = re.compile("(?:比|较|与|同|和|自|从|由|(?<!截)至|到)\\s*(?:于)?\\Z")
"""Before a year that is only held against, or reached: 比2020年, 到2025年."""
_TITLE: Final = 60
_TITLES: Final = 3


class YearSaid(Record):
    """A period, and where it was said."""

    code: str
    how: YearHow


def title_of(text: str, name: str) -> YearSaid | None:
    r"""Give the period that a document's first lines name, or else its file's name.

    >>> title_of("虚构县教育局2021年工作总结\n……", "a.docx")
    YearSaid(code='2021', how='title')
    >>> title_of("工作总结", "总结2020-2021.docx")
    YearSaid(code='2020-2021', how='name')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_TITLES]
    for line in lines:
        if len(line) <= _TITLE and (code := _code(line)):
            return YearSaid(code, "title")
    code = _code(name) or ((found := _BARE.search(name)) and found[1]) or ""
    return YearSaid(code, "name") if code else None


def year_of(said: str, whole: YearSaid | None) -> YearSaid | None:
    """Give the period of a number by its sentence up to it, or else of the document as a whole.

    None where it is not certain: two years may be meant, or the year is one only held against.

    >>> year_of("2019年，全县小学", YearSaid("2021", "title"))
    YearSaid(code='2019', how='sentence')
    >>> year_of("去年全县小学", YearSaid("2021", "title"))
    YearSaid(code='2020', how='relative')
    >>> year_of("与2020年相比，小学", YearSaid("2021", "title"))
    """
    plain = _digits(said)
    spans = list(_SCHOOL_YEAR.finditer(plain))
    years = [one for one in _YEAR.finditer(plain) if not any(_in(one, span) for span in spans)]
    last = list(_LAST.finditer(plain))
    if _OTHER.search(plain) or sum(map(len, (spans, years, last))) > 1:
        return None
    if not (said_here := [*spans, *years, *last]):
        return whole
    one = said_here[0]
    if _HELD.search(plain[: one.start()]):
        return None
    if last:
        return _before(whole)
    code = _follows(one[1], one[2]) if spans else one[1]
    return YearSaid(code, "sentence") if code else None


def _before(whole: YearSaid | None) -> YearSaid | None:
    if whole is None:
        return None
    code = "-".join(str(int(year) - 1) for year in whole.code.split("-"))
    return YearSaid(code, "relative")


def _code(line: str) -> str:
    """Give the one period a line names; empty where it names none, or several years."""
    plain = _digits(line)
    if found := _SCHOOL_YEAR.search(plain) or _SPAN.search(plain):
        return _follows(found[1], found[2])
    years = set(_YEAR.findall(plain))
    return years.pop() if len(years) == 1 else ""


def _follows(first: str, second: str) -> str:
    """Give a school year's code: 2016—2020 is five years and none."""
    return f"{first}-{second}" if int(second) == int(first) + 1 else ""


def _digits(text: str) -> str:
    return _HAN_YEAR.sub(lambda one: one[0].translate(_FROM_HAN).replace("二", "2"), text)


def _in(one: re.Match[str], span: re.Match[str]) -> bool:
    return span.start() <= one.start() < span.end()
