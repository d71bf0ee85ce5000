"""Policies: nobody unknown is granted anything, and nothing is given that the base refuses.

A tightening has no key that gives. What it takes is checked as well: a step that nobody may take
any more would leave every return of the county where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from xianxue.bureau.kinds.policy import (
    FourEyes,
    Office,
    Policy,
    Scope,
    Tightening,
    lies_within,
    tightened,
    wider,
)
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

_DEED: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_DEED_RULE: Final = say("对象的种类、小数点、办的事，例如 returns.submit")


def check_policies(look: Look) -> None:
    """Check every policy and every tightening."""
    policy: Policy
    for at, policy in look.each("policy"):
        check_cited(look, at.at("source"), policy.source)
        _check_names(at, policy)
        for index, grant in enumerate(policy.grants):
            here = at.at("grants", index)
            _known_role(here.at("role"), grant.role, policy)
            _known_deeds(here.at("deeds"), grant.deeds, policy)
        _check_switches(at, policy)
        _check_rules(at.at("four_eyes"), policy.four_eyes, policy)
        for index, stand_in in enumerate(policy.stand_ins):
            _known_deeds(at.at("stand_ins", index, "deed"), [stand_in.deed], policy)
        _known_roles(at, policy.needs_totp, policy)
        _check_base(look, at, policy)
    card: Tightening
    for at, card in look.each("tightening"):
        check_cited(look, at.at("source"), card.source)
        if look.refer(at.at("policy"), "policy", card.policy):
            _check_tightening(look, at, card, look.shelf.policies[card.policy])


def _check_names(at: Spot, policy: Policy) -> None:
    for index, role in enumerate(policy.roles):
        good_name(at.at("roles", index, "role"), role.role)
    roles = [(at.at("roles", index, "role"), role.role) for index, role in enumerate(policy.roles)]
    unique(roles, "C-TWICE", say("角色的编号"), say("同一张卡片里角色的编号不重复"))
    deeds = [(at.at("deeds", index, "deed"), one.deed) for index, one in enumerate(policy.deeds)]
    unique(deeds, "C-TWICE", say("事项的编号"), say("同一张卡片里事项的编号不重复"))
    for spot, deed in deeds:
        if _DEED.fullmatch(deed) is None:
            spot.complain("C-NAME", say("编号“{deed}”写法不对", deed=deed), _DEED_RULE)
    _check_offices(at, policy.offices, [])
    rules = [
        (at.at("four_eyes", index, "rule"), rule.rule)
        for index, rule in enumerate(policy.four_eyes)
    ]
    unique(rules, "C-TWICE", say("复核规定的编号"), say("同一张卡片里复核规定的编号不重复"))


def _check_switches(at: Spot, policy: Policy) -> None:
    """A switch has one id, and grants what the card has names for."""
    spots = [
        (at.at("switches", index, "switch"), one.switch)
        for index, one in enumerate(policy.switches)
    ]
    unique(spots, "C-TWICE", say("开关的编号"), say("同一张卡片里开关的编号不重复"))
    for index, one in enumerate(policy.switches):
        good_name(at.at("switches", index, "switch"), one.switch)
        for nth, grant in enumerate(one.grants):
            here = at.at("switches", index, "grants", nth)
            _known_role(here.at("role"), grant.role, policy)
            _known_deeds(here.at("deeds"), grant.deeds, policy)


def _check_offices(at: Spot, offices: Iterable[Office], known: list[str]) -> None:
    """An office has one id, which is no place's: ``--of`` takes either."""
    for index, office in enumerate(offices):
        here = at.at("offices", index, "office")
        good_name(here, office.office)
        if office.office in known:
            required = say("同一张权限卡片里股室的编号不重复")
            here.complain(
                "C-TWICE", say("股室的编号“{office}”已经用过", office=office.office), required
            )
        known.append(office.office)


def _known_role(at: Spot, role: str, policy: Policy) -> None:
    known = [one.role for one in policy.roles]
    if role not in known:
        saw = say("roles 里没有角色“{role}”", role=role)
        at.complain("C-ROLE", saw, say("这张权限卡片里写了的角色"), instead(role, known))


def _known_roles(at: Spot, roles: Iterable[str], policy: Policy) -> None:
    """Check those who show a one-time code: a misspelt role would be asked for none."""
    for index, role in enumerate(roles):
        _known_role(at.at("needs_totp", index), role, policy)


def _known_deeds(at: Spot, deeds: Iterable[str], policy: Policy) -> None:
    known = [one.deed for one in policy.deeds]
    for index, deed in enumerate(deeds):
        if deed not in known:
            saw = say("deeds 里没有事项“{deed}”", deed=deed)
            required = say("这张权限卡片的 deeds 里写了名称的事项")
            at.at(index).complain("C-DEED", saw, required, instead(deed, known))


def _check_rules(at: Spot, rules: Iterable[FourEyes], policy: Policy) -> None:
    for index, rule in enumerate(rules):
        here = at.at(index)
        good_name(here.at("rule"), rule.rule)
        if bool(rule.apart_from) is bool(rule.not_alone_after):
            saw = say("复核规定“{term}”看不出要与谁分开", term=rule.term)
            required = say("apart_from 和 not_alone_after 正好写一个")
            here.complain("C-EYES", saw, required)
        for key in ("deeds", "apart_from", "not_alone_after"):
            _known_deeds(here.at(key), getattr(rule, key), policy)
        for at_role, role in enumerate(rule.override):
            _known_role(here.at("override", at_role), role, policy)


