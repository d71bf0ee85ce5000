"""Drawing who is asked: by a seed that is published, from a frame, into a list to be worked off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from pathlib import Path
from secrets import randbelow
from typing import Final

from xianxue.bureau.ballots.drawing import (
    Drawn,
    Layer,
    draw,
    groups_wanted,
    layers_of,
    shared,
    shared_by_group,
    shortage,
)
from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.ballots.sizing import Sizing
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import as_book, print_json, print_table, say_next
from xianxue.desk.workspace import MisusedError

_DIGITS: Final = 10**8
_PERCENT: Final = 100
_ORDER: Final = "各校各类按 SHA-256（种子/学校/类别/编号）从小到大取；替补接着主样本往下取"


class Drawing(Record, kw_only=True):
    """What was said of a sample that is to be drawn."""

    sized: Sizing
    table: SampleTable | None
    least: int
    seed: str
    """As somebody gave it; empty where one is to be made."""
    spare: Fraction
    confirmed: str


def draw_from(path: Path, said: Drawing, output: Path, *, as_json: bool) -> None:
    """Draw from a frame and write who was drawn; MisusedError where that cannot be."""
    from xianxue.desk.ballots.frames import drawn_workbook, frame_in  # noqa: PLC0415 - reads workbooks

    as_book(output)
    if output.exists():
        raise MisusedError(say("{file} 已经有了：换一个文件名，免得盖掉先前抽的", file=output))
    _confirmed(said)
    frame = frame_in(path, _names(said.table))
    if not frame:
        raise MisusedError(say("{file} 里没有人", file=path.name))
    layers, seed = layers_of(frame), said.seed or f"{randbelow(_DIGITS):08d}"
    wanted, answers = _wanted(said, layers)
    drawn = draw(frame, wanted, seed, spare=said.spare)
    told = _told(said, seed, len(frame), sum(wanted.values()))
    output.write_bytes(drawn_workbook(drawn, told))
    lines = _lines(layers, wanted, drawn)
    if as_json:
        print_json(
            {
                "n": answers, "send": sum(wanted.values()), "population": len(frame), "seed": seed,
                "file": str(output),
                "layers": [
                    {"school": school, "group": group, "people": people, "n": many, "spare": more}
                    for school, group, people, many, more in lines
                ],
            }
        )  # fmt: skip
        return
    rows = [(school, group, str(people), str(many), str(more))
            for school, group, people, many, more in lines]  # fmt: skip
    heads = (say("学校"), say("类别"), say("名单人数"), say("主样本"), say("替补"))
    print_table(say("各校各类抽多少"), heads, rows)
    echo(
        say("从 {whole} 人里抽了 {n} 人，另有替补 {m} 人，写在 {file}。", whole=len(frame),
            n=sum(wanted.values()), m=sum(one.spare for one in drawn), file=output)
    )  # fmt: skip
    echo(say("种子：{seed}。公布种子，用同一名单谁都能照样抽一遍。", seed=seed))
    say_next(say("访一人填一人的“结果”，再看：xianxue ballots calls {file}", file=output))


def _confirmed(said: Drawing) -> None:
    if said.table is None or not str(said.table.confirm) or said.confirmed:
        return
    saw = say("“{table}”：{note}", table=said.table.term, note=said.table.confirm)
    raise MisusedError(say("{saw}。核对过的，用 --confirmed 写明与谁核对", saw=saw))


def _names(table: SampleTable | None) -> Mapping[str, str]:
    """Give what the groups of a table may be called; of one that leaves room for others, none."""
    if table is None or any(one.at_least for one in table.groups):
        return {}
    return {name: str(one.term) for one in table.groups for name in (one.group, str(one.term))}


def _wanted(said: Drawing, layers: Mapping[Layer, int]) -> tuple[Mapping[Layer, int], int]:
    """Give how many are drawn of each layer, and how many answers are needed in all."""
    whole = sum(layers.values())
    if said.table is None:
        found = said.sized.size(said.sized.population or whole)
        _enough(layers, found.sent, said.least)
        return shared(layers, found.sent, least=said.least), found.answers
    named = {str(one.term) for one in said.table.groups}
    terms = {one.group: str(one.term) for one in said.table.groups}
    others = {group for _, group in layers} - named
    groups = groups_wanted(said.table, said.sized.population or 0, others)
    answers = sum(groups.values())
    rate = said.sized.answering / _PERCENT
    sent = {terms.get(one, one): ceil(Fraction(many) / rate) for one, many in groups.items()}
    for group, there in shortage(layers, sent):
        raise MisusedError(
            say("“{group}”要 {n} 人，名单里只有 {m} 人", group=group, n=sent[group], m=there)
        )
    for group, many in sent.items():
        _enough({at: size for at, size in layers.items() if at[1] == group}, many, said.least)
    return shared_by_group(layers, sent, least=said.least), answers


def _enough(layers: Mapping[Layer, int], many: int, least: int) -> None:
    whole, needed = sum(layers.values()), sum(min(least, size) for size in layers.values())
    if many > whole:
        raise MisusedError(say("要 {n} 份，名单里一共只有 {m} 人", n=many, m=whole))
    if many < needed:
        saw = say("一共 {n} 份，每校至少 {least} 份要 {m} 份", n=many, least=least, m=needed)
        raise MisusedError(saw)


def _lines(
    layers: Mapping[Layer, int], wanted: Mapping[Layer, int], drawn: Sequence[Drawn]
) -> list[tuple[str, str, int, int, int]]:
    spares = Counter((one.listed.school, one.listed.group) for one in drawn if one.spare)
    return [(*at, size, wanted.get(at, 0), spares[at]) for at, size in layers.items()]


def _told(said: Drawing, seed: str, whole: int, many: int) -> list[tuple[str, str]]:
    """Say how it was drawn, to be published with the list's results."""
    by = (
        f"误差 {plain(said.sized.margin)} 个百分点，置信度 {said.sized.confidence}%，"
        f"设计效应 {plain(said.sized.effect)}，按各校各类人数分配（最大余数法）"
        if said.table is None
        else f"{said.table.term}，常住人口 {said.sized.population} 人，"
        "各类按各校人数分配（最大余数法）"
    )
    told = [
        ("种子", seed), ("怎样取", _ORDER), ("名单人数", str(whole)), ("主样本", str(many)),
        ("份数怎样定", by),
        ("替补", "主样本没有访成，才按次序用同校同类的替补，一人补一人；补过的都算进应答率"),
    ]  # fmt: skip
    return [*told, ("与谁核对", said.confirmed)] if said.confirmed else told
