"""Finding an indicator by what people call it: its id, its term, another name, a word of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.workspace import MisusedError, Workspace


class Filter(Record):
    """Which indicators are looked for; what is empty leaves none out."""

    word: str = ""
    stage: str = ""
    subject: str = ""
    """The folder its card stands in, ``preschool``."""


SUBJECTS: Final[Mapping[str, Sentence]] = {
    "schools": say("学校与学生"),
    "classes": say("班级"),
    "staff": say("教职工"),
    "preschool": say("学前教育"),
    "compulsory": say("义务教育"),
    "upper_secondary": say("高中阶段"),
    "balance": say("义务教育优质均衡"),
    "movement": say("增减、增长与位次"),
    "targets": say("年度目标"),
}
"""What the folders of indicators are called."""
_COMPULSORY: Final = (Stage.PRIMARY, Stage.LOWER_SECONDARY)
_STAGES: Final[Mapping[str, tuple[Stage, ...]]] = {
    "preschool": (Stage.PRESCHOOL,),
    "compulsory": _COMPULSORY,
    "balance": _COMPULSORY,
    "upper_secondary": (Stage.UPPER_SECONDARY,),
}
"""The stages a whole subject is about: 学前三年毛入园率 is not told apart by stages."""


def named(shelf: Shelf, name: str) -> tuple[Indicator, ...]:
    """Give the indicators a name may mean: one where it is an id, a term or the only one near.

    The id before the term, the term before other names, and only then words that stand in it: who
    writes a whole name means that one, though longer ones hold it.
    """
    card = shelf.indicator(name)
    if card is not None:
        return (card,)
    said = _folded(name)
    if not said:
        return ()
    # A choice's name means the option that this county has taken.
    chosen = [
        found
        for choice in shelf.choices.values()
        if _folded(choice.term) == said and (found := shelf.indicator(choice.choice)) is not None
    ]
    cards = shelf.indicators.values()
    ways = (
        chosen,
        [card for card in cards if said in {_folded(card.indicator), _folded(card.term)}],
        [card for card in cards if said in map(_folded, card.synonyms)],
        [card for card in cards if _holds(card, said)],
    )
    return next((tuple(found) for found in ways if found), ())


def meant(shelf: Shelf, name: str) -> Indicator:
    """Give the one indicator a name means; MisusedError lists those it may mean."""
    found = named(shelf, name)
    if len(found) == 1:
        return found[0]
    if not found:
        message = say(
            "没有指标“{name}”；用 xianxue indicators list 查看全部，"
            "或者 xianxue indicators list 词 查找",
            name=name,
        )
        raise MisusedError(message)
    known = joined("\n", (_line(card) for card in found))
    message = say(
        "“{name}”可能是这 {n} 项，请写明一项：\n{known}", name=name, n=len(found), known=known
    )
    raise MisusedError(message)


def _line(card: Indicator) -> Sentence:
    return say("  {term}（{id}）", term=card.term, id=card.indicator)


def subjects_of(opened: Workspace) -> dict[str, str]:
    """Give each indicator's subject: the folder of the catalogue that its card stands in."""
    from xianxue.catalogue.load import load  # noqa: PLC0415 - who asks for no subject reads no YAML

    overlays = [opened.root / name for name in opened.settings.overlays]
    origins = load(*overlays, chosen=opened.settings.choose).origins
    found: dict[str, str] = {}
    for (kind, name), origin in origins.items():
        folders = Path(origin.file).parts[:-1]
        if kind == "indicator":
            found[name] = folders[-1] if folders else ""
    return found


def subject_named(name: str, subjects: Mapping[str, str]) -> str:
    """Give the subject with an id or a name; MisusedError names those there are."""
    if not name:
        return ""
    there = dict.fromkeys(subject for subject in subjects.values() if subject)
    for subject in there:
        if name in {subject, SUBJECTS.get(subject, subject)}:
            return subject
    known = joined(
        "、", (say("{term}（{id}）", term=SUBJECTS.get(one, one), id=one) for one in there)
    )
    message = say("没有“{name}”这一类指标；现有：{known}", name=name, known=known)
    raise MisusedError(message)


def filtered(
    cards: Iterable[Indicator], wanted: Filter, subjects: Mapping[str, str]
) -> list[Indicator]:
    """Give the indicators a filter lets through; ``subjects`` leads from an id to its folder."""
    words = [_folded(word) for word in wanted.word.split()]
    return [
        card
        for card in cards
        if all(_holds(card, word) for word in words)
        and (not wanted.stage or _has_stage(card, Stage(wanted.stage), subjects))
        and (not wanted.subject or subjects.get(card.indicator, "") == wanted.subject)
    ]


def _has_stage(card: Indicator, stage: Stage, subjects: Mapping[str, str]) -> bool:
    """Whether a stage is told apart by an indicator, or is all that it is about."""
    if card.stages:
        return stage in card.stages
    return stage in _STAGES.get(subjects.get(card.indicator, ""), ())


def _holds(card: Indicator, said: str) -> bool:
    return any(said in _folded(text) for text in (card.indicator, card.term, *card.synonyms))


def _folded(text: str) -> str:
    return "".join(text.split()).lower()
