"""The next version of a form of the catalogue: all that the page does not show goes on."""

from __future__ import annotations

import msgspec
import pytest
from national import national

from xianxue.bureau.kinds.changes.editions import DatedForm
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load
from xianxue.desk.forms.carried import begun_from
from xianxue.desk.forms.designing import written
from xianxue.desk.forms.differences import differences

SHELF = national().shelf
START = "2030-2031"


def read(tmp_path, design, form):
    """Give the version before and the next one, as the catalogue reads the card."""
    card = tmp_path / "next.yaml"
    card.write_text(written(design, base=form).text, encoding="utf-8")
    loaded = load(card)
    assert [str(one.message) for one in loaded.issues] == []
    dated = loaded.shelf.forms[form.form]
    assert isinstance(dated, DatedForm)
    return dated.shapes


@pytest.mark.parametrize("name", sorted(SHELF.forms))
def test_what_is_begun_and_left_as_it_is_asks_the_same(tmp_path, name):
    """A version of a form is the form: no bound, no check, no list of rows is lost on the way."""
    form = SHELF.forms[name]
    start = START if form.period == "school_year" else "2030"
    before, after = read(tmp_path, replace(begun_from(form), start=start), form)
    assert list(differences(before, after)) == []
    for part in ("sheets", "checks", "sensible", "unusual"):
        assert getattr(after, part) == getattr(before, part), part


def test_a_rule_ends_with_the_first_field_that_it_names(tmp_path):
    form = SHELF.forms["school_annual"]
    design = replace(begun_from(form), start=START)
    leaves = [
        replace(leaf, boxes=[box for box in leaf.boxes if (leaf.ident, box.ident) != ("students", "girls")])
        for leaf in design.leaves
    ]  # fmt: skip
    before, after = read(tmp_path, replace(design, leaves=leaves), form)
    said = [str(one) for one in (*after.checks, *after.sensible, *after.unusual)]
    assert not [one for one in said if "students.girls" in one]
    named = [
        one.check
        for one in before.checks
        if "students.girls" in str(msgspec.to_builtins(one, enc_hook=str))
    ]
    assert named
    assert {one.check for one in before.checks} - {one.check for one in after.checks} == set(named)
    # What is judged field by field goes on for the others.
    assert len(after.unusual) == len(before.unusual)
