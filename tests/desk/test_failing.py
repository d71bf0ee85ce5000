"""A disk that is full, a database that refuses: nothing was handed in, and the next try works."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.db import OperationalError, connection

from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.journal.verification import verify


def everything():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("desk").get_models()
    }


class Refusing:
    """Lets some statements through, then refuses one."""

    def __init__(self, allowed):
        self.allowed = allowed

    def __call__(self, execute, sql, params, many, context):
        self.allowed -= 1
        if self.allowed == -1:
            message = "database or disk is full"
            raise OperationalError(message)
        return execute(sql, params, many, context)


DEEDS = {
    "submit": lambda desk: desk.submit(41, why="漏报一人"),
    "collect": lambda desk: desk.collector()([desk.filed(place=desk.WEST)]),
    "review": lambda desk: desk.do(Review, desk.office())(desk.key(desk.DIRECT)),
    "send_back": lambda desk: desk.do(
        SendBack, desk.office(), remarks=[Remark("甲", "students"), Remark("乙")]
    )(desk.key(desk.DIRECT)),
}


@pytest.mark.parametrize("name", DEEDS)
def test_whichever_statement_fails_nothing_is_changed(desk, name):
    """Every statement of every deed, one after the other, until none is left to fail."""
    desk.submit(40)
    for deed in (Review, Approve):
        desk.do(deed, desk.office())(desk.key())
    desk.submit(50, desk.DIRECT)
    begun, before = desk.at, everything()
    for allowed in itertools.count():
        desk.at = begun
        try:
            with connection.execute_wrapper(Refusing(allowed)):
                DEEDS[name](desk)
        except OperationalError:
            assert everything() == before
        else:
            break
    assert allowed >= 6
    assert everything() != before
    assert verify().issues == []


@pytest.mark.parametrize(
    ("owner", "name"),
    [(os, "open"), (os, "fsync"), (Path, "replace"), (Path, "mkdir"), (Path, "open")],
)
def test_a_full_disk_hands_in_nothing(desk, monkeypatch, owner, name):
    """Whichever file operation fails, the database has heard of nothing."""
    before = everything()

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, full)
        with pytest.raises(OSError, match="No space left"):
            desk.submitter()([desk.filed()])
    assert everything() == before
    assert desk.submit(40).number == 1
    folder = desk.folder / "cabinet" / "batches"
    assert [path.suffix for path in folder.iterdir()] == [".parquet"]
