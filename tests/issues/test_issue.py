"""A complaint says where, what was seen, what is required and what to do."""

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Issue, Severity, worst

WORDS = st.text(alphabet="在校生数填了人请改为实际第一2-“”", min_size=1, max_size=8)
FULL_STOPS = ("。", "？", "！")
ISSUES = st.builds(
    Issue,
    code=st.sampled_from(["R-RANGE", "C-UNIT"]),
    severity=st.sampled_from(Severity),
    saw=WORDS,
    required=st.just("") | WORDS,
    do=st.just("") | st.builds(str.__add__, WORDS, st.sampled_from(["", "。", "？"])),
    file=st.sampled_from(["", "a.xlsx"]),
    sheet=st.sampled_from(["", "学生"]),
    cell=st.sampled_from(["", "C4"]),
    citation=st.sampled_from(["", "《某办法》"]),
)

CONTRACT = ["code", "severity", "file", "sheet", "cell", "place", "form", "field", "saw"]
CONTRACT += ["required", "citation", "do", "message", "cause", "cause_of", "measures"]
"""The keys of ``--json``, in their order (DESIGN section 7)."""


@given(ISSUES)
def test_a_message_says_everything_that_is_known(issue):
    for part in (issue.saw, issue.required, issue.do, issue.file, issue.cell, issue.citation):
        assert part in issue.message


@given(ISSUES)
def test_a_message_is_made_of_whole_sentences(issue):
    assert issue.message.endswith(FULL_STOPS)
    assert not any(one + other in issue.message for one in FULL_STOPS for other in FULL_STOPS)


@given(ISSUES)
def test_the_command_lines_contract_is_kept(issue):
    parts = issue.as_dict()

    assert list(parts) == CONTRACT
    assert all(isinstance(part, str) for part in parts.values())
    assert parts["severity"] in {"must_fix", "explain", "note"}


@given(st.lists(ISSUES))
def test_the_worst_is_among_them_and_none_is_worse(issues):
    gravity = [Severity.NOTE, Severity.EXPLAIN, Severity.MUST_FIX]
    found = worst(issues)

    if found is None:
        assert issues == []
    else:
        assert gravity.index(found) == max(gravity.index(one.severity) for one in issues)


def test_a_cards_place_is_its_line():
    issue = Issue(code="C-UNIT", severity=Severity.MUST_FIX, saw="x", file="a.yaml", cell="第 7 行")

    assert issue.where == "a.yaml 第 7 行"


def test_a_question_is_not_closed_by_a_full_stop():
    issue = Issue(code="C-UNIT", severity=Severity.MUST_FIX, saw="没有", do="是不是“甲”？")

    assert issue.message == "没有。是不是“甲”？"
