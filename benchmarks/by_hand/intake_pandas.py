"""The same checks as a careful person would write them for this one form: in pandas.

Workbooks are read with python-calamine, or with openpyxl in its read-only mode, which is its
quickest; the cells of a hundred workbooks go into one long table, and pandas checks all of them at
once. Only texts where numbers
are asked are looked at one by one. The form's fields, bounds and comparisons are written out here.
"""

# Each reader is imported only where it is the one that is measured.
# ruff: noqa: PLC0415

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd

TABS = {
    "basic": "学校基本情况",
    "classes": "班级",
    "students": "学生",
    "cohort": "毕业生学籍变动",
    "staff": "教职工",
    "premises": "校舍与设备",
    "special_rooms": "音美专用教室",
}
DOWN = {"basic", "cohort", "staff", "premises"}
LISTS = {"classes", "special_rooms"}
PERSON, YUAN, AREA = ("person", 0), ("yuan", 2), ("area", 2)
FIELDS = {
    "basic": {
        "school_code": ("学校标识码", "text"),
        "name": ("学校名称", "text"),
        "school_type": ("办学类型", "school_types"),
        "sponsor": ("举办者", "sponsors"),
        "urban_rural": ("城乡分类", "urban_rural"),
        "township": ("所在乡镇", "text"),
        "opened_year": ("建校年份", "year"),
        "planned_year": ("规划设计年份", "year"),
        "boarding": ("是否寄宿制学校", "yes_no"),
        "charter": ("有无学校章程", "yes_no"),
        "digital_management": ("是否实现管理与教学信息化", "yes_no"),
        "public_funds_budget": ("公用经费预算", YUAN),
        "training_funds": ("教师培训经费", YUAN),
    },
    "classes": {
        "grade": ("年级", "grades"),
        "name": ("班级名称", "text"),
        "pupils": ("班级人数", PERSON),
    },
    "students": {
        "enrolled": ("在校生数", PERSON),
        "girls": ("其中女生", PERSON),
        "boarders": ("寄宿生", PERSON),
        "migrant": ("随迁子女", PERSON),
        "left_behind": ("留守儿童", PERSON),
        "disabled": ("随班就读残疾学生", PERSON),
        "new_entrants": ("招生数", PERSON),
        "transferred_in": ("转入", PERSON),
        "transferred_out": ("转出", PERSON),
        "deaths": ("死亡", PERSON),
    },
    "cohort": {
        "graduates": ("毕业生数", PERSON),
        "promoted": ("升入上一级学校人数", PERSON),
        "entrants": ("入学时人数", PERSON),
        "in_moves": ("期间转入", PERSON),
        "out_moves": ("期间转出", PERSON),
        "deaths": ("期间死亡", PERSON),
    },
    "staff": {
        "teachers": ("专任教师", PERSON),
        "qualified": ("学历合格教师", PERSON),
        "over_qualified": ("高于规定学历教师", PERSON),
        "senior": ("高级职称", PERSON),
        "intermediate": ("中级职称", PERSON),
        "backbone": ("县级以上骨干教师", PERSON),
        "physical_education": ("体育教师", PERSON),
        "music": ("音乐教师", PERSON),
        "art": ("美术教师", PERSON),
        "certified": ("持教师资格证", PERSON),
        "hours_360": ("近五年满 360 学时", PERSON),
        "exchange_eligible": ("符合交流条件教师", PERSON),
        "exchanged": ("本学年交流教师", PERSON),
        "exchanged_backbone": ("其中骨干教师", PERSON),
        "posts": ("编制数", PERSON),
        "in_post": ("在编人数", PERSON),
        "other_staff": ("其他教职工", PERSON),
    },
    "premises": {
        "building_area": ("校舍建筑面积", AREA),
        "teaching_area": ("教学及辅助用房面积", AREA),
        "indoor_sports_area": ("其中室内体育用房面积", AREA),
        "outdoor_sports_area": ("运动场地面积", AREA),
        "equipment_value": ("教学仪器设备值", YUAN),
        "multimedia_rooms": ("网络多媒体教室", ("room", 0)),
        "books": ("图书", ("volume", 0)),
    },
    "special_rooms": {
        "kind": ("种类", "room_kinds"),
        "area": ("面积", AREA),
        "built_year": ("建成年份", "year"),
    },
}
OPTIONAL = {("basic", "opened_year"), ("basic", "planned_year")}
FIRST_GRADES = {"G1", "G7", "G10"}
KINDERGARTEN = {"K1", "K2", "K3", "KM"}
LEAST = {("special_rooms", "area"): 1}
USUAL = {("classes", "pupils"): (3, 55), ("special_rooms", "area"): (40, 300)}
YEARS = (1800, 2199)
UNITS = {
    "person": "人|名|位|个|个人",
    "yuan": "元|块|圆",
    "area": "平方米|平米|m2|平方",
    "room": "间|个",
    "volume": "册|本",
}
WORDS = {"不适用": "none", "不公开": "withheld"}
AT_MOST = [
    ("students_girls", "students", ["girls"], ["enrolled"]),
    ("students_boarders", "students", ["boarders"], ["enrolled"]),
    ("students_migrant", "students", ["migrant"], ["enrolled"]),
    ("students_left_behind", "students", ["left_behind"], ["enrolled"]),
    ("students_disabled", "students", ["disabled"], ["enrolled"]),
    ("promoted_graduates", "cohort", ["promoted"], ["graduates"]),
    (
        "graduates_cohort",
        "cohort",
        ["graduates"],
        ["entrants", "in_moves", "-out_moves", "-deaths"],
    ),
    ("out_moves_cohort", "cohort", ["out_moves", "deaths"], ["entrants", "in_moves"]),
    ("staff_qualified", "staff", ["qualified"], ["teachers"]),
    ("staff_certified", "staff", ["certified"], ["teachers"]),
    ("staff_hours_360", "staff", ["hours_360"], ["teachers"]),
    ("staff_exchange_eligible", "staff", ["exchange_eligible"], ["teachers"]),
    ("staff_exchanged", "staff", ["exchanged"], ["teachers"]),
    ("staff_backbone", "staff", ["backbone"], ["teachers"]),
    ("staff_over_qualified", "staff", ["over_qualified"], ["qualified"]),
    ("staff_titles", "staff", ["senior", "intermediate"], ["teachers"]),
    ("staff_subjects", "staff", ["physical_education", "music", "art"], ["teachers"]),
    ("staff_exchanged_eligible", "staff", ["exchanged"], ["exchange_eligible"]),
    ("staff_exchanged_backbone", "staff", ["exchanged_backbone"], ["exchanged"]),
    ("staff_backbone_exchanged", "staff", ["exchanged_backbone"], ["backbone"]),
    ("staff_in_post", "staff", ["in_post"], ["teachers", "other_staff"]),
    ("staff_posts", "staff", ["in_post"], ["posts"]),
    ("teaching_building_area", "premises", ["teaching_area"], ["building_area"]),
    ("indoor_teaching_area", "premises", ["indoor_sports_area"], ["teaching_area"]),
    ("training_public_funds", "basic", ["training_funds"], ["public_funds_budget"]),
]
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[+-]?\.\d+")
COLUMNS = ["file", "sheet", "line", "field", "raw", "cell"]


