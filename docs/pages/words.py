"""Words and tables that all pages of the reference share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.card import Bound
from xianxue.bureau.places.stages import Stage

LEVELS: Final = {
    "school_stage": "学校学段",
    "school": "学校",
    "township": "乡镇",
    "county": "县",
    "county_stage": "县，分学段",
}
RELATIONS: Final = {"at_least": "≥", "at_most": "≤", "less_than": "<", "equal": "="}
BOUNDS: Final = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}
ATTRIBUTES: Final = {
    "row": "行",
    "stage": "学段",
    "school_type": "办学类型",
    "sponsor": "举办者",
    "urban_rural": "城乡分类",
    "boarding": "寄宿制学校",
}
HEAD: Final = (
    "由 `docs/generate.py` 按规则卡片和程序生成，请勿直接修改；改了以后运行 `make reference`。"
)


def page(title: str, *parts: str) -> str:
    """Put a page together."""
    return "\n\n".join([f"# {title}", HEAD, *parts]) + "\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    clean = [[cell.replace("|", "\\|").replace("\n", " ").strip() for cell in row] for row in lines]
    return "\n".join("| " + " | ".join(row) + " |" for row in clean)


def ticked(words: Iterable[str]) -> str:
    """Write code names as a list."""
    return "、".join(f"`{word}`" for word in words)


def stage_words(stages: Iterable[Stage]) -> str:
    """Write stages as a list."""
    return "、".join(stage.term for stage in stages)


def bound_words(bound: Bound) -> str:
    """Write a bound; a line of the card is named as the card names it."""
    said = ((sign, getattr(bound, name)) for name, sign in BOUNDS.items())
    written = (
        f" {sign} " + (f"`{limit}`" if isinstance(limit, str) else str(limit))
        for sign, limit in said
        if limit is not None
    )
    return " 且".join(written)


def span(low: Decimal | None, high: Decimal | None) -> str:
    """Write a range that may be open on either side."""
    if low is None and high is None:
        return ""
    if low is not None and high is not None:
        return f"{low} 至 {high}"
    return f"≥ {low}" if low is not None else f"≤ {high}"


def since(first: date, last: date | None) -> str:
    """Write the days on which a value holds."""
    return f"{first} 起" if last is None else f"{first} 至 {last}"
