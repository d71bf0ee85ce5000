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
    (re.compile(r"Trident/|MSIE (\d*)"), say("IE")),
)
_SYSTEMS: Final = (
    ("Android", say("安卓")),
    ("iPhone", say("iPhone")),
    ("iPad", say("iPad")),
    ("Windows", say("Windows")),
    ("Mac OS", say("Mac")),
    ("Linux", say("Linux")),
)


_FLOOR: Final = 92
"""The oldest Chromium that the pages are tested in; other browsers of its year are as able."""
_FLOORS: Final = (
    (re.compile(r"Trident/|MSIE "), None),
    (re.compile(r"Firefox/(\d+)"), 90),
    (re.compile(r"Chrome/(\d+)"), _FLOOR),
    (re.compile(r"Version/(\d+).*Safari"), 15),
)


def caution_of(agent: str) -> Sentence | None:
    """Say what will not work in a browser, and what to do; None where all does.

    >>> caution_of("Mozilla/5.0 Chrome/92.0 Safari/537.36") is None, caution_of("") is None
    (True, True)
    """
    if "MicroMessenger/" in agent:
        return say("微信里存不下文件，也常常打不开选文件的窗口：请点右上角“…”，选“在浏览器打开”。")
    for pattern, floor in _FLOORS:
        found = pattern.search(agent)
        if found is None:
            continue
        if floor is not None and int(found[1]) >= floor:
            return None
        return say(
            "这个浏览器太旧（{browser}）：能看能交，但有的地方会走样，粘贴和拖放文件可能不灵。"
            "请换 Chromium {floor} 以上的浏览器；360、QQ 等浏览器请切到“极速模式”。",
            browser=browser_of(agent),
            floor=_FLOOR,
        )
    return None


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
