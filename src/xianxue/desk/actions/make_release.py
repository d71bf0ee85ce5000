"""Publishing: freezing what is accepted as a numbered release (发布)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.policy import FourEyes
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.as_told import hold_releases
from xianxue.desk.actions.context import RETURNS, Ground, Key, granted
from xianxue.desk.actions.earlier import Earlier, earlier_of
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Release
from xianxue.desk.stores.releases import Manifest, ReleaseFolder

RELEASE: Final = f"{RETURNS}.release"
_MOST_NAMED: Final = 10
"""Returns named in one sentence; of more the sentence says how many, and the trail has each."""


class MakeRelease(Record):
    """Give a frozen state the next number of its period.

    The files are written first, under a name nobody refers to yet; the database then refers to
    them in one transaction. If anything fails in between, nothing was published.
    """

    folder: ReleaseFolder
    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""
    override: str | None = None
    """Why it is published although somebody else should publish it (例外办理)."""

    def __call__(
        self,
        manifest: Manifest,
        figures: bytes,
        targets: bytes = b"",
        counted_by: Mapping[str, bytes] | None = None,
    ) -> tuple[Release, bool]:
        """Publish; give the release, and whether it is a new one.

        ``counted_by``: the files with the cards and the register.

        Where nothing changed since the newest release, that one is given and nothing is written.
        ComplaintsError where the actor may not publish, or not alone; HarmedError where earlier
        releases are not those that the journal tells of.
        """
        period = Period.parse(manifest.period)
        county = self.ground.register.county
        title = say("{name}（{term}）", name=county.name, term=period.term)
        subject = Subject(RETURNS, "", county.code, manifest.period, title)
        granted(self.ground.authority.may(self.actor, RELEASE, subject))
        digest = self.folder.write(manifest, figures, targets, counted_by)
        with writing():
            known = list(Release.objects.filter(period=manifest.period).order_by("number"))
            # A release removed past the program would free its number, and the next would take it.
            hold_releases(known, manifest.period)
            newest = known[-1] if known else None
            if newest is not None and self._same(newest, digest, manifest):
                return newest, False
            rules = [rule.rule for rule in self._set_aside(manifest, subject)]
            release = Release.objects.create(
                period=manifest.period,
                number=newest.number + 1 if newest else 1,
                digest=digest,
                at=self.at,
                by=self.actor.name,
                why=self.why,
            )
            detail: dict[str, object] = {"digest": digest, "returns": len(manifest.revisions)}
            if rules:
                reason = (self.override or "").strip()
                detail["override"] = {"rules": rules, "reason": reason}
            tell_of(self, RELEASE, release.name, detail, self.why)
        return release, True

    def _same(self, newest: Release, digest: str, manifest: Manifest) -> bool:
        """Whether the newest release is of this state; one that is damaged is of no state."""
        if newest.digest == digest:
            return True
        # Digests differ where only what follows from the state is kept otherwise (older programs).
        sound = not self.folder.faults(newest.digest)
        return sound and self.folder.manifest(newest.digest).same_state(manifest)

    def _set_aside(self, manifest: Manifest, subject: Subject) -> tuple[FourEyes, ...]:
        """Give the rules that are set aside with a reason; ComplaintsError where they hold.

        Each return is asked for by itself: what one person alone has reviewed needs another to
        publish it, no matter who reviewed the rest.
        """
        keys = {
            Key(part.form, manifest.period, part.place): part.revision
            for part in manifest.revisions
        }
        earlier = earlier_of(self.ground, "release", keys)
        alone = [key for key, number in keys.items() if self._refused(key, number, earlier)]
        if not alone:
            return ()
        # The complaint names all of them; who did what is told of one, the rule being the same.
        done = earlier.done(alone[0], keys[alone[0]])
        named = replace(subject, title=self._titles(alone))
        found = granted(
            self.ground.authority.may(self.actor, RELEASE, named, done=done, override=self.override)
        )
        return found.overridden

    def _refused(self, key: Key, number: int, earlier: Earlier) -> bool:
        """Whether this actor may not publish a return alone."""
        county = replace(self.ground.subject(key), place=self.ground.register.county.code)
        done = earlier.done(key, number)
        return isinstance(self.ground.authority.may(self.actor, RELEASE, county, done=done), Issue)

    def _titles(self, keys: Iterable[Key]) -> str:
        titles = [self.ground.title(key) for key in keys]
        more = say("等 {n} 份报表", n=len(titles)) if len(titles) > _MOST_NAMED else ""
        return joined("、", titles[:_MOST_NAMED]) + more
