"""Sentences as a printed document has them."""

from __future__ import annotations

import re
from typing import Final

_APART: Final = re.compile(r"(?<=[\u4e00-\u9fff]) (?=\d)|(?<=[\d%]) (?=[\u4e00-\u9fff])")


def unspaced(text: str) -> str:
    """Set numbers close to their Chinese, as a document does and a page does not.

    >>> unspaced("第 1 题选了“满意”的才答")
    '第1题选了“满意”的才答'
    """
    return _APART.sub("", str(text))
