"""One invented document of each kind (虚构): no school, office or person in it exists."""

from __future__ import annotations

from datetime import date

from national import national

from xianxue.bureau.report.official.paper import Attachment, Paper
from xianxue.bureau.report.text import Heading, Paragraph, TextTable

SHELF = national().shelf
DAY = date(2026, 12, 6)
BUREAU = "虚构县教育局"


def says(*texts):
    return tuple(Paragraph((text,)) for text in texts)


def heading(number, text, level=1):
    return Heading(level, number, (text,))


def cells(*row):
    return tuple((cell,) for cell in row)


LIST = TextTable(
    "",
    ("序号", "学校名称", "缺报表册"),
    (cells("1", "北坡小学", "学校年度报表"), cells("2", "南湾小学", "学校年度报表")),
)

PAPERS = {
    "notice": Paper(
        title="关于开展校舍安全排查工作的通知",
        issuer=BUREAU,
        on=DAY,
        number="虚教发〔2026〕5号",
        addressee="各中心校，县直各学校",
        blocks=(
            *says(
                "为切实做好冬季校舍安全工作，经研究，决定在全县开展一次排查。现将有关事项通知如下。"
            ),
            heading("一、", "排查范围"),
            *says("各校教学用房、学生宿舍、食堂、围墙和厕所，共25所学校、118幢建筑，逐幢登记。"),
            heading("二、", "时间安排"),
            heading("（一）", "自查。", 2),
            *says("2026年12月20日前完成，登记表由校长签名后留存。"),
            heading("（二）", "核查。", 2),
            *says("2027年1月10日前由各中心校逐校核查。"),
        ),
        closing="特此通知。",
        attachments=(
            Attachment(title="校舍安全排查登记表", blocks=(LIST,)),
            Attachment(title="填表说明", blocks=says("一幢一行，不得合并。")),
        ),
        remark="联系人：＿＿＿＿＿＿；联系电话：＿＿＿＿＿＿",
        copies="县人民政府办公室，县住房和城乡建设局，县消防救援大队，县应急管理局，县市场监督管理局",
    ),
    "letter": Paper(
        title="关于商请核定2027年城乡义务教育\n公用经费补助资金的函",
        issuer=BUREAU,
        on=DAY,
        number="虚教函〔2026〕12号",
        addressee="县财政局",
        blocks=says(
            "2026年秋季学期全县义务教育学校在校生12,345人，其中寄宿生2,310人。",
            "请贵局按现行标准核定2027年公用经费补助资金，并纳入年初预算。",
        ),
        closing="请予支持为盼。",
        remark="联系人：＿＿＿＿＿＿；联系电话：＿＿＿＿＿＿",
        copies="县人民政府办公室",
    ),
    "circular": Paper(
        title="关于2026年秋季学期开学检查情况的通报",
        issuer=BUREAU,
        on=DAY,
        number="虚教通〔2026〕3号",
        addressee="各中心校，县直各学校",
        blocks=says("9月上旬，我局对25所学校的开学工作进行了检查。现将有关情况通报如下。"),
        closing="特此通报。",
    ),
    "minutes": Paper(
        title="研究校舍维修改造有关问题的会议纪要",
        issuer=BUREAU,
        on=DAY,
        number="第7期",
        blocks=says(
            "12月4日下午，局长办公会议研究了校舍维修改造有关问题。会议议定：列入维修的3所学校于2027年8月20日前完工。"
        ),
        attendance={
            "出席": ("甲局长", "乙副局长", "丙副局长"),
            "请假": ("丁副局长",),
            "列席": ("计划财务股负责人", "项目办负责人", "北坡小学负责人", "南湾小学负责人"),
        },
        copies="局领导，各股室，有关学校",
    ),
    "supervision_slip": Paper(
        title="督办单",
        issuer=BUREAU,
        on=DAY,
        number="编号：督〔2026〕9号",
        boxes={
            "source": "12月4日局长办公会议",
            "lead": "项目办",
            "support": "计划财务股",
            "given": "2026年12月6日",
            "due": "2026年12月20日",
            "matter": "北坡小学厕所改造的招标文件至今没有上报。",
            "wanted": "12月20日前报出，并说明迟延的原因。",
        },
    ),
    "rectification": Paper(
        title="限期整改通知书",
        issuer=BUREAU,
        on=DAY,
        number="虚教改〔2026〕2号",
        addressee="南湾小学",
        blocks=(
            *says(
                "2026年12月2日，我局依照有关办学条件标准对你校进行了检查。经查，你校存在以下问题。"
            ),
            TextTable(
                "检查情况",
                ("项目", "标准值", "实际值", "差距"),
                (
                    cells("班额（人）", "≤45", "52", "7"),
                    cells("生均图书（册）", "≥25", "18", "7"),
                ),
            ),
            *says(
                "请你校于2027年3月1日前整改到位，并书面报告整改情况，我局将组织复查。",
                "对上述事实有异议的，可于2026年12月13日前书面陈述、申辩。",
            ),
        ),
        closing="逾期未整改或者整改不到位的，将依照有关规定处理。",
    ),
    "inspection_opinion": Paper(
        title="督导意见书",
        issuer="虚构县人民政府教育督导委员会办公室",
        on=DAY,
        number="虚政教督〔2026〕4号",
        addressee="北坡小学",
        blocks=(
            *says(
                "2026年11月16日至18日，督导组对你校进行了综合督导。初步意见已经反馈，你校没有提出申辩。"
            ),
            heading("一、", "总体评价"),
            *says("学校管理有序，办学行为规范。"),
            heading("二、", "存在问题"),
            *says("实验室使用登记不全，图书更新不足。"),
            heading("三、", "整改要求"),
            *says("请于2027年2月28日前完成整改。"),
        ),
        closing="请根据本意见书进行整改，并将整改情况书面报告我办。",
    ),
}
