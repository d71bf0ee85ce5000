"""Names of places in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage

NAMED: Final = 3
"""So many places are named before 等."""

_PARTS: Final = {
    Stage.PRESCHOOL: "附设幼儿班",
    Stage.PRIMARY: "小学部",
    Stage.LOWER_SECONDARY: "初中部",
    Stage.UPPER_SECONDARY: "高中部",
    Stage.SPECIAL: "特教班",
}


_SCHOOLING: Final = (Stage.PRIMARY, Stage.LOWER_SECONDARY, Stage.UPPER_SECONDARY)


def name_of(code: str, register: Register) -> str:
    """Give a place's name; the code where the register does not know it."""
    return register[code].name if code in register else code


def name_with_stage(code: str, stage: Stage | None, register: Register, on: date) -> str:
    """Give a school's name, with the part that is meant where it has several stages.

    A school with an attached class for small children is not called a part of itself.
    """
    name = name_of(code, register)
    stages = register[code].stages(on) if code in register else ()
    several = len([one for one in stages if one in {stage, *_SCHOOLING}]) > 1
    return f"{name}{_PARTS[stage]}" if stage is not None and several else name


def kind_of(codes: Sequence[str], register: Register, on: date) -> str:
    """Say what places are: 学校, or 幼儿园 if all of them are."""
    stages = [register[code].stages(on) for code in codes if code in register]
    only = bool(stages) and all(each == (Stage.PRESCHOOL,) for each in stages)
    return "幼儿园" if only else "学校"


def listed(codes: Sequence[str], register: Register) -> str:
    """Name the first few places: 甲小学、乙小学、丙小学等."""
    names = "、".join(name_of(code, register) for code in codes[:NAMED])
    return f"{names}等" if len(codes) > NAMED else names
