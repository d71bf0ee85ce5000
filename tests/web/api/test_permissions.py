"""Every call as every role, in reach and out of it, against the one table of who may do what."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial

import pytest
from kit.atlas import ROLES
from kit.server import Server
from kit.workspaces import copied

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.standing.standing import Standing
from xianxue.web.kit.visit import Visit

KNOWN = {
    "form": "school_annual",
    "period": "2025-2026",
    "outline": "annual_summary",
    "standard": "balance_resources",
}
OWN, ANOTHER = "2163990006", "2163990004"
"""The school of the practice clerk and head, and one of another township."""
TOWNSHIPS = ("639900101", "639900102")


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    """A server of this module's own: some calls need nothing to be done."""
    scratch = tmp_path_factory.mktemp("calls")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def calls(site) -> list[tuple[str, str, Mapping[str, str]]]:
    """Method, path and what is said of each call."""
    told = json.loads(site.visitor().get("/api/v1/openapi.json").text)
    return [
        (method.upper(), path, call)
        for path, methods in told["paths"].items()
        for method, call in methods.items()
    ]


@pytest.fixture(scope="module")
def policy(county, tmp_path_factory) -> Standing:
    """The county as this process sees it, to ask its policy."""
    return Standing(copied(county, tmp_path_factory.mktemp("policy")))


@pytest.fixture
def token_of(site, token_for, tmp_path):
    """`token_of(role, *deeds)`: a token for this module's server."""
    return partial(_token, site.workspace, token_for, tmp_path)


def _token(workspace, token_for, scratch, role, *deeds):
    return token_for(workspace, role, scratch, *deeds)


def asked(site, method: str, path: str, token: str, place: str) -> int:
    """Make a call with a body that nothing can read: who may make it is told before."""
    known = {**KNOWN, "place": place, "key": f"pupils_all/{place}/all/2025-2026"}
    if not path.startswith("/api/v1/figures"):
        known["key"] = "nothing"
    at = re.sub(r"\{(\w+)\}", lambda part: known.get(part[1], "1"), path)
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    return site.visitor().ask(method, at, b"[" if method != "GET" else None, headers).status


def allowed(standing: Standing, account: Mapping[str, str], call: Mapping[str, str], place: str):
    actor = Actor(account["name"], account["role"], account["place"])
    visit = Visit(standing, "zh", datetime.now(UTC), actor=actor)
    deed = call["x-deed"]
    if not deed:
        return True
    if call["x-about"] == "anywhere":
        return bool(visit.authority.policy.scopes(actor.role, deed))
    return visit.may(deed, place if call["x-about"] == "place" else "")


@pytest.mark.parametrize("role", ROLES)
def test_each_call_is_open_to_whom_the_policy_says(site, calls, policy, token_of, role):
    token, account = token_of(role), site.account(role)
    wrong = {}
    for method, path, call in calls:
        for place in (OWN, ANOTHER) if call["x-about"] == "place" else (OWN,):
            status = asked(site, method, path, token, place)
            if (status != 403) != allowed(policy, account, call, place):
                wrong[method, path, place] = status
            assert status < 500, (method, path)
    assert wrong == {}


def test_every_call_says_what_it_takes(calls):
    assert len(calls) >= 60
    open_to_all = {path for _, path, call in calls if not call["x-deed"]}
    assert open_to_all == {
        f"/api/v1/{path}"
        for path in (
            "me", "todo", "search", "permissions", "works", "works/{key}", "works/{key}/stop",
        )
    }  # fmt: skip


def test_a_token_opens_no_more_than_it_was_given_for(site, calls, token_of):
    token = token_of("office_clerk", "returns.view")
    told = {
        (method, path): asked(site, method, path, token, OWN)
        for method, path, call in calls
        if call["x-deed"] not in {"", "returns.view"}
    }
    assert told == dict.fromkeys(told, 403)
    assert asked(site, "GET", "/api/v1/returns", token, OWN) == 200
