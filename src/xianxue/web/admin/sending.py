"""What leaves the machine: whether digests go out by mail, and which programs are called."""

from __future__ import annotations

from django.http import HttpResponse

from xianxue.desk.sending.calls import TOLD, called, signs
from xianxue.desk.sending.rounds import last_mailed
from xianxue.web.kit.pages import of_county, page, show
from xianxue.web.kit.visit import Asked


@page("accounts.view", of_county("accounts.view"))
def sending(request: Asked) -> HttpResponse:
    """Show what the settings let out, and what of it did not arrive."""
    standing, policy = request.visit.standing, request.visit.authority.policy
    settings = standing.workspace().settings
    values = {
        "mail": settings.mail,
        "to": [
            (login, covered(address))
            for login, address in (settings.mail.to if settings.mail else {}).items()
        ],
        "last": last_mailed(),
        "hooks": list(zip(settings.hooks, called(standing), strict=True)),
        "signs": signs(),
        "term": policy.deed_term,
        "told": TOLD,
        "tab": "sending",
    }
    return show(request, "admin/sending.html", values)


def covered(address: str) -> str:
    """Give a mail address so that its owner knows it and nobody else learns it."""
    name, _, host = address.partition("@")
    return f"{name[:1]}•••@{host}"
