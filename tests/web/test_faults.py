"""What the machine refuses is told in words, changes nothing, and is over when the machine is well."""

from __future__ import annotations

import resource
from concurrent.futures import ThreadPoolExecutor

import pytest
import warmed
from kit.surroundings import COMMAND, surroundings


@pytest.fixture
def no_room(own_site):
    """Let the server's files grow no more, as on a full disk."""
    process = own_site.process.pid
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)

    def full(is_full: bool) -> None:
        limit = (4096, before[1]) if is_full else before
        resource.prlimit(process, resource.RLIMIT_FSIZE, limit)

    yield full
    full(False)


def test_a_full_disk_is_told_and_nothing_is_half_done(own_site, no_room, tmp_path):
    office = own_site.visitor("office_clerk")
    deeds = (
        ("/audit/new", {"text": "全县共有学校66所。"}),
        ("/releases/freeze/done", {"why": "试发（虚构）", "override": "试发（虚构）"}),
    )
    no_room(True)
    for path, said in deeds:
        answer = office.post(path, said, of="/own")
        assert answer.status == 503, path
        assert "写" in answer.text
        assert "Traceback" not in answer.text
        assert "程序的问题" not in answer.text
    no_room(False)
    for path, said in deeds:
        assert office.post(path, said, of="/own").status == 303, path

    verified(own_site, tmp_path)


def verified(site, scratch):
    words = ("journal", "verify", "--workspace", str(site.workspace))
    done = warmed.run([*COMMAND, *words], env=surroundings(scratch))
    assert done.returncode == 0, done.stdout + done.stderr


def test_one_account_asked_for_by_many_at_once_is_made_once(own_site, tmp_path):
    """Several forms of several pages, so that no key of a deed holds them apart."""
    admin = own_site.visitor("administrator")
    said = {"login": "tester1", "name": "试一（虚构）", "role": "auditor", "place": ""}

    def add(_at: int) -> int:
        one = own_site.visitor()
        one.cookies.update(admin.cookies)
        return one.post("/admin/new/add", said, of="/own").status

    with ThreadPoolExecutor(6) as pool:
        told = sorted(pool.map(add, range(6)))

    assert told == [303, *[422] * 5]
    verified(own_site, tmp_path)
