"""A million entries of ledgers: what is due, lamps, all counts, beside the same written by hand.

    python benchmarks/ledgers.py [--entries 1000000] [--runs 3] [--write FILE] [--date YYYY-MM-DD]
                                 [--on sqlite postgresql]

Invented entries (虚构) of every ledger of the catalogue at 500 schools, in a temporary folder, on
SQLite and on a PostgreSQL server of its own. Each measurement is a process of its own that has
opened the database and the cards and asks its first question; what the machine keeps of files in
its memory stays there, and the code is loaded. By hand is SQL as somebody would write it who knows
the tables and one card.
"""

# What a child measures it imports itself.
# ruff: noqa: PLC0415

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from _measured import demand, machine, write

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 3, 2)
SCHOOLS = 500
WALKS = 250
"""Different histories of each ledger; they are repeated at other schools."""
CHUNK = 20_000
PARTS = {
    "list": "all ledgers with what is open and overdue",
    "due": "what is due, its lamp lit",
    "lamps": "lamps of all ledgers",
    "hazards": "all counts of one ledger (hazards)",
    "petitions": "the same of another, with two clocks (petitions)",
    "aid": "the same of a third, with money and persons (student aid)",
    "counts": "all declared counts of all ledgers",
    "past": "the same of the period before, as it ended",
    "owed": "what places owe each period",
    "recompute": "open deadlines after a calendar changed",
}
if not (ROOT / "src/xianxue/desk/actions/ledgers/recompute.py").is_file():
    del PARTS["recompute"]
BY_HAND = ("list", "due", "lamps", "hazards", "petitions", "aid")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--date", default="")
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--child", default="")
    parser.add_argument("--folder", type=Path)
    said = parser.parse_args()
    if said.child:
        print(json.dumps(child(said.child, said.folder, said.entries)))
        return
    rows = []
    for kind in said.on:
        with tempfile.TemporaryDirectory() as folder:
            server = served() if kind == "postgresql" else None
            try:
                rows += measure(kind, Path(folder), said, server)
            finally:
                if server:
                    server.stop()
    if said.write:
        head = "| database | what | how many | ours, s | by hand, s | ratio |\n"
        head += "|---|---|---:|---:|---:|---:|"
        about = f"{said.entries} entries, {SCHOOLS} schools, median of {said.runs}, {said.date}; "
        text = f"{head}\n" + "\n".join(rows) + f"\n\n{about}{machine(['django'])}."
        write(said.write, text, "ledgers")


def served():
    """Start a PostgreSQL server of our own."""
    sys.path.insert(0, str(ROOT / "tests" / "servers"))
    from private_postgresql import Server

    return Server()


