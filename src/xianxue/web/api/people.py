"""What concerns whoever asks: who they are, what they may do, have to do, look for."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Field

from xianxue.bureau.workflow.matrix import matrix
from xianxue.desk.search.search import search
from xianxue.desk.standing.todo import todo
from xianxue.web.api import shapes
from xianxue.web.api.calls import Told, reads
from xianxue.web.api.shapes import Word
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell


@reads("/me", shapes.Me)
def me(request: HttpRequest) -> Told:
    """Say who acts by the token, and what they may do."""
    del request
    visit = asked().visit
    actor = visit.actor
    deeds = [one.deed for one in visit.authority.policy.deeds if visit.can(one.deed)]
    if actor.only is not None:
        deeds = [deed for deed in deeds if deed in actor.only]
    return {"name": actor.name, "role": actor.role, "place": actor.place, "deeds": deeds}


@reads("/todo", shapes.TodoOut)
def todos(request: HttpRequest) -> Told:
    """Say what the token's owner has to do, and what they wait for."""
    del request
    visit = asked().visit
    found = todo(visit.standing, visit.actor)
    return {
        name: [
            {
                "kind": one.kind,
                "said": str(tell(one.said)),
                "detail": str(tell(one.detail)),
                "count": one.count,
                "due": one.due,
                "lamp": one.lamp.value,
                "room": one.room,
            }
            for one in tasks
        ]
        for name, tasks in (("mine", found.mine), ("waits", found.waits))
    }


@reads("/search", shapes.FoundOut)
def searched(request: HttpRequest, q: Word, most: Annotated[int, Field(ge=1, le=50)] = 8) -> Told:
    """Find what some words mean, among all that the token's owner may see."""
    del request
    visit = asked().visit
    found = search(visit.standing, visit.actor, q, most)
    hits = [
        {
            "kind": one.kind,
            "title": str(tell(one.title)),
            "detail": str(tell(one.detail)),
            "room": one.room,
            "ids": dict(one.ids),
        }
        for one in found.hits
    ]
    return {"counts": dict(found.counts), "hits": hits}


@reads("/permissions", list[shapes.GrantOut])
def permissions(request: HttpRequest) -> list[Told]:
    """Give the whole table of who may do what."""
    del request
    visit = asked().visit
    return [
        {"role": one.role.role, "deed": one.deed.deed, "scopes": list(one.scopes)}
        for row in matrix(visit.authority.policy)
        for one in row
        if one.scopes
    ]
