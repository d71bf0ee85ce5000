"""One request's visitor: who asks, what they may see, in which language, what the bureau holds."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.http import HttpRequest

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.permission import Authority
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.accounts.records import Present
from xianxue.desk.standing.standing import LATEST, Standing
from xianxue.desk.standing.tasks import reached
from xianxue.desk.standing.todo import todo
from xianxue.web.kit.words import tell

_asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)


@dataclass(eq=False)
class Visit:
    """Who asks for a page; one for each request, thrown away with it."""

    standing: Standing
    """What the bureau holds, as it is now."""
    language: str
    at: datetime
    present: Present | None = None
    """None for somebody who has not signed in."""
    actor: Actor = field(default_factory=lambda: Actor("", ""))
    gone: Issue | None = None
    """Why a session that the browser still has a key of is over."""
    demo: bool = False
    """Whether this is the example county, whose people are practice accounts."""
    remembers: bool = False
    """Whether what the session remembers has changed and is to be kept."""

    @property
    def signed(self) -> Present:
        """Whoever is signed in; pages that ask for it are shown to nobody else."""
        assert self.present is not None  # noqa: S101 - what every declaration but OPEN promises
        return self.present

    @own_property
    def authority(self) -> Authority:
        """Who may do what here."""
        return self.standing.ground().authority

    @own_property
    def county(self) -> str:
        """The county's code."""
        return self.standing.workspace().register.county.code

    def refused(self, deed: str, subject: Subject) -> Issue | None:
        """Give the policy's refusal of a deed; None where the visitor may do it."""
        found = self.authority.may(self.actor, deed, subject)
        return found if isinstance(found, Issue) else None

    def may(self, deed: str, place: str = "", ident: str = "") -> bool:
        """Whether the visitor may do a deed to what a place has; to the county's without one."""
        return self.refused(deed, self.subject(deed, place, ident)) is None

    def subject(self, deed: str, place: str = "", ident: str = "") -> Subject:
        """Give the subject of a deed: of a place, or of the county."""
        code = place or self.county
        known = self.standing.workspace().register.places.get(code)
        # A refusal says what it was about.
        title = known.name if known is not None else code
        return Subject(deed.partition(".")[0], ident, code, title=title)

    def can(self, deed: str) -> bool:
        """Whether the visitor's role may do a deed anywhere at all."""
        return bool(self.authority.policy.scopes(self.actor.role, deed))

    def places(self, deed: str) -> frozenset[str]:
        """Give the codes of all places to which the visitor may do a deed."""
        known = self._reached
        if deed not in known:
            known[deed] = reached(self.standing, self.actor, deed)
        return known[deed]

    @own_property
    def _reached(self) -> dict[str, frozenset[str]]:
        return {}

    @property
    def role_term(self) -> Sentence | str:
        """What people call the visitor's role."""
        role = self.authority.policy.role(self.actor.role)
        return role.term if role is not None else self.actor.role

    @property
    def own_place(self) -> str:
        """Name the visitor's own place, office or 督学责任区; empty for the whole county."""
        return self.place_name(self.actor.place)

    def place_name(self, code: str) -> str:
        """Name the place, office or 督学责任区 of a post; empty for the whole county."""
        return self.authority.own_name(code)

    # ── what was just done, told on the next page ──────────────────────────

    def flash(self, kind: str, words: str) -> None:
        """Say something on the next page; ``kind`` is done, bad or doubt."""
        if self.present is not None:
            kept: list[list[str]] = self.present.data.get("flashes") or []
            self.present.data["flashes"] = [*kept, [kind, str(tell(words))]]
            self.remembers = True

    def flashes(self) -> list[list[str]]:
        """Give what is to be said on this page; it is said once."""
        if self.present is None or not self.present.data.get("flashes"):
            return []
        self.remembers = True
        found: list[list[str]] = self.present.data["flashes"]
        self.present.data["flashes"] = None
        return found

    # ── what stands on every page ───────────────────────────────────────────

    @own_property
    def counts(self) -> dict[str, int]:
        """Give how much there is to do, by the address of the page where it is done."""
        if self.present is None or self.present.post is None:
            return {}
        found: dict[str, int] = {}
        tasks = todo(self.standing, self.actor).mine
        for task in tasks:
            found[f"{task.room}:list"] = found.get(f"{task.room}:list", 0) + 1
        return found | {"home:home": len(tasks)}

    @own_property
    def standing_words(self) -> Sentence:
        """Say what the figures on the pages are: a release, or what is accepted so far."""
        standing = self.standing
        period = standing.period()
        release = standing.release(period, LATEST)
        if release is not None:
            return say("已发布“{name}”", name=release.name)
        return say("暂行数")


class Asked(HttpRequest):
    """A request that has passed the gate."""

    visit: Visit


def asked() -> Asked:
    """Give the request that is being answered in this thread."""
    found = _asked.get()
    if found is None or not hasattr(found, "visit"):
        message = "asked for outside a request that has passed the gate"
        raise LookupError(message)
    return found  # pyright: ignore[reportReturnType]  # the gate has given it its visit


answering: Final = _asked
"""Set by the gate alone."""
