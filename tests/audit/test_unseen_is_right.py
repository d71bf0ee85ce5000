"""The project's own unseen texts: their arithmetic, their number, and that nothing is borrowed."""

from __future__ import annotations

import importlib
import json
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
LEAST = {"consistent": 5, "inconsistent": 4, "silent": 3}
"""How many texts of a kind there are at least; of what is no prose nothing is to be said."""
ONLY_SILENT = {"dumps_and_long_lists": 12}


def bench(name):
    sys.path.insert(0, str(BENCHMARKS))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(BENCHMARKS))


unseen, checks = bench("_unseen"), bench("_unseen_check")
CASES = unseen.load()
CHECKED = [case for case in CASES if "check" in case]


def test_what_is_said_of_a_text_follows_from_its_numbers():
    for case in CHECKED:
        assert checks.holds(case["check"]) is (case["expect"] == "consistent"), case["id"]
        for literal in checks.literals(case["check"]):
            assert literal in case["text"], case["id"]


def test_what_would_be_right_is_right():
    # Of an order and of a mean of whole numbers no one value would be right.
    for case in CHECKED:
        check, op = case["check"], case["check"]["op"]
        if case["expect"] == "inconsistent" and op not in {*unseen.SILENCE_IS_RIGHT, "doubled"}:
            mended = check["printed"].replace(case["figure"], case["right"])
            assert checks.holds({**check, "printed": mended}), case["id"]
    means = [case for case in CHECKED if case["check"]["op"] == "grim" and "right" in case]
    for case in means:
        for mean in case["right"].split(" or "):
            assert checks.holds({**case["check"], "printed": mean}), case["id"]


def test_every_text_says_what_it_has_to():
    for case in CASES:
        found = unseen.places(case["text"], case["figure"])
        op = case.get("check", {}).get("op", "")
        again = op == "same" or case["kind"] == "prose_against_table" or case["expect"] == "silent"
        assert len(found) >= 1 if again else len(found) == 1, case["id"]
        assert case["why"].endswith("."), case["id"]
        assert ("right" in case) is (case["expect"] == "inconsistent"), case["id"]
        assert ("check" in case) is (case["expect"] != "silent"), case["id"]
    assert max(Counter(case["id"] for case in CASES).values()) == 1
    assert max(Counter(case["text"] for case in CASES).values()) == 1


def test_there_are_enough_texts_of_every_kind():
    counts = Counter((case["kind"], case["expect"]) for case in CASES)
    for kind in {case["kind"] for case in CASES}:
        least = {"silent": ONLY_SILENT[kind]} if kind in ONLY_SILENT else LEAST
        for expected, often in least.items():
            assert counts[kind, expected] >= often, (kind, expected)
    assert len({case["kind"] for case in CASES}) >= 50


def test_each_text_is_in_the_half_of_its_id():
    for half in unseen.HALVES:
        texts = unseen.load([half])
        assert {unseen.half(case["id"]) for case in texts} == {half}
        # The first writer's held half was opened while the auditor was rebuilt.
        assert len(texts) >= 0.15 * len(CASES)
        assert len({case["kind"] for case in texts}) >= 45


# ── nothing is borrowed from the cases others made ──────────────────────────


def few_edits(one, other, most):
    """Whether one text becomes the other by so many edits, looking only near the diagonal."""
    if abs(len(one) - len(other)) > most:
        return False
    row = {at: at for at in range(most + 1)}
    for down, letter in enumerate(one, start=1):
        before, row = row, {}
        for at in range(max(0, down - most), min(len(other), down + most) + 1):
            ways = [before.get(at, most) + 1, row.get(at - 1, most) + 1]
            if at:
                ways.append(before.get(at - 1, most) + (letter != other[at - 1]))
            row[at] = min(*ways, down) if at == 0 else min(ways)
        if min(row.values()) > most:
            return False
    return row.get(len(other), most + 1) <= most


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("学校66所", "学校66所", True),
        ("学校66所", "学校65所。", True),
        ("学校66所", "学校共60多所", False),
        ("学校66所", "小校65个", False),
        ("", "甲乙", True),
        ("", "甲乙丙", False),
        ("甲乙丙丁", "乙丙丁戊", True),
    ],
)
def test_a_few_edits_are_counted(one, other, near):
    assert few_edits(one, other, 2) is near


def test_no_text_is_near_one_of_the_cases_at_hand():
    folder = bench("_audit_cases").FOLDER
    if not folder.is_dir():
        pytest.skip(bench("_audit_cases").REASON)
    lines = (folder / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line)["text"] for line in lines]
    longer = [*folder.glob("public/*.txt"), *folder.glob("public/*.md"), *folder.rglob("*/*.txt")]
    known += [part for path in longer for part in path.read_text(encoding="utf-8").split("。")]
    # Digits are compared as one: another number makes no other text.
    known = {same_digits(text) for text in known}
    by_length = {}
    for text in known:
        by_length.setdefault(len(text), []).append(text)
    for case in CASES:
        text = same_digits(case["text"])
        # Two edits leave one of three pieces as it is: only texts with such a piece are compared.
        third = len(text) // 3 + 1
        pieces = [text[at : at + third] for at in range(0, len(text), third)]
        for length in range(len(text) - 2, len(text) + 3):
            alike = [one for one in by_length.get(length, []) if any(p in one for p in pieces)]
            assert not any(few_edits(text, one, 2) for one in alike), case["id"]


