"""Remembering what was worked out for a card: cards cannot be hashed, their identity can."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Same(Generic[T]):
    """A key that is equal only to a key for the very same object.

    A cache that holds the key holds the object too, so its identity is never given away.

    >>> card = {"a": 1}
    >>> Same(card) == Same(card), Same(card) == Same({"a": 1})
    (True, False)
    """

    __slots__ = ("it",)

    def __init__(self, it: T) -> None:
        self.it = it

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it  # pyright: ignore[reportUnknownMemberType]  # identity alone

    def __hash__(self) -> int:
        # The key holds the object, so no other can get its id while the key is in use.
        return id(self.it)
