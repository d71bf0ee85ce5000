"""The catalogue: every card in force here, kind by kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from django.http import HttpResponse

from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.cards.library import Held, Library, library_of
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked

VIEW: Final = "catalogue.view"
KINDS: Final[dict[str, Sentence]] = {
    "form": say("报表"),
    "edition": say("报表的下一版"),
    "form_head": say("报表表头"),
    "table": say("数据表"),
    "indicator": say("指标"),
    "ledger": say("台账"),
    "eligibility": say("资格条件"),
    "escalation": say("升级处置"),
    "contest": say("竞聘办法"),
    "exam": say("考试"),
    "scheme": say("赋分办法"),
    "scoring": say("评分办法"),
    "norms": say("评分标准"),
    "institutions": say("院校名单"),
    "ballot": say("投票与调查"),
    "sample": say("抽样表"),
    "choice": say("口径选择"),
    "population": say("统计范围"),
    "standard": say("标准"),
    "target_rules": say("目标规则"),
    "forecast": say("预测规则"),
    "outline": say("报告提纲"),
    "genre": say("文种"),
    "notice": say("通知"),
    "format": say("纸张"),
    "profile": say("版式"),
    "lifecycle": say("报送流程"),
    "deadline_rules": say("期限规则"),
    "policy": say("权限"),
    "tightening": say("权限收紧"),
    "change": say("本县改动"),
    "mapping": say("列对应"),
    "calendar": say("放假和调休日历"),
    "school_calendar": say("校历"),
    "effort": say("填报用时"),
    "codes": say("代码表"),
    "split": say("代码拆分"),
    "document": say("文件依据"),
    "wordlist": say("核对词表"),
}
"""In the order in which numbers are made of one another, then what all rest on."""
_ORDER: Final = list(KINDS)


class Row(Record, kw_only=True):
    """One card in the list."""

    card: Held
    source: str
    users: int


@page(VIEW, of_county(VIEW))
def catalogue(request: Asked) -> HttpResponse:
    """Show all cards."""
    library = library_of(request.visit.standing.workspace())
    rows = [
        Row(card=one, source=_source(library, one), users=len(library.used_by.get(one.key, ())))
        for one in sorted(library.cards.values(), key=lambda one: (place_of(one.kind), one.name))
    ]
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.card.term} {row.card.name} {row.source} {row.card.file}",
        choices=_CHOICES,
    )
    answer = exported(request, listing, say("规则卡片"))
    if answer is not None:
        return answer
    values = {
        "list": listing,
        "kinds": KINDS,
        "cards": len(rows),
        "own": sum(row.card.own for row in rows),
        "doubtful": sum(row.card.doubtful for row in rows),
        "tab": "catalogue",
    }
    return show(request, "admin/catalogue.html", values, part="rows")


def place_of(kind: str) -> int:
    """Say where a kind stands among the others."""
    return _ORDER.index(kind) if kind in KINDS else len(_ORDER)


def cited(card: Held) -> dict[str, str]:
    """Give the document, article, note and seen that a card names, as far as it says them."""
    said: Any = card.data.get("source") if isinstance(card.data, dict) else None
    if not isinstance(said, dict):
        return {}
    return {str(key): str(value) for key, value in cast("dict[str, Any]", said).items()}


def _source(library: Library, card: Held) -> Sentence | str:
    known = library.cards.get(("document", cited(card).get("document", "")))
    return known.term if known is not None else ""


def _doubt(row: Row) -> Sentence:
    return joined("、", [one.term for one in row.card.seen if one is not Seen.ORIGINAL])


_COLUMNS: Final[Sequence[Column[Row]]] = (
    Column("term", say("名称"), lambda row: row.card.term),
    Column(
        "kind",
        say("种类"),
        lambda row: KINDS.get(row.card.kind, row.card.kind),
        order=lambda row: place_of(row.card.kind),
    ),
    Column("name", say("编号"), lambda row: row.card.name),
    Column("source", say("依据"), lambda row: row.source),
    Column("seen", say("存疑"), _doubt, sorts=False),
    Column("users", say("谁在用"), lambda row: row.users, number=True, unit=say("张")),
    Column("own", say("出处"), lambda row: say("本县") if row.card.own else say("全国")),
)


def _seen_of(row: Row) -> str:
    if row.card.doubtful:
        return "unverified"
    return "relayed" if Seen.RELAYED in row.card.seen else "plain"


_DOUBTS: Final = {
    "unverified": say("有未核实的"),
    "relayed": say("有据转述的"),
    "plain": say("没有存疑"),
}
_CHOICES: Final[Sequence[Choice[Row]]] = (
    Choice("kind", say("种类"), lambda row: row.card.kind, lambda code: KINDS.get(code, code)),
    Choice("seen", say("存疑"), _seen_of, lambda code: _DOUBTS[code]),
    Choice(
        "own",
        say("出处"),
        lambda row: "own" if row.card.own else "national",
        lambda code: say("本县") if code == "own" else say("全国"),
    ),
)
