"""What documents are held against: the county's words, and its figures as published or as now."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.audit.comparison import Against
from xianxue.desk.standing.standing import LATEST, PROVISIONAL
from xianxue.web.kit.visit import Visit

AGAINST: Final = {"latest": LATEST, "now": PROVISIONAL}
"""What the address says, and what it means."""


def words_of_county(visit: Visit) -> Lexicon:
    """Give the words by which this county's documents are read."""
    standing = visit.standing
    return standing.by_files(
        ("lexicon",), lambda: Lexicon.of(standing.workspace().shelf.wordlists.values())
    )


def against_of(visit: Visit, said: str, period: Period | None = None) -> Against | None:
    """Give the figures that a document is to be held against; None for none.

    Those of a period that is named, else of the one that the workspace is in.
    """
    if said not in AGAINST:
        return None
    standing, release = visit.standing, AGAINST[said]
    period = period or standing.period()
    return standing.by_figures(
        "against", period, release, lambda counted: Against.of(counted.river)
    )


def chosen_of(visit: Visit, said: str) -> str:
    """Give which of the choices is meant: where nothing is published yet, what is held now."""
    if said == "latest" and visit.standing.release(visit.standing.period(), LATEST) is None:
        return "now"
    return said if said in AGAINST else ""


def choices(visit: Visit) -> list[tuple[str, Sentence]]:
    """List what a document can be held against."""
    release = visit.standing.release(visit.standing.period(), LATEST)
    found = [("", say("只看文稿自身"))]
    if release is not None:
        found.append(("latest", say("与已发布的数对照（{name}）", name=release.name)))
    found.append(("now", say("与现在收下的数对照（暂行）")))
    return found
