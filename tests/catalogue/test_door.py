"""The strict door: each broken card is told from every other, and a good one passes."""

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.returns.sheets.layout import fingerprint
from xianxue.catalogue.load import NATIONAL, load

HERE = Path(__file__).parent
BASE = HERE / "base"
"""A small invented catalogue without fault, on which the broken cards lean."""
MUSEUM = HERE / "museum"
"""One folder a fault: a card that has it, and in ``expected.txt`` what is said about it."""

FAULTS = sorted(folder.name for folder in MUSEUM.iterdir())


def said(issues):
    """What is said, as ``expected.txt`` has it."""
    return "".join(f"{one.code} {one.severity.value}\n{one.message}\n" for one in issues)


def test_the_national_catalogue_has_no_fault():
    assert said(load().issues) == ""


def test_the_museums_own_base_has_no_fault():
    assert said(load(base=BASE).issues) == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_card_gets_one_complaint_with_its_line(fault):
    loaded = load(MUSEUM / fault, base=BASE)

    assert said(loaded.issues) == (MUSEUM / fault / "expected.txt").read_text(encoding="utf-8")
    assert len(loaded.issues) == 1


def test_every_complaint_the_door_can_make_is_in_the_museum():
    written = {
        code
        for path in NATIONAL.rglob("*.py")
        for code in re.findall(r'"(C-[A-Z-]+)"', path.read_text(encoding="utf-8"))
    }
    shown = {
        (MUSEUM / fault / "expected.txt").read_text(encoding="utf-8").split()[0] for fault in FAULTS
    }
    elsewhere = {
        "C-FOLDER",  # no card can lack its folder: below
        "C-CHOSEN",  # of settings: below
        "C-SHAPE",  # should msgspec ever refuse what our own look at the shape lets pass
    }
    assert written == shown | elsewhere


def test_all_faults_are_told_in_one_pass(tmp_path):
    """Ten broken cards in a folder give what each of them gives alone."""
    chosen = [name for name in FAULTS if name.startswith(("key_", "yaml_", "source_", "field_"))]
    alone: list[str] = []
    for name in chosen:
        one = tmp_path / "one"
        shutil.rmtree(one, ignore_errors=True)
        for card in (MUSEUM / name).glob("*.yaml"):
            text = card.read_bytes().replace(b"broken", b"broken_" + name.encode())
            for folder in (one, tmp_path / "all"):
                folder.mkdir(exist_ok=True)
                (folder / f"{name}.yaml").write_bytes(text.replace("坏".encode(), name.encode()))
        alone += [issue.message.partition(" 第 ")[2] for issue in load(one, base=BASE).issues]

    together = load(tmp_path / "all", base=BASE).issues

    assert len(alone) >= len(chosen) > 30
    assert sorted(issue.message.partition(" 第 ")[2] for issue in together) == sorted(alone)


def test_all_faults_of_one_card_are_told(tmp_path):
    (tmp_path / "card.yaml").write_text(
        "indicator: broken\n"
        "term: 3\n"
        "kind: rato\n"
        "numerator: {sum: [{fied: premises.books}]}\n"
        "unit: volumes_per_person\n"
        "show: {decimals: 1.5}\n"
        "levels: [scool]\n"
        "source: {document: rule-2017}\n",
        encoding="utf-8",
    )

    issues = load(tmp_path, base=BASE).issues

    assert [(one.code, one.cell) for one in issues] == [
        ("C-TYPE", "第 2 行"),
        ("C-WORD", "第 3 行"),
        ("C-KEY", "第 4 行"),
        ("C-TYPE", "第 6 行"),
        ("C-WORD", "第 7 行"),
        ("C-MISSING", "第 8 行"),
    ]


@pytest.mark.parametrize("text", ["form: school\nsheets:\n\t- x\n", "form: school\nsheets: 3\n"])
def test_what_leans_on_an_unread_card_is_let_be(tmp_path, text):
    """One slip in a form does not bring a hundred complaints about indicators."""
    shutil.copytree(BASE, tmp_path / "base")
    form = tmp_path / "base" / "forms" / "school.yaml"
    sheets = "".join(f"# {line}\n" for line in form.read_text(encoding="utf-8").splitlines())
    form.write_text(text + sheets.replace("#   - sheet:", "  - sheet:"), encoding="utf-8")

    issues = load(base=tmp_path / "base").issues

    assert {issue.file for issue in issues} == {"forms/school.yaml"}


def test_a_missing_folder_is_told(tmp_path):
    issues = load(tmp_path / "nowhere", base=BASE).issues

    assert said(issues) == (
        "C-FOLDER must_fix\nnowhere 第 1 行：没有这个文件夹；要求：本地卡片放在一个文件夹里。\n"
    )


