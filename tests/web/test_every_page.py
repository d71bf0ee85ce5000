"""Every page as every role: what links lead to, what the policy says, how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve
from kit.atlas import ROLES, ROOMS, Atlas, Route, name_of, routes
from kit.server import Server
from kit.workspaces import copied

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.standing.standing import Standing
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.declared import OPEN, SIGNED
from xianxue.web.kit.visit import Visit

ALL = routes()
READ = [each for each in ALL if not each.writes]
NOT_LINKED = {
    "appraisal:person": "whoever asks types the number that the roster has",
    "entry:door": "those who are in have no use for it",
    "returns:terms": "only who is to be reminded leads there, and nobody is",
    "entry:picture": "practice accounts set up no second factor",
    "ledgers:bring_left": "it is there only where something could not be placed",
    "plan:beside": "a form leads there, where two sets are kept",
    "plan:supposed": "it is there only where a set is kept",
    "slip:typed": "whoever has a slip without an account types its address",
    "kit:kit": "it is there only where the server was told so",
}
"""Pages to which no page leads, and why."""
PRIVATE = (
    "appraisal:sheet",
    "audit:",
    "home:work",
    "ledgers:",
    "returns:sent",
    "journal:verified",
)
"""Where what one person has put or begun is not there for anybody else."""


@pytest.fixture(scope="module")
def site(busy) -> Server:
    """A county in which some work has been done, so that every page has something."""
    return busy


@pytest.fixture(scope="module")
def policy(county, tmp_path_factory) -> Standing:
    """The county as this process sees it, to ask its policy."""
    return Standing(copied(county, tmp_path_factory.mktemp("policy")))


def expected(standing: Standing, account: Mapping[str, str], path: str) -> set[int]:
    """What the policy on the card lets an address answer somebody.

    Of a place that is named behind the question mark a page may show nothing, or the rows within
    reach.
    """
    split = urlsplit(path)
    found = resolve(split.path, urlconf=ROOMS)
    deed, about = found.func.deed, found.func.about
    asked = parse_qs(split.query)
    private = (found.kwargs and found.view_name.startswith(PRIVATE)) or "sent" in asked
    own = {404} if private else set()
    if deed in {OPEN, SIGNED}:
        return {200} | own
    actor = Actor(account["name"], account["role"], account["place"])
    visit = Visit(standing, "zh", datetime.now(UTC), actor=actor)
    try:
        subject = about(visit, **found.kwargs)
    except MissingError:
        # What is restricted is not even there for those who may not know of it.
        return {404}
    if not (visit.can(deed) if subject is None else visit.refused(deed, subject) is None):
        return {403}
    named = asked.get("place", [""])[0]
    return ({200} if not named or visit.may(deed, named) else {200, 403}) | own


# ── what links lead to ──────────────────────────────────────────────────────


@pytest.mark.parametrize("role", ROLES)
def test_every_link_that_a_role_is_shown_leads_to_something(atlas, role):
    seen = [each for each in atlas.seen if each.role == role]
    assert seen
    wrong = [
        f"{each.status} {each.path} from {each.came_from} {each.fault}"
        for each in seen
        if each.status != 200 or each.fault or not each.route
    ]
    assert wrong == []


@pytest.mark.parametrize("route", READ, ids=lambda each: each.name)
def test_no_page_stands_alone(atlas, route: Route):
    led = bool(atlas.of(route.name))
    if not led and route.name in NOT_LINKED:
        pytest.skip(NOT_LINKED[route.name])
    if not led and "<" in route.route:
        pytest.skip("there is no such thing in the county: `work` could make one")
    assert led


# ── who may see and do what ─────────────────────────────────────────────────


def asked(atlas: Atlas) -> Iterator[str]:
    """Two addresses of each route: one that the fewest are led to, and one that the most are."""
    for route in READ:
        by_path: dict[str, int] = {}
        for each in atlas.of(route.name):
            by_path[each.path] = by_path.get(each.path, 0) + 1
        ordered = sorted(by_path, key=lambda path: (by_path[path], path))
        yield from dict.fromkeys([*ordered[:1], *ordered[-1:]])


@pytest.mark.parametrize("role", ROLES)
def test_each_address_is_open_to_whom_the_policy_says(site, atlas, policy, role):
    visitor, account = site.visitor(role), site.account(role)
    told = {path: visitor.get(path, follow=True).status for path in asked(atlas)}
    assert told
    wrong = {
        path: (status, allowed)
        for path, status in told.items()
        if status not in (allowed := expected(policy, account, path))
    }
    assert wrong == {}


def test_nobody_who_has_not_come_in_sees_anything(site, atlas):
    opened = {route.name for route in READ if route.deed == OPEN}
    for path in asked(atlas):
        if name_of(path) not in opened:
            answer = site.visitor().get(path)
            assert urlsplit(answer.goes_to).path == "/login", path


@pytest.mark.parametrize("role", ROLES)
def test_no_form_is_taken_from_whom_the_policy_refuses(site, atlas, policy, role):
    """Every form that anybody was shown, sent empty by those who may not send it."""
    visitor, account = site.visitor(role), site.account(role)
    sent, wanted = {}, {}
    for to in dict.fromkeys(to for _, _, to in atlas.forms if name_of(to)):
        allowed = expected(policy, account, to)
        if allowed <= {403, 404}:
            sent[to] = visitor.post(to, {}, of="/own").status
            wanted[to] = min(allowed)
    assert sent
    assert sent == wanted


def test_every_form_leads_to_an_address_that_takes_it(atlas):
    takes = {each.name for each in ALL if each.writes}
    lost = [
        f"{to} on {page} ({role})" for role, page, to in atlas.forms if name_of(to) not in takes
    ]
    assert lost == []


# ── how it looks ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("room", sorted({each.name.partition(":")[0] for each in READ}))
def test_pages_are_clean_for_the_first_who_is_led_there(site, atlas, signed_in, look, room):
    """What is a file, a part of a page, or for those who are not in, is no page to be looked at."""
    opened = {}
    for route in READ:
        pages = [each for each in atlas.of(route.name) if each.whole]
        if pages and route.name.startswith(f"{room}:"):
            role, path = pages[0].role, pages[0].path
            page = opened.get(role)
            if page is None:
                page = opened[role] = signed_in(role, path, site=site)
            else:
                page.goto(path)
            look(page, f"{route.name.replace(':', '-')}-{role}")


@pytest.mark.ci
@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_clean_for_the_last_who_is_led_there(site, atlas, signed_in, look, role):
    """Between the first and the last, what a part sees of a page has been seen whole."""
    page = signed_in(role, site=site)
    for route in READ:
        pages = [each for each in atlas.of(route.name) if each.whole]
        if pages and pages[0].role != pages[-1].role == role:
            page.goto(pages[-1].path)
            look(page, f"{route.name.replace(':', '-')}-{role}")


@pytest.mark.ci
@pytest.mark.parametrize("role", ROLES)
def test_a_page_works_in_the_oldest_browser(site, atlas, signed_in, fits, role):
    """It fits a phone, and neither its policy nor its scripts meet a fault (`visit` looks)."""
    page = signed_in(role, site=site, old=True)
    for route in READ:
        pages = [each for each in atlas.of(route.name) if each.whole]
        if pages and pages[-1].role == role:
            page.goto(pages[-1].path)
            fits(page)
            # An office screen of 1366 by 768 at 200 %.
            fits(page, 683)
