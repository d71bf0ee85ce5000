"""The hand-checked cases, and when a finding counts as one of them.

A case is a relation somebody checked by hand: a quotation, the numbers it joins, the number that is
stated. A finding of the auditor counts as this case when all of these hold:

- it is in the same document, and its stated number or one of its terms stands inside an occurrence
  of the quotation (spaces do not count);
- its stated number is the case's, by value or as printed; for part-over-whole comparisons, where
  either side may be called the stated one, it is one of the case's numbers. Where the case's stated
  number is not printed at all (a difference of 0, «与去年一致»), this is not asked;
- every number of the case that is printed in the document is among the finding's terms and stated
  number. For sums the finding must have no other number: another list of parts is another relation.
  Of counted lists (三项制度) only the stated number is compared, for their items are words.
"""

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases"
LITERAL = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
SCALED = re.compile(rf"(-?)({LITERAL.pattern})\s*([万萬亿億]?)")
SCALES = {"": 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
PROVED = {"consistent", "rounding"}
COUNTED = {"list_count", "ordinal_sequence", "respectively_arity", "list_le_total", "enumeration"}
REASON = "the hand-checked cases are not beside this checkout (../shared/cases)"


@dataclass(frozen=True)
class Case:
    """One line of the cases."""

    doc: str
    seed: bool
    quote: str
    kind: str
    sub: str
    level: str
    terms: tuple[str, ...]
    stated: str
    holds: bool
    report: str
    """``error``, ``remark`` or ``silent``; whatever stands in a seed must not be called wrong."""

    @property
    def label(self) -> str:
        """Name it in a list."""
        return f"{self.doc} «{self.quote}» {self.stated} ← {', '.join(self.terms)}"


def load():
    """Give the cases and the texts by document; None where they are not here."""
    if not FOLDER.is_dir():
        return None
    cases, texts = [], {}
    for seed, name, folder in (
        (True, "seeds.jsonl", FOLDER.parent / "seeds"),
        (False, "reports.jsonl", FOLDER / "reports"),
    ):
        lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        cases += [_case(json.loads(line), seed=seed) for line in lines]
        for path in sorted(folder.glob("*.txt")):
            doc = path.stem.partition("_")[0] if seed else path.stem
            texts[doc] = path.read_text(encoding="utf-8")
    return cases, texts


def _case(line, *, seed):
    return Case(
        doc=line["seed"] if seed else line["doc"],
        seed=seed,
        quote=line["quote"],
        kind=line["kind"],
        sub=line["sub"],
        level=line["level"],
        terms=tuple(line["terms"]),
        stated=str(line["stated"]),
        holds=line["holds"],
        report=line.get("report", "silent"),
    )


def numbers_of(said):
    """Give the numbers in a case's term as printed, each also with its 万 or 亿.

    What stands in brackets is a remark of whoever checked it.
    """
    plain = re.sub(r"\(.*?\)|（.*?）", "", said)
    found = []
    for _, literal, scale in SCALED.findall(plain):
        value = Decimal(re.sub("[,，]", "", literal))
        found.append({value, value * SCALES[scale]})
    return found


def spans(text, quote):
    """Where a quotation stands in a text, spaces not counting."""
    letters = [re.escape(letter) for letter in quote if not letter.isspace()]
    return [found.span() for found in re.finditer(r"\s*".join(letters), text)]


def values(operand):
    """Give what a number of a finding may be compared by: its value, and as it is printed."""
    printed = {abs(Decimal(re.sub("[,，]", "", one))) for one in LITERAL.findall(operand.text)}
    return printed | {abs(operand.value)}


def matches(case, finding, text):
    """Whether a finding is a case; see above for the rule."""
    operands = [finding.stated, *finding.terms]
    if not any(
        start < one.end and one.start < end
        for start, end in spans(text, case.quote)
        for one in operands
    ):
        return False
    printed = {Decimal(re.sub("[,，]", "", one)) for one in LITERAL.findall(text)}
    stated = numbers_of(case.stated)
    terms = [] if case.sub in COUNTED else [one for each in case.terms for one in numbers_of(each)]
    if stated and (case.sub in COUNTED or stated[0] & printed):
        allowed = [*stated, *terms] if case.kind == "compare" else stated[:1]
        if not any(values(finding.stated) & one for one in allowed):
            return False
    terms = [one for one in terms if one & printed]
    if not all(any(values(operand) & one for operand in operands) for one in terms):
        return False
    if case.kind == "sum" and terms:
        known = [*terms, *stated]
        return all(any(values(operand) & one for one in known) for operand in operands)
    return bool(stated or terms)


def agrees(case, verdict):
    """Whether a verdict is the one that was found by hand."""
    if case.report == "error":
        return verdict == "inconsistent"
    if case.report == "remark":
        return verdict in {"possible", "remark", "rounding"}
    return verdict in PROVED if case.holds else verdict != "inconsistent"


def concerns(case, finding, text):
    """Whether a finding is about what a case is about, more loosely: to say an alarm is true."""
    operands = [finding.stated, *finding.terms]
    near = any(
        start < finding.end and finding.start < end for start, end in spans(text, case.quote)
    )
    stated = numbers_of(case.stated)
    known = [one for each in case.terms for one in numbers_of(each)]
    shared = sum(any(values(operand) & one for one in known) for operand in operands)
    return near and shared >= 1 and (not stated or any(values(one) & stated[0] for one in operands))
