"""What the database itself refuses: changing or removing a journal line or a revision.

These are SQLite triggers. Whoever may alter the database's schema can drop them; `xianxue journal
verify` compares them with this list and says so. On PostgreSQL the same is said by a function
that raises, called by ``BEFORE UPDATE OR DELETE OR TRUNCATE`` triggers of the same three tables,
and by granting the program's role no more than SELECT and INSERT on them (UPDATE on the head).
"""

from __future__ import annotations

from typing import Final

_KEPT: Final = {"desk_journalline": "日志", "desk_revision": "报表版本"}


def _refuse(name: str, table: str, event: str, when: str, message: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table}{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _guards() -> dict[str, str]:
    guards: dict[str, str] = {}
    for table, noun in _KEPT.items():
        for event, verb in (("UPDATE", "改动"), ("DELETE", "删除")):
            name = f"{table}_no_{event.lower()}"
            guards[name] = _refuse(name, table, event, "", f"{noun}只能追加，不能{verb}")
    # INSERT OR REPLACE deletes without asking the DELETE trigger, so inserting is watched too.
    name = "desk_journalline_in_order"
    guards[name] = _refuse(
        name,
        "desk_journalline",
        "INSERT",
        "EXISTS (SELECT 1 FROM desk_journalline WHERE id = NEW.id) "
        "OR NEW.number <> (SELECT lines FROM desk_journalhead) + 1 "
        "OR NEW.previous <> (SELECT digest FROM desk_journalhead)",
        "日志要接在最后一行之后",
    )
    name = "desk_revision_once"
    guards[name] = _refuse(
        name,
        "desk_revision",
        "INSERT",
        "EXISTS (SELECT 1 FROM desk_revision WHERE id = NEW.id OR (form = NEW.form "
        "AND period = NEW.period AND place = NEW.place AND number = NEW.number))",
        "这一版已经有了",
    )
    name = "desk_journalhead_follows"
    guards[name] = _refuse(
        name,
        "desk_journalhead",
        "UPDATE",
        "NEW.id <> OLD.id OR NEW.lines <> OLD.lines + 1 OR NEW.digest IS NOT "
        "(SELECT digest FROM desk_journalline WHERE number = NEW.lines)",
        "日志的行数和末行摘要只能跟着新的一行走",
    )
    name = "desk_journalhead_stays"
    guards[name] = _refuse(name, "desk_journalhead", "DELETE", "", "日志的行数和末行摘要不能删除")
    name = "desk_journalhead_alone"
    guards[name] = _refuse(
        name,
        "desk_journalhead",
        "INSERT",
        "EXISTS (SELECT 1 FROM desk_journalhead)",
        "日志的行数和末行摘要只有一份",
    )
    return guards


GUARDS: Final = _guards()
"""Trigger name to its whole SQL, as SQLite keeps it."""