# ── reading ─────────────────────────────────────────────────────────────────


@lru_cache(maxsize=10_000)
def plain(text):
    """Set width, spaces and case aside."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).lower()


def with_openpyxl(path):
    """Give the rows of each sheet that is looked at."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = {
        tab: list(book[tab].iter_rows(values_only=True))
        for tab in ("_xianxue", *TABS.values())
        if tab in book.sheetnames
    }
    book.close()
    return rows


def with_calamine(path):
    """Give the rows of each sheet that is looked at."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    there = set(book.sheet_names)
    return {
        tab: book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
        for tab in ("_xianxue", *TABS.values())
        if tab in there
    }


def read(path, world, rows_of):
    """Read a workbook's cells: what the hidden sheet says, and a line a cell."""
    sheets = rows_of(path)
    head = {row[0]: row[1] for row in sheets["_xianxue"]}
    cells = []
    for sheet, tab in TABS.items():
        if tab in sheets:
            rows = sheets[tab]
            found = _down(sheet, rows, world) if sheet in DOWN else _across(sheet, rows, world)
            cells += [(path.name, sheet, *cell) for cell in found]
    return {"file": path.name, "place": str(head["place"]), "period": head["period"]}, cells


def _down(sheet, rows, world):
    stages = world["codes"]["teaching_stages"]
    terms = {term: field for field, (term, _) in FIELDS[sheet].items()}
    at = {3: ""} if sheet in {"basic", "premises"} else {}
    at = at or {n: stages[head] for n, head in enumerate(rows[0]) if head in stages}
    for number, row in enumerate(rows[1:], 2):
        field = terms.get(row[0])
        if field:
            for column, line in at.items():
                raw = row[column] if column < len(row) else None
                yield line, field, raw, f"{'ABCDEFG'[column]}{number}"


