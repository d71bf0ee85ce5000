"""Stopped anywhere between spending and counting, a vote is in both or in neither."""

from __future__ import annotations

import os
import random

import pytest
from ballot_box import CADRE, PEOPLE, SURVEY
from django.db import connection

from xianxue.desk.ballots.results import proofs
from xianxue.desk.models import UnspentSlip

SAID = {name: {"grade": "competent"} for name in PEOPLE}
POINTS = 200


class StoppedError(Exception):
    """What stops it here, as a full disk or a broken connection would."""


def _stop_at(point: int, stop):
    """Stop before the statement of a number."""
    done = iter(range(10_000))

    def wrapped(execute, sql, params, many, context):
        if next(done) == point:
            stop()
        return execute(sql, params, many, context)

    return wrapped


def _raised():
    raise StoppedError


def test_stopped_before_any_statement_the_sums_hold(box):
    """Two hundred seeded points in votes of a meeting and of a survey."""
    chance = random.Random(13)  # noqa: S311 - no secret
    meeting = box.open(box.card(CADRE, together=2), PEOPLE)
    survey = box.open(box.card(SURVEY))
    group = survey.content["groups"][0]["group"]
    slips = {
        meeting: list(box.issue(meeting, staff=POINTS * 2)["staff"]),
        survey: list(box.issue(survey, **{group: POINTS})[group]),
    }
    stopped = 0
    for at in range(POINTS):
        poll = (meeting, survey)[at % 2]
        urn = box.urn(poll)
        many = 4 if poll is meeting else 1
        said = SAID if poll is meeting else {}
        votes = [(box.slip(slips[poll].pop()), said) for _ in range(many)]
        unspent = UnspentSlip.objects.filter(poll=poll).count()
        for vote in votes[:-1]:
            urn.put(*vote, box.at)
        try:
            with connection.execute_wrapper(_stop_at(chance.randrange(24), _raised)):
                urn.put(*votes[-1], box.at)
        except StoppedError:
            stopped += 1
        left = unspent - UnspentSlip.objects.filter(poll=poll).count()
        assert left in {0, 2, 1 if poll is survey else 2}
        if at % 20 in {18, 19}:
            assert proofs(poll) == []
        if left == 0 and poll is survey:
            urn.put(*votes[-1], box.at)
            assert UnspentSlip.objects.filter(poll=poll).count() == unspent - 1, "sent again"
    assert POINTS // 3 < stopped < POINTS
    assert proofs(meeting) == proofs(survey) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("point", [3, 6, 9])
def test_a_process_that_is_killed_leaves_both_or_neither(box, point):
    """SIGKILL of a real process; afterwards the slip is still good."""
    if connection.vendor != "sqlite":
        pytest.skip("a server rolls back what a killed client had begun")
    poll = box.open(box.card(SURVEY))
    group = poll.content["groups"][0]["group"]
    code = box.issue(poll, **{group: 1})[group][0]
    connection.close()
    child = os.fork()
    if not child:
        with connection.execute_wrapper(_stop_at(point, lambda: os.kill(os.getpid(), 9))):
            box.urn(poll).put(box.slip(code), {}, box.at)
        os._exit(0)
    assert os.waitpid(child, 0)[1] in {0, 9}
    box.urn(poll).put(box.slip(code), {}, box.at)
    assert UnspentSlip.objects.count() == 0
    assert proofs(poll) == []
