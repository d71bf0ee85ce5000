"""What every deed on a return stands on: who acts, on what, by which lifecycle."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.policy import INSPECTION, Policy, switched
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow import complaint
from xianxue.bureau.workflow.permission import Allowed, Authority
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.accounts.gate import Gate
from xianxue.desk.workspace import ComplaintsError

RETURNS: Final = "returns"
"""The kind of subject that a return is."""


class Signatures(Record):
    """Who signed for a return; both empty where the bureau collects it."""

    clerk: str = ""
    head: str = ""

    @property
    def complete(self) -> bool:
        """Whether both have signed."""
        return bool(self.clerk.strip() and self.head.strip())


class Key(Record, order=True):
    """Which return is meant."""

    form: str
    period: str
    place: str

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.form}/{self.period}/{self.place}"


class Ground(Record, dict=True):
    """The cards and the register that deeds are judged by."""

    shelf: Shelf
    register: Register
    lifecycle: str = ""
    """The lifecycle of this county; the first of the catalogue where it names none."""
    policy_name: str = ""
    """The policy of this county; the first of the catalogue where it names none."""
    demo: bool = False
    """Whether this is a demo workspace, the only one in which practice accounts are good."""

    switches: tuple[str, ...] = ()
    """The switches of the policy that this county has turned on."""

    @cached_property
    def own_card(self) -> Lifecycle:
        """The lifecycle the county has chosen."""
        return self.shelf.lifecycles[self.lifecycle or next(iter(lifecycles_of(self.shelf)))]

    @cached_property
    def policy(self) -> Policy:
        """The policy the county has chosen, as overlays have tightened it, with its switches."""
        name = self.policy_name or next(iter(self.shelf.policies))
        return switched(self.shelf.policies[name], self.switches)

    @cached_property
    def gate(self) -> Gate:
        """The rules by which people sign in here."""
        first = next(iter(self.shelf.policies.values()))
        return Gate.of(self.policy, first, demo=self.demo)

    @cached_property
    def uncovered_for(self) -> timedelta:
        """How long personal data stay uncovered for whoever said what for."""
        first = next(iter(self.shelf.policies.values()))
        minutes = self.policy.uncovered_minutes or first.uncovered_minutes
        assert minutes is not None  # noqa: S101 - the catalogue's own card has it; a test holds that
        return timedelta(minutes=minutes)

    @cached_property
    def unbound_for(self) -> timedelta:
        """How long a file that was handed in waits for its entry."""
        first = next(iter(self.shelf.policies.values()))
        days = self.policy.unbound_days or first.unbound_days
        assert days is not None  # noqa: S101 - the catalogue's own card has it; a test holds that
        return timedelta(days=days)

    @cached_property
    def authority(self) -> Authority:
        """Who may do what here."""
        listed = self.shelf.codes.get(INSPECTION)
        entries = listed.entries if listed is not None else []
        districts = {entry.code: frozenset(entry.places) for entry in entries}
        terms = {entry.code: entry.term for entry in entries}
        return Authority(self.policy, self.register, districts, terms)

    def card(self, place: str) -> Lifecycle:
        """Give the lifecycle of a place's returns."""
        card = self.own_card
        known = self.register.places.get(place)
        # A school directly under the county has no central school that could pass its return on.
        if card.without_township and (known is None or not self.register.township_of(known)):
            return self.shelf.lifecycles[card.without_township]
        return card

    def actor(self, person: Actor, place: str) -> Actor:
        """Give somebody who acts for a place.

        Without accounts a clerk or head is taken to belong to the place they act for, unless they
        say otherwise; an actor for a township or an office has to say which.
        """
        reach = {one.scope for one in self.policy.grants if one.role == person.role}
        if person.place or reach != {"place"}:
            return person
        return replace(person, place=place)

    def subject(self, key: Key) -> Subject:
        """Give a return as policies and lifecycles speak of it."""
        return Subject(RETURNS, key.form, key.place, key.period, self.title(key))

    def name(self, place: str) -> str:
        """Give a place's name; its code where the register does not know it."""
        known = self.register.places.get(place)
        return known.name if known else place

    def form_term(self, form: str) -> str:
        """Give a form's official term in book-title marks."""
        known = self.shelf.forms.get(form)
        return say("《{term}》", term=known.term if known else form)

    def title(self, key: Key) -> str:
        """Name a return: «清泉镇中心小学《学校年度报表》（2025—2026学年）»."""
        period = Period.parse(key.period)
        known = self.register.places.get(key.place)
        # As it was called then: a return of an earlier year is not the renamed school's.
        name = known.name_on(period.reference_day) if known else key.place
        return say(
            "{name}{form}（{period}）",
            name=name,
            form=self.form_term(key.form),
            period=period.term,
        )


def known_of(actor: Actor) -> dict[str, object]:
    """Give what the journal says of an actor beside the name; what is not known is left out."""
    who = {
        "role": actor.role,
        "of": actor.place,
        "where": actor.where,
        "acting_for": actor.acting_for,
    }
    return {part: said for part, said in who.items() if said}


def lifecycles_of(shelf: Shelf, kind: str = RETURNS) -> dict[str, Lifecycle]:
    """Give the lifecycles of one kind of subject: the ways that a county may choose among."""
    return {name: card for name, card in shelf.lifecycles.items() if card.subject == kind}


def complain(  # noqa: PLR0913 - the parts of a complaint
    code: str, key: Key, saw: str, required: str, do: str = "", *, file: str = ""
) -> Issue:
    """Complain about what was to be done with a return."""
    subject = Subject(RETURNS, key.form, key.place, key.period)
    return complaint.complain(code, subject, saw, required, do, file=file)


def granted(found: Allowed | Issue) -> Allowed:
    """Give what the policy grants; ComplaintsError where it refuses."""
    if isinstance(found, Issue):
        raise ComplaintsError([found])
    return found
