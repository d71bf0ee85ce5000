"""Every list: its export is the rows of its filter, its print has them all, its state is its address.

F8, F10, N3, N6 and N7 are the sentences of docs/reference/asks.md.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from kit.atlas import Atlas, Seen
from kit.listed import asking, bare, chips, counts, exported, firsts
from kit.server import Server

pytestmark = pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
LISTS = (
    "admin:admin",
    "admin:catalogue",
    "appraisal:consequences",
    "appraisal:list",
    "appraisal:marks",
    "appraisal:one",
    "appraisal:own",
    "appraisal:preview",
    "assessment:evidence",
    "assessment:lacks",
    "assessment:one",
    "ballots:list",
    "exams:list",
    "forms:list",
    "indicators:list",
    "indicators:one",
    "ledgers:due",
    "ledgers:ledger",
    "ledgers:list",
    "places:list",
    "plan:balance",
    "plan:forecast",
    "plan:layout",
    "plan:list",
    "plan:needs",
    "releases:diff",
    "releases:figures",
    "releases:list",
    "report:list",
    "returns:list",
    "returns:round",
)
FOLDED = ("ledgers:due",)
OF_SCHOOLS = (
    "assessment:evidence",
    "assessment:lacks",
    "indicators:one",
    "places:list",
    "returns:list",
    "returns:round",
)
FOOT = re.compile(r"·打印：.*?\d{4}-\d\d-\d\d\d\d:\d\d")
SCHOOL = "河湾乡中心小学"
NAMED = re.compile(
    r"(?:attachment|inline); "
    r'filename="[\x20-\x21\x23-\x7e]+"; filename\*=UTF-8\'\'[\w.%~-]+'
)
"""Kept, or looked at on the spot as a photograph is: whoever keeps it, keeps it by its name."""


@pytest.fixture(scope="module")
def site(busy) -> Server:
    return busy


@pytest.fixture(scope="module")
def code(site) -> str:
    """The school's own."""
    text = site.visitor("office_clerk").get("/places/").text
    found = re.search(rf'href="/places/(\d{{10}})/">{SCHOOL}', text)
    assert found
    return found[1]


def longest(atlas: Atlas, route: str) -> Seen:
    """Who sees the most rows of a list, and where."""
    shown = [one for one in atlas.of(route) if one.whole and 'id="count"' in one.text]
    return max(shown, key=lambda one: (counts(one.text)[0], -len(one.path)))


def widest_and_narrowest(atlas: Atlas, route: str) -> Iterator[Seen]:
    shown = [one for one in atlas.of(route) if one.whole and 'id="count"' in one.text]
    shown.sort(key=lambda one: (counts(one.text)[0], -len(one.path)))
    yield shown[-1]
    if shown[0].role != shown[-1].role:
        yield shown[0]


def test_all_lists_are_here(atlas):
    found = {one.route for one in atlas.seen if one.whole and 'id="count"' in one.text}
    assert found == set(LISTS)


@pytest.mark.parametrize("route", LISTS)
def test_f8_an_export_is_the_rows_of_the_filter(site, atlas, route):
    for seen in widest_and_narrowest(atlas, route):
        visitor = site.visitor(seen.role)
        found = chips(seen.text)
        filters = [{}, *({name: value} for name, value in found[:2])]
        if len(found) > 1:
            filters.append(dict(found[:2]))
        filters.append({"q": "zzzz 没有这一行"})
        for chosen in filters:
            path = asking(seen.path, page="", **chosen)
            page = visitor.get(path).text
            many, total = counts(page)
            file = exported(visitor.get(asking(path, **{"as": "xlsx"})).body)
            said = (path, chosen)
            assert len(file.rows) == many, said
            assert (file.about["行数"], file.about["不加条件共"]) == (many, total), said
            lines = firsts(page)
            if lines and bare(str(file.rows[0][0])) in lines[0]:
                told = [bare(str(row[0])) for row in file.rows[: len(lines)]]
                assert all(a in b for a, b in zip(told, lines, strict=True)), said


