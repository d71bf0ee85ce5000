"""The interface keeps its own schema, whatever is asked of it; and nothing is shown without a token."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from kit.server import Server
from kit.workspaces import copied
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = (
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
LET = {200, 201, 202, 204}
"""What whoever may make a call is answered."""


@pytest.fixture(scope="module")
def site(county, tmp_path_factory):
    """A server of this module's own: among what is asked by chance are deeds."""
    scratch = tmp_path_factory.mktemp("schema")
    server = Server(copied(county, scratch), scratch, ("--cold",))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def tokens(site, token_for, tmp_path_factory):
    """Between them these two may make every call."""
    return [
        token_for(site.workspace, role, tmp_path_factory.mktemp("token"))
        for role in ("office_clerk", "administrator")
    ]


@pytest.fixture(scope="module")
def schema(site):
    # Written once before it is waited for: a server that has just begun is slow the first time.
    site.visitor().get("/api/v1/openapi.json")
    return schemathesis.openapi.from_url(f"{site.url.rstrip('/')}/api/v1/openapi.json")


def test_nothing_is_shown_without_a_token(site):
    told = json.loads(site.visitor().get("/api/v1/openapi.json").text)
    for path, methods in told["paths"].items():
        for method in methods:
            at = path.replace("{", "").replace("}", "")
            answer = site.visitor().ask(
                method.upper(), at, b"{}", {"Content-Type": "application/json"}
            )
            assert answer.status == 401, (method, path)
            assert json.loads(answer.text)["issues"][0]["code"] == "A-TOKEN"


def asked(operation, token: str, times: int) -> set[int]:
    """Ask with whatever the schema allows, and with what it does not; which statuses came."""
    came = set()

    @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def kept(case):
        # What a server is asked for the first time it has to work out, on a busy machine.
        answer = case.call_and_validate(
            checks=CHECKS, headers={"Authorization": f"Bearer {token}"}, timeout=60
        )
        came.add(answer.status_code)

    kept()
    return came


@pytest.mark.ci
def test_every_operation_keeps_its_schema(schema, tokens):
    """Each is asked by the office's clerk, and by the administrator where the clerk got nothing."""
    clerk, administrator = tokens
    operations = [one.ok() for one in schema.get_all_operations()]
    assert len(operations) >= 60

    # Where the clerk was let, the administrator is told no other things.
    kept = [one for one in operations if not LET & asked(one, clerk, 5)]
    taken = [one for one in kept if LET & asked(one, administrator, 2)]
    assert taken
