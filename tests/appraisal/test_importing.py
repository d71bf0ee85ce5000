"""Indicator systems out of messy workbooks: the tree, its points, what does not add up (invented)."""

import messy_systems
import pytest
from national import national

from xianxue.bureau.appraisal.importing.card import Naming, card_text
from xianxue.bureau.appraisal.importing.proposal import find_system
from xianxue.bureau.appraisal.importing.sources import Names, guess
from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.returns.files.opening import open_book
from xianxue.catalogue.load import load
from xianxue.desk.appraisal.book_cells import sheets_of

NAMES = Names(
    figures={"学前三年毛入园率": ("preschool_gross_enrolment", True)},
    counts={"构成事故": "incidents.accidents"},
    polls={"义务教育优质均衡社会认可度": ("compulsory_satisfaction", "overall")},
)
EVERY = (*messy_systems.KNOWN, *messy_systems.HELD_OUT)


def found_in(data, only=""):
    return find_system(list(sheets_of(open_book(data, "体系.xlsx"))), only)


@pytest.mark.parametrize("made", EVERY, ids=lambda one: one.__name__)
def test_items_and_points_are_read_out_of_every_layout(made):
    case = made()
    system = found_in(case["data"])
    leaves = [(o.line.number, o.line.term, o.points) for o in system.items if not o.below]
    assert leaves == case["leaves"]
    assert system.points == case["total"]
    assert sorted(one.code for one in system.issues) == sorted(case["issues"])
    if "branches" in case:
        assert [one.line.term for one in system.items if one.below] == case["branches"]


def test_what_is_complained_of_is_named_with_its_cell():
    system = found_in(messy_systems.what_does_not_add_up()["data"])
    told = {(one.cell, one.code): str(one.saw) for one in system.issues}
    assert told["A2", "P-SUM"] == "“甲”写的是 50 分，下面各项加起来是 45 分"
    assert told["C4", "P-POINTS"] == "“三项”的分值写的是“5-10分”"
    assert told["C6", "P-TWICE"] == "“三项”写了两次"


def test_a_note_is_told_and_is_no_item():
    system = found_in(messy_systems.merged_ranks()["data"])
    assert {(one.why, one.cell) for one in system.unread} >= {("note", "A8"), ("total", "A7")}


@pytest.mark.parametrize(
    ("term", "rules", "whence", "kind", "name"),
    [
        ("学前三年毛入园率", "达到85%得满分", "", "figure", "preschool_gross_enrolment"),
        ("校园安全", "构成事故的，每起扣2分", "", "count", "incidents.accidents"),
        ("义务教育优质均衡社会认可度", "", "问卷", "poll", "compulsory_satisfaction"),
        ("家长满意度", "", "", "given", ""),
        ("控辍保学达标率", "达到100%", "", "given", ""),
        ("布局规划", "", "规划文件、政府批复", "document", ""),
        ("课堂教学", "由专家评定", "", "marks", ""),
        ("附加分", "", "", "adjust", ""),
    ],
)
def test_a_source_is_proposed_by_words(term, rules, whence, kind, name):
    rows = [["评价指标", "分值", "评分标准", "数据来源"], [term, 10, rules, whence]]
    (item,) = found_in(messy_systems.book(("表", [*rows, ["别的", 90, "", ""]], []))).items[:1]
    found = guess(item, NAMES)
    assert (found.kind, found.name) == (kind, name)
    if kind == "figure":
        assert found.line == 85
    if kind == "document":
        assert found.papers == ("规划文件", "政府批复")


def test_every_proposal_that_adds_up_passes_the_strict_door(tmp_path):
    """All of them together in one folder of rules, each under a name of its own."""
    names = {}
    for made in EVERY:
        system = found_in(made()["data"])
        if any(one.code in {"P-SUM", "P-POINTS", "P-TWICE"} for one in system.issues):
            continue
        guesses = [(one, guess(one, NAMES)) for one in system.items if not one.below]
        naming = Naming(rubric=made.__name__, term=made.__name__, judges="county", file="体系.xlsx",
                        period="calendar_year", document="某省体系（虚构）", issuer="某省（虚构）")  # fmt: skip
        (tmp_path / f"{made.__name__}.yaml").write_text(card_text(system, guesses, naming), "utf-8")
        names[made.__name__] = system
    loaded = load(tmp_path)
    assert [issue.message for issue in loaded.issues] == []
    assert len(names) == len(EVERY) - 1
    for name, system in names.items():
        nodes = nodes_of(loaded.shelf.rubrics[name])
        assert [one.item.term for one in nodes] == [one.line.term for one in system.items]


@pytest.mark.parametrize("name", ["county_government", "county_leaders"])
def test_a_card_written_as_a_workbook_comes_back_with_its_tree(name):
    """The two systems that provinces make for themselves: number, name and points of every item."""
    nodes = nodes_of(national().shelf.rubrics[name])
    rows = [["编号", "一级指标", "二级指标", "分值"]]
    rows += [
        [one.number, *((one.item.term, "") if one.below else ("", one.item.term)), int(one.points)]
        for one in nodes
    ]
    system = found_in(messy_systems.book(("体系", rows, [])))
    assert system.issues == []
    got = [(one.line.number, one.line.term, one.points) for one in system.items]
    assert got == [(one.number, one.item.term, one.points) for one in nodes]
