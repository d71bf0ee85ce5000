"""Indicator systems as offices write them down, each in another layout (all invented).

Each gives a workbook and what is in it: the leaves with number, name and points, and what is to be
complained of. Those of ``HELD_OUT`` were written before the reader was tried on any of them, and
the reader was not changed for them.
"""

from io import BytesIO

import openpyxl

TITLE = "某省教育工作评价指标体系（虚构）"


def book(*sheets):
    """A workbook of sheets: name, rows, merged ranges."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows, merged in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
        for one in merged:
            sheet.merge_cells(one)
    data = BytesIO()
    made.save(data)
    return data.getvalue()


def case(data, leaves, total=100, issues=(), **more):
    return {"data": data, "leaves": leaves, "total": total, "issues": list(issues), **more}


def merged_ranks():
    rows = [
        [TITLE, "", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "分值", "评分标准"],
        ["A 党的领导", "A1 组织", "班子建设", 20, "由评委评定。"],
        ["", "", "党建工作", 20, "查阅会议记录。"],
        ["", "A2 思政", "思政课程", 10, "每发生一起扣2分。"],
        ["B 保障", "B1 经费", "两个只增不减", 50, "达到100%得满分"],
        ["合计", "", "", 100, ""],
        ["注：本表由省教育督导机构解释。", "", "", "", ""],
    ]
    leaves = [
        ("", "班子建设", 20),
        ("", "党建工作", 20),
        ("", "思政课程", 10),
        ("", "两个只增不减", 50),
    ]
    merged = ["A1:E1", "A3:A5", "B3:B4", "A8:E8"]
    return case(
        book(("体系", rows, merged)), leaves, branches=["党的领导", "组织", "思政", "保障", "经费"]
    )


def blanks_instead_of_merging():
    rows = [
        ["评价指标", "", "标准分", "数据来源"],
        ["一级指标", "二级指标", "", ""],
        ["规划", "布局规划", "10分", "规划文件、批复"],
        ["", "学位供给", "30分", "统计报表"],
        ["质量", "巩固率", "35分", ""],
        ["", "满意度", "25分", "问卷"],
    ]
    leaves = [("", "布局规划", 10), ("", "学位供给", 30), ("", "巩固率", 35), ("", "满意度", 25)]
    return case(book(("表", rows, ["A1:B1", "C1:C2", "D1:D2"])), leaves)


def names_on_every_line():
    rows = [["一级指标", "二级指标", "权重"]]
    pairs = [
        ("投入", "经费", "30%"),
        ("投入", "编制", "20%"),
        ("产出", "入学", "25%"),
        ("产出", "质量", "25%"),
    ]
    rows += [list(one) for one in pairs]
    leaves = [("", "经费", 30), ("", "编制", 20), ("", "入学", 25), ("", "质量", 25)]
    return case(book(("权重", rows, [])), leaves)


def outline_in_one_column():
    rows = [
        ["某县学校评估细则（虚构）"],
        ["一、办学方向（40分）"],
        ["（一）党建（15分）"],
        ["（二）德育（25分）"],
        ["1.课程（10分）"],
        ["2.活动（15分）"],
        ["二、管理（60分）"],
        ["（一）制度（20分）"],
        ["（二）安全（40分）"],
    ]
    leaves = [
        ("(一)", "党建", 15),
        ("1", "课程", 10),
        ("2", "活动", 15),
        ("(一)", "制度", 20),
        ("(二)", "安全", 40),
    ]
    return case(book(("细则", rows, [])), leaves)


def numbers_in_a_column():
    rows = [
        ["序号", "评价指标", "分值", "评分办法", "责任部门"],
        ["1", "条件", 40, "", ""],
        ["1.1", "校舍", 15, "现场查看", "计财股"],
        ["1.2", "教师", 25, "每缺一人扣1分", "人事股"],
        ["2", "管理", 60, "", ""],
        ["2.1", "常规", 60, "", "基教股"],
    ]
    leaves = [("1.1", "校舍", 15), ("1.2", "教师", 25), ("2.1", "常规", 60)]
    return case(book(("办法", rows, [])), leaves)


def shares_within_branches():
    rows = [
        ["A级指标", "权重", "B级指标", "权重", "评估标准"],
        ["资源", 0.4, "教师", 0.5, ""],
        ["", "", "用房", 0.5, ""],
        ["过程", 0.6, "课程", 0.25, ""],
        ["", "", "课堂", 0.75, ""],
    ]
    leaves = [("", "教师", 20), ("", "用房", 20), ("", "课程", 15), ("", "课堂", 45)]
    return case(book(("权重表", rows, ["A2:A3", "B2:B3"])), leaves)


def lines_across():
    rows = [
        ["考核细则（虚构）", "", "", "", ""],
        ["序号", "考核内容", "分值", "评分标准", "考核部门"],
        ["一、办学条件（40分）", "", "", "", ""],
        [1, "占地", 15, "达标得满分", "计财股"],
        [2, "图书", 25, "", "计财股"],
        ["二、队伍建设（60分）", "", "", "", ""],
        [3, "培训", 30, "", "人事股"],
        [4, "师德", 30, "查阅档案", "人事股"],
    ]
    leaves = [("1", "占地", 15), ("2", "图书", 25), ("3", "培训", 30), ("4", "师德", 30)]
    return case(book(("细则", rows, ["A1:E1", "A3:E3", "A6:E6"])), leaves)


def parts_on_sheets():
    first = [["指标", "分值"], ["规划", 20], ["经费", 30]]
    second = [["指标", "分值"], ["入学", 25], ["质量", 25]]
    leaves = [("", "规划", 20), ("", "经费", 30), ("", "入学", 25), ("", "质量", 25)]
    return case(
        book(("投入", first, []), ("产出", second, []), ("说明", [["本表说明"]], [])), leaves
    )


def what_does_not_add_up():
    rows = [
        ["一级指标", "分值", "二级指标", "分值"],
        ["甲", 50, "一项", 20],
        ["", "", "二项", 25],
        ["乙", 50, "三项", "5-10分"],
        ["", "", "四项", ""],
        ["", "", "三项", 20],
        ["合计", 100, "", ""],
    ]
    leaves = [
        ("", "一项", 20),
        ("", "二项", 25),
        ("", "三项", None),
        ("", "四项", None),
        ("", "三项", 20),
    ]
    issues = ["P-POINTS", "P-POINTS", "P-SUM", "P-SUM", "P-SUM", "P-TWICE"]
    return case(book(("坏表", rows, ["A2:A3", "B2:B3", "A4:A6", "B4:B6"])), leaves, 100, issues)


def several_systems():
    one = [["指标", "分值"], ["小学甲", 60], ["小学乙", 40]]
    two = [["指标", "分值"], ["初中甲", 50], ["初中乙", 50]]
    leaves = [("", "小学甲", 60), ("", "小学乙", 40)]
    return case(book(("小学", one, []), ("初中", two, [])), leaves, 100, ["P-SHEETS"])


def wide_letters_and_broken_names():
    rows = [
        ["一 级 指 标", "二级\n指标", "分　值"],
        ["１．办学\n方向", "（１）立德\n树人", "满分６０"],
        ["", "（２）五育　并举", "共４０分"],
    ]
    leaves = [("(1)", "立德树人", 60), ("(2)", "五育并举", 40)]
    return case(book(("全角", rows, ["A2:A3"])), leaves)


def heads_on_every_page():
    head = ["一级指标", "二级指标", "分值", "考核得分"]
    rows = [
        head,
        ["常规", "考勤", 30, ""],
        ["", "备课", 30, ""],
        ["小计", "", 60, ""],
        head,
        ["成效", "质量", 40, ""],
        ["小计", "", 40, ""],
        ["加减分", "获奖加分", 5, ""],
        ["总分", "", 100, ""],
    ]
    leaves = [("", "考勤", 30), ("", "备课", 30), ("", "质量", 40), ("", "获奖加分", 5)]
    return case(book(("两页", rows, ["A2:A3"])), leaves)


def several_rules_of_one_item():
    rows = [
        ["一级指标", "二级指标", "评分细则", "分值"],
        ["安全", "制度", "有制度", 10],
        ["", "", "有预案", 15],
        ["", "演练", "每月一次", 25],
        ["卫生", "食堂", "持证", 30],
        ["", "", "留样", 20],
    ]
    leaves = [("", "制度", 25), ("", "演练", 25), ("", "食堂", 50)]
    return case(book(("细则", rows, ["A2:A4", "B2:B3", "A5:A6", "B5:B6"])), leaves)


def modules_and_points():
    rows = [
        ["模块", "项目", "评价要点", "满分", "自评得分", "备注"],
        ["发展", "规划", "三年规划", 20, "", ""],
        ["", "", "年度计划", 20, "", ""],
        ["", "教研", "校本教研", 60, "", "每学期"],
    ]
    leaves = [("", "三年规划", 20), ("", "年度计划", 20), ("", "校本教研", 60)]
    return case(book(("模块", rows, ["A2:A4", "B2:B3"])), leaves)


def points_in_front():
    rows = [
        ["评估指标（虚构）", "", "", ""],
        ["权重", "指标体系", "", "评估方式"],
        ["", "一级指标", "二级指标", ""],
        [30, "条件", "①校舍", "实地"],
        [20, "", "②设备", "查阅台账"],
        [50, "过程", "①课堂", "听课"],
    ]
    leaves = [("①", "校舍", 30), ("②", "设备", 20), ("①", "课堂", 50)]
    merged = ["A1:D1", "A2:A3", "B2:C2", "D2:D3", "B4:B5"]
    return case(book(("前置", rows, merged)), leaves)


KNOWN = (
    merged_ranks,
    blanks_instead_of_merging,
    names_on_every_line,
    outline_in_one_column,
    numbers_in_a_column,
    shares_within_branches,
    lines_across,
    parts_on_sheets,
    what_does_not_add_up,
    several_systems,
)
HELD_OUT = (
    wide_letters_and_broken_names,
    heads_on_every_page,
    several_rules_of_one_item,
    modules_and_points,
    points_in_front,
)
