"""Reading the journal, and proving that nobody has touched it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, cast

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.lifecycle import Lifecycle, Step
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.attach_scan import ATTACHED
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.actions.note_backup import MADE, TAKEN
from xianxue.desk.actions.personal.unmask import FILE, UNMASKED, UNTIL
from xianxue.desk.actions.rebuild import REBUILD
from xianxue.desk.database.transactions import reading
from xianxue.desk.database.vendors import vendor
from xianxue.desk.journal.many_told import first_place, title_of_many, told_of_many
from xianxue.desk.journal.of_rooms import term_in_room, title_in_room, told_in_room
from xianxue.desk.journal.other_tables import otherwise
from xianxue.desk.journal.personal import personals
from xianxue.desk.journal.replay import not_as_told
from xianxue.desk.models import JournalHead, JournalLine
from xianxue.desk.models.journal import CLOCK, RESTORED
from xianxue.desk.models.personal import EXPIRY
from xianxue.desk.models.subject import BEHALF, RETURN
from xianxue.desk.models.together import MANY, apart
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.stores.scans import FEWEST_DIGITS

LIMITS: Final = say(
    "以上证明日志内部前后一致、行数与末行摘要相符。有权直接改写数据库文件的人，可"
    "以把日志连同末行摘要整个重写一遍，单凭数据库查不出来：请定期用 xianxue "
    "journal head 打印末行摘要，抄存在本机以外（签字存档、报上级备案），再用 "
    "xianxue journal verify --against 行数:摘要 对照。"
)
"""What the chain cannot prove, said with every verification."""

CALLED: Final = {"returns.accept": "collect", "returns.extend": "grant_extension"}
"""Deeds that the journal names otherwise than the cards."""

OTHERS: Final = {
    "returns.release": say("发布"),
    "places.record": say("登记变动"),
    "places.undo": say("撤销变动登记"),
    "places.import": say("导入名册"),
    "places.amend": say("更正名册"),
    "returns.map": say("保存列对应"),
    ATTACHED: say("附盖章扫描件"),
    EXPIRY: say("到期销毁个人信息"),
    REBUILD: say("重建留存件"),
    CLOCK: say("登记校时"),
    MADE: say("做备份"),
    TAKEN: say("下载备份"),
    RESTORED: say("恢复备份"),
    UNMASKED: say("查看未遮盖的个人信息"),
}
"""Deeds that no lifecycle card names."""

_DAYS: Final = {"due": say("截止"), "lock": say("锁定"), "until": say("延期至")}

_PERSONAL: Final = say("（个人信息，日志只有摘要）")

_NOTED: Final = re.compile(r"([0-9]+):([0-9a-f]{64})")


class Verified(Record):
    """What came of going through the journal: the first fault, if there is one."""

    lines: int
    digest: str
    """Of the last line."""
    issues: list[Issue]
    expired: int = 0
    """Personal values that were destroyed when their time was over."""


def head() -> tuple[int, str]:
    """Give the number of lines and the digest of the last, to be noted elsewhere."""
    kept = JournalHead.objects.first()
    return (kept.lines, kept.digest) if kept else (0, "")


def sentence(line: JournalLine, ground: Ground) -> str:
    """Write a line as people read it: number, time, who and where, what was done to what, why."""
    kind, name, place, period = line.about
    card, subject = ground.card(first_place(line)), line.subject
    of_room = title_in_room(line, ground)
    if of_room is not None:
        subject = of_room
    elif place == MANY:
        subject = title_of_many(line, ground)
    elif kind == RETURN:
        subject = ground.title(Key(name, period, place))
    elif name in ground.shelf.forms:
        subject = ground.form_term(name) + (say("（{period}）", period=period) if period else "")
    role = ground.policy.role(line.detail.get("role", ""))
    stead = line.detail.get("acting_for", "")
    acting = say("代理{name}", name=stead) if stead else ""
    parts = (acting, role.term if role else "", line.detail.get("where", ""))
    who = joined("，", filter(None, parts))
    said = f"{line.number}  {minute_of(line.at)}  {line.actor}" + (
        say("（{who}）", who=who) if who else ""
    )
    said = said + "  " + term_of(line, card) + "  " + subject
    changed = told_in_room(line, ground)
    if changed is None:
        changed = told_of(line, card, ground)
    return (
        said
        + (say("：{changed}", changed=changed) if changed else "")
        + (say("。理由：{why}", why=line.why) if line.why else "")
    )


def term_of(line: JournalLine, card: Lifecycle) -> str:
    """Name a deed as the lifecycle card does; a deed of another room by its own name."""
    of_room = term_in_room(line)
    if of_room is not None:
        return of_room
    name = CALLED.get(line.deed, line.deed.removeprefix("returns."))
    name = line.detail.get(BEHALF, name)
    deeds = [(step.step, step) for step in card.steps] + [(duty.duty, duty) for duty in card.duties]
    same = [deed for called, deed in deeds if called == name]
    before = next(apart(line)).detail.get("from")
    for deed in same:
        if isinstance(deed, Step) and before in deed.origins:
            return deed.term
    return same[0].term if same else OTHERS.get(line.deed, line.deed)


def told_of(line: JournalLine, card: Lifecycle, ground: Ground, *, comments: bool = True) -> str:
    """Say in a phrase what a line's deed changed; ``comments``: with those on cells."""
    detail = line.detail
    said: list[str] = []
    if line.place == MANY:
        said += told_of_many(line, ground, lambda one, of: told_of(one, of, ground))
    if "revision" in detail:
        said.append(say("第 {value} 版", value=detail["revision"]))
    if BEHALF in detail:
        said.append(say("由{name}代报", name=ground.name(detail.get("of", ""))))
    if line.deed == ATTACHED:
        said += _scans(detail)
    if "from" in detail and "to" in detail:
        said.append(
            say(
                "{before}→{after}",
                before=card.state_term(detail["from"]),
                after=card.state_term(detail["to"]),
            )
        )
    said += [term + f" {detail[name]}" for name, term in _DAYS.items() if name in detail]
    said += [shown(comment) for comment in detail.get("comments", []) if comments]
    override = detail.get("override")
    if override is not None:
        rules = joined("、", (ground.policy.rule_term(rule) for rule in override["rules"]))
        # A stand-in's own words are the line's reason already, where the actor wrote one.
        because = (
            "" if override["reason"] == line.why else say("（{value}）", value=override["reason"])
        )
        said.append(say("例外办理：{rules}{because}", rules=rules, because=because))
    if "rule" in detail:
        said.append(f"{detail['rule']} {detail['field']}={shown(detail['value'])}")
    if line.deed == UNMASKED:
        until = minute_of(datetime.fromisoformat(detail[UNTIL]))
        said.append(say("到 {until} 为止", until=until))
        said += [say("可以下载原件")] if detail[FILE] else []
    if line.deed in _COUNTED:
        said.append(_COUNTED[line.deed](detail))
    return joined("；", said)


