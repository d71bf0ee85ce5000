"""The sentence that ARCHITECTURE.md follows through the auditor, followed."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from national import national

from xianxue.bureau.audit.audit import audit, judge
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.text import read
from xianxue.bureau.audit.showing.shown import WHY


def test_the_sentence_goes_the_way_the_page_says(root: Path):
    page = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    sentence, said = re.findall(r"^```text\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    lexicon = Lexicon.of(national().shelf.wordlists.values())
    reading = read(sentence, lexicon)

    for printed, role, noun in re.findall(
        r"^   \| (\S+) \| `(\w+)`[^|]* \| (\S*) \|", page, re.MULTILINE
    ):
        (one,) = [each for each in reading.quantities if reading.said(each) == printed]
        assert (one.role, one.noun) == (role, noun)

    (chosen,) = judge(reading)
    candidate = chosen.tested.candidate
    assert (candidate.relation, candidate.cues) == ("growth_by", ("growth_by",))
    assert lexicon.cues["growth_by"].odds == Decimal(20)

    (found,) = audit(sentence, lexicon).findings
    assert found.certainty == Decimal("0.95")
    assert said.split("\n") == [
        found.message,
        found.suggestion,
        WHY.format(reason=found.reason),
    ]
