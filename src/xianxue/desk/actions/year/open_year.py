"""Opening a year and taking that back (开新学年、撤回)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.set_targets import SetTargets
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing, JournalLine, Window
from xianxue.desk.workspace import ComplaintsError

YEARS: Final = "year"
OPEN: Final = f"{YEARS}.open"
TAKE_BACK: Final = f"{YEARS}.take_back"


class Turn(NamedTuple):
    """The two periods of a year's turn: the one that ends, and the one that begins."""

    before: str
    period: str


class OpenYear(Record):
    """Set what a new year takes over, all of it or nothing; or take all of that back."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(
        self, turn: Turn, windows: Sequence[tuple[str, date, date]], targets: Sequence[Target]
    ) -> bool:
        """Open a year; False where it is open already.

        ComplaintsError where the actor may not; then nothing has changed.
        """
        self._granted(turn.period)
        with writing():
            if opened(turn.period) is not None:
                return False
            for form, due, lock in windows:
                SetWindow(self.ground, self.actor, self.at, self.why)(form, turn.period, due, lock)
            deed = SetTargets(self.ground, self.actor, self.at, self.why)
            taken = deed(targets)
            detail = {
                "before": turn.before,
                "windows": [f"{form}/{turn.period}" for form, _, _ in windows],
                "targets": [target.key for target in taken],
            }
            tell_of(self, OPEN, turn.period, detail, self.why)
        return True

    def take_back(self, period: str) -> Turn:
        """Take back the opening of a year; give which year the county stands in again.

        ComplaintsError where it was not opened, something was handed in for it, or the actor may
        not; then nothing has changed.
        """
        self._granted(period)
        with writing():
            line = opened(period)
            if line is None:
                raise ComplaintsError([_not_open(period)])
            handed_in = Filing.objects.filter(period=period).count()
            if handed_in:
                raise ComplaintsError([_begun(period, handed_in)])
            # What somebody has set anew since then is that person's, and stays.
            windows = [
                one for one in line.detail["windows"] if _as_set("returns.set_window", one, line)
            ]
            for one in windows:
                form, _, code = one.partition("/")
                Window.objects.filter(form=form, period=code).update(withdrawn=True)
            deed = SetTargets(self.ground, self.actor, self.at, self.why)
            targets = [
                key
                for key in line.detail["targets"]
                if _as_set("targets.set", key, line) and deed.withdraw(key)
            ]
            before = line.detail["before"]
            detail = {"before": before, "windows": windows, "targets": targets}
            tell_of(self, TAKE_BACK, period, detail, self.why)
        return Turn(before, period)

    def _granted(self, period: str) -> None:
        county = self.ground.register.county.code
        subject = Subject(YEARS, period, county, period, say("{period} 开新学年", period=period))
        granted(self.ground.authority.may(self.actor, OPEN, subject))


def opened(period: str) -> JournalLine | None:
    """Give the line that opened a year; None where none did, or it was taken back."""
    lines = JournalLine.objects.filter(deed__in=(OPEN, TAKE_BACK), subject=period)
    last = lines.order_by("-number").first()
    return last if last is not None and last.deed == OPEN else None


def untouched(period: str) -> bool:
    """Whether a year was opened and nobody has handed in anything for it: it can be taken back."""
    return opened(period) is not None and not Filing.objects.filter(period=period).exists()


def _as_set(deed: str, subject: str, line: JournalLine) -> bool:
    later = JournalLine.objects.filter(deed=deed, subject=subject, number__gt=line.number)
    return not later.exists()


def _complain(code: str, saw: Sentence, required: Sentence, do: Sentence) -> Issue:
    return Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)


def _not_open(period: str) -> Issue:
    return _complain(
        "Y-OPEN",
        say("{period} 没有开过，或者已经撤回", period=period),
        say("撤回的是开过的学年"),
        say("看看写的是不是要撤回的那一年"),
    )


def _begun(period: str, many: int) -> Issue:
    return _complain(
        "Y-BEGUN",
        say("{period} 已经报上来 {n} 份报表", period=period, n=many),
        say("还没有单位报送的学年才能撤回"),
        say("期限不对的用 xianxue returns window 改，目标不对的用 xianxue targets set 改"),
    )
