"""What every deed on a return stands on: who acts, on what, by which lifecycle."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period


@dataclass(frozen=True)
class Actor:
    """Who acts: the name, the part they play, the place they belong to, the machine they sit at.

    The command line takes all of it on trust, for it has no accounts; the journal keeps it.
    """

    name: str
    role: str
    place: str = ""
    """The code of the actor's own place; empty for those who act for the whole county."""
    where: str = ""


@dataclass(frozen=True)
class Signatures:
    """Who signed for a return; both empty where the bureau collects it."""

    clerk: str = ""
    head: str = ""

    @property
    def complete(self) -> bool:
        """Whether both have signed."""
        return bool(self.clerk.strip() and self.head.strip())


@dataclass(frozen=True, order=True)
class Key:
    """Which return is meant."""

    form: str
    period: str
    place: str

    @property
    def subject(self) -> str:
        """The way the journal names it."""
        return f"{self.form}/{self.period}/{self.place}"


@dataclass(frozen=True)
class Ground:
    """The cards and the register that deeds are judged by."""

    shelf: Shelf
    register: Register
    lifecycle: str = ""
    """The lifecycle of this county; the first of the catalogue where it names none."""

    @cached_property
    def own_card(self) -> Lifecycle:
        """The lifecycle the county has chosen."""
        return self.shelf.lifecycles[self.lifecycle or next(iter(self.shelf.lifecycles))]

    def card(self, place: str) -> Lifecycle:
        """Give the lifecycle of a place's returns."""
        card = self.own_card
        known = self.register.places.get(place)
        if card.without_township and (known is None or not self.register.township_of(known)):
            return self.shelf.lifecycles[card.without_township]
        return card

    def actor(self, person: Actor, place: str) -> Actor:
        """Give somebody who acts for a place.

        Without accounts a clerk or head is taken to belong to the place they act for, unless they
        say otherwise; whoever acts for a township has to say which.
        """
        role = self.card(place).role(person.role)
        if person.place or role is None or role.scope != "place":
            return person
        return replace(person, place=place)

    def name(self, place: str) -> str:
        """Give a place's name; its code where the register does not know it."""
        known = self.register.places.get(place)
        return known.name if known else place

    def form_term(self, form: str) -> str:
        """Give a form's official term in book-title marks."""
        known = self.shelf.forms.get(form)
        return f"《{known.term if known else form}》"

    def title(self, key: Key) -> str:
        """Name a return: «清泉镇中心小学《学校年度报表》（2025—2026学年）»."""
        period = Period.parse(key.period)
        known = self.register.places.get(key.place)
        name = known.name_on(period.reference_day) if known else key.place
        return f"{name}{self.form_term(key.form)}（{period.term}）"


def complain(  # noqa: PLR0913 - the parts of a complaint
    code: str, key: Key, saw: str, required: str, do: str = "", *, file: str = ""
) -> Issue:
    """Complain about what was to be done with a return."""
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        do=do,
        file=file,
        place=key.place,
        form=key.form,
    )
