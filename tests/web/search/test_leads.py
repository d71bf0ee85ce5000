"""What is found, and what is to be done, leads to a page that is there."""

import re
from urllib.parse import quote

import pytest

HITS = re.compile(r'<section class="hits".*?</section>', re.DOTALL)
LINE = re.compile(r"<li>(.*?)</li>", re.DOTALL)
TO = re.compile(r'href="([^"]*)"')


@pytest.mark.parametrize(
    "query", ["雪山", "入园率", "学校年度报表", "年度工作总结", "优质均衡", "qq"]
)
def test_every_hit_leads_to_its_page(site, query):
    office = site.visitor("office_clerk")
    found = office.get(f"/search?q={quote(query)}").text
    lines = [line for part in HITS.findall(found) for line in LINE.findall(part)]
    assert lines
    without = [line for line in lines if not TO.search(line)]
    assert without == []
    # One of each kind of address is followed.
    kinds = {
        re.sub(r"[0-9]+", "0", to).rsplit("/", 2)[0]: to
        for line in lines
        for to in TO.findall(line)
    }
    for to in kinds.values():
        assert office.get(to.replace("&amp;", "&"), follow=True).status == 200, to


@pytest.mark.parametrize("query", ["小学", "学校年度报表", "在校生", "优质均衡"])
def test_nobody_is_led_to_a_page_that_is_not_theirs(site, query):
    clerk = site.visitor("school_clerk")
    found = clerk.get(f"/search?q={quote(query)}").text
    leads = {to for part in HITS.findall(found) for to in TO.findall(part)}
    for to in sorted(leads):
        assert clerk.get(to.replace("&amp;", "&"), follow=True).status == 200, to


def test_writing_a_report_leads_to_that_report(site):
    leads = TO.findall(site.visitor("office_clerk").get("/").text)

    assert "/report/balance_self_assessment/" in leads
