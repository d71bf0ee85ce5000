"""The workspace's settings: ``xianxue.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.whole_files import whole

NAME: Final = "xianxue.toml"


ADDRESS: Final = r"^[^\s@<>,;]+@[^\s@<>,;]+$"


_PERIOD: Final = re.compile(r"""^(\s*period\s*=\s*["'])[^"']*(["'])""", re.MULTILINE)
_TABLE: Final = re.compile(r"^\s*\[", re.MULTILINE)
"""Where the first table begins; what stands before it is the county's own."""


class Mail(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The bureau's mail server, and who gets a digest of what is to be done."""

    host: str
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    """Who signs in at the server; the password stands in a variable. Empty: nobody has to."""
    sender: Annotated[str, msgspec.Meta(pattern=ADDRESS)]
    hour: Annotated[int, msgspec.Meta(ge=0, le=23)] = 8
    """From which hour on, Beijing time, the day's digest goes out."""
    site: Annotated[str, msgspec.Meta(pattern=r"^(https?://\S+)?$")] = ""
    """The workbench's address as people type it, for the end of a mail."""
    to: dict[str, Annotated[str, msgspec.Meta(pattern=ADDRESS)]] = {}
    """A login to its person's address; who is not named gets none."""


class Hook(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another program that is told when something was done (webhook)."""

    url: Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s@]+$")]
    """By http or https alone, without a name and password in it."""
    deeds: list[str] = []
    """Which deeds it is told of; empty: all that may be told."""


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
    switches: list[str] = []
    """What of that card is granted only where a county turns it on: the ids of its switches."""
    umask: Annotated[str, msgspec.Meta(pattern="^(0?[0-7]{3})?$")] = ""
    """Who else may read and write what is written here, as the system's umask (``002``: the group).

    The account's own where nothing is said.
    """
    demo: bool = False
    """Whether this is a demo workspace, with practice accounts; only ``xianxue demo`` writes it."""
    mail: Mail | None = None
    """Where digests go out by mail; nothing is sent where nothing is said."""
    hooks: list[Hook] = []
    """Programs that are told when something was done; none where nothing is said."""
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
        f"overlays = [{_quoted(settings.overlays)}]",
        *([f'lifecycle = "{settings.lifecycle}"'] if settings.lifecycle else []),
        *([f'umask = "{settings.umask}"'] if settings.umask else []),
        *([f'policy = "{settings.policy}"'] if settings.policy else []),
        *([f"switches = [{_quoted(settings.switches)}]"] if settings.switches else []),
        *(["demo = true"] if settings.demo else []),
        "",
        "[choose]",
        *(f'{choice} = "{option}"' for choice, option in settings.choose.items()),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def change_period(path: Path, period: str) -> None:
    """Let commands take another period from now on; whatever else stands there stays as it is.

    The file is written whole or not at all. ValueError where the line is not found: the file says
    its period in a way of its own, and whoever wrote it so has to change it.
    """
    text = path.read_text(encoding="utf-8")
    begins = _TABLE.search(text)
    at = begins.start() if begins else len(text)
    changed, many = _PERIOD.subn(rf"\g<1>{period}\g<2>", text[:at])
    written = changed + text[at:]
    found = msgspec.convert(tomllib.loads(written), Settings)
    if many != 1 or found.period != period:
        raise ValueError(path.name)
    with whole(path) as scratch:
        scratch.write_text(written, encoding="utf-8")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
