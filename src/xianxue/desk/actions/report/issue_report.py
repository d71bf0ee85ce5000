"""Issuing a report with a figures' release (印发): its numbers never move from then on."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from xianxue.desk.actions.report.section import RELEASE, Doing, SectionKey
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.report_section import IssuedReport


class IssueReport(Doing):
    """Keep a finished report under the next number of its outline and period."""

    def __call__(
        self,
        of: SectionKey,
        release: str,
        document: bytes,
        sheet: bytes | None,
        versions: Mapping[str, int],
    ) -> IssuedReport:
        """Issue; the same document again gives the one that was issued.

        ComplaintsError where the actor may not.
        """
        self.ask(of, RELEASE)
        outline, period = of.outline, of.period
        digest = sha256(document).hexdigest()
        with writing():
            known = IssuedReport.objects.filter(outline=outline, period=period).order_by("-number")
            newest = known.first()
            if newest is not None and (newest.digest, newest.release) == (digest, release):
                return newest
            made = IssuedReport.objects.create(
                outline=outline,
                period=period,
                number=newest.number + 1 if newest is not None else 1,
                release=release,
                document=document,
                sheet=sheet,
                digest=digest,
                versions=dict(versions),
                by=self.actor.name,
                at=self.at,
                why=self.why,
            )
            detail = {"digest": digest, "release": release, "versions": dict(versions)}
            self.tell("report.release", made.subject, detail)
        return made