def _left(detail: dict[str, Any]) -> Sentence:
    """Say what stood before a backup was put back, and where it is kept."""
    number, _, digest = detail["left"].partition(":")
    if not detail["safety"]:
        # Put back at the machine: what stood there lies beside it, perhaps too harmed to be read.
        if not number:
            return say("在机器上换上；换下的整个目录改名留在旁边")
        return say(
            "在机器上换上；换下的日志有 {n} 行（末行摘要 {digest}），整个目录改名留在旁边",
            n=number,
            digest=digest[:FEWEST_DIGITS],
        )
    return say(
        "换下的日志有 {n} 行（末行摘要 {digest}），备份在 {safety}",
        n=number or "0",
        digest=digest[:FEWEST_DIGITS],
        safety=detail["safety"],
    )


_COUNTED: Final[Mapping[str, Callable[[dict[str, Any]], Sentence]]] = {
    RESTORED: _left,
    EXPIRY: lambda detail: say("{n} 个值", n=len(detail["digests"])),
}
"""Deeds whose line says in one phrase how much they took away."""


def _scans(detail: dict[str, Any]) -> Iterator[str]:
    """Say to which revision scans were attached, and which."""
    yield say("第 {value} 版", value=detail["of_revision"])
    if detail.get("instead"):
        yield say("换掉先前的扫描件")
    for scan in detail["scans"]:
        digest = scan["digest"][:FEWEST_DIGITS]
        yield say("{file}（摘要 {digest}）", file=scan["file"], digest=digest)


def shown(said: object) -> str:
    """Write a text of a line's detail; of a personal one nothing but that it is one."""
    if isinstance(said, list):
        return " ".join(shown(part) for part in cast("list[object]", said))
    return str(said) if isinstance(said, str) else _PERSONAL


def verify(noted: str = "") -> Verified:
    """Go through the whole journal; ``noted`` is a line number and digest noted elsewhere.

    ValueError where it is not written as ``journal head`` prints it.
    """
    expected = _NOTED.fullmatch(noted.strip()) if noted else None
    if noted and expected is None:
        message = say("“{noted}”不是 行数:摘要（journal head 打印的那一行）", noted=noted)
        raise ValueError(message)
    with reading():
        number, digest, issue = _first_fault()
        issues = [issue] if issue else []
        # In a broken chain a noted line differs anyway, and says nothing new.
        if expected is not None and not issue:
            issues += _unlike(int(expected[1]), expected[2])
        issues += [*_unguarded(), *_broken()]
        if issue is None:
            issues += [_otherwise(subject) for subject in not_as_told()]
        beside = personals()
        if issue is None:
            # Where values beside the journal are at fault, tables would be complained of a second
            # time.
            unlike = otherwise(but_personal=bool(beside.faults))
            issues += [_unlike_told(term, subject) for term, subject in unlike]
        issues += [_issue("J-PERSONAL", number, saw) for number, saw in beside.faults]
    return Verified(number, digest, issues, beside.expired)


