"""One-time codes (动态验证码): the second factor, reckoned from a secret and the time."""

from __future__ import annotations

import hmac
from datetime import datetime
from io import BytesIO
from typing import Final

import segno
from pyotp import random_base32
from pyotp.totp import TOTP

_STEP: Final = 30
"""Seconds a code is shown, by RFC 6238 and every app."""
_SKEW: Final = 1
"""Steps a phone's clock may be ahead or behind."""
_ISSUER: Final = "县学"


def new_secret() -> str:
    """Make a secret: 160 bits of chance, as the RFC asks for."""
    return random_base32()


def address_of(secret: str, login: str) -> str:
    """Give what an app reads from the picture."""
    return TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def picture_of(secret: str, login: str) -> str:
    """Draw that as an SVG, to be put into a page."""
    target = BytesIO()
    code = segno.make(address_of(secret, login), error="m")
    # Without colours of its own or a style attribute: the page's policy allows neither.
    code.save(target, kind="svg", xmldecl=False, scale=4, svgclass="qr", lineclass=None)
    return target.getvalue().decode()


def step_of(secret: str, code: str, at: datetime, after: int) -> int:
    """Give the step that a code is of, if later than ``after``; 0 where it is none.

    A code is good once: whoever looked over a shoulder comes too late.
    """
    said = "".join(code.split())
    now = int(at.timestamp()) // _STEP
    reckoned = TOTP(secret)
    found = 0
    for step in range(now - _SKEW, now + _SKEW + 1):
        if hmac.compare_digest(reckoned.at(step * _STEP).encode(), said.encode()) and step > after:
            found = step
    return found
