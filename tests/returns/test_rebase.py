"""Returns of merged schools, joined by hand and by law: nothing is lost and nothing is added."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.kinds.asked import asked
from xianxue.bureau.places.basis import basis
from xianxue.bureau.places.events import Becomes, Event, Kind
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.rebased import Spot
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.rebase import rebase
from xianxue.bureau.values.missing import Missing, total
from xianxue.bureau.values.record import replace

START, LATER = date(2025, 9, 1), date(2027, 9, 1)
A, B, C = "2163990001", "2163990002", "2163990003"
NINE = "3163990001"
TYPES = {"211": (Stage.PRIMARY,), "312": (Stage.PRIMARY, Stage.LOWER_SECONDARY)}


def school(code, name, kind="211"):
    attributes = Attributes(valid_from=date(2000, 9, 1), school_type=kind, stages=TYPES[kind])
    return Place(code=code, name=name, level="school", parent="639900100", history=(attributes,))


REGISTER = Register.of(
    [
        Place(code="639900", name="虚构县", level="county"),
        Place(code="639900100", name="东镇", level="township", parent="639900"),
        school(A, "甲小学"),
        school(B, "乙小学"),
        school(C, "丙学校", "312"),
    ]
)


def merged(former, into, day="2026-03-01", **more):
    return Event(
        kind=Kind.MERGED,
        day=date.fromisoformat(day),
        codes=tuple(former.split()),
        into=(into,),
        **more,
    )


def on_basis(*events):
    after = replay(REGISTER, events)
    assert after.faults == ()
    return basis(after.register, START, LATER)


def filed(place, about=None, pupils=None, rooms=None, revision=1):
    """A return with the sheets given; each cell says where it stands in the workbook."""

    def row(code, cells, line):
        return Row(
            code,
            {
                name: Cell(value, f"{chr(66 + number)}{line}", str(value))
                for number, (name, value) in enumerate(cells.items())
            },
        )

    tables = {}
    if about is not None:
        tables["about"] = (row("", about, 2),)
    if pupils is not None:
        tables["pupils"] = tuple(row(code, pupils[code], 4 + n) for n, code in enumerate(pupils))
    if rooms is not None:
        tables["rooms"] = tuple(row(str(n), each, 3 + n) for n, each in enumerate(rooms, 1))
    return Return(
        form="small",
        version="1",
        period="2025-2026",
        place=place,
        tables=tables,
        file=f"{place}.xlsx",
        digest=place * 6,
        revision=revision,
    )


@pytest.fixture
def joined(small):
    """A and B go into A on 2026-03-01; each had filed for 2025-2026."""
    returns = [
        filed(
            A,
            {
                "school_code": A,
                "name": "甲小学",
                "boarding": 0,
                "opened_year": 1998,
                "area": 520050,
            },
            {"G1": {"enrolled": 41, "girls": 20, "entrants": 41}, "G2": {"enrolled": 38}},
            [{"grade": "G1", "name": "一（1）班", "pupils": 41}],
        ),
        filed(
            B,
            {"school_code": B, "name": "乙小学", "boarding": 1, "opened_year": 2003, "area": 80050},
            {"G1": {"enrolled": 9, "girls": Missing.NOT_ANSWERED, "entrants": 9}},
            [{"grade": "G1", "name": "一（1）班", "pupils": 9}],
            revision=3,
        ),
        filed(C, {"school_code": C}),
    ]
    return returns, rebase(returns, on_basis(merged(B, A)), small.shelf.forms, small.codes)


def value(made, place, sheet, row, name):
    """The value of one cell of a joined return."""
    (filed_by,) = [one for one in made.returns if one.place == place]
    (line,) = [one for one in filed_by.tables[sheet] if one.code == row]
    return line.cells[name].value


def test_numbers_add_up_and_a_hidden_one_hides_the_sum(joined):
    """41 and 9 pupils are 50; 5200.50 ㎡ and 800.50 ㎡ are 6001.00; the girls of B are unknown."""
    _, made = joined

    assert value(made, A, "pupils", "G1", "enrolled") == 50
    assert value(made, A, "pupils", "G1", "girls") is Missing.NOT_ANSWERED
    assert value(made, A, "about", "", "area") == 600100
    # B was asked for its second grade and left it out.
    assert value(made, A, "pupils", "G2", "enrolled") is Missing.NOT_ANSWERED


def test_what_does_not_add_up_is_that_of_the_school_they_went_into(joined):
    _, made = joined

    assert value(made, A, "about", "", "school_code") == A
    assert value(made, A, "about", "", "name") == "甲小学"
    assert value(made, A, "about", "", "opened_year") == 1998
    assert value(made, A, "about", "", "boarding") == 0  # as the register has it


def test_lists_follow_one_another(joined):
    _, made = joined
    (return_,) = [one for one in made.returns if one.place == A]

    assert [row.code for row in return_.tables["rooms"]] == ["1", "2"]
    assert [row.cells["pupils"].value for row in return_.tables["rooms"]] == [41, 9]


def test_each_number_leads_back_to_the_cells_of_the_former_schools(joined):
    _, made = joined

    one, other = made.cells(Spot("small", A, "pupils", "G1", "enrolled"))
    assert (one.place, one.file, one.revision, one.cell.address) == (A, f"{A}.xlsx", 1, "B4")
    assert (other.place, other.file, other.revision, other.cell.written) == (B, f"{B}.xlsx", 3, "9")
    (line,) = made.cells(Spot("small", A, "rooms", "2", "pupils"))
    assert (line.place, line.row, line.cell.address) == (B, "1", "D4")


def test_a_school_nothing_happened_to_is_passed_on(joined):
    returns, made = joined

    assert made.returns[-1] is returns[-1]
    assert [one.place for one in made.returns] == [A, C]
    (cell,) = made.cells(Spot("small", C, "about", "", "school_code"))
    assert cell.cell.value == C
    assert made.issues == ()


def test_on_its_own_basis_everything_is_passed_on(joined, small):
    returns, _ = joined
    made = rebase(returns, basis(REGISTER, START), small.shelf.forms, small.codes)

    assert list(made.returns) == returns
    assert made.parts == {}


def test_who_has_not_filed_is_named_and_hides_what_they_were_asked(small):
    """A and the nine-year C go into C; A has not filed, so the primary stage is not known."""
    pupils = {f"G{n}": {"enrolled": 30, "girls": 15} for n in range(1, 10)}
    made = rebase(
        [filed(C, {"area": 100}, pupils, [])],
        on_basis(merged(A, C)),
        small.shelf.forms,
        small.codes,
    )

    assert value(made, C, "pupils", "G1", "enrolled") is Missing.NOT_ANSWERED
    assert value(made, C, "pupils", "G7", "enrolled") == 30
    assert value(made, C, "about", "", "area") is Missing.NOT_ANSWERED
    # C has no class; how many A has, nobody knows.
    (line,) = made.returns[0].tables["rooms"]
    assert {cell.value for cell in line.cells.values()} == {Missing.NOT_ANSWERED}
    (issue,) = made.issues
    assert issue.message == (
        "甲小学的《虚构年报》没有收到，合并口径的丙学校因此不全；要求：并入各校的报表都已收到。"
        "请催报甲小学；在那以前有关的数按未填处理。"
    )


def test_a_new_school_is_asked_then_what_its_schools_were_asked(small):
    """Two primary schools become a nine-year one; 公用经费 was asked of nobody."""
    change = Becomes(school_type="312", stages=TYPES["312"])
    both = merged(f"{A} {B}", NINE, name="东镇学校", change=change)
    year = {"boarding": 0, "opened_day": "1998-09-01", "area": 1}
    other = {**year, "opened_day": "2003-09-01"}
    found = on_basis(both)
    made = rebase([filed(A, year), filed(B, other)], found, small.shelf.forms, small.codes)

    assert value(made, NINE, "about", "", "funds") is Missing.NOT_ASKED
    assert value(made, NINE, "about", "", "school_type") == "312"
    assert value(made, NINE, "about", "", "name") == "东镇学校"
    assert value(made, NINE, "about", "", "township") == "东镇"
    assert {row.code for row in made.returns[0].tables["pupils"]} == {f"G{n}" for n in range(1, 7)}
    # They were opened on different days: no day is put into the new school's mouth.
    assert value(made, NINE, "about", "", "opened_day") is Missing.NOT_ANSWERED
    assert [issue.saw for issue in made.issues] == [
        "并入各校的启用日期不一样：甲小学“1998-09-01”，乙小学“2003-09-01”"
    ]


def test_a_split_keeps_its_numbers_and_says_so(small):
    """A becomes A and D in 2026: of 2025 only the two together can be compared."""
    split = Event(
        kind=Kind.SPLIT,
        day=date(2026, 9, 1),
        codes=(A,),
        into=(A, "2163990004"),
        name="丁小学",
        parent="639900100",
    )
    given_by = filed(A, {"area": 100})
    made = rebase([given_by], on_basis(split), small.shelf.forms, small.codes)

    assert made.returns == (given_by,)
    (issue,) = made.issues
    assert issue.message == (
        "甲小学 在 2026-09-01 分设，2025-09-01 的数不能分到分设以后的各校；"
        "要求：只合不分：没有人数过各校各占多少。"
        "单校不作比较；要比较，请把 2163990001、2163990004 合起来看。"
    )


def test_a_return_of_another_year_is_refused(small):
    wrong = replace(filed(A, {"area": 1}), period="2024-2025")

    with pytest.raises(ValueError, match="2024-2025"):
        rebase([wrong], on_basis(merged(B, A)), small.shelf.forms, small.codes)


AMOUNTS = st.one_of(st.integers(0, 99), st.sampled_from(list(Missing)))


@st.composite
def _counties(draw):
    """Five schools, what each filed, and mergers, new codes, closings and splits in any order."""
    codes = [f"216399000{n}" for n in range(1, 6)]
    kinds = [draw(st.sampled_from(["211", "312"])) for _ in codes]
    places = [school(code, code, kind) for code, kind in zip(codes, kinds, strict=True)]
    register = Register.of([REGISTER["639900"], REGISTER["639900100"], *places])
    living, events = list(codes), []
    for number in range(draw(st.integers(0, 4))):
        one = draw(st.sampled_from(living))
        other = draw(st.sampled_from(living))
        day = date(2026, 1 + number, 1)
        new = f"216399001{number}"
        kind = draw(
            st.sampled_from([Kind.MERGED, Kind.MERGED, Kind.RECODED, Kind.CLOSED, Kind.SPLIT])
        )
        into = {
            Kind.MERGED: (other,),
            Kind.RECODED: (new,),
            Kind.SPLIT: (one, other),
        }.get(kind, ())
        events.append(Event(kind=kind, day=day, codes=(one,), into=into))
        if kind is Kind.RECODED:
            living.append(new)
    return register, replay(register, events).register, draw(st.randoms(use_true_random=False))


def fill(form, place, codes, chance):
    """Everything a school is asked, with any numbers, blanks and texts; lists of any length."""

    def cell(field):
        if field.is_number:
            return Cell(chance.choice([chance.randint(0, 99), chance.randint(0, 99), *Missing]))
        return Cell(chance.choice(["G1", "甲", Missing.NOT_ANSWERED]))

    tables = {}
    for each in asked(form, place, START, codes):
        rows = each.rows
        if each.sheet.layout == "list":
            rows = rows * chance.randint(0, 3)
        tables[each.sheet.sheet] = tuple(
            Row(
                row.code or str(number) * (each.sheet.layout == "list"),
                {field.field: cell(field) for field in row.fields if chance.random() < 0.9},
            )
            for number, row in enumerate(rows, 1)
        )
    return Return(form=form.form, version="1", period="2025-2026", place=place.code, tables=tables)


def totals(form, returns):
    """For each row and field that adds up what there is to count, and how long each list is."""
    found, lines = defaultdict(list), defaultdict(int)
    for each in returns:
        for sheet in form.sheets:
            for row in each.tables.get(sheet.sheet, ()):
                lines[sheet.sheet] += sheet.layout == "list"
                code = "" if sheet.layout == "list" else row.code
                for field in sheet.fields:
                    cell = row.cells.get(field.field)
                    if field.type in {"integer", "measure"} and cell is not None:
                        found[sheet.sheet, code, field.field].append(cell.value)
    sums = {key: said(total(values)) for key, values in found.items()}
    return {key: amount for key, amount in sums.items() if amount != "nothing"}, dict(lines)


def said(amount):
    """What a total says: a number, that it is hidden, or that there is nothing to count."""
    if isinstance(amount, Missing):
        return "hidden" if amount.hides_a_number else "nothing"
    return amount


def completed(small, place, filed_by):
    """What a school says and leaves out, as anyone counts it: what was asked and is not there."""
    tables = dict(filed_by.tables) if filed_by is not None else {}
    for each in asked(small.form, place, START, small.codes):
        name, blank = each.sheet.sheet, Cell(Missing.NOT_ANSWERED)
        blanks = {row.code: {one.field: blank for one in row.fields} for row in each.rows}
        if each.sheet.layout == "list":
            tables.setdefault(name, (Row("1", blanks[""]),))
            continue
        for row in tables.get(name, ()):
            blanks[row.code] = blanks.get(row.code, {}) | row.cells
        tables[name] = tuple(Row(code, cells) for code, cells in blanks.items())
    return replace(filed(place.code), tables=tables)


@given(_counties(), st.booleans())
def test_totals_are_the_same_on_both_bases(small, county, everyone):
    before, after, chance = county
    found = basis(after, START, LATER)
    there = {
        place.code: fill(small.form, place, small.codes, chance)
        for place in before.schools(START)
        if everyone or chance.random() < 0.8
    }
    made = rebase(there.values(), found, small.shelf.forms, small.codes)

    # Who goes into a school of which another has filed is waited for on both bases.
    units = [members for members in found.units.values() if there.keys() & {*members}]
    waited_for = [code for members in units for code in members]
    own, lines = totals(
        small.form, [completed(small, before[code], there.get(code)) for code in waited_for]
    )
    joined, joined_lines = totals(
        small.form,
        [
            completed(small, before[one.place], one) if one in there.values() else one
            for one in made.returns
        ],
    )
    assert own == joined
    assert lines == joined_lines
    assert {one.place for one in made.returns} == {found.code_of(code) for code in there}
