"""Attaching the signed, sealed paper of a revision (附盖章扫描件)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Attempt
from xianxue.bureau.workflow.transition import refuse_lack
from xianxue.desk.actions.context import RETURNS, Key, complain
from xianxue.desk.actions.step import Doing, find_filing
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing, JournalLine, Revision
from xianxue.desk.stores.harm import HarmedError, harm
from xianxue.desk.stores.scans import Scan, ScanFiles
from xianxue.desk.workspace import ComplaintsError

DEED: Final = "attach_scan"
ATTACHED: Final = f"{RETURNS}.{DEED}"
"""What the journal and the policy call it."""


class OnPaper(Record):
    """What stands below the pages of the paper."""

    revision: int
    digest: str
    """Its first digits at least."""


class Attached(Record):
    """What became of the scans."""

    scans: tuple[Scan, ...]
    unchanged: bool
    """True where all of them were attached before: nothing was written."""


@dataclass(frozen=True)
class AttachScan(Doing):
    """Attach scans to the revision that stands on the paper, and to no other.

    The revision has to be the one that stands, and the digest typed from the paper its own. With
    ``instead`` the scans take the place of those attached before, for a reason; the earlier ones
    stay where they are and in the journal.
    """

    files: ScanFiles = field(kw_only=True)
    instead: bool = field(default=False, kw_only=True)

    def __call__(self, key: Key, paper: OnPaper, given: Sequence[tuple[Scan, bytes]]) -> Attached:
        """Attach scans; ComplaintsError where that may not be, then nothing was written."""
        # The files first, under names nobody refers to yet: see the cabinet.
        scans = tuple({scan.digest: scan for scan, _ in given}.values())
        with writing():
            issue = self._refuse(key, paper, scans)
            if issue is not None:
                raise ComplaintsError([issue])
            before = [scan.digest for scan in attached_to(key, paper.revision)]
            fresh = [scan for scan in scans if self.instead or scan.digest not in before]
            # Those attached before, too: one that has been lost since is the same file again.
            for scan, data in given:
                self.files.keep(scan, data)
            if not fresh or (self.instead and [scan.digest for scan in fresh] == before):
                return Attached(scans, unchanged=True)
            content = Revision.objects.get(
                form=key.form, period=key.period, place=key.place, number=paper.revision
            ).content
            detail: dict[str, object] = {
                # Not «revision»: that word stands in lines of deeds that move a return.
                "of_revision": paper.revision,
                "content": content,
                "scans": [scan.detail for scan in fresh],
            }
            if self.instead:
                detail["instead"] = True
            self.write_down(key, DEED, detail)
        return Attached(scans, unchanged=False)

    def _refuse(self, key: Key, paper: OnPaper, scans: Sequence[Scan]) -> Issue | None:
        subject = self.ground.subject(key)
        allowed = self.ground.authority.may(self.actor, ATTACHED, subject)
        if isinstance(allowed, Issue):
            return allowed
        if self.instead:
            term = say("换掉扫描件")
            attempt = Attempt(DEED, self.actor, self.carried(frozenset()))
            lack = refuse_lack(subject, ["reason"], attempt, term)
            if lack is not None:
                return lack
        return self._refuse_paper(key, paper) or self._refuse_elsewhere(key, paper, scans)

    def _refuse_paper(self, key: Key, paper: OnPaper) -> Issue | None:
        """Complain where the paper is not of the revision that stands."""
        filing = find_filing(key)
        title = self.ground.title(key)
        required = say("现行的一版打印、签字、盖章的扫描件")
        if filing is None:
            saw = say("{title}还没有报送", title=title)
            return complain("F-SCAN", key, saw, required, say("请先报送，再打印"))
        newest = filing.current
        again = say("请打印第 {n} 版，重新签字、盖章：xianxue returns print", n=newest.number)
        if paper.revision != newest.number:
            there = paper.revision in range(1, newest.number)
            saw = (
                say("第 {n} 版已经作废，现行的是第 {last} 版", n=paper.revision, last=newest.number)
                if there
                else say("{title}没有第 {n} 版", title=title, n=paper.revision)
            )
            return complain("F-SCAN", key, saw, required, again)
        waiting = self._waiting(key, filing)
        if waiting is not None:
            return waiting
        if not newest.content.startswith(paper.digest):
            # Its own digest is not told: it is to be read from the paper.
            saw = say("纸上的摘要 {digest} 不是第 {n} 版的", digest=paper.digest, n=newest.number)
            other = Revision.objects.filter(content__startswith=paper.digest).first()
            if other is not None:
                saw += say(
                    "，是{title}第 {n} 版的",
                    title=self.ground.title(Key(other.form, other.period, other.place)),
                    n=other.number,
                )
            do = say("请核对是不是拿错了纸、写错了字；都没有错的，请重新打印、签字、盖章")
            return complain("F-SCAN", key, saw, required, do)
        return None

    def _waiting(self, key: Key, filing: Filing) -> Issue | None:
        """Complain where the return is the school's again: what was signed is to be altered."""
        card = self.ground.card(key.place)
        if filing.state not in card.marked("waiting"):
            return None
        saw = say(
            "第 {n} 版的状态是“{state}”，还要再报",
            n=filing.current.number,
            state=card.state_term(filing.state),
        )
        do = say("请改好、报送以后，打印新的一版")
        return complain("F-SCAN", key, saw, say("已报送、没有退回或撤回的一版"), do)

    def _refuse_elsewhere(self, key: Key, paper: OnPaper, scans: Sequence[Scan]) -> Issue | None:
        """Complain where a file belongs to another revision already."""
        wanted = {scan.digest: scan for scan in scans}
        for line in JournalLine.objects.filter(deed=ATTACHED).order_by("number").iterator():
            same = line.subject == key.subject and line.detail.get("of_revision") == paper.revision
            for scan in () if same else _told(line.detail):
                if scan.digest in wanted:
                    saw = say(
                        "{file} 已经附在{title}第 {n} 版上",
                        file=wanted[scan.digest].file,
                        title=self.ground.title(Key(line.ident, line.period, line.place)),
                        n=line.detail.get("of_revision"),
                    )
                    do = say("请核对是不是拿错了文件")
                    return complain("F-SCAN", key, saw, say("一个扫描件只属于一版"), do)
        return None


def attached_to(key: Key, revision: int) -> list[Scan]:
    """Give the scans that stand at a revision, in the order they were attached."""
    lines = JournalLine.objects.filter(deed=ATTACHED, subject=key.subject).order_by("number")
    return standing(line.detail for line in lines if line.detail.get("of_revision") == revision)


def standing(details: Iterable[dict[str, Any]]) -> list[Scan]:
    """Follow the lines about one revision to the scans that stand."""
    found: list[Scan] = []
    for detail in details:
        if detail.get("instead"):
            found = []
        found += _told(detail)
    return found


def _told(detail: dict[str, Any]) -> list[Scan]:
    try:
        return [Scan.told(said) for said in detail.get("scans", [])]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise HarmedError([harm("cabinet/scans", say("日志里记的扫描件读不出来"))]) from error
