"""A file in which many schools' returns came at once is given to none of them alone.

The example county's numbers of the year before came in one table of all its schools.
"""

from __future__ import annotations

import re

YEAR = "2024-2025"


def page_of(site) -> str:
    return f"/returns/school_annual/{YEAR}/{site.account('school_clerk')['place']}/"


def codes_in(text: str) -> set[str]:
    """All codes of schools that a page names."""
    return set(re.findall(r"[1-9]1?63990\d{3}", text))


def test_a_school_sees_its_own_numbers_and_no_other_schools(site):
    at, own = page_of(site), site.account("school_clerk")["place"]
    page = site.visitor("school_clerk").get(at)
    assert page.status == 200
    assert codes_in(page.text) == {own}
    # What it reported is there: more than a template that nobody has filled in.
    assert len(re.findall(r'<td class="number[^>]*>[1-9]', page.text)) > 5


def test_the_file_is_the_bureaus_alone(site):
    at = page_of(site)
    clerk, office = site.visitor("school_clerk"), site.visitor("office_clerk")
    assert clerk.get(f"{at}file/1").status == 404
    assert f"{at}file/1" not in clerk.get(at).text
    assert office.get(f"{at}file/1").status in {200, 303}
