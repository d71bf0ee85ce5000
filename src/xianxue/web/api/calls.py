"""One call of the interface: what it takes to be made, said beside it as of a page.

A call is refused before anything it was given is read, by the deed that it names; so one test asks
each as every role. A call that changes something may bear a key (``Idempotency-Key``): sent again
with it, the first answer is given and nothing is done a second time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from inspect import signature
from typing import Any, Final, Literal, TypeVar, cast

from django.http import HttpRequest

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.once import done_before, keep_done, turn_of
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api.entry import API, MORE, ByToken
from xianxue.web.kit.declared import SIGNED, About
from xianxue.web.kit.pages import anywhere, of_county, of_place
from xianxue.web.kit.visit import asked

Told = dict[str, Any]
"""What a call gives; its shape makes it JSON."""
Where = Literal["anywhere", "place", "county"] | About
"""What a call is about: whatever its maker reaches, the place in its address, the county."""
F = TypeVar("F", bound=Callable[..., Any])

KEY: Final = "Idempotency-Key"
_KEY: Final = re.compile(r"[\x21-\x7e]{1,128}")
_KEYED: Final[Told] = {
    "parameters": [
        {
            "in": "header",
            "name": KEY,
            "required": False,
            "description": "Sent again with the same key, a call is done once.",
            "schema": {"type": "string", "pattern": r"^[\x21-\x7e]{1,128}$"},
        }
    ]
}


def reads(path: str, gives: Any, deed: str = SIGNED, about: Where = "anywhere") -> Callable[[F], F]:  # noqa: ANN401 - a shape, or a list of them
    """Declare a call that only reads."""
    return _declared("GET", path, gives, deed, about, {})


def gives_file(
    path: str, kind: str, deed: str = SIGNED, about: Where = "anywhere"
) -> Callable[[F], F]:
    """Declare a call that gives a file of a kind."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}}}
    file = {"responses": {200: {"description": "OK", "content": content}}}
    return _declared("GET", path, None, deed, about, file)


def does(  # noqa: PLR0913 - all that is said of a call
    path: str,
    gives: Any,  # noqa: ANN401 - as above
    deed: str = SIGNED,
    about: Where = "anywhere",
    *,
    by: str = "POST",
    secret: bool = False,
) -> Callable[[F], F]:
    """Declare a call that changes something; what is ``secret`` in its answer is told once."""

    def declare(view: F) -> F:
        return _declared(by, path, gives, deed, about, _KEYED)(_once(view, secret=secret))

    return declare


def _declared(  # noqa: PLR0913, PLR0917 - all that is said of a call
    method: str,
    path: str,
    gives: Any,  # noqa: ANN401 - as above
    deed: str,
    about: Where,
    more: Told,
) -> Callable[[F], F]:
    # What a token has to be good for is told with the call.
    is_about = _about(deed, about)
    whole = about if isinstance(about, str) else "place"
    said: Told = {"x-deed": "" if deed == SIGNED else deed, "x-about": whole, **more}
    # An answer that is a file has no shape.
    responses = {200: gives, **MORE} if gives is not None else MORE
    return API.api_operation(
        [method],
        path,
        auth=ByToken(deed, is_about),
        response=responses,
        openapi_extra=said,
    )


def _about(deed: str, about: Where) -> About:
    if not isinstance(about, str):
        return about
    return {"place": of_place(deed), "county": of_county(deed), "anywhere": anywhere}[about]


def _once(view: F, *, secret: bool) -> F:
    @wraps(view)
    def answer(request: HttpRequest, **given: Any) -> Any:  # noqa: ANN401 - what the view takes and gives
        said = request.headers.get(KEY)
        if said is None:
            return view(request, **given)
        if not _KEY.fullmatch(said):
            saw = say("{key} 有 {n} 个字符，或有空格、汉字", key=KEY, n=len(said))
            raise _refused("W-KEY", saw, say("1 到 128 个英文字母、数字、符号"))
        visit, wanted = asked().visit, _print_of(request)
        key, who = "api-" + sha256(said.encode()).hexdigest()[:56], visit.actor.name
        with turn_of(key):
            earlier = done_before(key, who)
            if earlier is not None:
                return _again(json.loads(earlier), wanted)
            made = view(request, **given)
            kept = {"wanted": wanted, "secret": secret, "gave": None if secret else made}
            keep_done(key, who, json.dumps(kept, default=str, ensure_ascii=False), visit.at)
        return made

    # What it takes is written in words of the view's own module.
    answer.__signature__ = signature(view, eval_str=True)  # type: ignore[attr-defined]  # read by inspect
    return cast("F", answer)


def _again(kept: Told, wanted: str) -> Any:  # noqa: ANN401 - as above
    if kept["wanted"] != wanted:
        saw = say("这个 {key} 已用在另一次请求上", key=KEY)
        raise _refused("W-KEY", saw, say("一个键只用于同一次请求"), say("请换一个键再送"))
    if kept["secret"]:
        saw = say("这一次已经办过，密码只在第一次的回答里")
        raise _refused("W-KEY", saw, say("密码只告知一次"), say("没有收到的，请重置密码"))
    return kept["gave"]


def _print_of(request: HttpRequest) -> str:
    """Tell one request from another: by address and by all that was sent."""
    found = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if (request.content_type or "").startswith("multipart/"):
        # Its body has been read already, into parts.
        for name, values in sorted(request.POST.lists()):
            found.update(f"{name}={values}\n".encode())
        for name, files in sorted(request.FILES.lists()):
            for file in cast("list[Any]", files):
                found.update(f"{name}:{file.name}\n".encode())
                for chunk in file.chunks():
                    found.update(chunk)
                file.seek(0)
    else:
        found.update(request.body)
    return found.hexdigest()


def _refused(code: str, saw: str, required: str, do: str = "") -> ComplaintsError:
    issue = Issue(code=code, severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
    return ComplaintsError([issue])
