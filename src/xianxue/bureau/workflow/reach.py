"""How far an actor reaches: whether a subject lies within one of their scopes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from xianxue.bureau.kinds.policy import Policy, Scope
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.subject import Actor, Subject


class Reach(Record):
    """The places and offices that scopes are measured by."""

    policy: Policy
    register: Register
    districts: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])
    """督学责任区 by code, each with the codes of its schools."""

    def within(self, scope: Scope, actor: Actor, subject: Subject) -> bool:
        """Whether a subject lies within an actor's scope."""
        return _MEASURES[scope](self, actor, subject)

    def own_place(self, actor: Actor, subject: Subject) -> bool:
        """Whether it is the actor's own place's."""
        return bool(actor.place) and actor.place == subject.place

    def own_township(self, actor: Actor, subject: Subject) -> bool:
        """Whether it lies in the township of which, or in which, the actor's own place is."""
        mine = self.register.places.get(actor.place)
        target = self.register.places.get(subject.place)
        if mine is None or target is None:
            return False
        township = mine.code if mine.level == "township" else self.register.township_of(mine)
        # A county school lies in no township: an empty code would reach all of its like.
        return bool(township) and self.register.lies_in(target, township)

    def own_district(self, actor: Actor, subject: Subject) -> bool:
        """Whether it is a school's that the actor's central school looks after.

        The schools of a township are one 学区; the township's own matters are not the school's.
        """
        target = self.register.places.get(subject.place)
        school = target is not None and target.level == "school"
        return school and self.own_township(actor, subject)

    def own_inspection(self, actor: Actor, subject: Subject) -> bool:
        """Whether it is a school's of the actor's 督学责任区."""
        return subject.place in self.districts.get(actor.place, frozenset())

    def own_office(self, actor: Actor, subject: Subject) -> bool:
        """Whether the actor's office answers for it, or for its whole kind."""
        office = self.policy.office(actor.place)
        return office is not None and bool({subject.id, subject.kind} & set(office.answers_for))

    def own_county(self, actor: Actor, subject: Subject) -> bool:
        """Whether it is the county's: everything in its register is."""
        del actor, subject
        return True


_MEASURES: Final[dict[Scope, Callable[[Reach, Actor, Subject], bool]]] = {
    "place": Reach.own_place,
    "district": Reach.own_district,
    "township": Reach.own_township,
    "inspection_district": Reach.own_inspection,
    "office": Reach.own_office,
    "county": Reach.own_county,
}


def reach_term(scope: Scope) -> Sentence:
    """Say how far a scope reaches."""
    return {
        "place": say("本单位"),
        "district": say("本学区各校"),
        "township": say("本乡镇各校"),
        "inspection_district": say("本督学责任区各校"),
        "office": say("本股室"),
        "county": say("全县"),
    }[scope]
