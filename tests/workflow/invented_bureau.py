"""An invented county and an invented policy in which every scope is somebody's."""

from __future__ import annotations

from datetime import date
from typing import Any

from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.workflow.subject import Subject

COUNTY, EAST_TOWN, WEST_TOWN = "639900", "639900101", "639900102"
EAST, EAST_CENTRAL, WEST, DIRECT = "2163990001", "2163990009", "2163990002", "2163990003"
PLACES = {
    "COUNTY": COUNTY,
    "EAST_TOWN": EAST_TOWN,
    "WEST_TOWN": WEST_TOWN,
    "EAST": EAST,
    "EAST_CENTRAL": EAST_CENTRAL,
    "WEST": WEST,
    "DIRECT": DIRECT,
}


def place(code: str, name: str, level: Any = "school", parent: str = COUNTY) -> Place:
    return Place(code=code, name=name, level=level, parent=parent, opened=date(2001, 9, 1))


REGISTER = Register.of(
    [
        place(COUNTY, "虚构县", "county", ""),
        place(EAST_TOWN, "东镇", "township"),
        place(WEST_TOWN, "西镇", "township"),
        place(EAST_CENTRAL, "东镇中心校", parent=EAST_TOWN),
        place(EAST, "东村小学", parent=EAST_TOWN),
        place(WEST, "西村小学", parent=WEST_TOWN),
        place(DIRECT, "县一小"),
    ]
)

POLICY = card_of(
    {
        "policy": "invented",
        "term": "虚构权限",
        "source": {"document": "xianxue-own", "seen": "own"},
        "roles": [
            {"role": "finder", "term": "排查员"},
            {"role": "central", "term": "中心校安全员"},
            {"role": "township", "term": "乡镇安全员"},
            {"role": "office", "term": "安全股"},
            {"role": "county", "term": "分管领导"},
        ],
        "deeds": [
            {"deed": "ledgers.find", "term": "登记隐患"},
            {"deed": "ledgers.mend", "term": "整改"},
            {"deed": "ledgers.close", "term": "销号"},
            {"deed": "ledgers.publish", "term": "通报"},
            {"deed": "ledgers.burn", "term": "销毁"},
        ],
        "grants": [
            {"role": "finder", "scope": "place", "deeds": ["ledgers.find", "ledgers.mend"]},
            {"role": "central", "scope": "district", "deeds": ["ledgers.close"]},
            {"role": "township", "scope": "township", "deeds": ["ledgers.close"]},
            {"role": "office", "scope": "office", "deeds": ["ledgers.close"]},
            {"role": "county", "scope": "county", "deeds": ["ledgers.close", "ledgers.publish"]},
        ],
        "offices": [{"office": "safety", "term": "安全股", "answers_for": ["hazards"]}],
        "four_eyes": [
            {
                "rule": "mender_closes_not",
                "term": "整改的人不销号",
                "deeds": ["ledgers.close"],
                "apart_from": ["ledgers.find", "ledgers.mend"],
                "override": ["county"],
            },
            {
                "rule": "closer_publishes_not_alone",
                "term": "销号的人不独自通报",
                "deeds": ["ledgers.publish"],
                "not_alone_after": ["ledgers.close"],
            },
        ],
    },
    Policy,
)

HAZARD = card_of(
    {
        "lifecycle": "hazard",
        "term": "隐患办理",
        "subject": "ledgers",
        "source": {"document": "xianxue-own", "seen": "own"},
        "states": [
            {"state": "unknown", "term": "未登记", "marks": ["start"]},
            {"state": "open", "term": "待整改", "marks": ["waiting", "counts"]},
            {"state": "mended", "term": "已整改"},
            {"state": "closed", "term": "已销号", "marks": ["end"]},
        ],
        "steps": [
            {
                "step": "find",
                "term": "登记隐患",
                "from": ["unknown"],
                "to": "open",
                "roles": ["finder"],
                "needs": ["evidence"],
            },
            {
                "step": "mend",
                "term": "整改",
                "from": ["open"],
                "to": "mended",
                "roles": ["finder"],
                "needs": ["evidence", "comment"],
            },
            {
                "step": "close",
                "term": "销号",
                "from": ["mended"],
                "to": "closed",
                "roles": ["central", "township", "office", "county"],
                "needs": ["second_person"],
            },
            {
                "step": "close",
                "term": "免予整改",
                "from": ["open"],
                "to": "closed",
                "roles": ["county"],
                "needs": ["reason"],
            },
        ],
    },
    Lifecycle,
)


def subject(place: str = EAST, kind: str = "ledgers", name: str = "hazards") -> Subject:
    return Subject(kind, name, place, "2025-2026", f"{REGISTER.places[place].name}的隐患")
