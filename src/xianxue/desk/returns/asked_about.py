"""Whether anybody asked for an explanation: the rule, the field and the value have to be there.

An explanation of what no rule has complained of would lie beside the return as if it had been
asked, and would silence a complaint that nobody has seen yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.checking.explanations import name_of, same_value, value_of
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import UNEXPLAINED
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.workspace import ComplaintsError, Workspace

GENERAL: Final = frozenset(
    {
        "R-ANOTHER-YEAR",
        "R-BASIS",
        "R-REGISTER",
        "R-TEN-THOUSAND",
        "R-UNIT",
        "R-USUAL",
        "R-WORD",
    }
)
"""The rules of every form that ask for an explanation; a form has its own besides."""
_MOST_NAMED: Final = 5


def asked_value(
    workspace: Workspace, ground: Ground, key: Key, asked: tuple[str, str], value: str
) -> str:
    """Give the value that an explanation is of; ``asked`` is a rule and a field.

    ComplaintsError where the form has no such field or rule, where the return says another value,
    or where what was filed is not asked about. Before anything is filed nobody can know what will
    be asked; then rule and field have to be there, and the value has to be said.
    """
    rule, field = asked
    form = ground.shelf.forms[key.form]
    if not _is_there(form, field, ground):
        saw = say("{form}里没有“{field}”这一格", form=ground.form_term(key.form), field=field)
        raise ComplaintsError([_complaint(key, field, saw, say("表.栏，或 表.行.栏"))])
    filed = _newest(workspace, key)
    if filed is None:
        if rule not in rules_of(form):
            saw = say("没有要说明的规则“{rule}”", rule=rule)
            raise ComplaintsError([_complaint(key, field, saw, say("写问题方括号里的编号"))])
        if not value.strip():
            saw = say("还没有报送，不知道说明的是哪个值")
            raise ComplaintsError([_complaint(key, field, saw, say("用 --value 写明"))])
        return value
    place, period = ground.register.places.get(key.place), Period.parse(key.period)
    found = check_return(filed, workspace.shelf, place, period, register=ground.register)
    issues = [
        one for one in Comparison(workspace.shelf, workspace)(filed, place, found) if one.about
    ]
    about = [one for one in issues if one.code == rule and field in {one.about, one.field}]
    if not about:
        raise ComplaintsError([_not_asked(ground, key, rule, field, issues)])
    # As it was written comes first: a later upload is compared with that.
    of_issue = _values(filed, about[0], field)
    if value and not any(same_value(value, one) for one in of_issue):
        saw = say("报的是“{filed}”，不是“{value}”", filed=of_issue[0], value=value)
        do = say("要改报的，报送新数时再说明：returns submit 加 --explain")
        raise ComplaintsError([_complaint(key, field, saw, say("说明已报的值"), do)])
    return of_issue[0]


def rules_of(form: Form) -> frozenset[str]:
    """Give the rules of a form whose complaints may be explained."""
    own = {one.unusual for one in form.unusual}
    own |= {one.sensible for one in form.sensible if one.severity is Severity.EXPLAIN}
    own |= {one.check for one in form.checks if one.severity is Severity.EXPLAIN}
    return GENERAL | own


def _is_there(form: Form, field: str, ground: Ground) -> bool:
    """Whether a form has a cell: ``sheet.field``, or ``sheet.row.field`` with a row it may have."""
    sheet_name, _, rest = field.partition(".")
    row, _, name = rest.rpartition(".")
    sheet = form.sheet(sheet_name)
    if sheet is None or sheet.field(name) is None:
        return False
    if not row or sheet.layout == "list":
        return not row or row.isdecimal()
    return sheet.layout == "grid" and ground.shelf.codes[sheet.rows].entry(row) is not None


def _newest(workspace: Workspace, key: Key) -> Return | None:
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    found = Filing.objects.filter(form=key.form, period=key.period, place=key.place)
    filing = found.select_related("current").first()
    if filing is None:
        return None
    cabinet = Cabinet(workspace.store / "cabinet")
    return next(iter(cabinet.read_returns([kept_revision(filing.current)])), None)


def _values(filed: Return, issue: Issue, field: str) -> list[str]:
    """Give the values that an issue is of: the one cell's that is named, then all compared."""
    sheet_name, _, rest = field.partition(".")
    row, _, name = rest.rpartition(".")
    own = [
        line.cells[name]
        for line in filed.tables.get(sheet_name, ())
        if name in line.cells and row == line.code
    ]
    if len(own) != 1:
        return [issue.value]
    return list(dict.fromkeys([value_of(own[0]), str(own[0].value), issue.value]))


def _not_asked(ground: Ground, key: Key, rule: str, field: str, issues: Sequence[Issue]) -> Issue:
    saw = say(
        "{title}的{field}没有被“{rule}”问到，不用说明",
        title=ground.title(key),
        field=name_of(key.form, field, ground.shelf),
        rule=rule,
    )
    named = [f"--rule {one.code} --field {one.about}" for one in issues]
    if not named:
        return _complaint(key, field, saw, say("说明校验问到的值；这份报表没有要说明的"))
    more = say("等 {n} 处", n=len(named)) if len(named) > _MOST_NAMED else ""
    do = say("问到的有：{named}", named=joined("；", named[:_MOST_NAMED]) + more)
    return _complaint(key, field, saw, say("说明校验问到的值"), do)


def _complaint(
    key: Key, field: str, saw: Sentence, required: Sentence, do: Sentence | str = ""
) -> Issue:
    return Issue(
        code=UNEXPLAINED,
        severity=Severity.MUST_FIX,
        place=key.place,
        form=key.form,
        field=field,
        saw=saw,
        required=required,
        do=do,
    )
