"""Outlines: how a document says what the figures and findings are; profiles: how it looks."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from xianxue.bureau.kinds.card import Card, Cited, Needed, Where
from xianxue.bureau.kinds.outlines.deeds import Deed, Point, Style
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence

Rows = Literal[
    "stages",
    "schools",
    "townships",
    "school_stages",
    "short_schools",
    "criteria",
    "spread",
    "items",
    "rubric_items",
    "rubric_vetoes",
    "rubric_places",
    "ranked",
    "owed",
    "entries",
    "figures",
    "judged",
]
"""What a table has a row for.

============= ===============================================================================
stages        each stage of ``stages``, with the county's figures
schools       each stage (of ``stages``) of each open school
townships     each township
school_stages each school-stage judged by ``standard``
short_schools those of them that do not reach each criterion of a joint verdict
criteria      each criterion of ``standard`` that was judged
spread        each limit on a 差异系数 of ``standard``
items         each mapping of ``items``
rubric_items  each item of ``rubric`` that stands right below the item ``under``, for the county
rubric_vetoes each veto of ``rubric``, for the county
rubric_places each place that ``rubric`` judges, in the order of the register
ranked        each school by its figure of the indicator ``by``, the smallest first, as far as
              ``first``
owed          each thing that is owed on the day of the document, the soonest first
entries       each entry that the count ``of`` counts, of the document's place where it has one
figures       each indicator, stage by stage, that the place or county has a figure of
judged        each finding on the document's place, by all standards of the outline
============= ===============================================================================
"""

PLACES: Final = "place"
"""What an outline is ``about`` that is written of each place."""

Judged = Literal[
    "",
    "met",
    "not_met",
    "undetermined",
    "any_not_met",
    "none_not_met",
    "none_judged",
    "any_undetermined",
    "spread_not_met",
    "spread_met",
    "any_targets",
    "owing",
    "not_owing",
]
"""When a block is written. The first three look at the verdicts on whole standards (``met``: all
are met; ``not_met``: some is not; ``undetermined``: none is not met and some cannot be judged),
the next four at single findings (``none_judged``: none is met and none is not), two more at the
limits on 差异系数. ``any_targets`` asks whether there are targets for the period; ``owing`` whether
anything is owed."""


class Column(Card, frozen=True, kw_only=True):
    """One column of a table: its header and what stands in it."""

    term: str
    value: str
    """A template, as in a paragraph; claims are about the row's place and stage, without unit."""


class TableBlock(Card, frozen=True, kw_only=True):
    """A table with a header row that repeats on each page."""

    term: str
    """The caption."""
    rows: Rows
    columns: list[Column]
    stages: list[Stage] = []
    """For ``stages`` and ``schools``: the only stages shown; empty for all."""
    items: list[dict[str, str]] = []
    """For ``items``: one mapping a row; the columns name its keys in braces, and its values are
    templates about the county."""
    standard: str = ""
    """For ``school_stages``, ``short_schools``, ``criteria`` and ``spread``: the standard whose
    findings are shown."""
    rubric: str = ""
    """For ``rubric_items``, ``rubric_vetoes`` and ``rubric_places``: the rubric that is told."""
    under: str = ""
    """For ``rubric_items``: the item whose parts are told; empty for the first rank of items."""
    by: str = ""
    """For ``ranked``: the indicator, figured for schools."""
    first: int = 0
    """For ``ranked``: up to which value; for ``owed``: how many, the others are counted in the
    note; 0 for all."""
    only: list[str] = []
    """For ``criteria``: the only criteria shown; for ``figures``: the indicators, in their order;
    empty for all."""
    of: str = ""
    """For ``entries``: ``ledger.count``."""
    where: Where = {}
    """For ``entries``: what else is asked of them, as in counts."""
    small: bool = False
    """Whether it is set small and close, on a sheet that has to stay on one page."""
    total: list[str] = []
    """The cells of a closing row, as templates about the county; empty for none."""
    note: str = ""
    """A line below the table."""


