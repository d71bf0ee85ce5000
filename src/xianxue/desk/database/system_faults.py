"""What the operating system refuses, in words: a full disk, a file that may not be read or written.

Nobody at a county's desk reads a traceback, and each of these has its own way out.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Final

from xianxue.bureau.values.sentence import Sentence, say

_WORDS: Final[tuple[tuple[frozenset[int], Callable[[Sentence], Sentence]], ...]] = (
    (
        frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}),
        lambda file: say("磁盘满了，{file}没有写成：请腾出空间再办", file=file),
    ),
    (
        frozenset({errno.EROFS}),
        lambda file: say("{file}在只读的盘上，写不进去：请换一个能写的目录", file=file),
    ),
    (
        frozenset({errno.EACCES, errno.EPERM}),
        lambda file: say(
            "这个账户没有读写{file}的权限：请管理员开放；"
            "一个局几个账户合用的，在 xianxue.toml 里写 umask",
            file=file,
        ),
    ),
    (
        frozenset({errno.ENOENT}),
        lambda file: say("找不到{file}：请看它是不是移走了、改了名", file=file),
    ),
    (
        frozenset({errno.EIO}),
        lambda file: say("磁盘读写{file}出错，可能坏了：请先备份，再请人检查", file=file),
    ),
    (
        frozenset({errno.EISDIR, errno.ENOTDIR, errno.EEXIST}),
        lambda file: say(
            "{file}不是这里要的：要文件的是目录，或要目录的是文件；请换一个路径", file=file
        ),
    ),
    (frozenset({errno.ENAMETOOLONG}), lambda file: say("{file}的名字太长：请换短的", file=file)),
    (
        frozenset({errno.EMFILE, errno.ENFILE}),
        lambda _: say("同时打开的文件太多：请关掉别的程序，或分几次办"),
    ),
)


def in_words(error: OSError) -> Sentence:
    """Say what was refused and what to do; what the system says itself where it is none of those.

    >>> str(in_words(OSError(errno.ENOSPC, "No space left on device", "a.zip")))
    '磁盘满了，“a.zip”没有写成：请腾出空间再办'
    """
    file = say("“{path}”", path=error.filename) if error.filename else say("文件")
    for numbers, words in _WORDS:
        if error.errno in numbers:
            return words(file)
    # A sentence of ours, as where somebody else holds a lock, is told as it stands.
    return say("{what}", what=error.strerror or (error.args[0] if error.args else file))


def machine_words(error: Exception) -> Sentence | None:
    """Say what the machine or its database refuses; None for an error that is a fault of ours."""
    if isinstance(error, OSError):
        known = any(error.errno in numbers for numbers, _ in _WORDS)
        return in_words(error) if known else None
    from django.db import DatabaseError  # noqa: PLC0415 - the command line starts without it

    from xianxue.desk.database.lost import told  # noqa: PLC0415 - as above

    return told(error) if isinstance(error, DatabaseError) else None
