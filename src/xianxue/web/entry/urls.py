"""The addresses of the door."""

from __future__ import annotations

from typing import Final

from xianxue.web.entry import own, own_keys, own_secrets, pages
from xianxue.web.kit.addresses import room

ROOM: Final = room(
    "entry",
    ("login", pages.door_page, "door"),
    ("login/in", pages.come_in, "come_in"),
    ("logout", pages.leave, "leave"),
    ("language", pages.language, "language"),
    ("own", own.own, "own"),
    ("own/part", own.part, "part"),
    ("own/password", own_secrets.password, "password"),
    ("own/code", own_secrets.enrol, "enrol"),
    ("own/code.svg", own_secrets.picture, "picture"),
    ("own/code/confirm", own_secrets.confirm, "confirm"),
    ("own/code/drop", own_secrets.drop, "drop"),
    ("own/sessions/end", own_keys.end_sessions, "end_sessions"),
    ("own/tokens", own_keys.issue, "issue"),
    ("own/tokens/revoke", own_keys.revoke, "revoke"),
    ("own/tokens/<str:key>/", own_keys.token, "token"),
    at="",
)
