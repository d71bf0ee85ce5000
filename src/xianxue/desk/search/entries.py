"""What can be found: each thing with its names, who may see it, and where its page is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Literal

from xianxue.bureau.kinds.appraisal.tables import table_of
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say, told
from xianxue.bureau.workflow.subject import Subject
from xianxue.catalogue.languages.words import words_of
from xianxue.desk.actions.context import Ground
from xianxue.desk.search.matching import Names

Kind = Literal[
    "school",
    "figure",
    "return",
    "ledger",
    "entry",
    "form",
    "field",
    "document",
    "release",
    "person",
    "card",
]
"""In the order in which equals are shown."""
KINDS: Final[tuple[Kind, ...]] = (
    "school",
    "figure",
    "return",
    "ledger",
    "entry",
    "form",
    "field",
    "document",
    "release",
    "person",
    "card",
)


def kind_term(kind: Kind) -> Sentence:
    """Say what things of a kind are called, over their list."""
    return {
        "school": say("学校"),
        "figure": say("指标"),
        "return": say("报表"),
        "ledger": say("台账"),
        "entry": say("台账事项"),
        "form": say("表式"),
        "field": say("填报项"),
        "document": say("文稿"),
        "release": say("发布"),
        "person": say("人员"),
        "card": say("规则"),
    }[kind]


class Entry(Record, kw_only=True):
    """One thing that can be found."""

    kind: Kind
    title: Sentence | str
    detail: Sentence | str = ""
    names: Names
    deed: str
    """What one has to be allowed to do, to be shown it."""
    subject: Subject
    """What that is asked of; its place is empty for what is no place's own."""
    room: str
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the address of its page is made of."""
    roles: tuple[str, ...] = ()
    """The only roles that know of it; empty for all who may do the deed."""


def entries_of(ground: Ground, period: Period) -> list[Entry]:
    """Give everything that is declared or registered: what follows from files alone."""
    return [
        *_places(ground.register, period),
        *_indicators(ground.shelf),
        *_forms(ground.shelf),
        *_documents(ground.shelf),
        *_cards(ground.shelf),
    ]


def _english(text: str) -> str:
    """Give the English twin of a text; empty where it has none."""
    found = str(told(text, words_of("en")))
    return found if found != text else ""


def _places(register: Register, period: Period) -> Iterator[Entry]:
    day = period.reference_day
    for place in register:
        former = tuple({one.value for one in place.names} - {place.name})
        closed = say("已撤销") if place.closed is not None and place.closed <= day else ""
        above = register.places.get(register.township_of(place, day))
        where = above.name if above is not None and above is not place else ""
        yield Entry(
            kind="school",
            title=place.name,
            detail=joined("，", [one for one in (where, place.code, closed) if one]),
            names=Names.of(place.name, place.code, others=former),
            deed="places.view",
            subject=Subject("places", place.code, place.code),
            room="places",
            ids={"place": place.code},
        )


def _indicators(shelf: Shelf) -> Iterator[Entry]:
    for name, card in shelf.indicators.items():
        yield Entry(
            kind="figure",
            title=card.term,
            detail=card.note,
            names=Names.of(card.term, name, others=(*card.synonyms, _english(card.term))),
            deed="indicators.view",
            subject=Subject("indicators", name, ""),
            room="indicators",
            ids={"indicator": name},
        )
    for name, choice in shelf.choices.items():
        chosen = shelf.indicator(name)
        if chosen is not None:
            yield Entry(
                kind="figure",
                title=choice.term,
                detail=chosen.term,
                names=Names.of(choice.term, name, others=(_english(choice.term),)),
                deed="indicators.view",
                subject=Subject("indicators", name, ""),
                room="indicators",
                ids={"indicator": chosen.indicator},
            )


def _forms(shelf: Shelf) -> Iterator[Entry]:
    for name, form in shelf.forms.items():
        subject = Subject("returns", name, "")
        yield Entry(
            kind="form",
            title=form.term,
            names=Names.of(form.term, name, others=(_english(form.term),)),
            deed="returns.view",
            subject=subject,
            room="returns",
            ids={"form": name},
        )
        for sheet in form.sheets:
            for item in sheet.fields:
                yield Entry(
                    kind="field",
                    title=item.term,
                    detail=joined("·", (form.term, sheet.term)),
                    names=Names.of(
                        item.term, f"{sheet.sheet}.{item.field}", others=(_english(item.term),)
                    ),
                    deed="returns.view",
                    subject=subject,
                    room="returns",
                    ids={"form": name, "sheet": sheet.sheet, "field": item.field},
                )


def _documents(shelf: Shelf) -> Iterator[Entry]:
    for name, outline in shelf.reports.items():
        yield Entry(
            kind="document",
            title=outline.term,
            names=Names.of(outline.term, name, others=(_english(outline.term),)),
            deed="report.view",
            subject=Subject("report", name, ""),
            room="report",
            ids={"outline": name},
        )
    for name, standard in shelf.standards.items():
        yield Entry(
            kind="document",
            title=standard.term,
            names=Names.of(standard.term, name, others=(_english(standard.term),)),
            deed="assessment.view",
            subject=Subject("assessment", name, ""),
            room="assessment",
            ids={"standard": name},
        )


def _cards(shelf: Shelf) -> Iterator[Entry]:
    for name, source in shelf.sources.items():
        yield _card("document", name, source.title, source.number)
    # Indicators, standards, forms and outlines have pages of their own, which lead to their cards.
    made = {*shelf.ledgers, *shelf.ballots, *shelf.examinations}
    # Tables that ledgers, ballots, examinations and rubrics count into have no card of their own.
    made |= {f"{name}_subjects" for name in shelf.examinations}
    made |= {table_of(rubric.series) for rubric in shelf.rubrics.values()}
    named = {
        # The lists that ledgers have of their own stand on the ledger's card.
        "codes": {name: card for name, card in shelf.codes.items() if "." not in name},
        "split": shelf.splits,
        "table": {name: one for name, one in shelf.declared.items() if name not in made},
        "ballot": shelf.ballots,
        "exam": shelf.examinations,
        "population": shelf.populations,
        "lifecycle": shelf.lifecycles,
        "policy": shelf.policies,
        "genre": shelf.genres,
        "notice": shelf.notices,
        "target_rules": shelf.target_rules,
        "forecast": shelf.forecasts,
        "deadline_rules": shelf.deadline_rules,
    }
    for kind, cards in named.items():
        for name, card in cards.items():
            yield _card(kind, name, card.term)


def _card(kind: str, name: str, title: str, *codes: str) -> Entry:
    return Entry(
        kind="card",
        title=title,
        detail=name,
        names=Names.of(title, name, *codes, others=(_english(title),)),
        deed="catalogue.view",
        subject=Subject("catalogue", name, ""),
        room="catalogue",
        ids={"kind": kind, "card": name},
    )
