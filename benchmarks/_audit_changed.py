"""Is a changed figure noticed? Proved relations of whole texts, one figure changed.

A relation that is called right must be called wrong once one of its printed figures is not what it
was. One digit is changed so that the relation no longer holds within rounding, which is worked out
here from the finding's own bounds for the stated figure; of its terms, each is changed in its first
digit, which no rounding hides. Noticed is *inconsistent* about the changed figure, or about the
relation's stated one; *possible* is counted apart; still *consistent* is the worst.
"""

import re
from collections import Counter

PROVED = {"consistent", "rounding"}
AROUND = 1500
"""Characters on either side that are audited again: a relation reaches no further."""
_DIGIT = re.compile("[0-9０-９一二三四五六七八九]")
_OTHERS = {"〇": "五"}


def changed(text, place):
    """Give the text with the first digit of a place changed; None where it has none."""
    found = _DIGIT.search(text, place.start, place.end)
    if found is None:
        return None
    digit = found[0]
    ring = next(
        one for one in ("0123456789", "０１２３４５６７８９", "一二三四五六七八九") if digit in one
    )
    # Two further on: a neighbour may still be within rounding.
    other = ring[(ring.index(digit) + 2) % len(ring)]
    if other in "0０":
        other = ring[1]
    return text[: found.start()] + other + text[found.end() :]


def said(findings, place, stated):
    """Give the gravest that is said of a changed figure or of the relation's stated one."""
    verdicts = set()
    for one in findings:
        places = [(one.stated.start, one.stated.end), *((t.start, t.end) for t in one.terms)]
        touched = any(start < place.end and place.start < end for start, end in places)
        if touched or (one.stated.start == stated.start and one.verdict not in PROVED):
            verdicts.add(one.verdict)
    for verdict in ("inconsistent", "possible"):
        if verdict in verdicts:
            return verdict
    return "still consistent" if verdicts & PROVED else "nothing"


def score(texts, audit):
    """Count what is said of changed figures, by the kind of relation."""
    counts = Counter()
    for text in texts:
        for one in audit(text).findings:
            if one.verdict not in PROVED or one.kind in ("part_over_whole", "direction", "compare"):
                continue
            for place in (one.stated, *one.terms):
                other = changed(text, place)
                if other is None:
                    continue
                begin, end = max(0, one.start - AROUND), one.end + AROUND
                shift = _Shifted(place, begin), _Shifted(one.stated, begin)
                counts[one.kind, said(audit(other[begin:end]).findings, *shift)] += 1
    return counts


class _Shifted:
    """A place counted from another beginning."""

    def __init__(self, place, begin):
        self.start, self.end = place.start - begin, place.end - begin


def rows(counts):
    """Give the lines of the table."""
    names = ("inconsistent", "possible", "nothing", "still consistent")
    yield "| kind | changed | " + " | ".join(names) + " |"
    yield "|---|---:|" + "---:|" * len(names)
    kinds = sorted({kind for kind, _ in counts})
    for kind in (*kinds, "all"):
        some = [
            sum(n for (k, s), n in counts.items() if s == name and kind in (k, "all"))
            for name in names
        ]
        total = sum(some)
        cells = [f"{one} ({one / total:.0%})" if total else "0" for one in some]
        yield f"| {kind} | {total} | " + " | ".join(cells) + " |"
