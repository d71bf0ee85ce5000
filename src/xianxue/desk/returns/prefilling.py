"""What templates are filled in with beforehand: last year's returns, and what other forms hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.brought import Norm, PeerGroup
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.unusual_peers import PeerValues
from xianxue.bureau.returns.template.prefill import Note, Prefill
from xianxue.bureau.values.periods import Period
from xianxue.desk.actions.ledgers.answers import answers_of
from xianxue.desk.database import open_database
from xianxue.desk.returns.accepted import Accepted, Records
from xianxue.desk.workspace import Workspace


def prefills(
    workspace: Workspace,
    form: Form,
    period: Period,
    places: Sequence[Place],
    records: Records | None = None,
) -> dict[str, Prefill]:
    """Give what is known of each place, by its code; ``records`` where they have been read.

    A workspace in which nothing was ever accepted opens neither database nor engine.
    """
    last: Accepted = {}
    held: Accepted = {}
    notes: dict[str, list[Note]] = {}
    kept: dict[str, list[Explanation]] = {}
    peers: PeerValues | None = None
    records = records or Records(workspace)
    answers = answers_of(workspace, form, period)
    if records.any:
        codes = {place.code for place in places}
        last = records.of_last_year(period)
        peers = records.last_peers(form.form, period)
        kept = _explained(form)
        holders = _holders(workspace, form)
        held = _newest(workspace, holders, codes, period) if holders else {}
        notes = _notes(kept, last, form)
    return {
        place.code: Prefill(
            last.get((form.form, place.code)),
            {name: filed for (name, code), filed in held.items() if code == place.code},
            _township(workspace, place, period),
            tuple(notes.get(place.code, ())),
            None if peers is None else _norms(peers, place, period),
            explained=tuple(kept.get(place.code, ())),
            answers=answers.get(place.code, {}),
        )
        for place in places
    }


def _holders(workspace: Workspace, form: Form) -> set[str]:
    named = [
        workspace.shelf.asked_field(field.prefilled_from)
        for sheet in form.sheets
        for field in sheet.fields
        if field.prefilled_from
    ]
    return {found[0].form for found in named if found is not None}


def _newest(
    workspace: Workspace, forms: Iterable[str], codes: Iterable[str], until: Period
) -> Accepted:
    """Give each place's newest accepted return of these forms, none of a later period."""
    open_database(workspace.store)
    from xianxue.desk.models.filing import ACCEPTED, Filing  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.stores.cabinet import Cabinet, Kept  # noqa: PLC0415 - needs the engine

    wanted = set(codes)
    accepted = Filing.objects.filter(form__in=sorted(forms), accepted__isnull=False)
    rows = accepted.values_list(*ACCEPTED)
    newest: dict[tuple[str, str], tuple[Period, Kept]] = {}
    for row in rows:
        kept = Kept(*row)
        when = Period.parse(kept.period)
        key = (kept.form, kept.place)
        # A template made again for an earlier year must not hold what was not known then.
        late = when.start > until.end
        if kept.place in wanted and not late and (key not in newest or newest[key][0] < when):
            newest[key] = (when, kept)
    returns = Cabinet(workspace.store / "cabinet").read_returns(kept for _, kept in newest.values())
    return {(filed.form, filed.place): filed for filed in returns}


def _explained(form: Form) -> dict[str, list[Explanation]]:
    """Give all that was explained and still counts, by place."""
    from xianxue.desk.returns.explanations import explained  # noqa: PLC0415 - needs Django set up first

    found: dict[str, list[Explanation]] = {}
    for one in explained(form=form.form):
        found.setdefault(one.place, []).append(one)
    return found


def _notes(
    kept: Mapping[str, Sequence[Explanation]], last: Accepted, form: Form
) -> dict[str, list[Note]]:
    """Give the explanations that last year's values rest on."""
    found: dict[str, list[Note]] = {}
    for place, all_ in kept.items():
        filed = last.get((form.form, place))
        for one in all_:
            if filed is not None and one.value in _written(filed, one.field):
                found.setdefault(place, []).append(Note(one.field, one.value, one.text))
    return found


def _norms(peers: PeerValues, place: Place, period: Period) -> dict[PeerGroup, Norm]:
    attributes = place.attributes(period.reference_day)
    return peers.norms_of(place.code, attributes.school_type if attributes else "")


def _written(filed: Return, field: str) -> set[str]:
    """Give what was written in ``sheet.field``, or in ``sheet.row.field``."""
    sheet, _, rest = field.partition(".")
    row, _, name = rest.rpartition(".")
    return {
        each.cells[name].written
        for each in filed.tables.get(sheet, ())
        if name in each.cells and row in {"", each.code}
    }


def _township(workspace: Workspace, place: Place, period: Period) -> str:
    register, on = workspace.register, period.reference_day
    code = register.township_of(place, on)
    return register[code].name_on(on) if code else ""
