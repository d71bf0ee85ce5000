"""A year's turn in the page: seen first, opened by whoever may, taken back until somebody files."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from kit.server import Server
from kit.workspaces import copied

from xianxue.desk.stores.settings_file import NAME, read_settings


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    scratch = tmp_path_factory.mktemp("year")
    workspace = copied(county, scratch)
    server = Server(workspace, scratch)
    server.county = workspace
    yield server
    server.stop()


def _period(site) -> str:
    return read_settings(site.county / NAME).period


def test_it_is_seen_opened_once_and_the_next_one_taken_back(site):
    clerk = site.visitor("office_clerk")
    assert 'href="/year/"' in clerk.get("/returns/").text
    before = _period(site)
    page = clerk.get("/year/")
    (after,) = re.findall(r'name="period" value="([\d-]+)"', page.text)
    assert _period(site) == before
    assert "从哪里升上来" in page.text
    # In the example county the next round is under way, so this year cannot be taken back later.
    done = clerk.send("/year/", "/year/open", period=after, why="开学（虚构）")
    assert (done.status, done.goes_to.endswith("/year/")) == (303, True)
    assert _period(site) == after
    again = clerk.get("/year/")
    assert "撤回" not in re.sub(r"<nav.*?</nav>", "", again.text, flags=re.DOTALL).split("</h1>")[1]
    # A page that stood open is sent once more: that year is open, and nothing is done.
    assert clerk.send("/year/", "/year/open", period=after).status == 303
    assert _period(site) == after

    (later,) = re.findall(r'name="period" value="([\d-]+)"', again.text)
    assert clerk.send("/year/", "/year/open", period=later).status == 303
    assert _period(site) == later
    assert "还没有单位报送，可以撤回" in clerk.get("/year/").text
    assert clerk.send("/year/", "/year/take-back", period=later).status == 303
    assert _period(site) == after
    refused = clerk.post("/year/take-back", {"period": after}, of="/own")
    assert refused.status == 422
    assert "已经报上来" in refused.text
    assert "xianxue" not in refused.text.split("<main")[1]
    assert _period(site) == after


def test_who_may_not_is_not_shown_it(site):
    for role in ("auditor", "school_clerk", "inspector"):
        visitor = site.visitor(role)
        assert visitor.get("/year/").status == 403
        assert 'href="/year/"' not in visitor.get("/returns/").text
