"""The workspace's settings: ``xianxue.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final

import msgspec

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say

NAME: Final = "xianxue.toml"


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a county decides for itself."""

    county: str
    """The county's area code, as in ``places.csv``."""
    period: str
    """The period that commands take when none is named."""
    note: str = ""
    """Shown with every result; the example county says here that it is invented."""
    profile: str = "gbt9704"
    """The layout of official documents."""
    overlays: list[str] = []
    """Folders of cards laid over the national ones, in order, relative to the workspace."""
    lifecycle: str = ""
    """The way returns go: a lifecycle card; the first of the catalogue where none is named."""
    policy: str = ""
    """Who may do what: a policy card; the first of the catalogue where none is named."""
    umask: Annotated[str, msgspec.Meta(pattern="^(0?[0-7]{3})?$")] = ""
    """Who else may read and write what is written here, as the system's umask (``002``: the group).

    The account's own where nothing is said.
    """
    demo: bool = False
    """Whether this is a demo workspace, with practice accounts; only ``xianxue demo`` writes it."""
    choose: dict[str, str] = {}
    """The option taken for each choice of the catalogue."""


def read_settings(path: Path) -> Settings | Issue:
    """Read the settings of a workspace; a fault comes back as one issue."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Settings)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        return Issue(
            code="W-SETTINGS",
            severity=Severity.MUST_FIX,
            file=path.name,
            saw=say("设置读不出来（{error}）", error=error),
            required=say("TOML 格式，至少有 county 和 period"),
            do=say("请对照说明改正，或用 xianxue init 新建一个工作目录"),
        )


def write_settings(path: Path, settings: Settings) -> None:
    """Write the settings of a new workspace."""
    lines = [
        f'county = "{settings.county}"',
        f'period = "{settings.period}"',
        f'note = "{settings.note}"',
        f'profile = "{settings.profile}"',
        "overlays = [" + ", ".join(f'"{name}"' for name in settings.overlays) + "]",
        *([f'lifecycle = "{settings.lifecycle}"'] if settings.lifecycle else []),
        *([f'umask = "{settings.umask}"'] if settings.umask else []),
        *([f'policy = "{settings.policy}"'] if settings.policy else []),
        *(["demo = true"] if settings.demo else []),
        "",
        "[choose]",
        *(f'{choice} = "{option}"' for choice, option in settings.choose.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
