"""Deeds by way of the interface: the same as the pages', done once, and written in the journal."""

from __future__ import annotations

import json
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from kit.server import Server
from kit.workspaces import copied

OWN = "2163990006"
KEY = {"Idempotency-Key": "8f14e45f-1"}


@pytest.fixture(scope="module")
def own_site(county, tmp_path_factory):
    """A server of this module's own."""
    scratch = tmp_path_factory.mktemp("deeds")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def call(own_site, token_for, tmp_path_factory):
    """`call(role, method, path, said, headers)`: status and what was told."""
    tokens: dict[str, str] = {}

    def make(role, method, path, said=None, headers=None):
        if role not in tokens:
            tokens[role] = token_for(own_site.workspace, role, tmp_path_factory.mktemp(role))
        body = json.dumps(said).encode() if said is not None else None
        sent = {"Authorization": f"Bearer {tokens[role]}", "Content-Type": "application/json"}
        answer = own_site.visitor().ask(method, f"/api/v1/{path}", body, sent | (headers or {}))
        return answer.status, json.loads(answer.text)

    return make


def ended(call, role, work):
    """A long work once it has ended: a county's backup takes longer on a busy machine."""
    for _ in range(120):
        if work["state"] not in {"waiting", "going"}:
            return work
        time.sleep(0.5)
        _, work = call(role, "GET", f"works/{work['key']}")
    raise AssertionError(work)


def deeds(call) -> list[str]:
    """The journal's deeds, the last one first."""
    _, told = call("auditor", "GET", "journal?limit=1000")
    return [one["deed"] for one in told["items"] if one["deed"] != "accounts.issue_token"]


def test_an_event_is_tried_registered_and_taken_back(call):
    said = {"kind": "renamed", "day": "2026-03-01", "codes": [OWN], "name": "新名小学（虚构）"}
    said |= {"document": "虚构发〔2026〕1号", "reason": "更名（虚构）"}
    before = deeds(call)

    status, told = call("office_clerk", "POST", "events", said | {"try_only": True})
    assert (status, told) == (200, [])
    assert deeds(call) == before
    status, told = call("office_clerk", "POST", "events", said)
    assert (status, len(told)) == (200, 1)
    _, place = call("office_clerk", "GET", f"places/{OWN}")
    assert place["name"] == "新名小学（虚构）"

    wrong = {"day": "2026-03-02", "kind": "renamed", "codes": [OWN], "why": "试（虚构）"}
    undo = f"events/{told[0]['line']}/undo"
    assert call("office_clerk", "POST", undo, wrong)[0] == 404
    status, told = call("office_clerk", "POST", undo, wrong | {"day": "2026-03-01"})
    assert (status, told) == (200, [])


def test_a_call_sent_twice_with_its_key_is_done_once(call):
    said = {"targets": [{"indicator": "preschool_gross_enrolment", "amount": "98.5"}]}
    said["targets"][0] |= {"source": "虚构发〔2026〕2号", "origin": "own"}
    first = call("office_clerk", "POST", "targets", said, KEY)
    assert first[0] == 200, first
    lines = len(deeds(call))

    assert call("office_clerk", "POST", "targets", said, KEY) == first
    assert len(deeds(call)) == lines
    # Without the key it is another wish, and changes nothing, for all is set already.
    assert call("office_clerk", "POST", "targets", said) == (200, [])

    said["targets"][0]["amount"] = "99"
    status, told = call("office_clerk", "POST", "targets", said, KEY)
    assert (status, told["issues"][0]["code"]) == (422, "W-KEY")
    # A key is its sender's own.
    status, told = call("leader", "POST", "targets", said, KEY)
    assert (status, told[0]["amount"]) == (200, "99")

    key = {"key": told[0]["key"], "why": "撤销（虚构）"}
    assert call("leader", "POST", "targets/withdraw", key)[0] == 200
    assert call("leader", "POST", "targets/withdraw", key)[0] == 404


def test_a_first_password_is_told_once_and_kept_nowhere(call, own_site):
    one = {"login": "api-made", "name": "新人（虚构）", "role": "auditor"}
    status, made = call("administrator", "POST", "accounts", {"accounts": [one]}, KEY)
    assert status == 200
    password = made[0]["password"]

    status, told = call("administrator", "POST", "accounts", {"accounts": [one]}, KEY)
    assert (status, told["issues"][0]["code"]) == (422, "W-KEY")
    held = b"".join(path.read_bytes() for path in _files(own_site.workspace / "store"))
    assert password.encode() not in held
    status, told = call("administrator", "GET", "accounts/api-made")
    assert (status, told["posts"][0]["role"]) == (200, "auditor")


