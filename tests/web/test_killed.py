"""A server killed in the middle of what somebody has asked for: all of it is done or none of it."""

from __future__ import annotations

import json
import random
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path

import pytest
import warmed
from kit.server import Server
from kit.surroundings import COMMAND, surroundings

FORM, PERIOD = "school_annual", "2026-2027"
"""The round that is half way in the example county: seven handed in, three looked at."""
ROUND = f"/returns/{FORM}/{PERIOD}/"
SEED = 20261129
MOMENTS = 3
"""How often it is killed, at moments drawn from a seed."""
COLD = ("--cold",)
"""Its pages are looked at once or not at all."""


class Bureau:
    """A server that is killed and started again on the same workspace."""

    def __init__(self, workspace: Path, scratch: Path) -> None:
        self.workspace, self.scratch = workspace, scratch
        self.server = Server(workspace, scratch, COLD, subprocess.Popen)

    def again(self) -> None:
        self.server.kill()
        self.server = Server(self.workspace, self.scratch, COLD, subprocess.Popen)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        given = [*COMMAND, *words, "--workspace", str(self.workspace)]
        return warmed.run(given, env=surroundings(self.scratch), timeout=300)

    def lines(self, deed: str) -> list[str]:
        """What the journal says a deed was done to."""
        told = json.loads(self.command("journal", "show", "--json").stdout)
        return [each["subject"] for each in told if each["deed"] == deed]

    def states(self) -> dict[str, tuple[str, int]]:
        """Place to state and revision of what was handed in for the round."""
        told = json.loads(self.command("returns", "status", "--period", PERIOD, "--json").stdout)
        return {each["place"]: (each["state"], each["submitted"]) for each in told}

    def whole(self) -> None:
        done = self.command("journal", "verify")
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def bureau(workspace, tmp_path):
    made = Bureau(workspace, tmp_path)
    yield made
    made.server.stop()


def sent(server: Server, role: str, path: str, said: dict[str, str]) -> threading.Thread:
    """Send a form in a thread of its own: whoever sent it learns nothing of a server that dies."""
    visitor = server.visitor(role, fresh=True)
    token = visitor.token("/own")
    said = {"csrfmiddlewaretoken": token, **said}

    def send() -> None:
        with suppress(OSError, HTTPException):
            visitor.post(path, said, of="/own")

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def listed(states: dict[str, tuple[str, int]], state: str) -> dict[str, str]:
    rows = [f"{place}:{number}" for place, (now, number) in states.items() if now == state]
    return {"rows": " ".join(rows), "many": str(len(rows))}


def stepped(bureau: Bureau, role: str, name: str, rows: str) -> None:
    """Take a step with all of a list, and wait for it."""
    visitor = bureau.server.visitor(role, fresh=True)
    begun = visitor.post(f"{ROUND}all/{name}", {f"all-{name}": rows}, of="/own")
    for _ in range(240):
        if visitor.get(begun.goes_to).status == 303:
            return
        time.sleep(0.25)
    raise AssertionError(visitor.get(begun.goes_to).text)


@pytest.mark.ci
def test_killed_among_many_approvals_all_are_done_or_none(bureau):
    stepped(bureau, "office_clerk", "review", listed(bureau.states(), "submitted")["rows"])
    found = listed(bureau.states(), "in_review")
    before, rows = bureau.lines("returns.approve"), found["rows"]
    assert int(found["many"]) == 10

    chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
    for _ in range(MOMENTS):
        thread = sent(bureau.server, "leader", f"{ROUND}all/approve", {"all-approve": rows})
        time.sleep(chance.uniform(0, 1.2))
        bureau.again()
        thread.join()
        done = len(bureau.lines("returns.approve")) - len(before)
        left = int(listed(bureau.states(), "in_review")["many"])
        # One line tells of all ten.
        assert (done, left) in {(0, 10), (1, 0)}
        bureau.whole()
        if done:
            break
    else:
        stepped(bureau, "leader", "approve", rows)
    assert len(bureau.lines("returns.approve")) - len(before) == 1
    assert int(listed(bureau.states(), "in_review")["many"]) == 0


