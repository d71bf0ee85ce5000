"""What the commands of the way of a return have in common: who acts, on which return."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final, TypeVar

import click

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.periods import KIND_EXAMPLES, KIND_TERMS, Period
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.spoken import option
from xianxue.desk.workspace import MisusedError, Workspace

F = TypeVar("F", bound=Callable[..., Any])


UNITS: Final = {"school": say("所"), "county": say("份")}
"""What returns are counted in, by who files them."""


def standing_of(progress: Progress) -> str:
    """Say where a return stands; one that never came in is «未报», whatever its card calls it."""
    return progress.term if progress.revision else say("未报")


def actor_options(role: str, name: str = "") -> Callable[[F], F]:
    """Add ``--as``, ``--role`` and ``--of``; with a name, that is who acts where none is given."""
    who = {"default": name, "show_default": True} if name else {"required": True}

    def add(command: F) -> F:
        for each in (
            option("--of", "own", default="", help="经办人所在单位的代码"),
            option("--role", default=role, show_default=True, help="角色"),
            option("--as", "name", help="经办人", **who),
        ):
            command = each(command)
        return command

    return add


def form_option(command: F) -> F:
    """Add ``--form``."""
    return option("--form", help="报表（该单位只有一张时可省略）")(command)


def why_option(command: F) -> F:
    """Add ``--why``."""
    return option("--why", default="", help="理由")(command)


def override_option(command: F) -> F:
    """Add ``--override``."""
    return option("--override", help="按双人复核应由别人办、确实没有别人时，例外办理的理由")(
        command
    )


def person(ground: Ground, name: str, role: str, own: str) -> Actor:
    """Give the person at this machine: in the role they say, or in that of their account."""
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django

    return acting(ground.gate, name, role, own)


def form_of(workspace: Workspace, place: str, name: str | None) -> Form:
    """Give the form named, or the only one a place files; MisusedError where that is not clear."""
    forms = workspace.shelf.forms
    if name is not None:
        if name not in forms:
            message = say("没有报表“{name}”；现有：{known}", name=name, known=joined("、", forms))
            raise MisusedError(message)
        return forms[name]
    known = workspace.register.places.get(place)
    if known is None:
        message = say("名册里没有 {place}", place=place)
        raise MisusedError(message)
    own = [form for form in forms.values() if form.filed_by == known.level]
    if len(own) != 1:
        named = joined("、", (form.form for form in own)) or say("无")
        message = say(
            "{name}填报的报表不是正好一张（{named}），请用 --form 写明",
            name=known.name,
            named=named,
        )
        raise MisusedError(message)
    return own[0]


def key_of(workspace: Workspace, period: str | None, place: str, form: str | None) -> Key:
    """Say which return is meant; MisusedError where that is not clear."""
    code = form_of(workspace, place, form).form
    return Key(code, workspace.period(period).code, place)


def refuse_other_kind(form: Form, when: Period) -> None:
    """Raise MisusedError where a form is not filed for such a period."""
    if when.kind == form.period:
        return
    kind = say(
        "{kind}（如 {example}）",
        kind=KIND_TERMS[form.period],
        example=KIND_EXAMPLES[form.period],
    )
    message = say(
        "《{term}》按{kind}填报，{period}不合：请用 --period 写明",
        term=form.term,
        kind=kind,
        period=when.term,
    )
    raise MisusedError(message)


class Day(click.ParamType):
    """A day, written 2025-09-30."""

    name = "date"

    def convert(
        self, value: str | date, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read it, or say how it is written."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(tell(say("“{value}”不是日期，写作 2025-09-30", value=value)), param, ctx)
