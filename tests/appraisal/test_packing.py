"""The 迎检 package of one place, before it is printed: boxes, numbers, what is kept once, what lacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_rubrics import rubric_of

from xianxue.bureau.appraisal.packing.package import UNASKED, Cited, HandedIn, Stands, packed
from xianxue.bureau.values.file_names import safe_name

CARD = rubric_of(
    """
- item: a
  term: 甲类/保障
  items:
    - {item: x, term: 规划, points: 20, from: {kind: document, documents: [{document: plan, term: 规划文件}, {document: reply, term: 批复}]}}
    - {item: y, term: 人数, points: 30, from: {kind: given, office: 人事股}}
- item: b
  term: 乙类
  items:
    - {item: z, term: 评分, points: 40, from: {kind: marks}, evidence: [{document: notes, term: 记录}]}
    - {item: f, term: 数据, points: 10, from: {kind: figure, indicator: some}}
""",
)


def handed_in(line, *serves, kind="pdf", digest=None):
    return HandedIn(
        line=line,
        title=f"文件{line}",
        on="2026-03-01",
        digest=digest or f"d{line}",
        kind=kind,
        size=10,
        serves=serves,
    )


def package_of(*files, cited=(), excused=None, owed=None):
    stands = Stands(
        place="1", name="某校", files=files, cited=cited, excused=excused or {}, owed=owed or {}
    )
    return packed(CARD, stands)


def slips(package):
    return {one.number: [f.name for f in one.files] for s in package.sheets for one in s.slips}


def test_a_file_that_serves_two_items_is_kept_once_and_referred_to():
    """Of x the second document and of z the first: it lies under 1.1-02, where it comes first."""
    package = package_of(handed_in(1, ("z", "notes"), ("x", "reply")))
    (filed,) = package.files
    assert (filed.name, filed.number) == ("1 甲类 保障/1.1-02 批复.pdf", "1.1-02")
    assert slips(package) == {"1.1-01": [], "1.1-02": [filed.name], "2.1-01": [filed.name]}
    (notes,) = package.sheets[-1].slips
    assert not notes.here(filed)


def test_what_is_missing_is_told_by_item():
    package = package_of(handed_in(1, ("x", "plan")), owed={"y": "人事股"})
    assert [(sheet.item, slip.number) for sheet, slip in package.missing] == [
        ("x", "1.1-02"),
        ("z", "2.1-01"),
    ]
    assert [one.item for one in package.owed] == ["y"]


def test_nothing_is_missing_of_what_does_not_apply():
    """An item below one that does not apply does not apply either."""
    package = package_of(excused={"a": "没有这一类"}, owed={"y": "人事股"})
    assert [sheet.item for sheet, _ in package.missing] == ["z"]
    assert package.owed == ()


def test_several_files_of_one_document_are_all_kept_under_its_number():
    package = package_of(
        handed_in(1, ("x", "plan")),
        handed_in(2, ("x", "plan"), kind="png"),
        handed_in(3, ("x", "plan")),
        handed_in(4, ("x", "plan"), digest="d3"),
    )
    assert slips(package)["1.1-01"] == [
        "1 甲类 保障/1.1-01 规划文件.pdf",
        "1 甲类 保障/1.1-01 规划文件.png",
        "1 甲类 保障/1.1-01 规划文件 (2).pdf",
    ]


def test_what_the_card_no_longer_asks_for_is_not_left_out():
    package = package_of(handed_in(1, ("x", "gone"), ("old", "paper")))
    assert [one.name for one in package.unasked] == [f"{UNASKED}/文件1.pdf"]
    assert package.files == package.unasked


def test_a_number_stands_with_the_document_it_rests_on():
    """A box is only where something goes into: data alone needs no box."""
    cited = Cited(item="y", document="人社〔2026〕1号", what="报数 5")
    package = package_of(cited=[cited])
    (x, y, z) = package.sheets
    assert (y.cited, y.points, z.points) == ((cited,), "30", "40")
    assert [box.at for box in package.boxes] == [1, 2]
    assert [one.item for one in package.boxes[1].sheets] == ["z", "f"]
    assert [one.item for one in package.boxes[1].covered] == ["z"]
    assert x.source == "document"


SERVES = st.lists(
    st.sampled_from([("x", "plan"), ("x", "reply"), ("z", "notes"), ("x", "gone")]), min_size=1
)


@given(st.lists(SERVES, max_size=8))
def test_every_file_lies_in_the_package_once_and_under_a_name_of_its_own(served):
    files = [handed_in(at, *serves) for at, serves in enumerate(served)]
    package = package_of(*files)
    assert sorted(one.file.line for one in package.files) == list(range(len(files)))
    names = [one.name.lower() for one in package.files]
    assert len(set(names)) == len(names)
    there = {digest for sheet in package.sheets for s in sheet.slips for digest in s.files}
    assert {*there, *package.unasked} == set(package.files)


@pytest.mark.parametrize(
    "bad", ['a<b>:"c', "nul", "LPT1.pdf", "末尾. ", "两\t行\n", "\u202e反", "." * 9]
)
def test_a_name_can_be_laid_down_on_windows(bad):
    found = safe_name(bad)
    assert found
    assert not set(found) & set('<>:"/\\|?*\t\n\u202e')
    assert found == found.strip(" .")
    assert found.partition(".")[0].lower() not in {"nul", "lpt1"}
