"""One box for everything: what is meant comes first, and nobody finds what they may not see."""

from __future__ import annotations

from datetime import date

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.models import Account, Appointment
from xianxue.desk.search.search import search
from xianxue.desk.stores import clock

AUDITOR = Actor("审计员（虚构）", "auditor")
ADMINISTRATOR = Actor("管理员（虚构）", "administrator")


def titles(found, kind):
    return [str(one.title) for one in found.hits if one.kind == kind]


@pytest.fixture
def ask(county):
    """Search as the office clerk, unless somebody else is named."""

    def asked(query, actor=county.OFFICE, most=8):
        return search(county.standing, actor, query, most)

    return asked


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("2163980002", "西山乡云上教学点"),  # its code
        ("西山乡云上教学点", "西山乡云上教学点"),
        ("东河", "东河镇"),  # of those that begin so, the shortest
        ("东河镇中心", "东河镇中心小学"),
        ("东河小学", "东河镇中心小学"),  # characters in order
        ("dhzzxxx", "东河镇中心小学"),  # initials
        ("donghezhenzhongxinxiaoxue", "东河镇中心小学"),
        ("donghezzx", "东河镇中心小学"),  # begun in full, ended by initials
        ("xsxys", "西山乡云上教学点"),
        ("云上", "西山乡云上教学点"),
        ("ysjxd", "西山乡云上教学点"),  # initials from the middle
        ("９ 年一贯制", "西山乡九年一贯制学校"),  # a full-width digit, a space
        ("西山 一贯", "西山乡九年一贯制学校"),  # both words
    ],
)
def test_schools_are_found_by_whatever_they_are_called(ask, query, first):
    found = ask(query)
    assert titles(found, "school")[0] == first


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("large_classes", "大班额比例"),
        ("大班额比例", "大班额比例"),
        ("dbebl", "大班额比例"),
        ("专任教师数", "专任教师数"),
    ],
)
def test_figures_are_found_by_id_term_and_initials(ask, query, first):
    assert titles(ask(query), "figure")[0] == first


def test_a_term_is_found_by_its_english(ask):
    assert "专任教师数" in titles(ask("full-time teachers", most=50), "figure")


def test_an_exact_code_comes_before_everything_else(ask, county):
    best = ask(county.CENTRAL).hits[0]
    assert (best.kind, best.score) == ("school", 100)
    assert best.ids == {"place": county.CENTRAL}


def test_each_kind_is_counted_whole_and_given_in_part(ask):
    """By hand: the township, its primary and its middle school begin with 东河."""
    found = ask("东河", most=1)
    assert found.counts["school"] == 3
    assert len(titles(found, "school")) == 1


def test_documents_forms_fields_and_rules(ask):
    assert titles(ask("自评报告"), "document") == ["优质均衡自评报告", "普及普惠自评报告"]
    assert titles(ask("优质均衡自评报告"), "document") == ["优质均衡自评报告"]
    assert titles(ask("学校年度"), "form") == ["学校年度报表"]
    assert "专任教师" in titles(ask("专任教师"), "field")
    assert "亮灯规则" in titles(ask("办理期限"), "card")[0]


def test_a_school_and_an_indicator_are_that_schools_figure(ask, county):
    """Four of 600 pupils: 0.67 per hundred, as the school's own page has it."""
    assert titles(ask("东河中心 体育艺术"), "figure") == []  # figures are not made for a search
    counted = county.standing.counted(county.period)
    key = f"physical_arts_teachers/{county.CENTRAL}/primary/{county.period.code}"
    (hit,) = [
        one
        for one in ask("东河中心 艺术教师").hits
        if one.ids.get("indicator") == "physical_arts_teachers" and "place" in one.ids
    ]
    assert hit.ids["place"] == county.CENTRAL
    assert hit.detail.startswith(counted.figures[key].shown)
    again = [one.ids for one in ask("艺术教师 东河中心").hits if "place" in one.ids]
    assert hit.ids in again


def test_a_return_tells_its_state(ask, county):
    (hit,) = [one for one in ask("云上").hits if one.kind == "return"]
    assert hit.detail == "通过"
    county.send_back(county.SMALL)
    (hit,) = [one for one in ask("云上").hits if one.kind == "return"]
    assert hit.detail == "退回"


def test_a_release_is_found_once_it_is_there(ask, county):
    assert titles(ask("第1号发布"), "release") == []
    county.publish()
    assert titles(ask("第一号发布"), "release") == ["2025—2026学年第 1 号发布"]


def test_a_school_finds_itself_and_no_other(ask, county):
    clerk = county.clerk(county.SMALL)
    assert titles(ask("学", clerk, 50), "school") == ["西山乡云上教学点"]
    assert {one.ids["place"] for one in ask("学", clerk, 50).hits if one.kind == "return"} == {
        county.SMALL
    }
    county.standing.counted(county.period)
    found = ask("东河中心 在校生", clerk, 50)
    assert [one for one in found.hits if one.ids.get("place")] == []
    assert titles(ask("大班额比例", clerk), "figure")[0] == "大班额比例"
    assert titles(ask("办理期限", clerk), "card") == []


def test_the_central_school_finds_its_township(ask, county):
    central = Actor("郑十（虚构）", "central_school", "639800100")
    found = titles(ask("学", central, 50), "school")
    assert set(found) == {"东河镇中心小学", "东河镇初级中学"}


def test_the_administrator_finds_rules_and_schools_but_no_return(ask):
    found = ask("学", ADMINISTRATOR, 50)
    assert "return" not in found.counts
    assert "figure" not in found.counts
    assert "school" in found.counts


def test_people_are_found_by_those_who_may_see_them(ask, county):
    county.standing.ground()
    now = clock.now()
    account = Account.objects.create(
        login="zhangsan", name="张三丰（虚构）", person="张三丰（虚构）", stamp="x", created_at=now
    )
    Appointment.objects.create(
        account=account, role="school_clerk", place=county.CENTRAL, from_day=date(2020, 1, 1)
    )
    for query in ("张三丰", "zsf", "zhangsan"):
        (hit,) = [one for one in ask(query, ADMINISTRATOR).hits if one.kind == "person"]
        assert (hit.title, hit.detail) == ("张三丰（虚构）", "东河镇中心小学学校填报员")
    assert titles(ask("张三丰", county.clerk(county.CENTRAL)), "person") == []


def test_the_index_follows_the_register(county, ask):
    assert titles(ask("云下"), "school") == []
    register = county.root / "places.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("云上教学点", "云下教学点"), encoding="utf-8")
    assert titles(ask("云下"), "school") == ["西山乡云下教学点"]


@pytest.mark.parametrize(
    "query", ["", "   ", "不会有的东西", "zzzzzz", "%", "'; drop table", "\x00"]
)
def test_what_is_nothing_finds_nothing(ask, query):
    assert ask(query).hits == ()


def test_a_pasted_page_is_cut_and_harmless(ask):
    assert ask("东河镇" * 5000).hits == ()
