"""What tests of pages ask for: a county, a server on it, two browsers, people who have signed in.

`site` is one server for all tests of a process that change nothing anybody else looks at; `own_site`
is a test's own, on a copy of the county. `visit()` opens a page, `signed_in(role)` one of somebody
who has signed in (the first practice account of a role); both take `site=`, `old=True` for Chromium 92, `javascript=False`, `width=`, and
fail at the end if the browser was refused something by the policy, met an error in its console or an
answer that was not expected, or asked for anything outside this machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from kit.atlas import Atlas
from kit.browsers import driver, oldest, todays
from kit.busy import explored, remembered
from kit.looks import FOLDER, WIDTHS, axe, fits, screenshots
from kit.patience import patient
from kit.server import Server
from kit.watch import Watch
from kit.workspaces import copied
from playwright.sync_api import Browser, BrowserContext, Page, Playwright


@pytest.fixture(scope="session")
def county(example_county: Path) -> Path:
    """The example county's workspace, made once for all processes: for looking at only."""
    return example_county


@pytest.fixture
def workspace(county: Path, tmp_path: Path) -> Path:
    """A copy of the county that a test may change."""
    return copied(county, tmp_path)


@pytest.fixture(scope="session")
def site(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for every test that changes nothing others look at."""
    scratch = tmp_path_factory.mktemp("site")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def worked(county: Path) -> tuple[Path, Atlas, str]:
    """A county in which some work has been done, so that every page has something, and what
    everybody is led to there: made once for all processes."""
    return explored(county, county.parent)


@pytest.fixture(scope="session")
def busy(
    worked: tuple[Path, Atlas, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A server on a county in which some work has been done."""
    scratch = tmp_path_factory.mktemp("busy")
    server = Server(copied(worked[0], scratch), scratch)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def atlas(busy: Server, worked: tuple[Path, Atlas, str]) -> Atlas:
    """What everybody is led to there."""
    return remembered(busy, *worked[1:])


@pytest.fixture
def own_site(workspace: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, on a copy of the county."""
    server = Server(workspace, tmp_path, ("--cold",))
    yield server
    server.stop()


@pytest.fixture
def started() -> Iterator[Callable[..., Server]]:
    """Start servers: `started(workspace, scratch, *words)`; stopped at the end.

    `begin=subprocess.Popen` starts one as at a county's desk (`kit.server`).
    """
    with ExitStack() as stopping:

        def start(workspace: Path, scratch: Path, *words: str, **how: Any) -> Server:
            server = Server(workspace, scratch, ("--cold", *words), **how)
            stopping.callback(server.stop)
            return server

        yield start


# Open for this folder's tests only: as long as it is, an event loop runs in this thread.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """The browsers' driver."""
    with driver() as opened, pytest.MonkeyPatch.context() as patch:
        patient(patch)
        yield opened


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The distribution's Chromium."""
    with todays(playwright) as opened:
        yield opened


@pytest.fixture(scope="package")
def old_browser(
    playwright: Playwright, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """Chromium 92, the oldest browser that the pages are made for."""
    with oldest(playwright, tmp_path_factory.mktemp("old")) as opened:
        yield opened


@pytest.fixture
def visit(request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page of nobody in particular, at the address the site is asked for first."""
    watches: list[Watch] = []
    with ExitStack() as closing:

        def open_page(path: str = "/", *, site: Server | None = None, **how: bool | int) -> Page:
            server = site or request.getfixturevalue("site")
            context = _context(request, server, **how)
            closing.callback(context.close)
            watches.append(Watch(context))
            page = context.new_page()
            page.watch = watches[-1]
            if path:
                page.goto(path)
            return page

        yield open_page
    for each in watches:
        each.clean()


def _context(
    request: pytest.FixtureRequest,
    server: Server,
    *,
    old: bool = False,
    javascript: bool = True,
    width: int = 1440,
) -> BrowserContext:
    browser = request.getfixturevalue("old_browser" if old else "browser")
    return browser.new_context(
        base_url=server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        java_script_enabled=javascript,
        viewport={"width": width, "height": WIDTHS.get(width, 900)},
        accept_downloads=True,
    )


@pytest.fixture
def signed_in(visit: Callable[..., Page], request: pytest.FixtureRequest) -> Callable[..., Page]:
    """Open a page of somebody who has signed in; `fresh=True` in a session of its own."""

    def open_page(
        role: str, path: str = "/", *, site: Server | None = None, fresh: bool = False, **how: bool
    ) -> Page:
        server = site or request.getfixturevalue("site")
        page = visit("", site=server, **how)
        page.context.add_cookies(
            [
                {"name": name, "value": value, "url": server.url}
                for name, value in server.cookies(role, fresh=fresh).items()
            ]
        )
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def look(screenshots: Callable[[Page, str], list[Path]]) -> Callable[[Page, str], None]:
    """`look(page, name)`: axe, the width of a phone, and pictures where somebody asks for them."""

    def looked_at(page: Page, name: str) -> None:
        axe(page)
        fits(page)
        if FOLDER in os.environ:
            screenshots(page, name)

    return looked_at


@pytest.fixture(name="axe")
def _axe() -> Callable[[Page], None]:
    """`axe(page)`: no serious or critical fault."""
    return axe


@pytest.fixture(name="fits")
def _fits() -> Callable[[Page], None]:
    """`fits(page)`: nothing makes the page scroll sideways on a phone."""
    return fits


@pytest.fixture(name="screenshots")
def _screenshots(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Page, str], list[Path]]:
    """`screenshots(page, name)`: pictures at 1440 and 390, kept in the folder XIANXUE_SCREENSHOTS."""
    return partial(screenshots, folder=tmp_path_factory.mktemp("screenshots"))
