"""The rules that people come in by, from the policy card and the workspace's settings."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.policy import Admission, Policy
from xianxue.bureau.values.record import Record


class Gate(Record):
    """How people come in here, and who shows a one-time code beside the password."""

    policy: Policy
    admission: Admission
    needs_code: frozenset[str]
    """Roles; the national policy's and the county's own together, for one more is always allowed
    and one less never."""
    demo: bool
    """Whether practice accounts are good here."""

    @classmethod
    def of(cls, policy: Policy, first: Policy, *, demo: bool) -> Gate:
        """Take the rules from a county's policy, and from the first one what it does not say."""
        admission = policy.admission or first.admission
        assert admission is not None  # noqa: S101 - the catalogue's own card has it; a test holds that
        return cls(policy, admission, frozenset({*policy.needs_totp, *first.needs_totp}), demo)


def refuse(code: str, saw: str, required: str = "", do: str = "") -> Issue:
    """Complain of somebody's wish to come in, or to act."""
    return Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
