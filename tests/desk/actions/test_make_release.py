"""Publishing: numbers, what makes a state a new one, the line told, and who may not alone."""

from __future__ import annotations

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.make_release import MakeRelease
from xianxue.desk.actions.review import Review
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import JournalLine, Release
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.stores.releases import (
    FIGURES,
    MANIFEST,
    Manifest,
    Override,
    Part,
    ReleaseFolder,
    as_bytes,
    sha256,
)

FIGURED = as_bytes([])
REVIEWER = Actor("孙八（虚构）", "office_clerk")


def part(place, revision=1, form="school_annual"):
    return Part(
        form=form,
        place=place,
        revision=revision,
        batch="b",
        content="c",
        file=f"{place}.xlsx",
        digest="d",
    )


def manifest(*parts, period="2025-2026", figures=FIGURED, **more):
    return Manifest(
        period=period,
        revisions=list(parts),
        coverage={"school_annual": (len(parts), 4)},
        register="r",
        catalogue="c",
        figures=sha256(figures),
        **more,
    )


def publishing(desk, actor=None, why="", override=None):
    folder = ReleaseFolder(desk.folder / "releases")
    return MakeRelease(folder, desk.ground, actor or desk.office(), desk.tick(), why, override)


@pytest.fixture
def approved(desk):
    """The schools in the east and the west, each taken up and approved by one person alone."""
    for place in (desk.EAST, desk.WEST):
        desk.submit(40, place)
        desk.do(Review, REVIEWER)(desk.key(place))
        desk.do(Approve, REVIEWER)(desk.key(place))
    return desk


def test_a_release_is_numbered_kept_and_told(desk, told):
    made = manifest(part(desk.EAST), part(desk.WEST))
    actor = Actor("赵六（虚构）", "leader", "639900", "局长室")
    release, new = publishing(desk, actor, "年报")(made, FIGURED)
    assert new is True
    digest = sha256(as_bytes(made))
    (row,) = Release.objects.values()
    del row["id"]
    assert row == {
        "period": "2025-2026",
        "number": 1,
        "digest": digest,
        "at": desk.at,
        "by": "赵六（虚构）",
        "why": "年报",
    }
    assert release == Release.objects.get()
    folder = desk.folder / "releases" / digest
    assert (folder / MANIFEST).read_bytes() == as_bytes(made)
    assert (folder / FIGURES).read_bytes() == FIGURED
    assert told() == {
        "at": desk.at,
        "actor": "赵六（虚构）",
        "deed": "returns.release",
        "subject": "2025-2026/1",
        "detail": {
            "digest": digest,
            "returns": 2,
            "role": "leader",
            "of": "639900",
            "where": "局长室",
        },
        "why": "年报",
    }


def test_what_is_not_known_of_the_actor_is_not_told(desk, told):
    publishing(desk)(manifest(), FIGURED)
    assert set(told()["detail"]) == {"digest", "returns", "role"}


def test_the_same_state_is_published_once(desk, everything):
    made = manifest(part(desk.EAST))
    first, _ = publishing(desk)(made, FIGURED)
    before = everything()
    again, new = publishing(desk, why="再发")(made, FIGURED)
    assert (again, new) == (first, False)
    assert everything() == before


def test_an_override_told_since_makes_no_new_state(desk):
    """Releases made before overrides were kept name none."""
    publishing(desk)(manifest(part(desk.EAST)), FIGURED)
    override = Override(
        form="school_annual",
        place=desk.EAST,
        revision=1,
        rule="returns.collect",
        term="代收",
        reason="停电",
    )
    _, new = publishing(desk)(manifest(part(desk.EAST), overrides=[override]), FIGURED)
    assert new is False
    assert Release.objects.count() == 1


def test_another_state_is_the_next_number(desk, told):
    numbers = [
        publishing(desk)(manifest(part(desk.EAST, revision)), FIGURED)[0].number
        for revision in (1, 2, 1)
    ]
    # The third is as the first was, but what stands published is the second.
    assert numbers == [1, 2, 3]
    assert told()["subject"] == "2025-2026/3"


def test_each_period_counts_by_itself(desk):
    publishing(desk)(manifest(part(desk.EAST)), FIGURED)
    release, new = publishing(desk)(manifest(period="2026-2027"), FIGURED)
    assert (release.name, new) == ("2026-2027/1", True)


def test_a_damaged_release_is_the_same_as_nothing(desk):
    """What was published can no longer be read: the same state is published anew."""
    old = publishing(desk)(manifest(part(desk.EAST)), FIGURED)[0]
    (desk.folder / "releases" / old.digest / FIGURES).unlink()
    override = Override(form="f", place="p", revision=1, rule="r", term="t", reason="w")
    release, new = publishing(desk)(manifest(part(desk.EAST), overrides=[override]), FIGURED)
    assert (release.number, new) == (2, True)


