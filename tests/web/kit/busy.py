"""A county in which some work has been done, so that every page has something to show."""

from __future__ import annotations

import fcntl
import io
import pickle
import shutil
from pathlib import Path

from docx import Document
from kit import reports
from kit.atlas import Atlas, drawn
from kit.ledgers import Office, picture
from kit.server import Server
from kit.workspaces import copied


def explored(county: Path, folder: Path) -> tuple[Path, Atlas]:
    """A copy of a county with work done in it, which nobody changes, and every page of it.

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
                work(server)
                atlas = drawn(server)
            finally:
                server.stop()
            kept.write_bytes(pickle.dumps(atlas))
    # The tests' own file, made by another process of the same run.
    return scratch / "county", pickle.loads(kept.read_bytes())  # noqa: S301


def work(server: Server) -> None:
    """A leader publishes and issues a report, a document is looked at, a hazard is registered,
    a school sends files."""
    leader, clerk = server.visitor("leader"), server.visitor("office_clerk")
    published = leader.send("/releases/freeze", "/releases/freeze/done", why="各校报齐（虚构）")
    assert published.status == 303, published.text
    assert leader.send("/releases/", "/releases/verify").status == 303
    document, kept = Document(), io.BytesIO()
    document.add_paragraph("全县共有学校66所，在校生4804人，其中女生2310人，占48.09%。")
    document.save(kept)
    files = {"file": ("虚构县总结.docx", kept.getvalue())}
    dropped = clerk.send("/audit/", "/audit/new", files=files)
    assert dropped.status == 303, dropped.text
    reports.issued(server)
    Office(server).hazard(clerk, "楼道灯不亮（虚构）", [("灯.jpg", picture())])
    school = server.visitor("school_clerk")
    code = server.account("school_clerk")["place"]
    (own,) = (server.workspace / "workbooks").glob(f"{code}_*.xlsx")
    for name, content in ((own.name, own.read_bytes()), ("照片.xlsx", b"\x89PNG")):
        files = {"files": (name, content)}
        assert school.send("/returns/upload/", "/returns/upload/take", files=files).status == 303
