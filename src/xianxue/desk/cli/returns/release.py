"""``xianxue returns release``: what is accepted becomes a numbered release."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.options import UNITS, override_option, person
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.releases.overrides_told import told_overrides
from xianxue.desk.workspace import Workspace

# Enough to telephone; JSON has every place.
_MOST_NAMED: Final = 10


@command()
@workspace_option
@period_option
@option("--as", "actor", default="本机操作员", show_default=True, help="谁发布")
@option("--role", default="office_clerk", show_default=True, help="角色")
@option("--why", default="", help="说明")
@override_option
@json_option
def release(  # noqa: PLR0913, PLR0917 - options of one command
    workspace: Path | None,
    period: str | None,
    actor: str,
    role: str,
    why: str,
    override: str | None,
    *,
    as_json: bool,
) -> None:
    """发布：通过的报表和算出的数冻结成一号

    没有通过的不算在内，还缺哪些单位会写明。
    """
    from xianxue.desk.releases.publication import missing_from, publish  # noqa: PLC0415 - engine
    from xianxue.desk.releases.published import folder_of  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    when = opened.period(period)
    who = person(open_ground(opened), actor, role, "")
    made, fresh = publish(opened, when, actor=who, why=why, override=override)
    # As it was published: meanwhile something more may have been accepted.
    manifest = folder_of(opened).manifest(made.digest)
    missing = missing_from(opened, when, manifest)
    if as_json:
        coverage = {
            form: {
                "reported": filed,
                "expected": asked,
                "missing": [place.code for place in missing[form]],
            }
            for form, (filed, asked) in manifest.coverage.items()
        }
        said = {
            "release": made.name,
            "digest": made.digest,
            "new": fresh,
            "coverage": coverage,
            "overrides": manifest.overrides,
        }
        print_json(said)
        return
    if fresh:
        echo(say("已发布第 {name} 号，摘要 {digest}…", name=made.name, digest=made.digest[:16]))
    else:
        echo(say("没有任何变化，仍是第 {name} 号发布。", name=made.name))
    for form, (filed, asked) in manifest.coverage.items():
        card = opened.shelf.forms[form]
        said = say(
            "《{term}》已报 {filed}/{asked} {unit}（只算审核通过的）",
            term=card.term,
            filed=filed,
            asked=asked,
            unit=UNITS[card.filed_by],
        )
        names = [place.name_on(when.reference_day) for place in missing[form]]
        if names:
            said += say("，缺：") + joined("、", names[:_MOST_NAMED])
            said += say("等 {n} 家", n=len(names)) if len(names) > _MOST_NAMED else ""
        echo(say("{whole}。", whole=said))
    for said_of in told_overrides(opened, manifest.overrides, when.reference_day):
        echo(said_of)
    if made.number > 1:
        pair = f"{made.number - 1} {made.number}"
        say_next(say("看这一号改了什么：xianxue release diff {pair}", pair=pair))
    else:
        say_next(say("以后更正了报表，再发布一次即为下一号；现在可以看数：xianxue indicators list"))


COMMANDS: Final = (release,)
"""What ``xianxue returns`` takes over from here."""
