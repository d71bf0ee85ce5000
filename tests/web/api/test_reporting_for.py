"""代报 on the pages, by the interface and at the command line: one deed, told in the same words."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import warmed
from kit.forms import multipart
from kit.surroundings import COMMAND, surroundings

ROUND = "/returns/school_annual/2025-2026/"
CENTRAL = "清泉镇中心小学"
SECOND, VILLAGE, BEYOND = "2163990006", "1163990024", "2163990001"
SIGNED = {"clerk": "中心校审核员（虚构）", "head": "校长（虚构）"}


def file_of(workspace: Path, place: str) -> Path:
    (path,) = (workspace / "workbooks").glob(f"{place}_*.xlsx")
    return path


def given(workspace: Path, *places: str) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in (file_of(workspace, one) for one in places)]


def sent_back(site, *places: str) -> None:
    """Ask schools to hand in again, so that there is something to report."""
    office = site.visitor("office_clerk")
    for place in places:
        back = {"step": "send_back", "remark": "再核对（虚构）", "why": "有误", "seen": "1"}
        done = office.post(f"{ROUND}{place}/step", back, of=f"{ROUND}{place}/review")
        assert done.status == 303, done.text


@pytest.fixture
def reporting(workspace, tmp_path, started):
    """A server of a county in which central schools report."""
    settings = workspace / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text('switches = ["central_school_reports"]\n' + text, encoding="utf-8")
    return started(workspace, tmp_path)


def uploaded(visitor, files: list[tuple[str, bytes]]) -> str:
    done = visitor.send("/returns/upload/", "/returns/upload/take", files={"files": files})
    assert done.status == 303, done.text
    for _ in range(200):
        if "正在校验" not in visitor.get(f"{done.goes_to}?stay=1").text:
            break
    return urlsplit(done.goes_to).path


def test_a_central_school_uploads_for_several_schools_and_the_trail_says_so(reporting, workspace):
    sent_back(reporting, SECOND, VILLAGE)
    central = reporting.visitor("central_school")
    page = uploaded(central, given(workspace, SECOND, VILLAGE, BEYOND))
    assert "2 份可以报，0 份要改，1 份不在您的范围" in central.get(f"{page}?stay=1").text
    assert f"由{CENTRAL}代报" in central.get(f"{page}sign/").text

    fields = {**SIGNED, "file": ["1", "2"]}
    told = central.get(central.post(f"{page}submit", fields, of=f"{page}sign/").goes_to).text
    assert "2 份" in told
    for place in (SECOND, VILLAGE):
        shown = central.get(f"{ROUND}{place}/").text
        assert f"由{CENTRAL}代报" in shown
        assert "已报送" in shown
    # The school itself sees who did it, and hears of it.
    school = reporting.visitor("school_clerk")
    assert f"由{CENTRAL}代报" in school.get(f"{ROUND}{SECOND}/").text
    assert "替本校代报了" in school.get("/").text
    # Whoever handed it in does not review it; the office does.
    refused = central.post(f"{ROUND}{SECOND}/step", {"step": "review", "seen": "2"}, of="/returns/")
    assert refused.status in {403, 422}
    office = reporting.visitor("office_clerk")
    done = office.post(
        f"{ROUND}{SECOND}/step", {"step": "review", "seen": "2"}, of=f"{ROUND}{SECOND}/review"
    )
    assert done.status == 303, done.text


def test_by_the_interface_and_at_the_command_line_alike(reporting, workspace, token_for, tmp_path):
    sent_back(reporting, SECOND, VILLAGE)
    scratch = tmp_path / "token"
    scratch.mkdir()
    token = token_for(workspace, "central_school", scratch)
    visitor = reporting.visitor()
    kind, body = multipart(
        {name: [value] for name, value in SIGNED.items()},
        {"files": given(workspace, SECOND)},
    )
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    told = json.loads(visitor.ask("POST", "/api/v1/returns/submit", body, headers).text)
    assert [one["place"] for one in told["done"]] == [SECOND], told
    one = visitor.ask("GET", "/api/v1" + ROUND.rstrip("/") + f"/{SECOND}", None, headers)
    assert json.loads(one.text)["revisions"][-1]["behalf"] == CENTRAL

    name = reporting.account("central_school")["name"]
    said = ("--clerk", SIGNED["clerk"], "--head", SIGNED["head"], "--as", name)
    part = ("--role", "central_school", "--of", reporting.account("central_school")["place"])
    where = ("--workspace", str(workspace))
    words = ("returns", "submit", str(file_of(workspace, VILLAGE)), *said, *part, *where)
    ran = warmed.run([*COMMAND, *words], env=surroundings(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    page = reporting.visitor("office_clerk").get(f"{ROUND}{VILLAGE}/").text
    assert f"由{CENTRAL}代报" in page, ran.stdout + ran.stderr


def test_without_the_switch_it_is_refused_everywhere(own_site, workspace, token_for, tmp_path):
    sent_back(own_site, SECOND)
    central = own_site.visitor("central_school")
    assert central.get("/returns/upload/").status == 403
    token = token_for(workspace, "central_school", tmp_path)
    kind, body = multipart(
        {name: [value] for name, value in SIGNED.items()},
        {"files": given(workspace, SECOND)},
    )
    headers = {"Content-Type": kind, "Authorization": f"Bearer {token}"}
    assert central.ask("POST", "/api/v1/returns/submit", body, headers).status == 403


def test_a_switch_that_no_card_has_is_told(workspace, tmp_path):
    settings = workspace / "xianxue.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text('switches = ["anything"]\n' + text, encoding="utf-8")
    words = ("returns", "status", "--workspace", str(workspace))
    ran = warmed.run([*COMMAND, *words], env=surroundings(tmp_path))
    assert ran.returncode != 0
    assert "没有开关“anything”" in ran.stdout + ran.stderr
