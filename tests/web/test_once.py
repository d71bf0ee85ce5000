"""A deed that is sent twice is done once: by an impatient hand, by a bad line, by going back."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from kit.people import accounts


def lines(site) -> int:
    """How many lines the journal has."""
    found = re.search(r"(\d+) 行|/(\d+) 行", site.visitor("auditor").get("/journal/").text)
    assert found
    return int(found[1] or found[2])


def test_d2_the_same_key_five_times_at_once_and_once_more_is_one_deed(own_site):
    """Each sending gets the first one's answer."""
    admin = own_site.visitor("administrator")
    said = {"login": "tester2", "name": "试二（虚构）", "role": "auditor", "place": ""}
    said["deed"] = "k" * 32
    before = lines(own_site)

    def add(_at: int) -> tuple[int, str]:
        one = own_site.visitor()
        one.cookies.update(admin.cookies)
        answer = one.post("/admin/new/add", said, of="/own")
        return answer.status, answer.goes_to

    with ThreadPoolExecutor(5) as pool:
        told = set(pool.map(add, range(5)))

    ((status, to),) = told
    assert status == 303
    assert add(5) == (status, to), "back, and sent again"
    assert lines(own_site) == before + 1
    assert admin.get("/admin/?q=tester2").text.count("tester2/") == 1


def test_d2_a_key_is_its_owners_own(own_site):
    """Somebody else's form with the same key is another deed."""
    people = {one["role"]: one for one in accounts(own_site.workspace)}
    clerk, head = own_site.visitor("school_clerk"), own_site.visitor("school_head")
    at = f"/returns/school_annual/2025-2026/{people['school_clerk']['place']}/edit/"
    told = [
        one.post(f"{at}discard", {"deed": "s" * 32}, of=at).status for one in (clerk, head, clerk)
    ]
    assert told == [303, 303, 303]


def test_d2_reloading_after_a_deed_sends_nothing_again(own_site, signed_in):
    """Every deed answers with a way on, so that reload and back are only reading."""
    page = signed_in("administrator", "/admin/new", site=own_site)
    before = lines(own_site)
    page.fill("#f-login", "tester3")
    page.fill("#f-name", "试三（虚构）")
    page.select_option("#f-role", "auditor")
    page.click("main form button.main-deed")
    page.wait_for_url(re.compile("/told/"))
    page.reload()
    page.go_back()
    page.reload()
    assert lines(own_site) == before + 1
