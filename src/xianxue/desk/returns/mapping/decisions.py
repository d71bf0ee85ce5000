"""What the caller decides of columns: read from options, asked on a terminal, kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.contents.units import factor_of
from xianxue.bureau.returns.mapping.decisions import card_of, decided, faults_of, remeasured
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals, name_of
from xianxue.bureau.returns.mapping.targets import Target, target_named
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.returns.mapping.tables import Looked, reread
from xianxue.desk.workspace import MisusedError, Workspace


class Said(Record):
    """What the options say of columns."""

    sets: tuple[str, ...] = ()
    """``C=students.enrolled``."""
    skips: tuple[str, ...] = ()
    """Letters of columns that are not read."""
    rest: bool = False
    """Whether everything else is right as it is proposed."""
    units: tuple[str, ...] = ()
    """``D=万元``."""

    @property
    def names_columns(self) -> bool:
        """Whether single columns are named, which is clear only for one table."""
        return bool(self.sets or self.skips or self.units)


def decide(tables: Sequence[Looked], said: Said, shelf: Shelf) -> list[Looked]:
    """Take over what the options say; MisusedError where they name what is not there."""
    if said.names_columns and len(tables) != 1:
        named = joined("、", (each.named for each in tables)) or say("没有一张")
        message = say(
            "--set、--skip 和 --unit 只对一张表：请用 --sheet 写明（{named}）", named=named
        )
        raise MisusedError(message)
    found: list[Looked] = []
    for each in tables:
        looked = each
        chosen = dict(_set(looked, text, shelf) for text in said.sets)
        # The column that says whose a row is decides what the other columns may be.
        if any(target.sheet is None for target in chosen.values()):
            looked = reread(looked, shelf, chosen)
        skipped = {_column(looked, letter).head.at for letter in _split(said.skips)}
        twice = sorted(looked.table.column(at) for at in skipped & chosen.keys())
        if twice:
            message = say(
                "{columns} 列又要读又不读：--set 和 --skip 请只写一个", columns=joined("、", twice)
            )
            raise MisusedError(message)
        proposals = decided(looked.proposals, chosen, skipped, rest=said.rest)
        units = dict(_unit(looked, proposals, text) for text in said.units)
        proposals = remeasured(proposals, looked.table, looked.full, units)
        found.append(looked.having(proposals))
        faults = faults_of(found[-1].proposals)
        # What is only proposed may still contradict itself; what somebody has decided may not.
        if faults and (chosen or said.rest):
            raise MisusedError(joined("；", faults))
    return found


def _split(texts: Iterable[str]) -> list[str]:
    return [part for text in texts for part in text.replace("，", ",").split(",") if part.strip()]


def _set(looked: Looked, text: str, shelf: Shelf) -> tuple[int, Target]:
    letter, sign, reference = text.partition("=")
    if not sign or not reference.strip():
        message = say("--set {text}：写作 列=项目，例如 C=premises.books", text=text)
        raise MisusedError(message)
    return _column(looked, letter).head.at, target_of(looked, reference, shelf)


def _unit(looked: Looked, proposals: Proposals, text: str) -> tuple[int, str]:
    letter, sign, unit = (part.strip() for part in text.partition("="))
    if not sign or not unit:
        raise MisusedError(say("--unit {text}：写作 列=单位，例如 D=万元", text=text))
    at = _column(looked, letter).head.at
    target = next((each.target for each in proposals.columns if each.head.at == at), None)
    if target is None or factor_of(unit, target.field) is None:
        own = target.field.measured_in.noun if target else ""
        raise MisusedError(
            say("“{unit}”换算不成这一列要填的{own}", unit=unit, own=own)
            if own
            else say("{letter} 列不是要填的数，没有单位可写", letter=letter)
        )
    return at, unit


def target_of(looked: Looked, reference: str, shelf: Shelf) -> Target:
    """Give what a reference names in the table's form; MisusedError where it names nothing."""
    form = looked.form
    target = target_named(form, shelf.codes, reference.strip())
    if target is None:
        sheet = form.sheet(reference.strip().partition(".")[0])
        known = joined(
            "、",
            [f"{sheet.sheet}.{field.field}" for field in sheet.fields]
            if sheet
            else [
                "school_code",
                "name",
                *(say("{sheet}.…", sheet=each.sheet) for each in form.sheets),
            ],
        )
        rows = say("；按行填的表写作 分表.行.项目，或在一校几行的表里写 分表.row") if sheet else ""
        message = say(
            "《{term}》里没有“{name}”；有：{known}{rows}",
            term=form.term,
            name=reference.strip(),
            known=known,
            rows=rows,
        )
        raise MisusedError(message)
    return target


def _column(looked: Looked, letter: str) -> Proposal:
    wanted = letter.strip().upper()
    for each in looked.proposals.columns:
        if looked.table.column(each.head.at) == wanted:
            return each
    known = joined("、", (looked.table.column(each.head.at) for each in looked.proposals.columns))
    message = say(
        "{named}没有可读的 {wanted} 列；有：{known}", named=looked.named, wanted=wanted, known=known
    )
    raise MisusedError(message)


def open_issues(looked: Looked) -> list[Issue]:
    """Name each column that nobody has decided: they keep a table from being kept or read."""
    return [
        Issue(
            code="R-MAP-OPEN",
            severity=Severity.MUST_FIX,
            file=looked.file,
            sheet=looked.tab,
            cell=looked.table.cell(looked.table.head_rows[1], each.head.at),
            form=looked.form.form,
            saw=say("“{name}”一列还没有定", name=name_of(each.head))
            + (
                say("：可能是{named}（{doubt}）", named=each.target.named, doubt=each.doubt)
                if each.target
                else ""
            ),
            required=say("每一列都定了读作什么，或者不读"),
            do=say("请用 --unit {column}=单位 写明", column=looked.table.column(each.head.at))
            if each.rivals
            else say(
                "请用 --set {column}=项目 或 --skip {column} 写明，都照建议的用 --yes",
                column=looked.table.column(each.head.at),
            ),
        )
        for each in looked.proposals.columns
        if each.is_open
    ]


def keep(workspace: Workspace, tables: Iterable[Looked], actor: str | Actor) -> list[Mapping]:
    """Keep what was decided of each table that holds something; what is kept already stays."""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs the database

    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.keep_mapping import KeepMapping  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import now  # noqa: PLC0415 - as above
    from xianxue.desk.stores.mappings import MappingsFolder  # noqa: PLC0415 - as above
    from xianxue.desk.workspace import MAPPINGS  # noqa: PLC0415 - as above

    folder = MappingsFolder(workspace.root / MAPPINGS)
    kept: list[Mapping] = []
    for looked in tables:
        if not looked.proposals.values:
            continue
        card = card_of(looked.form, looked.table, looked.proposals, looked.named)
        before = workspace.shelf.mappings.get(card.mapping)
        if before is not None and _same(before, card):
            continue
        KeepMapping(folder, ground, acting(ground.gate, actor), now())(card)
        kept.append(card)
    return kept


def _same(one: Mapping, other: Mapping) -> bool:
    """Whether two cards say the same, in whatever order their columns stood."""

    def said(card: Mapping) -> tuple[set[tuple[str, int, str, str]], list[str]]:
        columns = {(c.column, c.nth, c.field, c.unit) for c in card.columns}
        return columns, sorted(card.skipped)

    return said(one) == said(other)
