"""What somebody types into a form of a ledger: kept whatever is wrong with it, wrong beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.signing import BadSignature, Signer

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.records.entry import Files, Value
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.ledgers.evidence import Proof, keep_sent, scans_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.typed import typed
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.visit import Asked, Visit

_TEXT = 12
"""Letters of a date, and of whatever else is no longer text."""


class Blank(Record, kw_only=True):
    """One line of a form: what is asked, what stands in it, what is wrong with it."""

    field: LedgerField
    name: str
    value: str
    required: bool
    unit: Sentence | str
    options: tuple[tuple[str, Sentence | str, str], ...]
    """Code, words and what they are found by; empty where it is typed."""
    wrong: tuple[Issue, ...] = ()
    covered: bool = False
    """Whether something stands there that this person does not see."""


class Kept(Record):
    """A file that is kept already, with the word by which this person may bind it."""

    scan: Proof
    token: str


class Typed(Record, kw_only=True):
    """What came with a form."""

    said: Mapping[str, str]
    on: date | None
    on_text: str
    why: str
    second: str
    place: str
    kept: tuple[Kept, ...]
    issues: list[Issue] = field(default_factory=list[Issue])

    @property
    def files(self) -> Files:
        """The files, in the order in which they came."""
        return {one.scan.digest: one.scan.file for one in self.kept}


def typed_in(request: Asked, room: Room, card: Ledger) -> Typed:
    """Read a form as it was sent; files are kept at once, so that none is chosen twice."""
    said = request.POST
    issues: list[Issue] = []
    kept = dict(one for token in said.getlist("kept") if (one := bound(request.visit, token)))
    files = [(one.name or "", one.read()) for one in request.FILES.getlist("files")]
    try:
        kept |= keep_sent(room, files, request.visit.at)
    except ComplaintsError as error:
        issues += error.issues
    text = said.get("on", "").strip()
    on: date | None = None
    try:
        on = date.fromisoformat(text[:_TEXT]) if text else None
    except ValueError:
        saw = say("日期写成了“{text}”", text=text[:_TEXT])
        issues.append(
            Issue(
                code="L-DAY",
                severity=Severity.MUST_FIX,
                saw=saw,
                required=say("日期，如 2025-09-01"),
            )
        )
    return Typed(
        said={one.field: said[f"v-{one.field}"] for one in card.fields if f"v-{one.field}" in said},
        on=on,
        on_text=text,
        why=said.get("why", ""),
        second=said.get("second", "").strip(),
        place=said.get("place", ""),
        kept=kept_of(request.visit, kept),
        issues=issues,
    )


def values_of(room: Room, card: Ledger, said: Typed, place: str) -> dict[str, Value | None]:
    """Read the fields; what cannot be read is added to what is wrong."""
    found: dict[str, Value | None] = {}
    for name, text in said.said.items():
        try:
            found |= typed(room, card, {name: text}, place)
        except ComplaintsError as error:
            said.issues.extend(error.issues)
    return found


def _signer(visit: Visit) -> Signer:
    return Signer(salt=f"ledgers.evidence.{visit.actor.name}")


def token_of(visit: Visit, digest: str, name: str) -> str:
    """Give the word by which this person, and nobody else, may bind a file that was kept.

    It says the name too: the same bytes may have been handed in by others under another.
    """
    return _signer(visit).sign(f"{digest}/{name}")


def bound(visit: Visit, token: str) -> tuple[str, str] | None:
    """Give digest and name that a token is of; None where it is another's, or made up."""
    try:
        digest, _, name = _signer(visit).unsign(token).partition("/")
    except BadSignature:
        return None
    return digest, name


def kept_of(visit: Visit, files: Files) -> tuple[Kept, ...]:
    """Give files that are kept, in their order."""
    return tuple(
        Kept(scan, token_of(visit, scan.digest, scan.file)) for scan in scans_of(files).values()
    )


def blanks_of(  # noqa: PLR0913 - what is asked, what stands there, what is wrong
    room: Room,
    card: Ledger,
    fields: Iterable[LedgerField],
    said: Mapping[str, str],
    issues: Sequence[Issue],
    *,
    required: Iterable[str],
    covered: Iterable[str] = (),
) -> list[Blank]:
    """Give the lines of a form."""
    asked, hidden = set(required), set(covered)
    return [
        Blank(
            field=one,
            name=f"v-{one.field}",
            value=said.get(one.field, ""),
            required=one.field in asked,
            unit=UNITS[one.unit].term if one.unit else "",
            options=_options(room, card, one),
            wrong=tuple(issue for issue in issues if issue.field == one.field),
            covered=one.field in hidden,
        )
        for one in fields
    ]


def others_of(issues: Sequence[Issue], blanks: Iterable[Blank]) -> list[Issue]:
    """Give what is wrong with none of the fields of a form."""
    names = {one.field.field for one in blanks}
    return [one for one in issues if one.field not in names]


def _options(
    room: Room, card: Ledger, one: LedgerField
) -> tuple[tuple[str, Sentence | str, str], ...]:
    shelf = room.ground.shelf
    if one.type == "yes_no":
        return (("1", say("是"), ""), ("0", say("否"), ""))
    if one.type == "code":
        known = shelf.codes.get(card.codes_of(one))
        return tuple((each.code, each.term, "") for each in known.entries) if known else ()
    if one.holds == "place":
        return tuple((each.code, each.name, each.code) for each in room.ground.register)
    return ()


def written_as(room: Room, card: Ledger, one: LedgerField, value: Value | None, shown: str) -> str:
    """Write a value into its line of a form again, so that it reads as it was typed."""
    del room, card
    if value is None:
        return ""
    return str(value) if one.type in {"code", "date", "yes_no"} or one.holds == "place" else shown
