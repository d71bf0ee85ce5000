"""How long an audit takes and how much it holds, in a process of its own for each length."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
"""Bytes of UTF-8."""


def text_of(texts, size):
    """Put the texts one after another until they are so long, each time with other digits."""
    turn = str.maketrans("123456789", "234567891")
    parts, length = [], 0
    pool = list(texts)
    while length < size:
        for text in pool:
            parts.append(text)
            length += len(text.encode()) + 3
            if length >= size:
                break
        pool = [text.translate(turn) for text in pool]
    whole = "\n\f\n".join(parts).encode()[:size]
    return whole.decode(errors="ignore")


def child(size):
    """Audit a text of a size and say what it took."""
    from _audit_cases import load  # noqa: PLC0415 - only the child needs them
    from xianxue.bureau.audit.audit import audit  # noqa: PLC0415 - as above
    from xianxue.bureau.audit.reading.lexicon import Lexicon  # noqa: PLC0415 - as above
    from xianxue.catalogue.load import load as load_cards  # noqa: PLC0415 - as above

    lexicon = Lexicon.of(load_cards().shelf.wordlists.values())
    text = text_of(load()[1].values(), size)
    audit(text[:1000], lexicon)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    began = time.process_time()
    found = audit(text, lexicon)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "seconds": seconds,
                "peak": peak,
                "before": before,
                "numbers": len(found.numbers),
                "findings": len(found.findings),
            }
        )
    )


def measure(most, runs):
    """Give for each size the quickest of some runs."""
    found = {}
    for size in SIZES:
        if size > most:
            continue
        taken = []
        for _ in range(runs):
            script = str(Path(__file__).with_name("audit.py"))
            command = [sys.executable, script, "--child", str(size)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(done.stderr)
            taken.append(json.loads(done.stdout))
        found[size] = min(taken, key=lambda one: one["seconds"])
    return found
