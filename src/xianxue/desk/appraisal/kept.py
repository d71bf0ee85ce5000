"""What people said in an appraisal as sources of points: marks, numbers, additions, documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.appraisal.evidence import index_number
from xianxue.bureau.kinds.appraisal.grading import Veto
from xianxue.bureau.kinds.appraisal.source_of_points import PointKind, PointSource
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.records.appraised import Known, Reading
from xianxue.bureau.records.trace import EvidenceRef, MarkRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.appraisal.sources.figures import lacking
from xianxue.desk.models.appraisal import AppraisalLine
from xianxue.desk.stores.clock import day_of

BLIND: Final = ("self_appraisal", "assessing")
"""While marks may still be given, nobody sees any but their own."""
_SELF: Final = "self_appraisal"


class Kept(Record, dict=True, kw_only=True):
    """An appraisal's lines, asked as a source."""

    lines: Lines
    state: str
    title: str
    """What the rubric is called."""

    def known(self, node: ItemNode, gives: PointSource, place: str) -> Known | None:
        """Give what was said of an item for one place; None where nothing of it is kept here."""
        absent = [one for one in self._of("absent", place) if one.item == node.item.item]
        if absent:
            return lacking(Missing.NOT_APPLICABLE, absent[-1].said["note"])
        way = self._ways.get(gives.kind)
        return None if way is None else way(node, gives, place)

    def vetoed(self, veto: Veto, place: str) -> Known | None:
        """Give what was recorded of a veto that nothing but a record says."""
        found = [one for one in self._of("veto", place) if one.item == veto.veto]
        if not found:
            return None
        return Known(
            readings=tuple(
                Reading(value=Fraction(1), document=one.said["document"], note=one.said["note"])
                for one in found
            )
        )

    @property
    def _ways(
        self,
    ) -> Mapping[PointKind, Callable[[ItemNode, PointSource, str], Known]]:
        return {
            "marks": self._marks,
            "document": self._documents,
            "adjust": self._adjusted,
            "given": self._given,
        }

    def _marks(self, node: ItemNode, gives: PointSource, place: str) -> Known:
        del gives
        held = self._by_item.get((place, node.item.item), {})
        if self.state in BLIND:
            # Even how they go on average would tell the last assessor of the others.
            why = say("正在评分，已有 {n} 人评；封评分以后才看得到", n=len(held))
            return lacking(Missing.NOT_ANSWERED, why)
        if not held:
            return lacking(Missing.NOT_ANSWERED, say("没有人评分"))
        return Known(readings=tuple(self._mark(node, one) for one in held.values()))

    def _mark(self, node: ItemNode, one: AppraisalLine) -> Reading:
        said = one.said
        value, level = said.get("value"), said.get("level", "")
        ref = MarkRef(
            place=one.place,
            rubric=self.title,
            item=node.number,
            term=node.item.term,
            assessor=said["seat"],
            value=level or str(value),
        )
        return Reading(
            value=None if value is None else Fraction(value),
            level=level,
            by=said["seat"],
            panel=said["panel"],
            traces=(ref,),
        )

    def _documents(self, node: ItemNode, gives: PointSource, place: str) -> Known:
        asked = [one.document for one in gives.documents]
        found = {
            document: line
            for line in self._of("document", place)
            for item, document in line.said["serves"]
            if item == node.item.item and document in asked
        }
        if self.state == _SELF and len(found) < len(asked):
            lost = [str(one.term) for one in gives.documents if one.document not in found]
            why = say("自评还没有结束，还缺：{lost}", lost="、".join(lost))
            return lacking(Missing.NOT_ANSWERED, why)
        return Known(
            readings=tuple(
                Reading(
                    value=Fraction(1),
                    about=document,
                    document=line.said["title"],
                    traces=(self.evidence(node, document, line),),
                )
                for document, line in found.items()
            )
        )

    def evidence(self, node: ItemNode, document: str, line: AppraisalLine) -> EvidenceRef:
        """Give a document as something that points end in."""
        return EvidenceRef(
            place=line.place,
            rubric=self.title,
            number=index_number(node, document),
            term=line.said["title"],
            on=day_of(line.at).isoformat(),
            digest=line.said["digest"],
        )

    def _adjusted(self, node: ItemNode, gives: PointSource, place: str) -> Known:
        del gives
        return Known(
            readings=tuple(
                Reading(
                    value=Fraction(one.said["value"]),
                    about=one.said.get("reason", ""),
                    document=one.said["document"],
                )
                for one in self._of("adjust", place)
                if one.item == node.item.item
            )
        )

    def _given(self, node: ItemNode, gives: PointSource, place: str) -> Known:
        found = [one for one in self._of("number", place) if one.item == node.item.item]
        if not found:
            why = say("{office}还没有报", office=gives.office)
            return lacking(Missing.NOT_ANSWERED, why)
        # Where the card takes one, the last; else every one of them.
        counted = found[-1:] if gives.combine == "only" else found
        target = counted[-1].said.get("target")
        return Known(
            target=None if target is None else Fraction(target),
            readings=tuple(
                Reading(
                    value=Fraction(one.said["value"]),
                    by=one.said.get("office", ""),
                    document=one.said["document"],
                )
                for one in counted
            ),
        )

    def _of(self, kind: str, place: str) -> Iterable[AppraisalLine]:
        return self._sorted(kind).get(place, ())

    def _sorted(self, kind: str) -> dict[str, list[AppraisalLine]]:
        if kind not in self._kinds:
            found: dict[str, list[AppraisalLine]] = {}
            for one in self.lines.standing(kind):
                found.setdefault(one.place, []).append(one)
            self._kinds[kind] = found
        return self._kinds[kind]

    @own_property
    def _kinds(self) -> dict[str, dict[str, list[AppraisalLine]]]:
        return {}

    @own_property
    def _by_item(self) -> dict[tuple[str, str], dict[str, AppraisalLine]]:
        return self.lines.marks()
