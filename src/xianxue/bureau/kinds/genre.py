"""Official documents by kind: which parts each has, how they are set, and their fixed phrases."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, get_args

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence

Part = Literal[
    "mark",
    "number",
    "signer",
    "title",
    "addressee",
    "body",
    "boxes",
    "attendance",
    "attachments",
    "signature",
    "date",
    "seal",
    "remark",
    "receipt",
    "copies",
    "imprint",
]
"""What a document may consist of, in the order in which it is read.

=========== =====================================================
mark        发文机关标志, in red
number      发文字号, or the number of a slip
signer      签发人: only in what goes to a superior
title       标题
addressee   主送机关
body        正文
boxes       the boxes of a slip, to be filled in
attendance  出席、请假、列席 of minutes
attachments 附件说明, and the attachments themselves
signature   发文机关署名
date        成文日期
seal        room for 印章 over signature and date
remark      附注: whom to ask
receipt     送达回执, to be cut off
copies      抄送, in the 版记
imprint     印发机关、印发日期, in the 版记
=========== =====================================================
"""

ORDER: Final[tuple[Part, ...]] = get_args(Part)

Direction = Literal["down", "level", "up", "inner"]
"""下行, 平行, 上行, or within the office."""


class PaperFormat(Card, frozen=True, kw_only=True):
    """How the head and the foot of a document look. Lengths in millimetres, type in points."""

    format: str
    term: str
    mark: str = ""
    """发文机关标志, with ``{issuer}`` and ``{genre}`` in it; empty for none."""
    mark_stands: Literal["text", "page"] = "text"
    """Whether its upper edge is measured from the 版心 or from the paper."""
    mark_top: Decimal = Decimal(0)
    mark_size: Decimal = Decimal(0)
    """The largest type it is set in: a long name is set smaller, so that it fits one line."""
    number_stands: Literal["middle", "right", "below_title"] = "right"
    number_gap: int = 0
    """Empty lines above 发文字号."""
    head_line: bool = False
    """Whether issuer and date stand above the line, as in minutes, instead of below the text."""
    rule: Literal["none", "single", "double"] = "none"
    """The red line of the head: one, or two of which the upper is heavier."""
    rule_gap: Decimal = Decimal(0)
    """From what stands above it to the line."""
    rule_length: Decimal = Decimal(0)
    rule_weight: Decimal = Decimal(0)
    """Of the line, or of the heavier one of two, in points."""
    foot_rule: Decimal = Decimal(0)
    """From the lower edge of the paper to a second double line on the first page, which then has
    no number; 0 for none."""
    title_gap: int = 0
    """Empty lines above the title."""
    seal_gap: int = 0
    """Empty lines above a signature that is sealed, so that the seal stays clear of the text."""
    foot_lines: bool = True
    """Whether 版记 has lines."""
    foot_heavy: Decimal = Decimal(0)
    """Weight of its first and last line, in millimetres."""
    foot_light: Decimal = Decimal(0)
    """Weight of the lines between."""
    source: Cited


class Box(Card, frozen=True, kw_only=True):
    """One box of a slip."""

    box: str
    term: str
    lines: int = 1
    """How many lines of room it has at least."""
    half: bool = False
    """Whether it shares its row with the next one."""
    hint: str = ""
    """What stands in it while nobody has filled it in: «（盖章）　　年　月　日»."""


class Closing(Card, frozen=True, kw_only=True):
    """A fixed phrase that ends a text."""

    use: str
    """When it is used: ``usual``, or what the text does (``asks``, ``answers``)."""
    text: str


class Genre(Card, frozen=True, kw_only=True):
    """One kind of official document (文种)."""

    genre: str
    term: Sentence
    format: str
    direction: Direction
    parts: list[Part]
    issuer: str
    """Who issues it where nothing else is said; ``{county}`` stands for the county's name."""
    opening: str = ""
    """How the first paragraph hands over to what follows."""
    closings: list[Closing] = []
    """Its fixed last phrases, the usual one first."""
    copies_term: str = "抄送"
    """What the list of those who get a copy is called."""
    attendance: list[str] = []
    """For ``attendance``: the heads of its lists."""
    boxes: list[Box] = []
    receipt: str = ""
    """What is signed for, with ``{issuer}``, ``{genre}`` and ``{number}`` in it."""
    source: Cited

    def has(self, part: Part) -> bool:
        """Whether it has a part."""
        return part in self.parts

    def closing(self, use: str = "usual") -> str:
        """Give the fixed last phrase; empty where the genre has none for this use."""
        return next((one.text for one in self.closings if one.use == use), "")


class Reply(Card, frozen=True, kw_only=True):
    """The right of reply: until when and how those who are named may object."""

    days: int
    """Counted from the day of the document, which is not counted itself."""
    how: str
    source: Cited


class NoticeCard(Card, frozen=True, kw_only=True):
    """A notice that is written from what the returns say."""

    notice: str
    term: Sentence
    genre: str
    addressees: dict[Literal["school", "county"], str] = {}
    """Whom it is sent to, by who files the form; empty where it goes to the one it is about."""
    reply: Reply | None = None
    repair_days: int = 0
    """Days to put things right where no deadline of the return itself says otherwise."""
    source: Cited
