"""Transactions of deeds: one writer at a time, and readers who see one moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from xianxue.desk.database.vendors import vendor


@contextmanager
def writing() -> Iterator[None]:
    """Open the transaction of a deed; a second one waits until the first is done.

    A deed first looks (which revision stands, how long the journal is) and then writes; two that
    looked at the same moment would both be right and together wrong. SQLite locks at BEGIN,
    PostgreSQL by an advisory lock held until the end; both let go when a process dies.
    """
    with transaction.atomic():
        vendor().queue()
        yield


@contextmanager
def reading() -> Iterator[None]:
    """Open a transaction in which many reads see the database of one moment."""
    with transaction.atomic():
        vendor().freeze()
        yield
