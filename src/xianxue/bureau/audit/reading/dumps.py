"""What is no prose: dumps of programs, code, and long lists of numbers that only name things."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from xianxue.bureau.audit.reading.token import Token

_DUMP = re.compile(
    r"""["'][^"'\n{}]{0,40}["'] ?: ?["'{\[0-9-]"""  # "学生": 512
    r"""|[{,] ?[A-Za-z_][A-Za-z0-9_]{0,30} ?: ?["'{\[0-9-]"""  # {n: 120
    r"|^[ \t-]{0,12}[A-Za-z_][A-Za-z0-9_.]{0,30} ?(?::|=|\+=|:=) ?[^ =]"  # total = 5, n: 120
    r"|</?[A-Za-z][A-Za-z0-9]{0,12}[ />]"  # <td>
    r"|\b(?:INSERT INTO|SELECT|UPDATE|VALUES|CREATE TABLE|WHERE|DEBUG|INFO|WARN|WARNING|ERROR)\b"
    r"|\b(?:def|return|print|import|for|if|while|var|let|const|function) ?[(A-Za-z_]"
)
_MAYBE = re.compile(r"[A-Za-z]{2}|[A-Za-z] ?[:=]|[\"'] ?:|<")
"""A line without any of these is no dump."""
_CSV = re.compile(r"[^,;。!?\n]{0,24}(?:,[^,;。!?\n]{0,24}){2,40}")
_CSV_CELL: Final = re.compile(r" ?-?[0-9]+(?:\.[0-9]+)?%? ?")
_LIST_SIGN: Final = re.compile(r" ?[、,，/;] ?")
_TELLS: Final = re.compile(r"分别(?!见|在|对应)|依次|各为|各有|比为|之比")
_LONG_LIST: Final = 5
"""From so many numbers without unit on, a list names things (rooms, pupils) where nothing says
that it counts them."""
_LONG_NUMBER: Final = 7
"""Digits of a number without unit that is no amount: telephones, codes."""
_SHORT_CODE: Final = 3
"""From so many digits on a 0 before the others is one of a code."""
_BEFORE: Final = 40


def dumps(norm: str) -> Iterator[tuple[int, int]]:
    """Give where lines stand that a program wrote: JSON, code, logs, values parted by commas."""
    begin = 0
    commas = 0
    for line in norm.split("\n"):
        here = line.count(",")
        if _MAYBE.search(line) and _DUMP.search(line):
            yield begin, begin + len(line)
        elif here > 1 and _CSV.fullmatch(line):
            cells = line.split(",")
            numbers = sum(1 for one in cells if _CSV_CELL.fullmatch(one))
            if (commas == here and numbers * 2 >= here) or numbers == len(cells):
                yield begin, begin + len(line)
        commas = here
        begin += len(line) + 1


def without_codes(norm: str, tokens: Sequence[Token]) -> list[Token]:
    """Take the value from telephones, codes and long lists of numbers that only name things."""
    for token in tokens:
        if _is_code(norm, token):
            token.form = "name"
    for some in _lists(norm, tokens):
        for token in some:
            token.form = "name"
    return list(tokens)


def _is_code(norm: str, token: Token) -> bool:
    """Whether a number without unit is a telephone or a code."""
    if token.unit or token.form != "cardinal" or token.end - token.start < _SHORT_CODE:
        return False
    text = norm[token.start : token.end]
    return text.isdigit() and (len(text) >= _LONG_NUMBER or text[0] == "0")


def _lists(norm: str, tokens: Sequence[Token]) -> list[list[Token]]:
    """Give long lists of bare numbers that name things."""
    found: list[list[Token]] = []
    run: list[Token] = []
    for token in tokens:
        joined = run and _LIST_SIGN.fullmatch(norm[run[-1].end : token.start])
        if not joined:
            if len(run) >= _LONG_LIST and _names_things(norm, run):
                found.append(run)
            run = []
        if token.form in ("cardinal", "name", "ordinal", "year") and (
            norm[token.start : token.end].isdigit() or run
        ):
            run.append(token)
        elif run:
            run = []
    if len(run) >= _LONG_LIST and _names_things(norm, run):
        found.append(run)
    return found


def _names_things(norm: str, run: Sequence[Token]) -> bool:
    digits = [norm[one.start : one.end] for one in run[:-1]]
    if not all(one.isdigit() for one in digits):
        return False
    values = [int(one) for one in digits]
    if all(second == first + 1 for first, second in pairwise(values)):
        return True
    start = run[0].start
    return run[-1].unit == "" and not _TELLS.search(norm, max(0, start - _BEFORE), start)
