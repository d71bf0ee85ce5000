"""A workspace: one county's folder with its settings, its register and its cards.

Nothing here needs the database or the engine, so commands that only look at workbooks stay
quick and run on a school's own machine.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.card import Needed
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.remembered import find_cards
from xianxue.desk.stores import events, roster, settings_file
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.stores.memory import machine_memory
from xianxue.desk.stores.whole_files import opened_to

__all__ = ["ComplaintsError", "MisusedError", "Workspace", "national_shelf", "shelf_here"]

MAPPINGS: Final = "mappings"
"""The folder of the workspace where `xianxue returns map --save` keeps its cards."""


class MisusedError(Exception):
    """The command was called in a way that cannot be answered; exits with 2."""


class Workspace(Record, dict=True):
    """A county's folder, read and found in order."""

    root: Path
    settings: settings_file.Settings
    shelf: Shelf
    register: Register

    @classmethod
    def open(cls, folder: Path | None) -> Workspace:
        """Open the folder given, or the nearest one upward that has ``xianxue.toml``.

        Raises MisusedError where there is none, ComplaintsError where its files have faults.
        """
        root = folder if folder is not None else _nearest(Path.cwd())
        if root is None or not (root / settings_file.NAME).is_file():
            where = folder if folder is not None else say("当前目录及其上级目录")
            message = say(
                "{where} 里没有 {file}：用 --workspace 指明工作目录，",
                where=where,
                file=settings_file.NAME,
            )
            raise MisusedError(message + say("或先运行 xianxue init / xianxue demo"))
        settings = settings_file.read_settings(root / settings_file.NAME)
        if isinstance(settings, Issue):
            raise ComplaintsError([settings])
        # Before anything may be written on this workspace's behalf.
        opened_to(settings.umask)
        overlays = [root / name for name in settings.overlays]
        lost = [path for path in overlays if not path.is_dir()]
        if lost:
            raise ComplaintsError([_no_overlay(path) for path in lost])
        # Cards like any others, read through the same door; last, for they name the forms of the
        # rest.
        if (root / MAPPINGS).is_dir():
            overlays.append(root / MAPPINGS)
        loaded = find_cards(machine_memory(), *overlays, chosen=settings.choose)
        if loaded.issues:
            raise ComplaintsError(list(loaded.issues))
        wanted = settings.lifecycle
        ways = [name for name, card in loaded.shelf.lifecycles.items() if card.subject == "returns"]
        if wanted and wanted not in ways:
            raise ComplaintsError([_no_lifecycle(wanted, ways)])
        wrong = _wrong_policy(settings, loaded.shelf)
        if wrong is not None:
            raise ComplaintsError([wrong])
        register, issues = roster.read_roster(root / roster.NAME, loaded.shelf.codes)
        # Events can be told only of a register that is in order.
        if not issues:
            register, issues = events.replayed(root / events.NAME, register, loaded.shelf.codes)
        if issues or (issues := _other_county(settings.county, register.county.code)):
            raise ComplaintsError(issues)
        return cls(root, settings, loaded.shelf, register)

    @cached_property
    def store(self) -> Path:
        """The folder of the database and the cabinet."""
        return self.root / "store"

    def period(self, code: str | None, needed: Needed | None = None) -> Period:
        """Give the period named, or the workspace's own where none is.

        ``needed``: give the period that a card needs, found from that one by the card's rule.
        """
        try:
            named = Period.parse(code or self.settings.period)
            return named if needed is None else needed.for_(named)
        except ValueError as error:
            raise MisusedError(error.args[0]) from error


def national_shelf() -> Shelf:
    """Give the cards that come with the program, for work without a workspace."""
    return find_cards(machine_memory()).shelf


def shelf_here(folder: Path | None) -> Shelf:
    """Give the cards of the workspace named or nearest, or of the country where there is none.

    MisusedError where one is named that is none.
    """
    try:
        return Workspace.open(folder).shelf
    except MisusedError:
        if folder is not None:
            raise
        return national_shelf()


def _nearest(start: Path) -> Path | None:
    folders = [start, *start.parents]
    return next((each for each in folders if (each / settings_file.NAME).is_file()), None)


def _other_county(said: str, registered: str) -> list[Issue]:
    if said == registered:
        return []
    saw = say(
        "county 写的是 {said}，{roster} 里的县是 {registered}",
        said=said,
        roster=roster.NAME,
        registered=registered,
    )
    return [
        Issue(
            code="W-COUNTY",
            severity=Severity.MUST_FIX,
            file=settings_file.NAME,
            saw=saw,
            required=say("两处是同一个县"),
            do=say("请核对是不是拷错了文件，再改正写错的一处"),
        )
    ]


def _no_overlay(path: Path) -> Issue:
    return Issue(
        code="W-OVERLAY",
        severity=Severity.MUST_FIX,
        file=settings_file.NAME,
        saw=say("找不到规则目录 {name}", name=path.name),
        required=say("overlays 里的目录都在工作目录下"),
    )


def _no_lifecycle(wanted: str, known: list[str]) -> Issue:
    return Issue(
        code="W-LIFECYCLE",
        severity=Severity.MUST_FIX,
        file=settings_file.NAME,
        saw=say("没有报送流程 {wanted}", wanted=wanted),
        required=say("lifecycle 是 {known} 之一", known=joined("、", known)),
    )


def _wrong_policy(settings: settings_file.Settings, shelf: Shelf) -> Issue | None:
    """Complain of a policy, or of a switch of it, that no card has."""
    policies = list(shelf.policies)
    if settings.policy and settings.policy not in policies:
        return _no_policy(settings.policy, policies)
    known = [one.switch for one in shelf.policies[settings.policy or policies[0]].switches]
    unknown = [name for name in settings.switches if name not in known]
    return _no_switch(unknown[0], known) if unknown else None


def _no_switch(wanted: str, known: list[str]) -> Issue:
    return Issue(
        code="W-SETTINGS",
        severity=Severity.MUST_FIX,
        file=settings_file.NAME,
        saw=say("权限卡片里没有开关“{wanted}”", wanted=wanted),
        required=say("switches 里是 {known} 之中的", known=joined("、", known))
        if known
        else say("这张权限卡片没有开关，switches 不写"),
    )


def _no_policy(wanted: str, known: list[str]) -> Issue:
    return Issue(
        code="W-POLICY",
        severity=Severity.MUST_FIX,
        file=settings_file.NAME,
        saw=say("没有权限卡片 {wanted}", wanted=wanted),
        required=say("policy 是 {known} 之一", known=joined("、", known)),
    )
