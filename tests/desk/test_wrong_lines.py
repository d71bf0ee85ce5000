"""Whatever is wrong with a command line is told in the reader's language: every command, each way.

A sentence may quote what was typed, names of options and ids; beside them it is one language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import click
import pytest

from xianxue.desk.cli import cli, main

Run = Callable[..., tuple[object, str]]
_QUOTED = re.compile(r"“[^”]*”|'[^']*'|\"[^\"]*\"|\[[^\]]*\]|（[^（）]*）|--?[a-z][\w-]*")
_IDS = re.compile(
    r"xianxue[\w .-]*|nosuch\S*|[a-z]+(?:_[a-z0-9]+)+|[\w./-]*\.(?:toml|csv|xlsx|zip|yaml|po)\b"
)
_NAMES = re.compile(r"\b[A-Z][A-Z_]*(?:\.\.\.)?(?![a-z])|\b(?:CSV|JSON|Excel|WPS|UUID|Ctrl-C)\b")
_WORD = re.compile(r"[A-Za-z]{3,}")


def commands(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Go through every command that is no group."""
    if not isinstance(command, click.Group):
        yield words
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        below = command.get_command(context, name)
        assert below is not None
        yield from commands(below, (*words, name))


def options(words: tuple[str, ...]) -> Iterator[click.Option]:
    found: click.Command = cli
    for word in words:
        assert isinstance(found, click.Group)
        below = found.get_command(click.Context(found), word)
        assert below is not None
        found = below
    yield from (each for each in found.params if isinstance(each, click.Option))


def wrong_lines(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Make lines that are wrong in each way click knows of this command."""
    yield (*words, "--nosuch")
    yield (*words, *["x"] * 12)
    for each in options(words):
        name = each.opts[0]
        if name == "--lang":
            # Followed before anything is parsed; told of in test_languages.
            continue
        if each.is_flag:
            yield (*words, f"{name}=1")
            continue
        yield (*words, name)
        if not isinstance(each.type, click.types.StringParamType):
            yield (*words, name, "nosuch/9")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIANXUE_LANG", "zh")

    def running(*words: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        return end.value.code, said.out + said.err

    return running


def english_in(text: str) -> list[str]:
    """Give the English words that stand in a text outside of quotes, ids and names."""
    for known in (_QUOTED, _IDS, _NAMES):
        text = known.sub("", text)
    return _WORD.findall(text)


def said_wrong(text: str, begins: str) -> str:
    """Give what is wrong, behind the usage; an empty text where it is not told in the language."""
    return next((line for line in text.splitlines() if line.startswith(begins)), "")


def test_no_english_in_chinese_and_no_chinese_in_english(run: Run) -> None:
    tried, wrong = 0, []
    for line in (line for words in commands(cli) for line in wrong_lines(words)):
        code, said = run(*line)
        if code != 2:
            continue
        tried += 1
        chinese = said_wrong(said, "错误：")
        if not chinese or english_in(chinese):
            wrong.append((line, said))
        _, said = run("--lang", "en", *line)
        english = said_wrong(said, "Error: ")
        if not english or re.search("[一-鿿]", _QUOTED.sub("", english)):
            wrong.append((line, said))
    assert not wrong, "\n".join(f"{line}: {said}" for line, said in wrong)
    assert tried > 300


def test_english_is_noticed() -> None:
    """The test above can fail."""
    assert english_in("错误：Invalid value for '--place': 没有") == ["Invalid", "value", "for"]
    assert english_in("错误：'--on' 的值不对：“x y z”不是 '%Y-%m-%d' 这样的写法。") == []
