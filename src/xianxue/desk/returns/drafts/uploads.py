"""Workbooks that were sent to be looked at: kept until they are handed in or forgotten.

Checking many takes longer than a page, so it is a long work (``desk/works``), and what was found of
each file stands in its row. What was checked stays checked: after the process has died, or was told
to stop, the rest is taken up from there.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.stores import clock
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.works import running
from xianxue.desk.works.running import Going, Result

KIND: Final = "returns.upload"
_QUICK: Final = 5
"""So many files are checked in seconds."""
_SHOWN: Final = 20
"""Uploads that are listed."""
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
    """As of any long work: going, done, stopped, failed."""
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
        self,
        who: str,
        files: Sequence[tuple[str, bytes]],
        check: Check,
        about: str = "",
        page: Callable[[str], str] = str,
    ) -> str:
        """Keep files and begin to check them; give the key by which they are asked for.

        ``page`` gives the address where they are shown, by that key.
        """
        self._forget(clock.now())
        sent = [self._keep(name, data) for name, data in _told_apart(files)]
        key = running.new_key()
        result = {"files": [_told(one) for one in sent], "about": about, "address": page(key)}
        title, work = say("校验 {n} 个文件", n=len(sent)), self._work(result, check)
        quick = len(sent) <= _QUICK
        return running.begin(who, KIND, title, len(sent), work, key=key, result=result, quick=quick)

    def find(self, key: str, who: str) -> Upload | None:
        """Give what somebody sent; nobody else's."""
        found = running.find(key, who, KIND)
        return None if found is None else _upload(found, who)

    def of(self, who: str) -> list[Upload]:
        """Give all that somebody sent and that is still kept, newest first."""
        return [_upload(one, who) for one in running.works_of(who, KIND, _SHOWN)]

    def data(self, one: Sent) -> bytes:
        """Give the bytes of a file."""
        return (self.root / one.digest).read_bytes()

    def go_on(self, key: str, who: str, check: Check) -> None:
        """Check what is not checked yet."""
        found = running.find(key, who, KIND)
        if found is not None:
            work = self._work(found.result, check)
            running.go_on(key, who, work, quick=found.total <= _QUICK)

    def _work(self, kept: Result, check: Check) -> running.Work:
        """Give the work that checks one file after the other, from where it broke off."""
        result = {name: one for name, one in kept.items() if name != "why"}

        def work(going: Going) -> Result:
            files: list[dict[str, Any]] = result["files"]
            for at, one in enumerate(files):
                if one["state"] == "waiting":
                    files[at] = _told(self._checked(Sent(**one), check))
                    going.keep(result, sum(each["state"] != "waiting" for each in files))
            # Files that were too large were judged before anything began.
            going.done = len(files)
            return result

        return work

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
        else:
            # Sent again today, so it is kept from today.
            os.utime(target)
        return Sent(name=name, digest=digest, size=len(data))

    def _forget(self, at: datetime) -> None:
        """Take away files that nobody has sent for as long as long works are kept."""
        if not self.root.is_dir():
            return
        old = (at - running.KEPT).timestamp()
        for path in self.root.iterdir():
            # What another is just writing has its own name a moment later, or is gone.
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < old:
                    path.unlink()


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


def _upload(told: running.Told, who: str) -> Upload:
    return Upload(
        key=told.key,
        who=who,
        began_at=told.began_at,
        state=told.state,
        sent=tuple(Sent(**one) for one in told.result["files"]),
        about=told.result.get("about", ""),
    )
