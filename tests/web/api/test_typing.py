"""Drafts, scans and the design of forms by way of the interface: as on their pages."""

from __future__ import annotations

import io
import json

import pytest
from kit.forms import multipart
from kit.server import Server
from kit.workspaces import copied
from PIL import Image

OWN = "2163990006"
ONE = f"returns/school_annual/2025-2026/{OWN}"
SIGNED = {"clerk": "填报员（虚构）", "head": "校长（虚构）", "why": "更正（虚构）"}


@pytest.fixture(scope="module")
def own_site(county, tmp_path_factory):
    """A server of this module's own."""
    scratch = tmp_path_factory.mktemp("typing")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def call(own_site, token_for, tmp_path_factory):
    """`call(role, method, path, said, files=)`: status and what was told."""
    tokens: dict[str, str] = {}

    def make(role, method, path, said=None, files=None):
        if role not in tokens:
            tokens[role] = token_for(own_site.workspace, role, tmp_path_factory.mktemp(role))
        kind, body = "application/json", json.dumps(said).encode() if said is not None else None
        if files is not None:
            kind, body = multipart({name: [text] for name, text in (said or {}).items()}, files)
        sent = {"Authorization": f"Bearer {tokens[role]}", "Content-Type": kind}
        answer = own_site.visitor().ask(method, f"/api/v1/{path}", body, sent)
        plain = answer.headers["Content-Type"].startswith("application/json")
        return answer.status, json.loads(answer.text) if plain else answer.body

    return make


def typed(call, name, text, agreed):
    return call(
        "school_clerk",
        "PUT",
        f"{ONE}/draft/cells",
        {"cells": {name: {"text": text, "agreed": agreed}}},
    )


def a_draft_is_typed_undone_and_kept_to_its_owner(call):
    assert call("school_clerk", "GET", f"{ONE}/draft")[0] == 404
    status, told = typed(call, "students.G1.enrolled", "41", "")
    assert status == 200, told
    # It begins with what stands there: what was agreed on has to be said.
    was = told["draft"]["cells"]["students.G1.enrolled"]
    (doubt,) = told["draft"]["conflicts"]
    assert (doubt["name"], doubt["mine"], doubt["theirs"]) == ("students.G1.enrolled", "41", was)
    _, chosen = call(
        "school_clerk", "POST", f"{ONE}/draft/choices", {"name": doubt["name"], "mine": True}
    )
    assert (chosen["conflicts"], chosen["cells"]["students.G1.enrolled"]) == ([], "41")
    status, told = typed(call, "students.G1.enrolled", "43", "41")
    assert told["draft"]["cells"]["students.G1.enrolled"] == "43"
    _, undone = call("school_clerk", "POST", f"{ONE}/draft/steps", {"step": "undo"})
    assert undone["cells"]["students.G1.enrolled"] == "41"
    # Nobody else's, and nobody else may begin one.
    assert call("school_head", "GET", f"{ONE}/draft")[0] == 404
    assert call("leader", "GET", f"{ONE}/draft")[0] == 403


def what_is_worked_out_or_unknown_is_not_typed(call):
    _, told = typed(call, "students.G1.nothing", "1", "")
    assert told["skipped"] == ["students.G1.nothing"]
    assert "students.G1.nothing" not in told["draft"]["cells"]


def a_draft_is_checked_and_cannot_be_handed_in_wrong(call):
    _, told = call("school_clerk", "GET", f"{ONE}/draft")
    now = told["cells"]["students.G1.enrolled"]
    typed(call, "students.G1.enrolled", "很多", now)
    _, checked = call("school_clerk", "GET", f"{ONE}/draft/issues")
    assert not checked["clean"]
    assert any("很多" in one["message"] for one in checked["issues"])
    _, refused = call("school_clerk", "POST", f"{ONE}/draft/submit", SIGNED)
    assert refused["done"] == []
    assert any("很多" in one["message"] for one in refused["issues"])
    call("school_clerk", "POST", f"{ONE}/draft/steps", {"step": "undo"})


def a_draft_is_thrown_away_and_brought_back(call):
    call("school_clerk", "POST", f"{ONE}/draft/steps", {"step": "discard"})
    assert call("school_clerk", "GET", f"{ONE}/draft")[0] == 404
    status, back = call("school_clerk", "POST", f"{ONE}/draft/steps", {"step": "restore"})
    assert (status, back["cells"]["students.G1.enrolled"]) == (200, "41")


def a_draft_goes_in(call):
    call("school_clerk", "POST", f"{ONE}/draft/steps", {"step": "discard"})
    typed(call, "students.G1.nothing", "1", "")
    _, told = call("school_clerk", "POST", f"{ONE}/draft/submit", SIGNED)
    # Begun anew from what stands: the very same values are handed in once, and the draft is gone.
    assert told["issues"] == []
    assert [(one["place"], one["unchanged"]) for one in told["done"]] == [(OWN, True)]
    assert call("school_clerk", "GET", f"{ONE}/draft")[0] == 404


def test_a_draft_from_the_first_number_to_handing_in(call):
    """In this order, and in one process: each goes on with the draft of the one before."""
    a_draft_is_typed_undone_and_kept_to_its_owner(call)
    what_is_worked_out_or_unknown_is_not_typed(call)
    a_draft_is_checked_and_cannot_be_handed_in_wrong(call)
    a_draft_is_thrown_away_and_brought_back(call)
    a_draft_goes_in(call)


