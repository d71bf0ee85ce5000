"""Four eyes (双人复核): where one person has already had part, another has to go on."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.policy import FourEyes, Policy
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Done, Subject, person


def broken_rules(
    policy: Policy, actor: Actor, deed: str, done: Sequence[Done]
) -> list[tuple[FourEyes, list[str]]]:
    """Give the rules that an actor would break by a deed, each with the deeds that make it so.

    People are told apart by name alone: the same person in another role is the same person.
    """
    rules = [rule for rule in policy.four_eyes if deed in rule.deeds]
    found = [(rule, _seen(rule, actor, done)) for rule in rules]
    return [(rule, seen) for rule, seen in found if seen]


def _seen(rule: FourEyes, actor: Actor, done: Sequence[Done]) -> list[str]:
    """Give the earlier deeds of this person by which a rule forbids the next; empty for none."""
    me = person(actor.name)
    apart = [each for each in done if each.deed in rule.apart_from]
    mine = [each.deed for each in apart if me in _names(each)]
    before = [each for each in done if each.deed in rule.not_alone_after]
    # Where nobody has done any of it there is nothing that one person has done alone.
    alone = bool(before) and all(_names(each) == {me} for each in before)
    if alone:
        mine += [each.deed for each in before]
    return list(dict.fromkeys(mine))


def _names(done: Done) -> set[str]:
    return {person(name) for name in done.people}


class Eyes(Record):
    """How a broken rule is said of one subject."""

    policy: Policy
    subject: Subject

    def refuse(
        self, rule: FourEyes, seen: Sequence[str], actor: Actor, deed: str, override: str | None
    ) -> Issue | None:
        """Complain of a broken rule; None where the actor may set it aside and says why."""
        able = actor.role in rule.override
        # A wish without a reason is none: the reason is what the release shows later.
        if able and override is not None and override.strip():
            return None
        doing = self.policy.deed_term(deed)
        saw = say(
            "{title}的{seen}已有{name}经办或签名，不能再由同一人{doing}",
            title=self.subject.title,
            seen=joined("、", [self.policy.deed_term(each) for each in seen]),
            name=actor.name,
            doing=doing,
        )
        required = say("{rule}，由另一人{doing}", rule=rule.term, doing=doing)
        if able and override is not None:
            unsaid = say("{saw}；例外办理没有写理由", saw=saw)
            do = say("写上理由再办（--override '理由'）")
            return complain("F-EYES", self.subject, unsaid, required, do)
        return complain("F-EYES", self.subject, saw, required, self._way_out(rule, able=able))

    def _way_out(self, rule: FourEyes, *, able: bool) -> str:
        """Say what can be done where nobody else is there."""
        if able:
            return say("请换一人办理；确实没有别人的，写明理由例外办理（--override '理由'）")
        roles = self.policy.terms(rule.override)
        if roles:
            return say("请换一人办理；确实没有别人的，由{roles}写明理由例外办理", roles=roles)
        return say("请换一人办理；这一条不能例外")