def same_digits(text):
    return "".join("0" if letter.isdigit() else letter for letter in text.strip("。\n"))


# ── the arithmetic and the counting themselves ──────────────────────────────


@pytest.mark.parametrize(
    ("op", "args", "printed", "holds"),
    [
        # 417 ÷ 3475 is exactly 0.12; 11.95 % is the least that 12.0 % stands for, 12.06 is not it.
        ("rate", ["417", "3475"], "12.0%", True),
        ("rate", ["419", "3475"], "12.0%", False),
        ("rate", ["六十八", "一百"], "百分之六十八", True),
        ("rate", ["67", "100"], "百分之六十八", False),
        ("growth", ["110", "100"], "10%", True),
        ("fall", ["90", "100"], "10%", True),
        ("fall", ["90", "100"], "11.0%", False),
        # 1.1 × 1.1 = 1.21.
        ("cagr", ["121", "100", "#2"], "10%", True),
        ("cagr", ["121", "100", "#2"], "21%", False),
        ("average_fall", ["81", "100", "#2"], "10%", True),
        ("ratio", ["30", "2"], "15:1", True),
        ("ratio", ["2", "30"], "15:1", False),
        ("sectors", ["10", "35", "55"], "10:35:55", True),
        ("sectors", ["10", "35", "55"], "35:10:55", False),
        # 3 ÷ 7 is 0.43, 4 ÷ 7 is 0.57: nothing between.
        ("grim", ["7"], "0.50", False),
        ("grim", ["7"], "0.57", True),
        ("doubled", ["8", "2"], "翻了两番", True),
        ("doubled", ["8", "2"], "翻了一番", False),
        ("more_times", ["8", "2"], "3倍", True),
        ("times", ["8", "2"], "3倍", False),
        ("same", ["0.86亿"], "8600万", True),
        ("same", ["0.86亿"], "860万", False),
        ("same", ["60亩"], "40000", True),
        ("at_most", ["7"], "8", False),
        ("up", ["7", "8"], "增加", True),
        ("down", ["7", "8"], "减少", False),
        ("rate", ["3", "约10"], "三成", True),
        ("rate", ["3", "近10"], "两成", False),
        ("per", ["2*3+4", "#2"], "5", True),
    ],
)
def test_the_arithmetic_can_fail(op, args, printed, holds):
    assert checks.holds({"op": op, "args": args, "printed": printed}) is holds


def test_what_is_no_number_is_not_taken_for_nothing():
    with pytest.raises(ValueError, match="甲"):
        checks.read("甲十")
    assert checks.read("三万六千").low == 36000
    assert checks.read("百分之零点四").high == checks.Fraction("0.0045")


def finding(verdict, start, end, kind="sum"):
    operand = SimpleNamespace(start=start, end=end)
    return SimpleNamespace(verdict=verdict, kind=kind, stated=operand, terms=())


@pytest.mark.parametrize(
    ("expect", "op", "verdict", "at", "result"),
    [
        ("inconsistent", "sum", "inconsistent", 2, "right"),
        ("inconsistent", "sum", "inconsistent", 6, "missed"),
        ("inconsistent", "sum", "consistent", 2, "missed"),
        ("inconsistent", "sum", "possible", 2, "missed"),
        ("consistent", "sum", "rounding", 2, "right"),
        ("consistent", "sum", "consistent", 6, "missed"),
        ("consistent", "sum", "inconsistent", 6, "false alarm"),
        ("consistent", "at_most", "consistent", 6, "right"),
        ("silent", "", "consistent", 2, "proved though silent"),
        ("silent", "", "consistent", 6, "right"),
        ("silent", "", "possible", 2, "right"),
        ("silent", "", "inconsistent", 6, "false alarm"),
    ],
)
def test_what_is_told_elsewhere_in_a_text_does_not_count(expect, op, verdict, at, result):
    case = {"text": "学校66所。教师660人。", "figure": "66", "expect": expect, "check": {"op": op}}
    assert unseen.outcome(case, [finding(verdict, at, at + 2)]) == result
    assert unseen.places(case["text"], "66") == [(2, 4)]


@pytest.mark.parametrize(
    ("expect", "op", "verdict", "result"),
    [
        ("silent", "", "consistent", "right"),
        ("silent", "", "inconsistent", "false alarm"),
        ("consistent", "sum", "consistent", "missed"),
        ("consistent", "at_most", "consistent", "right"),
        ("inconsistent", "at_most", "inconsistent", "right"),
        ("inconsistent", "sum", "inconsistent", "right"),
    ],
)
def test_that_an_order_holds_proves_nothing_more(expect, op, verdict, result):
    case = {"text": "学校66所。教师660人。", "figure": "66", "expect": expect, "check": {"op": op}}
    assert unseen.outcome(case, [finding(verdict, 2, 4, "compare")]) == result


def test_the_held_half_is_only_counted():
    cases = [case for case in CASES if case["expect"] == "inconsistent"]
    counts, _, told = unseen.score(cases, lambda _: SimpleNamespace(findings=()))
    assert sum(counts["all", half, "missed"] for half in unseen.HALVES) == len(cases)
    lines = "\n".join(unseen.listed(told))
    for case in cases:
        assert (f" {case['id']} " in lines) is (unseen.half(case["id"]) == "open")
