"""Policies: which role may do which deed, how far it reaches, and where two people are asked for.

Whatever a policy does not grant is refused. A county tightens a policy with a `Tightening`, which
has no way of granting anything; a county that gives more than the policy it starts from writes a
policy of its own and says there why.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence, joined

Scope = Literal["place", "district", "township", "inspection_district", "office", "county"]
"""How far a grant reaches: the actor's own place (本单位), the schools its central school looks
after (本学区), everything in its township (本乡镇), the schools of an inspector's district
(本督学责任区), what its office answers for (本股室), all of the county (全县)."""

INSPECTION: Final = "inspection_districts"
"""The code list of 督学责任区: an entry a district, with the codes of its schools."""
SCOPES: tuple[Scope, ...] = get_args(Scope)

_WITHIN: dict[Scope, frozenset[Scope]] = {
    "place": frozenset({"place", "district", "township", "county"}),
    "district": frozenset({"district", "township", "county"}),
    "township": frozenset({"township", "county"}),
    "inspection_district": frozenset({"inspection_district", "county"}),
    # An office's matters lie across the county: no circle of places holds them but the whole.
    "office": frozenset({"office", "county"}),
    "county": frozenset({"county"}),
}
"""A scope to all those that reach at least as far."""


def lies_within(narrow: Scope, wide: Scope) -> bool:
    """Whether one scope never reaches further than another.

    >>> lies_within("place", "township"), lies_within("office", "township")
    (True, False)
    """
    return wide in _WITHIN[narrow]


class Role(Card, frozen=True, kw_only=True):
    """Somebody's part in the work; the people change, the role stays."""

    role: str
    """The id, unique within the policy."""
    term: Sentence


class DeedTerm(Card, frozen=True, kw_only=True):
    """A deed that may be granted, and what people call it."""

    deed: str
    """The kind of subject and what is done to it, ``returns.submit``."""
    term: Sentence


class Grant(Card, frozen=True, kw_only=True):
    """A role may do some deeds as far as its scope reaches."""

    role: str
    scope: Scope
    deeds: list[str]


class Office(Card, frozen=True, kw_only=True):
    """A 股室 and what it answers for; its id is what ``--of`` names for its people."""

    office: str
    term: Sentence
    answers_for: list[str]
    """Ids of subjects (of forms, of ledgers), or a whole kind of them (``returns``)."""


class FourEyes(Card, frozen=True, kw_only=True):
    """Where one pair of eyes is not enough (双人复核).

    ``apart_from``: who had part in one of these deeds may not do the deeds of the rule.
    ``not_alone_after``: who did all there was of these deeds may not do the deeds of the rule
    without anybody else having had part. A rule has one of the two.
    """

    rule: str
    term: Sentence
    deeds: list[str]
    apart_from: list[str] = []
    not_alone_after: list[str] = []
    override: list[str] = []
    """Roles that may do it alone with a reason (例外办理); nobody may where it is empty."""


class StandIn(Card, frozen=True, kw_only=True):
    """A deed that takes the place of the whole way, and so is an override in itself (代收)."""

    deed: str
    term: Sentence
    reason: Sentence
    """The reason that counts where the actor wrote none."""


class Switch(Card, frozen=True, kw_only=True):
    """What a county may grant besides, by naming it in its settings; nobody has it until then."""

    switch: str
    """The id, which ``switches`` in ``xianxue.toml`` names."""
    term: Sentence
    note: Sentence
    """What it is for, and who answers for what then."""
    grants: list[Grant]


class Admission(Card, frozen=True, kw_only=True):
    """How people sign in and how long they stay signed in."""

    idle_minutes: Annotated[int, Meta(ge=1)]
    """A session in which nothing is done for so long is over."""
    session_hours: Annotated[int, Meta(ge=1)]
    """A session is over after so long, whatever is done in it."""
    failures: Annotated[int, Meta(ge=1)]
    """So many failures of one login from one address …"""
    locked_minutes: Annotated[int, Meta(ge=1)]
    """… and it is shut for so long, there and nowhere else."""
    failures_a_minute: Annotated[int, Meta(ge=1)]
    """More failures than these from one address, and it has to wait for the next minute."""
    password_length: Annotated[int, Meta(ge=8)]
    """Characters a password has at least."""
    token_days: Annotated[int, Meta(ge=1)]
    """How long a token is good where nobody says otherwise, and at most."""


