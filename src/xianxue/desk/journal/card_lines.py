"""Lines of the journal about the county's own cards, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.cards.card_deed import digest_of
from xianxue.desk.models import FormDraft, JournalLine
from xianxue.desk.models.form_draft import IN_FORCE

TERMS: Final = {
    "forms.ask": say("报请启用报表"),
    "forms.recall": say("撤回报请"),
    "forms.approve": say("启用报表"),
    "forms.send_back": say("退回报表"),
    "forms.undo": say("撤销启用报表"),
    "catalogue.overlay": say("改动本县规则"),
    "catalogue.undo": say("撤销规则改动"),
}
ENFORCED: Final = ("forms.approve", "forms.undo")


def title(line: JournalLine) -> Sentence | str:
    """Name a form or a change, with its id."""
    term = line.detail.get("term", "")
    if not term:
        return line.subject
    if line.deed.startswith("forms."):
        return say("《{term}》", term=term)
    return say("“{term}”", term=term)


def told(detail: dict[str, Any]) -> str:
    """Say what has changed and in which file."""
    said = [str(detail["told"])] if detail.get("told") else []
    if detail.get("file"):
        said.append(say("文件 {file}", file=detail["file"]))
    return joined("，", said)


def forms() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each form in force."""
    for row in FormDraft.objects.filter(state=IN_FORCE).iterator():
        yield row.form, digest_of(row.card), row.file


def forms_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines say of each form in force: of each the last line counts."""
    last = {line.subject: line for line in lines}
    for subject, line in last.items():
        if line.deed == "forms.approve":
            yield subject, line.detail.get("card"), line.detail.get("file")