def measure(kind, folder, said, server):
    """Fill a database and measure every part on it."""
    # The address alone says which database a child opens.
    extra = {"XIANXUE_DATABASE_URL": server.url(folder)} if server else {}
    began = time.perf_counter()
    apart("fill", folder, said.entries, extra)
    print(f"{kind}: filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    rows = []
    for part, term in PARTS.items():
        taken = {way: [] for way in ("ours", "hand")}
        found = {}
        for _ in range(1 if part == "recompute" else said.runs):
            for way, times in taken.items():
                if way == "ours" or part in BY_HAND:
                    seconds, found[way] = apart(f"{way}:{part}", folder, said.entries, extra)
                    times.append(seconds)
        if part in BY_HAND:
            same = found["ours"] == found["hand"]
            demand(same, f"{kind} {part}: ours {found['ours']}, by hand {found['hand']}"[:2000])
        ours = statistics.median(taken["ours"])
        hand = statistics.median(taken["hand"]) if taken["hand"] else None
        cells = f"{hand:.2f} | {ours / hand:.2f}" if hand else "— | —"
        many = found["ours"][0]
        rows.append(f"| {kind} | {term} | {many} | {ours:.2f} | {cells} |")
        print(rows[-1], flush=True)
    return rows


def apart(what, folder, entries, extra):
    """Do something in a process of its own."""
    command = [sys.executable, __file__, "--child", what, "--folder", str(folder)]
    command += ["--entries", str(entries)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | extra
    )
    demand(not done.returncode, done.stderr[-3000:])
    return json.loads(done.stdout.splitlines()[-1])


def child(what, folder, entries):
    """Fill the database, or measure one part: seconds, and what was found."""
    room = opened(folder)
    if what == "fill":
        fill(room, entries)
        return None
    way, _, part = what.partition(":")
    import _ledger_ways as ways

    # A command has loaded what it asks with before it asks.
    import xianxue.desk.ledgers.counting
    import xianxue.desk.ledgers.due
    import xianxue.desk.ledgers.listing  # noqa: F401

    asked = getattr(ways, f"{way}_{part}")
    began = time.perf_counter()
    found = asked(room, TODAY)
    return time.perf_counter() - began, found


def opened(folder):
    """Open a county of 500 schools on a store."""
    from xianxue.bureau.places.place import Attributes, Place
    from xianxue.bureau.places.register import Register
    from xianxue.catalogue.load import load
    from xianxue.desk.actions.context import Ground
    from xianxue.desk.database import open_database

    open_database(folder)
    from xianxue.desk.ledgers.room import Room

    county = Place(code="639900", name="虚构县", level="county")
    kinds = Attributes(
        valid_from=date(2000, 9, 1), school_type="211", sponsor="831", urban_rural="121"
    )
    schools = [
        Place(
            code=f"21639{number:05d}",
            name=f"虚构{number}小学",
            level="school",
            parent=county.code,
            opened=date(2000, 9, 1),
            history=(kinds,),
        )
        for number in range(1, SCHOOLS + 1)
    ]
    return Room(Ground(load().shelf, Register.of([county, *schools])), folder / "cabinet")


def fill(room, entries):
    """Write rows, lines and clocks in bulk, as deeds would have left them."""
    from django.db import connection, transaction

    from _ledger_entries import Maker

    dice = random.Random(20260302)
    shelf = room.ground.shelf
    places = [one.code for one in room.ground.register if one.level == "school"]
    maker, key = Maker(shelf, places, dice, TODAY), 0
    each = entries // len(shelf.ledgers) + 1
    with transaction.atomic():
        for card in shelf.ledgers.values():
            walks = [walk(room, card, maker.entry(card, "2025-0001")) for _ in range(WALKS)]
            for first in range(0, each, CHUNK):
                rows, lines, runs = [], [], []
                for at in range(first, min(each, first + CHUNK)):
                    key += 1
                    row, own, clocks = walks[at % WALKS]
                    place = dice.choice(places)
                    rows.append((key, card.ledger, 2025, at + 1, place, *row))
                    lines += [(key, order, *line) for order, line in enumerate(own, 1)]
                    runs += [(key, card.ledger, place, *clock) for clock in clocks]
                put(connection, rows, lines, runs)
        if connection.vendor == "postgresql":
            connection.cursor().execute("SELECT setval('desk_ledgerentry_id_seq', %s)", [key])
    connection.cursor().execute("ANALYZE")


def walk(room, card, entry):
    """Give what of an entry's row, lines and clocks is the same at every school."""
    from xianxue.desk.actions.ledgers.doing import columns_of
    from xianxue.desk.models.ledger import changes_of

    said = changes_of(card, entry)
    row = (
        said["state"],
        said["open"],
        said["done"],
        said["recorded"].isoformat(),
        said["changed"].isoformat(),
        said["reopened"],
        said["lines"],
        text(said["fields"]),
        text(said["entered"]),
        said["restricted"],
    )
    lines = [
        (one.step, one.on.isoformat(), one.origin, one.to, one.actor, "", "", text(one.fields),
         "[]", "{}", "2026-03-02 00:00:00+00:00")
        for one in entry.history
    ]  # fmt: skip
    clocks = []
    for run in room.clocks(card.ledger).runs(entry):
        kept = columns_of(run)
        days = [kept[name] and kept[name].isoformat() for name in ("started", "due", "met")]
        flags = [kept[name] for name in ("supposed", "open", "paused")]
        clocks.append((run.clock, *days, *flags))
    return row, lines, clocks


def text(said):
    """Write JSON as the column has it."""
    return json.dumps(dict(said), ensure_ascii=False)


TABLES = {
    "desk_ledgerentry": "id ledger year serial place state open done recorded changed reopened"
    " lines fields entered restricted",
    "desk_entryline": 'entry_id "order" step "on" origin "to" actor second why fields evidence'
    " names at",
    "desk_entryclock": "entry_id ledger place clock started due met supposed open paused",
}


def put(connection, *rows):
    """Write many rows by the quickest way the database has."""
    with connection.cursor() as cursor:
        for (table, names), some in zip(TABLES.items(), rows, strict=True):
            columns = ", ".join(names.split())
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as into:
                    for row in some:
                        into.write_row(row)
            elif some:
                marks = ", ".join(["?"] * len(names.split()))
                statement = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - ours
                connection.connection.executemany(statement, some)


if __name__ == "__main__":
    main()
