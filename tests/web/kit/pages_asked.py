"""Asks for pages of a workspace with Django's own client, and prints the answers as JSON.

A program of its own, for setting pages up changes what the whole process stands on; it costs less
than a server. Standard input: a JSON list of [role, path]; a third element is what is posted there.
"""

from __future__ import annotations

import base64
import csv
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kit.surroundings import surroundings


@dataclass(frozen=True)
class Page:
    """One answer."""

    status: int
    to: str
    data: bytes

    @property
    def text(self) -> str:
        """What it shows."""
        return self.data.decode()


def asked(
    root: Path, scratch: Path, *wanted: tuple[str, str] | tuple[str, str, dict]
) -> list[Page]:
    """Ask for pages, one after another; give the answers in the same order."""
    done = subprocess.run(
        [sys.executable, __file__, str(root)],
        input=json.dumps(wanted),
        env={**surroundings(scratch), "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return [
        Page(status, to, base64.b64decode(data)) for status, to, data in json.loads(done.stdout)
    ]


def main(root: Path) -> None:
    """Answer what standard input asks."""
    from django.test import Client  # noqa: PLC0415 - in the child process alone

    from xianxue.web.site import setting_up  # noqa: PLC0415 - as above

    setting_up(root)
    with (root / "accounts.tsv").open(encoding="utf-8") as file:
        people = {one["role"]: one for one in csv.DictReader(file, delimiter="\t")}
    clients: dict[str, Client] = {}
    answers = []
    for role, path, *said in json.load(sys.stdin):
        if role not in clients:
            clients[role] = Client(HTTP_HOST="localhost")
            one = {name: people[role][name] for name in ("login", "password")}
            assert clients[role].post("/login/in", one).status_code == 303
        answer = clients[role].post(path, *said) if said else clients[role].get(path)
        whole = answer.getvalue() if answer.streaming else answer.content
        data = base64.b64encode(whole).decode()
        answers.append((answer.status_code, answer.headers.get("Location", ""), data))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
