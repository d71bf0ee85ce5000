"""The clerk prepares, the head looks and signs; nobody else sees what is not handed in."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

ONE = "/returns/school_annual/2025-2026/"


@pytest.fixture
def at(own_site) -> str:
    return f"{ONE}{own_site.account('school_clerk')['place']}/"


@pytest.fixture
def prepared(own_site, at) -> str:
    """The clerk's name; the books have become one more."""
    clerk = own_site.visitor("school_clerk")
    sheet = f"{at}edit/?sheet=premises"
    found = re.search(
        r'name="(c:premises[^"]+)" value="(\d+)" aria-label="图书', clerk.get(sheet).text
    )
    assert found is not None
    kept = clerk.send(sheet, f"{at}edit/save", **{found[1]: str(int(found[2]) + 1)})
    assert kept.status == 303
    return own_site.account("school_clerk")["name"]


def test_the_head_signs_what_the_clerk_has_prepared(own_site, at, prepared):
    head = own_site.visitor("school_head")
    assert f"{prepared}准备了一份" in head.get(at).text
    looked = next(to for to in head.get(at).links() if "check/?of=" in to)
    page = head.get(looked)
    assert page.status == 200
    assert 'name="text"' not in page.text, (
        "what somebody else types is not changed under their hands"
    )
    sign = next(to for to in page.links() if "/sign/?" in to)
    shown = head.get(sign)
    assert f'value="{prepared}"' in shown.text
    assert f'value="{own_site.account("school_head")["name"]}"' in shown.text

    done = head.send(sign, f"{at}sign/submit", why="更正（虚构）")

    assert done.status == 303
    after = head.get(at).text
    assert f"填报人 {prepared}" in after
    assert "准备了一份" not in after, "what was handed in leaves no draft"


def test_a_correction_without_a_reason_is_refused_and_the_draft_stays(own_site, at, prepared):
    head = own_site.visitor("school_head")
    sign = next(
        to
        for to in head.get(next(to for to in head.get(at).links() if "check/?of=" in to)).links()
        if "/sign/?" in to
    )

    assert head.send(sign, f"{at}sign/submit").status == 422
    assert f"{prepared}准备了一份" in head.get(at).text


def test_a_draft_is_nobodys_outside_the_school(own_site, at, prepared):
    for role in ("office_clerk", "leader", "auditor", "central_school"):
        visitor = own_site.visitor(role)
        assert prepared + "准备" not in visitor.get(at).text, role
        assert visitor.get(f"{at}check/?of={quote(prepared)}").status in {403, 404}, role


def test_a_discarded_draft_is_brought_back(own_site, at, prepared):
    clerk = own_site.visitor("school_clerk")
    assert clerk.send(f"{at}edit/?sheet=premises", f"{at}edit/discard").status == 303
    assert "一天以内可以找回" in clerk.get(at).text
    assert clerk.send(at, f"{at}edit/restore").status == 303
    assert "接着填" in clerk.get(at).text
