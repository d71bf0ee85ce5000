"""What other readers of Chinese numbers make of the cases' numbers.

Asked is only what all of them attempt: to find the numbers of a sentence and their values. None of
them knows what a number is of, and so none can prove or refute a relation.

- *read*: of the numbers of a case that stand in its quotation, how many are given with their value
  (57.74万 is 577400);
- *masked*: of the masked places (8xxxx, *万), in how many a number is seen although there is none.
"""

import json
import re
import time
from decimal import Decimal, InvalidOperation
from importlib.metadata import PackageNotFoundError, version

from _audit_cases import COUNTED, FOLDER, LITERAL, SCALED, SCALES, numbers_of

PACKAGES = {"cn2an": "cn2an", "Recognizers-Text": "recognizers-text-number"}
NOT_TRIED = "JioNLP 1.5.31 installs, and reads sums of money only; it was left out."


def ours(lexicon):
    """Our own reading."""
    from xianxue.bureau.audit.audit import audit  # noqa: PLC0415 - only when asked

    return lambda text: {
        abs(one.value) for one in audit(text, lexicon).numbers if one.value is not None
    }


def with_cn2an():
    """Let cn2an rewrite the sentence in digits, and take the digits."""
    import cn2an  # noqa: PLC0415 - only where it is installed

    def read(text):
        try:
            said = cn2an.transform(text, "cn2an")
        except Exception:  # noqa: BLE001 - whatever it raises, it has read nothing
            return set()
        return {value for _, literal, scale in _scaled(said) for value in [literal * scale]}

    return read


def with_recognizers():
    """Ask Recognizers-Text for numbers and percentages."""
    import emoji  # noqa: PLC0415 - only where it is installed

    # Its release asks for a name that emoji has dropped since.
    emoji.UNICODE_EMOJI = getattr(emoji, "UNICODE_EMOJI", {})
    from recognizers_number import (  # noqa: PLC0415 - as above
        Culture,
        recognize_number,
        recognize_percentage,
    )

    def read(text):
        found = set()
        for ask in (recognize_number, recognize_percentage):
            for one in ask(text, Culture.Chinese):
                try:
                    found.add(abs(Decimal(str(one.resolution["value"]).rstrip("%"))))
                except (InvalidOperation, TypeError, KeyError):
                    continue
        return found

    return read


def _scaled(text):
    scales = {"": 1, "万": 10**4, "亿": 10**8}
    for found in re.finditer(rf"({LITERAL.pattern})([万亿]?)", text):
        yield found[0], Decimal(re.sub("[,，]", "", found[1])), scales[found[2]]


def asked(cases):
    """Give each quotation of a computed relation with the numbers of its case that stand in it."""
    for case in cases:
        if case.level not in {"auto", "implied"} or case.sub in COUNTED or case.kind == "compare":
            continue
        known = {
            value
            for each in (case.stated, *case.terms)
            for one in numbers_of(each)
            for value in one
        }
        inside = [
            Decimal(re.sub("[,，]", "", literal)) * SCALES[scale]
            for _, literal, scale in SCALED.findall(case.quote)
            if Decimal(re.sub("[,，]", "", literal)) in known
        ]
        if inside:
            yield case.quote, inside


def masks():
    """Give the masked places, each in a short sentence."""
    for line in (FOLDER / "seeds_masked.jsonl").read_text(encoding="utf-8").splitlines():
        yield from (f"共有{one}。" for one in json.loads(line)["examples"])


def rows(cases, lexicon):
    """Give the lines of the table."""
    yield "| reader | numbers read | masked places read as numbers | letters a second |"
    yield "|---|---:|---:|---:|"
    readers = {"ours": lambda: ours(lexicon)}
    readers |= {"cn2an": with_cn2an, "Recognizers-Text": with_recognizers}
    for name, make in readers.items():
        try:
            label = f"{name} {version(PACKAGES[name])}" if name in PACKAGES else name
        except PackageNotFoundError:
            yield f"| {name} | not installed | | |"
            continue
        read = make()
        read("共有25所")
        began, letters, right, whole = time.process_time(), 0, 0, 0
        for quote, inside in asked(cases):
            found = read(quote)
            letters += len(quote)
            whole += len(inside)
            right += sum(one in found for one in inside)
        rate = letters / max(time.process_time() - began, 1e-9)
        places = list(masks())
        false = sum(bool(read(one)) for one in places)
        yield (
            f"| {label} | {right}/{whole} = {100 * right / whole:.1f} % "
            f"| {false}/{len(places)} | {rate:,.0f} |"
        )
