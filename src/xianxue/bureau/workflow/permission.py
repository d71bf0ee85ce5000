"""``may``: whether an actor may do a deed to a subject, and if not, why.

One place answers it for the command line, for pages and for whatever acts next. What the policy
does not grant is refused. A refusal is a complaint that names what is missing, in this order:
a name, a role, the role's deed, the token's, its reach, and a second pair of eyes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Duty, Step
from xianxue.bureau.kinds.policy import FourEyes, Policy, Role, Scope
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.four_eyes import Eyes, broken_rules
from xianxue.bureau.workflow.reach import Reach, reach_term
from xianxue.bureau.workflow.subject import Actor, Done, Subject


class Allowed(Record):
    """The actor may; with which rules set aside, where they gave a reason for that."""

    role: Role
    overridden: tuple[FourEyes, ...] = ()
    reason: str = ""
    """Why they are set aside; empty where none is."""


class Authority(Record, dict=True):
    """A policy over a county's places."""

    policy: Policy
    register: Register
    districts: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """督学责任区 by code, each with the codes of its schools."""
    district_terms: Mapping[str, Sentence] = field(default_factory=dict[str, Sentence])
    """What people call them."""

    @cached_property
    def reach(self) -> Reach:
        """How far scopes reach here."""
        return Reach(self.policy, self.register, self.districts)

    def may(  # noqa: PLR0913 - who, what, to what; and what is known besides
        self,
        actor: Actor,
        deed: str,
        subject: Subject,
        *,
        turn: Step | Duty | None = None,
        done: Sequence[Done] = (),
        override: str | None = None,
    ) -> Allowed | Issue:
        """Say whether an actor may do a deed to a subject.

        ``turn``: the step of the subject's lifecycle, which says whose turn it is; None where the
        policy alone decides. ``done``: the deeds done so far to what the subject holds now.
        ``override``: the actor's reason for acting alone where two people are asked for.
        """
        return self._refuse(actor, deed, subject, turn) or self._second_eyes(
            actor, deed, subject, done, override
        )

    def reached(self, actor: Actor, deed: str) -> frozenset[str]:
        """Give the codes of all places to what of which an actor may do a deed, as ``may`` says.

        A list asks it of three hundred schools: no complaint is written of each that is refused.
        """
        kind = deed.partition(".")[0]
        scopes = self.policy.scopes(actor.role, deed)
        found = [
            one.code
            for one in self.register
            if any(self.reach.within(scope, actor, Subject(kind, "", one.code)) for scope in scopes)
        ]
        # Whatever else may stand against it is not of the place: what is said of one holds of all.
        if not found or isinstance(self.may(actor, deed, Subject(kind, "", found[0])), Issue):
            return frozenset()
        return frozenset(found)

    def own_name(self, code: str) -> str:
        """Name somebody's own place, office or 督学责任区; its code where nobody knows it."""
        place, office = self.register.places.get(code), self.policy.office(code)
        if place is not None:
            return place.name
        return office.term if office is not None else self.district_terms.get(code, code)

    def _refuse(
        self, actor: Actor, deed: str, subject: Subject, turn: Step | Duty | None
    ) -> Issue | None:
        """Complain where name, role or reach is missing."""
        policy = self.policy
        doing = policy.deed_term(deed) if turn is None else turn.term
        if not actor.name.strip():
            saw = say("没有写明谁来{doing}", doing=doing)
            return complain("F-ACTOR", subject, saw, say("写明经办人姓名"))
        role = policy.role(actor.role)
        if role is None:
            listed = joined(
                "、", [say("{role}（{term}）", role=r.role, term=r.term) for r in policy.roles]
            )
            saw = say("“{policy}”里没有角色“{role}”", policy=policy.term, role=actor.role)
            return complain("F-ROLE", subject, saw, say("角色是 {listed} 之一", listed=listed))
        # Both have to name the role. The lifecycle is the county's own card: alone it could give a
        # deed to somebody whom the policy refuses it.
        able = policy.granted(deed)
        roles = able if turn is None else [name for name in turn.roles if name in able]
        if actor.role not in roles:
            whole = turn is None and _whole(deed)
            return self._not_their_part(actor, role, subject, doing, roles, whole=whole)
        if actor.only is not None and deed not in actor.only:
            saw = say("{name}所用的令牌不能{doing}", name=actor.name, doing=doing)
            return complain("F-TOKEN", subject, saw, say("令牌里写明了的事项"))
        scopes = policy.scopes(actor.role, deed)
        if any(self.reach.within(scope, actor, subject) for scope in scopes):
            return self._from_nowhere(actor, subject)
        return self._too_far(actor, deed, role, scopes, subject)

    def _not_their_part(  # noqa: PLR0913 - who, what, to what, and who may
        self,
        actor: Actor,
        role: Role,
        subject: Subject,
        doing: str,
        roles: Sequence[str],
        *,
        whole: bool,
    ) -> Issue:
        """Complain where a role does not have a deed; ``whole``: its term says all of it."""
        terms = self.policy.terms(list(roles))
        if whole:
            saw = say("{name}是{role}，不能{doing}", name=actor.name, role=role.term, doing=doing)
            required = say("可以{doing}的是{roles}", doing=doing, roles=terms)
        else:
            saw = say(
                "{role}{name}不能办理{title}的{doing}",
                role=role.term,
                name=actor.name,
                title=subject.title,
                doing=doing,
            )
            required = say("由{roles}办理", roles=terms)
        return complain("F-ROLE", subject, saw, required if roles else _nobody(doing))

    def _from_nowhere(self, actor: Actor, subject: Subject) -> Issue | None:
        """Complain where the place an actor names is neither a place nor an office.

        Who may act for the whole county is let through whatever they say, so it is asked here.
        """
        own = actor.place
        known = own in self.register or own in self.districts
        if not own or known or self.policy.office(own) is not None:
            return None
        saw = say("经办人{name}的单位“{own}”查无此处", name=actor.name, own=own)
        required = say("名册里的单位代码，或权限卡片里的股室")
        return complain("F-ACTOR", subject, saw, required, say("请核对 --of"))

    def _too_far(
        self, actor: Actor, deed: str, role: Role, scopes: Sequence[Scope], subject: Subject
    ) -> Issue:
        """Complain of a subject beyond somebody's reach: for their eyes, or for their hands."""
        who = {
            "role": role.term,
            "name": actor.name,
            "own": self.own_name(actor.place) or say("（没有写明）"),
            "title": subject.title,
        }
        reach = joined("、", [reach_term(scope) for scope in scopes])
        if _looks(deed):
            saw = say("{name}是{role}，单位是{own}，看不到{title}", **who)
            required = say("{role}只看{reach}", role=role.term, reach=reach)
        else:
            saw = say("{role}{name}的单位是{own}，{title}不在其办理范围", **who)
            required = say("{role}只办理{reach}的事项", role=role.term, reach=reach)
        do = "" if actor.place else say("请用 --of 写明自己单位的代码")
        return complain("F-SCOPE", subject, saw, required, do)

    def _second_eyes(
        self,
        actor: Actor,
        deed: str,
        subject: Subject,
        done: Sequence[Done],
        override: str | None,
    ) -> Allowed | Issue:
        """Allow, or complain where somebody else has to do it."""
        role = self.policy.role(actor.role)
        assert role is not None  # noqa: S101 - _refuse has complained of an unknown role
        broken = broken_rules(self.policy, actor, deed, done)
        eyes = Eyes(self.policy, subject)
        for rule, seen in broken:
            issue = eyes.refuse(rule, seen, actor, deed, override)
            if issue is not None:
                return issue
        # A reason that no rule asked for sets nothing aside, and would stand in the release as an
        # exception that was none.
        rules = tuple(rule for rule, _ in broken)
        return Allowed(role, rules, (override or "").strip() if rules else "")


_LOOKING: Final = frozenset({"view", "unmask", "use"})
_ROOMS: Final = frozenset({"accounts", "backup", "catalogue", "forms", "report"})


def _looks(deed: str) -> bool:
    """Whether a deed changes nothing: its term says what is looked at."""
    return deed.rpartition(".")[2] in _LOOKING


def _whole(deed: str) -> bool:
    """Whether a deed's term says all of it, and what it is done to has no name of its own."""
    return _looks(deed) or deed.partition(".")[0] in _ROOMS


def _nobody(doing: str) -> str:
    return say("现行权限没有规定谁可以{doing}，请报告分管领导", doing=doing)
