"""Publishing: freezing what is accepted as a numbered release (发布)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Release
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.stores.releases import Manifest, ReleaseFolder


@dataclass(frozen=True)
class MakeRelease:
    """Give a frozen state the next number of its period.

    The files are written first, under a name nobody refers to yet; the database then refers to
    them in one transaction. If anything fails in between, nothing was published.
    """

    folder: ReleaseFolder
    actor: str
    at: datetime
    why: str = ""

    def __call__(self, manifest: Manifest, figures: bytes) -> tuple[Release, bool]:
        """Publish; give the release, and whether it is a new one.

        Where nothing changed since the newest release, that one is given and nothing is written.
        """
        digest = self.folder.write(manifest, figures)
        with writing():
            newest = Release.objects.filter(period=manifest.period).order_by("-number").first()
            if newest is not None and newest.digest == digest:
                return newest, False
            release = Release.objects.create(
                period=manifest.period,
                number=newest.number + 1 if newest else 1,
                digest=digest,
                at=self.at,
                by=self.actor,
                why=self.why,
            )
            write_down(
                Deed(
                    at=self.at,
                    actor=self.actor,
                    name="returns.release",
                    subject=release.name,
                    detail={"digest": digest, "returns": len(manifest.revisions)},
                    why=self.why,
                )
            )
        return release, True