def _files(folder: Path):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_text_is_audited_and_thrown_away(call):
    said = {"text": "全县共有学校66所，在校生4804人，其中女生2310人，占49.09%。"}
    status, told = call("office_clerk", "POST", "audit/text", said)
    assert (status, told["state"]) == (200, "done")
    wrong = [one for one in told["findings"] if one["verdict"] == "inconsistent"]
    assert [one["stated"] for one in wrong] == ["49.09%"]
    # It is its owner's alone.
    assert call("auditor", "GET", f"audit/{told['key']}")[0] == 404
    assert call("office_clerk", "DELETE", f"audit/{told['key']}")[0] == 200
    assert call("office_clerk", "GET", f"audit/{told['key']}")[0] == 404


def test_a_section_is_written_handed_in_and_taken_over_by_somebody_else(call):
    _, report = call("office_clerk", "GET", "reports/annual_summary")
    prose = quote(report["sections"][1]["section"])
    at = f"reports/annual_summary/sections/{prose}"
    _, section = call("office_clerk", "GET", at)
    said = {"text": "各校开学平稳（虚构）。", "base": section["section"]["version"]}

    status, told = call("office_clerk", "PUT", at, said)
    assert (status, told["section"]["version"]) == (200, 1), told
    status, told = call("leader", "PUT", at, said | {"text": "另一稿（虚构）。"})
    assert status in {403, 422}
    assert call("office_clerk", "POST", f"{at}/steps", {"step": "hand_in"})[0] == 200
    assert call("office_clerk", "POST", f"{at}/steps", {"step": "accept"})[0] == 422
    status, told = call("leader", "POST", f"{at}/steps", {"step": "accept"})
    assert (status, told["section"]["state"]) == (200, "accepted")


def test_many_are_stepped_as_long_work_and_told_one_by_one(call):
    _, round_ = call("office_clerk", "GET", "returns?form=school_annual&limit=5")
    chosen = [{"place": one["place"], "seen": one["revision"]} for one in round_["items"]]
    status, work = call(
        "office_clerk",
        "POST",
        "rounds/school_annual/2025-2026/steps",
        {"step": "approve", "returns": chosen},
    )
    assert (status, work["state"], work["total"]) == (200, "done", 5), work
    # All are approved already: none is done again, and each says so.
    assert work["result"]["done"] == []
    assert [one["place"] for one in work["result"]["left"]] == [one["place"] for one in chosen]
    assert call("office_clerk", "GET", f"works/{work['key']}") == (200, work)
    assert call("leader", "GET", f"works/{work['key']}")[0] == 404


def test_a_backup_is_made_and_its_taking_is_written_down(call, own_site):
    status, work = call("administrator", "POST", "backups")
    assert (status, ended(call, "administrator", work)["state"]) == (200, "done")
    _, kept = call("administrator", "GET", "backups")
    assert [one["files"] > 0 for one in kept] == [True]
    assert call("office_clerk", "GET", "backups")[0] == 403


def test_a_release_and_what_it_differs_in(call):
    status, made = call("leader", "POST", "releases", {"why": "各校报齐（虚构）"})
    assert status == 200, made
    status, told = call("leader", "GET", f"releases/{made['period']}/{made['number']}/now")
    assert (status, told["causes"], told["changes"]) == (200, [], [])
    status, work = call("leader", "POST", "releases/verify")
    work = ended(call, "leader", work)
    assert (status, work["result"]["rows"][0]["faults"]) == (200, [])


def test_an_entry_is_registered_once_taken_further_and_asked_what_is_due(call):
    fields = {"what": "应急灯不亮", "found_on": "2025-09-03", "found_by": "学校自查", "domain": "消防", "grade": "一般"}  # fmt: skip
    said = {"place": OWN, "fields": fields, "on": "2025-09-03", "key": "telephone-1"}

    status, made = call("office_clerk", "POST", "ledgers/hazards/entries", said)
    assert (status, made["state"], made["fields"]["domain"]) == (200, "found", "fire")
    # The answer was lost on the way: sent again, nothing is registered twice.
    _, again = call("office_clerk", "POST", "ledgers/hazards/entries", said)
    assert again["entry"] == made["entry"]

    steps = f"ledgers/hazards/entries/{made['entry']}/steps"
    order = {"measures": "更换", "responsible": "总务处", "due_on": "2025-09-12", "plan": "值守"}
    said = {"step": "order", "fields": order, "on": "2025-09-05", "seen": 1}
    status, found = call("office_clerk", "POST", steps, said)
    assert (status, found["state"], len(found["history"])) == (200, "fixing", 2)
    status, told = call("office_clerk", "POST", steps, said)
    assert (status, told["issues"][0]["code"]) == (422, "L-STALE")

    _, due = call("office_clerk", "GET", "ledgers/due?on=2025-09-13&ledger=hazards")
    mine = [one for one in due if one["entry"] == made["entry"]]
    assert [(one["due"], one["lamp"]) for one in mine] == [("2025-09-12", "red")]
    status, told = call("office_clerk", "GET", "ledgers/nothing/entries")
    assert (status, told["issues"][0]["message"]) == (404, "没有这本台账。")
