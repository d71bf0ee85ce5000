"""The question as a program: open or not for each site and period, who goes where.

Where villages go as a whole, a choice of 0 or 1 says which site; where they may be split, so many
pupils go to each. A site takes nobody unless it is open: that is said for each village by itself,
which makes the bound far tighter than saying it for the site alone. With the open sites fixed,
what is left of a split plan is a transport of whole numbers, whose corners are whole (``settle``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.plan.solvers.program import Program


class Layout:
    """A program, and which of its columns says what."""

    def __init__(self, question: Question) -> None:
        """Write the program."""
        self.question = question
        self.program = Program()
        self.open: dict[tuple[int, int], int] = {}
        self.turned: dict[tuple[int, int], int] = {}
        """Built, where nothing stood; closed, where a school was."""
        self.extended: dict[tuple[int, int], int] = {}
        self.going: dict[tuple[int, int, int], int] = {}
        ways = question.open_ways()
        for period in range(question.periods):
            for site in range(len(question.sites)):
                self._site(site, period)
            self._ways(ways, period)
            self._most_open(period)

    def _fixed(self, site: int) -> tuple[int, int]:
        one = self.question.sites[site]
        kept = one.state == "fixed" and f"fixed:{site}" not in self.question.without
        return int(kept), 1

    def _site(self, site: int, period: int) -> None:
        one, program = self.question.sites[site], self.program
        least, most = self._fixed(site)
        # A school that is closed later pays for that: what it costs is saved as long as it is open.
        here = self.open[site, period] = program.choose(one.run_cost, least=least, most=most)
        before = self.open.get((site, period - 1))
        if one.state == "candidate":
            built = self.turned[site, period] = program.choose(one.build_cost, most=1)
            if before is None:
                program.hold([here, built], [1, -1], least=0, most=0)
            else:
                program.hold([here, before, built], [1, -1, -1], least=0, most=0)
        else:
            closed = self.turned[site, period] = program.choose(one.close_cost, most=1)
            if before is None:
                program.hold([here, closed], [1, 1], least=1, most=1)
            else:
                program.hold([here, before, closed], [1, -1, 1], least=0, most=0)
        if one.extension and self.question.capacity(site) is not None:
            self._extension(site, period)

    def _extension(self, site: int, period: int) -> None:
        """Let a site be extended in a period: from then on it takes more, as long as it is open."""
        one, program = self.question.sites[site], self.program
        fresh = program.choose(one.extend_cost, most=1)
        here = self.extended[site, period] = program.choose(most=1)
        before = self.extended.get((site, period - 1))
        if before is None:
            program.hold([here, fresh], [1, -1], most=0)
        else:
            program.hold([here, before, fresh], [1, -1, -1], most=0)
        program.hold([here, self.open[site, period]], [1, -1], most=0)

    def _ways(self, ways: Mapping[tuple[int, int], object], period: int) -> None:
        question, program = self.question, self.program
        divided = question.divided() and question.by_head
        by_village: dict[int, list[int]] = defaultdict(list)
        by_site: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for village, site in ways:
            pupils = question.villages[village].pupils[period]
            if pupils == 0 and question.by_head:
                continue
            cost = (
                question.ways[village, site].cost
                if divided
                else question.weight(village, site, period)
            )
            most = pupils if divided else 1
            column = program.choose(cost, most=most, whole=not divided)
            self.going[village, site, period] = column
            by_village[village].append(column)
            by_site[site].append((column, 1 if divided else pupils))
            program.hold([column, self.open[site, period]], [1, -most], most=0)
        for village, one in enumerate(question.villages):
            need = one.pupils[period]
            if need or not question.by_head:
                columns = by_village[village]
                every = need if divided else 1
                program.hold(columns, [1] * len(columns), least=every, most=every)
        for site, columns in by_site.items():
            self._capacity(site, period, columns)

    def _capacity(self, site: int, period: int, columns: list[tuple[int, int]]) -> None:
        capacity = self.question.capacity(site)
        if capacity is None:
            return
        takes = [*columns, (self.open[site, period], -capacity)]
        if (site, period) in self.extended:
            takes.append((self.extended[site, period], -self.question.sites[site].extension))
        self.program.hold([one for one, _ in takes], [many for _, many in takes], most=0)

    def _most_open(self, period: int) -> None:
        most = self.question.most_open
        if most is not None and "most_open" not in self.question.without:
            columns = [self.open[site, period] for site in range(len(self.question.sites))]
            self.program.hold(columns, [1] * len(columns), most=most)

    def decisions(self) -> list[int]:
        """Give the columns that say what is open, built, closed or extended."""
        goes = set(self.going.values())
        return [column for column in range(len(self.program.costs)) if column not in goes]

    def settle(self, values: Sequence[int]) -> None:
        """Keep open and extended what these values say: only who goes where is left to choose."""
        program = self.program
        goes = set(self.going.values())
        for column, value in enumerate(values):
            program.whole[column] = False
            if column not in goes:
                program.lower[column] = program.upper[column] = value
