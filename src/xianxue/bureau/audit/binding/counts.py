"""Counts that are announced, and the list that tells their things.

«三项要求：一要…；二要…；三要…», «“三本台账”：甲台账、乙台账、丙台账», «甲、乙、丙三项制度».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.listing import (
    ITEM,
    MANY,
    MARKER,
    Listed,
    Marker,
    Markers,
    names_in,
)
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_FEW: Final = 2
_CLAUSE: Final = 160
"""Characters that a list of names takes at most."""
_TOLD: Final = frozenset(
    {"things", "items", "great", "aspects", "sorts", "strips", "pieces"}
    | {"books", "papers", "subjects", "teams", "named"}
)
_BEFORE: Final = _TOLD | {"institutions"}
_OPEN: Final = re.compile(
    r"[”\"]?[^。!?;:,()\n0-9]{0,20}(?P<open>:|\(|,?(?:包括|具体包括|具体是|具体为|分别包括|如下):|,?即:?|,?分别[是为]:?|——|[。,]|)"
)
_HEADING: Final = re.compile(r"[^。!?;:()0-9\n]{0,30}[。\n][>\s]{0,12}")
_BLANKS: Final = re.compile(r"\s{0,6}")
_ENDS: Final = re.compile(r"[。!?\n]")


class _Words:
    def __init__(self, lexicon: Lexicon) -> None:
        self.gained = re.compile(rf"(?:{lexicon.any_of('gained', 'in_all')})[了共有]?$")


def bind_counts(reading: Reading) -> Iterator[Candidate]:
    """Give every announced count with the list that tells its things."""
    words, listed = reading.lexicon.made(_Words), Markers(reading.norm)
    for one in reading.quantities:
        counted = one.form == "cardinal" or one.dim == "named"
        if not counted or one.about or one.cell or one.dim not in _BEFORE:
            continue
        if one.value % ONE or not _FEW * ONE <= one.value <= MANY * ONE:
            continue
        found = list(_after(reading, listed, one)) if one.dim in _TOLD else []
        yield from found or _before(reading, words, one)


def _counted(one: Quantity, count: int, *cues: str) -> Candidate:
    return Candidate("count", one, (), cues, count)


# ── listed behind ──


def _after(reading: Reading, listed: Markers, one: Quantity) -> Iterator[Candidate]:
    norm = reading.norm
    opened = _OPEN.match(norm, one.end)
    place = opened.end() if opened else one.end
    begin = _BLANKS.match(norm, place)
    at = begin.end() if begin else place
    if not MARKER.match(norm, at):
        heading = _HEADING.match(norm, one.end)
        if heading is not None and MARKER.match(norm, heading.end()):
            at = heading.end()
    if MARKER.match(norm, at) and at > one.end and one.dim != "named":
        yield from _marked(norm, listed, one, at)
    elif (
        opened is not None
        and opened["open"] not in ("", ",", "。")
        and not _is_one_of_several(reading, one, place)
    ):
        yield from _named(norm, one, place, opened["open"])


def _is_one_of_several(reading: Reading, one: Quantity, place: int) -> bool:
    """Whether another count is announced beside it: “三大高地”“五大战略”, 一室三科."""
    norm, after = reading.norm, one.index + 1
    if after < len(reading.quantities) and reading.quantities[after].start < place:
        return True
    return bool(_COUNT_BEFORE.search(norm, max(0, one.start - _NEAR), one.start))


_NEAR: Final = 10
_COUNT_BEFORE: Final = re.compile(
    r"(?:”“|[一二两三四五六七八九十][\u4e00-\u9fff]"
    r"|[0-9一二两三四五六七八九十][个所名项条大][\u4e00-\u9fff]{1,4}”?[、和]“?)$"
)


_FROM_BOTH: Final = re.compile(r"从[^,;。:]{2,30}(?:和|与|、)[^,;。:]{2,20}$")


def _marked(norm: str, listed: Markers, one: Quantity, at: int) -> Iterator[Candidate]:
    items, stated = listed.at(at), one.value // ONE
    if len(items) < _FEW or not norm[items[-1].end :][:_FEW].strip("。;、 \n"):
        return
    if _FROM_BOTH.search(norm, max(0, one.start - _CLAUSE), one.start):
        return  # 从增加供给和抑制需求两方面着手: they are told already
    if len(items) > stated and listed.value_before(at) == stated:
        return  # a list inside the third section: what follows may be the fourth
    short = not _ENDS.search(norm, items[0].start, items[-1].start)
    if len(items) < stated and not _is_closed(norm, listed, items[-1], short=short):
        return
    yield _counted(one, len(items), "announced", "marked" if short else "marked_at_length")


def _is_closed(norm: str, listed: Markers, last: Marker, *, short: bool) -> bool:
    """Whether nothing more can be listed: one sentence that ends, or another paragraph behind."""
    end = _ENDS.search(norm, last.end, last.end + ITEM)
    if end is None or norm[end.start() - 1] in "等…" or listed.goes_on(last):
        return False
    if short:
        return end[0] != "\n"
    line = norm.find("\n", end.start(), end.start() + ITEM)
    return line >= 0 and len(norm[line : line + _CLAUSE].strip()) > _FEW


def _named(norm: str, one: Quantity, place: int, sign: str) -> Iterator[Candidate]:
    if sign == "(" and norm[place - _FEW] in _PLACES:
        return
    text = norm[place : place + _CLAUSE]
    end = re.search(r"\)" if sign == "(" else r"[。!?;\n]", text)
    if end is None:
        return
    text = text[: end.start()]
    if _MORE.search(text):
        return
    if sign != "(" and "、" in text.split(",")[0]:
        text = text.split(",")[0]
    listed = names_in(text)
    if listed is None and sign != "(" and "," in text:
        listed = names_in(text, ",")
        if listed is not None and not _begin_alike(listed, one):
            listed = None
    if listed is None or _OTHER.search(text):
        return
    if re.search(rf"[0-9一二三四五六七八九十百千万]{re.escape(one.unit)}", text):
        return  # «26个:高考考点4个,中考考点22个» tells parts, not names
    yield from _both(one, listed, "names_alike")


_PLACES: Final = "省市县区乡镇村州旗盟"
"""Behind these a bracket names other kinds of places: 28个省(区、市)."""
_MORE: Final = re.compile(r"等|其[他它]|,(?:以及|还有|另有)")
_OTHER: Final = re.compile(r"[:;]|包括|有关|”[为是指]|[0-9一二三四五六七八九十]、")


def _both(one: Quantity, listed: Listed, *cues: str) -> Iterator[Candidate]:
    count = len(listed.names)
    yield _counted(one, count, "announced", *cues)
    if listed.joined and not (listed.ended or listed.even):
        # 和 may stand inside the last name, where nothing shows that it joins two.
        yield _counted(one, count - 1, "announced", *cues, "joined_name")


def _member(text: str, *, quoted: bool) -> tuple[str, ...]:
    """Say where a quoted count may be the last of the list itself: 低保、供养和残疾人“两项补贴”."""
    return ("last_member",) if quoted and re.search("(?:和|及|与)[^、和及与]{2,6}$", text) else ()


def _begin_alike(listed: Listed, one: Quantity) -> bool:
    noun = one.after.strip('“”"')[:2]
    return all(name.startswith(noun) for name in listed.names)


# ── listed before ──


_STOPS: Final = re.compile(r"[。!?;:,()\n]|以及|包括|落实好?|开展|其中")


def _before(reading: Reading, words: _Words, one: Quantity) -> Iterator[Candidate]:
    """Give the names right before a count: 引智、培训、科研三大工程."""
    norm = reading.norm
    text = norm[max(0, one.start - _CLAUSE) : one.start]
    unit = one.unit.removeprefix("个")
    noun = ((unit if len(unit) >= _FEW else "") + one.after).strip('“”"')[:2]
    text = text.replace("》《", "》、《")
    if "、" not in text or not noun:
        return
    quoted = text[-1:] in '“"'
    text = text.rstrip(' “"')
    at = max((found.end() for found in _STOPS.finditer(text)), default=0)
    text = text[at:]
    if text.endswith("等"):
        yield from _some(one, text.removesuffix("等"))
        return
    listed = names_in(text)
    if listed is not None and "、" not in text and not listed.ended:
        return
    if listed is None or words.gained.search(text) or _NO_NAMES.search(text):
        return
    schools = sum(name[-1] in "学园校院" for name in listed.names)
    if one.dim == "institutions" and not (schools > _FEW - 1 and text[-1] in "学园校院"):
        return
    if (
        (quoted and one.dim != "named" and len(listed.names) > _FEW)
        or listed.shared
        or listed.names[-1].endswith(noun)
        or listed.even
        or one.dim == "institutions"
    ):
        yield from _both(one, listed, "names_before", *_member(text, quoted=quoted))


def _some(one: Quantity, text: str) -> Iterator[Candidate]:
    """Give the names before «等9所»: they are some of them, or all."""
    listed = names_in(text)
    if listed is None or listed.joined or _NO_NAMES.search(text):
        return
    if listed.ended or listed.even:
        yield Candidate("some_listed", one, (), ("announced", "names_before"), len(listed.names))


_NO_NAMES: Final = re.compile(
    r"等|一套|一系列|[0-9]|[一二两三四五六七八九十](?:大|个|项|类|条)|(?:[的了、和达为至到有约近超]|突破)$"
)