def _check_base(look: Look, at: Spot, policy: Policy) -> None:
    """A policy that gives more than the one it is based on says why."""
    # The national policy: its folder is read before any overlay.
    first = next(iter(look.shelf.policies.values()))
    if policy is first:
        return
    if not policy.based_on:
        required = say("based_on 写明以哪一张为准，例如 {policy}", policy=first.policy)
        at.complain(
            "C-LOOSER", say("权限卡片“{term}”没有写以哪一张为准", term=policy.term), required
        )
        return
    if not look.refer(at.at("based_on"), "policy", policy.based_on) or policy.loosens.strip():
        return
    more = [
        say("{role} 办 {deed}（{scope}）", role=role, deed=deed, scope=scope)
        for role, deed, scope in _more(look, policy)
    ]
    if more:
        saw = say("比“{based_on}”放宽了：{more}", based_on=policy.based_on, more=listed(more))
        do = say("要放宽，在 loosens 里写明理由；不放宽，删去这几项")
        at.complain("C-LOOSER", saw, say("收紧可以，放宽要写明理由"), do)


def _more(look: Look, policy: Policy) -> list[tuple[str, str, str]]:
    """List what a policy grants, or no longer forbids, beyond its base."""
    base = look.shelf.policies[policy.based_on]
    kept = {rule.rule: rule for rule in policy.four_eyes}
    lost = [rule for rule in base.four_eyes if not _as_strict(kept.get(rule.rule), rule)]
    named = [(role.role, one.deed) for role in policy.roles for one in policy.deeds]
    # A role or deed that is misspelt has its own complaint, and gives nobody anything.
    given = [
        (role, deed, str(scope))
        for role, deed, scope in wider(policy, base)
        if (role, deed) in named
    ]
    return given + [
        (say("一人"), listed(rule.deeds), say("少了复核规定 {rule}", rule=rule.rule))
        for rule in lost
    ]


def _as_strict(mine: FourEyes | None, base: FourEyes) -> bool:
    """Whether a rule forbids at least what the base's rule of the same id forbids."""
    return (
        mine is not None
        and set(mine.deeds) >= set(base.deeds)
        and set(mine.apart_from) >= set(base.apart_from)
        # Equal, not more: «all there was of these deeds» is harder to have done alone the more
        # deeds there are.
        and set(mine.not_alone_after) == set(base.not_alone_after)
        and set(mine.override) <= set(base.override)
    )


def _check_tightening(look: Look, at: Spot, card: Tightening, policy: Policy) -> None:
    for index, revoked in enumerate(card.revoke):
        here = at.at("revoke", index)
        _known_role(here.at("role"), revoked.role, policy)
        _known_deeds(here.at("deeds"), revoked.deeds, policy)
    for index, narrowed in enumerate(card.narrow):
        here = at.at("narrow", index)
        _known_role(here.at("role"), narrowed.role, policy)
        _known_deeds(here.at("deeds"), narrowed.deeds, policy)
        _narrower(here, policy, narrowed.role, narrowed.scope, narrowed.deeds)
    _known_roles(at, card.needs_totp, policy)
    _check_offices(at, card.offices, [office.office for office in policy.offices])
    _check_stricter(at, card, policy)
    rules = [rule.rule for rule in policy.four_eyes + card.four_eyes]
    for index, rule in enumerate(card.no_override):
        if rule not in rules:
            required = say("no_override 里写权限卡片已有的复核规定")
            here = at.at("no_override", index)
            here.complain(
                "C-EYES", say("没有复核规定“{rule}”", rule=rule), required, instead(rule, rules)
            )
    _check_steps(look, at, card, policy)


def _narrower(at: Spot, policy: Policy, role: str, scope: Scope, deeds: Iterable[str]) -> None:
    """A scope that reaches further than before, or elsewhere, is no tightening."""
    for index, deed in enumerate(deeds):
        before = policy.scopes(role, deed)
        # Where nothing was granted there is nothing to narrow, and nothing is given by it.
        if before and not all(lies_within(scope, wide) for wide in before):
            saw = say(
                "{role} 办 {deed} 原来管到 {before}，改成 {scope} 不是收紧",
                role=role,
                deed=deed,
                before=listed(before),
                scope=scope,
            )
            at.at("deeds", index).complain("C-LOOSER", saw, say("收紧的范围不大于原来的范围"))


def _check_stricter(at: Spot, card: Tightening, policy: Policy) -> None:
    """A rule with the id of one that the policy has forbids no less than that one."""
    before = {rule.rule: rule for rule in policy.four_eyes}
    for index, rule in enumerate(card.four_eyes):
        old = before.get(rule.rule)
        if old is not None and not _as_strict(rule, old):
            saw = say("复核规定“{rule}”比原来的宽", rule=rule.rule)
            here = at.at("four_eyes", index)
            here.complain("C-LOOSER", saw, say("同一编号的规定只能更严；另立一条请换一个编号"))
    _check_rules(at.at("four_eyes"), card.four_eyes, policy)


def _check_steps(look: Look, at: Spot, card: Tightening, policy: Policy) -> None:
    """Every step that somebody could take can still be taken by somebody."""
    left = tightened(policy, card)
    for lifecycle in look.shelf.lifecycles.values():
        for step in lifecycle.steps:
            deed = lifecycle.deed(step.step)
            before = [role for role in step.roles if policy.scopes(role, deed)]
            if before and not any(left.scopes(role, deed) for role in step.roles):
                saw = say(
                    "收紧以后，“{term}”的“{other_term}”没有人可以办",
                    term=lifecycle.term,
                    other_term=step.term,
                )
                at.complain("C-LIFECYCLE", saw, say("每一步至少还有一个角色可以办"))