class PictureBlock(Card, frozen=True, kw_only=True):
    """A picture of bars: a group for each item, of this year and of years before."""

    term: str
    """The caption; the groups are named behind it by their numbers."""
    items: list[dict[Literal["label", "value"], str]]
    """What each group is called, and its indicator as a slot: ``{pupils/primary}``."""
    years: tuple[int, ...] = (1, 0)
    """How many years before the period each bar of a group is, the earliest first."""
    height: int = 50
    """In millimetres."""
    width: int = 150
    """In millimetres; pictures that follow each other and fit the page stand side by side."""


class Free(Card, frozen=True, kw_only=True):
    """A passage that an office writes by hand, and that is kept when the figures are renewed."""

    slot: str
    """Its name: the text stands in a file of this name."""
    owner: Sentence
    """The office that writes it."""
    about: Sentence
    """What it is about, for its author."""


class Idiom(Card, frozen=True, kw_only=True):
    """How a rate is said by case: not «100.00%» but 全部, not «0.00%» but 已全面消除."""

    phrase: str
    """Its name in braces."""
    of: str
    """The indicator."""
    stages: list[Stage] = []
    """The stages told one beside the other; empty for the county as a whole."""
    term: str
    """The words before a number; behind them the stages stand, 持证率小学99.64%、初中99.09%."""
    all: str = ""
    """What is said of a stage where it is exactly 100%; empty for the number."""
    none: str = ""
    """What is said of a stage where it is exactly 0; empty for the number."""


Duty = Literal["staff", "conditions", "sizes", "spread", "rates"]
"""What a measure is about: the themes of criteria, and schools that differ too much."""


class Duties(Card, frozen=True, kw_only=True):
    """Measures that the same people must take, and by when."""

    themes: list[Duty]
    task: str
    """The heading."""
    who: str
    by: str
    """The day or term by which, as a template."""
    office: str = ""
    """In a plan: the code of the bureau's office that leads, of the list ``offices``."""
    due: str = ""
    """In a plan: month and day of its last year, 08-31; empty for the end of the year."""


class Trivial(Card, frozen=True, kw_only=True):
    """Up to which quantity a shortfall is gathered with others of its kind at the end."""

    unit: str
    below: int


class Block(Card, frozen=True, kw_only=True):
    """One piece of a document: heading, text, points, table, findings or targets; no two."""

    heading: str = ""
    headline: str = ""
    """For a heading: what stands there instead in a style that has headlines, as a template; the
    heading itself where something that the headline names has nothing to say."""
    level: Literal[1, 2, 3, 4] = 1
    """一、 （一） 1. （1）; the number itself is computed."""
    points: list[Point] = []
    """What was done, point by point; how points are set is the style's. A heading under which
    no point has anything to say is not written."""
    text: str = ""
    """A paragraph. ``{pupils/primary}`` is a claim on a figure; the report room has the grammar."""
    table: TableBlock | None = None
    findings: Literal["problems", "measures"] | None = None
    """存在问题: what does not suffice; 下一步: what would make it suffice. Written from the
    findings of ``standards``, under numbered headings one level below the last one."""
    targets: Literal["progress"] | None = None
    """年度目标与完成对照: how many targets there are and what has become of each."""
    planned: Literal["goals", "tasks", "review"] | None = None
    """目标表: what is to be reached, as far as a plan supposes it; 重点工作分工表: what each office
    has to have done, from the findings of the outline's standards; 中期对照: what has become of
    each goal. Nothing where there is none."""
    free: Free | None = None
    """A passage of an office's own."""
    picture: PictureBlock | None = None
    """Figures side by side; not set where none of them is known."""
    parts_of: str = ""
    """For a document about an entry: one of its fields, whose parts between semicolons are set as
    numbered paragraphs."""
    book: bool = False
    """Everything that is figured: a section a topic, each with its table and picture."""
    otherwise: str = ""
    """For ``findings``, ``table`` and ``parts_of``: the paragraph written where there is nothing to
    say; it stands instead of a table without rows."""
    standards: list[str] = []
    """For ``findings`` and ``when``: the standards looked at; empty for all of the outline's."""
    when: Judged = ""
    """The block is written only if the standards were judged so; empty for always."""
    rubric: str = ""
    """The block is written only where the appraisal by this rubric is at hand; empty for always."""
    any_of: list[str] = []
    """Indicators: the block is written only if the county's figure of one of them, at least, is
    known and not zero; empty for always. Where nothing happened there is nothing to tell."""


