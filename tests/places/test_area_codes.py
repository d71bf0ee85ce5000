"""Forty years of real area codes, replayed as events: every renaming, merger and division.

The list gives years, so each change is dated 1 January. It gives successors within the country;
a register is one province's here, so what went to another province is closed without successor.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from xianxue.bureau.places.basis import basis
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.values.record import replace

CODE, NAME, PROVINCE, STATE = "代码", "名称", "一级行政区", "状态"
FROM, TO, AFTER = "启用时间", "变更/弃用时间", "新代码"
BEGIN, END = date(1982, 1, 1), date(2025, 1, 1)


@pytest.fixture(scope="module")
def provinces(request):
    """The list by province, each code's rows by year."""
    root = request.config.rootpath
    path = root.parent / "shared" / "data" / "area_codes_1980_2024.csv"
    if not path.is_file():
        pytest.skip("no ../shared/data/area_codes_1980_2024.csv: real codes are not here")
    found = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row[PROVINCE]][row[CODE]].append(row)
    for codes in found.values():
        for rows in codes.values():
            rows.sort(key=lambda row: int(row[FROM]))
    return found


def successors(row):
    """Year to the codes that this area, or a part of it, went over into."""
    found = defaultdict(list)
    for part in filter(None, row[AFTER].split(";")):
        code, year = re.fullmatch(r"(\d{6})(?:\[(\d{4})\])?", part).groups()
        found[int(year or row[TO])].append(code)
    return found


def becomes(codes, row):
    """What became of an area, or of a part of it: kind, year and codes."""
    found = successors(row)
    ends = int(row[TO]) if row[STATE] == "弃用" else None
    if ends is not None:
        found.setdefault(ends, [])
    for year, into in found.items():
        others = tuple(each for each in into if each != row[CODE] and each in codes)
        if year != ends and others:
            yield Kind.SPLIT, year, (row[CODE], *others)
        elif year == ends:
            several = Kind.SPLIT if len(others) > 1 else Kind.MERGED
            yield several if others else Kind.CLOSED, year, others


def told(codes):
    """The province at the beginning of the list, and its events since."""
    born = {code: int(rows[0][FROM]) for code, rows in codes.items()}
    steps = [
        (row, *step) for rows in codes.values() for row in rows for step in becomes(codes, row)
    ]
    sources = Counter(code for row, _, _, into in steps for code in {*into} - {row[CODE]})
    events, recoded = [], set()

    def tell(kind, year, code, into=(), name=""):
        day, line = date(int(year), 1, 1), len(events) + 2
        events.append(Event(kind=kind, day=day, codes=(code,), into=into, name=name, line=line))

    for row, kind, year, into in steps:
        if kind is Kind.MERGED and born[into[0]] == year and sources[into[0]] == 1:
            name = codes[into[0]][0][NAME]
            recoded.add(into[0])
            tell(Kind.RECODED, year, row[CODE], into, name if name != row[NAME] else "")
        else:
            tell(kind, year, row[CODE], into)
    for code, rows in codes.items():
        for row, later in pairwise(rows):
            if later[NAME] != row[NAME]:
                tell(Kind.RENAMED, later[FROM], code, name=later[NAME])
    first = min(born.values())
    base = [code for code in codes if born[code] == first]
    for code in codes.keys() - {*base} - recoded:
        tell(Kind.OPENED, born[code], code, name=codes[code][0][NAME])
    areas = [Place(code=code, name=codes[code][0][NAME], level="county") for code in base]
    return Register.of(areas), events


def test_every_province_is_replayed_without_a_complaint(provinces):
    """And ends with the codes in use and their names, in the list's own words."""
    kinds = Counter()
    for province, codes in provinces.items():
        register, events = told(codes)
        after = replay(register, events)
        assert after.faults == (), province
        living = {place.code: place.name for place in after.register if place.open_on(END)}
        last = [rows[-1] for rows in codes.values()]
        assert living == {row[CODE]: row[NAME] for row in last if row[STATE] == "在用"}, province
        kinds.update(event.kind for event in events)
    assert min(kinds[kind] for kind in (Kind.RECODED, Kind.SPLIT, Kind.MERGED, Kind.RENAMED)) > 100


def test_one_province_by_hand(provinces):
    """青海: 湟中 changed its code twice, 大通 its name, 郊区 was divided among four districts."""
    register, events = told(provinces["青海省"])
    after = replay(register, events).register
    found = basis(after, BEGIN, END)

    assert found.code_of("632124") == "630106"
    assert found.ways["632124"].since == date(1999, 1, 1)
    assert after["630106"].name == "湟中区"
    assert after["630121"].name_on(date(1984, 12, 31)) == "大通县"
    assert after["630121"].name_on(date(1985, 1, 1)) == "大通回族土族自治县"
    # 632802 德令哈市 came of a part of 乌兰 (and of the prefecture) in 1988.
    assert not found.comparable("632821")
    assert found.comparable("632124")
    suburb = basis(after, date(1984, 1, 1), END)
    assert suburb.ways["630111"].codes == ("630102", "630103", "630104", "630105")
    assert not suburb.comparable("630111")


def test_entered_in_any_order_it_comes_to_the_same(provinces):
    register, events = told(provinces["四川省"])
    numbered = [replace(event, line=number) for number, event in enumerate(events[::-1], 2)]

    assert replay(register, numbered).register == replay(register, events).register
