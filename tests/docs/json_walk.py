"""Every command that prints JSON, given once in one small workspace, as programs would give it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from click.testing import CliRunner

from xianxue.desk.accounts.records import SignedIn
from xianxue.desk.accounts.signing_in import Shown, sign_in
from xianxue.desk.cli import cli
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

CENTRAL, POINT, NINE, JUNIOR = "2163980001", "2163980002", "3163980001", "3163980002"
LEADER = ("--as", "批准人（虚构）", "--role", "leader")
OFFICE = ("--as", "审核员（虚构）")
WHY = ("--why", "虚构")
RULES = """\
change: wider_sports
term: 运动场地加码（虚构）
standard: balance_resources
criterion: sports_area_per_pupil
values:
  - {from: 2025-01-01, stage: primary, value: 12, source: xianxue-own, seen: own}
source: {document: xianxue-own, seen: own}
---
"""
LINE = """\
change: smaller_classes
term: 小学班额上限（虚构）
indicator: classes_within_norm
line: norm
values:
  - {from: 2025-01-01, stage: primary, value: 15, source: xianxue-own, seen: own}
source: {document: xianxue-own, seen: own}
"""
FIELDS = """\
change: own_buses
term: 校车统计（虚构）
form: school_annual
sheet: students
fields:
  - {field: bus_riders, term: 乘坐校车学生, type: integer, unit: person, min: 0}
