"""One running export a person and query: whoever asks again meanwhile gets that very one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock
from typing import Final

from django.http import HttpResponse

_going: Final[dict[tuple[str, ...], Future[HttpResponse]]] = {}
_lock: Final = Lock()


def joined_in(key: tuple[str, ...], make: Callable[[], HttpResponse]) -> HttpResponse:
    """Make an answer, or wait for the one of this key that is being made."""
    with _lock:
        going = _going.get(key)
        own = Future[HttpResponse]() if going is None else None
        if own is not None:
            _going[key] = own
    if going is not None:
        return _copy(going.result())
    assert own is not None  # noqa: S101 - one of the two is there
    try:
        answer = make()
    except BaseException as error:
        own.set_exception(error)
        raise
    else:
        own.set_result(_copy(answer))
    finally:
        with _lock:
            del _going[key]
    return answer


def _copy(answer: HttpResponse) -> HttpResponse:
    """Give an answer of one's own: what stands around a view writes headers on it."""
    found = HttpResponse(answer.content, status=answer.status_code)
    for name, value in answer.items():
        found[name] = value
    return found
