"""What somebody has begun and not finished: their drafts, and notices to them by name."""

from __future__ import annotations

from typing import Any, Final

from django.db import models

from xianxue.bureau.values.record import Record
from xianxue.desk.models import Draft, Notice
from xianxue.desk.models.report_section import SectionDraft

_DRAFTS: Final[tuple[type[models.Model], ...]] = (Draft, SectionDraft)
"""Whatever is kept for one person each, by name in ``who``: one a person and matter."""


class Belongings(Record):
    """What has passed to another, and what could not."""

    drafts: int = 0
    notices: int = 0
    left: int = 0
    """Drafts of matters of which the other has a draft already: both are kept as they are."""


def belongings_of(name: str) -> int:
    """Count what somebody has begun."""
    drafts = sum(_of(model, name).count() for model in _DRAFTS)
    return drafts + Notice.objects.filter(to_name=name, settled_at=None).count()


def pass_on(old: str, new: str) -> Belongings:
    """Give what somebody has begun to another; within the transaction of a handover."""
    passed = left = 0
    for model in _DRAFTS:
        for row in _of(model, old):
            matter = {field: getattr(row, field) for field in _matter(model)}
            if _all(model).filter(who=new, **matter).exists():
                left += 1
                continue
            changed: dict[str, Any] = {"who": new}
            _all(model).filter(pk=row.pk).update(**changed)
            passed += 1
    notices = Notice.objects.filter(to_name=old, settled_at=None).update(to_name=new)
    return Belongings(passed, notices, left)


def _matter(model: type[models.Model]) -> list[str]:
    """Name the columns that say what a draft is of: its key without whose it is."""
    meta: Any = model._meta  # noqa: SLF001 - Django's documented way to ask a model for its fields
    (key,) = (one for one in meta.constraints if isinstance(one, models.UniqueConstraint))
    return [field for field in key.fields if field != "who"]


def _of(model: type[models.Model], who: str) -> Any:  # noqa: ANN401 - Django's query set
    """Give somebody's drafts of a kind; what was thrown away is nothing to finish."""
    found = _all(model).filter(who=who)
    kept = {one.name for one in model._meta.get_fields()}  # noqa: SLF001 - as above
    return found.filter(discarded_at=None) if "discarded_at" in kept else found


def _all(model: type[models.Model]) -> Any:  # noqa: ANN401 - the manager of whichever model
    return model._default_manager  # noqa: SLF001 - as above
