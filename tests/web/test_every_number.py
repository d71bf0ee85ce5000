"""Every number that a page shows: it opens its panel, and its rows come to exactly that number.

N1, N2 and N4 are the sentences of docs/reference/asks.md.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from fractions import Fraction
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from kit.atlas import Atlas, name_of
from kit.listed import bare, counts
from kit.server import Server
from kit.workspaces import copied

from xianxue.bureau.records.figure import Figure
from xianxue.desk.indicators.descent import Reach, descend, shown_of
from xianxue.desk.indicators.shares import recombined
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import Standing

NUMBER = re.compile(r'<a class="num[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
TALLY = re.compile(r'<a href="([^"]*[?;]count=(\w+)[^"]*)#rows">(.*?)</a><span class="unit">')
"""What a ledger counts: its rows are the entries below it."""
UNIT = re.compile(
    r'(?P<before>(?:<a class="num[^"]*"[^>]*>|<a href="[^"]*[?;]count=\w+[^"]*#rows">)?)(?P<number>(?:-?[\d.]|<span class="k">|</span>)+)'
    r"(?P<after>(?:</a>|</strong>|\s)*)"
    r'<span class="unit">(?P<unit>[^<]*)</span>'
)
EVERY = 23
"""Of the numbers that pages show every so many is worked out again: all of them take minutes, and
those of the whole county are, beside others, in tests/web/indicators/test_descent.py."""
NO_FIGURE = {
    "indicators:panel": "the number of the panel itself, and the rule's line",
    "returns:sign": "how many cells were looked at",
    "admin:backup": "the size of a file",
    "plan:balance": "how much is supposed to be moved: nobody has counted it",
    "ledgers:entry": "what was written into the entry: it comes from nowhere else",
}
"""Pages with numbers and units that are no figures, and why."""
NOT_A_FIGURE = re.compile(r"比上年|已报|达标")
"""A difference of two figures, and how many have reported or meet the line: each leads to its rows
beside it."""


@pytest.fixture(scope="module")
def site(busy) -> Server:
    return busy


@pytest.fixture(scope="module")
def standing(busy, tmp_path_factory) -> Standing:
    """The county as this process sees it."""
    return Standing(copied(busy.workspace, tmp_path_factory.mktemp("numbers")))


def numbers(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    """Each number that is a link: the page, where it leads, what it says."""
    for seen in atlas.seen:
        for to, shown in NUMBER.findall(seen.text):
            yield seen.path, html.unescape(to), bare(shown)


def recounted(standing: Standing, counted: Counted, figure: Figure) -> list[str]:
    """What is wrong with the rows of a figure."""
    everybody = frozenset(place.code for place in counted.register)
    reach = Reach(everybody, everybody)
    down = descend(counted.river, counted.figures, figure, standing.ground(), reach)
    if down.card.derived:
        # Made of other figures, each of which has its own way down.
        lost = figure.value is not None and not down.parts
        return [f"{figure.key} leads nowhere"] if lost else []
    fits = recombined(figure, down.card, down.shares) == figure.value
    return [] if fits else [f"the rows of {figure.key} do not come to it"]


def test_n1_every_number_with_a_unit_is_a_link(atlas):
    plain = {}
    for seen in atlas.seen:
        if seen.route in NO_FIGURE:
            continue
        for found in UNIT.finditer(seen.text):
            before = seen.text[max(0, found.start() - 60) : found.start()]
            if not found["before"] and not NOT_A_FIGURE.search(bare(before)):
                plain[seen.route] = f"{bare(found['number'])} {found['unit']} on {seen.path}"
    assert plain == {}


def test_n1_each_number_comes_again_from_its_rows_by_its_own_formula(atlas, standing):
    done: dict[tuple[str, str], set[str]] = {}
    wrong: list[str] = []
    for page, to, shown in numbers(atlas):
        if name_of(to) != "indicators:panel":
            continue
        key = unquote(urlsplit(to).path.removeprefix("/indicators/panel/"))
        release = parse_qs(urlsplit(to).query).get("release", [""])[0]
        if (key, release) not in done:
            period = standing.period(key.split("/")[3])
            counted = standing.counted(period, release)
            figure = counted.figures.get(key)
            if figure is None:
                wrong.append(f"{key} on {page} is no figure")
                continue
            told = {one.shown for one in counted.findings.get(key, ())} | {str(shown_of(figure))}
            done[key, release] = {bare(one) for one in told}
            if len(done) % EVERY == 0:
                wrong += recounted(standing, counted, figure)
        # A report says more of a number than itself (by how much it grew, in which unit): whether
        # that is right is the audit's to prove, see tests/report.
        if shown not in done[key, release] and not page.startswith("/report/"):
            wrong.append(f"{shown} on {page}, {done[key, release]} in the panel of {key}")
    assert wrong == []
    assert len(done) > 500


def test_n1_a_total_that_is_no_figure_opens_the_rows_that_add_up_to_it(site, atlas):
    """What all schools lack together, on the cockpit."""
    (cockpit, *_) = [one for one in atlas.of("cockpit:cockpit") if one.role == "leader"]
    totals = [
        (to, shown, unit)
        for to, shown, unit in re.findall(
            r'<a class="num" href="([^"]*/lacks[^"]*)">(.*?)</a> <span class="unit">([^<]*)</span>',
            cockpit.text,
        )
    ]
    assert len(totals) >= 3
    for to, shown, unit in totals:
        address = html.unescape(to)
        (term,) = parse_qs(urlsplit(address).query)["q"]
        page = site.visitor("leader").get(f"{address}&as=print").text
        found = re.findall(
            rf'<th scope="row">{re.escape(html.escape(term))}</th>.*?<strong>(.*?)</strong>', page
        )
        parts = [Fraction(re.search(r"[\d.]+", bare(one))[0]) for one in found]
        assert sum(parts) == Fraction(bare(shown)), (term, unit, parts)
        # A row may lack what no amount can be told of.
        assert counts(page)[0] >= len(found) > 0


def test_n1_a_count_of_a_ledger_opens_the_entries_it_counted(site, standing):
    """As many as it says, or more where it tells apart schools or persons; sums are no such count."""
    office = site.visitor("office_clerk")
    found = {"nothing": 0, "something": 0}
    for name, card in standing.workspace().shelf.ledgers.items():
        counted = {one.count: one.distinct for one in card.counts if not one.sum}
        page = office.get(f"/ledgers/{name}/").text
        for to, count, shown in TALLY.findall(page):
            if count in counted:
                many, _ = counts(office.get(html.unescape(to)).text)
                told = int(bare(shown))
                assert many >= told if counted[count] else many == told, (name, count)
                assert bool(many) == bool(told), (name, count)
                found["something" if many else "nothing"] += 1
    assert all(found.values())


def test_n1_the_panel_shows_the_rows_it_is_made_of(site, standing):
    """On the page as in the engine: all rows, and the number above them."""
    period = standing.period()
    counted = standing.counted(period)
    everybody = frozenset(place.code for place in counted.register)
    county = counted.register.county.code
    own = [one for one in counted.figures.values() if one.place == county][::29]
    assert len(own) > 5
    for figure in own:
        down = descend(
            counted.river, counted.figures, figure, standing.ground(), Reach(everybody, everybody)
        )
        page = site.visitor("leader").get(f"/indicators/panel/{figure.key}").text
        table = page.partition('<table class="shares">')[2].partition("</table>")[0]
        assert table.partition("<tbody>")[2].count("<tr>") + table.count(
            '<tr class="chosen"'
        ) == len(down.shares.rows), figure.key


def test_n4_each_panel_says_as_of_when_of_which_release_and_of_how_many(atlas):
    panels = [one for one in atlas.of("indicators:panel") if one.whole and one.status == 200]
    assert panels
    for one in panels:
        told = bare(one.text.partition("<main")[2])
        assert re.search(r"截至\d{4}-\d\d-\d\d", told), one.path
        assert re.search(r"暂行数|第\S+号发布", told), one.path
        if "据学校名册" not in told:
            assert re.search(r"已报\d+/\d+所", told), one.path


def test_n4_every_page_of_numbers_says_what_they_rest_on(atlas):
    """Each page on which a number opens its panel names its release, or says that there is none."""
    wrong = {
        one.path
        for one in atlas.seen
        if one.whole and NUMBER.search(one.text) and not re.search(r"暂行数|发布", bare(one.text))
    }
    assert wrong == set()
