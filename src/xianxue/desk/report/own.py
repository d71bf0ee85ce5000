"""Documents that we write, held against themselves as part of writing them."""

from __future__ import annotations

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.sentence import say


def contradictions(shelf: Shelf, document: bytes) -> list[Issue]:
    """List what a document says against itself, as anybody who receives it may find out."""
    # The file as it will be handed over, opened as a stranger opens it: what setting it may have
    # dropped or doubled is seen too.
    found = audit(open_document(document).text, Lexicon.of(shelf.wordlists.values())).findings
    return [
        Issue(
            code="W-FALSE",
            severity=Severity.MUST_FIX,
            saw=say(
                "文稿自相矛盾：“{quote}”，{message}",
                quote=one.quote,
                message=one.message.rstrip("。"),
            ),
            required=say("文中各数前后一致"),
            do=say("请核对所用数据和提纲，改正前不要报送"),
        )
        for one in found
        if one.verdict == "inconsistent"
    ]