class Outline(Card, frozen=True, kw_only=True):
    """A document that is written once a year or once an assessment."""

    outline: str
    term: Sentence
    about: str = ""
    """What each such document is about: ``place``, or an entry of the ledger that is named; empty
    for the county."""
    title: str
    """A line break stands where the title may be broken, if it does not fit on one line."""
    addressee: str = ""
    """主送机关; empty for none."""
    period: Needed = Needed()
    """The kind of period whose figures it tells."""
    standards: list[str] = []
    """The standards judged for it."""
    until: int = 0
    """For a plan: how many years after that of its figures it ends; 0 for no plan."""
    blocks: list[Block]
    phrases: list[Idiom] = []
    """Named in templates as words are."""
    deeds: list[Deed] = []
    """Lists of what was done, named in templates as words are."""
    styles: list[Style] = []
    """The ways in which its points may be set; the first where nobody asks for another."""
    dated: Literal["year", "period", "today"] = "year"
    """Which day it bears where none is asked for: the last of the calendar year in which its
    figures were counted, the last of its period that is known, or the day on which it is written:
    what is asked of somebody is asked from today on."""
    duties: list[Duties] = []
    """Who must act; what none of them names is written by theme."""
    trivial: list[Trivial] = []
    signature: str = ""
    genre: str = ""
    """The kind of official document whose head and foot it has; empty for a report, which has
    neither. Its issuer is ``signature``."""
    attendance: dict[str, str] = {}
    """For minutes: the heads of the lists of those who were there, each with a field whose parts
    between semicolons are their names."""
    closing: str = ""
    """For a genre: which of its closing phrases stands below the text, by its use."""
    source: Cited

    @property
    def only_owing(self) -> bool:
        """Whether it tells a place what it owes, so that who owes nothing gets none."""
        return any(block.table is not None and block.table.rows == "owed" for block in self.blocks)

    @property
    def together(self) -> bool:
        """Whether offices write it together, section by section, of each school year."""
        book = any(block.book for block in self.blocks)
        return not self.about and not book and self.period.kind == "school_year"


class Profile(Card, frozen=True, kw_only=True):
    """The layout of official documents; a county varies it by a card of its own.

    Lengths in millimetres, sizes and line pitch in points. Font lists give East Asian fonts in
    order of preference: the first is named in the file, the others are its declared fallbacks.
    """

    profile: str
    term: str
    page_width: Decimal
    page_height: Decimal
    margin_top: Decimal
    margin_left: Decimal
    type_width: Decimal
    """版心 width; the right margin is what remains."""
    type_height: Decimal
    """版心 height; the bottom margin is what remains."""
    lines_per_page: int
    characters_per_line: int
    line_pitch: Decimal
    body_size: Decimal
    title_size: Decimal
    table_sizes: list[Decimal]
    """Sizes of type in tables, the preferred one first: a wide table takes a smaller one."""
    page_number_size: Decimal
    page_number_gap: Decimal
    """From the bottom of the 版心 to the dashes beside the page number."""
    body_fonts: list[str]
    title_fonts: list[str]
    heading1_fonts: list[str]
    heading2_fonts: list[str]
    page_number_fonts: list[str]
    latin_font: str
    """For digits and Latin letters in body, headings and tables."""
    source: Cited
