"""How an audit is printed: a table for people, the contract's JSON for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import click

from xianxue.bureau.audit.shown import JUDGEMENTS, KINDS, QUIET, Lines, computed, plain
from xianxue.bureau.records.audited import Judgement, Operand, Proof
from xianxue.desk.auditing import Audited

_COLOURS: Final[dict[Judgement, str]] = {
    "inconsistent": "bold red",
    "possible": "yellow",
    "remark": "cyan",
    "rounding": "green",
    "consistent": "green",
}
_QUOTE: Final = 60
"""Letters of a quotation that are shown; the whole stands in the JSON and in the page."""


def as_dict(audited: Audited) -> dict[str, Any]:
    """Give what ``--json`` prints of a file."""
    return {
        "file": audited.file,
        "characters": len(audited.document.text),
        "numbers": len(audited.audit.numbers),
        "findings": [_proof(one) for one in audited.audit.findings],
    }


def _proof(proof: Proof) -> dict[str, Any]:
    bounds = proof.computed
    return {
        "verdict": proof.verdict,
        "kind": proof.kind,
        "quote": proof.quote,
        "start": proof.start,
        "end": proof.end,
        "stated": _operand(proof.stated),
        "terms": [_operand(one) for one in proof.terms],
        "computed": bounds and {"low": plain(bounds.low), "high": plain(bounds.high)},
        "suggestion": proof.suggestion,
        "message": proof.message,
    }


def _operand(operand: Operand) -> dict[str, Any]:
    return {
        "text": operand.text,
        "value": plain(operand.value),
        "unit": operand.unit,
        "start": operand.start,
        "end": operand.end,
    }


def print_audited(audited: Audited, *, everything: bool) -> None:
    """Print what is wrong or doubtful as a table, gravest first, and count the rest."""
    order = list(JUDGEMENTS)
    shown = [one for one in audited.audit.findings if everything or one.verdict not in QUIET]
    shown.sort(key=lambda one: (order.index(one.verdict), one.stated.start))
    if shown:
        _print_table(audited, shown)
    click.echo(_summary(audited))


def _summary(audited: Audited) -> str:
    found = audited.audit
    counts = Counter(one.verdict for one in found.findings)
    verdicts = "，".join(
        f"{term} {counts[name]}" for name, term in JUDGEMENTS.items() if counts[name]
    )
    said = f"{audited.file}：{len(audited.document.text)} 字，{len(found.numbers)} 个数"
    said += f"，核对关系 {len(found.findings)} 条"
    said += f"（{verdicts}）" if verdicts else ""
    return f"{said}；{len(found.unrelated)} 个数没有可核对的关系。"


def _print_table(audited: Audited, shown: list[Proof]) -> None:
    from rich.console import Console  # noqa: PLC0415 - JSON output must not pay for it
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    lines = Lines(audited.document.text)
    unit = "段" if audited.document.kind == "word" else "行"
    table = Table(title=f"{audited.file} 数字核对", title_justify="left", show_lines=True)
    table.add_column("判定", no_wrap=True)
    table.add_column("位置", no_wrap=True)
    table.add_column("原文", overflow="fold", ratio=3)
    table.add_column("文中", overflow="fold", min_width=8)
    table.add_column("算得", overflow="fold", min_width=8)
    table.add_column("说明", overflow="fold", ratio=4)
    for one in shown:
        verdict = Text(JUDGEMENTS[one.verdict], _COLOURS[one.verdict])
        said = one.message if one.suggestion is None else f"{one.message}\n{one.suggestion}"
        table.add_row(
            Text.assemble(verdict, f"\n{KINDS[one.kind]}"),
            f"第{lines.of(one.stated.start)}{unit}",
            Text(_short(one.quote)),
            Text(one.stated.text),
            computed(one) or "—",
            Text(said),
        )
    Console().print(table)


def _short(quote: str) -> str:
    said = " ".join(quote.split())
    return said if len(said) <= _QUOTE else f"{said[: _QUOTE - 1]}…"
