"""Rows written by fixed statements are those that Django would write."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from tests.desk.conftest import Desk

from xianxue.desk.models import Filing, Revision
from xianxue.desk.models.filing import FILINGS
from xianxue.desk.models.revision import REVISIONS

WHEN = datetime(2025, 9, 20, 8, 30, 15, 123456, tzinfo=UTC)


def revision(number: int) -> Revision:
    texts = {"batch": "b" * 64, "content": "c" * 64, "file": "虚构%s'.xlsx", "digest": "d" * 64}
    key: dict[str, Any] = {"form": "f", "period": "2025-2026", "place": "639900001"}
    return Revision(**key, **texts, number=number, at=WHEN, by="填报员（虚构）")


def columns(row: Any) -> dict[str, Any]:
    """What the database holds of a row, without its key."""
    (found,) = type(row).objects.filter(pk=row.pk).values()
    return {name: value for name, value in found.items() if name not in {"id", "number"}}


def test_an_added_row_is_the_one_that_django_adds(desk: Desk) -> None:
    ours, theirs = REVISIONS.add(revision(1)), revision(2)
    theirs.save()
    assert columns(ours) == columns(theirs)
    assert ours.pk == theirs.pk - 1
    assert (ours._state.adding, ours._state.db) == (False, theirs._state.db)


def test_a_changed_row_is_the_one_that_django_changes(desk: Desk) -> None:
    filing = Filing(form="f", period="2025-2026", place="639900001", state="submitted")
    filing.current = REVISIONS.add(revision(1))
    filing.changed_at = WHEN
    FILINGS.save(filing)
    first = columns(filing)
    assert first["accepted_id"] is None
    filing.accepted, filing.times_returned = filing.current, 2
    FILINGS.save(filing)
    ours = columns(filing)
    filing.save()
    assert columns(filing) == ours != first
    assert Filing.objects.count() == 1


def test_a_row_that_is_gone_is_not_changed_in_silence(desk: Desk) -> None:
    filing = Filing(form="f", period="2025-2026", place="639900001", state="submitted")
    filing.current = REVISIONS.add(revision(1))
    filing.pk = 999
    with pytest.raises(ObjectDoesNotExist, match="999"):
        FILINGS.save(filing)
    assert not Filing.objects.exists()


def test_the_database_still_refuses_a_second_row_of_a_number(desk: Desk) -> None:
    REVISIONS.add(revision(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        REVISIONS.add(revision(1))
    assert Revision.objects.count() == 1


def test_a_database_that_gives_no_key_back_is_asked_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only older versions of SQLite give none")
    monkeypatch.setattr(connection.features, "can_return_columns_from_insert", False)
    made = [REVISIONS.add(revision(number)) for number in (1, 2)]
    assert [each.pk for each in made] == sorted(Revision.objects.values_list("pk", flat=True))
