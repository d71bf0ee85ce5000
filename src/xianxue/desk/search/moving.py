"""What can be found and changes with every deed: returns, releases, people."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.actions.context import RETURNS, Ground, Key
from xianxue.desk.search.entries import Entry
from xianxue.desk.search.matching import Names
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores import clock


def moving_entries(standing: Standing) -> list[Entry]:
    """Give the returns of the workspace's period, all releases, all people, ledgers' entries."""
    from xianxue.desk.search.ledger_entries import ledger_entries  # noqa: PLC0415 - needs Django

    return [
        *_returns(standing),
        *_releases(standing),
        *_people(standing.ground()),
        *ledger_entries(standing.ground()),
    ]


def _returns(standing: Standing) -> Iterator[Entry]:
    ground, period = standing.ground(), standing.period()
    for form in ground.shelf.forms:
        for one in standing.status(form, period):
            key = Key(form, period.code, one.place)
            title = ground.title(key)
            yield Entry(
                kind="return",
                title=title,
                detail=one.term,
                names=Names.of(one.name, one.place, others=(ground.shelf.forms[form].term,)),
                deed="returns.view",
                subject=ground.subject(key),
                room=RETURNS,
                ids={"form": form, "period": period.code, "place": one.place},
            )


def _releases(standing: Standing) -> Iterator[Entry]:
    for one in standing.held().releases:
        period = Period.parse(one.period)
        title = say("{period}第 {n} 号发布", period=period.term, n=one.number)
        county = standing.ground().register.county.code
        yield Entry(
            kind="release",
            title=title,
            names=Names.of(title, one.name),
            deed="releases.view",
            subject=Subject("releases", one.name, county, one.period),
            room="releases",
            ids={"period": one.period, "number": str(one.number)},
        )


def _people(ground: Ground) -> Iterator[Entry]:
    from xianxue.desk.accounts.people import people  # noqa: PLC0415 - needs Django set up first

    policy = ground.policy
    for one in people(clock.day_of(clock.now())):
        if one.disabled_at is not None:
            continue
        parts: list[str] = []
        for post in one.posts:
            where = ground.authority.own_name(post.place)
            parts.append(joined("", [part for part in (where, policy.terms([post.role])) if part]))
        yield Entry(
            kind="person",
            title=one.name,
            detail=joined("、", parts),
            names=Names.of(one.name, one.login, others=tuple(parts)),
            deed="accounts.view",
            subject=Subject("accounts", one.login, one.posts[0].place if one.posts else ""),
            room="accounts",
            ids={"login": one.login},
        )
