"""The pages of indicators, asked as the people of a bureau ask them."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from python_calamine import CalamineWorkbook

COUNTY = "equipment_per_pupil/639900/primary/2025-2026"


def panel(key: str) -> str:
    return f"/indicators/panel/{quote(key)}"


def rows_of(data: bytes) -> list[list[object]]:
    """The rows of an exported list, its heads first; what it was asked stands on a second sheet."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_name(book.sheet_names[0]).to_python()


@pytest.fixture
def office(site):
    return site.visitor("office_clerk")


def test_the_list_has_all_indicators_and_exports_what_it_shows(office):
    shown = office.get(f"/indicators/?q={quote('在校生数')}")
    count = len(rows_of(office.get(f"/indicators/?q={quote('在校生数')}&as=xlsx").body)) - 1
    assert count > 1
    assert f">{count}/" in shown.text


def test_a_panel_is_a_whole_page_without_a_script_and_a_part_with_one(office):
    whole = office.get(panel(COUNTY))
    part = office.get(panel(COUNTY), **{"HX-Request": "true", "HX-Target": "panel"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    for said in ("3329.52", "693", "2163990016_雪松乡中心小学"):
        assert said in part.text.replace('<span class="k">', "").replace("</span>", "") or (
            said in part.text
        )


def test_the_address_beside_which_a_panel_opens_names_the_number(office):
    headers = {
        "HX-Request": "true",
        "HX-Target": "panel",
        "HX-Current-URL": "http://x/assessment/balance_resources/?on=2025-09-01",
    }
    part = office.get(panel(COUNTY), **headers)
    assert part.headers["HX-Replace-Url"] == (
        f"/assessment/balance_resources/?on=2025-09-01&n={COUNTY}"
    )


def test_another_school_brings_its_own_cells(office):
    other = office.get(f"{panel(COUNTY)}?place=2163990001")
    assert "2163990001_高原示范县第一小学" in other.text
    assert "2163990016_雪松乡中心小学" not in other.text


def test_an_unknown_number_is_missing_and_nothing_breaks(office):
    for key in ("nothing/639900/all/2025-2026", "nothing", "pupils_all/639900/all/1999-2000"):
        assert office.get(panel(key)).status == 404, key
    assert office.get("/indicators/nothing/").status == 404
    assert office.get("/indicators/?place=1").status == 404
    assert office.get("/indicators/?period=2025").status in {200, 404}


def test_a_clerk_sees_the_numbers_of_the_own_school_and_no_others(site):
    clerk, own = site.visitor("school_clerk"), site.account("school_clerk")["place"]
    listed = clerk.get("/indicators/")
    assert listed.status == 200
    assert "639900/" not in listed.text
    assert clerk.get(panel(COUNTY)).status == 403
    assert clerk.get(panel("equipment_per_pupil/2163990016/primary/2025-2026")).status == 403
    assert clerk.get(panel(f"equipment_per_pupil/{own}/primary/2025-2026")).status == 200
    assert clerk.get("/indicators/equipment_per_pupil/?place=639900").status == 403
    page = clerk.get("/indicators/equipment_per_pupil/")
    assert page.status == 200
    assert "雪松乡中心小学" not in page.text


def test_a_number_opens_its_panel_and_esc_gives_the_focus_back(signed_in):
    page = signed_in("office_clerk", "/indicators/equipment_per_pupil/?stage=primary")
    number = page.locator(".figures .num").first
    number.click()
    page.wait_for_selector("#panel .panel")
    assert page.evaluate("document.activeElement.id") == "panel-name"
    assert f"n={COUNTY}" in page.url
    page.locator("#panel .shares tbody th a").nth(1).click()
    page.wait_for_selector("#panel .party:has-text('2163990002')")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel .panel", state="detached")
    assert "n=" not in page.url
    assert page.evaluate("document.activeElement.className").startswith("num")


@pytest.mark.parametrize("old", [False, True])
def test_a_bookmark_with_a_number_opens_it(signed_in, old):
    page = signed_in("leader", f"/indicators/?n={COUNTY}", old=old)
    page.wait_for_selector("#panel .panel")
    assert "3 329" in page.locator("#panel .big").inner_text() or (
        "3329.52" in page.locator("#panel .big").inner_text()
    )
