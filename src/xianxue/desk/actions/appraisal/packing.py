"""Taking evidence out of the cabinet as a package (打包迎检材料)."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.workflow.permission import Allowed
from xianxue.desk.actions.appraisal.doing import PACK, About, Doing
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.database.transactions import writing


class PackEvidence(Doing):
    """Take the evidence of one place, or of all, out as files: whoever takes it is written down."""

    def allowed(self, about: About, place: str) -> Allowed:
        """Ask the policy, before anything is read; ``place`` is empty for all."""
        return self.refuse(PACK, about, place)

    def __call__(self, about: About, allowed: Allowed, detail: Mapping[str, object]) -> None:
        """Write the journal's line of a package that is about to appear."""
        key = f"{about.rubric.series}/{about.period.code}"
        with writing():
            tell_of(self, PACK, key, {**detail, **set_aside(allowed)}, self.why)