def _across(sheet, rows, world):
    grades = world["codes"]["grades"]
    terms = {term: field for field, (term, _) in FIELDS[sheet].items()}
    at = {n: terms[head] for n, head in enumerate(rows[0]) if head in terms}
    for number, row in enumerate(rows[3:], 4):
        line = str(number) if sheet in LISTS else grades.get(row[0])
        if line is None or all(row[column] in {None, ""} for column in at):
            continue
        for column, field in at.items():
            if field != "new_entrants" or line in FIRST_GRADES:
                raw = row[column] if column < len(row) else None
                yield line, field, raw, f"{'ABCDEFGHIJKL'[column]}{number}"


# ── values ──────────────────────────────────────────────────────────────────


def values(cells, world):
    """Add to each cell its value, in smallest steps or as a code, and its state."""
    kinds = {(s, f): kind for s, fields in FIELDS.items() for f, (_, kind) in fields.items()}
    pairs = pd.MultiIndex.from_frame(cells[["sheet", "field"]])
    kind = pd.Series(pairs.map(kinds), index=cells.index)
    decimals = kind.map(lambda k: k[1] if isinstance(k, tuple) else 0)
    blank = cells["raw"].map(lambda raw: raw is None or (isinstance(raw, str) and not raw.strip()))
    asks_number = kind.map(lambda k: isinstance(k, tuple) or k == "year")
    is_number = cells["raw"].map(lambda raw: isinstance(raw, int | float))
    is_year = (kind == "year").to_numpy()
    numbers = pd.to_numeric(cells["raw"].where(is_number & asks_number), errors="coerce")
    steps = numbers * 10.0**decimals
    exact = (steps.round() / 10.0**decimals) == numbers
    exact &= ~is_year | numbers.between(*YEARS)
    known = steps.round().where(exact)
    state = [
        "known" if k else "blank" if b else "unread"
        for k, b in zip(known.notna(), blank, strict=True)
    ]
    number, text, remark = known.tolist(), [None] * len(cells), [None] * len(cells)
    for at, (raw, asked) in enumerate(zip(cells["raw"], kind, strict=True)):
        if state[at] == "unread":
            whole = isinstance(raw, float) and raw.is_integer()
            said = str(int(raw) if whole else raw).strip()
            if said in WORDS:
                state[at] = WORDS[said]
                continue
            value, remark[at] = _value(said, asked, world)
            if value is not None:
                state[at] = "known"
                if isinstance(value, str):
                    text[at] = value
                else:
                    number[at] = value
    return cells.assign(
        kind=kind,
        number=pd.Series(number, dtype=float),
        text=pd.Series(text, dtype=object),
        remark=pd.Series(remark, dtype=object),
        state=pd.Series(state, dtype=object),
    )


