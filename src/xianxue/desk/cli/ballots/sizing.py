"""The options by which somebody says how exactly a survey is to tell: they make its size."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import wraps
from typing import Any, Final

import click

from xianxue.bureau.ballots.sampling import Size, Z, sample_size
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.spoken import option
from xianxue.desk.workspace import MisusedError

_PERCENT: Final = 100
_DIGITS: Final = 12


class Number(click.ParamType):
    """A number as somebody writes it, kept exactly: ``5``, ``1.5``, ``60%``."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Give the number; a usage error for what is none."""
        if isinstance(value, Fraction):
            return value
        text = str(value).removesuffix("%")
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        # An exponent of a million would be written out digit by digit.
        if not number.is_finite() or abs(number.adjusted()) > _DIGITS:
            self.fail(tell(say("“{text}”不是数字", text=text)), param, ctx)
        return Fraction(number)


class Sizing(Record, kw_only=True):
    """What was said of how exact a survey is to be."""

    population: int | None
    margin: Fraction
    confidence: str
    share: Fraction
    effect: Fraction
    answering: Fraction

    def size(self, whole: int | None) -> Size:
        """Say how many are needed of so many; MisusedError for what makes no sense."""
        for name, value, fits in (
            (say("误差"), self.margin, 0 < self.margin < _PERCENT),
            (say("预计比例"), self.share, 0 < self.share < _PERCENT),
            (say("预计回收率"), self.answering, 0 < self.answering <= _PERCENT),
        ):
            if not fits:
                number = plain(value, 4)
                raise MisusedError(say("{name}写了 {n}；要在 0 到 100 之间", name=name, n=number))
        if self.effect < 1:
            number = plain(self.effect, 4)
            raise MisusedError(say("设计效应写了 {n}；至少是 1", n=number))
        return sample_size(
            whole,
            self.margin / _PERCENT,
            confidence=int(self.confidence),
            share=self.share / _PERCENT,
            effect=self.effect,
            answering=self.answering / _PERCENT,
        )


_OPTIONS: Final = (
    option("--population", type=click.IntRange(min=1), help="总体人数；不写按人数不限算"),
    option("--margin", type=Number(), default="5", help="误差，百分点（默认 5）"),
    option("--confidence", type=click.Choice([str(one) for one in Z]), default="95",
           help="置信度，%"),
    option("--share", type=Number(), default="50",
           help="预计比例，%；不知道就用 50，需要的份数最多"),
    option("--design-effect", "effect", type=Number(), default="1",
           help="设计效应（整群抽样大于 1）"),
    option("--answering", type=Number(), default="100", help="预计回收率，%"),
)  # fmt: skip


def sizing(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take these options, as one ``Sizing``."""

    @wraps(command)
    def taking(**given: Any) -> None:  # noqa: ANN401 - options of any kind
        said = {name: given.pop(name) for name in Sizing.__struct_fields__}
        command(sized=Sizing(**said), **given)

    wrapped: Callable[..., None] = taking
    for one in reversed(_OPTIONS):
        wrapped = one(wrapped)
    return wrapped