def _first_fault() -> tuple[int, str, Issue | None]:
    """Walk the chain; give how far it holds, the digest there, and the first fault."""
    number, digest = 0, ""
    found = JournalLine.objects.order_by("number", "id").iterator()
    while True:
        try:
            line = next(found, None)
            if line is None:
                break
            saw = _fault(line, number + 1, digest)
        # Whatever stands in a row is read: a detail that is no JSON, a time that is none.
        except (ValueError, TypeError, AttributeError):
            saw = say("这一行读不出来，内容被改动")
            line = None
        if saw or line is None:
            return number, digest, _issue("J-LINE", number + 1, saw)
        number, digest = line.number, line.digest
    return number, digest, _at_the_end(number, digest)


def _fault(line: JournalLine, number: int, digest: str) -> str:
    """Say what is wrong with a line that stands after a good one; empty where nothing is."""
    # In this order: a line's own seal tells an altered line from a good one at the wrong place, and
    # only of a good line does its number or its predecessor say anything.
    if line.number < number:
        return say("第 {number} 行有两份", number=line.number)
    if not line.whole():
        moved = _true_number(line)
        shifted = say(
            "这里的内容原是第 {moved} 行的：行序被调换，或前面有行被删去后重新编号", moved=moved
        )
        return shifted if moved else say("内容在写下之后被改动")
    if line.number > number:
        gone = (
            say("第 {number} 行", number=number)
            if line.number == number + 1
            else say("第 {number}—{n} 行", number=number, n=line.number - 1)
        )
        return say("{gone}不见了，后面直接是第 {number} 行", gone=gone, number=line.number)
    if line.previous != digest:
        return say(
            "与第 {n} 行接不上：前一行被改写后重新封过，或中间有行被删去后重新编号", n=number - 1
        )
    return ""


def _true_number(line: JournalLine) -> int:
    """Give the number under which a line's seal is whole; 0 where there is none."""
    stands, highest = line.number, head()[0]
    try:
        for line.number in range(1, highest + 1):
            if line.number != stands and line.whole():
                return line.number
    # The row is asked under other numbers and must go on as it is.
    finally:
        line.number = stands
    return 0


def _at_the_end(number: int, digest: str) -> Issue | None:
    kept = JournalHead.objects.first()
    if kept is None:
        return _issue("J-HEAD", number, say("记录行数和末行摘要的那一条不见了"))
    if kept.lines > number:
        gone = (
            say("第 {n} 行", n=number + 1)
            if kept.lines == number + 1
            else say("第 {n}—{lines} 行", n=number + 1, lines=kept.lines)
        )
        return _issue(
            "J-END",
            number + 1,
            say("末尾的{gone}不见了，应有 {lines} 行", gone=gone, lines=kept.lines),
        )
    if kept.lines < number:
        return _issue(
            "J-END",
            kept.lines + 1,
            say("记录的是 {lines} 行，多出了 {n} 行", lines=kept.lines, n=number - kept.lines),
        )
    if kept.digest != digest:
        return _issue("J-END", number, say("末行的摘要与另记的不同，末行被换过"))
    return None


def _unlike(number: int, digest: str) -> list[Issue]:
    line = JournalLine.objects.filter(number=number).first()
    if line is None:
        return [
            _issue("J-NOTED", number, say("另存的记录里有第 {number} 行，现在没有", number=number))
        ]
    if line.digest != digest:
        return [_issue("J-NOTED", number, say("摘要与另存的不同，日志在另存之后被整个改写过"))]
    return []


def _otherwise(subject: str) -> Issue:
    saw = say("报表 {subject} 的状态、版次或内容与日志记的不同，没有哪一行说过", subject=subject)
    return _issue("J-STATE", 0, saw)


def _unlike_told(term: str, subject: str) -> Issue:
    saw = say("{term} {subject} 与日志记的不同，没有哪一行说过", term=term, subject=subject)
    return _issue("J-TABLE", 0, saw)


def _broken() -> list[Issue]:
    """Complain of what the database finds broken in its own file."""
    said = vendor().broken()
    if not said:
        return []
    return [_issue("J-FILE", 0, say("数据库文件内部有损坏（{said}）", said=said[0]))]


def _unguarded() -> list[Issue]:
    """Complain of guards of the database that are gone or not what they were."""
    mine = vendor()
    standing = mine.standing()
    gone = [name for name, text in mine.guards.items() if standing.get(name) != text]
    if not gone:
        return []
    saw = say(
        "数据库里防改动的触发器有 {n} 个不见了或被改过（{names}）",
        n=len(gone),
        names=joined("、", gone),
    )
    return [_issue("J-GUARD", 0, saw)]


def _issue(code: str, number: int, saw: str) -> Issue:
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        file=say("日志"),
        cell=say("第 {number} 行", number=number) if number else "",
        saw=saw,
        required=say("日志只追加，一行接一行"),
        do=say("请封存数据库文件，与备份核对，并报告分管领导"),
    )
