"""What schools and offices hand in: self-appraisals, numbers, additions, vetoes, documents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.kinds.appraisal.evidence import documents_of
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import MarkLevel
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.appraisal.doing import (
    GIVE,
    OPEN,
    PUBLISHED,
    REPORT,
    WITHDRAW,
    About,
    Doing,
    complain,
    known_item,
    known_place,
    row_of,
)
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import Results, publish_anew, worked_out
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.scans import Scan, ScanFiles

FOLDER: Final = "appraisal"
"""Of the cabinet: evidence by its digest."""


class SelfAppraise(Doing):
    """Say what a school gives itself for an item, and why (自评)."""

    def __call__(  # noqa: PLR0913, PLR0917 - what is said, of what and whom
        self,
        about: About,
        place: str,
        item: str,
        points: Fraction | None,
        text: str,
        level: str = "",
    ) -> AppraisalLine:
        """Write it; a later one takes the place of an earlier one."""
        code, node = known_place(about, place), known_item(about, item)
        allowed = self.refuse(REPORT, about, code)
        _within(node, points)
        if level and level not in {one.level for one in levels_of(about.rubric, node)}:
            saw = say("自评的档次是“{level}”", level=level)
            raise complain("P-LEVEL", saw, say("只有卡片上的档次"))
        with writing():
            row = self.opened(about)
            self.in_state(row, OPEN[0])
            still_open(row, code)
            said: dict[str, Any] = {"value": None if points is None else plain(points)}
            said |= {"text": text.strip()} | ({"level": level} if level else {})
            return self.write(
                row, "self", said, deed=REPORT, allowed=allowed, place=code, item=node.item.item
            )


class HandIn(Doing):
    """Hand in the self-appraisal of a place: from then on it stands as it is (交自评)."""

    def __call__(self, about: About, place: str) -> AppraisalLine:
        """Hand it in, once; ``WithdrawLine`` takes it back while self-appraisal goes on."""
        code = known_place(about, place)
        allowed = self.refuse(REPORT, about, code)
        with writing():
            row = self.opened(about)
            self.in_state(row, OPEN[0])
            still_open(row, code)
            return self.write(row, "hand_in", {}, deed=REPORT, allowed=allowed, place=code)


class GiveNumber(Doing):
    """Report a number, an addition or deduction, or that an item does not apply (报数)."""

    def __call__(  # noqa: PLR0913 - what, of whom, by which document
        self,
        about: About,
        place: str,
        item: str,
        value: Fraction,
        *,
        reason: str = "",
        document: str = "",
        target: Fraction | None = None,
    ) -> AppraisalLine:
        """Write a number; ``reason`` is that of an addition or deduction, by the card.

        ``target``: the place's own, where the curve asks for one and the card has none.
        """
        code, node = known_place(about, place), known_item(about, item)
        allowed = self.refuse(GIVE, about, code)
        gives = node.item.gives
        if gives is None or gives.kind not in {"given", "adjust"}:
            saw = say("“{item}”不由股室报数", item=node.item.term)
            raise complain("P-GIVEN", saw, say("卡片上来源是 given 或 adjust 的评价项"))
        if gives.needs_document and not document.strip():
            saw = say("“{item}”没有写依据文件", item=node.item.term)
            raise complain("P-DOCUMENT", saw, say("写明依据的文件"), say("用 --document 写文号"))
        known = [one.adjustment for one in gives.adjustments]
        if known and reason not in known:
            saw = say("加减分的事由“{reason}”不在卡片上", reason=reason)
            raise complain("P-REASON", saw, say("{known} 之一", known="、".join(known)))
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            said: dict[str, Any] = {"value": plain(value), "document": document.strip()}
            said |= {"reason": reason} if reason else {}
            said |= {"office": gives.office} if gives.office else {}
            said |= {} if target is None else {"target": plain(target)}
            kind = "number" if gives.kind == "given" else "adjust"
            return self.write(
                row, kind, said, deed=GIVE, allowed=allowed, place=code, item=node.item.item
            )


class RecordVeto(Doing):
    """Write down that a veto holds for somebody, with its document (一票否决)."""

    def __call__(
        self, about: About, place: str, veto: str, document: str, note: str = ""
    ) -> AppraisalLine:
        """Write it; refused without the document where the card asks for one."""
        code = known_place(about, place)
        allowed = self.refuse(GIVE, about, code)
        vetoes = {one.veto: one for one in about.rubric.vetoes if one.gives is None}
        card = vetoes.get(veto)
        if card is None:
            saw = say("卡片没有可登记的否决“{veto}”", veto=veto)
            raise complain("P-VETO", saw, say("{known} 之一", known="、".join(vetoes) or say("无")))
        if card.needs_document and not document.strip():
            saw = say("一票否决“{term}”没有写依据文件", term=card.term)
            raise complain("P-VETO", saw, say("写明认定的文件"), say("用 --document 写文号"))
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            said = {"document": document.strip(), "note": note}
            return self.write(row, "veto", said, deed=GIVE, allowed=allowed, place=code, item=veto)


class SayAbsent(Doing):
    """Say that an item does not apply to somebody, and why (不适用)."""

    def __call__(self, about: About, place: str, item: str, note: str) -> AppraisalLine:
        """Write it; it is never left without its reason."""
        code, node = known_place(about, place), known_item(about, item)
        allowed = self.refuse(GIVE, about, code)
        if not note.strip():
            raise complain("P-NOTE", say("没有写为什么不适用"), say("写明理由"))
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            said = {"note": note.strip()}
            return self.write(
                row, "absent", said, deed=GIVE, allowed=allowed, place=code, item=node.item.item
            )


class AttachDocument(Doing):
    """Hand in a document as evidence; one file may serve several items (佐证)."""

    def __call__(  # noqa: PLR0913, PLR0917 - which file, for whom and what
        self,
        about: About,
        place: str,
        found: tuple[Scan, bytes],
        serves: Sequence[str],
        cabinet: Path,
        title: str = "",
    ) -> AppraisalLine:
        """Keep a file by its digest; ``serves``: ``item/document``, or the item where it asks one.

        ComplaintsError where an item asks for no such document.
        """
        code = known_place(about, place)
        allowed = self.refuse(REPORT, about, code)
        wanted = [_served(about, one) for one in serves]
        if not wanted:
            raise complain("P-SERVES", say("没有写佐证用在哪一项"), say("至少一项"))
        scan, data = found
        with writing():
            row = self.opened(about)
            self.in_state(row, *OPEN)
            if row.state == OPEN[0]:
                still_open(row, code)
            ScanFiles(cabinet, FOLDER).keep(scan, data)
            said = {"serves": wanted, "title": title.strip() or scan.file, **scan.detail}
            return self.write(row, "document", said, deed=REPORT, allowed=allowed, place=code)


class WithdrawLine(Doing):
    """Take back a document, a number, an addition, a veto or an assignment (撤下).

    What was published is published: after it a new release is made, and the old one stays. Whoever
    reports for a place takes back its own documents, and what it handed in, as long as
    self-appraisal goes on; nobody has rested anything on them then, and no reason is asked.
    """

    def __call__(self, about: About, number: int, results: Results) -> AppraisalLine:
        """Take a line back, saying why; ComplaintsError where that cannot be."""
        row = row_of(about.rubric, about.period)
        published = row is not None and row.state in PUBLISHED
        # Refused first: a county is not scored for somebody who may not.
        self._able(about, row, number)
        worked = worked_out(row, results, number) if published else None
        with writing():
            row = self.opened(about)
            deed, allowed, line = self._able(about, row, number)
            self.in_state(row, *OPEN, *PUBLISHED)
            done = self.write(
                row, "withdraw", {"line": number}, deed=deed, allowed=allowed,
                place=line.place, item=line.item,
            )  # fmt: skip
            if row.state in PUBLISHED:
                publish_anew(self, row, worked or worked_out(row, results), allowed)
            return done

    def _able(
        self, about: About, row: Appraisal | None, number: int
    ) -> tuple[str, Allowed, AppraisalLine]:
        lines = Lines.of(row)
        line = lines.numbered(number)
        able = ("document", "number", "adjust", "veto", "absent", "assign", "hand_in")
        if row is None or line is None or line.kind not in able or number in lines.taken_back:
            saw = say("没有可以撤下的第 {n} 条", n=number)
            raise complain("P-LINE", saw, say("佐证、报数、加减分、否决、不适用或派评委的一条"))
        own = row.state == OPEN[0] and line.kind in {"document", "hand_in"}
        deed = REPORT if own else WITHDRAW
        allowed = self.refuse(deed, about, line.place)
        if line.kind == "hand_in":
            self.in_state(row, OPEN[0])
        elif own:
            still_open(row, line.place)
        if not own and not self.why.strip():
            raise complain("P-NOTE", say("没有写为什么撤下"), say("写明理由"))
        return deed, allowed, line


def _served(about: About, said: str) -> list[str]:
    """Read what a document is for: item and document by their ids."""
    name, _, document = said.partition("/")
    node = known_item(about, name)
    asked = documents_of(node)
    if not document and len(asked) == 1:
        return [node.item.item, asked[0]]
    if document in asked:
        return [node.item.item, document]
    saw = say("“{item}”不要佐证“{document}”", item=node.item.term, document=document)
    known = "、".join(f"{node.item.item}/{one}" for one in asked) or say("这一项不要佐证")
    raise complain("P-SERVES", saw, say("写成 项/佐证：{known}", known=known))


def own_bounds(node: ItemNode) -> tuple[Fraction | None, Fraction | None]:
    """Give the fewest and the most points that a place may give itself; None: no bound."""
    gives = node.item.gives
    if gives is None or gives.kind != "adjust":
        return Fraction(0), node.points
    # Additions and deductions are bounded by the card alone.
    least = None if gives.floor is None else Fraction(gives.floor)
    return least, None if gives.cap is None else Fraction(gives.cap)


def _within(node: ItemNode, points: Fraction | None) -> None:
    if points is None:
        return
    least, most = own_bounds(node)
    saw = say("自评写了 {n} 分", n=plain(points, 4))
    if most is not None and points > most:
        raise complain("P-ABOVE", saw, say("最多 {full} 分", full=plain(most, 4)))
    if least is not None and points < least:
        raise complain("P-BELOW", saw, say("最少 {least} 分", least=plain(least, 4)))


def levels_of(rubric: Rubric, node: ItemNode) -> list[MarkLevel]:
    """Give the levels that an item is marked by; none where it is marked by points or ranks."""
    gives = node.item.gives
    if gives is None or gives.gives != "level":
        return []
    return gives.levels or rubric.levels


def still_open(row: Appraisal, place: str) -> None:
    """Refuse to change what was handed in."""
    handed = Lines.of(row, kinds=["hand_in"]).handed_in(place)
    if handed is not None:
        saw = say("自评已经在 {day} 交了", day=day_of(handed.at).isoformat())
        raise complain("P-HANDED", saw, say("交了以后不再改"), say("要改的，先收回自评"))
