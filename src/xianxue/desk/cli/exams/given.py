"""What a command on marks is given: a table, or an examination that is loaded, by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import click

from xianxue.desk.cli.spoken import GivenFile

_TABLES: Final = frozenset({".csv", ".xlsx", ".xls", ".et", ".txt", ".tsv", ".xlsm"})


class TableOrSitting(GivenFile):
    """A path where a file of the name is there, or the name is that of a table; else the name."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        """Give the path of a table, or the name of an examination."""
        path = Path(value)
        if path.suffix.lower() in _TABLES or path.is_file():
            return super().convert(value, param, ctx)
        return str(value)
