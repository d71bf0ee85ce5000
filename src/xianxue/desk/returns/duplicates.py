"""A drafted form beside what the bureau holds: what is a duplicate, how old, and what it saves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.held import with_sources
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.basis.duplicates import Duplicate, cells_asked, find_duplicates, sources
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.load import load
from xianxue.catalogue.origin import Origin
from xianxue.desk.database import has_database, open_database
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace


class Age(Record):
    """How fresh what a form holds is."""

    period: str
    """The newest period of which a return was accepted; empty where there is none."""
    accepted: int
    """How many places' returns of it were accepted."""
    expected: int
    first: str = ""
    """The oldest period of which a return was accepted."""
    periods: int = 0
    """Of how many periods any was."""


class Saved(Record):
    """What one place would fill in, and how much of it the bureau holds."""

    place: Place
    asked: int
    saved: int


class Draft(Record):
    """A form that may not be in force yet, read with all cards of the workspace."""

    form: Form
    shelf: Shelf
    origin: Origin | None = None
    """Where it stands in its file; None for a form of the shelf."""

    def duplicates(self) -> list[Duplicate]:
        """Find what the other forms hold of it."""
        others = [form for form in self.shelf.forms.values() if form.form != self.form.form]
        return find_duplicates(self.form, others, self.shelf.codes)


def find_draft(workspace: Workspace, name: str) -> Draft:
    """Read a drafted card from its file, or take a form by its id.

    ComplaintsError where the card has faults, MisusedError where there is neither.
    """
    path = Path(name)
    if not path.is_file():
        form = workspace.shelf.forms.get(name)
        if form is None:
            known = joined("、", workspace.shelf.forms)
            message = say(
                "没有文件“{name}”，也没有这样的报表；现有报表：{known}", name=name, known=known
            )
            raise MisusedError(message)
        return Draft(form, workspace.shelf)
    overlays = [workspace.root / each for each in workspace.settings.overlays]
    loaded = load(*overlays, path, chosen=workspace.settings.choose)
    if loaded.issues:
        raise ComplaintsError(loaded.issues)
    fresh = [each for each in loaded.shelf.forms if each not in workspace.shelf.forms]
    if len(fresh) != 1:
        message = say(
            "{name} 里应当正好有一张新的报表（form）卡片，现有 {n} 张", name=path.name, n=len(fresh)
        )
        raise MisusedError(message)
    return Draft(loaded.shelf.forms[fresh[0]], loaded.shelf, loaded.origins["form", fresh[0]])


def savings(
    draft: Draft, duplicates: Iterable[Duplicate], places: Iterable[Place], period: Period
) -> list[Saved]:
    """Count the cells each place is spared; of a list, those of one line."""
    marked, codes = with_sources(draft.form, sources(duplicates)), draft.shelf.codes
    plain = with_sources(draft.form, {})
    found: list[Saved] = []
    for place in places:
        asked = cells_asked(plain, place, period.reference_day, codes)
        rest = cells_asked(marked, place, period.reference_day, codes)
        found.append(Saved(place, asked, asked - rest))
    return found


def ages(workspace: Workspace, forms: Iterable[str]) -> dict[str, Age]:
    """Give, for each form, the newest period held and how many places it is held of."""
    wanted = sorted(set(forms))
    counts: dict[str, dict[str, int]] = {}
    if has_database(workspace.store):
        open_database(workspace.store)
        from django.db.models import Count  # noqa: PLC0415 - needs Django set up first

        from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

        accepted = Filing.objects.filter(form__in=wanted, accepted__isnull=False)
        grouped = accepted.values_list("form", "period").annotate(Count("pk")).order_by()
        for form, period, count in grouped:
            counts.setdefault(form, {})[period] = count
    return {form: _age(workspace, form, counts.get(form, {})) for form in wanted}


def _age(workspace: Workspace, form: str, counts: Mapping[str, int]) -> Age:
    register = workspace.register
    if not counts:
        return Age("", 0, 0)
    # As periods and not as texts: «2024-2025» and «2025-H1» do not sort by their letters.
    held = [Period.parse(code) for code in counts]
    newest, oldest = max(held), min(held)
    places: Sequence[Place] = [register.county]
    if workspace.shelf.forms[form].filed_by == "school":
        places = register.schools(newest.reference_day)
    accepted = counts[newest.code]
    return Age(newest.code, accepted, len(places), oldest.code, len(counts))


def marked_card(text: str, draft: Draft, filled: Mapping[str, str]) -> str:
    """Write ``prefilled_from`` into the text of a card, behind the names of its fields.

    Everything else in the text, comments too, stays as it is.
    """
    lines = text.splitlines(keepends=True)
    if draft.origin is None:
        return text
    for at, sheet in enumerate(draft.form.sheets):
        for number, field in enumerate(sheet.fields):
            source = filled.get(f"{sheet.sheet}.{field.field}")
            if source is None or field.prefilled_from:
                continue
            # By the line the field was read from: the card is somebody's text and is not written
            # anew.
            line = draft.origin.line("sheets", at, "fields", number, "field") - 1
            lines[line] = _with_source(lines[line], field.field, source)
    return "".join(lines)


def _with_source(line: str, field: str, source: str) -> str:
    said = f"prefilled_from: {source}"
    named = re.search(rf"field: *(['\"]?){re.escape(field)}\1", line)
    if named is None:
        return line
    # A field on one line in braces takes it behind its name; else it becomes a line of its own.
    if line[: named.start()].rstrip().endswith(("{", ",")):
        return f"{line[: named.end()]}, {said}{line[named.end() :]}"
    ending = line[len(line.rstrip("\r\n")) :] or "\n"
    return f"{line.rstrip()}{ending}{' ' * named.start()}{said}{ending}"
