"""The container of old workbooks: which streams an OLE file holds, read within bounds."""

from __future__ import annotations

import struct
from typing import Final

_SHORT: Final = 4096
"""Streams shorter than this stand in the small sectors."""
_LAST: Final = 0xFFFFFFFA
"""Sector numbers from here on are signs, not sectors."""
_ENTRY: Final = 128
_STREAM: Final = 2
_ROOT: Final = 5
_IN_HEADER: Final = 109


class OleError(Exception):
    """The container does not hold together."""


def streams_of(data: bytes) -> dict[str, bytes]:
    """Give the streams by their names (the last one of a name wins); raise OleError."""
    try:
        return _Container(data).streams()
    except (struct.error, IndexError, ValueError, MemoryError) as error:
        raise OleError from error


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = 1 << _u16(data, 30)
        self.small = 1 << _u16(data, 32)
        if self.size not in {512, 4096} or self.small != 64:  # noqa: PLR2004 - the format's two
            raise OleError
        self.fat = self._fat()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self.data[start : start + self.size]
        if not sector:
            raise OleError
        return sector

    def _fat(self) -> list[int]:
        numbers = list(struct.unpack_from(f"<{_IN_HEADER}I", self.data, 76))
        following, left = _u32(self.data, 68), _u32(self.data, 72)
        # No file has more sectors than its bytes allow: whatever claims more goes in circles.
        most = len(self.data) // self.size + 1
        while following < _LAST and left > 0 and len(numbers) <= most + _IN_HEADER:
            entries = struct.unpack(f"<{self.size // 4}I", self._padded(following))
            numbers.extend(entries[:-1])
            following, left = entries[-1], left - 1
        fat: list[int] = []
        for number in numbers:
            if number < _LAST:
                fat.extend(struct.unpack(f"<{self.size // 4}I", self._padded(number)))
            # Enough for every sector there can be: the rest of the list is made up.
            if len(fat) > 2 * most + self.size:
                break
        return fat

    def _padded(self, number: int) -> bytes:
        return self._sector(number).ljust(self.size, b"\xff")

    def _chain(self, first: int) -> bytes:
        """Join the sectors from a first one on; a chain that bites its tail is refused."""
        parts: list[bytes] = []
        number, most = first, len(self.data) // self.size + 1
        while number < _LAST:
            if len(parts) > most or number >= len(self.fat):
                raise OleError
            parts.append(self._sector(number))
            number = self.fat[number]
        return b"".join(parts)

    def streams(self) -> dict[str, bytes]:
        directory = self._chain(_u32(self.data, 48))
        entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
        entries = [entry for entry in entries if len(entry) == _ENTRY]
        root = next((entry for entry in entries if entry[66] == _ROOT), None)
        small = self._chain(_u32(root, 116)) if root else b""
        first = _u32(self.data, 60)
        table = self._chain(first) if first < _LAST else b""
        steps = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
        found: dict[str, bytes] = {}
        for entry in entries:
            if entry[66] != _STREAM:
                continue
            name = entry[: max(_u16(entry, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            start, size = _u32(entry, 116), _u32(entry, 120)
            # A stream cannot be longer than its file.
            if size > len(self.data):
                raise OleError
            if size == 0:
                found[name] = b""
            elif size >= _SHORT:
                found[name] = self._chain(start)[:size]
            else:
                found[name] = self._small(small, steps, start, size)
        return found

    def _small(self, small: bytes, steps: tuple[int, ...], start: int, size: int) -> bytes:
        parts: list[bytes] = []
        number = start
        while number < _LAST and len(parts) * self.small < size:
            parts.append(small[number * self.small : (number + 1) * self.small])
            number = steps[number]
        return b"".join(parts)[:size]


def _u16(data: bytes, at: int) -> int:
    return int.from_bytes(_taken(data, at, 2), "little")


def _u32(data: bytes, at: int) -> int:
    return int.from_bytes(_taken(data, at, 4), "little")


def _taken(data: bytes, at: int, length: int) -> bytes:
    part = data[at : at + length]
    if len(part) < length:
        raise OleError
    return part