source: {document: xianxue-own, seen: own}
"""
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%EOF\n"
DOCUMENT = "全县有小学2所、初中1所，共计4所。在校生由1000人增加到1780人，增长78%。\n"


def walk(root: Path) -> Iterator[tuple[str, Any]]:
    """Give the name of each command with what it printed, in an order in which all can be done."""
    _prepare(root)
    for part in (_year, _places, _rules, _way, _published, _accounts, _store):
        yield from part(root)


def _do(root: Path, name: str, *words: object) -> tuple[str, Any]:
    given = [*name.split(), *map(str, words)]
    if name not in {
        "appraise match",
        "plan balance",
        "plan layout",
        "restore",
        "catalogue check",
        "exams value-added",
        "exams items",
        "exams table",
        "ballots calls",
    }:
        given += ["--workspace", str(root)]
    done = CliRunner().invoke(cli, [*given, "--json"])
    # An exception ends with 1 too, and with nothing printed.
    assert done.stdout, (given, done.output, done.exception)
    assert done.exit_code in {0, 1}, (given, done.output)
    return name, json.loads(done.stdout)


def _year(root: Path) -> Iterator[tuple[str, Any]]:
    yield _do(root, "year open", "2026-2027")
    yield _do(root, "year take-back", "2026-2027")


def _places(root: Path) -> Iterator[tuple[str, Any]]:
    record = ("--reason", "虚构", "--document", "虚构〔2026〕1号")
    yield _do(root, "places list", "--all")
    yield _do(root, "places record", "renamed", "--day", "2026-08-30", "--code", CENTRAL,
              "--name", "新名小学（虚构）", *record)  # fmt: skip
    yield _do(root, "places record", "closed", "--day", "2026-08-30", "--code", "1", *record)
    yield _do(root, "places undo", "renamed", "--code", CENTRAL, "--reason", "虚构")
    yield _do(root, "places record", "merged", "--day", "2026-08-31", "--code", POINT,
              "--into", CENTRAL, *record)  # fmt: skip
    yield _do(root, "places events")
    yield _do(root, "places show", POINT)
    yield _do(root, "places show", CENTRAL)
    yield _do(root, "places basis", "--as-of", "2026-12-01")
    yield _do(root, "places compare", "pupils_all", "--as-of", "2026-12-01", "--all")
    yield _do(root, "places import", root.parent / "名单.csv")
    yield _do(root, "places import", root.parent / "文稿.txt")
    path = root / "places.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("甲校（虚构）", "乙校（虚构）"), encoding="utf-8-sig")
    yield _do(root, "places amend", "--reason", "虚构")
    path.write_text(text[: text.index("2163989999")], encoding="utf-8-sig")
    yield _do(root, "places amend", "--reason", "虚构")


def _rules(root: Path) -> Iterator[tuple[str, Any]]:
    yield _do(root, "catalogue check", root.parent / "bad")
    yield _do(root, "catalogue codes")
    yield _do(root, "catalogue codes", "school_types")
    yield _do(root, "catalogue diff", root.parent / "rules")
    yield _do(root, "catalogue diff", root.parent / "bad")
    yield _do(root, "indicators list")
    yield _do(root, "indicators show", "pupils_all")
    yield _do(root, "indicators show", "学历合格")
    yield _do(root, "indicators explain", "classes_within_norm")
    yield _do(root, "indicators explain", "pupils_all", "--place", CENTRAL)
    yield from _foreseen(root)
    yield _do(root, "assess")
    yield _do(root, "assess", "balance_resources")


def _foreseen(root: Path) -> Iterator[tuple[str, Any]]:
    years = range(2015, 2024)
    (root / "births.csv").write_text(
        f"place,{','.join(map(str, range(2008, 2026)))}\n639800,{','.join(['60'] * 18)}\n",
        encoding="utf-8",
    )
    lines = [f"{CENTRAL},G{grade},{','.join(['50'] * len(years))}" for grade in range(1, 7)]
    head = f"place,grade,{','.join(map(str, years))}"
    (root / "earlier_pupils.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    yield _do(root, "plan forecast", "--place", CENTRAL, "--stage", "primary")
    yield _do(root, "plan needs", "--place", CENTRAL, "--years", "1")
    yield _do(root, "plan needs", "--residents", "63000", "--rules", "zhumadian_2021")


def _way(root: Path) -> Iterator[tuple[str, Any]]:
    yield _do(root, "returns window", "school_annual", "--due", "2025-09-10", "--lock", "2099-12-31",
              *OFFICE, *WHY)  # fmt: skip
    yield _do(root, "returns extend", "--place", POINT, "--until", "2099-12-31", *OFFICE, *WHY)
    yield _do(root, "returns check", _book(root, CENTRAL))
    _edit(root, "spoil")
    yield _do(root, "returns check", _book(root, POINT))
    yield _do(root, "returns submit", _book(root, POINT), "--clerk", "甲", "--head", "乙")
    _edit(root, "correct")
    signed = ("--clerk", "甲（虚构）", "--head", "乙（虚构）", *WHY)
    yield _do(root, "returns submit", _book(root, CENTRAL), *signed)
    # Of a year nobody has filed for: what was filed is explained only where it was asked about.
    yield _do(root, "returns explain", "--place", CENTRAL, "--period", "2026-2027", "--rule",
              "R-USUAL", "--field", "students.G1.enrolled", "--value", "99", "--text", "虚构",
              "--as", "甲（虚构）")  # fmt: skip
    yield _do(root, "returns explanations")
    yield _do(root, "returns withdraw", "--place", CENTRAL, "--as", "甲（虚构）", *WHY)
    yield _do(root, "returns submit", _book(root, CENTRAL), *signed)
    yield _do(root, "returns review", "--place", CENTRAL, *OFFICE)
    yield _do(root, "returns send-back", "--place", CENTRAL, *OFFICE, *WHY,
              "--comment", "教职工!D8=请核对（虚构）")  # fmt: skip
    yield _do(root, "returns notice opinion", "--place", CENTRAL, "-o", root / "意见.docx")
    yield _do(root, "returns submit", _book(root, CENTRAL), *signed)
    yield _do(root, "returns review", "--place", CENTRAL, *OFFICE)
    yield _do(root, "returns pass-on", "--place", CENTRAL, "--as", "丙（虚构）")
    yield _do(root, "returns approve", "--place", CENTRAL, *LEADER)
    yield _do(root, "returns take-back", "--place", CENTRAL, *LEADER, *WHY)
    yield _do(root, "returns approve", "--place", CENTRAL, *LEADER)
    name, printed = _do(root, "returns print", "--place", CENTRAL, "-o", root / "纸.xlsx")
    yield name, printed
    scan = root.parent / "扫描.pdf"
    scan.write_bytes(PDF)
    yield _do(root, "returns attach-scan", scan, "--place", CENTRAL, "--revision",
              printed["revision"], "--digest", printed["content"][:16], "--as", "甲（虚构）")  # fmt: skip
    yield _do(root, "returns scans", "school_annual")
    yield _do(root, "returns status")
    yield _do(root, "returns remind", "school_annual")
    late = ("school_annual",)
    yield _do(root, "returns notice reminder", *late, "-o", root / "催报.docx")
    yield _do(root, "returns notice circular", *late, "-o", root / "通报.docx")
    yield _do(root, "returns trail", "--place", CENTRAL)
    yield _do(root, "returns duplicates", "school_annual")
    yield _do(root, "returns map", root.parent / "表.csv")


def _ledger_files(root: Path) -> Iterator[tuple[str, Any]]:
    book = root / "台账.xlsx"
    yield _do(root, "ledgers export", "hazards", "-o", book, *OFFICE)
    yield _do(root, "ledgers import", "hazards", book, *OFFICE)
    own = root.parent / "原有台账.csv"
    own.write_text(
        "学校,隐患情况,发现日期,领域,隐患等级,整改情况,备注\n"
        "东河镇中心小学,灯不亮,2025.9.3,消防,一般,已销号,急\n"
        "东河镇中心小学,墙裂,9月,校舍,一般,没弄,\n",
        encoding="utf-8",
    )
    yield _do(root, "ledgers map", own, *OFFICE)
    yield _do(root, "ledgers map", own, "--confirm", *OFFICE)
    rest = ("--confirm", "--leave", "-o", root / "余下.xlsx")
    yield _do(root, "ledgers map", own, *rest, *OFFICE)
    days = root / "节假日.csv"
    days.write_text("日期,类型,名称\n2099-10-01,放假,国庆节\n", encoding="utf-8")
    keeper = ("--as", "管理员（虚构）", "--role", "administrator")
    yield _do(root, "ledgers calendar import", days, *keeper)
    yield _do(root, "ledgers recompute", *keeper)
    yield _do(root, "ledgers findings", "balance_resources", *OFFICE)


def _examined(root: Path, table: Path) -> Iterator[tuple[str, Any]]:
    pupils = "".join(f"3163980002,{at // 12 + 1}班,{at},{60 + at}\n" for at in range(24))
    # Whoever is blank is noted, so that notes have something in them.
    table.write_text(f"学校,班级,考号,语文\n{pupils}3163980002,1班,99,\n", encoding="utf-8")
    named = ("--exam", "zhongkao", "--name", "模拟", "--day", "2026-05-20")
    yield _do(root, "exams load", table, *named)
    yield _do(root, "exams list")
    line = ("--document", "虚构文件", "--set")
    yield _do(root, "exams lines", "模拟", *line, "合格线=70")
    yield _do(root, "exams release", "模拟", "--as", "李四（虚构）")
    yield _do(root, "exams lines", "模拟", *line, "合格线=75")
    yield _do(root, "exams release", "模拟", "--as", "李四（虚构）")
    yield _do(root, "exams refer", "模拟", *line, "全市:合格线=60")
    yield _do(root, "exams show", "模拟")
    yield _do(root, "exams pupils", "模拟", "--why", "核对查分申请")
    table.write_text("考号,1,2\n答案,A,\n满分,2,4\n1,A,4\n2,B,1\n", encoding="utf-8")
    yield _do(root, "exams items", table)
    rows = "".join(f"3163980002,{at},女,七年级,{60 + at},70\n" for at in range(24))
    table.write_text(f"学校,考号,性别,年级,音乐,美术\n{rows}", encoding="utf-8")
    halves = ("--norms", "arts_equal", "--day", "2026-04-10")
    yield _do(root, "exams fitness", table, *halves)
    yield _do(root, "exams arts", table, *halves, "--name", "抽测")
    yield _do(root, "exams ranks", "抽测")
    yield _do(root, "exams destinations", "--year", "2026")


def _system(root: Path) -> Path:
    """A workbook with two items, of which one lacks its points, and a note."""
    book = openpyxl.Workbook()
    for row in (["一级指标", "分值"], ["规划", 60], ["经费"], ["注：虚构"]):
        book.active.append(row)
    book.save(root / "体系.xlsx")
    return root / "体系.xlsx"


def _attached(root: Path) -> Path:
    """Hand in a paper and a number for the county; give where their package goes."""
    paper, where = root / "规划.pdf", ("--place", "639800", "--workspace", str(root))
    paper.write_bytes(PDF)
    attach = ["appraise", "attach", "balance", str(paper), "--for", "g1/layout_plan", *where]
    number = ["appraise", "give", "balance", "50", "--item", "g14", "--document", "虚构", *where]
    for words in (attach, number):
        done = CliRunner().invoke(cli, words)
        assert not done.exception, done.exception
    return root / "迎检.zip"


def _sampled(root: Path, marks: Path) -> Iterator[tuple[str, Any]]:
    marks.write_text("分数,人数,累计\n695-750,3,3\n694,2,5\n693,4,9\n", encoding="utf-8")
    yield _do(root, "exams table", marks, "--lines", "694", "--against", marks)
    marks.write_text("学校,人数\n甲,1200\n乙,850\n", encoding="utf-8")
    yield _do(root, "ballots sample", "--schools", marks)
    post = '{"quota": 1, "ranking": [["甲", "乙"]]}'
    wishes = marks.with_suffix(".json")
    wishes.write_text(
        f'{{"teachers": {{"甲": ["A"], "乙": ["A"]}}, "posts": {{"A": {post}}}}}', encoding="utf-8"
    )
    yield _do(root, "appraise list")
    yield _do(root, "appraise score", "safe_campus")
    declare = ["appraise", "declare", "safe_campus", "甲（虚构）", "--workspace", str(root)]
    assert not CliRunner().invoke(cli, declare).exception
    yield _do(root, "appraise log", "safe_campus")
    for deed in (
        ["step", "safe_campus", "assess"],
        ["close", "safe_campus"],
        ["publish", "safe_campus"],
    ):
        done = CliRunner().invoke(cli, ["appraise", *deed, "--workspace", str(root)])
        assert not done.exception, done.output
    yield _do(root, "appraise consequences", "safe_campus")
    yield _do(root, "appraise diff", "safe_campus", "safe_campus", "--all")
    yield _do(root, "appraise import", _system(root))
    yield _do(root, "appraise package", "balance", "-o", _attached(root))
    yield _do(root, "appraise match", wishes)
    marks.write_text("岗位,姓名,面试,面试考场\nA,甲,80,一\nA,乙,70,二\n", encoding="utf-8")
    by = ("--for", "interview_two_decimals", "--places", "A=1")
    yield _do(root, "appraise contest", marks, *by)
    yield _do(root, "appraise match", wishes, "--why")
    asked = [{"school": name, "pupils": 100, "teachers": n} for name, n in (("甲", 9), ("乙", 1))]
    wishes.write_text(
        json.dumps({"schools": asked, "limit": 0.45, "floor": {"per_hundred": 6}, "hires": 2}),
        encoding="utf-8",
    )
    yield _do(root, "plan balance", wishes)
    schools = [{"school": "甲", "x": 0, "y": 0}, {"school": "乙", "x": 3, "y": 0}]
    villages = [
        {"village": name, "x": x, "y": 0, "pupils": 9} for name, x in (("东", 1), ("西", 3))
    ]
    wishes.write_text(
        json.dumps({"schools": schools, "villages": villages, "keep": 1}), encoding="utf-8"
    )
    yield _do(root, "plan layout", wishes, "--shadow")
    more = (CENTRAL, "staff.physical_education/primary", "1")
    yield _do(root, "plan suppose", "甲案", "--add", *more)
    yield _do(root, "plan rotation", "--on", "2026-09-01")
    yield _do(root, "plan tasks", "year", "--enter")
    plan = root.parent / "计划.docx"
    yield _do(root, "plan write", "year", "--suppose", "甲案", "-o", plan)
    yield _do(root, "ballots sample", "--table", "preschool_recognition", "--population", "246000")
    drawn = root.parent / "抽样.xlsx"
    marks.write_text("学校,类别,人数\n甲,家长,1200\n乙,家长,850\n", encoding="utf-8")
    yield _do(root, "ballots sample", marks, "--seed", "13", "-o", drawn)
    heads = "学校,类别,次序,主样本或替补,编号,结果"
    marks.write_text(
        f"{heads}\n甲,家长,1,主样本,7,I\n甲,家长,2,替补,8,I\n乙,家长,1,主样本,9,R\n",
        encoding="utf-8",
    )
    yield _do(root, "ballots calls", marks)
    yield from _voted(root, marks)


def _voted(root: Path, paper: Path) -> Iterator[tuple[str, Any]]:
    ballot, slips = "headmaster_election", root.parent / "票.txt"
    named = ("--round", "final", "--subject", "a=甲（虚构）", "--subject", "b=乙（虚构）")
    yield _do(root, "ballots open", ballot, *named)
    yield _do(root, "ballots slips", ballot, "-o", slips, "--many", "3")
    codes = [line.rpartition("/")[2] for line in slips.read_text("utf-8").splitlines()]
    where = ("--workspace", str(root))
    assert not CliRunner().invoke(cli, ["ballots", "burn", ballot, *codes, *where]).exception
    yield _do(root, "ballots list")
    yield _do(root, "ballots status", ballot)
    for by, many in (("录一（虚构）", 1), ("录二（虚构）", 2), ("录一（虚构）", 2)):
        paper.write_text(f"校长人选,张数\n甲（虚构）,{many}\n,1\n", encoding="utf-8")
        yield _do(root, "ballots enter", ballot, paper, "--by", by)
    yield _do(root, "ballots close", ballot)
    yield _do(root, "ballots count", ballot)
    yield _do(root, "ballots verify", ballot)
    two = ("某股室（虚构）", "某校（虚构）")
    subjects = [f"--subject={at}={name}" for at, name in enumerate(two)]
    _do(root, "ballots open", "conduct_review", *subjects)
    slips.unlink()
    _do(root, "ballots slips", "conduct_review", "-o", slips, "--many", "parents=12")
    codes = [line.rpartition("/")[2] for line in slips.read_text("utf-8").splitlines()]
    burnt = ["ballots", "burn", "conduct_review", *codes, *where]
    assert not CliRunner().invoke(cli, burnt).exception
    paper.write_text(
        f"{','.join(two)},类别,张数\n满意,不满意,家长,6\n不满意,满意,家长,6\n", encoding="utf-8"
    )
    for by in ("录一（虚构）", "录二（虚构）"):
        _do(root, "ballots enter", "conduct_review", paper, "--by", by)
    for deed in ("close", "count", "texts", "rank"):
        yield _do(root, f"ballots {deed}", "conduct_review")
    _do(root, "ballots open", "teaching_review")
    for deed in ("close", "count", "estimate"):
        yield _do(root, f"ballots {deed}", "teaching_review")


def _registered(root: Path) -> Iterator[tuple[str, Any]]:
    said = ["building=教学楼", "use=teaching", "area=1200", "built=1988", "structure=砖混"]
    said += ["in_use_from=1988-09-01", "grade=未鉴定", "need=不需要"]
    given = [word for one in said for word in ("--set", one)]
    _do(root, "ledgers record", "buildings", "--place", CENTRAL, *given, "--on", "2025-09-03", *OFFICE)  # fmt: skip
    yield _do(root, "ledgers risks")
    said = ["name=教师一（虚构）", "id_number=110105200001010016", "sex=女", "born_on=2000-01-01"]
    said += ["kind=专任教师", "stage=小学", "post=在编", "joined_on=2023-09-01", "came_by=公开招聘"]
    said += ["started_on=2023-09-01", "degree=本科", "qualified=是", "certified=是"]
    said += ["title=二级", "backbone=不是骨干"]
    given = [word for one in said for word in ("--set", one)]
    _do(root, "ledgers record", "teachers", "--place", CENTRAL, *given, "--on", "2025-09-03", *OFFICE)  # fmt: skip
    yield _do(root, "appraise eligible", "教师一（虚构）", "--for", "senior_teacher")


def _published(root: Path) -> Iterator[tuple[str, Any]]:
    marks = root.parent / "marks.csv"
    marks.write_text("id,raw\n1,90\n2,缺考\n3,61\n", encoding="utf-8")
    yield _do(root, "exams schemes")
    yield _do(root, "exams scale", marks, "--scheme", "standard_3_1_2")
    yield from _examined(root, marks)
    rows = [f"{school},{x},{x + school}" for school in range(3) for x in range(4)]
    marks.write_text("school,before,after\n" + "\n".join(rows), encoding="utf-8")
    named = ("--outcome", "after", "--intake", "before", "--school", "school")
    yield _do(root, "exams value-added", marks, *named)
    yield from _sampled(root, marks)
    yield _do(root, "ledgers deadline", "--from", "2025-09-26", "--working-days", "5")
    said = [
        "what=应急灯不亮",
        "found_on=2025-09-03",
        "found_by=学校自查",
        "domain=消防",
        "grade=一般",
    ]
    given = [word for one in said for word in ("--set", one)]
    yield _do(root, "ledgers record", "hazards", "--place", CENTRAL, *given, "--on", "2025-09-03", *OFFICE)  # fmt: skip
    said = ["measures=更换", "responsible=总务处", "due_on=2025-09-12", "plan=值守"]
    given = [word for one in said for word in ("--set", one)]
    yield _do(root, "ledgers step", "hazards", "2025-0001", "order", *given, "--on", "2025-09-05", *OFFICE)  # fmt: skip
    yield _do(root, "ledgers show", "hazards", "2025-0001")
    yield from _ledger_files(root)
    yield _do(root, "ledgers list")
    yield _do(root, "ledgers count", "hazards", "--period", "2025")
    yield _do(root, "ledgers explain", "hazards", "found", "--period", "2025")
    explain = ("appraise explain", "safe_campus", "--period", "2025", "--place", CENTRAL)
    for item in ("duties", "mended"):
        yield _do(root, *explain, "--item", item)
    yield from _registered(root)
    yield _do(root, "ledgers verify")
    yield _do(root, "ledgers person", "王某（虚构）", "-o", root / "本人.xlsx", *OFFICE, *WHY)
    yield _do(root, "ledgers due", "--on", "2025-09-10")
    yield _do(root, "targets set", "pupils_all", "2000", "--document", "虚构〔2026〕2号")
    yield _do(root, "targets list")
    book = root / "目标.xlsx"
    given = ["targets", "template", "-o", str(book), "--workspace", str(root)]
    assert CliRunner().invoke(cli, given).exit_code == 0
    yield _do(root, "targets import", book)
    yield _do(root, "returns release", *LEADER[:2])
    _edit(root, "again")
    yield _do(root, "returns accept", _book(root, JUNIOR), *WHY)
    yield _do(root, "returns accept", _book(root, POINT), *WHY)
    yield _do(root, "returns release", *LEADER[:2])
    yield _do(root, "release list")
    yield _do(root, "release show", "1")
    yield _do(root, "release diff", "1", "2")
    yield _do(root, "release verify")
    yield _do(root, "indicators show", "pupils_all")
    yield _do(root, "report coverage", _listed(root))
    yield _do(root, "report list")
    yield _do(root, "report slots", "annual_summary")
    yield _do(root, "report write", "annual_summary", "-o", root / "总结.docx")
    yield _do(root, "audit", root.parent / "文稿.txt", "--against", root)
    yield from _relayed(root)


def _relayed(root: Path) -> Iterator[tuple[str, Any]]:
    yield _do(root, "history read", _old(root))
    yield _do(root, "history take", _old(root))
    yield _do(root, "history show", "pupils")


def _old(root: Path) -> Path:
    path = root.parent / "2021年总结.txt"
    path.write_text("2021年总结（虚构）\n小学在校生800人，教师约60人。\n", encoding="utf-8")
    return path


def _listed(root: Path) -> Path:
    path = root.parent / "清单.csv"
    path.write_text("id,office\n004-010,学前\n999-999,办公室\n", encoding="utf-8")
    return path


def _accounts(root: Path) -> Iterator[tuple[str, Any]]:
    add = ("--name", "李四（虚构）", "--role", "auditor")
    yield _do(root, "accounts add", "li", *add)
    yield _do(root, "accounts add", "wang", "--name", "王五（虚构）", "--role", "leader",
              "--passwords", root.parent / "一.tsv")  # fmt: skip
    (root.parent / "账号.csv").write_text(
        "登录名,姓名,角色\nsun,孙七（虚构）,审计人员\n", encoding="utf-8"
    )
    yield _do(root, "accounts import", root.parent / "账号.csv",
              "--passwords", root.parent / "二.tsv")  # fmt: skip
    yield _do(root, "accounts list")
    lines = (root / "accounts.tsv").read_text("utf-8").splitlines()
    password = next(line.split("\t")[1] for line in lines if line.startswith("admin\t"))
    _sign_in(root, password)
    words = ["accounts", "token", "issue", "--as", "admin", "--name", "虚构"]
    made = CliRunner().invoke(cli, [*words, "--workspace", str(root)], input=f"{password}\n")
    assert made.exit_code == 0, made.output
    yield _do(root, "accounts token list")
    yield _do(root, "accounts sessions list")


def _sign_in(root: Path, password: str) -> None:
    """Sign in as a page does: no command does it."""
    ground = open_ground(Workspace.open(root))
    signed = sign_in(ground.gate, Shown("admin", password), "10.0.0.1", "虚构", clock.now())
    assert isinstance(signed, SignedIn)


def _store(root: Path) -> Iterator[tuple[str, Any]]:
    yield _do(root, "journal show")
    yield _do(root, "journal head")
    yield _do(root, "journal clock", *OFFICE)
    yield _do(root, "journal expire")
    yield _do(root, "backup", "-o", root.parent / "备份.zip")
    yield _do(root, "restore", root.parent / "备份.zip", root.parent / "恢复")
    _edit(root, "harm")
    yield _do(root, "journal verify")
    yield _do(root, "journal rebuild")


def _prepare(root: Path) -> None:
    made = CliRunner().invoke(cli, ["demo", str(root), "--example", "four_schools"])
    assert made.exit_code == 0, made.output
    for name, text in (("a", RULES.removesuffix("---\n")), ("b", LINE), ("c", FIELDS)):
        path = root.parent / "rules" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root.parent / "bad").mkdir()
    (root.parent / "bad" / "x.yaml").write_text("change: x\n", encoding="utf-8")
    (root.parent / "文稿.txt").write_text(DOCUMENT, encoding="utf-8")
    (root.parent / "名单.csv").write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    (root.parent / "表.csv").write_text(
        "学校,图书册数,奇怪的一列\n东河镇中心小学,15000,x\n不认识的学校,1,y\n", encoding="utf-8"
    )


def _book(root: Path, place: str) -> Path:
    return next((root / "workbooks").glob(f"*{place}*"))


def _edit(root: Path, what: str) -> None:
    """Do between two commands what a clerk does in a workbook, or somebody to a kept file."""
    if what == "correct":
        path = _book(root, CENTRAL)
        book = openpyxl.load_workbook(path)
        book["教职工"]["D8"].value = int(book["教职工"]["D8"].value) + 2
        book.save(path)
    elif what == "spoil":
        path = _book(root, POINT)
        book = openpyxl.load_workbook(path)
        book["学生"]["B4"].value = 25
        book["学生"]["C4"].value = 30
        book.save(path)
    elif what == "harm":
        path = next((root / "store" / "cabinet" / "tables").glob("*/students.parquet"))
        path.write_bytes(b"x")
    elif what == "again":
        path = _book(root, JUNIOR)
        book = openpyxl.load_workbook(path)
        book["教职工"]["D8"].value = int(book["教职工"]["D8"].value or 0) + 1
        book.save(path)
