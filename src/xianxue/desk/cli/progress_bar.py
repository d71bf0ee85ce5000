"""A bar on the error stream, for work that takes a while."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from xianxue.desk.cli.language import tell


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], object]]:
    """Show a bar where the error stream is a terminal; give what moves it on."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody watches
    from rich.progress import (  # noqa: PLC0415 - as above
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    # Drawn when it moves and not by a thread: a process with threads cannot be copied quickly.
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(tell(what), total=total)

        def move(more: int) -> None:
            bar.advance(task, more)
            bar.refresh()

        yield move
