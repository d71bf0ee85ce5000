"""The project's own unseen texts: which half each is in, and what an auditor made of it.

A text is about one printed value, its ``figure``. What is said of it is read from the findings
whose stated number or terms touch the figure where it stands in the text:

- ``right``: *inconsistent* of a wrong figure; *consistent* (or right within rounding) of a right
  one; neither of them of one about which nothing is to be said;
- ``proved though silent``: *consistent* of a figure about which nothing is to be said;
- ``missed``: nothing such of a wrong or a right figure;
- ``false alarm``: *inconsistent*, of any number, in a text in which nothing is wrong.

That an order holds (a part no larger than its whole, a direction), or that a mean is possible,
proves little: silence about these is right too, and such a finding proves no figure that is
claimed to be more, nor one about which nothing is to be said.
"""

import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parent / "audit_unseen"
HALVES = ("open", "held")
SALT = 3327
"""Of the first 20,000, the one by which each kind's texts are halved most evenly by number."""
OUTCOMES = ("right", "proved though silent", "missed", "false alarm")
EXPECTED = ("inconsistent", "consistent", "silent")
SAID = ("inconsistent", "possible", "consistent", "nothing")
PROVED = {"consistent", "rounding"}
ORDERS = {"compare", "part_over_whole", "direction"}
"""Kinds of findings that claim an order only."""
SILENCE_IS_RIGHT = {"at_most", "up", "down", "grim"}


def half(name):
    """Give the half of a text by its id, so that texts written later move no others."""
    return HALVES[sha256(f"{SALT}:{name}".encode()).digest()[0] % 2]


def load(halves=HALVES):
    """Give the texts of the halves asked for."""
    lines = []
    for one in halves:
        lines += (FOLDER / f"{one}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def places(text, figure):
    """Where a figure stands in a text by itself, not as a piece of a longer number."""
    before = r"(?<![\d.])(?<!\d[,，])"
    after = r"(?!\d|[,，]\d{3}|\.\d)" if figure[-1].isdigit() else ""
    return [one.span() for one in re.finditer(before + re.escape(figure) + after, text)]


def said_of(case, findings):
    """Give the gravest that findings say of a text's figure, as one of ``SAID``."""
    spans = places(case["text"], case["figure"])
    little = case["expect"] == "silent" or case["check"]["op"] not in SILENCE_IS_RIGHT
    verdicts = {
        finding.verdict
        for finding in findings
        if not (little and finding.kind in ORDERS and finding.verdict in PROVED)
        and any(
            start < one.end and one.start < end
            for start, end in spans
            for one in (finding.stated, *finding.terms)
        )
    }
    if "inconsistent" in verdicts:
        return "inconsistent"
    if verdicts & PROVED:
        return "consistent"
    return "possible" if "possible" in verdicts else "nothing"


def outcome(case, findings):
    """Give one of ``OUTCOMES`` for a text."""
    expected, said = case["expect"], said_of(case, findings)
    if expected == "inconsistent":
        return "right" if said == expected else "missed"
    if any(finding.verdict == "inconsistent" for finding in findings):
        return "false alarm"
    if expected == "silent":
        return "proved though silent" if said == "consistent" else "right"
    modest = said == "nothing" and case["check"]["op"] in SILENCE_IS_RIGHT
    return "right" if said == expected or modest else "missed"


def score(cases, audit):
    """Count outcomes by kind and half, and what was said by what was to be said."""
    counts, confusion, told = Counter(), Counter(), []
    for case in cases:
        findings = audit(case["text"]).findings
        result, where = outcome(case, findings), half(case["id"])
        for kind in (case["kind"], "all"):
            counts[kind, where, result] += 1
        said = said_of(case, findings)
        confusion[where, case["expect"], said] += 1
        told.append((case, result, said))
    return counts, confusion, told


def tables(cases, counts, confusion):
    """Give the lines of both tables: outcomes by kind, and the confusion."""
    names = " | ".join(("texts", *OUTCOMES))
    yield f"| kind | open: {names} | held: {names} |"
    yield "|---|" + "---:|" * 2 * (1 + len(OUTCOMES))
    for kind in (*dict.fromkeys(case["kind"] for case in cases), "all"):
        row = [[counts[kind, where, one] for one in OUTCOMES] for where in HALVES]
        cells = [str(one) for some in row for one in (sum(some), *some)]
        yield f"| {kind} | " + " | ".join(cells) + " |"
    yield ""
    yield "| to be said | " + " | ".join(f"{w}: {one}" for w in HALVES for one in SAID) + " |"
    yield "|---|" + "---:|" * 2 * len(SAID)
    for expected in EXPECTED:
        cells = [str(confusion[where, expected, one]) for where in HALVES for one in SAID]
        yield f"| {expected} | " + " | ".join(cells) + " |"


def listed(told):
    """Name what went wrong in the open half; the held one is only counted."""
    for case, result, said in told:
        if result != "right" and half(case["id"]) == "open":
            text = case["text"].replace("\n", "⏎")
            yield f"  {result}: {case['id']} «{text}» {case['figure']}: {said}. {case['why']}"
