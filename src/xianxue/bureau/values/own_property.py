"""A property worked out once, of an object that one thread has to itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class own_property(Generic[T]):  # noqa: N801 - used as a decorator, as ``property`` is
    """What ``functools.cached_property`` is, without its lock.

    Up to Python 3.11 that one holds a lock of all objects of its class while it works one out: of
    two hundred visitors, each would wait until the to-dos of the one before were found.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        """Take what works it out."""
        self._work = work
        self._name = work.__name__
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, instance: None, owner: type | None = None) -> own_property[T]: ...
    @overload
    def __get__(self, instance: object, owner: type | None = None) -> T: ...
    def __get__(self, instance: object | None, owner: type | None = None) -> own_property[T] | T:
        """Work it out; the next time it is found before this is asked."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._work(instance)
        return found