@pytest.mark.ci
def test_killed_while_it_publishes_there_is_one_release_or_none(bureau):
    chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
    for _ in range(MOMENTS):
        said = {"why": "试发（虚构）"}
        thread = sent(bureau.server, "leader", "/releases/freeze/done", said)
        time.sleep(chance.uniform(0, 1.5))
        bureau.again()
        thread.join()
        made = bureau.lines("returns.release")
        assert len(made) <= 1
        bureau.whole()
        if made:
            break
    leader = bureau.server.visitor("leader", fresh=True)
    done = leader.post("/releases/freeze/done", {"why": "试发（虚构）"}, of="/own")
    assert done.status == 303, done.text
    assert len(bureau.lines("returns.release")) == 1
    checked = bureau.command("release", "verify")
    assert checked.returncode == 0, checked.stdout


@pytest.mark.ci
def test_killed_while_it_takes_an_upload_it_is_there_whole_or_not_at_all(bureau):
    clerk = bureau.server.account("school_clerk")
    (own,) = (bureau.workspace / "workbooks").glob(f"{clerk['place']}_*.xlsx")
    files = {"files": (own.name, own.read_bytes())}
    lines, chance = len(bureau.lines("returns.submit")), random.Random(SEED)  # noqa: S311 - moments, no secrets
    for _ in range(MOMENTS):
        visitor = bureau.server.visitor("school_clerk", fresh=True)

        def send(visitor=visitor):
            with suppress(OSError, HTTPException):
                visitor.send("/returns/upload/", "/returns/upload/take", files=files)

        thread = threading.Thread(target=send)
        thread.start()
        time.sleep(chance.uniform(0, 0.4))
        bureau.again()
        thread.join()
        # What was sent before is a page that can be shown, whatever had come of it.
        page = bureau.server.visitor("school_clerk", fresh=True).get("/returns/upload/")
        assert page.status == 200
        for link in {one for one in page.links() if "/returns/sent/" in one}:
            assert bureau.server.visitor("school_clerk").get(link, follow=True).status == 200
    bureau.whole()
    assert len(bureau.lines("returns.submit")) == lines
    again = bureau.server.visitor("school_clerk").send(
        "/returns/upload/", "/returns/upload/take", files=files
    )
    assert again.status == 303


def test_of_two_who_approve_at_once_one_does_and_the_other_is_told(bureau):
    waiting = [place for place, (now, _) in bureau.states().items() if now == "in_review"]
    place, before = waiting[0], len(bureau.lines("returns.approve"))
    people = [bureau.server.visitor(role, fresh=True) for role in ("leader", "office_clerk")]
    said = {"step": "approve", "seen": str(bureau.states()[place][1])}
    said |= {"override": "两人同时点（虚构）"}
    tokens = [one.token("/own") for one in people]

    def approve(at: int) -> int:
        fields = {"csrfmiddlewaretoken": tokens[at], **said}
        return people[at].post(f"{ROUND}{place}/step", fields, of="/own").status

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(approve, range(2)))
    assert told == [303, 422]
    assert len(bureau.lines("returns.approve")) == before + 1
    bureau.whole()


def test_a_backup_made_while_others_work_comes_back_with_the_same_figures(bureau, tmp_path):
    """The county's figures stand still meanwhile, so they are those of any moment of it."""
    rows = listed(bureau.states(), "submitted")["rows"]
    figures = ("indicators", "list", "--json")
    before = json.loads(bureau.command(*figures).stdout)
    made, restored = tmp_path / "kept.zip", tmp_path / "restored"
    worker = threading.Thread(target=stepped, args=(bureau, "office_clerk", "review", rows))
    worker.start()
    done = bureau.command("backup", "-o", str(made))
    worker.join()
    assert done.returncode == 0, done.stdout + done.stderr

    told = subprocess.run(
        [*COMMAND, "restore", str(made), str(restored)],
        env=surroundings(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    live, bureau.workspace = bureau.workspace, restored
    bureau.whole()
    assert json.loads(bureau.command(*figures).stdout) == before
    # All seven were taken up in one deed: the backup has all of them or none.
    assert len([now for now, _ in bureau.states().values() if now == "submitted"]) in {0, 7}
    bureau.workspace = live
    bureau.whole()
