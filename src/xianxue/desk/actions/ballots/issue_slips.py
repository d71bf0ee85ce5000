"""Issuing slips (发票): their codes are given once, to whoever prints them, and kept nowhere."""

from __future__ import annotations

from typing import Any, Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ballots.doing import (
    BURNING,
    ISSUING,
    Doing,
    complain,
    done_before,
    groups_in,
    in_state,
)
from xianxue.desk.actions.ballots.opened import opened
from xianxue.desk.actions.ballots.slip_codes import digest_of, drawn
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ballot import OPEN, BurntSlip, Poll, Slip, SlipBatch, UnspentSlip

MOST: Final = 50_000
"""Slips that are issued at once: more than a county has teachers."""


class Wanted(Record):
    """How many slips a group is to have, in a place where the card tells places apart."""

    group: str
    many: int
    place: str = ""


class Issued(Record):
    """Slips of one group, with their codes: nobody can have them a second time."""

    group: str
    place: str
    codes: tuple[str, ...]


class IssueSlips(Doing):
    """Issue slips of several groups."""

    def __call__(self, poll: Poll, wanted: list[Wanted]) -> list[Issued]:
        """Issue them; ComplaintsError where they may not be."""
        allowed = self.refuse(ISSUING, poll, done_before(poll), self.override)
        self._whole(poll, wanted)
        drawn_now = [
            Issued(one.group, one.place, tuple(sorted(drawn() for _ in range(one.many))))
            for one in wanted
        ]
        with writing():
            poll.refresh_from_db()
            in_state(poll, OPEN)
            self.unchanged(poll)
            numbers = SlipBatch.objects.filter(poll=poll).count()
            for number, one in enumerate(drawn_now, start=numbers + 1):
                SlipBatch.objects.create(
                    poll=poll, number=number, group=one.group, place=one.place,
                    many=len(one.codes), at=self.at, by=self.actor.name,
                )  # fmt: skip
                self._keep(poll, one)
            many: dict[str, int] = {}
            for one in drawn_now:
                many[one.group] = many.get(one.group, 0) + len(one.codes)
            self.note(ISSUING, poll, {"from": numbers + 1, "slips": many}, allowed)
        return drawn_now

    @staticmethod
    def _keep(poll: Poll, one: Issued) -> None:
        # In the order of the digests, which is not that of the codes on paper.
        digests = sorted(digest_of(code) for code in one.codes)
        said: dict[str, Any] = {"poll": poll, "group": one.group, "place": one.place}
        slips = [Slip(digest=digest, **said) for digest in digests]
        Slip.objects.bulk_create(slips, batch_size=500)
        unspent = [UnspentSlip(digest=digest, **said) for digest in digests]
        UnspentSlip.objects.bulk_create(unspent, batch_size=500)

    def _whole(self, poll: Poll, wanted: list[Wanted]) -> None:
        card = opened(poll).card
        known = [one.group for one in card.groups]
        for one in wanted:
            if one.group not in known:
                saw = say("没有“{group}”这一类人", group=one.group)
                raise complain("B-GROUP", saw, say("{groups} 之一", groups=groups_in(card)))
            if card.by_place != bool(one.place):
                saw = (
                    say("{n} 张票没有写明学校", n=one.many)
                    if card.by_place
                    else say("票上写了学校")
                )
                required = say("这次要分学校") if card.by_place else say("这次不分学校")
                raise complain("B-PLACE", saw, required)
            if one.place and one.place not in self.ground.register.places:
                saw = say("名册里没有 {place}", place=one.place)
                raise complain("B-PLACE", saw, say("名册里的学校代码"))
        if not 0 < sum(one.many for one in wanted) <= MOST or any(one.many < 1 for one in wanted):
            many = sum(one.many for one in wanted)
            raise complain(
                "B-MANY",
                say("要发 {n} 张票", n=many),
                say("每类至少 1 张，一次不超过 {n} 张", n=MOST),
            )


class BurnSlips(Doing):
    """Take slips back for which paper ballots are handed out: nobody votes in both ways."""

    def __call__(self, poll: Poll, codes: list[str]) -> int:
        """Burn them; ComplaintsError where one is spent, or none of this ballot's."""
        allowed = self.refuse(BURNING, poll)
        digests = sorted({digest_of(code) for code in codes})
        with writing():
            poll.refresh_from_db()
            in_state(poll, OPEN)
            rows = list(UnspentSlip.objects.filter(poll=poll, digest__in=digests))
            if len(rows) < len(digests):
                left = len(digests) - len(rows)
                saw = say("{n} 张票不是这次的，或者已经用过", n=left)
                raise complain("B-SPENT", saw, say("没有用过的票才能换纸质票"))
            BurntSlip.objects.bulk_create(
                BurntSlip(digest=row.digest, poll=poll, group=row.group, place=row.place)
                for row in rows
            )
            UnspentSlip.objects.filter(poll=poll, digest__in=digests).delete()
            many: dict[str, int] = {}
            for row in rows:
                many[row.group] = many.get(row.group, 0) + 1
            self.note(BURNING, poll, {"slips": many}, allowed)
        return len(rows)
