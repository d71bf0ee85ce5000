"""People at work on a report: offices write, somebody else takes over, a leader issues (虚构)."""

from __future__ import annotations

from urllib.parse import quote

from kit.server import Server
from kit.visitor import Answer, Visitor

OUTLINE = "/report/annual_summary/"
SLOTS = ("供稿：opening", "供稿：work", "供稿：plans")


def page_of(section: str) -> str:
    """The address of a section's page."""
    return f"{OUTLINE}part/{quote(section)}/"


def does(visitor: Visitor, section: str, deed: str, **typed: str) -> Answer:
    """Do a deed by the form of a section's page."""
    page = page_of(section)
    return visitor.send(page, f"{page}{deed}", **typed)


def issued(server: Server) -> Answer:
    """Write what offices owe, take it over, and issue the report; a release has to be there."""
    clerk, leader = server.visitor("office_clerk"), server.visitor("leader")
    for section in SLOTS:
        text = "全年教育事业稳步发展（虚构），教职工{全县教职工总数}。"
        for deed, typed in (("write", {"text": text}), ("hand-in", {})):
            done = does(clerk, section, deed, **typed)
            assert done.status == 303, done.text
        done = does(leader, section, "accept")
        assert done.status == 303, done.text
    done = leader.send(f"{OUTLINE}issue", f"{OUTLINE}issue/done", why="年终（虚构）")
    assert done.status == 303, done.text
    return done
