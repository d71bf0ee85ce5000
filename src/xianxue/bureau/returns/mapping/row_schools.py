"""Whose a row is: its school's code, or its name, beside the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.mapping.proposal import Proposal
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import joined, say


class Whose(Record):
    """The places a table may be about."""

    only: str = ""
    """Whose everything is, where somebody has said so; empty where each row says it."""
    by_code: dict[str, str] = field(default_factory=dict[str, str])
    """Code to name."""
    by_name: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Name, reduced with ``bare``, to codes: two schools may share one."""

    @classmethod
    def among(cls, places: Iterable[Place], on: date, only: str = "") -> Whose:
        """Take the places that file the form."""
        named = {place.code: place.name_on(on) for place in places}
        names: dict[str, list[str]] = {}
        for code, name in named.items():
            names.setdefault(bare(name), []).append(code)
        return cls(only, named, names)

    def of(self, source: Source, number: int) -> str | Issue:
        """Give the code of a row's school, or the complaint why none of them is meant."""
        code_at, name_at = source.found.holding("code"), source.found.holding("name")
        # A table that names no school is one school's: `--place` says whose.
        if code_at is None and name_at is None:
            return self.only
        code = "".join(_text(source.full, number, code_at).split())
        name = _text(source.full, number, name_at)
        place = self._meant(code, name)
        if self.only and place and place != self.only:
            place, saw = (
                "",
                say("{said}不是 --place 写的 {only}", said=_said(code, name), only=self.only),
            )
        # Code and name contradict each other: either may be the slip, so neither is taken.
        elif place and name and bare(name) != bare(self.by_code[place]):
            saw = say(
                "代码 {code} 在名册里是“{value}”，这一行写的是“{name}”",
                code=code,
                value=self.by_code[place],
                name=name,
            )
            place = ""
        else:
            saw = _said(code, name) + self._why(code, name)
        if place:
            return place
        cells = filled(source.grid[number])
        at = next((each.head.at for each in (code_at, name_at) if each is not None), cells[0])
        return source.issue(
            "R-MAP-PLACE",
            Severity.EXPLAIN,
            say("{saw}，这一行 {n} 格没有读", saw=saw, n=len(cells)),
            cell=source.table.cell(number, at),
            required=say("学校代码或学校名称与名册一致"),
            do=say("是本县的学校，请改正原表")
            + (_BY_CODE if code and name else say("；不是的不必管")),
        )

    def _meant(self, code: str, name: str) -> str:
        if code in self.by_code:
            return code
        found = self.by_name.get(bare(name), []) if name else []
        # Two schools of one name are told apart by their codes alone.
        return found[0] if len(found) == 1 else ""

    def _why(self, code: str, name: str) -> str:
        if not code and not name:
            return say("，看不出是哪所学校")
        if name and len(self.by_name.get(bare(name), [])) > 1:
            return say("，名册里有不止一所学校叫这个名称")
        return say("，名册里没有当期在办的这所学校")


_BY_CODE = say("；只是名称写法不同的，可以用 --skip 不读名称一列，只按代码认")


def _said(code: str, name: str) -> str:
    said = [
        say("代码 {code}", code=code) if code else "",
        say("“{name}”", name=name) if name else "",
    ]
    return joined("、", filter(None, said)) or say("没有写学校")


def _text(grid: Grid, number: int, each: Proposal | None) -> str:
    if each is None or each.head.at >= len(grid[number]):
        return ""
    return written(grid[number][each.head.at])