ASKED = "要求：catalogue 里 choice 卡片的编号和它的 options 之一"


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({"books": "books_per_pupil"}, []),
        (
            {"book": "books_per_pupil"},
            [f"设置里选了“book”，没有这个可选算法；{ASKED}。是不是“books”？"],
        ),
        (
            {"books": "books_per_class"},
            [
                f"设置里为“图书”选了“books_per_class”，不在可选之列；{ASKED}。是不是“books_per_pupil”？"
            ],
        ),
    ],
)
def test_settings_choose_among_what_is_there(chosen, message):
    assert [one.message for one in load(base=BASE, chosen=chosen).issues] == message


CHANGE = """\
change: tighter
term: 加码（虚构）
standard: conditions
criterion: area
values:
  - {from: 2020-01-01, to: 2022-12-31, stage: primary, value: 5, source: rule-2017, seen: relayed}
source: {document: rule-2017, seen: relayed}
"""


def test_a_change_is_laid_over_from_its_own_day_on(tmp_path):
    (tmp_path / "tighter.yaml").write_text(CHANGE, encoding="utf-8")

    loaded = load(tmp_path, base=BASE)

    assert loaded.issues == []
    values = loaded.shelf.standards["conditions"].criteria[0].values

    def on(day, stage):
        found = value_in_force(values, day, stage)
        return found and found.value

    assert on(date(2019, 12, 31), Stage.PRIMARY) == Decimal("4.5")
    assert on(date(2020, 1, 1), Stage.PRIMARY) == Decimal(5)
    assert on(date(2022, 12, 31), Stage.PRIMARY) == Decimal(5)
    assert on(date(2023, 1, 1), Stage.PRIMARY) == Decimal("4.5")
    assert on(date(2020, 1, 1), Stage.LOWER_SECONDARY) == Decimal("4.5")


def test_the_last_overlay_is_looked_at_first(tmp_path):
    for number, value in ((1, "5"), (2, "6")):
        folder = tmp_path / f"overlay{number}"
        folder.mkdir()
        text = CHANGE.replace("tighter", f"tighter_{number}").replace("加码", f"加码{number}")
        (folder / "x.yaml").write_text(text.replace("value: 5", f"value: {value}"), "utf-8")

    loaded = load(tmp_path / "overlay1", tmp_path / "overlay2", base=BASE)

    assert loaded.issues == []
    values = loaded.shelf.standards["conditions"].criteria[0].values
    assert value_in_force(values, date(2021, 1, 1), Stage.PRIMARY).value == Decimal(6)


def test_a_change_may_move_a_line(tmp_path):
    text = CHANGE.replace(
        "standard: conditions\ncriterion: area", "indicator: small_classes\nline: norm"
    )
    (tmp_path / "x.yaml").write_text(text.replace("value: 5", "value: 40"), encoding="utf-8")

    loaded = load(tmp_path, base=BASE)

    assert loaded.issues == []
    line = loaded.shelf.indicators["small_classes"].lines["norm"]
    assert value_in_force(line, date(2021, 1, 1), Stage.PRIMARY).value == Decimal(40)
    assert value_in_force(line, date(2023, 1, 1), Stage.PRIMARY).value == Decimal(45)


def test_an_overlay_adds_cards_of_its_own(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "document: county-2025\ntitle: 本县规定（虚构）\nissuer: 某某县\nseen: own\n", "utf-8"
    )

    loaded = load(tmp_path, base=BASE)

    assert loaded.issues == []
    assert loaded.shelf.sources["county-2025"].issuer == "某某县"
    assert loaded.origins["document", "county-2025"].file == f"{tmp_path.name}/own.yaml"


def test_a_byte_order_mark_is_no_fault(tmp_path):
    """Notepad writes one."""
    card = (BASE / "sources" / "documents.yaml").read_text(encoding="utf-8")
    text = card.replace("rule-2017", "rule-2018").replace("document: own", "document: own-2")
    (tmp_path / "x.yaml").write_bytes("\ufeff".encode() + text.encode())

    assert load(tmp_path, base=BASE).issues == []


def test_a_county_writes_its_own_values_into_a_head(tmp_path):
    (tmp_path / "head.yaml").write_text(
        "form_head: own\nterm: 本县表头\nform: county\n"
        "values: {filed_as: 虚构备〔2025〕1号}\nsource: {document: own, seen: own}\n",
        encoding="utf-8",
    )
    loaded = load(tmp_path, base=BASE)

    assert said(loaded.issues) == ""
    head = {line.line: line.said("虚构县") for line in loaded.shelf.forms["county"].head}
    assert head == {"number": "虚构2表", "filed_as": "虚构备〔2025〕1号"}
    # Filled workbooks stay good: the head is nothing a reader relies on.
    plain = load(base=BASE).shelf.forms["county"]
    assert fingerprint(loaded.shelf.forms["county"]) == fingerprint(plain)