# ── scans ───────────────────────────────────────────────────────────────────


def page(colour: int) -> bytes:
    kept = io.BytesIO()
    Image.new("L", (60, 80), colour).save(kept, "PNG")
    return kept.getvalue()


def test_a_scan_is_attached_to_the_revision_on_its_paper(call):
    _, before = call("school_clerk", "GET", f"{ONE}/scans")
    paper = {"revision": str(before["revision"]), "digest": before["content"][:12]}
    file = {"files": [("盖章.png", page(200))]}
    status, told = call("school_clerk", "POST", f"{ONE}/scans", paper, file)
    assert status == 200, told
    assert [(one["file"], one["kind"]) for one in told["scans"]] == [("盖章.png", "png")]
    _, again = call("school_clerk", "POST", f"{ONE}/scans", paper, file)
    assert again["unchanged"]
    _, listed = call("office_clerk", "GET", f"{ONE}/scans")
    (scan,) = listed["scans"]
    status, data = call("school_clerk", "GET", f"{ONE}/scans/{scan['digest']}")
    assert (status, data) == (200, page(200))
    # The office has not said what for.
    status, refused = call("office_clerk", "GET", f"{ONE}/scans/{scan['digest']}")
    assert (status, refused["issues"][0]["code"]) == (422, "F-COVERED")


@pytest.mark.parametrize(
    ("digest", "data", "said"),
    [
        ("00000000", page(1), "不是第"),
        ("纸上没有", page(1), "不是内容摘要"),
        ("", b"MZ not a scan", "不是完整的扫描件"),
    ],
)
def test_what_is_no_scan_or_of_another_paper_is_refused(call, digest, data, said):
    _, now = call("school_clerk", "GET", f"{ONE}/scans")
    paper = {"revision": str(now["revision"]), "digest": digest or now["content"][:12]}
    status, told = call("school_clerk", "POST", f"{ONE}/scans", paper, {"files": [("a.png", data)]})
    assert status == 422
    assert said in told["issues"][0]["message"]


# ── forms ───────────────────────────────────────────────────────────────────


def design(term: str = "食堂用餐情况（虚构）") -> dict[str, object]:
    box = {"term": "在食堂吃午饭的学生", "ident": "lunch"}
    return {"ident": "canteen", "term": term, "leaves": [{"boxes": [box]}]}


def test_a_form_is_designed_asked_for_and_approved_by_another(call):
    status, begun = call("office_clerk", "POST", "forms/drafts", design())
    assert (status, begun["issues"]) == (200, []), begun
    number, version = begun["draft"]["number"], begun["draft"]["version"]
    assert begun["held"][0]["term"] == "在食堂吃午饭的学生"
    kept = {"version": version, "design": design("食堂午餐情况（虚构）")}
    _, told = call("office_clerk", "PUT", f"forms/drafts/{number}", kept)
    assert told["draft"]["term"] == "食堂午餐情况（虚构）"
    stale = {"version": version, "design": design("另一名")}
    status, refused = call("office_clerk", "PUT", f"forms/drafts/{number}", stale)
    assert (status, refused["issues"][0]["code"]) == (422, "F-DESIGN")
    status, book = call("office_clerk", "GET", f"forms/drafts/{number}/workbook")
    assert (status, book[:2]) == (200, b"PK")

    steps = f"forms/drafts/{number}/steps"
    status, _ = call("office_clerk", "POST", steps, {"step": "ask", "version": version})
    assert status == 422
    now = told["draft"]["version"]
    status, told = call("office_clerk", "POST", steps, {"step": "ask", "version": now})
    assert (status, told["draft"]["state"]) == (200, "asked"), told
    assert call("office_clerk", "POST", steps, {"step": "approve"})[0] == 422
    assert call("school_clerk", "GET", f"forms/drafts/{number}")[0] == 403
    _, told = call("leader", "POST", steps, {"step": "approve"})
    assert told["draft"]["state"] == "in_force"
    _, told = call("leader", "POST", steps, {"step": "undo", "why": "先不用（虚构）"})
    assert told["draft"]["state"] == "taken_back"
    _, told = call("office_clerk", "POST", steps, {"step": "discard"})
    assert told["draft"]["state"] == "discarded"


def test_what_a_design_lacks_is_told_at_its_box(call):
    bad = {"ident": "Canteen!", "term": "", "leaves": [{"boxes": []}]}
    _, told = call("office_clerk", "POST", "forms/drafts", bad)
    assert {one["code"] for one in told["issues"]} == {"F-DESIGN"}
    assert len(told["issues"]) == 3


def test_a_drafted_form_is_held_against_what_the_bureau_has(call):
    _, begun = call("office_clerk", "POST", "forms/drafts", design())
    card = begun["card"].encode()
    status, told = call("office_clerk", "POST", "forms/check", {}, {"file": [("a.yaml", card)]})
    assert status == 200, told
    assert [one["term"] for one in told["held"]] == ["在食堂吃午饭的学生"]
    status, told = call("office_clerk", "POST", "forms/check", {}, {"file": [("a.yaml", b"{")]})
    assert status in {404, 422}
