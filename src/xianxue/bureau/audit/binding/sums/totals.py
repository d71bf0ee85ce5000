"""Totals told after their parts: «…480万元,…360万元,合计840万元», also over several sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.sums.items import Item
from xianxue.bureau.audit.binding.sums.openers import opened
from xianxue.bureau.audit.binding.sums.parting import Parting
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE, count_of
from xianxue.bureau.audit.reading.text import Reading

_SENTENCE: Final = re.compile(r"[。!?\n]")
_LONGEST: Final = 16
"""Parts before a total that are looked at."""
_LABEL: Final = 8
"""Characters of a label: 总计:8400人."""
_LEAST: Final = 2
_SEVERAL: Final = 3
"""So many like numbers in a row, and nothing else between them, are a list."""
_COUNTED: Final = re.compile(
    r"(?<![第0-9])([两二三四五六七八九十]|[0-9]{1,2})(?:大|项|类|个|者|部分|级|校|镇|乡|县|村|园|区|所|市|期|次|批|片|年|季度|个月|个年级)[^,;。]{0,6}$"
)
_ABOVE: Final = re.compile(
    r"^[^。!?\n]{0,4}[。;]?\n?(?:(?:以上|上述)[^。]{0,8}|共(?![有同建享])[^。,]{0,4})$"
)
_WHOSE: Final = frozenset({"中央", "地方", "省级", "市级", "县级"})
"""Whose money it is, not what it is: 中央财政赤字 is no part of 中央建设投资."""
_BACK: Final = re.compile("^(?:以上|上述|上列|前述|这)")
_PLACES: Final = tuple("镇乡村区县市校园院站组队街道部线片期批季度")
"""Ends of the names of places and times: beside others of its kind each is a part of all."""
_TURN: Final = re.compile("季度|[上下]半年|[0-9]月|第.[批期次轮]")
_WHOLE: Final = frozenset({"partition", "bands", "rest"})
_ALL: Final = frozenset({"partition", "bands", "rest", "most_values"})


class Totals:
    """Finds totals after their parts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._parting = lexicon.made(Parting)
        self._strong = re.compile(lexicon.any_of("grand", "grand_name"))
        self._named = re.compile(lexicon.any_of("grand_name"))
        self._added = re.compile(lexicon.any_of("added_up"))
        self._light = re.compile(rf"(?!{lexicon.any_of('no_opening')})(?:共|累计)")
        self._scope = re.compile(rf"(?:全年|年度|整个)?{lexicon.any_of('wider_scope')}|全年|整年")
        self._new = re.compile(rf"(?!{lexicon.any_of('carried')}){lexicon.any_of('new_time')}")

    def told(self, reading: Reading, items: Sequence[Item]) -> Iterator[Candidate]:
        """Give the totals of a row."""
        for at, total in enumerate(items):
            strong = bool(self._strong.search(_lead(total)) or self._added.search(total.gap))
            if at and "占" not in _lead(total) and (strong or self._light.search(_lead(total))):
                yield from self._total(reading, items, at, strong=strong)
            elif at and self._scope.match(_lead(total)):
                yield from self._of_scope(items, at)

    def _total(
        self, reading: Reading, items: Sequence[Item], at: int, *, strong: bool
    ) -> Iterator[Candidate]:
        total = items[at]
        number, at = self._number(reading, items, at)
        parts = self._before(items, at, total, number)
        if number and len(parts) >= number:
            parts = parts[len(parts) - number :]
        elif number:
            return
        if len(parts) < _LEAST or _unlike(total, parts):
            return
        core = _core(total, parts)
        core = "" if number and core == "other_core" else core
        piled = "累计" in _lead(total)
        if self._parting.crosses(_of(total), "".join(one.told for one in parts)):
            return  # 共有骨干教师260人 tells of some of them
        names = self._parting.cues(total, parts, "names")
        if "nameless" in names and core == "shared_core" and len({one.told for one in parts}) == 1:
            names = ()  # «东区,学校28所;南区,学校25所;共覆盖学校53所»
        named = self._named.search(_lead(total))
        whole = number or _WHOLE.intersection(names)
        if piled and not whole and not (_of_years(parts) or _in_turn(parts)):
            return  # 累计 may count from long before
        # 总数420名 alone, and 总投资 of 中央资金、省级资金、县级资金
        bare = (not core and (strong or whole)) or (strong and bool(_WHOLE.intersection(names)))
        # 学前386人、小学906人、…。共资助4443人: what was done is told once, with the total
        untold = _ALL.intersection(names) and not any(one.measure for one in parts)
        bare = bare or bool(untold)
        if core != "shared_core" and not bare and (named or not strong):
            return  # 银行业资产总额 is no total of what stands before it
        cues = ["total" if strong else "total_light", *([core] if core else []), *names]
        if number:
            cues.append("told_number")
        cues += self._of_row(items, at, parts, strong=strong)
        yield Candidate("sum", total.q, tuple(one.q for one in parts), tuple(cues))

    def _of_row(
        self, items: Sequence[Item], at: int, parts: Sequence[Item], *, strong: bool
    ) -> Iterator[str]:
        """Say what the row of parts tells: added up, several, all that stands before."""
        if self._added.search(items[at].gap):
            yield "added_up"
        if len(parts) >= _SEVERAL:
            yield "several"
            if strong and self._opens(items, at, parts):
                yield "all_before"

    def _opens(self, items: Sequence[Item], at: int, parts: Sequence[Item]) -> bool:
        """Whether parts are all that a sentence tells before its total."""
        first = items.index(parts[0])
        opens = not first or _SENTENCE.search(parts[0].gap)
        lone = all(one.q.size == 1 for one in parts)
        return bool(opens) and lone and at - first == len(parts)

    def _of_scope(self, items: Sequence[Item], at: int) -> Iterator[Candidate]:
        """Give a total told by its scope alone: 甲镇受灾45户,乙镇37户,丙镇18户,全县受灾100户."""
        total, parts = items[at], self._before(items, at, items[at])
        core, names = total.told, [one.told for one in parts]
        shares = [name[-_LEAST:] == core[-_LEAST:] and name != core for name in names]
        elided = not any(shares[1:]) and not any(one.measure for one in parts[1:])
        if len(parts) < _LEAST or len(core) < _LEAST or _unlike(total, parts):
            return
        if not self._opens(items, at, parts) or not shares[0] or not (all(shares) or elided):
            return
        cues = self._parting.cues(total, parts, "names")
        whole = bool(_WHOLE.intersection(cues))
        placed = all(name.removesuffix(core).endswith(_PLACES) for name in names if name != core)
        told = placed and all(core in name for name in names[:1]) and len(parts) >= _SEVERAL
        if not (whole or told) or len({*names}) < len(names):
            return  # 小学…,初中…,全县…: kindergartens are not told
        more = ["partition"] if whole else ["several"]
        terms = tuple(one.q for one in parts)
        yield Candidate("sum", total.q, terms, ("total_scope", "shared_core", *more))

    def _number(self, reading: Reading, items: Sequence[Item], at: int) -> tuple[int, int]:
        """Give how many parts a total says it has (三项合计), and where the parts end."""
        before = items[at - 1].q
        said = reading.norm[before.start : items[at].q.start]
        if before.dim in ("items", "sorts", "terms", "times", "things") and not re.search(
            "[,;。]", said
        ):
            return before.value // ONE, at - 1
        found = _COUNTED.search(_lead(items[at]))
        return (count_of(found[1]), at) if found else (0, at)

    def _before(self, items: Sequence[Item], at: int, total: Item, number: int = 0) -> list[Item]:
        """Give the like numbers before a total, back to where its list begins."""
        parts: list[Item] = []
        gap = items[at].gap
        if _ABOVE.search(gap):
            gap = ""  # «以上合计» begins a sentence of its own
        first = max(-1, at - 1 - _LONGEST)
        nested = _nested(items[first + 1 : at + 1])
        for back in range(at - 1, first, -1):
            one = items[back]
            if one.q.index in nested and parts and not number:
                break  # 房屋48620栋,其中城镇…;C级386栋、D级142栋,合计528栋
            if one.q.index in nested and not _SENTENCE.search(gap):
                gap = "" if opened(one.gap) else one.gap
                continue  # 招聘186人,其中研究生22人;…,三类合计
            if _SENTENCE.search(gap) or (parts and opened(gap)):
                break
            gap = one.gap
            if one.key[::2] != total.key[::2]:
                if one.damaged:
                    parts.append(one)
                continue
            if self._strong.search(_lead(one)):
                break
            parts.append(one)
            if self._new.search(gap):
                break
        return parts[::-1]


