"""The two browsers: the distribution's Chromium, and the oldest that the pages are made for."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kit.tools import chromium, old_chromium
from playwright.sync_api import Browser, Playwright, sync_playwright

LOOPBACK = "127.0.0.1"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever asks for a host by name gets none: nothing leaves the machine unnoticed.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {LOOPBACK}",
]
# Playwright asks each element whether it is visible by a function that browsers have since 2022. A
# selector's script is read where Playwright's own scripts live, and nowhere that a page could see.
KNOWN_SINCE = """(() => {
  Element.prototype.checkVisibility ??= function () {
    for (let each = this; each; each = each.parentElement)
      if (getComputedStyle(each).display === 'none') return false;
    return this.isConnected;
  };
  return { query: () => null, queryAll: () => [] };
})()"""
PATIENCE = 30


@contextmanager
def driver() -> Iterator[Playwright]:
    """Playwright, which leaves an event loop running in this thread for as long as it is open.

    Django refuses its database where a loop runs; tests that use both at once are let.
    """
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as opened:
            opened.selectors.register("known_since", script=KNOWN_SINCE, content_script=True)
            yield opened
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@contextmanager
def todays(opened: Playwright) -> Iterator[Browser]:
    """The distribution's Chromium."""
    browser = opened.chromium.launch(executable_path=chromium(), args=QUIET)
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def oldest(opened: Playwright, folder: Path) -> Iterator[Browser]:
    """Chromium 92, spoken to over its debugging port."""
    words = ["--headless", "--remote-debugging-port=0", f"--user-data-dir={folder}", "--lang=zh-CN"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [old_chromium(), *QUIET, *words, "about:blank"], stdout=log, stderr=log
        )
    try:
        browser = opened.chromium.connect_over_cdp(f"http://{LOOPBACK}:{_port(folder)}")
        try:
            yield browser
        finally:
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _port(folder: Path) -> str:
    """The port that it has chosen, which it writes into its folder."""
    told = folder / "DevToolsActivePort"
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if told.exists() and (lines := told.read_text(encoding="ascii").splitlines()):
            return lines[0]
        time.sleep(0.05)
    raise AssertionError((folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:])
