"""How good and how fast the auditor is, on relations that were found and checked by hand.

    python benchmarks/audit.py [--list] [--slips 1500] [--speed 1000000] [--others]
                               [--date DAY] [--write PAGE]
    python benchmarks/audit.py --changed FOLDER… [--date DAY] [--write PAGE]
    python benchmarks/audit.py --digests [--list] [--date DAY] [--write PAGE]
    python benchmarks/audit.py --worst [--date DAY] [--write PAGE]
    python benchmarks/audit.py --unseen [--list] [--date DAY] [--write PAGE] [--mark MARK]

The cases are ``../shared/cases`` beside the checkout: 100 relations in five documents without a
single arithmetical error, 140 in 22 others with nine. ``_audit_cases.py`` says when a finding
counts as a case, ``_audit_slips.py`` how slips are made. ``--list`` names everything missed.
``--unseen`` measures the texts in ``audit_unseen`` instead, and names only those of the open half.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

import _audit_cases as cases_
import _audit_changed as changed_
import _audit_digests as digests_
import _audit_others as others_
import _audit_slips as slips_
import _audit_speed as speed_
import _audit_worst as worst_
import _unseen as unseen_
from _measured import machine, write
from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.catalogue.load import load as load_cards

MARK = "audited"
PER = 100_000


def score(cases, texts, audits):
    """Match every case with the findings of its document."""
    matched = {}
    for case in cases:
        text = texts[case.doc]
        found = [one for one in audits[case.doc].findings if cases_.matches(case, one, text)]
        found.sort(key=lambda one: not cases_.agrees(case, one.verdict))
        matched[case] = found[0] if found else None
    return matched


def alarms(cases, texts, audits, verdict="inconsistent"):
    """Give the findings of a verdict that are about no real error: per document."""
    false = []
    for doc, found in audits.items():
        errors = [case for case in cases if case.doc == doc and case.report == "error"]
        false += [
            (doc, one)
            for one in found.findings
            if one.verdict == verdict
            and not any(cases_.concerns(case, one, texts[doc]) for case in errors)
        ]
    return false


def caught(slips, lexicon):
    """Count slips that break a relation beyond rounding by way and verdict."""
    counts, missed = Counter(), []
    for slip in slips:
        if not slip.broken:
            counts[slip.way, "within"] += 1
            continue
        verdict = slips_.noticed(slip, audit(slip.text, lexicon))
        counts[slip.way, verdict] += 1
        if verdict != "inconsistent":
            missed.append((slip, verdict))
    return counts, missed


def share(part, whole):
    """Write a share with its parts."""
    return f"{part}/{whole} = {100 * part / whole:.1f} %" if whole else "—"


def rows(cases, texts, audits, matched, counts):
    """Give the lines of the table."""
    errors = [case for case in cases if case.report == "error"]
    refuted = [c for c in errors if matched[c] and matched[c].verdict == "inconsistent"]
    false = alarms(cases, texts, audits)
    yield "real errors caught", share(len(refuted), len(errors))
    for seed, name in ((True, "five seeds"), (False, "22 reports")):
        docs = {case.doc for case in cases if case.seed is seed}
        letters = sum(len(texts[doc]) for doc in docs)
        here = [one for doc, one in false if doc in docs]
        yield (
            f"false alarms, {name}",
            f"{len(here)} in {letters:,} characters = {PER * len(here) / letters:.1f} per {PER:,}",
        )
    auto = [case for case in cases if case.level == "auto"]
    for name, some in (
        ("checkable relations found and judged right (auto)", auto),
        ("… of them in seeds", [case for case in auto if case.seed]),
        ("… of them in reports", [case for case in auto if not case.seed]),
        (
            "… sums, rates, growth, differences, points, products",
            [
                case
                for case in auto
                if case.kind not in {"compare", "duplicate"} and case.sub not in cases_.COUNTED
            ],
        ),
        ("with a base that is not printed (implied)", [c for c in cases if c.level == "implied"]),
    ):
        right = [c for c in some if matched[c] and cases_.agrees(c, matched[c].verdict)]
        yield name, share(len(right), len(some))
    total = Counter()
    for (_, verdict), often in counts.items():
        total[verdict] += often
    for way in (*slips_.SLIPS, "all"):
        if way == "all":
            of = total
        else:
            of = {verdict: often for (one, verdict), often in counts.items() if one == way}
        broken = sum(often for verdict, often in of.items() if verdict != "within")
        said = share(of.get("inconsistent", 0), broken)
        yield f"slips noticed: {way}", f"{said} (and {of.get('possible', 0)} as possible errors)"


def listed(cases, texts, audits, matched, missed):
    """Name what was missed or was said wrongly."""
    print("\nfalse alarms:")
    for doc, one in alarms(cases, texts, audits):
        print(f"  {doc} {one.kind} {one.start}–{one.end} «{one.quote}» {one.message}")
    print("\ncalled possible errors:")
    for doc, one in alarms(cases, texts, audits, "possible"):
        print(f"  {doc} {one.kind} {one.start}–{one.end} «{one.quote}» {one.message}")
    print("\nnot found, or judged otherwise:")
    for case, one in matched.items():
        said = one.verdict if one else "not found"
        if case.level in {"auto", "implied"} and not (one and cases_.agrees(case, said)):
            print(f"  {case.level} {case.kind}/{case.sub} {case.label}: {said}")
    print("\nslips not noticed:")
    for slip, verdict in missed[:200]:
        around = slip.text[max(slip.where - 30, 0) : slip.where + 40].replace("\n", "⏎")
        print(f"  {slip.way} {slip.case.label}: {verdict or 'nothing'} …{around}…")


def speeds(most, runs):
    """Give the lines of the table of speed."""
    yield "| bytes | CPU s | CPU s per MB | peak MB | of that before | numbers | findings |"
    yield "|---:|---:|---:|---:|---:|---:|---:|"
    for size, taken in speed_.measure(most, runs).items():
        yield (
            f"| {size:,} | {taken['seconds']:.3f} | {taken['seconds'] / size * 1e6:.2f} "
            f"| {taken['peak']} | {taken['before']} "
            f"| {taken['numbers']:,} | {taken['findings']:,} |"
        )


def unseen(said):
    """Measure the project's own unseen texts, by kind and half."""
    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    cases = unseen_.load()
    counts, confusion, told = unseen_.score(cases, lambda text: audit(text, lexicon))
    lines = unseen_.tables(cases, counts, confusion)
    text = "\n".join(lines) + f"\n\n{len(cases)} texts, {said.date or 'today'}."
    print(text)
    if said.list:
        print("\n".join(unseen_.listed(told)))
    if said.write:
        write(said.write, text, said.mark)