def _value(text, asked, world):
    if isinstance(asked, tuple):
        return _amount(text, *asked)
    if asked == "text":
        return text, None
    if asked == "yes_no":
        return {"是": 1.0, "有": 1.0, "否": 0.0, "无": 0.0, "没有": 0.0}.get(plain(text)), None
    if asked == "year":
        found = re.fullmatch(r"(\d{4})年?", plain(text))
        year = float(found[1]) if found else 0
        return (year if YEARS[0] <= year <= YEARS[1] else None), None
    return _codes(world, asked).get(plain(text)), None


def _codes(world, name):
    if name not in world.setdefault("plain", {}):
        pairs = world["codes"][name].items()
        world["plain"][name] = {
            plain(text): code
            for pair in pairs
            for text, code in zip(pair, pair[1:] * 2, strict=True)
        }
    return world["plain"][name]


def _amount(text, unit, decimals):
    folded = plain(text)
    remark, power = None, 0
    if not NUMBER.fullmatch(folded):
        found = re.fullmatch(rf"([+-]?[\d,.]+)(万)?({UNITS[unit]})?", folded)
        if found is None or not NUMBER.fullmatch(found[1]):
            return None, None
        folded, power = found[1], 4 if found[2] else 0
        remark = "R-TEN-THOUSAND" if power else "R-UNIT"
    steps = float(folded.replace(",", "")) * 10 ** (power + decimals)
    return (steps, remark) if abs(steps - round(steps)) < 1e-6 else (None, None)


# ── checks ──────────────────────────────────────────────────────────────────


def check(cells, heads, world):
    """Check the cells of many workbooks; give file, code, sheet and cell of each complaint."""
    cells = values(cells, world)
    found = [
        *_each_cell(cells),
        *_missing_parts(cells, heads, world),
        *_rows(cells),
        *_classes(cells, heads, world),
        *_rooms(cells),
        *_register(cells, heads, world),
    ]
    return pd.concat([part for part in found if len(part)], ignore_index=True)


def _said(cells, code):
    said = cells[["file", "sheet", "cell"]].copy()
    said["code"] = code
    return said


def _each_cell(cells):
    pairs = pd.Series(list(zip(cells["sheet"], cells["field"], strict=True)), index=cells.index)
    required = ~pairs.isin(OPTIONAL)
    yield _said(cells[(cells["state"] == "blank") & required], "R-REQUIRED")
    yield _said(cells[cells["state"].isin({"none", "withheld"}) & required], "R-WORD")
    unread = cells["state"] == "unread"
    by_list = cells["kind"].isin(
        {"school_types", "sponsors", "urban_rural", "grades", "room_kinds"}
    )
    yield _said(cells[unread & by_list], "R-CODE")
    yield _said(cells[unread & ~by_list], "R-TYPE")
    remarked = cells[cells["remark"].notna()]
    yield _said(remarked, remarked["remark"])
    codes = cells[(cells["field"] == "school_code") & (cells["state"] == "known")]
    wrong = ~codes["text"].astype(str).str.fullmatch(r"[1-9][0-9]{9}")
    yield _said(codes[wrong], "R-PATTERN")
    number = cells["number"]
    year = cells["kind"] == "year"
    steps = cells["kind"].map(lambda kind: 100 if isinstance(kind, tuple) and kind[1] else 1)
    low = pairs.map(LEAST).fillna(0) * steps
    low, high = low.where(~year, 1850), number.where(~year, 2100)
    outside = (number < low) | (number > high)
    yield _said(cells[outside], "R-RANGE")
    usual = pairs[pairs.isin(USUAL)]
    bounds = pd.DataFrame(list(usual.map(USUAL)), index=usual.index, columns=["low", "high"])
    bounds = bounds.mul(steps[usual.index], axis=0)
    among = number[usual.index]
    odd = ((among < bounds["low"]) | (among > bounds["high"])) & ~outside[usual.index]
    yield _said(cells.loc[usual.index[odd]], "R-USUAL")