def test_f8_more_rows_than_a_page_are_all_in_the_file(site, atlas):
    seen = longest(atlas, "assessment:one")
    many, _ = counts(seen.text)
    assert len(firsts(seen.text)) < many, "the list has several pages"
    file = exported(site.visitor(seen.role).get(asking(seen.path, **{"as": "xlsx"})).body)
    assert len(file.rows) == many


@pytest.mark.parametrize("route", LISTS)
def test_a_page_beyond_the_last_is_the_last(site, atlas, route):
    """Page 5 of a list that has shrunk to 2."""
    seen = longest(atlas, route)
    page = site.visitor(seen.role).get(asking(seen.path, page="500")).text
    assert counts(page) == counts(seen.text)
    assert bool(firsts(page)) == bool(counts(page)[0]) or route == "assessment:lacks"


def test_f10_each_file_is_a_plain_address_with_a_name_in_both_ways(atlas, site):
    wrong = {}
    files = [one for one in atlas.seen if one.status == 200 and one.kind != "text/html"]
    assert len({one.route for one in files}) > 10
    for one in {one.route: one for one in files}.values():
        said = site.visitor(one.role).get(one.path, follow=True).headers["Content-Disposition"]
        if said and not NAMED.fullmatch(said):
            wrong[one.path] = said
        if not said and one.kind not in {"image/svg+xml", "application/json"}:
            wrong[one.path] = said
    assert wrong == {}
    assert not any("blob:" in one.text for one in atlas.seen)


# ── N7: schools by name, code, pinyin, initials ─────────────────────────────


@pytest.mark.parametrize("route", OF_SCHOOLS)
@pytest.mark.parametrize("typed", [SCHOOL, "its code", "hewanxiangzhongxinxiaoxue", "hwxzx"])
def test_n7_a_list_of_schools_is_searched_in_every_way(site, atlas, code, route, typed):
    seen = longest(atlas, route)
    at = "/returns/school_annual/2025-2026/" if route == "returns:round" else seen.path
    role = "office_clerk" if route == "returns:round" else seen.role
    typed = code if typed == "its code" else typed
    more = {"everyone": "1"} if route == "assessment:lacks" else {}
    path = asking(at, q=typed, page="", sort="", **more)
    page = site.visitor(role).get(path).text
    assert counts(page)[0] > 0, path
    assert SCHOOL in page.partition('<div id="rows">')[2]


@pytest.mark.parametrize(
    ("role", "path", "field"),
    [
        ("administrator", "/admin/new", "#f-place"),
        ("office_clerk", "/places/events/new?kind=closed", "#f-code"),
        ("office_clerk", "/places/events/new?kind=merged", "#f-into"),
    ],
)
def test_n7_a_picker_finds_a_school_in_every_way(signed_in, code, role, path, field):
    page = signed_in(role, path)
    box = page.locator(f"input.pick:has(+ {field})")
    for typed in (SCHOOL, code, "hewanxiangzhongxin", "hwxzx"):
        box.fill(typed)
        assert page.input_value(field) == code, typed
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == field.removeprefix("#")
    box.fill("zzzz")
    assert box.get_attribute("aria-invalid") == "true"
    assert page.input_value(field) != code, "nothing is chosen that was not found"


# ── N3: what is asked for stands in the address ─────────────────────────────


def test_n3_a_filter_is_in_the_address(signed_in):
    page = signed_in("office_clerk", "/places/")
    page.fill("#q", "河湾")
    page.wait_for_url("**q=%E6%B2%B3%E6%B9%BE*")
    page.wait_for_function("document.querySelectorAll('#rows tbody tr').length < 20")
    shown = page.inner_text("#rows")
    page.click("#rows tbody a >> nth=0")
    page.wait_for_load_state()
    page.go_back()
    page.wait_for_selector("#rows tbody tr")
    assert (page.input_value("#q"), page.inner_text("#rows")) == ("河湾", shown)
    page.reload()
    assert (page.input_value("#q"), page.inner_text("#rows")) == ("河湾", shown)
    other = signed_in("office_clerk", page.url)
    assert (other.input_value("#q"), other.inner_text("#rows")) == ("河湾", shown)


