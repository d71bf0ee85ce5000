"""How often is a relation of one shape meant? Counted over whole official texts, without labels.

    python benchmarks/audit_calibrate.py FOLDER… [--half open|held|all] [--least 5] [--write PAGE]

In published texts a relation that is meant nearly always holds. So the share of candidates of one
shape (relation and cues) that hold, beside the share that would hold by chance, says how often
that shape is meant: meant = (held - chance) ÷ (1 - chance). Chance is what comes of the same
candidates when the stated number is one that another candidate of the shape states.

The odds on ``catalogue/audit/cues.yaml`` are set by hand and held against this table: a cue is to
be no surer than its shapes are meant. Texts are split by a hash of their names; odds are looked at
on the open two thirds only, the held third is for the page.
"""

import argparse
from collections import defaultdict
from hashlib import sha256
from pathlib import Path

from _measured import write
from xianxue.bureau.audit.audit import BINDERS
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.choosing import certainty
from xianxue.bureau.audit.judging.testing import test
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.text import read
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load

MARK = "calibrated"
HELD_OF = 3
"""One text in three is held back."""
TRIES = 20
"""Other stated numbers that each candidate is tried with."""


def held_back(name):
    """Whether a text is of the third that is kept from the odds."""
    return int(sha256(f"corpus:{name}".encode()).hexdigest(), 16) % HELD_OF == 0


def shapes(texts, lexicon):
    """Give shape to candidates, over all texts."""
    found = defaultdict(list)
    for text in texts:
        reading = read(text, lexicon)
        for bind in BINDERS:
            for one in bind(reading):
                if test(one) is not None:  # what cannot be worked out (÷ 0) says nothing
                    found[one.relation, tuple(sorted(one.cues))].append(one)
    return found


def holds(one: Candidate):
    """Whether a candidate holds."""
    tested = test(one)
    return tested is not None and tested.holds


def by_chance(some):
    """Give the share of candidates that hold with the numbers that others state."""
    hits = tries = 0
    for at, one in enumerate(some):
        others = [some[(at + step) % len(some)].stated for step in range(1, TRIES + 1)]
        for other in others:
            if other.index == one.stated.index or other.form != one.stated.form:
                continue
            changed = replace(
                one.stated, value=other.value, low=other.low, high=other.high, step=other.step
            )
            tries += 1
            hits += holds(replace(one, stated=changed))
    return hits / tries if tries else 0.0


def rows(found, lexicon, least):
    """Give the lines of the table, the most frequent shape first."""
    yield "| relation | cues | candidates | hold | by chance | meant | certainty |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for (relation, cues), some in sorted(found.items(), key=lambda one: -len(one[1])):
        if len(some) < least:
            continue
        held, chance = sum(map(holds, some)) / len(some), by_chance(some)
        meant = max(0.0, (held - chance) / (1 - chance)) if chance < 1 else 0.0
        yield (
            f"| {relation} | {' · '.join(cues)} | {len(some)} | {held:.0%} | {chance:.1%} "
            f"| {meant:.0%} | {certainty(some[0], lexicon):.0%} |"
        )


def main():
    """Count and print, or write the table into a page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--half", choices=("open", "held", "all"), default="open")
    parser.add_argument("--least", type=int, default=5, help="candidates a shape is shown from")
    parser.add_argument("--date", default="")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    said = parser.parse_args()
    lexicon = Lexicon.of(load().shelf.wordlists.values())
    files = [file for folder in said.folders for file in sorted(folder.glob("*.txt"))]
    chosen = [
        file
        for file in files
        if said.half == "all" or held_back(file.name) == (said.half == "held")
    ]
    texts = [file.read_text(encoding="utf-8") for file in chosen]
    lines = list(rows(shapes(texts, lexicon), lexicon, said.least))
    letters = sum(map(len, texts))
    lines += [
        "",
        f"{len(texts)} texts, {letters:,} characters, {said.half}, {said.date or 'today'}.",
    ]
    print("\n".join(lines))
    if said.write:
        write(said.write, "\n".join(lines), MARK)


if __name__ == "__main__":
    main()
