"""Destroying who the pupils of examinations are, once the card's time is over (到期销毁)."""

from __future__ import annotations

from datetime import datetime

from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.expiring import asked_to_expire
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.exam import ExamMarks
from xianxue.desk.models.personal import EXPIRY
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.exams.files import PUPILS, ExamFiles


def due_pupils(card: Examination, files: ExamFiles, at: datetime) -> dict[str, int]:
    """Give the files of pupils whose time is over and that are there still, and of how many."""
    kept = card.retention
    if kept is None:
        return {}
    found: dict[str, int] = {}
    young: set[str] = set()
    for row in ExamMarks.objects.filter(sitting__exam=card.exam).order_by("id"):
        if kept.over(day_of(row.at)) > day_of(at):
            young.add(row.pupils)
        elif files.file(PUPILS, row.pupils).exists():
            found[row.pupils] = row.rows
    # Loaded again under another name, the same pupils are kept as long as the younger load.
    return {digest: many for digest, many in found.items() if digest not in young}


class ExpirePupils(Record):
    """Write down that files are destroyed, then destroy them; marks stay, of nobody by name.

    A process that dies in between leaves files that are due still, and are found the next time.
    """

    ground: Ground
    files: ExamFiles
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self) -> dict[str, int]:
        """Destroy what is due; give for each kind how many pupils, those without left out."""
        asked_to_expire(self.ground, self.actor)
        done: dict[str, int] = {}
        gone: list[str] = []
        with writing():
            for card in self.ground.shelf.examinations.values():
                due = due_pupils(card, self.files, self.at)
                if due:
                    tell_of(self, EXPIRY, card.exam, {"digests": sorted(due)}, self.why)
                    done[card.exam] = sum(due.values())
                    gone += due
        for digest in gone:
            self.files.destroy(PUPILS, digest)
        return done
