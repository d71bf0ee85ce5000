"""Which language the reader wants, and telling sentences in it: the edge where they are told.

Chinese is the default. English is spoken where ``--lang en`` says so, else ``XIANXUE_LANG``, else
the machine's own language (``LC_ALL``, ``LC_MESSAGES``, ``LANG``). A machine without a language
(``C``, ``POSIX``) is a server or a container: it says nothing about who reads, so it gets Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from inspect import cleandoc
from typing import Final

import click

from xianxue.bureau.values.sentence import Sentence, Words, in_context
from xianxue.bureau.values.visible import visible
from xianxue.catalogue.languages.words import LANGUAGES, OWN, words_of

OPTION: Final = "--lang"
HELP: Final = "help"
"""The context of English that a text has only where it is a help text."""
VARIABLE: Final = "XIANXUE_LANG"
_MACHINE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order POSIX gives them: the first that is set decides, even if it says something odd."""

_spoken: ContextVar[str] = ContextVar("spoken", default=OWN)


def language_of(args: Sequence[str], environ: Mapping[str, str]) -> str:
    """Find the language before anything is parsed, so that a wrong command is told in it too.

    A language that is not there is Chinese; ``--lang`` is complained of when it is parsed.

    >>> language_of(["returns", "check", "--lang", "en"], {})
    'en'
    >>> language_of([], {"LANG": "en_GB.UTF-8"}), language_of([], {"LANG": "C.UTF-8"})
    ('en', 'zh')
    """
    asked = _asked(args) or environ.get(VARIABLE, "")
    if not asked:
        asked = next((environ[name] for name in _MACHINE if environ.get(name)), "")
    short = asked.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return short if short in LANGUAGES else OWN


def _asked(args: Sequence[str]) -> str:
    """Give the last language asked for among the arguments; what follows ``--`` are no options."""
    found = ""
    for at, arg in enumerate(args):
        if arg == "--":
            break
        if arg == OPTION and at + 1 < len(args):
            found = args[at + 1]
        elif arg.startswith(f"{OPTION}="):
            found = arg.partition("=")[2]
    return found


def speak_in(language: str) -> None:
    """Speak a language from here on, in this context."""
    _spoken.set(language)


def spoken() -> str:
    """Give the language that is spoken."""
    return _spoken.get()


def spoken_words() -> Words:
    """Give the words of the language that is spoken; none for Chinese."""
    return words_of(spoken())


def tell(text: str) -> str:
    """Tell a sentence in the reader's language; a plain text is told as it stands."""
    return text.told(words_of(spoken())) if isinstance(text, Sentence) else text


def tell_help(text: str) -> str:
    """Tell a help text; one that is a docstring, or stands in its place, is the key as it is.

    click cuts docstrings to shape before anybody could make sentences of them.
    """
    if isinstance(text, Sentence):
        return tell(text)
    text, words = cleandoc(text), words_of(spoken())
    # A heading of the help ends with a full stop where the same word in a table has none.
    return words.get(in_context(HELP, text), words.get(text, text))


def echo(text: str = "", *, err: bool = False) -> None:
    """Write a line in the reader's language; what cannot be seen in it is shown as an escape."""
    click.echo(visible(tell(text)), err=err)
