"""Official documents: formats that can be set, genres whose parts go together, notices."""

from __future__ import annotations

from string import Formatter
from typing import Final

from xianxue.bureau.kinds.genre import ORDER, Genre, NoticeCard, PaperFormat, Part
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_MARK_WORDS: Final = frozenset({"issuer", "genre"})
_RECEIPT_WORDS: Final = frozenset({"issuer", "genre", "number"})
_ISSUER_WORDS: Final = frozenset({"county"})
_LISTED: Final[tuple[tuple[Part, str], ...]] = (
    ("boxes", "boxes"),
    ("attendance", "attendance"),
    ("receipt", "receipt"),
)
"""Parts, each with what the card has to say for them."""
_NEEDS: Final[tuple[tuple[Part, Part], ...]] = (
    ("seal", "signature"),
    ("signature", "date"),
    ("remark", "date"),
    ("signer", "number"),
)
"""Parts that stand only beside another."""


def check_official(look: Look) -> None:
    """Check every format, genre and notice."""
    form: PaperFormat
    for at, form in look.each("format"):
        check_cited(look, at.at("source"), form.source)
        _check_words(at.at("mark"), form.mark, _MARK_WORDS)
        _check_mark(at, form)
    genre: Genre
    for at, genre in look.each("genre"):
        check_cited(look, at.at("source"), genre.source)
        look.refer(at.at("format"), "format", genre.format)
        _check_words(at.at("issuer"), genre.issuer, _ISSUER_WORDS)
        _check_words(at.at("receipt"), genre.receipt, _RECEIPT_WORDS)
        _check_parts(at, genre)
    notice: NoticeCard
    for at, notice in look.each("notice"):
        check_cited(look, at.at("source"), notice.source)
        look.refer(at.at("genre"), "genre", notice.genre)
        if notice.reply is not None:
            check_cited(look, at.at("reply").at("source"), notice.reply.source)
            _check_days(at.at("reply").at("days"), "days", notice.reply.days)
        if notice.repair_days:
            _check_days(at.at("repair_days"), "repair_days", notice.repair_days)


def _check_mark(at: Spot, form: PaperFormat) -> None:
    if form.mark and not form.mark_size > 0:
        saw = say("{name} 是 {value}", name="mark_size", value=form.mark_size)
        at.at("mark_size").complain("C-RANGE", saw, say("大于 0"))


def _check_days(at: Spot, name: str, days: int) -> None:
    if days < 1:
        at.complain("C-RANGE", say("{name} 是 {value}", name=name, value=days), say("大于 0"))


def _check_words(at: Spot, template: str, known: frozenset[str]) -> None:
    """A word in braces that nobody fills would break a document while it is written."""
    try:
        words = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError:
        words = [template]
    for word in words:
        if word not in known:
            at.complain(
                "C-CLAIM",
                say("花括号里的“{word}”没有", word=word),
                say("花括号里写 {words} 之一", words=listed(sorted(known))),
            )


def _check_parts(at: Spot, genre: Genre) -> None:
    if genre.parts != [part for part in ORDER if part in genre.parts]:
        at.at("parts").complain(
            "C-PART",
            say("各部分没有照公文的次序写，或者写了两次"),
            say("次序是 {parts}", parts=listed(ORDER)),
        )
    for part, beside in _NEEDS:
        if genre.has(part) and not genre.has(beside):
            saw = say("有 {part}，没有 {beside}", part=part, beside=beside)
            at.at("parts").complain("C-PART", saw, say("两个一起写"))
    # 签发人 stands only in what goes to a superior; in any other document it is an error of form.
    if genre.has("signer") is not (genre.direction == "up"):
        saw = say("direction 是 {direction}，签发人写得不对", direction=genre.direction)
        at.at("parts").complain("C-PART", saw, say("上行文（up）写 signer，别的不写"))
    for part, name in _LISTED:
        if genre.has(part) is not bool(getattr(genre, name)):
            saw = say("parts 里的 {part} 和下面的 {part} 只有一个", part=part)
            at.at("parts").complain("C-PART", saw, say("两个一起写"))
    uses = [one.use for one in genre.closings]
    for index, use in enumerate(uses):
        if use in uses[:index]:
            at.at("closings", index).complain(
                "C-TWICE", say("“{name}”写了两次", name=use), say("每种用途一句结语")
            )
