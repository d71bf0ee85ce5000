"""Reading the lines of an office's table: entries, and every cell that has no place in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Final

from xianxue.bureau.kinds.ledgers.sheet import NAME, PLACE, RECORDED, STATE
from xianxue.bureau.ledgers.lines import Line
from xianxue.bureau.ledgers.old import Old, Turn, days_of, laid_out
from xianxue.bureau.ledgers.ways import way_to
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.mapping.ledger_columns import DONE_ON, STEP_ON
from xianxue.bureau.returns.mapping.proposal import name_of
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.mapping.cells import CellReader, Cells
from xianxue.desk.ledgers.mapping.looked import Looked
from xianxue.desk.ledgers.mapping.records import Left, Read, Said
from xianxue.desk.ledgers.mapping.words import COLOUR, Word, Words

_DITTO: Final = frozenset({"同上", "〃", "″", '"', "''", "同前"})


def read(looked: Looked, words: Words, said: Said, today: date) -> Read:
    """Read a table as it is mapped."""
    return _Reading(looked, words, said, today).read()


class _Reading(Record, dict=True):
    looked: Looked
    words: Words
    said: Said
    today: date

    @cached_property
    def found(self) -> Read:
        until = self.said.until or self.looked.block.until(self.today)
        year = self.said.year or self.looked.block.year(self.today)
        return Read(until=until, year=year)

    @cached_property
    def seen(self) -> Counter[tuple[str, str]]:
        return Counter()

    @cached_property
    def told(self) -> Counter[str]:
        return Counter()

    def read(self) -> Read:
        block, found = self.looked.block, self.found
        for row in block.table.rows:
            if row + block.first + 1 in self.said.left:
                self._leave_row(row, say("经办人说不收"))
            else:
                self._row(row)
        for row, at in block.table.around:
            self._leave(row, at, say("标题、小计、说明，不是一条"))
        words: dict[tuple[str, str], Word] = {}
        for (name, text), lines in self.seen.items():
            word = self.words.of(name, text)
            words[name, bare(text)] = Word(
                field=name,
                text=text,
                value=word.value,
                certainty=word.certainty,
                why=word.why,
                lines=lines,
            )
        found.words.extend(words.values())
        filled_in = {self.looked.field_of(one) for one in self.looked.proposals.values}
        found.lacking.extend(
            one
            for one in self.looked.card.fields
            if one.required
            and not one.history
            and one.field not in filled_in
            and one.field not in self.said.fixed
        )
        self._notes()
        found.left.sort(key=lambda one: one.row)
        return found

    def _notes(self) -> None:
        until = self.found.until.isoformat()
        sentences = {
            "carried": say("{n} 行没有写单位，照上一行", n=self.told["carried"]),
            "grouped": say("{n} 行的单位照上面的小标题", n=self.told["grouped"]),
            "coloured": say("{n} 行没有写状态，按颜色", n=self.told["coloured"]),
            "dated": say("{n} 行没有写状态，有办成日期，按办成", n=self.told["dated"]),
            "started": say("{n} 行没有写状态，按刚登记", n=self.told["started"]),
            "until": say("{n} 行没有写走到这一步的日期，按 {day}", n=self.told["until"], day=until),
            "recorded": say(
                "{n} 行没有写登记和发现日期，按 {day}", n=self.told["recorded"], day=until
            ),
            "unproved": say(
                "{n} 行按原台账算办成，没有凭据，也没有经核验的人", n=self.told["unproved"]
            ),
        }
        self.found.notes.extend(said for key, said in sentences.items() if self.told[key])
        if self.looked.block.colourless:
            self.found.notes.append(
                say("这份工作簿的填充颜色读不出来；颜色有意思的，请另存为 .xlsx 再交")
            )

    @cached_property
    def cells(self) -> CellReader:
        """The reader of cells."""
        return CellReader(
            looked=self.looked,
            words=self.words,
            fixed=self.said.fixed,
            year=self.found.year,
            today=self.today,
            leave=self._leave,
            seen=self.seen,
        )

    # ── one line ────────────────────────────────────────────────────────────

    @cached_property
    def last(self) -> dict[str, str]:
        """What the line above says, for what is only said once."""
        return {}

    def _row(self, row: int) -> None:
        number = row + self.looked.block.first + 1
        cells = self.cells.read(row)
        place = self._place(row, cells.at)
        state = self._state(row, cells)
        faults: list[Sentence | str] = []
        if not place:
            faults.append(say("看不出是哪个单位的"))
        if not state:
            faults.append(say("看不出走到哪一步"))
        way = way_to(self.looked.card, state) if state else None
        if state and way is None:
            faults.append(say("卡片上没有走到“{state}”的步骤", state=self._term(state)))
        recorded = self._recorded(cells)
        laid = laid_out(self.looked.card, way or (), state, cells.values)
        last = cells.days.get(DONE_ON)
        on = days_of(
            laid.way,
            recorded,
            last or max(self.found.until, recorded),
            {name.removeprefix(STEP_ON): day for name, day in cells.days.items()},
        )
        if on is None:
            faults.append(say("走到这一步的日期早于登记或上一步的日期"))
        if faults or on is None or way is None:
            self.found.refused[number] = faults
            self._leave_row(row, joined("；", faults))
            return
        for name in laid.left:
            at = cells.at.get(name)
            card = self.looked.card.field(name)
            if at is not None and card is not None:
                why = say("“{term}”在走到这一步之前不填", term=card.term)
                self._leave(row, at, why)
        if way and last is None:
            self.told["until"] += 1
        self.told["unproved"] += state in self.looked.card.lifecycle.marked("done") and (
            self.looked.card.verified
        )
        block = self.looked.block
        line = Line(
            place=place,
            on=recorded,
            given=dict(laid.first),
            cells={name: block.cell(row, at) for name, at in cells.at.items()},
            file=block.file,
            tab=block.tab,
        )
        turns = tuple(
            Turn(step=step, on=day, given=given)
            for step, day, given in zip(laid.way, on, laid.steps, strict=True)
        )
        why = say("据原台账{table}第 {n} 行", table=self.looked.named, n=number)
        if cells.beside and not self.looked.card.about_persons and not self.looked.card.restricted:
            parts = [say("{head}：{text}", head=head, text=text) for head, text in cells.beside]
            why = say("{why}；原写有{parts}", why=why, parts=joined("；", parts))
        self.found.entries[number] = Old(line=line, state=state, turns=turns, why=str(why))

    # ── whose, since when, how far ──────────────────────────────────────────

    def _place(self, row: int, cells: Mapping[str, int]) -> str:
        block, register = self.looked.block, self.words.room.ground.register
        if self.said.place:
            return self.said.place
        code = self._text(row, cells.get(PLACE))
        if code in register.places:
            return code
        name = self._text(row, cells.get(NAME))
        if name and name not in _DITTO:
            self.last["place"] = name
        elif (self.looked.column(NAME) is not None) and "place" in self.last:
            name = self.last["place"]
            self.told["carried"] += 1
        elif not name and block.group.get(row):
            name = _heading(block.group[row])
            self.told["grouped"] += 1
        if name:
            self.seen[NAME, name] += 1
            return self.words.of(NAME, name).value
        if named := self.titled:
            return named
        county = self.looked.card.kept_by != "school"
        return register.county.code if county and not code else ""

    @cached_property
    def titled(self) -> str:
        """The place that title and tab name; empty where they name none, or several."""
        return self.words.place_in(self.looked.block.title)

    def _state(self, row: int, cells: Cells) -> str:
        text = self._text(row, cells.at.get(STATE))
        if text:
            self.seen[STATE, text] += 1
            return self.words.of(STATE, text).value
        column = self.looked.column(STATE)
        colour = self.looked.block.colour(row, column.head.at if column is not None else None)
        colour = colour or self.looked.block.colour(row, None)
        if colour is not None:
            self.seen[COLOUR, colour] += 1
            self.told["coloured"] += 1
            return self.words.of(COLOUR, colour).value
        if DONE_ON in cells.days and (done := self.words.state_of("done")):
            self.told["dated"] += 1
            return done
        self.told["started"] += column is not None
        return self.looked.card.lifecycle.start

    def _recorded(self, cells: Cells) -> date:
        if RECORDED in cells.days:
            return cells.days[RECORDED]
        for card in self.looked.card.fields:
            happened = card.type == "date" and not card.ahead and not card.history
            if happened and card.field in cells.values:
                return date.fromisoformat(str(cells.values[card.field]))
        self.told["recorded"] += 1
        return min([self.found.until, *cells.days.values()])

    def _text(self, row: int, at: int | None) -> str:
        line = self.looked.block.full[row]
        return written(line[at]) if at is not None and at < len(line) else ""

    def _term(self, state: str) -> Sentence | str:
        return self.looked.card.lifecycle.state_term(state)

    # ── what has no place ───────────────────────────────────────────────────

    def _leave(self, row: int, at: int, why: Sentence | str) -> None:
        block = self.looked.block
        raw = block.grid[row][at] if at < len(block.grid[row]) else ""
        text = written(raw) or self._text(row, at)
        heads = {each.head.at: name_of(each.head) for each in self.looked.proposals.columns}
        self.found.left.append(
            Left(
                tab=block.tab,
                cell=block.cell(row, at),
                head=heads.get(at, "") if row > block.table.head_rows[1] else "",
                text=text,
                why=why,
                row=row + block.first + 1,
            )
        )

    def _leave_row(self, row: int, why: Sentence | str) -> None:
        block = self.looked.block
        known = {one.cell for one in self.found.left}
        for at in filled(block.grid[row]):
            if block.cell(row, at) not in known:
                self._leave(row, at, why)


def _heading(text: str) -> str:
    """Take numbers and counts off a line that names a group: «一、东街小学（3处）»."""
    core = text.strip().lstrip("一二三四五六七八九十0123456789（()）、.． ")
    return core.split("（")[0].split("(")[0].rstrip("：: ")
