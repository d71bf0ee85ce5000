"""The kinds of cards there are, by the key that a card begins with."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.appraisal.contest import Contest
from xianxue.bureau.kinds.appraisal.eligibility import Eligibility
from xianxue.bureau.kinds.appraisal.escalation import Escalation
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.asked import Effort
from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.kinds.card import Card
from xianxue.bureau.kinds.changes.change import Change
from xianxue.bureau.kinds.changes.editions import Edition
from xianxue.bureau.kinds.codes import CodeList, Split
from xianxue.bureau.kinds.covering.producers import Producers
from xianxue.bureau.kinds.deadline_rules import DeadlineRules
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.institutions import Institutions
from xianxue.bureau.kinds.exams.sampling import Norms, Scoring
from xianxue.bureau.kinds.exams.scheme import Scheme
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.form_head import FormHead
from xianxue.bureau.kinds.genre import Genre, NoticeCard, PaperFormat
from xianxue.bureau.kinds.indicator import Choice, Indicator
from xianxue.bureau.kinds.ledgers.calendar import Calendar, SchoolCalendar
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.outline import Outline, Profile
from xianxue.bureau.kinds.plan.forecast import ForecastRules
from xianxue.bureau.kinds.plan.norms import PlanningNorms
from xianxue.bureau.kinds.policy import Policy, Tightening
from xianxue.bureau.kinds.source import SourceCard
from xianxue.bureau.kinds.standard import Population, Standard
from xianxue.bureau.kinds.table import TableCard
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.kinds.wordlist import Wordlist

KINDS: Final[dict[str, type[Card]]] = {
    "document": SourceCard,
    "codes": CodeList,
    "split": Split,
    "form": Form,
    "form_head": FormHead,
    "edition": Edition,
    "table": TableCard,
    "indicator": Indicator,
    "choice": Choice,
    "population": Population,
    "standard": Standard,
    "outline": Outline,
    "profile": Profile,
    "format": PaperFormat,
    "genre": Genre,
    "notice": NoticeCard,
    "policy": Policy,
    "tightening": Tightening,
    "lifecycle": Lifecycle,
    "wordlist": Wordlist,
    "mapping": Mapping,
    "target_rules": TargetRules,
    "deadline_rules": DeadlineRules,
    "calendar": Calendar,
    "school_calendar": SchoolCalendar,
    "ledger": Ledger,
    "eligibility": Eligibility,
    "escalation": Escalation,
    "contest": Contest,
    "scheme": Scheme,
    "exam": Examination,
    "scoring": Scoring,
    "norms": Norms,
    "institutions": Institutions,
    "sample": SampleTable,
    "ballot": Ballot,
    "rubric": Rubric,
    "effort": Effort,
    "forecast": ForecastRules,
    "planning": PlanningNorms,
    "coverage": Producers,
    "change": Change,
}
"""The first key of a card says what it is, and its value is the card's id."""
