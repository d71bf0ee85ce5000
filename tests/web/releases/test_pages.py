"""Releases in the page: seen before they are frozen, frozen by two persons, compared, verified."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from kit.server import Server
from kit.workspaces import copied


@pytest.fixture(scope="module")
def site(county, tmp_path_factory) -> Iterator[Server]:
    scratch = tmp_path_factory.mktemp("releases")
    server = Server(copied(county, scratch), scratch)
    yield server
    server.stop()


def test_a_release_goes_from_its_outlook_to_its_proof(site):
    leader = site.visitor("leader")
    before = leader.get("/releases/")
    assert "还没有发布" in before.text
    assert "已通过" in leader.get("/releases/freeze").text
    done = leader.send("/releases/freeze", "/releases/freeze/done", why="各校报齐（虚构）")
    assert done.status == 303, done.text
    one = leader.get(done.goes_to)
    assert "第 1 号发布" in one.text
    assert "各校报齐（虚构）" in one.text
    # Nothing has changed: another release is not made.
    again = leader.send("/releases/freeze", "/releases/freeze/done", why="再来")
    assert again.goes_to == done.goes_to
    # What is not counted yet is long work; when it is done, it is at the address asked for first.
    for _ in range(120):
        difference = leader.get("/releases/diff/2025-2026/1/now/")
        if difference.status == 200:
            break
        assert "/works/" in difference.goes_to
        time.sleep(0.5)
    assert "没有不同" in difference.text
    figures = leader.get(f"{done.goes_to}figures?as=xlsx")
    assert figures.body.startswith(b"PK")
    # Long work: it can be left, and says at its own address what it has found.
    begun = leader.send("/releases/", "/releases/verify")
    for _ in range(60):
        found = leader.get(begun.goes_to).text
        if "正在核对" not in found:
            break
        time.sleep(0.5)
    assert "一字不差" in found
    assert re.search("重算过，相同", found)


def test_who_may_not_publish_is_told_and_sees_no_button(site):
    auditor = site.visitor("auditor")
    assert auditor.get("/releases/").status == 200
    assert "/releases/freeze" not in auditor.get("/releases/").text
    assert auditor.get("/releases/freeze").status == 403
    for role in ("school_clerk", "school_head", "central_school", "administrator"):
        assert site.visitor(role).get("/releases/").status == 403


@pytest.mark.parametrize(
    "path",
    [
        "/releases/2025-2026/9/",
        "/releases/%E6%97%A0/1/",
        "/releases/diff/2025-2026/1/9/",
        "/releases/x/y/",
    ],
)
def test_what_is_not_there_is_told_in_words(site, path):
    answer = site.visitor("leader").get(path)

    assert answer.status == 404
    assert "程序的问题" not in answer.text
