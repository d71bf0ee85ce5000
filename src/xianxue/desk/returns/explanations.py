"""Explanations as they are kept: given with a submission, remembered, read by the bureau."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.explanations import (
    answers_to,
    still_open,
    subject_of,
)
from xianxue.bureau.returns.sheets.own_marks import ANSWERS
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import ComplaintsError

if TYPE_CHECKING:
    from xianxue.desk.actions.explain import Explain

# The complaints themselves name every cell; this sentence only says which return is meant.
_MOST_NAMED: Final = 5


UNEXPLAINED: Final = "F-EXPLAIN"


def explained(*, form: str = "", rule: str = "", place: str = "") -> list[Explanation]:
    """Give the explanations that count: the newest to each rule, place and field."""
    from xianxue.desk.models import Explanation as Row  # noqa: PLC0415 - needs Django set up first

    asked = {"form": form, "rule": rule, "place": place}
    rows = Row.objects.filter(**{name: said for name, said in asked.items() if said})
    # In the order they were given: the last of each stays.
    newest = {(row.form, row.rule, row.field, row.place): row for row in rows.order_by("id")}
    return [
        Explanation(
            rule=row.rule,
            form=row.form,
            place=row.place,
            field=row.field,
            value=row.value,
            text=row.text,
            by=row.by,
            on=day_of(row.at),
        )
        for _, row in sorted(newest.items(), key=lambda item: item[0])
    ]


def answered(ground: Ground, returns: Sequence[Return], issues: Sequence[Issue]) -> list[Issue]:
    """Give the issues about returns with those that were explained as remarks.

    Issues about other files are left as they are.
    """
    found: list[Issue] = []
    by_file: dict[str, list[Issue]] = {}
    for issue in issues:
        by_file.setdefault(issue.file, []).append(issue)
    whose = {filed.file: filed for filed in returns}
    for file, about in by_file.items():
        filed = whose.get(file)
        if filed is None:
            found.extend(about)
            continue
        kept = explained(form=filed.form, place=filed.place)
        found.extend(still_open(about, kept, filed, ground.shelf.form_in(filed.form, filed.period)))
    return found


class Answer(Record):
    """What a clerk says with a submission: «学生!C4=新建住宅区入住», or a rule and a text."""

    about: str
    """A cell with its sheet's tab, or the code of a rule."""
    text: str

    @classmethod
    def read(cls, said: str) -> Answer:
        """Read one; ValueError where nothing is said or nothing is named."""
        about, equals, text = said.replace("＝", "=").replace("！", "!").partition("=")
        if not equals or not about.strip() or not text.strip():
            message = say("“{said}”看不懂，写作 '学生!C4=理由'，或 '规则编号=理由'", said=said)
            raise ValueError(message)
        return cls(about.strip(), text.strip())

    def meets(self, issue: Issue) -> bool:
        """Whether an issue is what it is about."""
        return self.about in {issue.code, f"{issue.sheet}!{issue.cell}"}


def give_answers(
    explain: Explain, returns: Sequence[Return], issues: Iterable[Issue], answers: Sequence[Answer]
) -> list[Issue]:
    """Keep what a clerk says about open issues; complain of what is about none of them."""
    from xianxue.desk.actions.explain import Explain, Unusual  # noqa: PLC0415 - needs Django

    whose = {filed.file: filed for filed in returns}
    used: set[Answer] = set()
    for issue in issues:
        filed = whose.get(issue.file)
        if filed is None or issue.severity is not Severity.EXPLAIN:
            continue
        for answer in answers:
            if answer.meets(issue):
                used.add(answer)
                form = explain.ground.shelf.form_in(filed.form, filed.period)
                subject = subject_of(issue, filed, form)
                key = Key(filed.form, filed.period, filed.place)
                deed = Explain(explain.ground, explain.actor, explain.at, answer.text)
                deed(key, Unusual(issue.code, subject.field, subject.value))
    return [_about_nothing(answer) for answer in answers if answer not in used]


def keep_said(explain: Explain, returns: Sequence[Return], issues: Sequence[Issue]) -> list[Issue]:
    """Keep what clerks wrote in their workbooks about what is unusual there.

    What is kept already is not kept again. Gives the complaints of what may not be kept.
    """
    from xianxue.desk.actions.explain import Explain, Unusual  # noqa: PLC0415 - needs Django

    refused: list[Issue] = []
    for filed in returns:
        said = filed.brought.said if filed.brought is not None else ()
        known = {
            (each.rule, each.field, each.value, each.text)
            for each in (explained(form=filed.form, place=filed.place) if said else ())
        }
        for issue in issues if said else ():
            answer = answers_to(issue, said) if issue.file == filed.file else None
            if answer is None or (issue.code, issue.about, issue.value, answer.text) in known:
                continue
            key = Key(filed.form, filed.period, filed.place)
            deed = Explain(explain.ground, explain.actor, explain.at, answer.text)
            try:
                deed(key, Unusual(issue.code, issue.about, issue.value))
            except ComplaintsError as error:
                refused.extend(replace(each, file=filed.file) for each in error.issues)
    return refused


def unexplained(returns: Sequence[Return], issues: Sequence[Issue]) -> list[Issue]:
    """Complain of each return that still has something to mend or explain."""
    found: list[Issue] = []
    for filed in returns:
        about = [each for each in issues if each.file == filed.file]
        open_ones = [each for each in about if each.severity is Severity.EXPLAIN]
        if open_ones:
            first = open_ones[0]
            named = dict.fromkeys(
                f"{one.sheet}!{one.cell}" if one.cell else one.code for one in open_ones
            )
            shown = joined("、", list(named)[:_MOST_NAMED]) + (
                say("等") if len(named) > _MOST_NAMED else ""
            )
            found.append(
                Issue(
                    code=UNEXPLAINED,
                    severity=Severity.MUST_FIX,
                    file=filed.file,
                    place=filed.place,
                    form=filed.form,
                    sheet=first.sheet,
                    cell=first.cell,
                    saw=say(
                        "还有 {n} 条经验校验没有说明，没有报送：{named}",
                        n=len(open_ones),
                        named=shown,
                    ),
                    required=say("经验校验要么改正，要么说明"),
                    do=say(
                        "不对的改正后再报；属实的，在标注过的工作簿（--marked）的“{sheet}”表里逐"
                        "条写明原因，交这一份；也可以报送时加上 --explain '{next}=理由'",
                        sheet=ANSWERS,
                        next=next(iter(named)),
                    ),
                )
            )
    return found


def _about_nothing(answer: Answer) -> Issue:
    return Issue(
        code=UNEXPLAINED,
        severity=Severity.NOTE,
        saw=say(
            "说明“{about}={text}”没有对应的经验校验，没有记", about=answer.about, text=answer.text
        ),
        required=say("写明是哪一格或哪条规则，照问题里写的写"),
    )
