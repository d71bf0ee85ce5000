"""What the database itself refuses to change for everybody; both vendors say it in their words.

Rows that tell of a deed are only added. A few columns of others change with later deeds; the rest
of such a row is as fixed as a whole one. Texts here are the database's own messages, in Chinese.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.desk.models.personal import GONE

TABLES: Final = {
    "desk_journalline": "日志",
    "desk_revision": "报表版本",
    "desk_targetline": "目标",
    "desk_release": "发布",
    "desk_extension": "延期",
    "desk_comment": "审核批注",
    "desk_explanation": "情况说明",
    "desk_filing": "报表的办理情况",
    "desk_window": "报送期限",
    "desk_account": "账号",
    "desk_appointment": "任职",
    "desk_reportsection": "报告的分工",
    "desk_sectionversion": "报告的一稿",
    "desk_sectioncomment": "报告的意见",
    "desk_issuedreport": "印发的报告",
    "desk_sitting": "考试",
    "desk_exammarks": "考试的成绩",
    "desk_examlines": "考试的分数线",
    "desk_examreferences": "考试的参照",
    "desk_examrelease": "成绩发布",
    "desk_poll": "测评、选举和问卷",
    "desk_slipbatch": "发票的登记",
    "desk_papercount": "纸质票的录入",
    "desk_supposedline": "设想方案",
    "desk_relayedline": "往年数据",
}
"""Tables from which nothing is ever removed, and what a row of each is."""

_DESTROYED: Final = {"desk_comment": "text", "desk_explanation": "value"}
"""Where a personal value stands that is destroyed when its time is over, and nothing else is."""

_FIXED: Final = {
    "desk_comment": ("filing_id", "revision", "sheet", "row", "field", "cell", "by", "at"),
    "desk_explanation": (*("form", "rule", "place", "field", "text", "by", "at", "first_period"),),
    "desk_filing": ("form", "period", "place"),
    "desk_window": ("form", "period"),
    "desk_account": ("login", "name", "person", "demo", "created_at"),
    "desk_appointment": ("account_id", "role", "place", "from_day", "acting_for_id"),
    "desk_reportsection": ("outline", "period", "section"),
    "desk_poll": (
        *("card", "period", "number", "title", "round", "follows", "digest", "content"),
        *("ends_at", "opened_at", "opened_by"),
    ),
    "desk_sectioncomment": (
        *("outline", "period", "section", "number", "answers", "version", "text", "by", "at"),
    ),
}
"""Tables of which some columns change, and those that never do."""

KEYS: Final = {
    "desk_revision": (("form", "period", "place", "number"), "这一版已经有了"),
    "desk_targetline": (
        ("period", "place", "indicator", "stage", "slice", "revision"),
        "目标的这一版已经有了",
    ),
    "desk_release": (("period", "number"), "这一号发布已经有了"),
    "desk_extension": (("id",), "这次延期已经有了"),
    "desk_comment": (("id",), "这条批注已经有了"),
    "desk_explanation": (("id",), "这条说明已经有了"),
    "desk_filing": (("form", "period", "place"), "这张报表已经有了"),
    "desk_window": (("form", "period"), "这个期限已经有了"),
    "desk_account": (("login",), "这个登录名已经有了"),
    "desk_appointment": (("id",), "这项任职已经有了"),
    "desk_reportsection": (("outline", "period", "section"), "这一节的分工已经有了"),
    "desk_sectionversion": (("section_id", "number"), "这一稿已经有了"),
    "desk_sectioncomment": (("outline", "period", "section", "number"), "这条意见已经有了"),
    "desk_issuedreport": (("outline", "period", "number"), "这一号报告已经有了"),
    "desk_sitting": (("exam", "period", "name"), "这次考试已经有了"),
    "desk_exammarks": (("sitting_id", "number"), "这一次载入已经有了"),
    "desk_examlines": (("sitting_id", "number"), "这一次划线已经有了"),
    "desk_examreferences": (("sitting_id", "number"), "这一次参照已经有了"),
    "desk_examrelease": (("sitting_id", "number"), "这一号成绩发布已经有了"),
    "desk_poll": (("card", "period", "number"), "这一号票已经开了"),
    "desk_slipbatch": (("poll_id", "number"), "这一批票已经发了"),
    "desk_papercount": (("poll_id", "number"), "这一次录入已经有了"),
    "desk_supposedline": (("period", "name", "revision"), "设想方案的这一稿已经有了"),
    "desk_relayedline": (
        ("period", "indicator", "stage", "revision"),
        "往年数据的这一版已经有了",
    ),
}
"""What tells rows apart: in SQLite an insert that replaces one asks no trigger of deletion."""


class Rule(Record):
    """One change that is refused: always, or when a condition holds of OLD and NEW."""

    table: str
    event: str
    message: str
    when: str = ""

    @property
    def name(self) -> str:
        """The name of its trigger."""
        return f"{self.table}_no_{self.event.lower()}"


def _rules() -> tuple[Rule, ...]:
    found: list[Rule] = []
    for table, noun in TABLES.items():
        found.append(Rule(table, "DELETE", f"{noun}只能追加，不能删除"))
        if table not in _FIXED:
            found.append(Rule(table, "UPDATE", f"{noun}只能追加，不能改动"))
            continue
        # IS NOT is of SQLite; PostgreSQL calls it IS DISTINCT FROM.
        changed = [f'NEW."{column}" IS NOT OLD."{column}"' for column in ("id", *_FIXED[table])]
        # A personal value may be destroyed and never altered: one mark is all that may take its
        # place.
        if destroyed := _DESTROYED.get(table):
            changed.append(f"NEW.\"{destroyed}\" IS NOT '{GONE}'")
        found.append(Rule(table, "UPDATE", f"{noun}的这一项不能改动", " OR ".join(changed)))
    return tuple(found)


RULES: Final = _rules()
