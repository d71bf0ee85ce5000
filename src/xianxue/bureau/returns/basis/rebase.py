"""Returns of former schools counted under the schools they became.

It lives in this room because it is still about what was reported: returns go in and returns come
out, and whoever counts figures from them needs not know. Only the desk joins the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.basis import Basis
from xianxue.bureau.records.rebased import Part, Rebased, Spot
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.basis.joining import Joining
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import joined, say


def rebase(
    returns: Iterable[Return],
    basis: Basis,
    forms: Mapping[str, Form],
    codes: Mapping[str, CodeList],
) -> Rebased:
    """Join the returns of schools that are one school on the basis.

    Numbers add up, and a hidden one hides the sum; a former school that has not filed hides what
    it was asked. Texts, codes, years and yes or no are those of the school they went over into,
    else what all agree on. Lists follow one another. What a division keeps apart stays as it was
    filed. Returns of one school are passed on as they are, so that 原口径 changes nothing.
    ValueError for a return of another reference day.
    """
    found = list(returns)
    _refuse_other_days(found, basis)
    changed = {
        member: unit
        for unit, members in basis.changed.items()
        if unit in basis.register and basis.register[unit].level == "school"
        for member in members
    }
    kept: list[Return] = []
    groups: dict[tuple[str, str], dict[str, Return]] = {}
    for filed in found:
        unit = changed.get(filed.place)
        form = forms.get(filed.form)
        if unit is None or form is None or form.filed_by != "school":
            kept.append(filed)
        else:
            groups.setdefault((filed.form, unit), {})[filed.place] = filed
    issues = list(_divisions(basis))
    parts: dict[Spot, tuple[Part, ...]] = {}
    for (form_id, unit), members in sorted(groups.items()):
        joined = Joining.of(forms[form_id], unit, members, basis, codes)
        kept.append(joined.returned)
        parts |= joined.parts
        issues += [*joined.issues, *_absent(basis, forms[form_id], unit, members)]
    kept.sort(key=lambda filed: (filed.place, filed.form))
    return Rebased(tuple(kept), parts, tuple(issues))


def _absent(basis: Basis, form: Form, unit: str, filed: Mapping[str, Return]) -> Iterator[Issue]:
    """Name the former schools without which what is joined is not whole."""
    for member in basis.units[unit]:
        if member not in filed:
            former, name = basis.before[member].name, basis.register[unit].name
            yield Issue(
                code="R-BASIS-MISSING",
                severity=Severity.NOTE,
                place=member,
                form=form.form,
                saw=say(
                    "{former}的《{term}》没有收到，合并口径的{name}因此不全",
                    former=former,
                    term=form.term,
                    name=name,
                ),
                required=say("并入各校的报表都已收到"),
                do=say("请催报{former}；在那以前有关的数按未填处理", former=former),
            )


def _divisions(basis: Basis) -> Iterator[Issue]:
    """Say what no basis can tell apart."""
    for group in basis.undivided:
        former = joined("、", (basis.before[code].name for code in group.of))
        saw = say(
            "{former} 在 {day} 分设，{start} 的数不能分到分设以后的各校",
            former=former,
            day=group.day,
            start=basis.start,
        )
        yield Issue(
            code="R-BASIS-SPLIT",
            severity=Severity.NOTE,
            place=group.of[0],
            saw=saw,
            required=say("只合不分：没有人数过各校各占多少"),
            do=say(
                "单校不作比较；要比较，请把 {schools} 合起来看", schools=joined("、", group.into)
            ),
        )


def _refuse_other_days(returns: Iterable[Return], basis: Basis) -> None:
    periods = {filed.period for filed in returns}
    wrong = [code for code in periods if Period.parse(code).reference_day != basis.start]
    if wrong:
        message = say(
            "{periods} 的统计时点不是 {start}",
            periods=joined("、", sorted(wrong)),
            start=basis.start,
        )
        raise ValueError(message)
