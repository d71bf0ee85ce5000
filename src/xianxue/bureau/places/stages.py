"""Stages of schooling."""

from __future__ import annotations

from enum import StrEnum

from xianxue.bureau.values.sentence import Sentence, say


class Stage(StrEnum):
    """A stage (学段). A school may have several; it is never guessed from the school's name."""

    PRESCHOOL = "preschool"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    SPECIAL = "special"

    @property
    def term(self) -> Sentence:
        """Its name.

        >>> Stage.LOWER_SECONDARY.term
        '初中'
        """
        return _TERMS[self]


_TERMS = {
    Stage.PRESCHOOL: say("学前"),
    Stage.PRIMARY: say("小学"),
    Stage.LOWER_SECONDARY: say("初中"),
    Stage.UPPER_SECONDARY: say("高中"),
    Stage.SPECIAL: say("特殊教育"),
}