def changed(said):
    """Change the figures of every relation that is proved in whole texts."""
    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    files = [file for folder in said.changed for file in sorted(folder.glob("*.txt"))]
    texts = [file.read_text(encoding="utf-8") for file in files]
    counts = changed_.score(texts, lambda text: audit(text, lexicon))
    text = "\n".join(changed_.rows(counts))
    text += f"\n\n{len(files)} texts, {said.date or 'today'}."
    print(text)
    if said.write:
        write(said.write, text, "changed")


def digests(said):
    """Measure whole invented documents."""
    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    lines, told = digests_.rows(lambda text: audit(text, lexicon))
    text = "\n".join(lines) + f"\n\n{said.date or 'today'}."
    print(text)
    if said.list:
        print("\n".join(told))
    if said.write:
        write(said.write, text, "digests")


def worst(said):
    """Time the worst texts."""
    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    lines = list(worst_.rows(lambda text: audit(text, lexicon)))
    text = "\n".join(lines) + f"\n\n{said.date or 'today'}; {machine()}."
    print(text)
    if said.write:
        write(said.write, text, "worst")


OTHERS = {"unseen": unseen, "digests": digests, "changed": changed, "worst": worst}
"""What is measured instead of the cases, by the option that asks for it."""


def main():
    """Score, and print or write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name everything missed")
    parser.add_argument("--slips", type=int, default=1500, help="how many changed texts at most")
    parser.add_argument("--seed", type=int, default=4, help="for the choice of slips")
    parser.add_argument("--speed", type=int, default=1_000_000, help="the longest text, in bytes")
    parser.add_argument("--runs", type=int, default=1, help="of each length; the quickest counts")
    parser.add_argument("--others", action="store_true", help="ask other readers of numbers too")
    parser.add_argument("--unseen", action="store_true", help="measure the unseen texts instead")
    parser.add_argument("--mark", default="unseen", help="of the unseen texts' table in the page")
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    parser.add_argument("--changed", nargs="+", type=Path, help="folders of whole texts")
    parser.add_argument("--digests", action="store_true", help="measure whole documents instead")
    parser.add_argument("--worst", action="store_true", help="time the worst texts instead")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    said = parser.parse_args()
    for name, measure in OTHERS.items():
        if getattr(said, name):
            measure(said)
            return
    loaded = cases_.load()
    if loaded is None:
        print(f"nothing is scored: {cases_.REASON}", file=sys.stderr)
        return
    if said.child:
        speed_.child(said.child)
        return
    cases, texts = loaded
    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    audits = {doc: audit(text, lexicon) for doc, text in texts.items()}
    matched = score(cases, texts, audits)
    proved = [(c, f) for c, f in matched.items() if f and f.verdict in cases_.PROVED]
    slips = slips_.all_slips(proved, texts, said.seed, said.slips)
    counts, missed = caught(slips, lexicon)
    lines = ["| measured | result |", "|---|---|"]
    lines += [
        f"| {name} | {said_} |" for name, said_ in rows(cases, texts, audits, matched, counts)
    ]
    if said.speed:
        lines += ["", *speeds(said.speed, said.runs)]
    if said.others:
        lines += ["", *others_.rows(cases, lexicon)]
    text = "\n".join(lines) + f"\n\n{len(slips)} slips, {said.date or 'today'}; {machine()}."
    print(text)
    if said.list:
        listed(cases, texts, audits, matched, missed)
    if said.write:
        write(said.write, text, MARK)


if __name__ == "__main__":
    main()
