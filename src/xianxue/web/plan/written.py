"""Plans that are written: a preview, the file, and the tasks that become entries of a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse
from django.urls import reverse

from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.records.planned import Planned, Task
from xianxue.bureau.report.text import Block, Heading, Paragraph, plain
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.plan.kept_sets import KeptSet
from xianxue.desk.plan.plan_writing import OUTLINES, plan_outline, plan_text, planned_for, tasks_of
from xianxue.desk.plan.tasks_entered import LEDGER, entered, entering
from xianxue.desk.report.passages import folder_of, passages, texts_of
from xianxue.desk.report.writing import write
from xianxue.desk.standing.counted import Counted
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import complain, deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.plan.foreseen import COUNTY, VIEW
from xianxue.web.plan.sets import sets_of

RECORD: Final = "ledgers.record"
"""Entering a task is registering an entry, and asked of the policy as that."""


class Plan(Record, kw_only=True):
    """A plan as it would be written now."""

    kind: str
    card: Outline
    counted: Counted
    sets: Sequence[KeptSet]
    kept: KeptSet | None
    """The set that the goals are taken from; None: there are none."""
    planned: Planned

    @property
    def tasks(self) -> list[Task]:
        """Give the tasks of its 分工表."""
        return tasks_of(self.counted.river, self.card, self.planned)

    @property
    def texts(self) -> dict[str, tuple[str, ...]]:
        """What the offices have written for it."""
        river = self.counted.river
        folder = folder_of(river.workspace, self.card.outline, self.counted.period.code)
        return dict(texts_of(passages(self.card, folder)))


class Part(Record, kw_only=True):
    """One block of the preview."""

    kind: str
    """heading, paragraph or table."""
    said: str
    level: int = 0
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@page(VIEW, COUNTY)
def written(request: Asked, kind: str) -> HttpResponse:
    """Show a plan as it would be written, its tasks, and which of them are in the ledger."""
    visit = request.visit
    plan = _plan_of(visit, kind, request.GET.get("set", ""))
    tasks, river = plan.tasks, plan.counted.river
    there = entered(plan.card, river, tasks)
    text = plan_text(plan.counted, plan.card, plan.planned, plan.texts)
    kinds: list[tuple[str, object]] = []
    for one in OUTLINES:
        try:
            kinds.append((one, plan_outline(visit.standing.workspace(), one).term))
        except MisusedError:
            continue
    values = {
        "plan": plan,
        "kinds": kinds,
        "tasks": [(one, there.get(one.key, "")) for one in tasks],
        "left": sum(one.key not in there for one in tasks),
        "ledger": LEDGER,
        "may": visit.may(RECORD, visit.county, LEDGER),
        "may_suppose": visit.may("plan.suppose"),
        "title": text.title.replace("\n", ""),
        "parts": [_part(one) for one in text.blocks],
    }
    return show(request, "plan/written.html", values)


@page(VIEW, COUNTY)
def document(request: Asked, kind: str) -> HttpResponse:
    """Give the plan as a Word file, its goals marked as supposed."""
    plan = _plan_of(request.visit, kind, request.GET.get("set", ""))
    river = plan.counted.river
    made = write(river, plan.card, texts=plan.texts, notes="page", planned=plan.planned)
    return download(made.document, f"{plan.card.term}_{plan.counted.period.code}.docx")


def _of_ledger(visit: Visit, **_address: str) -> Subject:
    return visit.subject(RECORD, "", LEDGER)


@deed(RECORD, _of_ledger)
def enter(request: Asked, kind: str) -> HttpResponse:
    """Enter a plan's tasks in the ledger, each once."""
    visit = request.visit
    plan = _plan_of(visit, kind, "")
    try:
        found = entering(
            visit.standing.ground(),
            visit.actor,
            visit.at,
            (plan.card, plan.counted.river),
            plan.tasks,
        )
    except ComplaintsError as error:
        return complain(request, error.issues)
    except MisusedError as error:
        raise MissingError(error.args[0]) from None
    new, there = len(found.new), len(found.there)
    answer = went(
        request,
        "plan:written",
        kind,
        said=say("列入督办 {n} 项；已在台账 {m} 项。", n=new, m=there),
    )
    answer["Location"] = reverse("plan:written", args=[kind]) + "#tasks"
    return answer


def _plan_of(visit: Visit, kind: str, name: str) -> Plan:
    """Open a plan; MissingError where there is no such plan, or no such set."""
    standing = visit.standing
    workspace = standing.workspace()
    if kind not in OUTLINES:
        raise MissingError(say("没有这种规划。"))
    try:
        card = plan_outline(workspace, kind)
    except MisusedError as error:
        raise MissingError(error.args[0]) from None
    counted = standing.counted(workspace.period(None, card.period))
    known = sets_of(visit)
    kept = next((one for one in known if one.name == name), None)
    if name and kept is None:
        raise MissingError(say("没有这个设想，或者已经撤下。"))
    planned = planned_for(counted, card, kept, {})
    return Plan(kind=kind, card=card, counted=counted, sets=known, kept=kept, planned=planned)


def _part(block: Block) -> Part:
    if isinstance(block, Heading):
        said = block.number + plain(block.runs)
        return Part(kind="heading", said=said, level=block.level)
    if isinstance(block, Paragraph):
        return Part(kind="paragraph", said=plain(block.runs))
    rows = tuple(tuple(plain(cell) for cell in row) for row in block.rows)
    return Part(kind="table", said=block.caption, header=block.header, rows=rows)
