"""Several rounds of a contest: who was left out applies for what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.bureau.appraisal.contest import Candidate, Round, hold
from xianxue.bureau.kinds.appraisal.contest import Contest
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say


class Refused(Record):
    """An application that is not taken into a round, and why."""

    round: int
    """Counted from 1."""
    name: str
    because: Sentence


class Held(Record, kw_only=True):
    """All rounds of a contest."""

    rounds: tuple[Round, ...]
    refused: tuple[Refused, ...]
    vacant: Mapping[str, int]
    """Posts to the places that are left in the end."""

    @property
    def chosen(self) -> list[str]:
        """Who got a post, round by round."""
        return [name for one in self.rounds for name in one.chosen]

    @property
    def left_out(self) -> list[str]:
        """落聘: who applied in any round and got none, as they first applied.

        Those who are tied for a place are not among them.
        """
        decided = {*self.chosen, *self.tied}
        names = dict.fromkeys(name for one in self.rounds for name in one.left_out)
        return [name for name in names if name not in decided]

    @property
    def tied(self) -> list[str]:
        """Who shares the last place of a post and waits for a decision."""
        return [each.name for one in self.rounds for each in one.placed if each.outcome == "tied"]


def hold_rounds(
    card: Contest, posts: Mapping[str, int], applications: Sequence[Sequence[Candidate]]
) -> Held:
    """Hold one round after the other, each for the places that the one before has left."""
    rounds: list[Round] = []
    refused: list[Refused] = []
    left: Mapping[str, int] = posts
    for number, those in enumerate(applications, 1):
        taken = {each.name for one in rounds for each in one.placed if _is_settled(each.outcome)}
        found: list[Candidate] = []
        for one in those:
            why = _refusal(card, number, one, left, taken)
            if why is None:
                found.append(one)
            else:
                refused.append(Refused(number, one.name, why))
        if number <= card.rounds:
            rounds.append(hold(card, {post: many for post, many in left.items() if many}, found))
            left = {**left, **rounds[-1].vacant}
    return Held(rounds=tuple(rounds), refused=tuple(refused), vacant=left)


def _is_settled(outcome: str) -> bool:
    return outcome in {"chosen", "tied"}


def _refusal(
    card: Contest, number: int, one: Candidate, left: Mapping[str, int], taken: set[str]
) -> Sentence | None:
    """Say why an application is not taken; None where it is."""
    if number > card.rounds:
        return say("办法只有 {n} 轮", n=card.rounds)
    if one.name in taken:
        return say("前面的轮次已经聘上，或者并列待定")
    if one.post not in left:
        return say("没有岗位“{post}”", post=one.post)
    if not left[one.post]:
        return say("岗位“{post}”这一轮没有空缺", post=one.post)
    return None
