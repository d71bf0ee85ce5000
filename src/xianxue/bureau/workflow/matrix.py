"""The permission matrix: for each deed and role, how far the role reaches with it."""

from __future__ import annotations

from xianxue.bureau.kinds.policy import DeedTerm, Policy, Role, Scope
from xianxue.bureau.values.record import Record


class Permission(Record):
    """One role and one deed."""

    role: Role
    deed: DeedTerm
    scopes: tuple[Scope, ...]
    """Empty where the role may not do it at all."""


def matrix(policy: Policy) -> list[list[Permission]]:
    """Give a line a deed and a cell a role, both in the order of the card."""
    return [
        [
            Permission(role, deed, tuple(policy.scopes(role.role, deed.deed)))
            for role in policy.roles
        ]
        for deed in policy.deeds
    ]
