"""What a browser calls itself, in words that its owner knows it by."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.values.sentence import Sentence, joined, say

_BROWSERS: Final = (
    # Each also calls itself by the names of those below it, so the order tells them apart.
    (re.compile(r"MicroMessenger/(\d+)"), say("微信")),
    (re.compile(r"(?:QIHU|360)\D*(\d*)"), say("360 浏览器")),
    (re.compile(r"QQBrowser/(\d+)"), say("QQ 浏览器")),
    (re.compile(r"Edg\w*/(\d+)"), say("Edge")),
    (re.compile(r"Firefox/(\d+)"), say("Firefox")),
    (re.compile(r"Chrome/(\d+)"), say("Chrome")),
    (re.compile(r"Version/(\d+).*Safari"), say("Safari")),
)
_SYSTEMS: Final = (
    ("Android", say("安卓")),
    ("iPhone", say("iPhone")),
    ("iPad", say("iPad")),
    ("Windows", say("Windows")),
    ("Mac OS", say("Mac")),
    ("Linux", say("Linux")),
)


def browser_of(agent: str) -> Sentence:
    """Name the browser and the system; say so where they are not known."""
    said: list[Sentence] = []
    for pattern, name in _BROWSERS:
        found = pattern.search(agent)
        if found:
            said.append(say("{name} {version}", name=name, version=found[1]) if found[1] else name)
            break
    said += [name for mark, name in _SYSTEMS if mark in agent][:1]
    return joined("，", said) if said else say("没有认出的浏览器")
