"""The lists of years before the first return."""

from xianxue.desk.stores.given.earlier_counts import read_earlier

PLACES, GRADES = ("639900", "2163990001"), ("G1", "G2")


def test_an_empty_cell_is_not_known_and_nothing_is_a_number(tmp_path):
    (tmp_path / "births.csv").write_text("place,2020,2021,2022\n639900,10,,0\n", encoding="utf-8")
    found = read_earlier(tmp_path, PLACES, GRADES)
    assert (found.births, found.issues) == ({"639900": {2020: 10, 2022: 0}}, [])


def test_every_fault_of_a_list_is_told_with_its_line(tmp_path):
    (tmp_path / "births.csv").write_text("地方,去年\n639900,10\n", encoding="utf-8")
    (tmp_path / "earlier_pupils.csv").write_text(
        "place,grade,2022,2023\n"
        "2163990001,G1,12,-3\n"
        "2163990009,G1,1,1\n"
        "2163990001,G9,1,1\n"
        "2163990001,G1,12,13\n",
        encoding="utf-8",
    )
    found = read_earlier(tmp_path, PLACES, GRADES)
    assert [(one.file, one.cell, one.saw) for one in found.issues] == [
        ("births.csv", "line 1", "第一行是“地方,去年”"),
        ("earlier_pupils.csv", "line 2", "2023 年填了“-3”"),
        ("earlier_pupils.csv", "line 3", "名册里没有 2163990009"),
        ("earlier_pupils.csv", "line 4", "年级表里没有 G9"),
        ("earlier_pupils.csv", "line 5", "2163990001 G1 前面已经有一行"),
    ]
    assert found.pupils == {"2163990001": {"G1": {2022: 12}}}


def test_a_folder_without_lists_has_no_earlier_counts(tmp_path):
    found = read_earlier(tmp_path, PLACES, GRADES)
    assert (found.births, found.pupils, found.issues) == ({}, {}, [])
