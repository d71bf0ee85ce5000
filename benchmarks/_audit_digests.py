"""Whole invented documents, half of them with an error: how many are caught, what is false."""

import json
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parent / "audit_digests"
HALVES = ("open", "held")
PROVED = {"consistent", "rounding"}


def load(half):
    """Give the documents of a half."""
    lines = (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def place(text, error):
    """Give where an error's figure stands."""
    start = text.find(error["near"])
    start += max(0, error["near"].find(error["figure"]))
    return start, start + len(error["figure"])


def touches(finding, span):
    """Whether a finding's stated number or one of its terms stands there."""
    start, end = span
    return any(one.start < end and start < one.end for one in (finding.stated, *finding.terms))


def score(documents, audit):
    """Count errors and alarms; give what went wrong as lines too."""
    counts, told = Counter(), []
    for one in documents:
        text, findings = one["text"], audit(one["text"]).findings
        alarms = [each for each in findings if each.verdict == "inconsistent"]
        spans = [place(text, error) for error in one["errors"]]
        counts["documents"] += 1
        counts["characters"] += len(text)
        counts["proved"] += sum(each.verdict in PROVED for each in findings)
        for error, span in zip(one["errors"], spans, strict=True):
            caught = any(touches(each, span) for each in alarms)
            counts["errors"] += 1
            counts["caught"] += caught
            if not caught:
                told.append(f"  missed: {one['id']} {error['near']}. {error['why']}")
        for each in alarms:
            if not any(touches(each, span) for span in spans):
                name = "beside" if spans else "false alarms"
                counts[name] += 1
                told.append(f"  {name}: {one['id']} {each.quote} {each.message}".replace("\n", "⏎"))
    return counts, told


def rows(audit):
    """Give the lines of the table, and what went wrong in the open half."""
    names = ("documents", "characters", "errors", "caught", "false alarms", "beside", "proved")
    lines = ["| half | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    told = []
    for half in HALVES:
        counts, wrong = score(load(half), audit)
        lines.append(f"| {half} | " + " | ".join(f"{counts[name]:,}" for name in names) + " |")
        told += wrong if half == "open" else []
    return lines, told
