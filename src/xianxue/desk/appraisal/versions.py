"""Two versions of a rubric side by side: what changed, and one period's data judged by both."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import msgspec

from xianxue.bureau.appraisal.differing import BothWays, Difference, beside, differences
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Phrase, say
from xianxue.catalogue.load import load
from xianxue.desk.appraisal.cards import Which, period_of, rubric_named
from xianxue.desk.appraisal.scored import Appraising, Result
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MAPPINGS, ComplaintsError, MisusedError, Workspace

CARDS: Final = frozenset({".yaml", ".yml"})
_HEAD: Final = re.compile(r"^((?:- )?rubric:\s*)([A-Za-z_]\w*)", re.MULTILINE)
_TERM: Final = re.compile(r"^((?:  )?term:[ \t]*)(['\"]?)(.+?)\2[ \t]*$", re.MULTILINE)
_ASIDE: Final = "_of_the_file"
"""Behind the id while the file's card passes the door: beside the one in force it would be two."""
_ASIDE_TERM: Final = "（文件里的一版）"


class Version(Record, kw_only=True):
    """One version: the card, and the cards it stands among."""

    workspace: Workspace
    rubric: Rubric
    file: str = ""
    """The file it was read from; empty for one in force."""


class Compared(Record, kw_only=True):
    """Two versions side by side."""

    before: Version
    after: Version
    period: Period
    differences: tuple[Difference, ...]
    both: tuple[BothWays, ...]
    """Everybody whom one of them judges."""
    names: dict[str, str]

    @property
    def changed(self) -> tuple[BothWays, ...]:
        """Those whose total, grade or rank is another."""
        return tuple(one for one in self.both if one.turned)


def version_of(workspace: Workspace, said: str) -> Version:
    """Find a version: an id or term, one with the day it holds on (id@2025-01-01), or a file.

    MisusedError where there is none; ComplaintsError where the file's card is not in order.
    """
    if Path(said).suffix.lower() in CARDS:
        return _of_file(workspace, Path(said))
    name, at, told = said.partition("@")
    try:
        day = date.fromisoformat(told) if at else clock.day_of(clock.now())
    except ValueError:
        message = say("“{said}”写法不对：日期写成 {name}@2025-01-01", said=said, name=name)
        raise MisusedError(message) from None
    return Version(workspace=workspace, rubric=rubric_named(workspace.shelf, name, day))


def compared(before: Version, after: Version, period: str | None) -> Compared:
    """Hold two versions side by side, and judge what is known of a period by both."""
    today = clock.day_of(clock.now())
    meant = period_of(after.workspace, after.rubric, period, today)
    first, second = (_judged(one, meant.code, today) for one in (before, after))
    return Compared(
        before=before,
        after=after,
        period=meant,
        differences=differences(before.rubric, after.rubric, after.workspace.shelf),
        both=beside(first.by_place, second.by_place),
        names={one.place: str(one.name) for found in (first, second) for one in found.scores},
    )


def _judged(version: Version, period: str, today: date) -> Result:
    meant = period_of(version.workspace, version.rubric, period, today)
    asked = Which(rubric=version.rubric, period=meant, on=min(today, meant.end))
    # Each by itself: results are remembered by the card's id, which two versions may share.
    return Appraising(workspace=version.workspace).result(asked)


def _of_file(workspace: Workspace, path: Path) -> Version:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise MisusedError(say("{file} 读不出来", file=path)) from error
    found = _HEAD.findall(text)
    if len(found) != 1:
        message = say("{file} 里要有一张评价卡片，现有 {n} 张", file=path, n=len(found))
        raise MisusedError(message)
    (_, name) = found[0]
    aside = _HEAD.sub(rf"\g<1>{name}{_ASIDE}", text)
    aside = _TERM.sub(rf'\g<1>"\g<3>{_ASIDE_TERM}"', aside, count=1)
    with laid_down([(path.name, aside.encode())]) as (laid,):
        own = [workspace.root / one for one in workspace.settings.overlays]
        mappings = workspace.root / MAPPINGS
        more = [mappings] if mappings.is_dir() else []
        loaded = load(*own, laid, *more, chosen=workspace.settings.choose)
    if loaded.issues:
        raise ComplaintsError(list(loaded.issues))
    card = loaded.shelf.rubrics[name + _ASIDE]
    # What was handed in stands under the id of the one in force, or of what it is a version of.
    term = Phrase(str(card.term).removesuffix(_ASIDE_TERM))
    rubric = msgspec.structs.replace(card, rubric=name, term=term)
    return Version(workspace=replace(workspace, shelf=loaded.shelf), rubric=rubric, file=path.name)
