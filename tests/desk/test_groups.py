"""How commands are listed: in the order in which they are used, each sentence whole."""

from __future__ import annotations

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.command_order import InOrder
from xianxue.desk.cli.releases.group import release
from xianxue.desk.cli.returns.group import returns


def help_of(group: click.Group) -> str:
    return group.get_help(click.Context(group, terminal_width=100, max_content_width=100))


def test_returns_are_listed_by_their_way_and_none_is_left_out() -> None:
    """From the window to the release; whatever is not placed comes last and is there."""
    told = help_of(returns)
    listed = returns.list_commands(click.Context(returns))
    assert sorted(listed) == sorted(returns.commands)
    way = ["template", "check", "submit", "review", "send-back", "approve", "status", "release"]
    assert sorted(way, key=listed.index) == way
    assert "..." not in told.partition("[ARGS]...")[2]
    lines = [line.split()[0] for line in told.splitlines() if line.startswith("  ")]
    assert [name for name in lines if name in returns.commands] == listed


def test_there_is_one_way_to_publish() -> None:
    """``returns release`` makes; ``release`` reads."""
    assert "release" in returns.commands
    assert set(release.commands) == {"list", "show", "diff", "verify"}


def test_a_command_nobody_placed_is_listed_under_its_own_heading() -> None:
    """A new command cannot vanish from the help."""

    class Sorted(InOrder):
        sections = {say("先"): ("b",)}  # noqa: RUF012 - as a group writes it

    group = Sorted("g")
    for name in ("a", "b"):
        group.add_command(click.Command(name, help=f"{name} 做什么"))
    told = help_of(group)
    assert told.index("先:") < told.index("  b ") < told.index("其他:")
    assert told.index("其他:") < told.index("  a ")