# ── who may ─────────────────────────────────────────────────────────────────


def test_who_publishes_nothing(desk, refused):
    """Nothing is written either: not the files, not the line."""
    issue = refused(publishing(desk, desk.clerk()), manifest(), FIGURED)
    assert (issue.code, issue.form, issue.place) == ("F-ROLE", "", "639900")
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县（2025—2026学年）的发布；"
        "要求：由股室业务员、分管领导办理。"
    )
    assert not (desk.folder / "releases").exists()


EAST_RETURN = "东村小学《学校年度报表》（2025—2026学年）"
WEST_RETURN = "西村小学《学校年度报表》（2025—2026学年）"


def test_who_alone_reviewed_does_not_publish_alone(approved, refused):
    desk = approved
    made = manifest(part(desk.EAST), part(desk.WEST))
    issue = refused(publishing(desk, REVIEWER), made, FIGURED)
    assert (issue.code, issue.place) == ("F-EYES", "639900")
    assert issue.message == (
        f"{EAST_RETURN}、{WEST_RETURN}的受理审核、审核通过已有孙八（虚构）经办或签名，"
        "不能再由同一人发布；要求：审核的人不独自发布，由另一人发布。"
        "请换一人办理；确实没有别人的，写明理由例外办理（--override '理由'）。"
    )


def test_only_the_returns_that_stand_in_the_way_are_named(approved, refused):
    """Of the west a second person has approved a later revision; only the east is named."""
    desk = approved
    desk.submit(41, desk.WEST, why="更正")
    desk.do(Review, REVIEWER)(desk.key(desk.WEST))
    desk.do(Approve, desk.office())(desk.key(desk.WEST))
    made = manifest(part(desk.WEST, 2), part(desk.EAST), part(desk.DIRECT))
    issue = refused(publishing(desk, REVIEWER), made, FIGURED)
    assert issue.saw.startswith(f"{EAST_RETURN}的受理审核、审核通过已有")


def test_somebody_else_publishes(approved, told):
    desk = approved
    release, new = publishing(desk)(manifest(part(desk.EAST), part(desk.WEST)), FIGURED)
    assert (release.number, new) == (1, True)
    assert "override" not in told()["detail"]


def test_with_a_reason_it_is_published_and_the_rule_told(approved, told):
    desk = approved
    made = manifest(part(desk.EAST))
    release, new = publishing(desk, REVIEWER, override=" 只有一人在岗 ")(made, FIGURED)
    assert (release.number, new) == (1, True)
    assert told()["detail"]["override"] == {
        "rules": ["reviewer_releases_not_alone"],
        "reason": "只有一人在岗",
    }


def test_a_reason_without_words_is_none(approved, refused):
    issue = refused(
        publishing(approved, REVIEWER, override=" "), manifest(part(approved.EAST)), FIGURED
    )
    assert issue.saw.endswith("例外办理没有写理由")


def test_a_reason_that_nothing_asked_for_is_not_told(approved, told):
    publishing(approved, override="有备无患")(manifest(part(approved.EAST)), FIGURED)
    assert "override" not in told()["detail"]


def test_what_is_published_already_needs_nobody_else(approved):
    made = manifest(part(approved.EAST))
    publishing(approved)(made, FIGURED)
    assert publishing(approved, REVIEWER)(made, FIGURED)[1] is False
    assert JournalLine.objects.filter(deed="returns.release").count() == 1


@pytest.mark.parametrize(("n", "more"), [(10, ""), (11, "等 11 份报表")])
def test_ten_returns_are_named_and_of_more_how_many(desk, refused, n, more):
    """The trail has each; a sentence has ten. The schools are in no register any more."""
    parts = [part(f"{at:010d}") for at in range(n)]
    with writing():
        for one in parts:
            subject = f"school_annual/2025-2026/{one.place}"
            detail = {"revision": 1, "from": "submitted", "to": "in_review"}
            write_down(
                Deed(
                    at=desk.tick(),
                    actor=REVIEWER.name,
                    name="returns.review",
                    subject=subject,
                    detail=detail,
                )
            )
    issue = refused(publishing(desk, REVIEWER), manifest(*parts), FIGURED)
    named = "、".join(f"{at:010d}《学校年度报表》（2025—2026学年）" for at in range(10))
    assert issue.saw.startswith(f"{named}{more}的受理审核已有孙八（虚构）")
