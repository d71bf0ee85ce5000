"""Ledgers as offices keep them for themselves (all invented, 虚构), each of another habit.

The first ten are those that the reading was made with; the last five were written before it and
run only when it was done. What each says is written down by hand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill

EAST, MIDDLE, WEST, CLOUD = "2163980001", "3163980002", "3163980001", "2163980002"
RED, YELLOW, GREEN = "FFFF0000", "FFFFFF00", "FF92D050"


@dataclass
class Office:
    """One office's workbook, and what it says."""

    name: str
    ledger: str
    tabs: Mapping[str, Sequence[Sequence[Any]]]
    entries: Sequence[tuple[str, str, str, Mapping[str, Any]]]
    """Place, day of registration, state, some fields; in the order of the workbook."""
    merges: Mapping[str, Sequence[str]] = field(default_factory=dict)
    fills: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What the clerk has to say of words that nobody could know."""
    fixed: Mapping[str, str] = field(default_factory=dict)
    """What the clerk says of fields that the ledger has no column for."""
    left: frozenset[str] = frozenset()
    """Cells that are listed, by hand; those of titles and sums are counted among them."""
    second: str = ""
    """The ledger of a second table."""
    out: frozenset[int] = frozenset()
    """Lines that cannot be entries: what the card requires is not there."""

    @property
    def data(self) -> bytes:
        book = Workbook()
        book.remove(book.active)
        for tab, rows in self.tabs.items():
            sheet = book.create_sheet(tab)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
            for area in self.merges.get(tab, ()):
                sheet.merge_cells(area)
            for cell, colour in self.fills.get(tab, {}).items():
                sheet[cell].fill = PatternFill("solid", fgColor=colour)
        kept = BytesIO()
        book.save(kept)
        return kept.getvalue()


FOUND_BY = {"found_by": "学校自查"}
SEEN = [
    Office(
        "平铺，日期各写各的",
        "hazards",
        {
            "Sheet1": [
                ["2025年安全隐患排查整改台账（截至2025年9月30日）"],
                [
                    "序号",
                    "学校",
                    "隐患内容",
                    "排查日期",
                    "隐患类别",
                    "隐患级别",
                    "整改措施",
                    "责任人",
                    "整改时限",
                    "整改情况",
                ],
                [
                    1,
                    "东河镇中心小学",
                    "应急灯不亮",
                    "2025.9.3",
                    "消防",
                    "一般",
                    "更换",
                    "总务处",
                    "9月12日",
                    "已销号",
                ],
                [
                    2,
                    "东河镇初级中学",
                    "围墙开裂",
                    "9月4日",
                    "校舍",
                    "重大",
                    "加固",
                    "校长",
                    "2025年10月31日前",
                    "整改中",
                ],
                [
                    3,
                    "西山乡云上教学点",
                    "线路老化",
                    "二〇二五年九月五日",
                    "燃气用电",
                    "一般",
                    "换线",
                    "总务处",
                    "25/9/20",
                    "待复查",
                ],
                [
                    4,
                    "西山乡九年一贯制学校",
                    "灭火器过期",
                    45906,
                    "消防",
                    "一般",
                    "更换",
                    "总务处",
                    "9月中旬",
                    "未整改",
                ],
                ["合计", "", "4处", "", "", "", "", "", "", ""],
            ]
        },
        [
            (
                EAST,
                "2025-09-03",
                "closed",
                {
                    "what": "应急灯不亮",
                    "domain": "fire",
                    "grade": "general",
                    "due_on": "2025-09-12",
                },
            ),
            (
                MIDDLE,
                "2025-09-04",
                "fixing",
                {"domain": "building", "grade": "major", "due_on": "2025-10-31"},
            ),
            (CLOUD, "2025-09-05", "reported", {"domain": "gas_power", "due_on": "2025-09-20"}),
            (WEST, "2025-09-06", "found", {"responsible": "总务处"}),
        ],
        fixed=FOUND_BY,
        left=frozenset({"A1", "I6", "A7", "C7"}),
    ),
    Office(
        "两行合并的表头，单位合并",
        "hazards",
        {
            "隐患": [
                ["校园安全隐患整改情况表", "", "", "", "", "", "", "", ""],
                ["填报日期：2025年9月28日", "", "", "", "", "", "", "", ""],
                ["序号", "单位名称", "隐患排查", "", "", "整改", "", "", "备注"],
                ["", "", "隐患描述", "发现日期", "等级", "整改措施", "责任人", "完成时间", ""],
                [
                    1,
                    "东河镇中心小学",
                    "楼梯扶手松动",
                    "2025/9/1",
                    "一般",
                    "焊接",
                    "总务处",
                    "2025/9/10",
                    "暑期排查",
                ],
                [2, "", "消防通道堵塞", "2025/9/2", "一般", "清理", "德育处", "2025/9/2", ""],
                ["小计", "", "2", "", "", "", "", "", ""],
                [
                    3,
                    "东河镇初级中学",
                    "宿舍插座松动",
                    "2025/9/3",
                    "一般",
                    "更换",
                    "总务处",
                    "",
                    "等配件",
                ],
            ]
        },
        [
            (EAST, "2025-09-01", "closed", {"what": "楼梯扶手松动", "measures": "焊接"}),
            (EAST, "2025-09-02", "closed", {"what": "消防通道堵塞"}),
            (MIDDLE, "2025-09-03", "found", {"what": "宿舍插座松动"}),
        ],
        merges={"隐患": ["A1:I1", "A2:I2", "A3:A4", "B3:B4", "C3:E3", "F3:H3", "I3:I4", "B5:B6"]},
        fixed={**FOUND_BY, "domain": "校舍"},
        left=frozenset({"A1", "A2", "I5", "A7", "C7", "I8"}),
    ),
    Office(
        "颜色就是状态",
        "hazards",
        {
            "九月": [
                ["安全隐患台账"],
                ["学校名称", "隐患情况", "发现日期", "领域", "隐患等级", "整改期限"],
                ["东河镇中心小学", "护栏过低", "2025-09-01", "校舍", "一般隐患", "2025-09-15"],
                ["东河镇初级中学", "燃气软管老化", "2025-09-02", "燃气用电", "重大隐患", "尽快"],
                [
                    "西山乡云上教学点",
                    "校门无隔离",
                    "2025-09-03",
                    "校园周边",
                    "一般隐患",
                    "2025-09-30",
                ],
            ]
        },
        [
            (EAST, "2025-09-01", "closed", {"due_on": "2025-09-15"}),
            (MIDDLE, "2025-09-02", "found", {"grade": "major"}),
            (CLOUD, "2025-09-03", "fixing", {"domain": "surroundings"}),
        ],
        fills={
            "九月": {
                **{f"{at}3": GREEN for at in "ABCDEF"},
                **{f"{at}4": RED for at in "ABCDEF"},
                **{f"{at}5": YELLOW for at in "ABCDEF"},
            }
        },
        fixed=FOUND_BY,
        left=frozenset({"A1", "F4"}),
    ),
    Office(
        "督办台账，县里的事",
        "tasks",
        {
            "督办": [
                ["2025年度重点工作督办台账"],
                [
                    "序号",
                    "任务内容",
                    "任务来源",
                    "交办层级",
                    "交办人",
                    "交办日期",
                    "办结期限",
                    "牵头股室",
                    "预期成果",
                    "办理进度",
                    "存在问题",
                ],
                [
                    1,
                    "新增公办学位300个",
                    "民生实事",
                    "县委县政府",
                    "县政府办",
                    "2025年1月15日",
                    "2025年8月31日",
                    "项目",
                    "300个学位",
                    "已办结",
                    "",
                ],
                [
                    2,
                    "课后服务全覆盖",
                    "重点工作",
                    "教育局",
                    "局长",
                    "2025年2月10日",
                    "2025年12月31日",
                    "基教",
                    "覆盖100%",
                    "办理中",
                    "师资不足",
                ],
                [
                    3,
                    "食堂明厨亮灶",
                    "批示",
                    "县委县政府",
                    "分管副县长",
                    "2025年3月1日",
                    "2025年6月30日",
                    "安全",
                    "全部接入",
                    "待验收",
                    "",
                ],
            ]
        },
        [
            ("639800", "2025-01-15", "done", {"origin": "livelihood", "lead": "projects"}),
            (
                "639800",
                "2025-02-10",
                "working",
                {"origin": "target", "lead": "basic", "problem": "师资不足"},
            ),
            ("639800", "2025-03-01", "reported", {"origin": "instruction", "lead": "safety"}),
        ],
        left=frozenset({"A1"}),
    ),
    Office(
        "一张工作表两张表",
        "hazards",
        {
            "台账": [
                ["一、安全隐患台账"],
                ["学校", "隐患情况", "发现日期", "领域", "隐患等级", "整改情况"],
                ["东河镇中心小学", "吊扇晃动", "2025-09-01", "校舍", "一般", "已整改"],
                ["东河镇初级中学", "窨井盖破损", "2025-09-02", "校舍", "一般", "整改中"],
                [],
                ["二、应急演练台账"],
                ["学校", "演练名称", "演练日期", "演练种类", "参加学生数", "参加教职工数"],
                ["东河镇中心小学", "消防疏散演练", "2025-09-05", "消防疏散", 320, "18人"],
                ["西山乡云上教学点", "防溺水演练", "2025-09-08", "防溺水", 21, 3],
            ]
        },
        [
            (EAST, "2025-09-01", "closed", {"what": "吊扇晃动"}),
            (MIDDLE, "2025-09-02", "fixing", {"what": "窨井盖破损"}),
            (EAST, "2025-09-05", "held", {"pupils": 320, "teachers": 18}),
            (CLOUD, "2025-09-08", "held", {"kind": "drowning", "pupils": 21}),
        ],
        second="drills",
        fixed=FOUND_BY,
        left=frozenset({"A1", "A6"}),
    ),
    Office(
        "一校一张工作表，单位写在表名上",
        "hazards",
        {
            "东河镇初级中学": [
                ["隐患整改台账"],
                ["隐患情况", "发现日期", "领域", "隐患等级", "状态"],
                ["篮球架锈蚀", "2025-09-09", "校舍", "一般", "已销号"],
            ],
            "西山乡云上教学点": [
                ["隐患整改台账"],
                ["隐患情况", "发现日期", "领域", "隐患等级", "状态"],
                ["厨房无防蝇设施", "2025-09-10", "食品", "一般", "整改中"],
            ],
        },
        [
            (MIDDLE, "2025-09-09", "closed", {"what": "篮球架锈蚀"}),
            (CLOUD, "2025-09-10", "fixing", {"domain": "food"}),
        ],
        fixed=FOUND_BY,
        left=frozenset({"A1"}),
    ),
    Office(
        "现场办公，资金写万元",
        "on_site_work",
        {
            "问题": [
                ["现场办公问题台账（单位：万元）"],
                [
                    "提出的问题",
                    "现场办公日期",
                    "带队领导",
                    "带队层级",
                    "问需对象",
                    "问题类别",
                    "牵头股室",
                    "承诺办结日期",
                    "当场答复解决",
                    "解决资金（万元）",
                    "办理结果",
                    "办理情况",
                ],
                [
                    "操场积水",
                    45726,
                    "局长",
                    "局领导",
                    "学校",
                    "校舍和场地",
                    "项目",
                    45838,
                    "否",
                    12.5,
                    "已排水硬化",
                    "已解决",
                ],
                [
                    "缺音乐教师",
                    45726,
                    "局长",
                    "局领导",
                    "教师",
                    "教师和编制",
                    "人事",
                    45900,
                    "否",
                    "",
                    "",
                    "办理中",
                ],
            ]
        },
        [
            ("639800", "2025-03-10", "closed", {"money": 12500000, "due_on": "2025-06-30"}),
            ("639800", "2025-03-10", "working", {"topic": "teachers"}),
        ],
        left=frozenset({"A1"}),
    ),
    Office(
        "按学校分段，小标题是单位",
        "hazards",
        {
            "汇总": [
                ["安全隐患排查汇总"],
                ["序号", "隐患情况", "发现日期", "领域", "隐患等级", "整改情况"],
                ["一、东河镇中心小学（2处）", "", "", "", "", ""],
                [1, "护窗无逃生口", "2025.9.1", "消防", "一般", "已完成"],
                [2, "台阶破损", "2025.9.2", "校舍", "一般", "未完成"],
                ["二、西山乡九年一贯制学校（1处）", "", "", "", "", ""],
                [1, "配电箱无锁", "2025.9.3", "燃气用电", "一般", "√"],
            ]
        },
        [
            (EAST, "2025-09-01", "closed", {"what": "护窗无逃生口"}),
            (EAST, "2025-09-02", "found", {"what": "台阶破损"}),
            (WEST, "2025-09-03", "closed", {"what": "配电箱无锁"}),
        ],
        merges={"汇总": ["A3:F3", "A6:F6"]},
        fixed=FOUND_BY,
        left=frozenset({"A1", "A3", "A6"}),
    ),
    Office(
        "信访登记，限阅，简称和同上",
        "petitions",
        {
            "信访": [
                ["2025年信访登记台账"],
                [
                    "信访事项",
                    "收到日期",
                    "来源",
                    "事项类别",
                    "性质",
                    "来访人数",
                    "信访人",
                    "是否涉及具体人员",
                    "办理情况",
                    "备注",
                ],
                [
                    "反映食堂价格",
                    "3月5日",
                    "来信",
                    "安全和食品",
                    "建议意见",
                    1,
                    "甲某（虚构）",
                    "否",
                    "已办结",
                    "已电话答复",
                ],
                [
                    "反映补课",
                    "3月9日",
                    "来电",
                    "收费和有偿补课",
                    "检举控告",
                    1,
                    "乙某（虚构）",
                    "是",
                    "待办",
                    "匿名",
                ],
            ]
        },
        [
            ("639800", "2025-03-05", "closed", {"channel": "letter", "petitioner": "甲某（虚构）"}),
            ("639800", "2025-03-09", "received", {"about_person": 1}),
        ],
        left=frozenset({"A1", "J3", "J4"}),
    ),
    Office(
        "督导问题，单位空着照上一行",
        "inspection_findings",
        {
            "督导": [
                ["督导问题整改台账"],
                [
                    "学校",
                    "发现的问题",
                    "发现日期",
                    "发现途径",
                    "问题类别",
                    "严重程度",
                    "整改结果",
                    "整改情况",
                    "整改完成时间",
                ],
                [
                    "东河镇中心小学",
                    "作业总量偏大",
                    "2025-04-02",
                    "经常性督导",
                    "双减和五项管理",
                    "一般",
                    "已压减",
                    "整改完毕",
                    "2025-04-20",
                ],
                [
                    "",
                    "眼保健操未落实",
                    "2025-04-02",
                    "经常性督导",
                    "课程和教学",
                    "一般",
                    "",
                    "正在整改",
                    "",
                ],
                [
                    "东河镇初级中学",
                    "消防器材过期",
                    "2025-04-03",
                    "专项督导",
                    "安全和食品",
                    "严重",
                    "",
                    "复查不合格",
                    "",
                ],
            ]
        },
        [
            (EAST, "2025-04-02", "closed", {"topic": "burden", "result": "已压减"}),
            (EAST, "2025-04-02", "mending", {"topic": "curriculum"}),
            (MIDDLE, "2025-04-03", "failed", {"weight": "serious"}),
        ],
        left=frozenset({"A1"}),
    ),
]
HELD = [
    Office(
        "检查汇总，说法不同",
        "hazards",
        {"检查": [
            ["秋季开学安全检查发现隐患汇总"],
            ["受检单位", "检查时间", "发现的隐患", "隐患种类", "等级", "整改责任人", "要求完成时间", "目前进展"],
            ["东河镇中心小学", "25.9.3", "疏散标志缺失", "消防", "一般", "总务主任", "2025/9/12前", "已完成整改"],
            ["东河镇初级中学", "25.9.3", "食堂留样不全", "食品", "一般", "后勤主任", "2025/9/15前", "正在整改"],
            ["西山乡云上教学点", "25.9.4", "水塘无围栏", "溺水", "重大", "负责人", "2025/9/30前", "尚未整改"],
        ]},
        [
            (EAST, "2025-09-03", "closed", {"what": "疏散标志缺失", "due_on": "2025-09-12"}),
            (MIDDLE, "2025-09-03", "fixing", {"domain": "food"}),
            (CLOUD, "2025-09-04", "found", {"grade": "major"}),
        ],
        fixed={"found_by": "上级检查"},
        left=frozenset({"A1"}),
    ),
    Office(
        "督办，颜色和词混着用",
        "tasks",
        {"Sheet1": [
            ["教育局重点任务清单（截至2025年6月30日）"],
            ["重点任务", "来源", "层级", "交办人", "交办时间", "完成时限", "牵头科室", "预期成效", "完成情况"],
            ["校园食堂改造", "民生实事", "县委县政府", "县政府办", "2025-01-10", "2025-05-30", "后勤", "改造6个", "已完成"],
            ["教师招聘", "目标任务", "教育局", "局长", "2025-02-01", "2025-08-30", "人事", "招聘40人", ""],
            ["集团化办学", "目标任务", "教育局", "局长", "2025-02-01", "2025-12-30", "基教", "组建2个", ""],
        ]},
        [
            ("639800", "2025-01-10", "done", {"lead": "projects"}),
            ("639800", "2025-02-01", "working", {"lead": "personnel"}),
            ("639800", "2025-02-01", "assigned", {"lead": "basic"}),
        ],
        fills={"Sheet1": {"I4": YELLOW, "I5": RED}},
        words={("lead", "后勤"): "projects"},
        left=frozenset({"A1"}),
    ),
    Office(
        "督导反馈，学校合并，有填表人",
        "inspection_findings",
        {"反馈": [
            ["2025年春季督导反馈问题整改台账", "", "", "", "", "", ""],
            ["被督导学校", "发现问题", "督导日期", "督导方式", "类别", "程度", "整改落实情况"],
            ["西山乡九年一贯制学校", "课程表与实际不符", "3月12日", "综合督导和评估", "课程和教学", "一般问题", "整改到位"],
            ["", "校服采购公示不全", "3月12日", "综合督导和评估", "收费和招生", "一般问题", "推进中"],
            ["东河镇中心小学", "专任教师缺口", "3月15日", "综合督导和评估", "教师队伍", "严重问题", "长期坚持"],
            ["填表人：（虚构）", "", "", "审核人：", "", "", ""],
        ]},
        [
            (WEST, "2025-03-12", "closed", {"topic": "curriculum"}),
            (WEST, "2025-03-12", "mending", {"topic": "fees"}),
            (EAST, "2025-03-15", "mending", {"weight": "serious"}),
        ],
        merges={"反馈": ["A1:G1", "A3:A4"]},
        left=frozenset({"A1", "A6", "D6"}),
    ),
    Office(
        "演练，表头每页重印，日期没有年",
        "drills",
        {"演练": [
            ["2025年应急疏散演练统计表"],
            ["学校", "演练内容", "演练时间", "演练类型", "参演学生", "参演教师", "用时（秒）"],
            ["东河镇中心小学", "地震疏散", "5月12日", "防震减灾", "318人", "19人", 125],
            ["东河镇初级中学", "消防疏散", "5.13", "消防疏散", "402人", "33人", 170],
            ["学校", "演练内容", "演练时间", "演练类型", "参演学生", "参演教师", "用时（秒）"],
            ["西山乡云上教学点", "防溺水", "6月上旬", "防溺水", "20人", "3人", ""],
        ]},
        [
            (EAST, "2025-05-12", "held", {"pupils": 318, "seconds": 125}),
            (MIDDLE, "2025-05-13", "held", {"teachers": 33}),
        ],
        out=frozenset({6}),
        left=frozenset({"A1", "A5", "B5", "C5", "D5", "E5", "F5", "G5", "C6"}),
    ),
    Office(
        "会议活动，没有单位一列，日期带星期",
        "meetings",
        {"会议": [
            ["局机关会议活动登记（2025年）"],
            ["会议名称", "类别", "级别", "召开日期", "天数", "地点", "主办单位", "由本县承办", "应到人数", "实到人数", "议题", "议定事项数", "被市级以上信息刊发", "记录人"],
            ["全县教育工作会", "全县工作会", "县级", "2025年2月20日（星期四）", 1, "县会议中心", "教育局", "是", "120人", "118人", "部署全年工作", 6, "否", "办公室"],
            ["安全工作现场会", "现场会", "县级", date(2025, 3, 6), 1, "东河镇中心小学", "教育局", "是", 66, 64, "校园安全", 3, "否", "安全股"],
        ]},
        [
            ("639800", "2025-02-20", "entered", {"attended": 118, "decisions": 6}),
            ("639800", "2025-03-06", "entered", {"location": "东河镇中心小学"}),
        ],
        left=frozenset({"A1", "N3", "N4"}),
    ),
]  # fmt: skip
TODAY = date(2025, 10, 8)