def _missing_parts(cells, heads, world):
    """Sheets, columns and rows that are not there at all."""
    schools = heads["place"].map(world["schools"].get)
    stages = pd.Series([s["stages"] if s else [] for s in schools], index=heads["file"])
    had = set(zip(cells["file"], cells["sheet"], cells["field"], strict=True))
    sheets = {(file, sheet) for file, sheet, _ in had}
    lines = set(zip(cells["file"], cells["sheet"], cells["line"], strict=True))
    lost = []
    for file in heads["file"]:
        for sheet, fields in FIELDS.items():
            if (file, sheet) in sheets:
                lost += [(file, sheet, "R-COLUMN") for f in fields if (file, sheet, f) not in had]
            elif sheet not in LISTS:
                lost.append((file, sheet, "R-SHEET"))
        for sheet in ("cohort", "staff"):
            missing = (stage for stage in stages[file] if (file, sheet, stage) not in lines)
            lost += [(file, sheet, "R-ROW") for _ in missing]
    return [pd.DataFrame(lost, columns=["file", "sheet", "code"]).assign(cell="")]


def _wide(cells, sheet, what):
    mine = cells[cells["sheet"] == sheet]
    return mine.pivot(index=["file", "line"], columns="field", values=what)  # noqa: PD010 - nothing is summed up here


def _side(numbers, states, names):
    """Add up fields of each row; what does not apply takes no part, what is hidden hides all."""
    total, counted = 0, 0
    for name in names:
        sign, field = (-1, name[1:]) if name.startswith("-") else (1, name)
        none = states[field] == "none"
        total += sign * numbers[field].where(~none, 0)
        counted += ~none
    return total.where(counted > 0)


def _rows(cells):
    for sheet in ("students", "cohort", "staff", "premises", "basic"):
        numbers, states, where = (_wide(cells, sheet, what) for what in ("number", "state", "cell"))
        for code, at, left, right in AT_MOST:
            if at == sheet:
                one, other = _side(numbers, states, left), _side(numbers, states, right)
                yield _broken(one > other, where[left[0]], sheet, code)
        if sheet == "students":
            one, other = numbers["new_entrants"], numbers["enrolled"]
            wrong = one.notna() & other.notna() & (one != other)
            yield _broken(wrong, where["new_entrants"], sheet, "new_entrants_enrolled")


def _broken(wrong, where, sheet, code):
    cells = where[wrong].reset_index()
    cells.columns = ["file", "line", "cell"]
    return _said(cells.assign(sheet=sheet), code)


def _classes(cells, heads, world):
    """Lists of classes: names used twice, stages that are not the school's, pupils by grade."""
    numbers, codes, where = (_wide(cells, "classes", what) for what in ("number", "text", "cell"))
    table = pd.DataFrame(
        {"grade": codes["grade"], "name": codes["name"], "pupils": numbers["pupils"]}
    ).reset_index()
    for field in ("grade", "name", "pupils"):
        table[f"{field}_at"] = where[field].to_numpy()
    table = table.sort_values(
        ["file", "line"], key=lambda c: c if c.name == "file" else c.astype(int)
    )
    table["sheet"] = "classes"
    stages = {
        row.file: world["schools"].get(row.place, {}).get("stages") for row in heads.itertuples()
    }
    stage = table["grade"].map(world["stages"])
    own = table["file"].map(stages)
    pairs = zip(stage, own, strict=True)
    alien = [isinstance(s, str) and bool(o) and s not in o for s, o in pairs]
    yield _said(table[alien].rename(columns={"grade_at": "cell"}), "R-STAGE")
    named = table[table["grade"].notna() & table["name"].notna()]
    key = pd.DataFrame({"f": named["file"], "g": named["grade"], "n": named["name"].map(plain)})
    yield _said(named[key.duplicated()].rename(columns={"name_at": "cell"}), "R-DUPLICATE")
    # Of a class whose grade nobody knows, the pupils may belong anywhere.
    unsure = set(table.loc[table["grade"].isna(), "file"])
    table = table[~table["file"].isin(unsure)]
    groups = table.groupby(["file", "grade"], sort=False)
    sums = groups.agg(
        pupils=("pupils", lambda each: each.sum(skipna=False)),
        count=("pupils", "size"),
        cell=("pupils_at", "first"),
    ).reset_index()
    small = sums[sums["grade"].isin(KINDERGARTEN) & (sums["pupils"] > 36 * sums["count"])]
    yield _said(small.assign(sheet="classes"), "kindergarten_class_size")
    enrolled = cells[(cells["sheet"] == "students") & (cells["field"] == "enrolled")]
    enrolled = enrolled[~enrolled["file"].isin(unsure) & (enrolled["state"] != "none")]
    both = enrolled.merge(
        sums, left_on=["file", "line"], right_on=["file", "grade"], how="left", suffixes=("", "_of")
    )
    both["pupils"] = both["pupils"].where(both["count"].notna(), 0)
    wrong = both[
        both["pupils"].notna() & both["number"].notna() & (both["pupils"] != both["number"])
    ]
    alone = wrong["count"].isna()
    wrong = wrong.assign(
        sheet=wrong["sheet"].where(alone, "classes"),
        cell=wrong["cell"].where(alone, wrong["cell_of"]),
    )
    yield _said(wrong, "classes_enrolled")


