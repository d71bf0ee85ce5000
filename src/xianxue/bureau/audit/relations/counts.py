"""Counts announced and listed: «三项制度» after three names, «五个方面» before 一是 … 五是."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE, han
from xianxue.bureau.values.record import Record

_FEW: Final = 2
_MANY: Final = 30
_NEAR: Final = 400
"""Characters after an announced count within which its list begins."""
_CLAUSE: Final = 120
_TITLE: Final = 40
_PAGES: Final = 60_000
"""Characters within which numbered titles are looked for."""

_UNITS: Final = frozenset(
    {
        "个",
        "项",
        "大",
        "条",
        "种",
        "类",
        "件",
        "次",
        "所",
        "名",
        "个方面",
        "方面",
        "篇",
        "位",
        "处",
        "家",
        "场",
        "点",
        "个环节",
        "个重点",
        "批",
        "支",
    }
)
_NUMERAL: Final = "一二三四五六七八九十"
_MARKER = re.compile(
    rf"(?P<shi>[{_NUMERAL}]{{1,3}})(?:是|要)"
    rf"|第(?P<di>[{_NUMERAL}]{{1,3}})[、,是:]"
    r"|\((?P<arabic>[0-9]{1,2})\)"
    rf"|\((?P<bracket>[{_NUMERAL}]{{1,3}})\)"
    rf"|(?:^|(?<=[\n。;:> ]))(?P<section>[{_NUMERAL}]{{1,3}})、"
    r"|(?P<circled>[①-⑳])"
)
_QUOTED = re.compile(r"[“\"]([两二三四五六七八九十]{1,2})[个大项条]?[\u4e00-\u9fff]{1,4}[”\"]")
_BEFORE_SHI: Final = frozenset("\n。;:,!?> )”》、")
_AND = re.compile(r"和|及|与|以及|、")
_LIST_STOPS: Final = ("。", ",", ";", ":", "\n", "!", "?", "(", ")", "以及", "包括", "落实", "开展")


class Run(Record):
    """Markers of one kind counted from one on."""

    start: int
    end: int
    count: int


def runs(norm: str) -> list[Run]:
    """Find every run of markers 1, 2, 3 … of one kind, in the order they begin.

    >>> [run.count for run in runs("一是学;二是做;三是改。第一、看;第二、想。")]
    [3, 2]
    """
    open_runs: dict[str, tuple[int, int, int]] = {}
    found: list[Run] = []
    for marker in _MARKER.finditer(norm):
        kind = str(marker.lastgroup)
        start = marker.start()
        if kind == "shi" and start and norm[start - 1] not in _BEFORE_SHI:
            continue
        value = _marker_value(kind, marker[kind])
        held = open_runs.get(kind)
        if value == 1:
            if held is not None:
                found.append(Run(*held))
            open_runs[kind] = (start, marker.end(), 1)
        elif held is not None and value == held[2] + 1:
            open_runs[kind] = (held[0], marker.end(), value)
    found += [Run(*held) for held in open_runs.values()]
    return sorted((run for run in found if run.count >= _FEW), key=lambda run: run.start)


def _marker_value(kind: str, text: str) -> int:
    if kind == "circled":
        return ord(text) - ord("①") + 1
    if kind == "arabic":
        return int(text)
    reading = han(text)
    return reading.value // ONE if reading else 0


def items(text: str) -> set[int]:
    """Count the things listed in a phrase, in every sensible way.

    >>> sorted(items("教师配备、课堂提升和特长培养"))
    [2, 3]
    >>> items("信心、用心、精心")
    {3}
    """
    names = text.count("、") + 1
    last = text.rsplit("、", 1)[-1]
    found = {names}
    joints = len(re.findall("以及|和|及|与", last))
    if joints:
        found.add(names + joints)
        found.add(names + 1)
    return found


def judge_counts(ledger: Ledger) -> None:
    """Judge every announced count against the list that stands beside it."""
    norm = ledger.norm
    listed = runs(norm)
    starts = [run.start for run in listed]
    for mention in ledger.mentions:
        value = mention.value // ONE
        if (
            mention.form != "cardinal"
            or mention.about
            or not _FEW <= value <= _MANY
            or mention.value % ONE
        ):
            continue
        if mention.unit not in _UNITS or ledger.is_proven("sum", mention):
            continue
        if _before(ledger, mention, value) or _in_brackets(ledger, mention, value, mention.end):
            continue
        if mention.unit == "次" and _dates_before(ledger, mention, value):
            continue
        if mention.unit == "篇" and _titles(ledger, mention, value):
            continue
        _markers(ledger, mention, value, listed, starts)


def _prove(ledger: Ledger, mention: Mention, value: int, where: str) -> bool:
    ledger.prove(
        "count",
        "exact",
        mention,
        (),
        f"文中说{ledger.text(mention)}，{where}正好{value}项。",
        (value * ONE, value * ONE),
    )
    return True


def _before(ledger: Ledger, mention: Mention, value: int) -> bool:
    """Count the names right before: 引智、培训、科研三大工程."""
    norm = ledger.norm
    begin = max(0, mention.start - _CLAUSE)
    text = norm[begin : mention.start].rstrip(' “"')
    at = max(text.rfind(stop) + len(stop) if text.rfind(stop) >= 0 else 0 for stop in _LIST_STOPS)
    text = text[at:]
    if text.endswith("等"):
        names = text[:-1].count("、") + 1
        if _FEW <= names <= value:
            ledger.prove(
                "count",
                "exact",
                mention,
                (),
                f"“等{ledger.text(mention)}”之前列出{names}项，不多于{value}。",
                (names * ONE, value * ONE),
            )
            return True
        return False
    if not _AND.search(text):
        return False
    return value in items(text) and _prove(ledger, mention, value, "之前列出的")


def _in_brackets(ledger: Ledger, mention: Mention, value: int, end: int) -> bool:
    """Count what stands in brackets or after a colon right behind: 三大攻坚战(甲、乙、丙)."""
    norm = ledger.norm
    opens = norm.find("(", end, end + 12)
    if opens < 0 or any(one in norm[end:opens] for one in ",。;、"):
        return False
    closes = norm.find(")", opens, opens + _CLAUSE * 2)
    if closes < 0:
        return False
    text = norm[opens + 1 : closes]
    if any(one.isdigit() for one in text):
        return False
    counted = items(text)
    counted.update(text.count(sign) + 1 for sign in ",;" if sign in text)
    if value in counted:
        return _prove(ledger, mention, value, "括号里列出的")
    return False


def _dates_before(ledger: Ledger, mention: Mention, value: int) -> bool:
    """Count the days before «三次»: 12月14日、16日和2月1日,三次组织."""
    days = 0
    for back in range(mention.index - 1, max(-1, mention.index - 20), -1):
        one = ledger.mentions[back]
        if one.sent != mention.sent:
            break
        if one.form == "date" and ledger.norm[one.end - 1] in "日号":
            days += 1
    return days == value and _prove(ledger, mention, value, "之前列出的日期")


def _titles(ledger: Ledger, mention: Mention, value: int) -> bool:
    """Count numbered titles: «工作总结3篇» over «工作总结1», «工作总结2», «工作总结3»."""
    norm = ledger.norm
    begin = norm.rfind("\n", 0, mention.start) + 1
    title = norm[max(begin, mention.start - _TITLE) : mention.start].strip()
    if not title:
        return False
    numbers = {
        found[1]
        for found in re.finditer(
            re.escape(title[-12:]) + r"([0-9]{1,2})(?=\n| )",
            norm[mention.end : mention.end + _PAGES],
        )
    }
    return len(numbers) == value and _prove(ledger, mention, value, "之后的标题")


def _markers(
    ledger: Ledger, mention: Mention, value: int, listed: list[Run], starts: list[int]
) -> None:
    """Count the markers that follow: 一是, 二是, 三是."""
    at = bisect_left(starts, mention.end)
    near = [run for run in listed[at : at + 3] if run.start - mention.end <= _NEAR]
    for run in near:
        if run.count == value:
            _prove(ledger, mention, value, "之后列出的")
            return
    if not near or mention.unit not in ("个方面", "方面"):
        return
    run = near[0]
    between = ledger.norm[mention.end : run.start]
    if len(between) <= _TITLE and (
        "以下" in mention.gap[-8:] or "如下" in between or "主要" in mention.gap[-16:]
    ):
        ledger.refute(
            Finding(
                "remark",
                "count",
                mention,
                (),
                f"文中说{ledger.text(mention)}，之后只列出{run.count}项。",
                run.count * ONE,
                run.count * ONE,
                "核对项数；也可能是文本不全。",
            )
        )


def judge_quoted(ledger: Ledger) -> None:
    """Judge «“五好”(教得好、学得好、管得好、写得好、讲得好)» and «生活化、…、传统化“四化”»."""
    norm = ledger.norm
    for found in _QUOTED.finditer(norm):
        reading = han(found[1])
        if reading is None or reading.about:
            continue
        value = reading.value // ONE
        if not _FEW <= value <= _MANY:
            continue
        mention = Mention(found.start(1), found.end(1), "cardinal")
        mention.value = mention.low = mention.high = reading.value
        mention.step, mention.index = ONE, -1 - found.start()
        mention.unit = ""
        if not _before(ledger, mention, value):
            _in_brackets(ledger, mention, value, found.end())
