"""Taking figures that old reports relay, and withdrawing them (采用、撤下往年数据)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.relayed import RelayedLine, newest_relayed, subject_of
from xianxue.desk.workspace import ComplaintsError

HISTORY: Final = "history"
TAKE: Final = f"{HISTORY}.take"
WITHDRAW: Final = f"{HISTORY}.withdraw"


class Taken(Record, kw_only=True):
    """A relayed figure that somebody has looked at and takes: numbers are exact decimals."""

    indicator: str
    stage: str
    period: str
    value: str
    low: str
    high: str
    text: str
    sentence: str
    paragraph: int
    file: str
    digest: str

    @property
    def width(self) -> Fraction:
        """How much its printed digits leave open."""
        return Fraction(self.high) - Fraction(self.low)

    @property
    def said(self) -> dict[str, object]:
        """What is said of it beside what it is of."""
        return {
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "text": self.text,
            "sentence": self.sentence,
            "paragraph": self.paragraph,
            "file": self.file,
            "digest": self.digest,
        }


class TakeRelayed(Record):
    """Take relayed figures, all of them or none; what is taken already stays as it is."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self, figures: Sequence[Taken]) -> int:
        """Take figures; give how many are new or said anew.

        ComplaintsError where the actor may not, or another number of one of them is in force; then
        nothing has changed.
        """
        new = 0
        with writing():
            for one in figures:
                self._granted(one.period, one.indicator, one.stage)
                before = newest_relayed(one.period, one.indicator, one.stage)
                if before is not None and not before.withdrawn:
                    # The same again writes nothing, so that a file may be read once more.
                    if said_by(before) == one.said:
                        continue
                    if not _agree(before, one):
                        raise ComplaintsError([_other(before, one)])
                    if Fraction(before.high) - Fraction(before.low) <= one.width:
                        # What is there says it as sharply, or more so.
                        continue
                self._write(TAKE, one.period, one.indicator, one.stage, before, one.said)
                new += 1
        return new

    def withdraw(self, period: str, indicator: str, stage: str) -> bool:
        """Withdraw a figure; False where none is in force. ComplaintsError as for taking."""
        self._granted(period, indicator, stage)
        with writing():
            before = newest_relayed(period, indicator, stage)
            if before is None or before.withdrawn:
                return False
            self._write(WITHDRAW, period, indicator, stage, before, said_by(before))
        return True

    def _write(  # noqa: PLR0913, PLR0917 - what it is of, and what is said of it
        self,
        deed: str,
        period: str,
        indicator: str,
        stage: str,
        before: RelayedLine | None,
        said: dict[str, object],
    ) -> None:
        line = RelayedLine.objects.create(
            indicator=indicator,
            stage=stage,
            period=period,
            revision=before.revision + 1 if before is not None else 1,
            withdrawn=deed == WITHDRAW,
            at=self.at,
            by=self.actor.name,
            **said,
        )
        detail = {"revision": line.revision, **(said if deed == TAKE else {})}
        tell_of(self, deed, line.subject, detail, self.why)

    def _granted(self, period: str, indicator: str, stage: str) -> None:
        name = subject_of(period, indicator, stage)
        title = say("往年数据 {name}", name=name)
        county = self.ground.register.county.code
        subject = Subject(HISTORY, name, county, period, title)
        granted(self.ground.authority.may(self.actor, TAKE, subject))


def said_by(line: RelayedLine) -> dict[str, object]:
    """Give what a line says beside what it is of."""
    return {
        "value": line.value,
        "low": line.low,
        "high": line.high,
        "text": line.text,
        "sentence": line.sentence,
        "paragraph": line.paragraph,
        "file": line.file,
        "digest": line.digest,
    }


def _agree(before: RelayedLine, one: Taken) -> bool:
    """Whether both can be one number: 97.3% and 97.25% can, one is printed shorter."""
    return Fraction(before.low) <= Fraction(one.high) and Fraction(one.low) <= Fraction(before.high)


def _other(before: RelayedLine, one: Taken) -> Issue:
    return Issue(
        code="H-OTHER",
        severity=Severity.MUST_FIX,
        file=one.file,
        saw=say(
            "第 {n} 段写的是 {text}，已经采用的是 {other}（《{file}》第 {m} 段）",
            n=one.paragraph,
            text=one.text,
            other=before.text,
            file=before.file,
            m=before.paragraph,
        ),
        required=say("同一年的同一项只有一个数"),
        do=say(
            "查清哪个对：已经采用的不对，先撤下再采用：xianxue history withdraw {period} {name}；"
            "这一份不对，不用采用它",
            period=before.period,
            name="/".join(filter(None, (before.indicator, before.stage))),
        ),
    )