def _in_turn(parts: Sequence[Item]) -> bool:
    """Whether parts are of times in turn, what is counted told once: 一季度820人,二季度960人."""
    elided = not any(one.q.own for one in parts[1:])
    return elided and all(_TURN.search(one.q.lead) for one in parts)


def _of_years(parts: Sequence[Item]) -> bool:
    """Whether parts are a list of years: 三年分别为4256万元、4870万元、5124万元."""
    listed = len({one.q.run for one in parts}) == 1 and parts[0].q.size == len(parts)
    return listed and "年" in parts[0].q.lead


def _nested(items: Sequence[Item]) -> set[int]:
    """Give the parts of a part, where a semicolon ends what 其中 has begun before the total."""
    found: set[int] = set()
    inside: list[int] = []
    for one in items:
        if ";" in one.gap:
            found.update(inside)
        if ";" in one.gap or _SENTENCE.search(one.gap):
            inside = []
        if inside or opened(one.gap).lstrip(",") == "其中":
            inside.append(one.q.index)
    return found


def _lead(one: Item) -> str:
    """Give the words before a number; those before its colon where it stands behind one."""
    return one.q.lead or (one.gap[-_LABEL:] if one.gap[-1:] == ":" else "")


def _unlike(total: Item, parts: Sequence[Item]) -> bool:
    """Whether a total cannot be of these: «中小学98所,幼儿园57所。共发现隐患291处»."""
    other = total.q.unit not in {one.q.unit for one in parts}
    damaged = any(one.damaged for one in parts)
    return damaged or "each" in total.key or (other and total.q.dim == "institutions")


def _of(total: Item) -> str:
    """Give what a total is of; 以上 only points back."""
    return _BACK.sub("", total.told)


def _core(total: Item, parts: Sequence[Item]) -> str:
    """Say whether a total names what its parts name: 共招聘教师 of 新招聘幼儿教师."""
    of = _of(total)
    if not of:
        return ""
    first = parts[0].told
    deed, thing = of[:2], of[-2:]
    shared = (deed in first and deed not in _WHOSE) or all(thing in one.told for one in parts)
    return "shared_core" if shared else "other_core"
