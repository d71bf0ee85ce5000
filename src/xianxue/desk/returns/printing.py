"""A revision as it goes on paper, with its number and digest below every page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.form_head import FootItem
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground, Key, complain
from xianxue.desk.stores.harm import ComplaintsError, HarmedError
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Filing, Revision

_GROUP: Final = 8
"""Digits of a digest that are read in one go."""
_HANDING_IN: Final = ("returns.submit", "returns.accept")
"""The deeds that make a revision."""


class Printed(Record):
    """A revision, ready to be printed."""

    key: Key
    number: int
    content: str
    """The digest of its values, which stands below every page."""
    newest: int
    """The newest revision: another one where this has been superseded."""
    data: bytes


def print_revision(
    workspace: Workspace, ground: Ground, key: Key, number: int | None = None
) -> Printed:
    """Write a revision for paper, the newest where none is named.

    ComplaintsError where there is none, or the form has changed since; HarmedError where what is
    kept is not what was sealed.
    """
    from xianxue.bureau.returns.template.printed import write_printed  # noqa: PLC0415 - XlsxWriter
    from xianxue.bureau.returns.template.printing import (  # noqa: PLC0415 - as above
        Heading,
        head_lines,
        to_sign,
    )
    from xianxue.desk.returns.kept_revisions import kept_revision  # noqa: PLC0415 - the engine
    from xianxue.desk.stores.cabinet import Cabinet  # noqa: PLC0415 - as above

    filing, row = revision_of(ground, key, number)
    cabinet = Cabinet(workspace.store / "cabinet")
    (returned,) = cabinet.read_returns([kept_revision(row)])
    form = ground.shelf.form_in(key.form, key.period)
    # Laid out by another version of the form, its numbers would stand under other words.
    if returned.version != form.version or not _has_all(form, returned):
        saw = say(
            "这一版是按 {version} 版表式报的，那时的表式与现行的不同", version=returned.version
        )
        required = say("与现行的 {version} 版一致", version=form.version)
        do = say("请用当时的程序和表式打印")
        raise ComplaintsError([complain("F-VERSION", key, saw, required, do)])
    period = Period.parse(key.period)
    place = ground.register.places.get(key.place)
    told = told_of(key, row.number)
    # The digest goes on paper and is signed: the journal has to have the same. Lines of the first
    # program tell none.
    if told.get("content", row.content) != row.content:
        raise HarmedError([_unlike(key, row.number)])
    below = told.get("foot", {})
    heading = Heading(
        title=form.term,
        unit=place.name_on(period.reference_day) if place else key.place,
        period=period.term,
        head=head_lines(form.head, ground.register.county.name),
        foot=to_sign(form.foot, lambda item: _said(item, below)),
        below=_below(row, filing.current.number),
    )
    data = write_printed(form, returned, period, ground.shelf.codes, heading)
    return Printed(key, row.number, row.content, filing.current.number, data)


def revision_of(ground: Ground, key: Key, number: int | None) -> tuple[Filing, Revision]:
    """Give a return's filing and one of its revisions; ComplaintsError where there is none."""
    from xianxue.desk.models import Filing, Revision  # noqa: PLC0415 - needs Django set up first

    asked = {"form": key.form, "period": key.period, "place": key.place}
    filing = Filing.objects.filter(**asked).select_related("current").first()
    title = ground.title(key)
    required = say("已报送的一版")
    if filing is None:
        saw, do = say("{title}还没有报送", title=title), say("请先报送：xianxue returns submit")
        raise ComplaintsError([complain("F-NO-REVISION", key, saw, required, do)])
    if number is None or number == filing.current.number:
        return filing, filing.current
    row = Revision.objects.filter(**asked, number=number).first()
    if row is None:
        saw = say("{title}没有第 {n} 版", title=title, n=number)
        do = say("现有的最后一版是第 {n} 版", n=filing.current.number)
        raise ComplaintsError([complain("F-NO-REVISION", key, saw, required, do)])
    return filing, row


def told_of(key: Key, number: int) -> dict[str, Any]:
    """Give what the journal tells of a revision; nothing where no line does."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first

    lines = JournalLine.objects.filter(subject=key.subject, deed__in=_HANDING_IN)
    return next(
        (line.detail for line in lines.order_by("number") if line.detail["revision"] == number), {}
    )


def in_groups(digest: str) -> str:
    """Write a digest so that it can be read aloud.

    >>> in_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digest[at : at + _GROUP] for at in range(0, len(digest), _GROUP))


def _below(row: Revision, newest: int) -> str:
    """Say which revision it is. The document is Chinese in every language of the command line."""
    gone = "" if row.number == newest else f"（已有第 {newest} 版，本版作废）"
    return f"修订号：第 {row.number} 版{gone}　内容摘要：{in_groups(row.content)}"


def _has_all(form: Form, returned: Return) -> bool:
    """Whether a form still has every field of a return: what it has not would not be printed."""
    known = {sheet.sheet: {field.field for field in sheet.fields} for sheet in form.sheets}
    return all(
        sheet in known and known[sheet].issuperset(row.cells)
        for sheet, rows in returned.tables.items()
        for row in rows
    )


def _said(item: FootItem, below: dict[str, Any]) -> str:
    """Give what may be printed of the foot; what says something of a person is written by hand."""
    said = below.get(item.item, "")
    if not isinstance(said, str) or item.personal:
        return ""
    return chinese_day(date.fromisoformat(said)) if item.type == "date" and said else said


def _unlike(key: Key, number: int) -> Issue:
    return Issue(
        code="K-RECORD",
        severity=Severity.MUST_FIX,
        file=say("数据库"),
        place=key.place,
        form=key.form,
        saw=say("第 {n} 版的摘要与日志记的不同", n=number),
        required=say("数据库里的记录都由日志里的办理而来"),
        do=say("请不要再用它：先封存现场，运行 xianxue journal verify 查看全部，再从备份恢复"),
    )
