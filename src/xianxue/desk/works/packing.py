"""Sentences kept in the database with their parts: each reader hears them in his own language."""

from __future__ import annotations

from typing import Any, cast

from xianxue.bureau.values.sentence import Joined, Phrase, Sentence


def packed(text: str | int) -> Any:  # noqa: ANN401 - what JSON holds
    """Give a sentence as JSON keeps it."""
    if not isinstance(text, Sentence):
        return text
    if isinstance(text, Phrase):
        return {"phrase": text.template, "context": text.context}
    kind = "joined" if isinstance(text, Joined) else "say"
    return {kind: text.template, "values": {name: packed(one) for name, one in text.values.items()}}


def unpacked(kept: Any) -> str | int:  # noqa: ANN401 - as above
    """Give back the sentence that was packed."""
    if not isinstance(kept, dict):
        return cast("str | int", kept)
    found = cast("dict[str, Any]", kept)
    if "phrase" in found:
        return Phrase(found["phrase"], found.get("context", ""))
    values = {name: unpacked(one) for name, one in found.get("values", {}).items()}
    if "joined" in found:
        return Joined(found["joined"], values)
    return Sentence(found.get("say", ""), values)
