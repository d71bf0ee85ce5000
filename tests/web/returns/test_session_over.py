"""D1: a session ends while a sheet is being typed; nothing typed is lost, and nobody else sees it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from kit.grids import first_grid, saved, values

OLDER = {
    "seen_at": "UPDATE desk_session SET seen_at = ?",
    "created_at": "UPDATE desk_session SET created_at = ?",
}
IDLE, ABSOLUTE = ("seen_at", timedelta(minutes=31)), ("created_at", timedelta(hours=13))


def aged(server, column: str, by: timedelta) -> None:
    """Every session as if it had begun, or been used last, so much earlier."""
    store = server.workspace / "store" / "xianxue.sqlite3"
    then = (datetime.now(UTC) - by).strftime("%Y-%m-%d %H:%M:%S")
    with sqlite3.connect(store) as database:
        database.execute(OLDER[column], [then])
    database.close()


def come_in_again(page, account) -> None:
    page.wait_for_selector("#again[open]")
    page.fill("#again [name=login]", account["login"])
    page.fill("#again [name=password]", account["password"])
    page.click("#again .main-deed")


@pytest.fixture
def at(own_site) -> str:
    return f"/returns/school_annual/2025-2026/{own_site.account('school_clerk')['place']}/"


@pytest.mark.parametrize("over", [IDLE, ABSOLUTE], ids=["idle", "absolute"])
def test_every_typed_cell_is_there_after_coming_in_again_in_the_page(
    own_site, signed_in, look, at, over
):
    sheet, names = first_grid(own_site, at)
    page = signed_in("school_clerk", f"{at}edit/?sheet={sheet}", site=own_site, fresh=True)
    page.fill(f"[name='c:{names[0]}']", "61")
    page.keyboard.press("Enter")
    saved(page)
    aged(own_site, *over)
    page.watch.allowed = {401}
    page.fill(f"[name='c:{names[1]}']", "62")
    page.keyboard.press("Enter")
    page.wait_for_selector("#again[open]")
    look(page, f"returns-again-{over[0]}")
    come_in_again(page, own_site.account("school_clerk"))
    page.wait_for_selector("#again:not([open])", state="attached")
    saved(page)
    page.goto(f"{at}edit/?sheet={sheet}")
    assert values(page, *names[:2]) == ["61", "62"]


def test_another_person_on_the_same_machine_is_given_nothing(own_site, signed_in, at):
    sheet, names = first_grid(own_site, at)
    page = signed_in("school_clerk", f"{at}edit/?sheet={sheet}", site=own_site, fresh=True)
    (before,) = values(page, names[0])
    aged(own_site, *IDLE)
    page.watch.allowed = {401, 409}
    page.fill(f"[name='c:{names[0]}']", "77")
    page.keyboard.press("Enter")
    come_in_again(page, own_site.account("school_head"))
    page.wait_for_selector("#again[open]")
    page.wait_for_selector("#saved:has-text('现在登录的是别人')")
    head = own_site.visitor("school_head")
    assert f'name="c:{names[0]}" value="{before}"' in head.get(f"{at}edit/?sheet={sheet}").text
    # Whoever typed it comes in, and it is kept.
    come_in_again(page, own_site.account("school_clerk"))
    page.wait_for_selector("#again:not([open])", state="attached")
    saved(page)
    page.goto(f"{at}edit/?sheet={sheet}")
    assert values(page, names[0]) == ["77"]


def test_without_scripts_the_form_of_another_is_refused(own_site, at):
    clerk, head = own_site.visitor("school_clerk"), own_site.visitor("school_head")
    sheet, names = first_grid(own_site, at)
    edit = f"{at}edit/?sheet={sheet}"
    by = own_site.account("school_clerk")["login"]
    assert f'name="by" value="{by}"' in clerk.get(edit).text
    refused = head.send(edit, f"{at}edit/save", **{f"c:{names[0]}": "77", "by": by})
    assert (refused.status, "别人登录时打开的" in refused.text) == (422, True)
    assert "77" not in head.get(edit).text.partition(names[0])[2][:40]
