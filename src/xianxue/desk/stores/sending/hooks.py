"""Calling another program (webhook): signed, led nowhere else, and up to which line it was told."""

from __future__ import annotations

import hashlib
import hmac
import os
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path
from typing import IO, Final

import msgspec

from xianxue.desk.stores.whole_files import whole

SECRET: Final = "XIANXUE_HOOK_SECRET"  # noqa: S105 - the variable's name
"""The variable with the secret that calls are signed with."""
SIGNATURE, MOMENT, NUMBER = "X-Xianxue-Signature", "X-Xianxue-Time", "X-Xianxue-Number"
_PATIENCE: Final = 10
"""Seconds until a program that says nothing is given up."""
_NAME: Final = "hooks.json"
_SUCCESS: Final = range(200, 300)


class HookError(Exception):
    """A call that was not taken."""


class _Straight(urllib.request.HTTPRedirectHandler):
    """Goes nowhere but where the settings say: a redirect is a refusal."""

    def redirect_request(  # noqa: PLR0913, PLR0917 - as urllib calls it
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Message,
        newurl: str,
    ) -> None:
        """Follow none."""


def secret() -> str:
    """Give the secret of calls; empty where there is none, and then nothing is called."""
    return os.environ.get(SECRET, "")


def signature(key: str, moment: str, body: bytes) -> str:
    """Sign a call: HMAC-SHA256 over the moment, a full stop, and the body."""
    signed = hmac.new(key.encode(), moment.encode() + b"." + body, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"


def call(url: str, key: str, moment: str, number: int, body: bytes) -> None:
    """Call once; HookError where it is not taken."""
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "xianxue",
        SIGNATURE: signature(key, moment, body),
        MOMENT: moment,
        NUMBER: str(number),
    }
    # The settings take http and https alone; nothing is read from a proxy's variables.
    asked = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310 - as said above
    opener = urllib.request.build_opener(_Straight, urllib.request.ProxyHandler({}))
    try:
        with opener.open(asked, timeout=_PATIENCE) as answer:
            if answer.status not in _SUCCESS:
                raise HookError(str(answer.status))
    except urllib.error.HTTPError as error:
        with error:
            raise HookError(str(error.code)) from error
    except (OSError, ValueError) as error:
        raise HookError(str(getattr(error, "reason", error))) from error


def told_to(store: Path) -> dict[str, int]:
    """Give up to which line of the journal each address has been told."""
    try:
        return msgspec.json.decode((store / _NAME).read_bytes(), type=dict[str, int])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}


def keep_told(store: Path, told: dict[str, int]) -> None:
    """Keep it, whole or not at all."""
    with whole(store / _NAME) as scratch:
        scratch.write_bytes(msgspec.json.encode(told))
