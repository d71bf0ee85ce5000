"""What stands of one place in an appraisal, as the package is handed it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from xianxue.bureau.appraisal.comparison import asked_of
from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.appraisal.packing.package import Cited, HandedIn, Stands
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import leaves_of, nodes_of
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.models.appraisal import AppraisalLine
from xianxue.desk.stores.clock import day_of


def stands_of(rubric: Rubric, lines: Lines, who: Who) -> Stands:
    """Collect what stands of one place: what was withdrawn is not in it."""
    mine = [one for kind in ("number", "adjust") for one in _of(lines, kind, who.place)]
    reported = {one.item for one in mine if one.kind == "number"}
    return Stands(
        place=who.place,
        name=who.name,
        files=tuple(_handed_in(one) for one in _of(lines, "document", who.place)),
        cited=tuple(_cited(one) for one in mine if one.said["document"]),
        excused=_excused(rubric, lines, who),
        owed={
            node.item.item: node.item.gives.office
            for node in leaves_of(rubric)
            if node.item.gives is not None
            and node.item.gives.kind == "given"
            and node.item.item not in reported
        },
    )


def _of(lines: Lines, kind: str, place: str) -> Iterator[AppraisalLine]:
    return (one for one in lines.standing(kind) if one.place == place)


def _handed_in(line: AppraisalLine) -> HandedIn:
    said = line.said
    return HandedIn(
        line=line.number,
        title=said["title"],
        on=day_of(line.at).isoformat(),
        digest=said["digest"],
        kind=said["kind"],
        size=said["size"],
        serves=tuple((item, document) for item, document in said["serves"]),
    )


def _cited(line: AppraisalLine) -> Cited:
    value = number(Fraction(line.said["value"]))
    what = say("报数 {n}", n=value) if line.kind == "number" else say("加减分 {n}", n=value)
    return Cited(item=line.item, document=line.said["document"], what=str(what))


def _excused(rubric: Rubric, lines: Lines, who: Who) -> dict[str, str]:
    found = {
        node.item.item: str(say("不要求这类对象"))
        for node in nodes_of(rubric)
        if not asked_of(node, who.facts)
    }
    said = {one.item: one.said["note"] for one in _of(lines, "absent", who.place)}
    return found | said
