"""Groups of commands, listed in the order in which they are used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

import click

_REST: Final = "其他 · Other"


class InOrder(click.Group):
    """A group that lists its commands as they are added, or under headings that say when.

    Each is told in full, however long: a sentence that breaks off helps nobody.
    """

    sections: ClassVar[Mapping[str, Sequence[str]]] = {}
    """Headings with the commands that stand under each; others come last."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands: those under headings first, then as they were added."""
        del ctx
        named = [name for names in self.sections.values() for name in names]
        placed = [name for name in named if name in self.commands]
        return placed + [name for name in self.commands if name not in named]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each heading with its commands."""
        order = self.list_commands(ctx)
        named = {name for names in self.sections.values() for name in names}
        rest = [name for name in order if name not in named]
        headed = {**self.sections, _REST if named else "命令 · Commands": rest}
        for heading, names in headed.items():
            known = [name for name in names if name in self.commands]
            if known:
                with formatter.section(heading):
                    formatter.write_dl(
                        [(name, _told(self.commands[name])) for name in known], col_max=16
                    )


def _told(command: click.Command) -> str:
    """Give the first paragraph of a command's help."""
    return " ".join((command.help or "").split("\n\n")[0].split())
