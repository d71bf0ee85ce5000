"""An office's own ledger on the page: sent up, proposed, corrected, taken in; and nothing lost."""

from __future__ import annotations

import re

HEADS = "学校,隐患内容,排查日期,隐患类别,隐患级别,整改情况,备注\n"
NAME = "旧台账（虚构）.csv"


def text_of(name: str) -> bytes:
    rows = [
        f"{name},配电箱没有锁（虚构）,2026.3.3,消防,一般,已销号,后勤说的",
        f"{name},栏杆松动（虚构）,2026年3月4日,校舍,一般,没动工,",
        ",,3月中旬,,,,",
    ]
    return (HEADS + "\n".join(rows) + "\n").encode()


def school(bureau) -> str:
    page = bureau.inspector.get("/ledgers/hazards/new/").text
    found = re.findall(r'<option value="\d{10}"[^>]*>([^<]+)</option>', page)
    return found[0]


def fields_of(page: str) -> dict[str, str]:
    chosen = {}
    for name, inside in re.findall(r'<select id="[^"]*" name="([^"]+)".*?>(.*?)</select>', page):
        picked = re.search(r'value="([^"]*)" selected', inside)
        chosen[name] = picked[1] if picked else ""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return chosen | {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


def test_an_office_brings_its_ledger_over_on_the_page(bureau):
    at = "/ledgers/bring/"
    office = bureau.office
    sent = office.send(at, f"{at}look", {"file": (NAME, text_of(school(bureau)))})
    assert sent.status == 200
    assert "安全隐患台账" in sent.text
    assert "没动工" in sent.text
    assert "后勤说的" in sent.text
    said = fields_of(sent.text)
    assert said["t0-c1"] == "what"
    assert said["t0-w-_state-没动工"] == ""
    # As it is, one line says nothing that is known: nothing is taken in.
    before = office.get("/ledgers/hazards/").text
    refused = office.post(f"{at}take", said, of=at)
    assert refused.status == 422
    assert "没有迁入" in refused.text
    assert "配电箱没有锁" not in office.get("/ledgers/hazards/").text
    said |= {"t0-w-_state-没动工": "found", "t0-f-found_by": "学校自查", "t0-out": "4"}
    seen = office.post(f"{at}correct", {**fields_of(refused.text), **said}, of=at)
    assert seen.status == 200, seen.text[:500]
    assert "可以迁入" in seen.text
    done = office.post(f"{at}take", {**fields_of(seen.text), **said}, of=at)
    assert done.status == 303
    page = office.get(done.goes_to).text
    assert "迁入 2 条" in page
    assert "配电箱没有锁" in page
    assert "栏杆松动" in page
    assert before != page
    # What was confirmed is remembered: the same headers again ask nothing.
    again = office.send(at, f"{at}look", {"file": ("下月（虚构）.csv", text_of(school(bureau)))})
    known = fields_of(again.text)
    assert known["t0-w-_state-没动工"] == "found"
    token = re.search(r'href="(/ledgers/bring/left\?[^"]+)"', again.text)
    assert token
    assert office.get(token[1].replace("&amp;", "&")).body.startswith(b"PK")


def test_who_may_not_bring_over_is_not_even_shown_the_door(bureau):
    assert bureau.inspector.get("/ledgers/bring/").status in {403, 404}
    assert "迁入原有台账" not in bureau.inspector.get("/ledgers/").text
    assert "迁入原有台账" in bureau.office.get("/ledgers/").text


def test_what_is_no_workbook_is_refused_in_words(bureau):
    at = "/ledgers/bring/"
    answer = bureau.office.send(at, f"{at}look", {"file": ("照片.xlsx", b"MZ no workbook")})
    assert answer.status == 422
    assert "没有收下" in answer.text