class Policy(Card, frozen=True, kw_only=True):
    """Who may do what in one bureau."""

    policy: str
    term: Sentence
    based_on: str = ""
    """The policy that this one is held against; empty for the first of the catalogue."""
    loosens: str = ""
    """Why it gives more than the policy it is based on; without it nothing more may be given."""
    roles: list[Role]
    deeds: list[DeedTerm]
    grants: list[Grant]
    offices: list[Office] = []
    four_eyes: list[FourEyes] = []
    stand_ins: list[StandIn] = []
    switches: list[Switch] = []
    """Grants that a county turns on by name; off where nothing is said."""
    needs_totp: list[str] = []
    """Roles that show a one-time code too: who approves, releases or administers."""
    admission: Admission | None = None
    """How people sign in; as the first policy of the catalogue has it where nothing is said."""
    uncovered_minutes: Annotated[int, Meta(ge=1, le=60)] | None = None
    """How long personal data stay uncovered for whoever said what for; as the first policy has it
    where nothing is said."""
    unbound_days: Annotated[int, Meta(ge=1)] | None = None
    """How long a file that was handed in waits for its entry before it is swept; as the first
    policy has it where nothing is said."""
    source: Cited

    def role(self, name: str) -> Role | None:
        """Give the role with an id, or None."""
        return next((role for role in self.roles if role.role == name), None)

    def terms(self, roles: list[str]) -> Sentence:
        """Name roles as people do: «股室业务员、分管领导»."""
        found = [self.role(name) for name in roles]
        return joined("、", (role.term for role in found if role is not None))

    def deed_term(self, deed: str) -> str:
        """Give what a deed is called; its id where the policy does not know it."""
        return next((one.term for one in self.deeds if one.deed == deed), deed)

    def scopes(self, role: str, deed: str) -> list[Scope]:
        """Give how far a role reaches with a deed; empty where it may not do it at all."""
        return [one.scope for one in self.grants if one.role == role and deed in one.deeds]

    def granted(self, deed: str) -> list[str]:
        """Give the roles that may do a deed somewhere, in the order of the card."""
        return [role.role for role in self.roles if self.scopes(role.role, deed)]

    def office(self, name: str) -> Office | None:
        """Give the office with an id, or None."""
        return next((one for one in self.offices if one.office == name), None)

    def stand_in(self, deed: str) -> StandIn | None:
        """Give what is said of a deed that takes the place of the whole way, or None."""
        return next((one for one in self.stand_ins if one.deed == deed), None)

    def rule_term(self, rule: str) -> str:
        """Give what people call a rule, or a deed that stands in for the way; else its id."""
        stand_in = self.stand_in(rule)
        if stand_in is not None:
            return stand_in.term
        return next((one.term for one in self.four_eyes if one.rule == rule), rule)


class Revoked(Card, frozen=True, kw_only=True):
    """Deeds that a role may no longer do."""

    role: str
    deeds: list[str]


class Tightening(Card, frozen=True, kw_only=True):
    """What a province or county takes back from a policy; there is no key that gives anything."""

    tightening: str
    term: Sentence
    policy: str
    revoke: list[Revoked] = []
    narrow: list[Grant] = []
    """Deeds of a role that reach less far than before."""
    offices: list[Office] = []
    four_eyes: list[FourEyes] = []
    """Further rules, or stricter words for one that the policy has by the same id."""
    no_override: list[str] = []
    """Rules that nobody may override any more."""
    needs_totp: list[str] = []
    """Further roles that show a one-time code."""
    source: Cited


def switched(policy: Policy, names: Iterable[str]) -> Policy:
    """Give a policy with what some of its switches grant; a name that it lacks grants nothing."""
    on = set(names)
    more = [grant for one in policy.switches if one.switch in on for grant in one.grants]
    return msgspec.structs.replace(policy, grants=[*policy.grants, *more]) if more else policy


def with_all_switches(policy: Policy) -> Policy:
    """Give a policy with all that it could grant."""
    return switched(policy, [one.switch for one in policy.switches])


def tightened(policy: Policy, card: Tightening) -> Policy:
    """Lay a tightening over a policy; what it names wrongly takes nothing away."""
    gone = {(one.role, deed) for one in card.revoke for deed in one.deeds}
    narrowed: dict[tuple[str, str], Scope] = {
        (one.role, deed): one.scope for one in card.narrow for deed in one.deeds
    }

    def left(grants: Iterable[Grant]) -> list[Grant]:
        return [
            Grant(
                role=grant.role,
                # Deed by deed: a grant of several may be narrowed for one of them alone.
                scope=_narrower(grant.scope, narrowed.get((grant.role, deed))),
                deeds=[deed],
            )
            for grant in grants
            for deed in grant.deeds
            if (grant.role, deed) not in gone
        ]

    replaced = {rule.rule for rule in card.four_eyes}
    rules = [rule for rule in policy.four_eyes if rule.rule not in replaced] + card.four_eyes
    return msgspec.structs.replace(
        policy,
        grants=left(policy.grants),
        # A switch that is turned on gives back nothing that was taken.
        switches=[msgspec.structs.replace(one, grants=left(one.grants)) for one in policy.switches],
        offices=[*policy.offices, *card.offices],
        needs_totp=[*policy.needs_totp, *card.needs_totp],
        four_eyes=[
            # Last, so that a rule's stricter words cannot bring back what is taken here.
            msgspec.structs.replace(rule, override=[]) if rule.rule in card.no_override else rule
            for rule in rules
        ],
    )


def _narrower(scope: Scope, wanted: Scope | None) -> Scope:
    """Give the scope that is asked for where it is narrower: a tightening never widens."""
    return wanted if wanted is not None and lies_within(wanted, scope) else scope


def wider(policy: Policy, base: Policy) -> list[tuple[str, str, Scope]]:
    """List what a policy grants beyond another: role, deed and scope."""
    # A switch may be turned on by anybody's settings: what it could grant counts as given.
    policy, base = with_all_switches(policy), with_all_switches(base)
    return [
        (grant.role, deed, grant.scope)
        for grant in policy.grants
        for deed in grant.deeds
        if not any(lies_within(grant.scope, scope) for scope in base.scopes(grant.role, deed))
    ]
