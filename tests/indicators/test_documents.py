"""Both national documents of invented counties: clean prose, and nothing that contradicts itself."""

import re
from datetime import date

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.cycle import Year
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.indicators.facts import place_facts
from xianxue.bureau.report.word import render
from xianxue.bureau.values.record import replace

STRAYS = [
    "，，",
    "，。",
    "：。",
    "、。",
    "（）",
    "（、",
    "：、",
    "；；",
    "。。",
    "；。",
    "，；",
    "：，",
]
IMPOSSIBLE = re.compile(r"[1-9]\d{2,}\.\d\d%|10[1-9]\.\d\d%")
"""Counties are drawn by chance: more may have a certificate than there are, and that is found.

The same of a table's 平均班额: pupils and the sizes of classes are drawn apart.
"""


@pytest.mark.parametrize("outline", ["annual_summary", "balance_self_assessment"])
@pytest.mark.parametrize(("seed", "holes"), [(0, 0), (4, 0), (6, 0.1), (7, 0.4)])
def test_a_document_of_any_county_is_clean_and_agrees_with_itself(
    made, invented, seed, holes, outline
):
    shelf = made.SHELF
    county = invented(seed, holes).county()
    facts = tuple(place_facts(shelf, county.register, made.PERIOD, county.tables, {}))
    year = Year(shelf, county.register, made.PERIOD, county.figures(), facts)
    done = year.write(outline, date(2025, 12, 31))
    assert [issue.message for issue in done.issues] == []
    prose = [line for line in done.text.outline().splitlines() if "|" not in line]
    for stray in (*STRAYS, "{", "未定", "None", "暂缺", "据转述"):
        body = prose[: prose.index("附：数据说明")] if "附：数据说明" in prose else prose
        assert [line for line in body if stray in line and not line.startswith("[")] == []
    assert bool(done.missing) == bool(done.text.coverage)
    document = render(replace(done.text, notes=()), shelf.profiles["gbt9704"])
    words = Lexicon.of(shelf.wordlists.values())
    wrong = [
        one.message
        for one in audit(open_document(document).text, words).findings
        if one.verdict == "inconsistent"
        if not IMPOSSIBLE.search(one.quote) and not (one.kind == "product" and "\t" in one.quote)
    ]
    assert wrong == []
