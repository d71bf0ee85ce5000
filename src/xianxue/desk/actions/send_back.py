"""Sending a return back with comments on its cells (退回)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Key
from xianxue.desk.actions.step import StepDeed
from xianxue.desk.models import Comment, Filing


class Remark(Record):
    """What is wrong, and where; without a sheet it is about the whole return."""

    text: str
    sheet: str = ""
    """The sheet's name in code."""
    row: str = ""
    field: str = ""
    cell: str = ""
    """In Excel letters."""


@dataclass(frozen=True)
class SendBack(StepDeed):
    """The school has to file again. Nothing that it filed is removed.

    A revision that was accepted is accepted no more: until the next one is, figures do without
    this place and say so. When a correction is sent back, what it was to correct stays accepted.
    """

    name: ClassVar[str] = "send_back"
    remarks: Sequence[Remark] = field(default=())

    def given(self) -> frozenset[Need]:
        """Give the comment; an empty remark among them is none."""
        said = all(remark.text.strip() for remark in self.remarks) and bool(self.remarks)
        return frozenset({"comment"} if said else ())

    def change(self, filing: Filing) -> dict[str, object]:
        """Keep the comments, count the return; what is sent back is not accepted."""
        filing.times_returned += 1
        if filing.accepted == filing.current:
            filing.accepted = None
        for remark in self.remarks:
            Comment.objects.create(
                filing=filing,
                revision=filing.current.number,
                sheet=remark.sheet,
                row=remark.row,
                field=remark.field,
                cell=remark.cell,
                text=remark.text,
                by=self.actor.name,
                at=self.at,
            )
        key = Key(filing.form, filing.period, filing.place)
        comments = [self._told(key, remark) for remark in self.remarks]
        return {"comments": comments, "times_returned": filing.times_returned}

    def _told(self, key: Key, remark: Remark) -> object:
        """Say a comment as the journal has it; what it says of a personal field is put aside."""
        if not remark.sheet:
            return remark.text
        said = f"{remark.sheet}!{remark.cell}"
        text = self.guarded(key, f"{remark.sheet}.{remark.field}", remark.text)
        # A personal text is put aside by the journal and cannot be part of a longer one.
        return f"{said} {text}" if isinstance(text, str) else [said, text]
