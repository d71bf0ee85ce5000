"""Groups of commands, listed in the order in which they are used."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import ClassVar, Final

import click

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.click_words import word
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.spoken import Group

_REST: Final = say("其他")


class InOrder(Group):
    """A group that lists its commands as they are added, or under headings that say when.

    Each is told in full, however long: a sentence that breaks off helps nobody.
    """

    sections: ClassVar[Mapping[Sentence, Sequence[str]]] = {}
    """Headings with the commands that stand under each; others come last."""
    elsewhere: ClassVar[Mapping[str, str]] = {}
    """Commands, each with the module whose ``COMMANDS`` bring it: it is imported for that command,
    or where all of them are asked for."""

    @property
    def commands(self) -> MutableMapping[str, click.Command]:
        """All commands by their names; every module that brings one is imported."""
        for name in self.elsewhere:
            self._bring(name)
        return self._commands

    @commands.setter
    def commands(self, commands: MutableMapping[str, click.Command]) -> None:
        self._commands = commands

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command; those of other modules stay where they are."""
        self._commands[name or cmd.name or ""] = cmd

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Give one command, importing no more than it needs."""
        del ctx
        self._bring(cmd_name)
        return self._commands.get(cmd_name)

    def _bring(self, name: str) -> None:
        if name in self.elsewhere and name not in self._commands:
            for one in import_module(self.elsewhere[name]).COMMANDS:
                self.add_command(one)

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
        headed = {tell(heading): names for heading, names in self.sections.items()}
        headed[tell(_REST) if named else word("Commands")] = rest
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
