"""Whether cards mean something together: references, units, citations, dates.

Every card is checked against all others in one pass, before any change is laid over it. What
refers to a card that could not be read is let be: that card has its own complaint.
"""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.catalogue.meaning.ballot_cards.ballots import check_ballots
from xianxue.catalogue.meaning.changed import check_changes
from xianxue.catalogue.meaning.coded import check_codes
from xianxue.catalogue.meaning.coverages import check_coverages
from xianxue.catalogue.meaning.deadlines import check_deadlines
from xianxue.catalogue.meaning.efforts import check_efforts
from xianxue.catalogue.meaning.exam_cards.examinations import check_examinations
from xianxue.catalogue.meaning.exam_cards.norms import check_institutions, check_norms
from xianxue.catalogue.meaning.exam_cards.schemes import check_schemes
from xianxue.catalogue.meaning.form_cards.editions import check_editions
from xianxue.catalogue.meaning.form_cards.forms import check_forms
from xianxue.catalogue.meaning.indicators import check_indicators
from xianxue.catalogue.meaning.ledger_cards.calendars import check_calendars
from xianxue.catalogue.meaning.ledger_cards.ledgers import check_ledgers
from xianxue.catalogue.meaning.lifecycles import check_lifecycles
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.mappings import check_mappings
from xianxue.catalogue.meaning.names import check_names
from xianxue.catalogue.meaning.official import check_official
from xianxue.catalogue.meaning.outlines import check_outlines
from xianxue.catalogue.meaning.person_cards.contests import check_contests
from xianxue.catalogue.meaning.person_cards.eligibility import check_eligibility
from xianxue.catalogue.meaning.person_cards.escalations import check_escalations
from xianxue.catalogue.meaning.plannings import check_plannings
from xianxue.catalogue.meaning.policies import check_policies
from xianxue.catalogue.meaning.rubric_cards.rubrics import check_rubrics
from xianxue.catalogue.meaning.sampling import check_sampling
from xianxue.catalogue.meaning.sources import check_sources
from xianxue.catalogue.meaning.standards import check_standards
from xianxue.catalogue.meaning.tables import check_tables
from xianxue.catalogue.meaning.wordlists import check_wordlists
from xianxue.catalogue.reading import Cards

__all__ = ["check_meaning"]


def check_meaning(shelf: Shelf, cards: Cards) -> list[Issue]:
    """Check every card against all others; give all complaints."""
    look = Look(shelf, cards)
    check_names(look)
    check_sources(look)
    check_codes(look)
    check_forms(look)
    check_editions(look)
    check_tables(look)
    check_indicators(look)
    check_standards(look)
    check_outlines(look)
    check_official(look)
    check_policies(look)
    check_lifecycles(look)
    check_mappings(look)
    check_changes(look)
    check_wordlists(look)
    check_deadlines(look)
    check_efforts(look)
    check_plannings(look)
    check_calendars(look)
    check_ledgers(look)
    check_eligibility(look)
    check_escalations(look)
    check_contests(look)
    check_schemes(look)
    check_examinations(look)
    check_norms(look)
    check_institutions(look)
    check_sampling(look)
    check_ballots(look)
    check_rubrics(look)
    check_coverages(look)
    return look.issues
