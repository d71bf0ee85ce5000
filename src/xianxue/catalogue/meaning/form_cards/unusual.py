"""The rules for unusual values: numbers of this form, in one way of being unusual each."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.kinds.unusual import Peers, Unusual
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.terms import ADDABLE
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_WAYS: Final = ("change", "zero_after", "peers")
_FEWEST_PEERS: Final = 3
"""Of two there is no telling which is the odd one."""


def check_unusual(look: Look, at: Spot, form: Form) -> None:
    """Check all rules of a form; their ids are codes of issues, as those of its checks are."""
    # A check that stands twice has its own complaint.
    checks = {
        check.check: at.at("checks", index, "check") for index, check in enumerate(form.checks)
    }
    ids = [(here, name) for name, here in checks.items()]
    for index, rule in enumerate(form.unusual):
        here = at.at("unusual", index)
        ids.append((here.at("unusual"), rule.unusual))
        good_name(here.at("unusual"), rule.unusual)
        check_cited(look, here.at("source"), rule.source)
        check_days(here, rule)
        _check_way(look, here, form, rule)
        _check_fields(look, here, form, rule)
    if form.unusual:
        unique(ids, "C-TWICE", say("校验的编号"), say("同一张表式里校验的编号不重复"))


def check_days(at: Spot, rule: Unusual | Sensible) -> None:
    """Check that a rule does not end before it begins."""
    if rule.valid_to is not None and rule.valid_to < rule.valid_from:
        saw = say(
            "到 {valid_to} 为止，却从 {valid_from} 才开始",
            valid_to=rule.valid_to,
            valid_from=rule.valid_from,
        )
        at.at("to").complain("C-DATES", saw, say("截止日期不早于起始日期"))


def _check_way(look: Look, at: Spot, form: Form, rule: Unusual) -> None:
    ways = [way for way in _WAYS if getattr(rule, way) is not None]
    if len(ways) != 1:
        saw = say("写了 {ways}", ways=listed(ways)) if ways else say("没有写怎样才算异常")
        at.complain("C-PART", saw, say("{ways} 要写一个，也只写一个", ways=listed(_WAYS)))
    if rule.change is not None:
        _positive(at.at("change", "at_most_percent"), rule.change.at_most_percent)
        _positive(at.at("change", "at_least_amount"), rule.change.at_least_amount)
    if rule.zero_after is not None:
        _positive(at.at("zero_after"), rule.zero_after)
    if rule.peers is not None:
        _check_peers(look, at.at("peers"), form, rule.peers)


def _check_peers(look: Look, at: Spot, form: Form, peers: Peers) -> None:
    _positive(at.at("modified_z"), peers.modified_z)
    _positive(at.at("at_least_percent"), peers.at_least_percent)
    if peers.at_least < _FEWEST_PEERS:
        at.at("at_least").complain(
            "C-RANGE",
            say("只要 {at_least} 所学校就比较", at_least=peers.at_least),
            say("至少 {fewest_peers} 所", fewest_peers=_FEWEST_PEERS),
        )
    by_size = "size" in peers.group_by
    if by_size != bool(peers.size and peers.sizes):
        saw = (
            say("按规模分组，没有写明 size 和 sizes")
            if by_size
            else say("没有按规模分组，却写了 size")
        )
        at.complain(
            "C-PART", saw, say("group_by 里有 size，就写 size（表.栏）和 sizes（分界），反之不写")
        )
    # A school's size is looked up by halving this list, which finds anything where it is not in
    # order.
    if peers.sizes != sorted(set(peers.sizes)):
        saw = say(
            "规模的分界 {what} 不是从小到大", what=listed([str(size) for size in peers.sizes])
        )
        at.at("sizes").complain("C-RANGE", saw, say("从小到大，不重复"))
    for part in ("size", "per"):
        reference: str = getattr(peers, part)
        if reference:
            number_of_form(look, at.at(part), form, reference)


def _check_fields(look: Look, at: Spot, form: Form, rule: Unusual) -> None:
    if not rule.fields:
        at.at("fields").complain("C-EMPTY", say("一栏也没有"), say("至少一栏"))
    found: list[Field] = []
    for index, reference in enumerate(rule.fields):
        here = at.at("fields", index)
        asked = number_of_form(look, here, form, reference)
        if asked is None:
            continue
        sheet, field = asked
        found.append(field)
        if rule.by == "row" and sheet.layout == "list":
            saw = say("“{term}”是清单，今年的第几行和去年的不是一回事", term=sheet.term)
            here.complain("C-BY", saw, say("清单里的栏写 by: return，按全校合计比较"))
    check_fields_alike(at.at("fields"), found)


def check_fields_alike(at: Spot, found: list[Field]) -> None:
    """Complain where the fields of one rule are of different kinds."""
    units = {field.field: UNITS[field.unit] for field in found if field.unit in UNITS}
    if len({unit.dimension for unit in units.values()}) > 1:
        terms = [
            say("{term}（{unit}）", term=field.term, unit=units[field.field].term)
            for field in found
            if field.field in units
        ]
        saw = say("同一条规则里有不同的量：{terms}", terms=listed(terms))
        at.complain("C-DIMENSION", saw, say("一条规则的各栏是同一种量"))


def number_of_form(look: Look, at: Spot, form: Form, reference: str) -> tuple[Sheet, Field] | None:
    """Give the field of this form a reference names, complaining where it is none or no number."""
    asked = look.asked_field(at, reference)
    if asked is None:
        return None
    owner, sheet, field = asked
    if owner.form != form.form:
        at.complain(
            "C-SHEET",
            say("用到别的表式的表：{sheet}", sheet=sheet.sheet),
            say("只校验本表式里的表"),
        )
    # Who fills this form in cannot mend what was filled in elsewhere.
    elif field.prefilled_from:
        saw = say("校验里用到不填的栏：{term}", term=field.term)
        at.complain("C-HELD", saw, say("只校验学校填的栏；取自别的表式的栏在那里校验"))
    elif field.type not in ADDABLE:
        saw = say("“{term}”的类型是 {type}，不能比大小", term=field.term, type=field.type)
        at.complain("C-FIELD", saw, say("类型是 {addable} 的栏", addable=listed(sorted(ADDABLE))))
    else:
        return sheet, field
    return None


def _positive(at: Spot, number: Decimal) -> None:
    finite(at, number)
    if number.is_finite() and number <= 0:
        at.complain("C-RANGE", say("“{number}”不大于 0", number=number), say("写一个大于 0 的数"))
