"""Ballots: counting papers that were kept, and finding what of a county's tables is hidden.

    python benchmarks/ballots.py [all|counting|voting] [--papers 1000000] [--schools 66]
                                 [--phones 10000] [--seconds 300]

``counting``: a million invented papers, each judging ten cadres by one of five answers, none known
to be like another beforehand; the time is from the first text to the last counter. ``hiding``: a
survey of 66 schools with six questions and small numbers everywhere. Target: 2 s and 5 s of an
otherwise idle core; the time of the processor is printed beside that of the clock.

``voting``: a server of its own process on this machine, with SQLite; each phone opens its paper and
hands it in, evenly over the seconds. Target: 10,000 in 300 s, 15 ms of the server's processor a
vote, 300 ms for 95 of 100, none lost and none counted twice (it stops where one is).
"""

import argparse
import random
import time
from collections import Counter

from _ballot_phones import vote
from _measured import demand, machine
from xianxue.bureau.ballots.counting import count
from xianxue.bureau.ballots.hiding import hidden
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import head_of, tick
from xianxue.catalogue.load import load

SEED = 20261130
LEVELS = ["excellent", "competent", "basic", "incompetent", "abstain"]
SAID = ["very", "fairly", "middling", "dissatisfied", "very_dissatisfied", "unsure"]


def timed(work):
    """What some work comes to, and its seconds by the clock and of the processor."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - clock, time.process_time() - processor


def counting(many):
    card = load().shelf.ballots["cadre_appraisal"]
    opened = Opened(card=card, subjects=tuple(f"p{at:02}" for at in range(10)))
    chance = random.Random(SEED)
    ticks = [[tick(Column("grade", about), one) for one in LEVELS] for about in opened.subjects]
    papers = [
        "\n".join(
            [chance.choice(["leaders", "middle", "staff", "staff"])]
            + [chance.choices(column, [15, 65, 12, 5, 3])[0] for column in ticks]
        )
        for _ in range(many)
    ]
    cells, clock, processor = timed(lambda: count(opened, ((text, 1) for text in papers)))
    returned = sum(
        many
        for cell, many in cells.items()
        if not cell.question and cell.item in {"valid", "invalid"}
    )
    demand(returned == many, "papers were lost")
    kept = Counter(papers)
    again, clock_kept, processor_kept = timed(lambda: count(opened, kept.items()))
    demand(again == cells, "a recount is not the same")
    return {
        "papers": many,
        "unlike": len(kept),
        "seconds": clock,
        "processor": processor,
        "seconds as kept": clock_kept,
        "processor as kept": processor_kept,
    }


def hiding(schools):
    card = load().shelf.ballots["teaching_review"]
    opened = Opened(card=card)
    chance = random.Random(SEED)
    columns = [column for column in opened.columns if column.question != "improve"]
    papers = Counter(
        "\n".join([head_of(group, f"01{school:02}"), *sorted(_said(chance, columns))])
        for school in range(schools)
        for group in ("parents", "pupils")
        for _ in range(chance.randint(3, 60))
    )
    cells = count(opened, papers.items())
    found, clock, processor = timed(lambda: hidden(opened, cells))
    demand(not found.open, "something small is not hidden")
    return {
        "schools": schools,
        "papers": papers.total(),
        "hidden": len(found.keys),
        "seconds": clock,
        "processor": processor,
    }


def _said(chance, columns):
    return [tick(column, chance.choices(SAID, [50, 30, 10, 4, 1, 5])[0]) for column in columns]


def main():
    parser = argparse.ArgumentParser()
    parts = ["all", "counting", "voting"]
    parser.add_argument("part", nargs="?", choices=parts, default="counting")
    parser.add_argument("--papers", type=int, default=1_000_000)
    parser.add_argument("--schools", type=int, default=66)
    parser.add_argument("--phones", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=300)
    given = parser.parse_args()
    found = {}
    if given.part != "voting":
        found |= {"counting": counting(given.papers), "hiding": hiding(given.schools)}
    if given.part != "counting":
        found["voting"] = vote(given.phones, given.seconds)
    print(machine())
    for name, numbers in found.items():
        print(name, {key: round(value, 2) for key, value in numbers.items()})


if __name__ == "__main__":
    main()
