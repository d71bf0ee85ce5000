"""Unpacking one entry of a zip within bounds: what a zip declares about itself may be false.

What has been unpacked can be packed again without compression, for a reader that takes only zips;
and what is the same in many files that we write is packed once.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from xianxue.bureau.values.sentence import say

_LOCAL_HEADER: Final = 30
_NAME_LENGTH: Final = slice(26, 28)
_EXTRA_LENGTH: Final = slice(28, 30)
_RAW_DEFLATE: Final = -15
_MOST_PER_BYTE: Final = 1032
"""What one packed byte can become at most: the limit of the method."""


_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_VERSION: Final = 20
_UTF8: Final = 0x800
_FIRST_DAY: Final = 33
"""1 January 1980: a zip knows no time before it."""
_UNIX: Final = 3 << 8
_OWNERS: Final = 0o600 << 16
"""Who may read a part once it lies on a disk: nobody but its owner."""
_AS_ZIPFILE: Final = (_UNIX | _VERSION, 0, zipfile.ZIP_DEFLATED, _OWNERS)


_SMALL: Final = 16 * 1024
_MOST_KNOWN: Final = 256
_known: dict[tuple[str, int, int, int], tuple[bytes, bytes]] = {}
"""Small entries unpacked before: by name and what they declare, the packed bytes and the content.

At most 8 megabytes; forgotten all at once when it is full.
"""


class InflateError(ValueError):
    """An entry that is not what the zip says; its text says in Chinese what is wrong."""


def inflate(data: bytes, entry: zipfile.ZipInfo, largest: int) -> bytes:
    """Unpack an entry whose declared size has been found small enough (``largest`` bytes).

    Never more than one byte beyond the declared size is unpacked. InflateError where the entry is
    damaged, packed in a method that is not common, or not as large as it says.
    """
    start = entry.header_offset
    head = data[start : start + _LOCAL_HEADER]
    if len(head) < _LOCAL_HEADER:
        raise InflateError(say("有部件不在压缩包声明的位置"))
    start += _LOCAL_HEADER
    start += int.from_bytes(head[_NAME_LENGTH], "little")
    start += int.from_bytes(head[_EXTRA_LENGTH], "little")
    packed = data[start : start + entry.compress_size]
    # Many parts are the same in every workbook of a template. What a part is called and declares
    # only says where to look: it is the same if its packed bytes are.
    about = (entry.filename, entry.CRC, entry.file_size, entry.compress_type)
    known = _known.get(about)
    if known is not None and known[0] == packed:
        return known[1]
    content = _unpacked(packed, entry, largest)
    if len(packed) <= _SMALL and len(content) <= _SMALL:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[about] = packed, content
    return content


def _unpacked(packed: bytes, entry: zipfile.ZipInfo, largest: int) -> bytes:
    if entry.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        try:
            # So few packed bytes cannot become too many: unpacked at once, which is quicker. The
            # number is a first guess at the room, not a bound.
            if len(packed) * _MOST_PER_BYTE < largest:
                content = zlib.decompress(packed, _RAW_DEFLATE, entry.file_size + 1)
            else:
                # One byte more than declared is enough to convict a part that lies about its size.
                engine = zlib.decompressobj(_RAW_DEFLATE)
                content = engine.decompress(packed, entry.file_size + 1)
        except zlib.error:
            raise InflateError(say("部件 {filename} 解不开", filename=entry.filename)) from None
    else:
        raise InflateError(say("部件 {filename} 的压缩方法不通用", filename=entry.filename))
    if len(content) != entry.file_size:
        raise InflateError(say("部件 {filename} 的大小与声明的不符", filename=entry.filename))
    return content


def stored(entries: Iterable[tuple[zipfile.ZipInfo, bytes]]) -> bytes:
    """Pack unpacked entries into a zip again, as they are: a reader has nothing left to unpack.

    The checksums are those that were declared, so that its reader still finds what is damaged.
    """
    return _zip(
        # Stored, so packed and unpacked sizes are one; the flag says that names are UTF-8.
        (entry.filename, (entry.CRC, len(content)), content, (_VERSION, _UTF8, 0, 0))
        for entry, content in entries
    )


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Pack parts with ASCII names, byte by byte as ``zipfile`` does on Linux, dated 1980.

    A part that was packed before, for another school's workbook, is not packed again.
    """
    return _zip(
        (
            name,
            (zlib.crc32(content), len(content)),
            # At most 4 megabytes are remembered.
            _deflated(content) if len(content) > _SMALL else _deflated_before(content),
            _AS_ZIPFILE,
        )
        for name, content in parts
    )


def _deflated(content: bytes) -> bytes:
    engine = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, _RAW_DEFLATE)
    return engine.compress(content) + engine.flush()


_deflated_before: Final = lru_cache(maxsize=_MOST_KNOWN)(_deflated)


def _zip(entries: Iterable[tuple[str, tuple[int, int], bytes, tuple[int, int, int, int]]]) -> bytes:
    """Write entries: name, checksum and unpacked size, packed bytes, and how they are packed."""
    bodies: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for filename, (checksum, unpacked), content, (by, flags, method, attributes) in entries:
        name = filename.encode()
        sizes = (checksum, len(content), unpacked, len(name))
        how = (flags, method, 0, _FIRST_DAY)
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *how, *sizes, 0)
        bodies += (head, name, content)
        rest = (0, 0, 0, 0, attributes, at)
        central += (_CENTRAL.pack(b"PK\1\2", by, _VERSION, *how, *sizes, *rest), name)
        at += len(head) + len(name) + len(content)
    directory = b"".join(central)
    count = len(central) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(directory), at, 0)
    return b"".join([*bodies, directory, end])
