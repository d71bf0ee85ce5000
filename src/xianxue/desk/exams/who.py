"""Who the pupils of an examination are, as long as that is kept."""

from __future__ import annotations

from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.sittings import Standing, files_of
from xianxue.desk.stores.exams.files import PUPILS
from xianxue.desk.workspace import MisusedError, Workspace


def destroyed() -> frozenset[str]:
    """Give the digests of what the journal tells was destroyed when its time was over."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models.personal import EXPIRY  # noqa: PLC0415 - as above

    lines = JournalLine.objects.filter(deed=EXPIRY).values_list("detail", flat=True)
    return frozenset(str(one) for detail in lines for one in detail.get("digests", ()))


def who_of(workspace: Workspace, standing: Standing) -> list[dict[str, object]]:
    """Give the pupils, a row each; MisusedError where they were destroyed, HarmedError if lost."""
    files, digest = files_of(workspace), standing.marks.pupils
    if not files.file(PUPILS, digest).exists() and digest in destroyed():
        name = standing.sitting.name
        raise MisusedError(say("“{name}”的考生信息已按保存期限销毁，成绩只剩统计", name=name))
    return files.rows(PUPILS, digest)
