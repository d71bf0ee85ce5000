"""Commands and options whose help is told in the reader's language.

The Chinese help stands where click looks for it; it is looked up when somebody reads it, for the
language is known only then. Every command also takes ``--lang``, wherever it stands in the line.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from xianxue.catalogue.languages.words import LANGUAGES
from xianxue.desk.cli import click_words
from xianxue.desk.cli.language import OPTION, tell, tell_help
from xianxue.desk.stores.given import given_files

F = TypeVar("F", bound=Callable[..., Any])

_HELP: Final = "用哪种语言（默认：XIANXUE_LANG，否则看本机；都没有说明时用中文）"


class Option(click.Option):
    """An option whose help and metavar are told in the reader's language."""

    @property
    def help(self) -> str | None:
        """The help, in the language spoken now."""
        return tell_help(self._chinese) if self._chinese else None

    @help.setter  # noqa: A003 - the same name
    def help(self, chinese: str | None) -> None:
        self._chinese = chinese

    def make_metavar(self, ctx: click.Context) -> str:
        """Name what the option takes."""
        return click_words.metavar(super().make_metavar(ctx))


class GivenFile(click.Path):
    """A file that is read: looked at when the line is parsed, before anything is begun.

    A pipe, a device or a file of nothing but holes is refused at once, in every command alike.
    """

    def __init__(self, *, allow_dash: bool = False) -> None:
        """Take a file that is there; with ``allow_dash``, ``-`` is standard input."""
        super().__init__(exists=True, dir_okay=False, allow_dash=allow_dash, path_type=Path)

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Give the path, or say what stands there instead."""
        path = super().convert(value, param, ctx)
        if str(value) != "-" or not self.allow_dash:
            try:
                given_files.look_at(Path(os.fsdecode(path)))
            except given_files.NotAFileError as error:
                self.fail(tell(error.args[0]), param, ctx)
        return path


class Command(click.Command):
    """A command whose help is told in the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as click's
        super().__init__(*args, **kwargs)
        # Followed before anything is parsed; here it is only checked, and listed in the help.
        self.params.append(
            Option([OPTION], type=click.Choice(LANGUAGES), expose_value=False, help=_HELP)
        )

    @property
    def help(self) -> str | None:
        """The help, in the language spoken now."""
        return tell_help(self._chinese) if self._chinese else None

    @help.setter  # noqa: A003 - the same name
    def help(self, chinese: str | None) -> None:
        self._chinese = chinese

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give ``--help``, with its help in the language spoken now: click keeps its first."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = click_words.word("Show this message and exit.")
        return found

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Write what a command line is made of."""
        return [click_words.metavar(piece) for piece in super().collect_usage_pieces(ctx)]


class Group(Command, click.Group):
    """A group whose help is told in the reader's language."""

    command_class = Command


def command(
    name: str | None = None,
    **attrs: Any,  # noqa: ANN401 - as click's
) -> Callable[[Callable[..., Any]], Command]:
    """Make a command; as click's, with help in the reader's language."""
    return click.command(name, cls=Command, **attrs)


def option(
    *declarations: str,
    **attrs: Any,  # noqa: ANN401 - as click's
) -> Callable[[F], F]:
    """Add an option; as click's, with help in the reader's language."""
    return click.option(*declarations, cls=Option, **attrs)


def confirm(question: str, *, default: bool = False, err: bool = False) -> bool:
    """Ask a question that is answered by yes or no."""
    return click.confirm(tell(question), default=default, err=err)
