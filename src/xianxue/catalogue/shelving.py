"""Putting cards that were read on the shelf, as rooms are handed it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xianxue.bureau.kinds.appraisal.tables import grade_lists
from xianxue.bureau.kinds.appraisal.tables import tables_of as appraisal_tables
from xianxue.bureau.kinds.ballots.tables import table_of as ballot_table
from xianxue.bureau.kinds.exams.tables import tables_of
from xianxue.bureau.kinds.ledgers.tables import own_lists, table_of
from xianxue.bureau.kinds.shelf import Shelf

ByKind = Mapping[str, dict[str, Any]]
"""The first key of a card, then its id, to the card."""


def shelf_of(kinds: ByKind, chosen: dict[str, str]) -> Shelf:
    """Give the shelf of some cards; ``chosen`` names the option taken for each choice."""
    return Shelf(
        sources={name: card.source for name, card in kinds["document"].items()},
        codes={
            **kinds["codes"],
            **own_lists(kinds["ledger"].values()),
            **grade_lists(kinds["rubric"].values()),
        },
        splits=kinds["split"],
        forms=dict(kinds["form"]),
        declared={
            **{name: card.as_table() for name, card in kinds["table"].items()},
            **{name: table_of(card) for name, card in kinds["ledger"].items()},
            **{
                table.table: table
                for card in kinds["ballot"].values()
                if (table := ballot_table(card)) is not None
            },
            **appraisal_tables(kinds["rubric"].values()),
            **{
                table.table: table
                for card in kinds["exam"].values()
                for table in tables_of(card, kinds["codes"].get("exam_lines"))
            },
        },
        indicators=dict(kinds["indicator"]),
        choices=kinds["choice"],
        populations=kinds["population"],
        standards=dict(kinds["standard"]),
        outlines=kinds["outline"],
        profiles=kinds["profile"],
        paper_formats=kinds["format"],
        genres=kinds["genre"],
        notices=kinds["notice"],
        policies=dict(kinds["policy"]),
        lifecycles=kinds["lifecycle"],
        wordlists=kinds["wordlist"],
        target_rules=kinds["target_rules"],
        deadline_rules=kinds["deadline_rules"],
        schemes=kinds["scheme"],
        examinations=kinds["exam"],
        scorings=kinds["scoring"],
        norms=kinds["norms"],
        institutions=kinds["institutions"],
        samples=kinds["sample"],
        ballots=kinds["ballot"],
        rubrics=kinds["rubric"],
        calendars=kinds["calendar"],
        school_calendars=kinds["school_calendar"],
        ledgers={name: card.coded for name, card in kinds["ledger"].items()},
        eligibilities=kinds["eligibility"],
        escalations=kinds["escalation"],
        contests=kinds["contest"],
        efforts=kinds["effort"],
        forecasts=kinds["forecast"],
        plannings=kinds["planning"],
        coverages=kinds["coverage"],
        mappings=kinds["mapping"],
        chosen=chosen,
    )
