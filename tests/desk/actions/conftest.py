"""What is asked of every deed: the line it leaves, and that its refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from xianxue.bureau.issues.issue import Issue
from xianxue.desk.models import JournalLine
from xianxue.desk.workspace import ComplaintsError


def _everything() -> dict[str, list[dict[str, Any]]]:
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("desk").get_models()
    }


@pytest.fixture
def everything() -> Callable[[], dict[str, list[dict[str, Any]]]]:
    """All rows of all tables."""
    return _everything


@pytest.fixture
def refused() -> Callable[..., Issue]:
    """Do what has to be refused: gives the one complaint, and holds that no row has changed."""

    def complaint(deed: Callable[..., Any], *given: Any, **named: Any) -> Issue:
        before = _everything()
        with pytest.raises(ComplaintsError) as error:
            deed(*given, **named)
        (issue,) = error.value.issues
        assert _everything() == before
        return issue

    return complaint


@pytest.fixture
def told() -> Callable[[], dict[str, Any]]:
    """Everything the last line of the journal says of its deed."""

    def last() -> dict[str, Any]:
        line = JournalLine.objects.order_by("number").last()
        assert line is not None
        assert line.whole()
        parts = ("at", "actor", "deed", "subject", "detail", "why")
        return {part: getattr(line, part) for part in parts}

    return last
