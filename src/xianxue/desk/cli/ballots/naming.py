"""Which ballot a command is about: named, or the one there is."""

from __future__ import annotations

from typing import Final

import click

ballot_argument: Final = click.argument("ballot", required=False, default="")
"""Left out where only one is not counted yet, or all are and the newest is meant."""
