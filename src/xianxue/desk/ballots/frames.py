"""Frames of a survey (抽样框) and lists of who was drawn: read from a table, written as a workbook.

Nothing of them is kept: they are read, and what was drawn is written where somebody asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from xianxue.bureau.ballots.calling import TERMS, Call, End
from xianxue.bureau.ballots.drawing import Drawn, Layer, Listed
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.returns.mapping.columns import Found, find_columns
from xianxue.desk.workspace import ComplaintsError

_PEOPLE: Final = (("学校", "类别", "编号"), ("school", "group", "id"))
_COUNTS: Final = (("学校", "类别", "人数"), ("school", "group", "people"))
CALLS: Final = ("学校", "类别", "次序", "主样本或替补", "编号", "结果")
FIRST, SPARE = "主样本", "替补"
MOST: Final = 1_000_000
"""People on a frame: more than a county has pupils and parents."""


def frame_in(path: Path, groups: Mapping[str, str]) -> list[Listed]:
    """Read a frame; ComplaintsError with each row that cannot be read.

    ``groups`` names groups by any word for them; empty where any word is one. A row is somebody
    with a number, or says how many there are: then their numbers are 1, 2, ….
    """
    found, counted = _table(path)
    issues: list[Issue] = []
    people: list[Listed] = []
    seen: set[tuple[str, ...]] = set()
    for row, cells in enumerate(found.rows):
        school, group, said = (one.strip() for one in cells)
        if not (school or group or said):
            continue
        at = (school, group) if counted else (school, group, said)
        wrong = _wrong(found, row, (school, group, said), groups, counted=counted)
        if wrong is None and at in seen:
            required = say("一校一类一行") if counted else say("一人一行")
            named = joined(" ", at)
            wrong = found.complain(row, 0, "B-TWICE", say("“{at}”写了两次", at=named), required)
        seen.add(at)
        if wrong is not None:
            issues.append(wrong)
            continue
        named_group = groups.get(group, group)
        numbers = map(str, range(1, int(said) + 1)) if counted else (said,)
        people += [Listed(school, named_group, number) for number in numbers]
        if len(people) > MOST:
            break
    if issues:
        raise ComplaintsError(issues)
    return people


def _table(path: Path) -> tuple[Found, bool]:
    complaint: ComplaintsError | None = None
    for names, counted in [*((one, False) for one in _PEOPLE), *((one, True) for one in _COUNTS)]:
        try:
            return find_columns(path, names), counted
        except ComplaintsError as error:
            complaint = complaint or error
    raise complaint or ComplaintsError([])


def _wrong(
    found: Found, row: int, said: tuple[str, str, str], groups: Mapping[str, str], *, counted: bool
) -> Issue | None:
    school, group, number = said
    if not school:
        return found.complain(row, 0, "B-SCHOOL", say("没有校名"), say("每行写明学校"))
    if groups and group not in groups:
        known = joined("、", sorted(set(groups.values())))
        saw, required = say("没有“{group}”这一类人", group=group), say("{known} 之一", known=known)
        return found.complain(row, 1, "B-GROUP", saw, required)
    if counted and not (number.isdecimal() and int(number) <= MOST):
        saw = say("人数写了“{text}”", text=number)
        return found.complain(row, 2, "B-MANY", saw, say("0 或正整数"))
    if not number:
        return found.complain(row, 2, "B-WHO", say("没有编号"), say("每人一个编号"))
    return None


def drawn_workbook(drawn: Sequence[Drawn], told: Sequence[tuple[str, str]]) -> bytes:
    """Write who was drawn, to be filled in with how each call ended, and how it was drawn."""
    rows = [
        (one.listed.school, one.listed.group, one.turn, SPARE if one.spare else FIRST,
         one.listed.who, "")
        for one in drawn
    ]  # fmt: skip
    ends = [(end, str(term)) for end, term in TERMS.items()]
    return write_lists([
        ("抽样名单", CALLS, rows),
        ("怎样抽的", ("项目", "内容"), told),
        ("结果怎样填", ("代号", "意思"), ends),
    ])  # fmt: skip


def calls_in(path: Path) -> list[Call]:
    """Read a list of who was drawn, with how calls ended; ComplaintsError with each fault."""
    found = find_columns(path, CALLS)
    words = {str(term): end for end, term in TERMS.items()} | {str(end): end for end in End}
    calls: list[Call] = []
    issues: list[Issue] = []
    seen: set[tuple[Layer, str]] = set()
    for row, cells in enumerate(found.rows):
        school, group, turn, kind, who, said = (one.strip() for one in cells)
        fault = _fault(turn, kind, said, words, twice=((school, group), turn) in seen)
        seen.add(((school, group), turn))
        if fault is not None:
            column, saw, required = fault
            issues.append(found.complain(row, column, "B-CALL", saw, required))
            continue
        drawn = Drawn(listed=Listed(school, group, who), turn=int(turn), spare=kind == SPARE)
        calls.append(Call(drawn=drawn, end=words.get(said) or words.get(said.upper())))
    if issues:
        raise ComplaintsError(issues)
    return calls


def _fault(
    turn: str, kind: str, said: str, words: Mapping[str, End], *, twice: bool
) -> tuple[int, Sentence, Sentence] | None:
    if not turn.isdecimal():
        return 2, say("次序写了“{said}”", said=turn), say("抽样时写的次序，不改")
    if twice:
        return 2, say("次序 {turn} 写了两次", turn=turn), say("抽样时写的次序，不改")
    if kind not in {FIRST, SPARE}:
        return 3, say("写了“{said}”", said=kind), say("抽样时写的“主样本”或“替补”，不改")
    if said and said not in words and said.upper() not in words:
        listed = joined("、", (say("{end} {term}", end=end, term=term)
                              for end, term in TERMS.items()))  # fmt: skip
        return 5, say("结果写了“{said}”", said=said), say("空着，或 {listed}", listed=listed)
    return None
