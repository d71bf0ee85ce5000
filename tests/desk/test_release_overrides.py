"""Publishing by the rule of four eyes, and how a release shows what came in past a rule."""

from __future__ import annotations

import json

import msgspec
import pytest

from xianxue.bureau.report.notes import with_notes
from xianxue.bureau.report.text import Paragraph, Text
from xianxue.bureau.values.record import replace
from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.models import JournalLine
from xianxue.desk.releases.overrides_told import told_overrides
from xianxue.desk.stores.examples import Example
from xianxue.desk.stores.releases import Manifest, Override, as_bytes
from xianxue.desk.workspace import Workspace

SCHOOL = "2163980002"
"""The teaching point, the smallest of the four schools."""


@pytest.fixture
def run(tmp_path, capsys):
    """A county of four schools of which three and the county have been collected."""
    from xianxue.desk.cli.demo import fill_in  # noqa: PLC0415 - as the command does

    county = tmp_path / "county"
    county.mkdir()
    example = Example.open("four_schools")
    lay_out_example(county, example)
    files = fill_in(Workspace.open(county), example, tmp_path / "books")

    def command(*words):
        with pytest.raises(SystemExit) as end:
            main([*map(str, words), "--workspace", str(county)])
        return end.value.code, capsys.readouterr().out

    collected = [path for path in files if SCHOOL not in path.name]
    assert command("returns", "accept", *collected, "--as", "代收人（虚构）")[0] == 0
    (own,) = (path for path in files if SCHOOL in path.name)
    signed = ("--clerk", "填报员（虚构）", "--head", "校长（虚构）")
    assert command("returns", "submit", own, *signed)[0] == 0
    for step in ("review", "approve"):
        done = command("returns", step, "--place", SCHOOL, "--as", "审核员（虚构）")
        assert done[0] == 0
    return command


def test_who_alone_reviewed_does_not_publish_alone_and_an_override_is_shown(run):
    """Refused; refused without a reason; done with one; and then it is told everywhere."""
    me = ("returns", "release", "--as", "审核员（虚构）")
    code, printed = run(*me)
    assert code == 1
    assert (
        "西山乡云上教学点《学校年度报表》（2025—2026学年）的受理审核、审核通过已有审核员（虚构）经办或签名，"
        "不能再由同一人发布；要求：审核的人不独自发布，由另一人发布。"
        "请换一人办理；确实没有别人的，写明理由例外办理（--override '理由'）。"
    ) in printed.replace("\n", "")
    code, printed = run(*me, "--override", " ")
    assert code == 1
    assert "例外办理没有写理由" in printed
    assert not JournalLine.objects.filter(deed="returns.release").exists()

    code, printed = run(*me, "--override", "局里只有一人在岗")
    assert code == 0
    collected = (
        "例外办理：代收 4 份（学校没有自己报送，由教育局代收）：四校示范县（虚构）、东河镇中心小学、"
        "西山乡九年一贯制学校、东河镇初级中学。"
    )
    assert collected in printed
    line = JournalLine.objects.get(deed="returns.release")
    assert line.detail["override"] == {
        "rules": ["reviewer_releases_not_alone"],
        "reason": "局里只有一人在岗",
    }

    code, printed = run("release", "show", "1")
    assert code == 0
    assert collected in printed
    assert "发布本身例外办理：审核的人不独自发布（局里只有一人在岗）。" in printed
    shown = json.loads(run("release", "show", "2025-2026/1", "--json")[1])
    assert shown["released_by_override"] == {
        "rules": ["reviewer_releases_not_alone"],
        "reason": "局里只有一人在岗",
    }
    assert {one["place"] for one in shown["overrides"]} == {
        "639800",
        "2163980001",
        "3163980001",
        "3163980002",
    }
    assert {one["term"] for one in shown["overrides"]} == {"代收"}

    # Publishing again what has not changed is nothing new, so nobody else is asked for.
    code, printed = run(*me)
    assert (code, "仍是第 2025-2026/1 号发布" in printed) == (0, True)
    code, printed = run("journal", "show")
    assert "例外办理：审核的人不独自发布（局里只有一人在岗）" in printed
    assert "例外办理：代收（学校没有自己报送，由教育局代收）" in printed


def test_somebody_else_publishes_and_whoever_collected_does_too(run):
    """What was collected is an override already: publishing it needs no second one."""
    code, _ = run("returns", "release", "--as", "代收人（虚构）")
    assert code == 0
    shown = json.loads(run("release", "show", "1", "--json")[1])
    assert shown["released_by_override"] is None
    assert run("release", "show", "7")[0] == 2


@pytest.mark.parametrize("role", ["school_clerk", "central_school", "mayor"])
def test_who_has_no_right_to_publish_does_not(run, role):
    code, printed = run("returns", "release", "--as", "某人（虚构）", "--role", role)
    assert code == 1
    assert printed.startswith("【不能办理】")


OVERRIDE = Override(
    form="f", place="p", revision=1, rule="returns.collect", term="代收", reason="停电"
)


def manifest(*overrides: Override) -> Manifest:
    return Manifest(
        period="2025-2026",
        revisions=[],
        coverage={"f": (1, 1)},
        register="r",
        catalogue="c",
        figures="f",
        overrides=list(overrides),
    )


def test_a_release_of_before_overrides_were_kept_is_of_the_same_state():
    """Its bytes have no such key, today's without overrides have none either."""
    assert b"overrides" not in as_bytes(manifest())
    old = msgspec.json.decode(as_bytes(manifest()), type=Manifest)
    assert old.same_state(manifest(OVERRIDE))
    assert not old.same_state(msgspec.structs.replace(manifest(), figures="g"))
    assert msgspec.json.decode(as_bytes(manifest(OVERRIDE)), type=Manifest).overrides == [OVERRIDE]


def test_more_places_than_fit_on_a_line_are_counted(tmp_path):
    """Ten are named; of twelve it is said that there are twelve, and the rest is in the JSON."""
    lay_out_example(tmp_path, Example.open("four_schools"))
    workspace = Workspace.open(tmp_path)
    on = workspace.period(None).reference_day
    many = [msgspec.structs.replace(OVERRIDE, place=f"无{n}") for n in range(12)]
    (line,) = told_overrides(workspace, many, on)
    assert line == "例外办理：代收 12 份（停电）：" + "、".join(f"无{n}" for n in range(10)) + (
        "等 12 家。"
    )


def test_a_document_says_what_came_in_past_a_rule():
    """Its note goes on with the numbers of those that stand there; without any it begins them."""
    from datetime import date  # noqa: PLC0415 - beside its only use

    bare = Text(title="报告", blocks=(), on=date(2025, 12, 31))
    said = ["所用报表中有 4 份系例外办理：代收（停电）。"]
    assert with_notes(bare, []) == bare
    assert [each.runs for each in with_notes(bare, said).notes] == [
        ("附：数据说明",),
        ("1.所用报表中有 4 份系例外办理：代收（停电）。",),
    ]
    noted = replace(bare, notes=(Paragraph(("附：数据说明",)), Paragraph(("1.甲。",))))
    assert with_notes(noted, said).notes[2].runs == (f"2.{said[0]}",)
