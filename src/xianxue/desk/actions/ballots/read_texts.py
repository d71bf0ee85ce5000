"""Reading what was written (阅读文字意见): names are taken out before anybody else sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.desk.actions.ballots.doing import Doing, in_state
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.ballot import COUNTED, Poll

READING: Final = "ballots.read"
READ: Final = "read"
"""Where results keep what a reader let pass: digest of a text to the words that are shown."""


class ReadTexts(Doing):
    """Keep how a reader let texts pass; who reads again takes the place of what was read before."""

    def __call__(self, poll: Poll, passed: Mapping[str, str]) -> Poll:
        """Keep them: digest of a text to its words without names, empty where it is not shown."""
        allowed = self.refuse(READING, poll)
        with writing():
            poll.refresh_from_db()
            in_state(poll, COUNTED)
            results = dict(poll.results or {})
            results[READ] = {**results.get(READ, {}), **passed}
            poll.results = results
            poll.save(update_fields=["results"])
            shown = sum(1 for one in passed.values() if one)
            self.note(READING, poll, {"texts": len(passed), "shown": shown}, allowed)
        return poll
