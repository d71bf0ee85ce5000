"""How an audit is printed: a table for people, the contract's JSON for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from xianxue.bureau.audit.showing.shown import JUDGEMENTS, KINDS, QUIET, Lines, computed, plain
from xianxue.bureau.audit.sources.sourced import STATES, Sourced
from xianxue.bureau.records.audited import Judgement, Operand, Proof
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.visible import visible
from xianxue.desk.audit.comparison import Report
from xianxue.desk.audit.reading import Audited
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.output import print_table

_COLOURS: Final[dict[Judgement, str]] = {
    "inconsistent": "bold red",
    "possible": "yellow",
    "remark": "cyan",
    "rounding": "green",
    "consistent": "green",
}
_LISTED: Final = 12
"""Numbers without a source that are named in one line."""
_WIDE: Final = 110
"""From this width on there is room for the quotation beside the computation."""
_NARROW: Final = 80
"""Below this width what was computed stands in the explanation alone."""
_QUOTE: Final = 60
"""Letters of a quotation that are shown; the whole stands in the JSON and in the page."""


def as_dict(report: Report) -> dict[str, Any]:
    """Give what ``--json`` prints of a file; ``against`` only where a workspace was given."""
    audited = report.audited
    told: dict[str, Any] = {
        "file": audited.file,
        "characters": len(audited.document.text),
        "numbers": len(audited.audit.numbers),
        "findings": [_proof(one) for one in audited.audit.findings],
    }
    if report.against is not None:
        told["against"] = {
            "workspace": report.against.workspace,
            "period": report.against.period,
            "release": report.against.release or None,
            # Only where any waits: everything else keeps the shape it has had.
            **({"waiting": list(report.against.waiting)} if report.against.waiting else {}),
            "numbers": [_sourced(one) for one in report.sourced],
        }
    return told


def _sourced(one: Sourced) -> dict[str, Any]:
    known = one.current or one.recorded
    return {
        "state": one.state,
        "how": one.how or None,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "key": known and known.key,
        "term": known and known.term,
        "place": known and known.place,
        "period": known and known.period,
        "written": one.recorded and list(one.recorded.printed),
        "now": one.current and one.current.printed[0],
        "message": one.message,
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
        "certainty": plain(proof.certainty),
        "reason": proof.reason,
    }


def _operand(operand: Operand) -> dict[str, Any]:
    return {
        "text": operand.text,
        "value": plain(operand.value),
        "unit": operand.unit,
        "start": operand.start,
        "end": operand.end,
    }


def print_report(report: Report, *, everything: bool) -> None:
    """Print what is wrong or doubtful as tables, gravest first, and count the rest."""
    audited = report.audited
    order = list(JUDGEMENTS)
    shown = [one for one in audited.audit.findings if everything or one.verdict not in QUIET]
    shown.sort(key=lambda one: (order.index(one.verdict), one.stated.start))
    if shown:
        _print_table(audited, shown)
    echo(_summary(audited))
    if report.sourced and report.against is None:
        counts = Counter(one.state for one in report.sourced)
        said = say(
            "带来源标记的数 {n} 个：与写成时一致 {same} 个",
            n=len(report.sourced),
            same=counts["same"],
        )
        echo(say("{said}，写成后被改动 {edited} 个。", said=said, edited=counts["edited"]))
    if report.against is not None:
        _print_sourced(report, everything=everything)


def _print_sourced(report: Report, *, everything: bool) -> None:
    if report.against is None:
        return
    order = list(STATES)
    # Numbers without a source are no fault: they are gathered in one line below.
    shown = [one for one in report.sourced if everything or one.state not in {"same", "unknown"}]
    lines = Lines(report.audited.document)
    rows = [
        (STATES[one.state], lines.where(one.start), one.text, one.message or say("没有对上的指标"))
        for one in sorted(shown, key=lambda one: (order.index(one.state), one.start))
    ]
    if rows:
        print_table(
            say("与工作目录对照"), (say("结果"), say("位置"), say("文中"), say("说明")), rows
        )
    counts = Counter((one.state, one.how) for one in report.sourced)
    basis = (
        say("第 {release} 号发布", release=report.against.release)
        if report.against.release
        else say("暂行数")
    )
    by_tag = sum(often for (_, how), often in counts.items() if how == "tag")
    by_words = sum(often for (_, how), often in counts.items() if how == "words")
    states = Counter(one.state for one in report.sourced)
    told = joined(
        "，", (term + f" {states[name]}" for name, term in STATES.items() if states[name])
    )
    echo(
        say(
            "与 {workspace} {period}（{basis}）对照：按标记 {by_tag} 个，按用语 "
            "{by_words} 个；{told}。",
            workspace=report.against.workspace,
            period=report.against.period,
            basis=basis,
            by_tag=by_tag,
            by_words=by_words,
            told=told,
        )
    )
    if report.against.waiting:
        named = joined("、", report.against.waiting[:_LISTED])
        more = len(report.against.waiting) - _LISTED
        echo(
            say(
                "审核通过、还没有发布的报表 {n} 份：{named}{rest}。"
                "对照用的是已发布的数，不含这些更正；"
                "发布（xianxue returns release）以后再核对，"
                "或用 --release none 与现在收下的数对照。",
                n=len(report.against.waiting),
                named=named,
                rest=say(" 等") if more > 0 else "",
            )
        )
    loose = [one for one in report.sourced if one.state == "unknown"]
    if loose:
        listed = joined(
            "、",
            (
                say("{text}（{where}）", text=one.text, where=lines.where(one.start))
                for one in loose[:_LISTED]
            ),
        )
        rest = say(" 等 {n} 个", n=len(loose)) if len(loose) > _LISTED else ""
        echo(
            say(
                "没有来源的数：{listed}{rest}；用 --all 或 --json 列出全部。",
                listed=listed,
                rest=rest,
            )
        )


def _summary(audited: Audited) -> str:
    found = audited.audit
    counts = Counter(one.verdict for one in found.findings)
    verdicts = joined(
        "，", (term + f" {counts[name]}" for name, term in JUDGEMENTS.items() if counts[name])
    )
    said = say(
        "{file}：{n} 字，{numbers} 个数",
        file=audited.file,
        n=len(audited.document.text),
        numbers=len(found.numbers),
    )
    said += say("，核对关系 {n} 条", n=len(found.findings))
    said += say("（{verdicts}）", verdicts=verdicts) if verdicts else ""
    return say("{said}；{n} 个数未形成关系。", said=said, n=len(found.unrelated))


def _print_table(audited: Audited, shown: list[Proof]) -> None:
    from rich.console import Console  # noqa: PLC0415 - JSON output must not pay for it
    from rich.table import Table  # noqa: PLC0415 - as above
    from rich.text import Text  # noqa: PLC0415 - as above

    lines = Lines(audited.document)
    table = Table(
        title=tell(say("{file} 数字核对", file=audited.file)),
        title_justify="left",
        show_lines=True,
    )
    table.add_column(tell(say("判定")), no_wrap=True)
    table.add_column(tell(say("位置")), no_wrap=True)
    console = Console()
    wide = console.width >= _WIDE
    if wide:
        table.add_column(tell(say("原文")), overflow="fold", ratio=3)
    table.add_column(tell(say("文中")), overflow="fold", min_width=8)
    narrow = console.width < _NARROW
    if not narrow:
        table.add_column(tell(say("算得")), overflow="fold", min_width=8)
    table.add_column(tell(say("说明")), overflow="fold", ratio=4)
    for one in shown:
        verdict = Text(tell(JUDGEMENTS[one.verdict]), _COLOURS[one.verdict])
        table.add_row(
            Text.assemble(verdict, f"\n{tell(KINDS[one.kind])}"),
            tell(lines.where(one.stated.start)).replace("第", "\n第").strip(),
            *((Text(visible(_short(one.quote))),) if wide else ()),
            Text(visible(one.stated.text)),
            *(() if narrow else (computed(one) or "—",)),
            Text(visible(_said(one))),
        )
    console.print(table)


def _said(one: Proof) -> str:
    """Say what was found, what would mend it and, of an alarm, why it is believed to be meant."""
    lines = [one.message]
    if one.suggestion is not None:
        lines.append(one.suggestion)
    if one.reason and one.verdict not in QUIET:
        lines.append(say("依据：{reason}。", reason=one.reason))
    return "\n".join(map(tell, lines))


def _short(quote: str) -> str:
    said = " ".join(quote.split())
    return said if len(said) <= _QUOTE else f"{said[: _QUOTE - 1]}…"
