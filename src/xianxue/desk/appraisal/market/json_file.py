"""Teachers and posts in JSON: ``{"teachers": {"甲": ["A", "B"]}, "posts": {"A": {…}}}``.

A list within a list ranks those in it equal: ``["甲", ["乙", "丙"]]``.
"""

from __future__ import annotations

import json
from typing import Any, Final, cast

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.market.notes import At, Line, Notes, Place, complaint
from xianxue.desk.stores.given.json_text import NotJsonError, NotUtf8Error, Pairs, read_pairs

_SHAPE: Final = (
    '{"teachers": {"甲": ["A", "B"]}, "posts": {"A": {"quota": 1, "ranking": ["甲"]}, '
    '"B": {"quota": 2, "ranking": []}}}'
)


def read_json(file: str, data: bytes) -> tuple[Notes | None, list[Issue]]:
    """Read a file's bytes; None with every fault of its shape."""
    try:
        found = read_pairs(data)
    except NotUtf8Error as error:
        return None, [complaint(file, At(), "M-JSON", error.saw, say("UTF-8 编码的 JSON"))]
    except NotJsonError as error:
        return None, [complaint(file, At(), "M-JSON", error.saw, _required())]
    return _Reading(file).notes(found)


def _required() -> Sentence:
    return say("形如：{shape}", shape=_SHAPE)


class _Reading:
    """Goes through what a file holds, and notes every fault on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.issues: list[Issue] = []

    def notes(self, found: object) -> tuple[Notes | None, list[Issue]]:
        """Give what the file says; None with its faults."""
        parts = self._object(found, "", {"teachers", "posts"})
        teachers = [
            Line(name, At(cell=f"teachers.{name}"), self._places(wishes, f"teachers.{name}"))
            for name, wishes in self._named(parts.get("teachers"), "teachers")
        ]
        posts = [self._post(name, said) for name, said in self._named(parts.get("posts"), "posts")]
        return (None if self.issues else Notes(self.file, teachers, posts)), self.issues

    def _post(self, name: str, said: object) -> Line:
        where = f"posts.{name}"
        parts = self._object(said, where, {"quota", "ranking"})
        quota = parts.get("quota")
        # In Python true is a whole number; nobody means one place by it.
        whole = quota if isinstance(quota, int) and not isinstance(quota, bool) else None
        return Line(
            name=name,
            at=At(cell=where),
            places=self._places(parts["ranking"], f"{where}.ranking") if "ranking" in parts else (),
            quota=whole,
            quota_said=json.dumps(quota, ensure_ascii=False) if "quota" in parts else "",
            quota_at=At(cell=f"{where}.quota"),
        )

    def _object(self, found: object, where: str, keys: set[str]) -> dict[str, Any]:
        """Give an object with these keys, all of them; complain of others and of missing ones."""
        parts = dict(self._named(found, where))
        for key in parts:
            if key not in keys:
                self._complain(where, say("键“{key}”不认识", key=key))
        for key in sorted(keys - {*parts}) if isinstance(found, Pairs) else ():
            self._complain(where, say("缺少键“{key}”", key=key))
        return parts

    def _named(self, found: object, where: str) -> list[tuple[str, Any]]:
        """Give an object's keys as they stand, one that stands twice twice."""
        if isinstance(found, Pairs):
            return found
        # What is missing was told already.
        if found is not None or not where:
            self._complain(where, say("这里不是一组“名称: 内容”"))
        return []

    def _places(self, found: object, where: str) -> list[Place]:
        if not isinstance(found, list) or isinstance(found, Pairs):
            self._complain(where, say("这里不是名单"))
            return []
        places: list[Place] = []
        for number, one in enumerate(cast("list[object]", found), 1):
            names = cast("list[object]", one) if isinstance(one, list) else [one]
            at = f"{where}[{number}]"
            if names and all(isinstance(name, str) and name for name in names):
                places.append(Place(tuple(cast("list[str]", names)), At(cell=at)))
            else:
                self._complain(at, say("名单里有一处不是名称"))
        return places

    def _complain(self, where: str, saw: str) -> None:
        self.issues.append(complaint(self.file, At(cell=where), "M-SHAPE", saw, _required()))
