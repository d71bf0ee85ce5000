"""Ledgers of offices are read, corrected, taken in, remembered; nothing of them is lost."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.bring_over import BROUGHT
from xianxue.desk.cli.ledgers.options import room_of
from xianxue.desk.ledgers.mapping.office import Office as Bringing
from xianxue.desk.ledgers.mapping.office import TableSaid
from xianxue.desk.ledgers.mapping.records import Said
from xianxue.desk.ledgers.mapping.workbook import read_proposal, write_left, write_proposal
from xianxue.desk.ledgers.verification import faults
from xianxue.desk.models import JournalLine
from xianxue.desk.models.ledger import LedgerEntry, entry_of
from xianxue.desk.workspace import MAPPINGS, ComplaintsError

sys.path.insert(0, str(Path(__file__).parent))
from office_ledgers import BESIDE, HELD, SEEN, Office

AT = datetime.now(UTC)
CLERK = Actor("赵六（虚构）", "office_clerk")
ALL = [*SEEN, *HELD, *BESIDE]


@pytest.fixture
def county(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    return folder


@pytest.fixture
def bringing(county):
    return Bringing(room=room_of(county), actor=CLERK, at=AT)


def answers(bringing, office: Office):
    """What the clerk says: of each table what it has fields for."""
    tables = bringing.propose(office.data, "台账（虚构）.xlsx", {})
    words = {(name, bare(text)): value for (name, text), value in office.words.items()}
    return {
        one.key: TableSaid(
            said=Said(
                words=words,
                fixed={
                    name: text
                    for name, text in office.fixed.items()
                    if one.looked.card.field(name) is not None
                },
            )
        )
        for one in tables
    }


def proposed(bringing, office: Office):
    return bringing.propose(office.data, "台账（虚构）.xlsx", answers(bringing, office))


def told(tables):
    found = []
    for one in tables:
        for row in one.rows:
            if row in one.issues:
                continue
            old = one.read.entries[row]
            fields = dict(old.line.given)
            for turn in old.turns:
                fields |= turn.given
            found.append((old.line.place, old.line.on.isoformat(), old.state, fields))
    return found


@pytest.fixture(scope="module")
def read_only(four_schools):
    """The county as it was made: nothing is taken in here."""
    return Bringing(room=room_of(four_schools), actor=CLERK, at=AT)


@pytest.mark.parametrize("office", ALL, ids=lambda one: one.name)
def test_each_ledger_says_what_its_office_meant_and_nothing_is_lost(read_only, office):
    """Each filled cell is header, number of a line, part of an entry, or listed with a reason."""
    tables = proposed(read_only, office)
    assert {one.looked.card.ledger for one in tables} == {office.ledger, office.second} - {""}
    found = told(tables)
    assert [one[:3] for one in found] == [one[:3] for one in office.entries]
    for have, want in zip(found, office.entries, strict=True):
        assert {name: have[3].get(name) for name in want[3]} == dict(want[3])
    assert {row for one in tables for row in one.issues} == office.out
    assert {left.cell for one in tables for left in one.read.left} == office.left
    for one in tables:
        every_cell(one)


def every_cell(one):
    block = one.looked.block
    assert all(str(left.why) for left in one.read.left)
    known = {left.cell for left in one.read.left}
    known |= {cell for row in one.rows for cell in one.read.entries[row].line.cells.values()}
    numbers = {at for at in range(len(block.table.heads)) if block.head(at) in {"序号", "编号"}}
    first, last = block.table.head_rows
    for row in range(len(block.grid)):
        for at in block.filled(row):
            head = first <= row <= last
            assert head or at in numbers or block.cell(row, at) in known, block.cell(row, at)


def test_what_is_taken_in_stands_as_the_journal_tells_and_is_not_taken_twice(bringing):
    some = [SEEN[0], SEEN[4], SEEN[8], HELD[3]]
    before = LedgerEntry.objects.count()
    for office in some:
        tables = proposed(bringing, office)
        taken = bringing.take_in(office.data, tables, leave=bool(office.out), keep=None)
        assert sum(len(numbers) for numbers in taken.added.values()) == len(office.entries)
        states = [
            LedgerEntry.objects.get(ledger=name, year=number[:4], serial=number[5:]).state
            for name, numbers in taken.added.items()
            for number in numbers
        ]
        assert sorted(states) == sorted(state for _, _, state, _ in office.entries)
        again = bringing.take_in(
            office.data, proposed(bringing, office), leave=bool(office.out), keep=None
        )
        assert not any(again.added.values())
    assert LedgerEntry.objects.count() == before + sum(len(one.entries) for one in some)
    # A line a table: two of them in one workbook are two.
    assert JournalLine.objects.filter(deed=BROUGHT).count() == len(some) + 1
    assert [issue.message for issue in faults(bringing.room)] == []


def test_how_far_it_came_is_told_step_by_step_with_where_it_comes_from(bringing):
    bringing.take_in(SEEN[0].data, proposed(bringing, SEEN[0]), leave=False, keep=None)
    entry = entry_of(LedgerEntry.objects.filter(ledger="hazards", state="closed").latest("pk"))
    assert [one.step for one in entry.history] == ["record", "order", "report", "pass"]
    assert [str(one.on) for one in entry.history] == [
        "2025-09-03", "2025-09-03", "2025-09-30", "2025-09-30",
    ]  # fmt: skip
    assert all("据原台账" in one.why and "第 3 行" in one.why for one in entry.history)
    # A cell that no field holds stands in the reason, word by word.
    kept = entry_of(LedgerEntry.objects.get(ledger="hazards", recorded="2025-09-06"))
    assert "整改时限：9月中旬" in kept.history[0].why


def test_what_is_beside_an_entry_of_a_restricted_ledger_is_listed_and_not_in_the_journal(bringing):
    office = next(one for one in SEEN if one.ledger == "petitions")
    taken = bringing.take_in(office.data, proposed(bringing, office), leave=False, keep=None)
    assert "已电话答复" in [left.text for left, _ in taken.left]
    lines = JournalLine.objects.filter(subject__startswith="petitions")
    assert "已电话答复" not in "".join(line.why + str(line.detail) for line in lines)


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
def test_the_proposal_is_corrected_in_its_workbook_and_read_back(bringing, tmp_path):
    office = SEEN[4]
    data = write_proposal(bringing.room, bringing.propose(office.data, "台账.xlsx", {}))
    path = tmp_path / "建议.xlsx"
    path.write_bytes(data)
    book = load_workbook(path)
    for row in book["补"].iter_rows(min_row=2):
        row[3].value = {"发现途径": "学校自查"}[row[2].value]
    for row in book["词"].iter_rows(min_row=2):
        if row[3].value == "整改中":
            row[5].value = "待复查"
    for row in book["行"].iter_rows(min_row=2):
        if row[4].value == "西山乡云上教学点":
            row[3].value = "不收"
    book.save(path)
    looked = [one.looked for one in bringing.propose(office.data, "台账.xlsx", {})]
    said = read_proposal(bringing.room, path.read_bytes(), "建议.xlsx", looked)
    tables = bringing.propose(office.data, "台账.xlsx", said)
    assert [one[2] for one in told(tables)] == ["closed", "reported", "held"]
    assert {"A9", "B9"} <= {left.cell for one in tables for left in one.read.left}
    taken = bringing.take_in(office.data, tables, leave=False, keep=None)
    rest = load_workbook(_saved(tmp_path / "余下.xlsx", write_left(taken.left)))["余下"]
    assert "防溺水演练" in [row[3].value for row in rest.iter_rows()]


def _saved(path, data):
    path.write_bytes(data)
    return path


def test_what_was_confirmed_is_remembered_for_the_next_file(bringing, county):
    office = HELD[1]
    bringing.take_in(office.data, proposed(bringing, office), leave=False, keep=county / MAPPINGS)
    again = Bringing(room=room_of(county), actor=CLERK, at=AT)
    tables = again.propose(office.data, "下一次（虚构）.xlsx", {})
    assert [one.looked.kept is not None for one in tables] == [True]
    assert [one.open for one in tables] == [0]
    assert {word.certainty for one in tables for word in one.read.words} == {"said"}


def test_a_line_that_cannot_be_keeps_all_out_unless_it_is_left_and_listed(bringing):
    office = SEEN[2]
    tables = bringing.propose(office.data, "台账.xlsx", {})
    # Nobody has said how they were found: it is required, and no column says it.
    assert [field.field for one in tables for field in one.read.lacking] == ["found_by"]
    before = LedgerEntry.objects.count()
    with pytest.raises(ComplaintsError):
        bringing.take_in(office.data, tables, leave=False, keep=None)
    assert LedgerEntry.objects.count() == before
    taken = bringing.take_in(office.data, tables, leave=True, keep=None)
    assert LedgerEntry.objects.count() == before
    assert {"护栏过低", "校门无隔离"} <= {left.text for left, _ in taken.left}


def test_who_may_not_bring_over_brings_nothing(county):
    school = Actor("张三（虚构）", "school_clerk", "2163980001")
    with pytest.raises(ComplaintsError):
        Bringing(room=room_of(county), actor=school, at=AT).propose(SEEN[0].data, "x.xlsx", {})
