"""Parts told after their whole: 其中, 包括, 分为, a colon, a bracket, or names that part it.

A list of parts ends where its bracket or sentence ends, at another measure, another deed with its
own object, a total. It is complete where its names or its form say so; else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.sums.found import Found
from xianxue.bureau.audit.binding.sums.items import Item
from xianxue.bureau.audit.binding.sums.openers import (
    like,
    opened,
    other_year,
    shape_of,
    shares_of,
    vetoes,
)
from xianxue.bureau.audit.binding.sums.parting import KINDS, RESTS, Parting
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE, count_of
from xianxue.bureau.audit.reading.text import Reading

_SENTENCE: Final = re.compile(r"[。!?\n]")
_ETC: Final = re.compile(
    r"^[^,。;、]{0,3}(?:等|、[^,。;0-9]{1,12}[0-9]|[,;](?:其余|其他|其它|还有)[^0-9]{0,8}$)"
)
_LAST: Final = re.compile(r"^(?:和|及|以及|与)")
_TELLING: Final = frozenset({"partition", "bands", "rest", "to_the_end", "told_number"})
"""Only such names make parts of what no word calls parts."""
_APART: Final = frozenset({"one_axis", "most_values", "bands_apart", "two_stages"})
"""Such parts never overlap: together they are no more than their whole."""
_NEXT: Final = re.compile(
    r"(?:[^。!?;\n占]{0,24}%)?。(?:[分按从][^。,]{1,8}[看分],)?[^。!?;,\n]{1,12}"
)
"""Between a whole that ends its sentence and the first of its parts."""
_END: Final = re.compile(r"[^,;。、]{0,4}(?:[。\n]|$)")
_YEARS: Final = re.compile("(?<![第十])([两二三四五])年(?!级)")
_MANY: Final = 6
"""So many parts are told to be all there are."""
_OPEN_NAMES: Final = frozenset({"crosscut", "nameless", "steps", "overlap", "narrowed"})
_NEAR: Final = 8
"""Parts before 其他 that no word calls parts, at most, and 其他 itself."""
_FEW: Final = 2
_PARTED: Final = re.compile("[,。][按从分]")
_AMONG: Final = frozenset({"其中", "当中", "这当中"})
"""What stands behind these is a part, whatever it is."""
_HOLDS: Final = "含"
"""«350人(含分校80人、往届60人)»: a bracket that says what is counted too lists no parts."""
_WHOLES: Final = 5
"""Numbers before 其中 that may be its whole."""
_KINDS_COUNTED: Final = frozenset({"institutions", "things", "items", "sorts", "great", "bodies"})
"""What parts are counted in, where it is said how many they are."""
_LONGEST: Final = 16
"""Parts of a list told in words."""


class Lists:
    """Finds lists of parts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._parting = lexicon.made(Parting)
        self._total = re.compile(rf"{lexicon.any_of('grand')}")
        self._counted = re.compile(rf"(?<!公){lexicon.any_of('counted')}")
        some = lexicon.any_of("counted", "grand_name", "register", "whole_scope")
        self._scope = re.compile(rf"(?<!公){some}")
        self._left = re.compile(f"[,;]{lexicon.any_of('left_over')}")
        self._summed = re.compile(rf"(?:{lexicon.any_of('grand')}|(?<!公)共)(?:有|为|是|达|达到)?$")
        self._spent = re.compile(lexicon.any_of("spent_on"))
        self._outside = re.compile(lexicon.any_of("outside", "new_time"))
        self._deed = re.compile(rf"^{lexicon.any_of('deed')}")
        self._again = re.compile(rf"{lexicon.any_of('grand')}|累计|共")
        self._broad = re.compile(f"{lexicon.any_of('broad')}$")
        self._total_of = re.compile(
            rf"{lexicon.any_of('grand_name')}|总(?:费用|成本|人口|造价|面积)"
        )
        self._staff = re.compile(lexicon.any_of("staff"))
        self._pupils = re.compile(lexicon.any_of("pupils"))
        self._extent = re.compile(rf"{lexicon.any_of('extent')}(?:约|为|达|是)?$")

    def told(
        self, reading: Reading, items: Sequence[Item], owner: Item | None
    ) -> Iterator[Candidate]:
        """Give the sums of a row; in a bracket the number before it is the whole."""
        parts: set[int] = set()
        for at, one in enumerate(items):
            shape = shape_of(reading, one) if at or owner else ()
            parted = at == 1 and _PARTED.search(one.gap)
            if shape[:1] == ("namely",) and _SENTENCE.search(one.gap) and not parted:
                continue  # «…461万元。…按标准的50%发放,即小学500元»: of what its own sentence says
            if shape:
                shape = (*shape, *_either(items, at))
                if owner and not at and shape[0] == "among":
                    shape = ("bracket", *shape[1:])
                wholes = [owner] if owner else self._wholes(items, at)
                parts.update(each.q.index for each in self._collect(items, at, wholes).all)
                yield from self._list(reading, items, at, wholes, shape)
        if not owner:
            yield from self._plain(reading, items, parts)
        elif items and not parts:
            found = self._list(reading, items, 0, [owner], ("bracket",))
            whole = not items[0].q.lead.startswith(_HOLDS)
            whole = whole or all(self._parting.bare(one.told) for one in items)
            yield from found if whole else ()

    def _wholes(self, items: Sequence[Item], at: int) -> list[Item]:
        """Give the numbers a list may be of: those of its sentence before it, the last first."""
        made: list[Item] = []
        crossed = bool(_SENTENCE.search(items[at].gap))
        for back in range(at - 1, max(-1, at - 1 - _WHOLES), -1):
            against = [one for one in items[max(0, back - 1) : back + 1] if one.q.since]
            apart = any(sign in items[back].gap for sign in ",;。")
            one = items[back]
            done = one.q.after == "的" and items[back + 1].q.index > one.q.index + 1
            if done:
                continue  # 完成预算3180万元的101.9%
            grown = one.q.role == "delta" and one.q.since and items[at].q.role != "delta"
            if not grown and not any(
                one.q.prior and (one is items[back] or not apart) for one in against
            ):
                made.append(items[back])  # neither «比86人» nor the difference told behind it
            gap = items[back].gap
            if _SENTENCE.search(gap) or ";" in gap or "其中" in gap or crossed:
                break
        return made

    def _plain(
        self, reading: Reading, items: Sequence[Item], known: set[int]
    ) -> Iterator[Candidate]:
        """Find parts without a word for them: the names alone part the whole."""
        of: dict[int, Item] = {}
        rests = {at for at, one in enumerate(items) if one.told.startswith(RESTS)}
        for at in range(1, len(items) - 1):
            first = items[at]
            rest = any(place in rests for place in range(at + 1, at + _NEAR))
            if rest and _SENTENCE.search(first.gap) and not opened(first.gap):
                yield from self._of_total(reading, items, at)
            whole = of.get(items[at - 1].q.index, items[at - 1])
            if whole.gap[:1] == "、" or "either" in _either(items, at):
                continue  # itself one of a list
            if not self._may_follow(whole, first, known):
                continue
            before = items[at - 2].told if at > 1 else ""
            if whole is items[at - 1] and before and self._parting.akin(before, whole.told):
                continue  # «男生…、女生…;省内…、省外…»: it is itself a part
            found = self._collect(items, at)
            parts = found.group(first)
            if len(parts) < _FEW or self._are_summed(items, at + len(parts)):
                continue
            shape = ["plain", *found.shape(parts, [whole])]
            if _END.match(reading.norm, parts[-1].q.end) and self._tells_all(whole, parts):
                shape.append("to_the_end")
                shape += ["generic"] if self._generic(whole) else []
            for candidate in self._sum(reading, whole, parts, shape, parts):
                counted = "counted" in candidate.cues
                telling = _TELLING | {"most_values"} if counted else _TELLING
                told = telling.intersection(candidate.cues)
                if told and ("rest" not in told or self._is_rest_of(whole, parts)):
                    of.update((one.q.index, whole) for one in parts)
                    yield candidate

    def _plainly_named(self, part: Item) -> bool:
        """Whether a number is told by a name of its own, and no deed or total stands in it."""
        deed = self._deed.match(part.name) or self._again.search(part.q.lead)
        return bool(part.q.own) and not deed

    def _generic(self, whole: Item) -> bool:
        """Whether a number's name is one for many kinds: 医疗机构, 总费用."""
        return bool(self._broad.search(whole.told))

    def _kind(self, part: Item) -> bool:
        return part.name.endswith(KINDS)

    def _tells_all(self, whole: Item, parts: Sequence[Item]) -> bool:
        """Whether a list that goes to the end of its sentence is told as all of a number."""
        if all(self._spent.match(one.q.lead) for one in parts):
            return True
        if len(parts) < _MANY // 2 or not all(map(self._plainly_named, parts)):
            return False
        alike = all(whole.told[-2:] == one.told[-2:] for one in parts)
        # 总费用1200元,床位费…,药费…,检查费…
        summed = (
            self._total_of.search(whole.q.lead)
            and len({one.told[-1:] for one in [whole, *parts]}) == 1
        )
        broad = (self._generic(whole) and not alike) or summed
        return broad or bool(self._summed.search(whole.q.lead)) or all(map(self._kind, parts))

    def _may_follow(self, whole: Item, first: Item, known: set[int]) -> bool:
        """Whether a number may be the first part of the one before, which no word says."""
        gap = first.gap
        return (
            like(whole, first)
            and whole.q.index not in known
            and whole.q.size == 1
            and not whole.q.about
            and gap[:1] != "、"
            and not opened(gap)
            and not (_SENTENCE.search(gap) and (opened(whole.gap) or not _NEXT.fullmatch(gap)))
            and not self._parting.akin(whole.told, first.told)
            and not self._other_people(whole, first)
        )

    def _are_summed(self, items: Sequence[Item], place: int) -> bool:
        """Whether the number behind a list is the total of all that stands before it."""
        gap = items[place].gap if place < len(items) else ""
        return bool(self._total.search(gap)) and not _SENTENCE.search(gap)

    def _is_rest_of(self, whole: Item, parts: Sequence[Item]) -> bool:
        """Whether 其他 is the rest of a number, which is not itself the first of the list.

        «支出300万元,人员支出…,其他支出…», «作品340件,小学组…,其余…»; not «增值税…,契税…,其他税种».
        """
        rest = parts[-1].told
        if ";" in parts[0].gap:
            return False
        bare = rest in RESTS and whole.told[-1:] != parts[0].told[-1:]
        return bare or whole.told in rest or bool(self._scope.search(whole.q.lead))

    def _of_total(self, reading: Reading, items: Sequence[Item], at: int) -> Iterator[Candidate]:
        """Find the parts of a total told sentences before: «总投入…。学前…;…;其他教育…»."""
        found = self._collect(items, at)
        parts = found.group(items[at])
        if len(parts) <= _FEW or not parts[-1].name.startswith(RESTS):
            return
        for whole in items[max(0, at - _WHOLES) : at][::-1]:
            if whole.key == items[at].key and "总" in whole.name:
                yield from self._sum(reading, whole, parts, ("plain", "itemised"), parts)
                return

    def _list(
        self,
        reading: Reading,
        items: Sequence[Item],
        at: int,
        wholes: Sequence[Item],
        shape: Sequence[str],
    ) -> Iterator[Candidate]:
        found = self._collect(items, at, wholes)
        for first, some in found.groups.values():
            mine = [one for one in wholes if found.is_of(first, one)]
            whole = self._whole_of(first, mine, alone=len(found.groups) == 1)
            if whole is None or "each" in whole.key or whole.damaged:
                continue
            if any(one.key == whole.key and _other_time(whole, one) for one in mine):
                continue  # the parts may be of either year, or of both
            if len(some) > 1 or "made_of" in shape:
                near = whole is wholes[0] or any(like(wholes[0], one) for one in found.all)
                shapes = (*shape, *found.shape(some, wholes), *(() if near else ("not_next",)))
                yield from self._sum(reading, whole, some, shapes, found.named(some))
            others = [one for one in mine if one is not whole and like(one, first)]
            joined = _LAST.match(whole.gap)  # 甲班90人和乙班60人。其中…: of which?
            sole = not joined and (not others or whole.told[-2:] in first.told)
            other = self._parting.akin(whole.told, first.told)
            other = other and not whole.told.endswith("阶段")  # 高中阶段,其中中职
            if (
                opened(first.gap).lstrip(",") in _AMONG
                and whole.key == first.key
                and sole
                and not other
                and not (whole.q.reached and whole.q.sign < 0)  # 压减至9家,其中注销52家
            ):
                yield Candidate("at_most", first.q, (whole.q,), ("within",))

    def _whole_of(self, first: Item, wholes: Sequence[Item], *, alone: bool) -> Item | None:
        near = [one for one in wholes if like(one, first)]
        if not near and alone and not first.key[2]:
            # «增加300人,其中小学200人、初中100人»: the parts of a change are told as amounts.
            near = [one for one in wholes if one.key[:2] == first.key[:2] and "each" not in one.key]
        same = [one for one in near if first.measure and one.measure == first.measure]
        for one in same or near:
            if not self._other_people(one, first):
                return one
        return None

    def _other_people(self, one: Item, other: Item) -> bool:
        """Whether one counts pupils and the other staff."""
        first, second = (
            f"{each.name}{each.measure}".replace("幼儿园", "园") for each in (one, other)
        )
        return bool(
            (
                self._staff.search(first)
                and self._pupils.search(second)
                and not self._staff.search(second)
            )
            or (
                self._pupils.search(first)
                and self._staff.search(second)
                and not self._staff.search(first)
            )
        )

    def _collect(self, items: Sequence[Item], at: int, wholes: Sequence[Item] = ()) -> Found:
        """Give what a list holds from its first number on."""
        first = items[at]
        found = Found(items[at : at + _WHOLES], wholes)
        nested = False
        for place in range(at + 1, min(at + _LONGEST, len(items))):
            one = items[place]
            if one.q.after == "的" or ("each" in one.key and "each" not in first.key):
                continue  # 完成预算32万元的89%, 每人次1000元: told of the part before
            semicolon, again = ";" in one.gap, found.again(one)
            if self._ends(first, one, wholes) or (
                semicolon and not self._goes_on(items, at, place, found)
            ):
                break
            nested = nested and not semicolon
            if again and len(found.group(one)) > 1 and self._parting.ends(found.group(one), one):
                break
            if again and found.apart is None:
                found.apart = semicolon
            if opened(one.gap):
                nested = True
            if not nested and not found.take(one, again=again):
                break
        return found

    def _goes_on(self, items: Sequence[Item], at: int, place: int, found: Found) -> bool:
        """Whether a semicolon leads to the next part, not to what is told after the list."""
        first, one = items[at], items[place]
        if found.apart is not None or not found.again(one):
            return bool(found.apart)
        ahead = any(each.told.startswith(RESTS) for each in items[place : place + _NEAR])
        return (
            (ahead and "其中" not in first.gap)
            or ":" in first.gap
            or "(" in first.gap
            or opened(first.gap)[:1] == ","
            or self._parting.akin(first.told, one.told)
        )

    def _ends(self, first: Item, one: Item, wholes: Sequence[Item]) -> bool:
        gap = one.gap
        # «新建24万平方米、其中教学楼9万平方米,维修31万平方米»
        after = "、其中" in first.gap and "," in gap
        left = self._left.match(gap) and not any(word in first.told for word in ("收入", "结转"))
        stopped = _SENTENCE.search(gap) or self._total.search(gap) or self._outside.search(gap)
        stopped = stopped or left
        akin = self._parting.akin
        over = ";" in gap and any(akin(of.told, one.told) for of in wholes[:1])
        kindred = akin(first.told, one.told) and not over  # 公路…,其中高速公路…;铁路…
        # 总投资4.56亿元,其中续建项目11个,投资1.86亿元: told of the parts as of the whole
        told = any(one.key == of.key and one.name in of.told for of in wholes)
        deed = self._deed.match(one.name) and not self._deed.match(first.name)
        deed = deed and not kindred and not told
        # «在校生226人,其中:小学226人;义务教育在校生226人»: told anew
        same = any(of.measure == one.measure != "" for of in wholes[:1])
        anew = ";" in gap and same and not first.measure
        if after or stopped or deed or anew:
            return True
        near = [of.told for of in wholes if of.key == one.key][:1]
        if not near and one.key == first.key and self._other_people(first, one):
            return True
        return any(akin(of, one.told) and not akin(of, first.told) for of in near if not kindred)

    def _sum(
        self,
        reading: Reading,
        whole: Item,
        parts: Sequence[Item],
        shape: Sequence[str],
        heads: Sequence[Item],
    ) -> Iterator[Candidate]:
        quoted = reading.norm[whole.q.start - 1 : whole.q.start] in ("“", '"')
        if quoted or any(one.damaged or "each" in one.key for one in parts):
            return  # “三个全覆盖” is a name
        if any(self._extent.search(one.told) for one in parts):
            return  # «公路12公里(路基宽8米,时速40公里)»
        names = self._parting.cues(whole, heads, vetoes(shape))
        apart = _APART.intersection(names) and "plain" not in shape
        if apart and not other_year(whole, parts[0]):
            terms = tuple(one.q for one in parts)
            yield Candidate("parts_within", whole.q, terms, ("within", "values_apart"))
        behind = reading.norm[parts[-1].q.end : parts[-1].q.end + 8]
        told = {
            "counted": self._counted.search(whole.gap[-12:]),
            "told_number": _of_years(whole, parts) or _of_so_many(reading, whole, parts),
            "and_so_on": _ETC.match(behind),
            "other_year": other_year(whole, parts[0]),
            "unlike": shape[0] == "bracket" and not names and self._are_unlike(heads),
            "many": len(parts) >= _MANY and not _OPEN_NAMES.intersection(names),
        }
        cues = [*shape, *names, *(cue for cue, seen in told.items() if seen)]
        if "including" in shape and len(parts) >= _MANY // 2 and not told["and_so_on"]:
            cues += ["listed_out"] if _END.match(reading.norm, parts[-1].q.end) else []
        shares = shares_of(reading, parts)
        cues += [shares] if shares else []
        yield Candidate("sum", whole.q, tuple(one.q for one in parts), tuple(cues))

    def _are_unlike(self, pair: Sequence[Item]) -> bool:
        """Whether two names tell two things: of 乡村162人、助理8人, where some are, what others."""
        return len(pair) == _FEW and any(self._parting.value(one.told) for one in pair)


