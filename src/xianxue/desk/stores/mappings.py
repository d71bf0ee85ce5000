"""Kept mappings on disk: ``mappings/<id>.yaml`` in the workspace, one card a file."""

from __future__ import annotations

import json
from pathlib import Path

from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.values.record import Record


def text_of(card: Mapping) -> str:
    """Write a card as YAML: texts are quoted, so that each reads back as it is."""
    lines = [
        f"mapping: {card.mapping}",
        f"term: {_quoted(card.term)}",
        f"form: {card.form}",
        f"fingerprint: {_quoted(card.fingerprint)}",
        "columns:" if card.columns else "columns: []",
    ]
    for column in card.columns:
        parts = [f"column: {_quoted(column.column)}", f"field: {_quoted(column.field)}"]
        parts += [f"nth: {column.nth}"] if column.nth > 1 else []
        parts += [f"unit: {_quoted(column.unit)}"] if column.unit else []
        lines.append(f"  - {{{', '.join(parts)}}}")
    if card.skipped:
        lines.append("skipped:")
        lines += [f"  - {_quoted(header)}" for header in card.skipped]
    if card.words:
        lines.append("words:")
        lines += [
            f"  - {{field: {one.field}, word: {_quoted(one.word)}, value: {_quoted(one.value)}}}"
            for one in card.words
        ]
    if card.fixed:
        lines.append("fixed:")
        lines += [f"  - {{field: {one.field}, value: {_quoted(one.value)}}}" for one in card.fixed]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    # Unquoted, a header «否» or «2024-09» or «a: b» would come back as something else than a text.
    return json.dumps(text, ensure_ascii=False)


class MappingsFolder(Record):
    """The folder of a workspace."""

    path: Path

    def write(self, card: Mapping, text: str) -> Path:
        """Put a card's file in place, in one step."""
        from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - only where one is kept

        target = self.path / f"{card.mapping}.yaml"
        with whole(target) as scratch:
            scratch.write_text(text, encoding="utf-8")
        return target
