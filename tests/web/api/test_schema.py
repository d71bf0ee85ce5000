"""The interface keeps its own schema, whatever is asked of it; and nothing is shown without a token."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
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


@pytest.fixture(scope="module")
def token(site):
    """The office clerk's token, made as she would make it."""
    return site.token("office_clerk")


@pytest.fixture(scope="module")
def schema(site):
    return schemathesis.openapi.from_url(f"{site.url.rstrip('/')}/api/v1/openapi.json")


def test_nothing_is_shown_without_a_token(site):
    told = json.loads(site.visitor().get("/api/v1/openapi.json").text)
    for path, methods in told["paths"].items():
        for method in methods:
            at = path.replace("{", "").replace("}", "")
            answer = site.visitor().ask(method.upper(), at, b"{}", {"Content-Type": "application/json"})
            assert answer.status == 401, (method, path)
            assert json.loads(answer.text)["issues"][0]["code"] == "A-TOKEN"


lazy = schemathesis.pytest.from_fixture("schema")


@lazy.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_operation_keeps_its_schema(case, token):
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})
