"""Stages of schooling."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A stage (学段). A school may have several; it is never guessed from the school's name."""

    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    SPECIAL = "special"

    @property
    def term(self) -> str:
        """The Chinese name.

        >>> Stage.LOWER_SECONDARY.term
        '初中'
        """
        return _TERMS[self]


_TERMS = {
    Stage.PRESCHOOL: "学前",
    Stage.PRIMARY: "小学",
    Stage.LOWER_SECONDARY: "初中",
    Stage.UPPER_SECONDARY: "高中",
    Stage.SPECIAL: "特殊教育",
}
