"""Whose return it is, for when and on which form, as far as anything outside the cells tells it.

The hidden sheet says it best. Where it is gone, the page 说明 says it, the file's name may, or
whoever hands the file in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace

_CODE = re.compile(r"(?<!\d)(?:[1-9]\d{9}|[1-9]\d{5})(?!\d)", re.ASCII)
_PERIOD = re.compile(r"(?<!\d)\d{4}-\d{4}(?:-[12])?(?!\d)", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(\d{4})年?(?!\d)", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})[-—–~至]+(\d{4})学年(?:度)?(第[一二12]学期)?")
_IN_BRACKETS = re.compile(r"代码[:：]?(\d+)")
_WIDTH: Final = 6
_KEYS: Final = {"填报单位": "place", "时期": "period", "表式版本": "version"}
"""The page's own words for what it tells."""


class Told(Record):
    """What is told of a return; what is not told is empty."""

    form: str = ""
    version: str = ""
    period: str = ""
    place: str = ""

    def over(self, other: Told) -> Told:
        """Complete this by another; what both tell is told by this one.

        >>> Told(place="1").over(Told(place="2", period="2025"))
        Told(form='', version='', period='2025', place='1')
        """
        own = {each: said for each in self.__struct_fields__ if (said := getattr(self, each))}
        return replace(other, **own)


NOTHING_TOLD: Final = Told()


def told_by_name(file: str, forms: Iterable[Form]) -> Told:
    """Read a file's name, if it is of the kind that templates are handed out with.

    >>> told_by_name("2163000002_虚构学校_年报_2025-2026-学生.csv", [])
    Told(form='', version='', period='2025-2026', place='2163000002')
    """
    stem = file.rpartition("/")[2].rpartition(".")[0]
    named = [form.form for form in forms if form.term in stem or form.form in stem]
    periods = {period for period in _PERIOD.findall(stem) if _is_period(period)}
    # Taken out first: the digits of a school year would look like a code.
    rest = _PERIOD.sub(" ", stem)
    codes = set(_CODE.findall(rest))
    if not periods:
        periods = {year for year in _YEAR.findall(_CODE.sub(" ", rest)) if _is_period(year)}
    return Told(
        # Two names in one: which is meant is not said.
        form=named[0] if len(named) == 1 else "",
        period=periods.pop() if len(periods) == 1 else "",
        place=codes.pop() if len(codes) == 1 else "",
    )


def told_by_rules(grid: Grid, forms: Iterable[Form]) -> Told:
    """Read the page 说明, wherever its lines stand now."""
    said: dict[str, str] = {}
    titles = {bare(form.term): form.form for form in forms}
    for row in grid:
        texts = [written(raw) for raw in row[:_WIDTH]]
        for at, text in enumerate(texts):
            if bare(text) in titles:
                said.setdefault("form", titles[bare(text)])
            key = _KEYS.get(bare(text).rstrip(":"))
            # The next filled cell: columns may have been put in between.
            value = next((after for after in texts[at + 1 :] if after), "")
            if key and value:
                said.setdefault(key, value)
    place = _IN_BRACKETS.search(bare(said.get("place", "")))
    return Told(
        form=said.get("form", ""),
        version=bare(said.get("version", "")),
        period=period_code(said.get("period", "")),
        place=place[1] if place else "",
    )


def period_code(text: str) -> str:
    """Give the code of a period that is written as a code or in words; empty where it is none.

    >>> period_code("2025—2026学年"), period_code("2025年"), period_code("2025-2026学年第二学期")
    ('2025-2026', '2025', '2025-2026-2')
    """
    said = bare(text)
    found = _SCHOOL_YEAR.fullmatch(said)
    code = said
    if found is not None:
        code = f"{found[1]}-{found[2]}"
        if found[3]:
            code += "-1" if found[3][1] in "一1" else "-2"
    elif (year := _YEAR.fullmatch(said)) is not None:
        code = year[1]
    return code if _is_period(code) else ""


def _is_period(code: str) -> bool:
    try:
        Period.parse(code)
    except ValueError:
        return False
    return True
