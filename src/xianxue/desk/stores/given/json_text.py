"""JSON that is handed in: keys that stand twice are seen, and what is no JSON is told where."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from xianxue.bureau.values.sentence import Sentence, say


class Pairs(list[tuple[str, Any]]):
    """The keys of an object as they were written: one that stands twice is seen."""


class NotJsonError(ValueError):
    """What is no JSON; ``saw`` says what was seen."""

    def __init__(self, saw: Sentence) -> None:
        """Take what was seen."""
        super().__init__(saw)
        self.saw = saw


class NotUtf8Error(NotJsonError):
    """What is not even text as JSON has it."""


class _NotFiniteError(ValueError):
    """NaN or Infinity, which JSON does not have and Python reads."""


def read_pairs(data: bytes, *, exact: bool = False) -> object:
    """Read bytes as JSON, objects as ``Pairs``; NotJsonError where they are none.

    ``exact``: numbers with a point are Decimal, as they were written, and NaN is refused.
    """
    numbers: dict[str, Any] = {"parse_float": Decimal, "parse_constant": _refuse} if exact else {}
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=Pairs, **numbers)
    except UnicodeDecodeError as error:
        raise NotUtf8Error(say("文件不是 UTF-8 编码，读不了")) from error
    except json.JSONDecodeError as error:
        saw = say("第 {line} 行第 {column} 列不是 JSON", line=error.lineno, column=error.colno)
        raise NotJsonError(saw) from error
    except _NotFiniteError as error:
        raise NotJsonError(say("有一处写了 NaN 或 Infinity，不是数")) from error
    except ValueError as error:
        # Python reads no whole number of more than 4300 digits.
        raise NotJsonError(say("有一个数太长")) from error
    except RecursionError as error:
        raise NotJsonError(say("括号套得太深")) from error


def _refuse(word: str) -> None:
    raise _NotFiniteError(word)
