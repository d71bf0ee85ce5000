"""What a rule may want to know of a place besides its figures."""

from __future__ import annotations

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record, field


class PlaceFacts(Record, kw_only=True):
    """A school's or county's attributes and plain answers on the day of judgement."""

    place: str
    name: str
    level: str
    stages: tuple[Stage, ...]
    values: dict[str, int | str] = field(default_factory=dict[str, int | str])
    """Attribute (``school_type``) or ``sheet.field`` of a record sheet to value.

    ``pupils/<stage>`` is the number of pupils of a stage (``pupils/primary``): the population
    card's ``pupils`` added up over that stage's rows. What is missing is absent.
    """
    unanswered: frozenset[str] = frozenset()
    """The ``sheet.field`` references that were asked of the place and have no answer.

    So that a blank can be told from what does not exist there (不适用), which is absent from both.
    """
