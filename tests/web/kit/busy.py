"""A county in which some work has been done, so that every page has something to show."""

from __future__ import annotations

import fcntl
import io
import pickle
import re
import shutil
import time
from pathlib import Path

from docx import Document
from kit import reports
from kit.atlas import Atlas, drawn
from kit.ledgers import Office, picture
from kit.server import PATIENCE, Server
from kit.workspaces import copied


def explored(county: Path, folder: Path) -> tuple[Path, Atlas, str]:
    """A copy of a county with work done in it, which nobody changes, every page of it, and the key
    of the document that was looked at: that is nowhere but in the server's memory.

    Several test processes share the folder: the first one makes it, for all.
    """
    scratch, kept = folder / "worked", folder / "worked.atlas"
    scratch.mkdir(exist_ok=True)
    with (folder / "worked.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            shutil.rmtree(scratch / "county", ignore_errors=True)
            server = Server(copied(county, scratch), scratch)
            try:
                key = work(server)
                atlas = drawn(server)
            finally:
                server.stop()
            kept.write_bytes(pickle.dumps((atlas, key)))
    # The tests' own file, made by another process of the same run.
    return scratch / "county", *pickle.loads(kept.read_bytes())  # noqa: S301


def remembered(server: Server, atlas: Atlas, key: str) -> Atlas:
    """What another server on a copy has to be told and asked before it shows the same pages.

    A document is looked at again, and has a key of its own; what takes long is waited for.
    """
    said = pickle.dumps(atlas).replace(key.encode(), audited(server).encode())
    atlas = pickle.loads(said)  # noqa: S301 - what has just been written
    for seen in atlas.of("releases:diff"):
        visitor = server.visitor(seen.role)
        end = time.monotonic() + PATIENCE
        while 'id="count"' in seen.text and 'id="count"' not in visitor.get(seen.path).text:
            assert time.monotonic() < end, seen.path
            time.sleep(0.25)
    return atlas


def audited(server: Server) -> str:
    """A document is looked at; gives the key of its page."""
    document, kept = Document(), io.BytesIO()
    document.add_paragraph("全县共有学校66所，在校生4804人，其中女生2310人，占48.09%。")
    document.save(kept)
    files = {"file": ("虚构县总结.docx", kept.getvalue())}
    dropped = server.visitor("office_clerk").send("/audit/", "/audit/new", files=files)
    assert dropped.status == 303, dropped.text
    found = re.search(r"/audit/([\w-]+)/", dropped.goes_to)
    assert found, dropped.goes_to
    return found[1]


def work(server: Server) -> str:
    """A leader publishes and issues a report, a document is looked at, a hazard is registered,
    a school sends files; gives the document's key."""
    leader, clerk = server.visitor("leader"), server.visitor("office_clerk")
    published = leader.send("/releases/freeze", "/releases/freeze/done", why="各校报齐（虚构）")
    assert published.status == 303, published.text
    assert leader.send("/releases/", "/releases/verify").status == 303
    key = audited(server)
    reports.issued(server)
    Office(server).hazard(clerk, "楼道灯不亮（虚构）", [("灯.jpg", picture())])
    school = server.visitor("school_clerk")
    code = server.account("school_clerk")["place"]
    (own,) = (server.workspace / "workbooks").glob(f"{code}_*.xlsx")
    for name, content in ((own.name, own.read_bytes()), ("照片.xlsx", b"\x89PNG")):
        files = {"files": (name, content)}
        assert school.send("/returns/upload/", "/returns/upload/take", files=files).status == 303
    return key