# ── N6: printing ────────────────────────────────────────────────────────────


def printed(page, tmp_path, pdftotext: str) -> list[str]:
    """The pages of a print, each as its text."""
    path = tmp_path / "print.pdf"
    path.write_bytes(page.pdf(prefer_css_page_size=True))
    info = subprocess.run(
        [pdftotext.replace("pdftotext", "pdfinfo"), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "A4" in info.stdout, info.stdout
    told = subprocess.run(
        [pdftotext, "-raw", str(path), "-"], capture_output=True, text=True, check=True
    )
    return [text for text in told.stdout.split("\f") if text.strip()]


@pytest.mark.parametrize(
    "route",
    [
        route if route == "places:list" else pytest.param(route, marks=pytest.mark.ci)
        for route in LISTS
    ],
)
def test_n6_a_print_has_every_row_and_its_head_on_every_page(
    atlas, signed_in, tmp_path, pdftotext, route
):
    seen = longest(atlas, route)
    # Thousands of rows are printed as any others are: those of one school will do.
    some = {"q": SCHOOL} if route == "releases:figures" else {}
    page = signed_in(seen.role, asking(seen.path, page="", **some, **{"as": "print"}))
    many, _ = counts(page.content())
    lines = page.evaluate(
        """() => [...document.querySelectorAll('#rows tbody tr')].filter(r => r.offsetParent !== null && r.cells.length > 1)
          .map(r => [...r.cells].map(c => c.textContent))"""
    )
    pages = printed(page, tmp_path, pdftotext)
    text = "".join("".join(pages).split())
    if route == "assessment:lacks":
        # A sheet a school: each has its own heads.
        names = page.evaluate(
            "() => [...document.querySelectorAll('#rows h2')].map(h => h.innerText)"
        )
        assert len(names) == many
        assert [name for name in names if "".join(name.split()) not in text] == []
        return
    if route in FOLDED:
        # What many schools owe alike is one line, with all their names in it.
        assert 0 < len(lines) <= many
    else:
        assert len(lines) == many
    heads = page.evaluate(
        "() => [...document.querySelectorAll('#rows thead th')].map(h => h.innerText.replace(/[▾▴]/g, '').trim()).filter(Boolean)"
    )
    lost = [
        (cells, cell)
        for cells in lines
        for cell in (cells[0], cells[-1])
        if "".join(cell.split()) not in text
    ]
    assert lost == []
    firsts_ = ["".join(cells[0].split())[:6] for cells in lines]
    assert sum(text.count(first) > 0 for first in firsts_) == len(lines)
    above = "".join(page.locator("main .head").first.inner_text().split())
    for number, each in enumerate(pages, 1):
        # The foot tells the day of printing, which may be a row's day as well.
        flat = FOOT.sub("", "".join(each.split()))
        # What a page is about may be one of its rows, and stands in its heading.
        if any(first and first in flat and first not in above for first in firsts_):
            assert "".join(heads[0].split())[:4] in flat, f"page {number} has no head"
    _nothing_sticks(page)


def _nothing_sticks(page) -> None:
    """On paper nothing stands over a row, and nothing is cut at the right."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1000, "height": 1400})
    stuck = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(e => e.offsetParent !== null
          && ['sticky', 'fixed'].includes(getComputedStyle(e).position)).map(e => e.className || e.tagName)"""
    )
    assert stuck == []
    clipped = page.evaluate(
        """() => [...document.querySelectorAll('#rows td, #rows th')].filter(e => e.scrollWidth > e.clientWidth + 1
          && getComputedStyle(e).overflow !== 'visible').map(e => e.innerText).slice(0, 5)"""
    )
    assert clipped == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }


def test_the_address_of_a_file_is_not_a_filters(site):
    """A hidden column cannot be searched: what may not be seen leaks nothing by being looked for."""
    visitor = site.visitor("school_clerk")
    other = visitor.get(f"/places/?q={quote('高原示范县第一小学')}").text
    assert counts(other)[0] == 0