def _rooms(cells):
    rooms = cells[(cells["sheet"] == "special_rooms") & (cells["field"] == "area")]
    sums = rooms.groupby("file").agg(
        area=("number", lambda each: each.sum(skipna=False)), cell=("cell", "first")
    )
    teaching = cells[(cells["sheet"] == "premises") & (cells["field"] == "teaching_area")]
    sums["most"] = teaching.set_index("file")["number"]
    wrong = sums[sums["area"] > sums["most"]].reset_index()
    yield _said(wrong.assign(sheet="special_rooms"), "special_rooms_area")


def _register(cells, heads, world):
    """Whose workbook it is, and what the register says of that school."""
    places = heads.set_index("file")["place"]
    basic = cells[(cells["sheet"] == "basic") & (cells["state"] == "known")]
    for field, code in (
        ("school_code", "R-PLACE"),
        ("name", "R-REGISTER"),
        ("school_type", "R-REGISTER"),
        ("sponsor", "R-REGISTER"),
        ("urban_rural", "R-REGISTER"),
        ("boarding", "R-REGISTER"),
        ("township", "R-REGISTER"),
    ):
        mine = basic[basic["field"] == field]
        known = mine["file"].map(
            lambda file, f=field: world["schools"].get(places[file], {}).get(f)
        )
        given = mine["number"] if field == "boarding" else mine["text"]
        pairs = zip(given, known, strict=True)
        wrong = [k is not None and g != k and plain(g) != plain(k) for g, k in pairs]
        yield _said(mine[wrong], code)


def check_files(
    files: list[Path], world: dict, rows_of: Callable
) -> tuple[list[dict], list[tuple]]:
    """Read and check some workbooks; give what each says of itself, and the complaints."""
    heads, cells = [], []
    for path in files:
        head, mine = read(path, world, rows_of)
        heads.append(head)
        cells += mine
    table = pd.DataFrame.from_records(cells, columns=COLUMNS)
    said = check(table, pd.DataFrame(heads), world)
    rows = said[["file", "code", "sheet", "cell"]].itertuples(index=False, name=None)
    return heads, [(file, code, TABS[sheet], cell) for file, code, sheet, cell in rows]


def check_together(heads: list[dict], said: list[tuple], world: dict) -> list[tuple]:
    """Set aside files of unknown schools, of another period, and files that rival each other."""
    table = pd.DataFrame(heads)
    reasons = pd.Series(None, index=table.index, dtype=object)
    reasons[table.duplicated(["place", "period"], keep=False)] = "R-TWICE"
    reasons[table["period"] != world["period"]] = "R-PERIOD"
    reasons[~table["place"].isin(world["schools"])] = "R-UNKNOWN-PLACE"
    aside = dict(zip(table["file"][reasons.notna()], reasons.dropna(), strict=True))
    kept = [
        each for each in said if each[0] not in aside or each[1] in {"R-UNIT", "R-TEN-THOUSAND"}
    ]
    return kept + [(file, code, "", "") for file, code in aside.items()]
