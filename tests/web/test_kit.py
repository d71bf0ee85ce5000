"""What watches the pages notices each fault that it is there for, in both browsers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from kit.browsers import LOOPBACK
from kit.watch import Watch

HEAD = '<!doctype html><html lang="zh"><meta charset="utf-8"><title>页</title><link rel="icon" href="/icon">'
PAGES = {
    "/to": '<main><a href="/slow">去</a></main>',
    "/slow": "<main><p>一</p><!--slowly--><p>二</p></main>",
    "/": '<main><h1>县学</h1><button id="b">按</button><script src="/script"></script></main>',
    "/script": "document.getElementById('b').onclick = function () { document.title = '按过' };",
    "/icon": "",
    "/inline": "<h1>页</h1><script>document.title = 'inline'</script>",
    "/style": '<h1 style="color: red">页</h1>',
    "/away": '<h1>页</h1><img alt="" src="http://example.invalid/a.png">',
    "/broken": '<h1>页</h1><script src="/throws"></script>',
    "/throws": "nowhere.to.be.found();",
    "/says": '<h1>页</h1><script src="/complains"></script>',
    "/complains": "console.error('坏了');",
    "/unlabelled": '<main><h1>页</h1><input name="a"></main>',
    "/wide": "<h1>页</h1><table><tr><td>" + "宽" * 200 + "</td></tr></table>",
    "/nobreak": "<h1>页</h1><pre>" + "宽" * 200 + "</pre>",
}
POLICY = "default-src 'self'; img-src *"


class Pages(BaseHTTPRequestHandler):
    """A few pages, right and wrong ones."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(404 if body is None else 200)
        shown = "text/html" if (body or "<").startswith("<") else "text/javascript"
        self.send_header("Content-Type", f"{shown}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        first, *rest = ((HEAD if shown == "text/html" else "") + (body or "")).split(
            "<!--slowly-->"
        )
        self.wfile.write(first.encode())
        for one in rest:
            self.wfile.flush()
            time.sleep(0.5)
            self.wfile.write(one.encode())

    def log_message(self, *what: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[SimpleNamespace]:
    with ThreadingHTTPServer((LOOPBACK, 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield SimpleNamespace(url=f"http://{LOOPBACK}:{server.server_port}/")
        server.shutdown()
        thread.join()


@pytest.fixture(params=["browser", "old_browser"])
def either(request: pytest.FixtureRequest):
    return request.getfixturevalue(request.param)


def faults(browser, url: str) -> list[str]:
    context = browser.new_context()
    watch = Watch(context)
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    context.close()
    return watch.faults


def test_a_page_that_is_right_is_let_through(pages, visit, axe, fits, screenshots):
    page = visit(site=pages)
    page.get_by_role("button", name="按").click()
    assert page.title() == "按过"
    axe(page)
    fits(page)
    assert [path.stat().st_size > 1000 for path in screenshots(page, "right")] == [True, True]
    assert page.viewport_size == {"width": 1440, "height": 900}


def test_the_oldest_browser_is_one_of_2021_and_can_be_used(pages, visit, axe, fits, screenshots):
    page = visit(site=pages, old=True)
    assert "Chrome/92." in page.evaluate("navigator.userAgent")
    assert page.evaluate("new Date(0).getHours() + navigator.language") == "8zh-CN"
    page.get_by_role("button", name="按").click()
    assert page.title() == "按过"
    axe(page)
    fits(page)
    screenshots(page, "right-old")


def test_after_a_press_the_next_page_is_there_to_its_end(pages, visit):
    page = visit("/to", site=pages)
    page.click("text=去")
    assert page.locator("p").count() == 2


def test_without_javascript_a_page_is_still_read(pages, visit):
    page = visit(site=pages, javascript=False)
    page.get_by_role("button", name="按").click()
    assert page.title() == "页"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("inline", "refused by the policy: script-src"),
        ("style", "refused by the policy: style-src"),
        ("away", "left the machine: http://example.invalid/a.png"),
        ("broken", "nowhere is not defined"),
        ("says", "console: 坏了"),
        ("none", "answered 404"),
    ],
)
def test_each_fault_is_noticed(pages, either, path, fault):
    assert fault in "\n".join(faults(either, pages.url + path))


def test_nothing_is_noticed_where_nothing_is_wrong(pages, either):
    assert faults(either, pages.url) == []


def test_an_answer_that_a_test_is_about_is_no_fault(pages, visit):
    page = visit(site=pages)
    with page.watch.expecting(404):
        page.goto("/none")
    assert page.title() == "页"


def test_a_field_without_a_name_is_a_grave_fault(pages, visit, axe):
    page = visit("/unlabelled", site=pages)
    with pytest.raises(AssertionError, match="critical label"):
        axe(page)


def test_what_is_wider_than_a_phone_is_named(pages, visit, fits):
    fits(visit("/wide", site=pages))
    with pytest.raises(AssertionError, match="宽宽"):
        fits(visit("/nobreak", site=pages))
