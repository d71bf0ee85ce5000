"""Workbooks that were sent to be looked at: kept until they are handed in or forgotten.

Checking many takes longer than a page, so a thread of this process does it, and how far it has come
stands in the database. What was checked stays checked: after the process has died, or was told to
stop, the rest is taken up from there.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.database.transactions import writing
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.stores import clock
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.works.packing import packed

if TYPE_CHECKING:
    from xianxue.desk.models.pages import LongWork

KIND: Final = "returns.upload"
MOST_FILES: Final = 600
"""Files sent at once: a large county's schools."""
_KEPT: Final = timedelta(days=14)
_DEAD: Final = timedelta(seconds=5)
"""Work that no thread of this process does, and that has not moved for so long, has died."""
_log = logging.getLogger(__name__)

Check = Callable[[bytes, str], Checked]


class Sent(Record, kw_only=True):
    """One file that was sent."""

    name: str
    digest: str = ""
    """Empty of one that was too large to be kept."""
    size: int = 0
    state: str = "waiting"
    """waiting, read, refused."""
    form: str = ""
    period: str = ""
    place: str = ""
    must_fix: int = 0
    explain: int = 0
    notes: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing keeps it from being handed in."""
        return self.state == "read" and not self.must_fix and not self.explain


class Upload(Record, kw_only=True):
    """Files that were sent together, and how far they have been checked."""

    key: str
    who: str
    began_at: datetime
    state: str
    """going, done, stopped, dead."""
    sent: tuple[Sent, ...]
    about: str = ""
    """The return from whose page they were sent: form/period/place."""

    @property
    def done(self) -> int:
        """How many were checked."""
        return sum(one.state != "waiting" for one in self.sent)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.sent)

    def rivals(self, one: Sent) -> int:
        """Count the files that say something else of the same return."""
        own = (one.form, one.period, one.place)
        return sum(
            other.state == "read"
            and (other.form, other.period, other.place) == own
            and other.digest != one.digest
            for other in self.sent
            if one.state == "read"
        )


class Uploads:
    """The files that were sent to one workspace."""

    def __init__(self, store: Path) -> None:
        """Take the store's folder."""
        self.root = store / "uploads"

    def take(
        self, who: str, files: Sequence[tuple[str, bytes]], check: Check, about: str = ""
    ) -> str:
        """Keep files and begin to check them; give the key by which they are asked for."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        at = clock.now()
        self._forget(at)
        sent = [self._keep(name, data) for name, data in _told_apart(files)]
        digest = hashlib.sha256(f"{who}{at.isoformat()}".encode())
        for one in sent:
            digest.update(f"{one.name}{one.digest}".encode())
        key = digest.hexdigest()[:32]
        LongWork.objects.create(
            key=key,
            who=who,
            kind=KIND,
            title=packed(say("校验 {n} 个文件", n=len(sent))),
            total=len(sent),
            result={"files": [_told(one) for one in sent], "about": about},
            began_at=at,
            moved_at=at,
        )
        self.go_on(key, check)
        return key

    def find(self, key: str, who: str) -> Upload | None:
        """Give what somebody sent; nobody else's."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        row = LongWork.objects.filter(key=key, who=who, kind=KIND).first()
        return None if row is None else _upload(row)

    def of(self, who: str) -> list[Upload]:
        """Give all that somebody sent and that is still kept, newest first."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        rows = LongWork.objects.filter(who=who, kind=KIND).order_by("-began_at")
        return [_upload(row) for row in rows[:20]]

    def data(self, one: Sent) -> bytes:
        """Give the bytes of a file."""
        return (self.root / one.digest).read_bytes()

    def stop(self, key: str) -> None:
        """Ask for checking to stop; what is checked stays."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        LongWork.objects.filter(key=key, state="going").update(stop=True)

    def go_on(self, key: str, check: Check) -> None:
        """Check what is not checked yet, in a thread of its own."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        with _LOCK:
            if key in _RUNNING:
                return
            _RUNNING.add(key)
        LongWork.objects.filter(key=key).update(state="going", stop=False, moved_at=clock.now())
        threading.Thread(target=self._work, args=(key, check), name=key, daemon=True).start()

    def _work(self, key: str, check: Check) -> None:
        from django.db import connections  # noqa: PLC0415 - the thread's own

        try:
            while self._one_more(key, check):
                pass
        except Exception:  # noqa: BLE001 - whatever it is, others go on, and it is logged
            # Said by the page as work that has died; it can be taken up again.
            _log.exception("upload %s", key)
        finally:
            with _LOCK:
                _RUNNING.discard(key)
            connections.close_all()

    def _one_more(self, key: str, check: Check) -> bool:
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        row = LongWork.objects.filter(key=key).first()
        if row is None:
            return False
        files: list[dict[str, Any]] = row.result["files"]
        at = next((at for at, one in enumerate(files) if one["state"] == "waiting"), None)
        if at is None or row.stop:
            LongWork.objects.filter(key=key).update(
                state="done" if at is None else "stopped", moved_at=clock.now()
            )
            return False
        files[at] = _told(self._checked(Sent(**files[at]), check))
        with writing():
            LongWork.objects.filter(key=key).update(
                result=row.result,
                done=sum(one["state"] != "waiting" for one in files),
                moved_at=clock.now(),
            )
        return True

    def _checked(self, one: Sent, check: Check) -> Sent:
        try:
            found = check(self.data(one), one.name)
        except Exception:  # noqa: BLE001 - whatever it is, others go on, and it is logged
            _log.exception("file %s", one.digest)
            return replace(one, state="refused", must_fix=1)
        counts = {
            "must_fix": found.count(Severity.MUST_FIX),
            "explain": found.count(Severity.EXPLAIN),
            "notes": found.count(Severity.NOTE),
        }
        key = found.key
        if key is None:
            return replace(one, state="refused", **counts)
        return replace(
            one, state="read", form=key.form, period=key.period, place=key.place, **counts
        )

    def _keep(self, name: str, data: bytes) -> Sent:
        if len(data) > LARGEST_FILE:
            return Sent(name=name, size=len(data), state="refused", must_fix=1)
        digest = hashlib.sha256(data).hexdigest()
        target = self.root / digest
        if not target.exists():
            self.root.mkdir(parents=True, exist_ok=True)
            with whole(target, settle=False) as scratch:
                scratch.write_bytes(data)
        return Sent(name=name, digest=digest, size=len(data))

    def _forget(self, at: datetime) -> None:
        """Take away what was sent long ago, and files that nothing speaks of any more."""
        from xianxue.desk.models.pages import LongWork  # noqa: PLC0415 - needs Django set up

        old = LongWork.objects.filter(kind=KIND, began_at__lt=at - _KEPT)
        if not old.exists():
            return
        old.delete()
        results = LongWork.objects.filter(kind=KIND).values_list("result", flat=True)
        named = {one["digest"] for result in results for one in result["files"]}
        for path in self.root.iterdir():
            if path.name not in named:
                path.unlink(missing_ok=True)


_LOCK: Final = threading.Lock()
_RUNNING: Final[set[str]] = set()


def _told_apart(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Give each file a name of its own: folders of several schools often hold the same one."""
    often = Counter(name for name, _ in files)
    seen: Counter[str] = Counter()
    found: list[tuple[str, bytes]] = []
    for name, data in files:
        seen[name] += 1
        stem, dot, end = name.rpartition(".")
        own = f"{stem or end}({seen[name]}){dot if stem else ''}{end if stem else ''}"
        found.append((own if often[name] > 1 else name, data))
    return found


def _told(one: Sent) -> dict[str, Any]:
    return {
        "name": one.name,
        "digest": one.digest,
        "size": one.size,
        "state": one.state,
        "form": one.form,
        "period": one.period,
        "place": one.place,
        "must_fix": one.must_fix,
        "explain": one.explain,
        "notes": one.notes,
    }


def _upload(row: LongWork) -> Upload:
    state = row.state
    if state == "going" and row.key not in _RUNNING and row.moved_at < clock.now() - _DEAD:
        state = "dead"
    return Upload(
        key=row.key,
        who=row.who,
        began_at=row.began_at,
        state=state,
        sent=tuple(Sent(**one) for one in row.result["files"]),
        about=row.result.get("about", ""),
    )
