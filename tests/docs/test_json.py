"""The page of JSON says what the commands print: each is run once, and all its keys compared."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from xianxue.desk.cli import cli

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shapes() -> Any:
    """The module the page is written from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        yield importlib.import_module("pages.shapes")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Any]]:
    """What all commands print in one workspace (虚构)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(Path(__file__).parent))
        walk = importlib.import_module("json_walk").walk
        found = list(walk(tmp_path_factory.mktemp("json") / "four"))
    sys.modules.pop("json_walk", None)
    return found


def below(value: Any, at: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Each thing that has keys, by its path."""
    if isinstance(value, dict):
        yield at, frozenset(value)
        for key, held in value.items():
            yield from below(held, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for held in value:
            yield from below(held, f"{at}[]")


def within(path: str, free: frozenset[str]) -> bool:
    """Whether a path lies in something whose keys are not fixed."""
    return any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in free)


def commands_with_json(command: click.Command, above: str = "") -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            one = command.get_command(context, name)
            assert one is not None
            yield from commands_with_json(one, f"{above} {name}".strip())
    elif any(param.name == "as_json" for param in command.params):
        yield above


def test_every_command_with_json_is_run_and_described(shapes: Any, printed: Any) -> None:
    every = set(commands_with_json(cli))
    assert every == set(shapes.SHAPES)
    assert every == {name for name, _ in printed}


def test_what_is_printed_is_what_the_page_says(shapes: Any, printed: Any) -> None:
    wrong: set[tuple[str, str, str]] = set()
    for name, said in printed:
        known = dict(shapes.keys(name))
        for at, keys in below(said):
            if within(at, shapes.FREE):
                continue
            prefix = f"{at}." if at else ""
            own = {path: left for path, left in known.items()
                   if path.startswith(prefix) and not set(".[") & set(path[len(prefix):])}  # fmt: skip
            there = {f"{prefix}{key}" for key in keys}
            wrong |= {(name, path, "not on the page") for path in there - set(own)}
            wrong |= {
                (name, path, "not printed")
                for path, left_out in own.items()
                if path not in there and not left_out
            }
    assert wrong == set()


def test_nothing_on_the_page_was_never_seen(shapes: Any, printed: Any) -> None:
    """But for keys that stand only now and then, and what stands below them."""
    seen: dict[str, set[str]] = {}
    for name, said in printed:
        for at, keys in below(said):
            seen.setdefault(name, set()).update(f"{at}.{key}" if at else key for key in keys)
    for name in shapes.SHAPES:
        known = dict(shapes.keys(name))
        seldom = frozenset(path for path, left_out in known.items() if left_out)
        # Complaints are alike everywhere, and not every command finds something here.
        seldom |= shapes.complaints(name)
        wanted = {path for path in known if not within(path, seldom)}
        assert {(name, path) for path in wanted - seen[name]} == set()
