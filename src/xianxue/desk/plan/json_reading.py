"""Questions that somebody hands in as JSON, read strictly: every fault at once, each in place."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, cast

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.stores.given.json_text import NotJsonError, Pairs, read_pairs
from xianxue.desk.workspace import ComplaintsError

_LONGEST: Final = 40
"""Letters of what was written that a complaint quotes."""
_LARGEST: Final = 10**12
"""No number of a county comes near; Decimal reads exponents that no memory would hold."""


class Reading:
    """Goes through what a file holds, and notes every fault on the way."""

    def __init__(self, file: str, shape: str) -> None:
        """Name the file, and the shape that is shown to whoever wrote another."""
        self.file = file
        self.shape = shape
        self.issues: list[Issue] = []

    def whole_file(self, path: Path) -> object:
        """Give what a file holds; ComplaintsError where it is no JSON."""
        try:
            data = read_file(path)
        except RefusedError as refused:
            raise ComplaintsError([refused.issue(path.name)]) from None
        return self.whole(data)

    def whole(self, data: bytes) -> object:
        """Give what bytes say; ComplaintsError where they are no JSON."""
        try:
            return read_pairs(data, exact=True)
        except NotJsonError as error:
            saw = error.saw if data.strip() else say("文件是空的")
        self.complain("", "P-JSON", saw, self._shaped())
        raise ComplaintsError(self.issues)

    def done(self) -> None:
        """End the reading: ComplaintsError with all that was found."""
        if self.issues:
            raise ComplaintsError(self.issues)

    def keys(
        self,
        found: object,
        where: str,
        needed: Collection[str],
        allowed: Collection[str] | None = (),
    ) -> Mapping[str, Any]:
        """Give an object's keys; complain of strange, missing and double ones.

        With None any key is allowed: they are names.
        """
        if not isinstance(found, Pairs):
            self.complain(where, "P-SHAPE", say("这里不是一组“名称: 内容”"), self._shaped())
            return {}
        parts: dict[str, Any] = {}
        for key, value in found:
            if allowed is not None and key not in needed and key not in allowed:
                self.complain(where, "P-KEY", say("键“{key}”不认识", key=key), self._shaped())
            elif key in parts:
                saw = say("键“{key}”写了两次", key=key)
                self.complain(where, "P-KEY", saw, say("每个键只写一次"))
            parts[key] = value
        if lacking := [key for key in needed if key not in parts]:
            saw = say("缺少键“{key}”", key="、".join(lacking))
            self.complain(where, "P-KEY", saw, self._shaped())
        return parts

    def each(self, parts: Mapping[str, Any], key: str) -> Iterator[tuple[str, object]]:
        """Give the members of a list, each with where it stands; complain where it is none."""
        if key not in parts:
            return
        found = parts[key]
        if not isinstance(found, list) or isinstance(found, Pairs):
            self.complain(key, "P-SHAPE", say("这里不是名单"), self._shaped())
            return
        for number, one in enumerate(cast("list[object]", found), 1):
            yield f"{key}[{number}]", one

    def name(self, parts: Mapping[str, Any], key: str, where: str) -> str:
        """Give a name, or a number that serves as one."""
        found = parts.get(key)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        if isinstance(found, str) and found.strip():
            return found.strip()
        if key in parts:
            self.strange(f"{where}.{key}", found, say("名称，写在引号里"))
        return ""

    def number(
        self,
        parts: Mapping[str, Any],
        key: str,
        where: str = "",
        *,
        least: int = 0,
        most: int = _LARGEST,
    ) -> Fraction | None:
        """Give a number, as it was written: 0.45 or "0.45"; None where it is none or not there."""
        if key not in parts:
            return None
        found = parts[key]
        value = _value(found)
        at = f"{where}.{key}" if where else key
        if value is None:
            self.strange(at, found, say("数，如 0.45"))
        elif not least <= value <= most:
            required = say("{least} 到 {most} 之间的数", least=least, most=most)
            if most == _LARGEST:
                required = say("不小于 {least} 的数", least=least)
            self.strange(at, found, required)
        else:
            return value
        return None

    def count(
        self, parts: Mapping[str, Any], key: str, where: str = "", *, least: int = 0
    ) -> int | None:
        """Give a whole number; None where it is none or not there."""
        if key not in parts:
            return None
        found = parts[key]
        value = _value(found)
        if value is None or value.denominator != 1 or not least <= value <= _LARGEST:
            required = say("不小于 {least} 的整数", least=least)
            self.strange(f"{where}.{key}" if where else key, found, required)
            return None
        return int(value)

    def flag(self, parts: Mapping[str, Any], key: str, where: str) -> bool:
        """Give true or false; false where nothing is said."""
        found = parts.get(key, False)
        if not isinstance(found, bool):
            self.strange(f"{where}.{key}" if where else key, found, say("true 或 false"))
            return False
        return found

    def complain(
        self, where: str, code: str, saw: Sentence, required: Sentence, do: Sentence | str = ""
    ) -> None:
        """Complain of something at a place of the file."""
        self.issues.append(
            Issue(
                code=code,
                severity=Severity.MUST_FIX,
                file=self.file,
                cell=where,
                saw=saw,
                required=required,
                do=do,
            )
        )

    def strange(
        self, where: str, found: object, required: Sentence, do: Sentence | str = ""
    ) -> None:
        """Complain of a value, which is quoted as it was written."""
        saw = say("这里写了“{said}”", said=_quoted(found))
        self.complain(where, "P-VALUE", saw, required, do)

    def _shaped(self) -> Sentence:
        return say("形如：{shape}", shape=self.shape)


def _value(found: object) -> Fraction | None:
    if isinstance(found, bool):
        return None
    if isinstance(found, int):
        return Fraction(found)
    if isinstance(found, str):
        try:
            found = Decimal(found.strip())
        except ArithmeticError:
            return None
    if isinstance(found, Decimal) and found.is_finite() and abs(found.adjusted()) < _LONGEST:
        return Fraction(found)
    return None


def _quoted(found: object) -> str:
    plain = _plain(found)
    text = plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _plain(found: object) -> object:
    """Give what was read as JSON writes it: Decimal is none of its own."""
    if isinstance(found, Pairs):
        return {key: _plain(value) for key, value in found}
    if isinstance(found, list):
        return [_plain(one) for one in cast("list[object]", found)]
    return str(found) if isinstance(found, Decimal) else found