def _either(items: Sequence[Item], at: int) -> Iterator[str]:
    """Say where parts of a sentence of their own may be of either of two numbers before it.

    «排查2418起,调处2364起。其中…»
    """
    two = items[max(0, at - 2) : at]
    if len(two) < _FEW or not _SENTENCE.search(items[at].gap) or _SENTENCE.search(two[-1].gap):
        return
    if like(*two[:2]) and like(two[-1], items[at]) and not opened(two[-1].gap):
        yield "either"


def _other_time(one: Item, other: Item) -> bool:
    return other_year(one, other) or one.q.prior != other.q.prior


def _of_so_many(reading: Reading, whole: Item, parts: Sequence[Item]) -> bool:
    """Whether it is said how many parts there are: 五个专业部3012人,其中…; 由三家公司经营,其中…."""
    last = parts[-1].q.index
    near = [
        *reading.quantities[max(0, whole.q.index - 1) : parts[0].q.index],
        # 三项合计占 tells of some of them.
        *(one for one in reading.quantities[last + 1 : last + 2] if "," not in one.stop),
    ]
    return len(parts) > _FEW and any(
        one.dim in _KINDS_COUNTED and one.value == len(parts) * ONE and one is not whole.q
        for one in near
        if one.paragraph == whole.q.paragraph and not one.cell and one.form == "cardinal"
    )


def _of_years(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether parts are of so many years as are told: 三年投入2.4亿元,其中2022年…、2023年…、…."""
    years = _YEARS.search(whole.q.lead)
    told = {one.q.year for one in parts} - {0}
    return years is not None and len(told) == len(parts) == count_of(years[1])
