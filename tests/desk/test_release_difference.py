"""What two releases differ in: only what changed, and beside each what moved it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import Period
from xianxue.desk.cli import main
from xianxue.desk.releases.difference import release_diff
from xianxue.desk.releases.published import find_release, releases
from xianxue.desk.releases.told import DiffTold, told
from xianxue.desk.releases.unpublished import as_now, outlook
from xianxue.desk.workspace import Workspace

CENTRAL, MIDDLE = "2163980001", "3163980002"
NORM = """\
- change: norm_of_the_county
  term: 标准班额从严（虚构）
  indicator: classes_within_norm
  line: norm
  values:
    - {from: 2020-01-01, stage: primary, value: 30, source: county-rule, seen: relayed}
  source: {document: county-rule, seen: relayed}
- document: county-rule
  title: 四校示范县班额办法（虚构）
  issuer: 四校示范县教育局（虚构）
  issued: 2020-01-01
  seen: relayed
"""


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command; give its exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(list(words))
    code = end.value.code
    said = capsys.readouterr()
    return (code if isinstance(code, int) else 0), said.out, said.err


@pytest.fixture
def county(
    four_schools: Path,
    tmp_path: Path,
    copy_workspace: Callable[[Path, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> Path:
    """Four schools, published once."""
    folder = tmp_path / "county"
    copy_workspace(four_schools, folder)
    publish(capsys, folder)
    return folder


def publish(capsys, county: Path) -> None:
    code, out, err = run(capsys, "returns", "release", "--workspace", str(county))
    assert code == 0, out + err


def correct(capsys, county: Path) -> None:
    """The central school has three teachers of physical education, not two; the bureau takes it."""
    (path,) = (county / "workbooks").glob(f"{CENTRAL}*")
    book = openpyxl.load_workbook(path)
    book["教职工"]["D8"].value = 3
    book.save(path)
    said = ("--as", "李四（虚构）", "--why", "漏报一名")
    at = ("--workspace", str(county))
    _, out, err = run(capsys, "returns", "accept", str(path), *at, *said)
    assert "收下 1 份" in out, out + err


def tighten_the_norm(county: Path) -> None:
    (county / "own").mkdir()
    (county / "own" / "norm.yaml").write_text(NORM, encoding="utf-8")
    settings = county / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("overlays = []", 'overlays = ["own"]'), encoding="utf-8")


def close_the_middle_school(capsys, county: Path, *, by_hand: bool = False) -> None:
    """From before the reference day on, by a deed or by a hand in the register."""
    if by_hand:
        places = county / "places.csv"
        text = places.read_text(encoding="utf-8")
        closed = text.replace(",1985-09-01,,1985-09-01,", ",1985-09-01,2025-06-30,1985-09-01,")
        places.write_text(closed, encoding="utf-8")
        return
    code, out, err = run(
        capsys, "places", "record", "closed", "--code", MIDDLE, "--day", "2025-07-01", "--workspace",
        str(county), "--as", "王五（虚构）", "--reason", "生源不足", "--document", "县发〔2025〕9号",
    )  # fmt: skip
    assert code == 0, out + err


def difference(capsys, county: Path) -> dict:
    at = ("--workspace", str(county))
    code, out, err = run(capsys, "release", "diff", "1", "2", *at, "--json")
    assert code == 0, err
    return json.loads(out)


def text_of(capsys, county: Path) -> str:
    return run(capsys, "release", "diff", "1", "2", "--workspace", str(county))[1]


def causes_of(said: dict, figure: str) -> list[str]:
    (one,) = [one for one in said["figures"] if one["figure"] == figure]
    return [said["causes"][number - 1]["about"] for number in one["causes"]]


def test_a_corrected_return_is_named_beside_what_it_moved(county, capsys):
    """One more teacher of physical education, and no figure that has nothing to do with it."""
    correct(capsys, county)
    publish(capsys, county)
    said = difference(capsys, county)
    (cause,) = said["causes"]
    assert (cause["kind"], cause["about"]) == ("return", f"school_annual/{CENTRAL}")
    assert cause["told"] == "更正：东河镇中心小学《学校年度报表》第 1 版改为第 2 版"
    assert (cause["by"], cause["why"]) == ("李四（虚构）", "漏报一名")
    assert {tuple(one["causes"]) for one in said["figures"]} == {(1,)}
    assert {tuple(one["causes"]) for one in said["verdicts"]} <= {(1,)}
    text = text_of(capsys, county)
    assert "  1. 更正：东河镇中心小学《学校年度报表》第 1 版改为第 2 版　李四（虚构）" in text
    assert "教职工·体育教师（小学） D8：2 → 3" in text


def test_nothing_is_listed_whose_value_is_the_same(county, capsys):
    """Another number was counted or asked: the figure says what it said."""
    correct(capsys, county)
    publish(capsys, county)
    said = difference(capsys, county)
    assert said["figures"]
    assert all(one["before"] != one["after"] for one in said["figures"])


def test_a_place_event_is_named_with_its_document(county, capsys):
    """The middle school was closed: two schools where three were, by which paper, entered by whom."""
    close_the_middle_school(capsys, county)
    publish(capsys, county)
    said = difference(capsys, county)
    (cause,) = [one for one in said["causes"] if one["kind"] == "place"]
    assert cause["told"] == "撤销：东河镇初级中学（2025-07-01 起，县发〔2025〕9号）"
    assert (cause["by"], cause["why"]) == ("王五（虚构）", "生源不足")
    assert causes_of(said, "schools_total/639800/all/2025-2026") == [MIDDLE]
    assert "撤销：东河镇初级中学" in text_of(capsys, county)


def test_a_line_of_the_register_changed_by_hand_is_told_as_that(county, capsys):
    close_the_middle_school(capsys, county, by_hand=True)
    publish(capsys, county)
    (cause,) = [one for one in difference(capsys, county)["causes"] if one["kind"] == "place"]
    assert cause["told"] == "名册改动：东河镇初级中学（停办日期由“无”改为“2025-06-30”）"
    assert (cause["by"], cause["at"]) == ("", "")


def test_an_overlay_is_named_with_its_file(county, capsys):
    """Of 31 classes fewer hold to 30 pupils than to 45."""
    tighten_the_norm(county)
    publish(capsys, county)
    said = difference(capsys, county)
    (cause,) = said["causes"]
    assert (cause["kind"], cause["about"]) == ("card", "indicators/classes_within_norm")
    assert cause["told"] == "规则改动：指标“班额达标班级比例”（本地卡片 own/norm.yaml）"
    assert said["cells"] == []
    assert {one["figure"].split("/")[0] for one in said["figures"]} == {"classes_within_norm"}
    assert said["same_cards"] is False
    assert "本地卡片 own/norm.yaml" in text_of(capsys, county)


def test_each_figure_has_the_cause_that_moved_it(county, capsys):
    """All at once: a correction, a closing and a stricter line, each with its own figures."""
    correct(capsys, county)
    tighten_the_norm(county)
    close_the_middle_school(capsys, county)
    publish(capsys, county)
    said = difference(capsys, county)
    kinds = [one["kind"] for one in said["causes"]]
    assert kinds == ["return", "place", "card"]
    own = f"school_annual/{CENTRAL}"
    year = "2025-2026"
    assert causes_of(said, f"classes_within_norm/{CENTRAL}/primary/{year}") == [
        "indicators/classes_within_norm"
    ]
    assert causes_of(said, f"schools_total/639800/all/{year}") == [MIDDLE]
    assert causes_of(said, f"physical_arts_teachers/{CENTRAL}/primary/{year}") == [own]
    # Teachers of the county: one more by the correction, and the middle school's are gone.
    assert causes_of(said, f"pupils/639800/lower_secondary/{year}") == [MIDDLE]


def test_what_an_old_release_did_not_keep_is_not_guessed(county, capsys, monkeypatch):
    """It says that rules changed, and that nobody can tell which."""
    from xianxue.desk.stores.releases import ReleaseFolder  # noqa: PLC0415 - it is patched

    tighten_the_norm(county)
    publish(capsys, county)
    monkeypatch.setattr(ReleaseFolder, "rules", lambda *_: None)
    said = difference(capsys, county)
    assert said["causes"] == []
    assert "说不出是哪些" in said["unknown"]
    assert {one["figure"].split("/")[0] for one in said["figures"]} == {"classes_within_norm"}


def test_two_equal_releases_differ_in_nothing(county, capsys):
    at = ("--workspace", str(county))
    said = json.loads(run(capsys, "release", "diff", "1", "1", *at, "--json")[1])
    assert (said["causes"], said["figures"], said["verdicts"], said["same_value"]) == (
        [],
        [],
        [],
        0,
    )
    text = run(capsys, "release", "diff", "1", "1", *at)[1]
    assert text.splitlines() == ["起因 0 项", "更正的数 0 个", "变动的指标 0 个", "变动的判定 0 项"]


def opened(county: Path) -> tuple[Workspace, Period]:
    workspace = Workspace.open(county)
    return workspace, workspace.period(None)


def told_of(county: Path, before: str, after: str) -> DiffTold:
    workspace, period = opened(county)
    old = find_release(workspace, period, before)
    new = find_release(workspace, period, after) if after else as_now(workspace, period)
    assert old is not None
    assert new is not None
    return told(release_diff(workspace, period, old, new))


def test_nothing_is_told_of_what_stands_as_it_was_published(county):
    found = told_of(county, "1", "")

    assert found.empty
    assert (found.same_value, found.overrides, found.unknown) == (0, 0, "")


def test_before_it_is_frozen_the_difference_is_the_one_that_freezing_makes(county, capsys):
    """Whoever looks at what would change sees, to the letter, what then has changed."""
    correct(capsys, county)
    close_the_middle_school(capsys, county)
    before = told_of(county, "1", "")
    publish(capsys, county)

    assert told_of(county, "1", "2") == before
    assert not before.empty
    assert {one.step for one in before.causes} == {"return", "place"}
    # An event recorded since the release is found though no later release closes its time.
    assert any("生源不足" in one.why for one in before.causes)


def test_rows_say_who_why_and_how_much_moved(county, capsys):
    correct(capsys, county)
    found = told_of(county, "1", "")
    (cause,), (cell,) = found.causes, found.cells

    assert (cell.before, cell.after, cell.by, cell.why) == ("2", "3", "李四（虚构）", "漏报一名")
    assert cause.moved == len(found.figures)
    assert cause.turned == len(found.verdicts)
    assert all(row.causes == (1,) for row in found.figures)
    # The county's own stand first, and each says what it was and what it is.
    assert found.figures[0].county
    assert all(row.before != row.after for row in found.figures)


def test_comparing_publishes_nothing(county, capsys):
    correct(capsys, county)
    told_of(county, "1", "")
    workspace, period = opened(county)

    assert [one.number for one in releases(workspace, period)] == [1]
    assert run(capsys, "journal", "verify", "--workspace", str(county))[0] == 0


def test_who_is_missing_is_seen_before_freezing():
    def place(code: str, **how: int) -> Progress:
        said = {"revision": 0, "accepted": 0, "days_over": 0, "times_returned": 0} | how
        return Progress(
            place=code, name=code, state="draft", term="未报", waiting=True,
            first_handed_in=None, late=False, **said,
        )  # fmt: skip

    found = outlook(
        "school_annual",
        "学校年度报表",
        (
            place("1", accepted=1, revision=1),
            place("2", accepted=1, revision=2),
            place("3"),
            place("4", days_over=3),
        ),
    )

    assert (found.filed, found.expected, found.full) == (2, 4, False)
    assert [one.place for one in found.missing] == ["4", "3"]
    assert [one.place for one in found.newer] == ["2"]
