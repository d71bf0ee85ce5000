"""What the machine refuses is told in words, changes nothing, and is over when the machine is well."""

from __future__ import annotations

import resource
import subprocess

import pytest
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

    words = ("journal", "verify", "--workspace", str(own_site.workspace))
    done = subprocess.run(
        [*COMMAND, *words], env=surroundings(tmp_path), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
