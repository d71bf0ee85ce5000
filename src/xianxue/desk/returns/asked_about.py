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
from xianxue.desk.actions.explain import Unusual
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
        "R-UNCHANGED",
        "R-UNIT",
        "R-USUAL",
        "R-WORD",
    }
)
"""The rules of every form that ask for an explanation; a form has its own besides."""
# Enough to find the one that was meant; the checks themselves name every cell.
_MOST_NAMED: Final = 5


def asked_about(workspace: Workspace, ground: Ground, key: Key, said: Unusual) -> Unusual:
    """Give what an explanation is of, as it is kept: a rule, a field and the value filed.

    The field is named as forms do, or by its cell (学生!C4); without a rule the one is meant that
    asked about it. ComplaintsError where the form has no such field or rule, where the return says
    another value, or where what was filed is not asked about. Before anything is filed nobody can
    know what will be asked; then rule and field have to be there, and the value has to be said.
    """
    form, field = ground.shelf.form_in(key.form, key.period), said.field.replace("！", "!")
    # A field is looked for first, so that a slip of the pen is not told as «not asked about».
    if "!" not in field and not _is_there(form, field, ground):
        raise _refused(
            key,
            said.field,
            say("{form}里没有“{field}”这一格", form=ground.form_term(key.form), field=said.field),
            say("表.栏，或 表.行.栏，或 学生!C4"),
        )
    filed = _newest(workspace, key)
    if filed is None:
        return _beforehand(key, form, said)
    place, period = ground.register.places.get(key.place), Period.parse(key.period)
    found = check_return(filed, workspace.shelf, place, period, register=ground.register)
    compare = Comparison(workspace.shelf, workspace)
    issues = [one for one in compare(filed, place, found) if one.about]
    about = [one for one in issues if said.rule in {"", one.code} and field in _names(one)]
    if not about:
        raise _not_asked(ground, key, said, issues)
    if len({one.code for one in about}) > 1:
        named = joined("、", dict.fromkeys(one.code for one in about))
        saw = say("这一格被问到不止一处：{named}", named=named)
        raise _refused(key, said.field, saw, say("用 --rule 写明一处"))
    # As it was written comes first: a later upload is compared with that.
    values = _values(filed, about[0])
    if said.value and not any(same_value(said.value, one) for one in values):
        saw = say("报的是“{filed}”，不是“{value}”", filed=values[0], value=said.value)
        do = say("要改报的，报送新数时再说明：returns submit 加 --explain")
        raise _refused(key, said.field, saw, say("说明已报的值"), do)
    return Unusual(about[0].code, about[0].about, values[0])


def _beforehand(key: Key, form: Form, said: Unusual) -> Unusual:
    if said.rule not in rules_of(form) or "!" in said.field:
        saw = say("还没有报送，也没有要说明的规则“{rule}”", rule=said.rule)
        do = say("可以在报送时说明：returns submit 加 --explain '学生!C4=理由'")
        required = say("写明规则的编号（--json 里的 code）和 表.行.栏")
        raise _refused(key, said.field, saw, required, do)
    if not said.value.strip():
        saw = say("还没有报送，不知道说明的是哪个值")
        raise _refused(key, said.field, saw, say("用 --value 写明"))
    return said


def _names(issue: Issue) -> set[str]:
    """Give the ways in which the cell of an issue may be named."""
    return {issue.about, issue.field, _cell(issue)}


def _cell(issue: Issue) -> str:
    return f"{issue.sheet}!{issue.cell}" if issue.cell else issue.about


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


def _values(filed: Return, issue: Issue) -> list[str]:
    """Give the values that an issue is of: the one cell's that is named, then all compared."""
    sheet_name, _, rest = issue.about.partition(".")
    row, _, name = rest.rpartition(".")
    own = [
        line.cells[name]
        for line in filed.tables.get(sheet_name, ())
        if name in line.cells and row == line.code
    ]
    if len(own) != 1:
        return [issue.value]
    return list(dict.fromkeys([value_of(own[0]), str(own[0].value), issue.value]))


def _not_asked(ground: Ground, key: Key, said: Unusual, issues: Sequence[Issue]) -> ComplaintsError:
    saw = say(
        "{title}的{field}没有被问到，不用说明",
        title=ground.title(key),
        field=name_of(key.form, said.field, ground.shelf),
    )
    if said.rule:
        saw = say("{saw}（规则 {rule}）", saw=saw, rule=said.rule)
    if not issues:
        required = say("说明校验问到的值；这份报表没有要说明的")
        return _refused(key, said.field, saw, required)
    named = [_cell(one) for one in issues]
    more = say("等 {n} 处", n=len(named)) if len(named) > _MOST_NAMED else ""
    do = say("问到的有：{named}", named=joined("、", named[:_MOST_NAMED]) + more)
    return _refused(key, said.field, saw, say("说明校验问到的值"), do)


def _refused(
    key: Key, field: str, saw: Sentence, required: Sentence, do: Sentence | str = ""
) -> ComplaintsError:
    issue = Issue(
        code=UNEXPLAINED,
        severity=Severity.MUST_FIX,
        place=key.place,
        form=key.form,
        field=field,
        saw=saw,
        required=required,
        do=do,
    )
    return ComplaintsError([issue])
