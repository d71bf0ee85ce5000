"""``xianxue places undo``: what was registered by mistake is taken back while nothing rests on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from xianxue.desk.cli import main
from xianxue.desk.models import JournalLine

CENTRAL, POINT = "2163980001", "2163980002"


class Desk:
    """A workspace and the commands given in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.capsys = capsys

    def run(self, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        said = self.capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    def record(self, kind: str, day: str, code: str, *words: str) -> str:
        given = ("--day", day, "--code", code, "--reason", "布局调整（虚构）")
        return self.run("places", "record", kind, *given, *words)

    def undo(self, kind: str, code: str, *words: str, end: int = 0) -> str:
        given = ("--code", code, "--reason", "登记错了（虚构）")
        return self.run("places", "undo", kind, *given, *words, code=end)

    def events(self) -> bytes:
        return (self.root / "events.csv").read_bytes()


@pytest.fixture
def desk(
    four_schools: Path,
    tmp_path: Path,
    copy_workspace: Callable[[Path, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    copy_workspace(four_schools, tmp_path / "four")
    return Desk(tmp_path / "four", capsys)


def test_an_event_is_taken_back_with_a_reason_and_the_journal_proves_it(desk: Desk) -> None:
    desk.record("renamed", "2026-09-01", CENTRAL, "--name", "虚构实验小学")
    before = desk.events()
    desk.record("merged", "2026-12-01", POINT, "--into", CENTRAL)
    said = desk.undo("merged", POINT)

    assert said.startswith("已撤销：2026-12-01  合并  西山乡云上教学点（2163980002） → ")
    assert desk.events() == before
    line = JournalLine.objects.get(deed="places.undo")
    assert line.why == "登记错了（虚构）"
    assert line.detail["event"]["into"] == CENTRAL
    assert "撤销变动登记  2026-12-01 合并/2163980002" in desk.run("journal", "show")
    assert "没有改动" in desk.run("journal", "verify")


def test_all_events_taken_back_leave_a_file_that_holds_none(desk: Desk) -> None:
    desk.record("closed", "2026-12-01", POINT)
    desk.undo("closed", POINT)
    assert "共 0 件" in desk.run("places", "events")
    assert "没有改动" in desk.run("journal", "verify")
    desk.record("closed", "2026-12-01", POINT)
    assert "没有改动" in desk.run("journal", "verify")


def test_an_undone_event_that_comes_back_by_hand_is_found(desk: Desk) -> None:
    desk.record("closed", "2026-12-01", POINT)
    with_it = desk.events()
    desk.undo("closed", POINT)
    (desk.root / "events.csv").write_bytes(with_it)
    assert "登记的变动被删去或改动" in desk.run("journal", "verify", code=1)


def test_an_event_that_is_gone_is_named(desk: Desk) -> None:
    """A harmed file says which event is missing, not only that something is."""
    desk.record("renamed", "2026-09-01", POINT, "--name", "虚构云上小学")
    desk.record("closed", "2026-12-01", POINT)
    lines = desk.events().splitlines(keepends=True)
    (desk.root / "events.csv").write_bytes(b"".join([*lines[:1], *lines[2:]]))
    said = desk.run("journal", "verify", code=1)
    assert "登记的变动被删去或改动：2026-09-01 2163980002" in said


def test_a_later_event_of_the_place_rests_on_it(desk: Desk) -> None:
    desk.record("renamed", "2026-09-01", POINT, "--name", "虚构云上小学")
    desk.record("merged", "2026-12-01", POINT, "--into", CENTRAL)
    before = desk.events()
    said = desk.undo("renamed", POINT, end=1)
    assert "这件变动撤销不了：2026-12-01 登记了合并" in said
    assert "请先撤销后面的这一件" in said
    assert "没有写入。" in said
    assert desk.events() == before


def test_what_would_make_no_sense_without_it_rests_on_it(desk: Desk) -> None:
    """A school was moved into the township: the township cannot be taken away again."""
    desk.record("opened", "2026-09-01", "639800901", "--name", "虚构新镇", "--township", "639800")
    desk.record("moved", "2026-10-01", POINT, "--township", "639800901")
    assert "登记了改属乡镇" in desk.undo("opened", "639800901", end=1)


def test_returns_and_releases_made_since_rest_on_it(desk: Desk) -> None:
    """The event holds on 1 September 2025: this year's returns stand on it once handed in."""
    desk.record("renamed", "2025-08-01", CENTRAL, "--name", "虚构实验小学")
    desk.undo("renamed", CENTRAL, "--dry-run")
    desk.run("returns", "release")
    said = desk.undo("renamed", CENTRAL, end=1)
    assert "这件变动撤销不了：已经发布了 2025-2026/1 号" in said
    assert "再登记一件变动来更正" in said


def test_a_return_handed_in_since_rests_on_it(desk: Desk) -> None:
    desk.record("renamed", "2025-08-01", CENTRAL, "--name", "虚构实验小学")
    path = next((desk.root / "workbooks").glob(f"*{CENTRAL}*"))
    import openpyxl  # noqa: PLC0415 - of this test alone

    book = openpyxl.load_workbook(path)
    book["教职工"]["D8"].value = int(book["教职工"]["D8"].value) + 2
    book["学校基本情况"]["B4"].value = book["学校基本情况"]["B4"].value
    book.save(path)
    desk.run("returns", "accept", str(path), "--why", "补报（虚构）")
    said = desk.undo("renamed", CENTRAL, end=1)
    assert "已经报送了" in said
    assert CENTRAL not in said.split("已经报送了")[1].split("（")[0]


def test_a_target_set_since_rests_on_it_until_it_is_withdrawn(desk: Desk) -> None:
    desk.record("renamed", "2026-08-01", CENTRAL, "--name", "虚构实验小学")
    aim = ("pupils_all", "--place", CENTRAL, "--period", "2026-2027")
    desk.run("targets", "set", aim[0], "700", *aim[1:], "--document", "虚构")
    assert "xianxue targets withdraw" in desk.undo("renamed", CENTRAL, end=1)
    desk.run("targets", "withdraw", *aim, "--why", "虚构")
    desk.undo("renamed", CENTRAL)


def test_what_was_there_before_it_was_registered_does_not_rest_on_it(desk: Desk) -> None:
    """Released first, registered afterwards: the release knows nothing of it."""
    desk.run("returns", "release")
    desk.record("renamed", "2025-08-01", CENTRAL, "--name", "虚构实验小学")
    desk.undo("renamed", CENTRAL)


def test_which_one_is_meant_is_asked_in_the_words_typed(desk: Desk) -> None:
    assert f"{POINT} 没有登记过变动" in desk.undo("closed", POINT, end=2)
    desk.record("renamed", "2026-09-01", POINT, "--name", "虚构云上小学")
    said = desk.undo("closed", POINT, end=2)
    assert "没有登记过这样一件变动" in said
    assert "更名" in said
    desk.record("renamed", "2026-10-01", POINT, "--name", "虚构云下小学")
    assert "请用 --day 写明是哪一件" in desk.undo("renamed", POINT, end=2)
    desk.undo("renamed", POINT, "--day", "2026-10-01")
    assert "--reason" in desk.run(
        *("places", "undo", "renamed", "--code", POINT, "--reason", " "), code=2
    )


def test_json_says_what_was_taken_back(desk: Desk) -> None:
    desk.record("closed", "2026-12-01", POINT)
    tried = json.loads(desk.undo("closed", POINT, "--dry-run", "--json"))
    assert tried == {"undone": None, "issues": []}
    said = json.loads(desk.undo("closed", POINT, "--json"))
    assert said["undone"]["code"] == [POINT]


def test_a_county_may_keep_it_to_its_leaders(desk: Desk) -> None:
    """What the policy takes back, the command does not do."""
    (desk.root / "rules").mkdir()
    (desk.root / "rules" / "tight.yaml").write_text(
        "tightening: own\nterm: 本县收紧\npolicy: county_bureau\n"
        "revoke:\n  - {role: office_clerk, deeds: [places.undo, places.import, places.amend]}\n"
        "source: {document: xianxue-own, seen: own}\n",
        encoding="utf-8",
    )
    settings = desk.root / "xianxue.toml"
    text = settings.read_text("utf-8")
    assert "overlays = []" in text
    settings.write_text(text.replace("overlays = []", 'overlays = ["rules"]'), encoding="utf-8")
    desk.record("closed", "2026-12-01", POINT)
    assert "由分管领导办理" in desk.undo("closed", POINT, end=1)
    (desk.root / "新.csv").write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    said = desk.run("places", "import", str(desk.root / "新.csv"), code=1)
    assert "由分管领导办理" in said
    assert "2163989999" not in (desk.root / "places.csv").read_text("utf-8-sig")


def test_a_list_taken_in_is_told_by_the_journal_line_by_line(desk: Desk) -> None:
    given = desk.root / "新.csv"
    given.write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    desk.run("places", "import", str(given), "--as", "张三（虚构）", "--why", "漏登（虚构）")
    line = JournalLine.objects.get(deed="places.import")
    assert (line.actor, line.why, line.detail["list"]) == (
        "张三（虚构）",
        "漏登（虚构）",
        "新.csv",
    )
    assert [put["name"] for put in line.detail["put"]] == ["甲校（虚构）"]
    assert "导入名册" in desk.run("journal", "show")
    desk.run("places", "import", str(given))
    assert JournalLine.objects.filter(deed="places.import").count() == 1
    assert "没有改动" in desk.run("journal", "verify")


def test_a_register_altered_by_hand_is_found_and_may_be_amended_with_a_reason(desk: Desk) -> None:
    given, path = desk.root / "新.csv", desk.root / "places.csv"
    given.write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    desk.run("places", "import", str(given))
    text = path.read_text("utf-8-sig")
    # Saved by a spreadsheet program in its own way: nothing has changed.
    path.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    assert "没有改动" in desk.run("journal", "verify")
    path.write_text(text.replace("甲校（虚构）", "乙校（虚构）"), encoding="utf-8-sig")
    said = desk.run("journal", "verify", code=1)
    assert "乙校（虚构）（2163989999）的 name 与日志记的不同" in said
    assert "xianxue places amend" in said
    said = desk.run("places", "amend", "--reason", "名称录错（虚构）")
    assert "2163989999  乙校（虚构）" in said
    assert "没有改动" in desk.run("journal", "verify")
    lines = [each for each in path.read_text("utf-8-sig").splitlines() if "2163989999" not in each]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    assert "2163989999" in desk.run("journal", "verify", code=1)
    said = desk.run("places", "amend", "--reason", "重复（虚构）", "--json")
    assert json.loads(said) == {"amended": ["2163989999"], "issues": []}
    assert "没有改动" in desk.run("journal", "verify")
    desk.run("places", "amend", "--reason", "再来（虚构）")
    assert JournalLine.objects.filter(deed="places.amend").count() == 2


def test_a_register_that_no_deed_has_told_of_can_be_taken_down(desk: Desk) -> None:
    """From then on what is changed by hand is found."""
    assert "没有改动" in desk.run("journal", "verify")
    desk.run("places", "amend", "--reason", "开始记名册（虚构）")
    path = desk.root / "places.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text.replace("西山乡云上教学点", "西山乡云下教学点"), encoding="utf-8-sig")
    assert POINT in desk.run("journal", "verify", code=1)


def test_a_register_changed_under_the_hand_is_not_written_over(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xianxue.desk.places import importing  # noqa: PLC0415 - of this test alone

    given, path = desk.root / "新.csv", desk.root / "places.csv"
    given.write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    join = importing.join

    def meanwhile(*given: object) -> object:
        path.write_text(path.read_text("utf-8-sig") + "\n", encoding="utf-8-sig")
        return join(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "join", meanwhile)
    assert "别人改动了它" in desk.run("places", "import", str(given), code=1)
    assert not JournalLine.objects.filter(deed="places.import").exists()


def test_an_event_is_named_by_its_word_too(desk: Desk) -> None:
    """«撤销» is what a clerk calls it; what is no event is told with all that are."""
    assert f"{POINT} 没有登记过变动" in desk.undo("撤销", POINT, end=2)
    said = desk.undo("关门", POINT, end=2)
    assert "没有“关门”这种变动；可写：“opened”开办、" in said
    assert said.rstrip().endswith("“closed”撤销")
