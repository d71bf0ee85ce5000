"""Slips from the pages: of one entry, of all that the due list shows, and for whom."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import quote

from kit.ledgers import today

HAZARDS = "/ledgers/hazards/"
ORDER = {
    "v-measures": "换锁",
    "v-responsible": "总务处",
    "v-due_on": today(),
    "v-plan": "看守",
}


def ordered(bureau, what: str) -> str:
    number = bureau.hazard(bureau.inspector, what)
    assert bureau.step(bureau.inspector, "hazards", number, "order", **ORDER).status == 303
    return f"{HAZARDS}{number}/"


def test_an_entry_has_the_slips_of_its_card_and_a_writ_once_it_was_ordered(bureau):
    number = bureau.hazard(bureau.inspector, "门锁坏了，未下达（虚构）")
    at = f"{HAZARDS}{number}/"
    page = bureau.inspector.get(at).text
    assert f"{at}slip/supervision/" in page
    assert f"{at}slip/rectification/" not in page
    assert bureau.inspector.get(f"{at}slip/rectification/").status == 404
    at = ordered(bureau, "门锁坏了，已下达（虚构）")
    shown = bureau.inspector.get(f"{at}slip/rectification/").text
    assert "限期整改通知书" in shown
    assert "门锁坏了，已下达（虚构）" in shown
    file = bureau.inspector.get(f"{at}slip/rectification/?as=docx")
    assert file.headers["Content-Type"].endswith("wordprocessingml.document")
    assert zipfile.is_zipfile(io.BytesIO(file.body))


def test_a_school_reads_the_writ_it_was_handed_and_writes_no_slip_of_others(bureau):
    at = ordered(bureau, "学校收到的（虚构）")
    assert bureau.clerk.get(f"{at}slip/rectification/").status == 200
    for kind in ("supervision", "circular", "nothing"):
        assert bureau.clerk.get(f"{at}slip/{kind}/").status == 404
    assert "/due/slips/" not in bureau.clerk.get("/ledgers/due/").text
    assert bureau.clerk.get("/ledgers/due/slips/reminder/").status == 404


def test_all_that_the_list_shows_is_written_at_once(bureau):
    for what in ("一起写甲（虚构）", "一起写乙（虚构）"):
        ordered(bureau, what)
    where = f"?ledger=hazards&q={quote('一起写')}"
    shown = bureau.office.get(f"/ledgers/due/slips/supervision/{where}").text
    assert shown.count('<article class="slip">') == 2
    file = bureau.office.get(f"/ledgers/due/slips/supervision/{where}&as=docx")
    names = zipfile.ZipFile(io.BytesIO(file.body)).namelist()
    assert [name[:4] for name in names] == ["001_", "002_"]
    assert all(name.endswith("_督办单.docx") for name in names)
    # Many in one circular, each by its name.
    one = bureau.office.get(f"/ledgers/due/slips/circular/{where}").text
    assert one.count('<article class="slip">') == 1
    assert one.count("一起写") == 2
    nothing = bureau.office.get(f"/ledgers/due/slips/supervision/?q={quote('没有这样的事')}")
    assert nothing.status == 404
