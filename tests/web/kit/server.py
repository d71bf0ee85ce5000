"""The real server, in a process of its own on loopback, stopped when the tests are done."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import warmed
from kit.people import accounts
from kit.surroundings import COMMAND, surroundings
from kit.visitor import Visitor

PATIENCE = 60
"""Seconds until a server has to listen, on a machine that does much else."""


class Server:
    """A server on a workspace: a copy of one process that has everything loaded.

    With `begin=subprocess.Popen` it is started as at a county's desk, which takes seconds.
    """

    def __init__(
        self,
        workspace: Path,
        scratch: Path,
        words: Sequence[str] = (),
        begin: Callable[..., Any] = warmed.popen,
    ) -> None:
        self.workspace = workspace
        self.log = scratch / "server.log"
        self.said = scratch / "server.out"
        self._cookies: dict[str, Mapping[str, str]] = {}
        port = free_port()
        where = ("--workspace", str(workspace), "--host", "127.0.0.1", "--port", str(port))
        with self.said.open("w") as out, self.log.open("w") as log:
            self.process = begin(
                [*COMMAND, "serve", *where, *words],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=log,
                env=surroundings(scratch),
            )
        try:
            self.url = self._listening()
        except BaseException:
            self.kill()
            raise

    @property
    def address(self) -> str:
        """Host and port."""
        return urlsplit(self.url).netloc

    @property
    def output(self) -> str:
        """What it has printed."""
        return self.said.read_text(encoding="utf-8")

    def visitor(self, role: str = "", *, fresh: bool = False) -> Visitor:
        """Somebody without a browser; signed in where a role is named."""
        visitor = Visitor(self.url)
        if role:
            visitor.cookies.update(self.cookies(role, fresh=fresh))
        return visitor

    def account(self, who: str) -> Mapping[str, str]:
        """A practice account by login, or the first of a role: login, password, name, role, place."""
        known = accounts(self.workspace)
        for key in ("login", "role"):
            for each in known:
                if each[key] == who:
                    return each
        raise LookupError(f"no practice account {who}")

    def cookies(self, role: str, *, fresh: bool = False) -> Mapping[str, str]:
        """The cookies of a person who has signed in; one session a role unless a fresh one is asked."""
        if fresh or role not in self._cookies:
            account = self.account(role)
            visitor = Visitor(self.url)
            visitor.sign_in(account["login"], account["password"])
            if fresh:
                return visitor.cookies
            self._cookies[role] = visitor.cookies
        return self._cookies[role]

    def stop(self) -> None:
        """Stop it as a service manager does, and look whether it has met what it did not expect."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
            raise
        errors = self.log.read_text(encoding="utf-8", errors="replace")
        assert "Traceback (most recent call last)" not in errors, errors[-4000:]

    def kill(self) -> None:
        """End it at once, as a power cut does."""
        self.process.kill()
        self.process.wait()

    def _listening(self) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if line := re.match(r"(http://\S+/)\n", self.output):
                return line[1]
            time.sleep(0.05)
        told = self.output + self.log.read_text(encoding="utf-8", errors="replace")
        raise AssertionError(f"the server does not listen:\n{told[-4000:]}")


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
