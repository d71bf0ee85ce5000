"""What a page may not do in any test: each browser is watched from its first page to its last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

TELL_REFUSALS = """
document.addEventListener('securitypolicyviolation', (event) => {
  console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI} `
    + `${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
"""
OWN = ("127.0.0.1", "localhost", "")
"""Hosts of this machine; data: and blob: have none."""
LOADING = "Failed to load resource: the server responded with a status of"
"""What the console says about an answer that is looked at by itself."""
LEFT = ("net::ERR_ABORTED",)
"""How a request ends that the page no longer waits for: a download, or the next page."""


class Watch:
    """Notes what goes wrong in a browser's context, for the end of the test."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        self.allowed: set[int] = set()
        self.requests: list[str] = []
        context.add_init_script(TELL_REFUSALS)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Answers of these kinds are what the test is about, for a while."""
        before = self.allowed
        self.allowed = before | set(statuses)
        yield
        self.allowed = before

    def clean(self) -> None:
        """Fail if anything was noted."""
        assert not self.faults, "\n".join(self.faults)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(LOADING):
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        self.requests.append(request.url)
        if (urlsplit(request.url).hostname or "") not in OWN:
            self.faults.append(f"left the machine: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure not in LEFT:
            self.faults.append(f"failed: {request.method} {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.allowed:
            self.faults.append(f"answered {response.status}: {response.url}")
