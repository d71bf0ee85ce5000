"""The pages of ledgers, as they come over the wire: every card, every way, what is kept from whom."""

from __future__ import annotations

import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from kit.ledgers import SCHOOL, picture, today
from national import national
from PIL import Image

pytestmark = pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
CARDS = national().shelf.ledgers
RESTRICTED = [name for name, card in CARDS.items() if card.restricted]
HAZARDS = "/ledgers/hazards/"


def visible(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", text.partition('id="main"')[2])


def digests(text: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/evidence/([0-9a-f]{64})", text)))


# ── every card ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", CARDS)
def test_every_ledger_has_all_its_pages(bureau, name):
    card = CARDS[name]
    who = (
        bureau.office if not card.restricted or "office_clerk" in card.restricted else bureau.leader
    )
    # What a tab shows hangs on the kind of a card, not on its name: each card shows one of them.
    tab = ("?tab=board", "?tab=calendar", "?tab=towns", "quick/")[list(CARDS).index(name) % 4]
    for path in ("", tab, "new/"):
        answer = who.get(f"/ledgers/{name}/{path}")
        assert answer.status == 200, path
        assert card.term in answer.text
    form = bureau.office.get(f"/ledgers/{name}/new/").text
    if "office_clerk" in card.records and f'action="/ledgers/{name}/new/record"' in form:
        asked = set(re.findall(r'name="v-(\w+)"', form))
        assert asked == {one.field for one in card.fields if not one.history}


@pytest.mark.parametrize("name", RESTRICTED)
def test_a_restricted_ledger_is_not_there_for_others(bureau, name):
    card = CARDS[name]
    nobody = bureau.get_unknowing = (
        bureau.clerk if "school_clerk" not in card.restricted else bureau.auditor
    )
    for path in ("", "new/", "quick/", "2026-0001/", "?as=xlsx"):
        hidden, never = (
            nobody.get(f"/ledgers/{name}/{path}"),
            nobody.get(f"/ledgers/nothing/{path}"),
        )
        assert hidden.status == never.status, path
        assert card.term not in visible(hidden.text)
    assert card.term not in nobody.get("/ledgers/").text
    assert card.term not in nobody.get(
        f"/search?q={quote(str(card.term))}", follow=True
    ).text.partition('id="main"')[2].replace(f'value="{card.term}"', "").replace(
        f"“{card.term}”", ""
    )


def test_another_schools_restricted_entry_is_no_more_there_than_none(bureau):
    """The head knows of the ledger; 2025-0001 is of another school, 2025-0999 of nobody."""
    head = bureau.server.visitor("school_head")
    for path in ("", "slip/reminder/", "unmask/"):
        there, never = (
            head.get(f"/ledgers/harm_reports/{number}/{path}")
            for number in ("2025-0001", "2025-0999")
        )
        assert (there.status, never.status) == (404, 404), path
        said = [visible(one.text).replace(number, "") for one, number in
                ((there, "2025-0001"), (never, "2025-0999"))]  # fmt: skip
        assert said[0] == said[1]
    assert bureau.office.get("/ledgers/harm_reports/2025-0001/").status == 200


def test_reading_what_is_restricted_is_a_line_of_the_journal(bureau):
    def lines(who: str) -> int:
        text = bureau.leader.get("/journal/?deed=ledgers.view").text.partition('id="rows"')[2]
        rows = re.findall(r"<tr.*?</tr>", text, re.DOTALL)
        return sum(who in row and CARDS["petitions"].term in row for row in rows)

    for path in ("", "?tab=board", "?as=xlsx"):
        bureau.office.get(f"/ledgers/petitions/{path}")
    assert lines("业务员") == 1, "the same reading, once in a quarter of an hour"
    assert lines("审计员") == 0
    bureau.auditor.get("/ledgers/petitions/")
    assert lines("审计员") == 0, "whoever saw nothing has read nothing"


# ── registering ─────────────────────────────────────────────────────────────


def test_what_is_wrong_stands_beside_it_and_nothing_typed_is_lost(bureau):
    at = f"{HAZARDS}new/"
    answer = bureau.inspector.send(
        at,
        f"{at}record",
        {"files": [("现场.jpg", picture()), ("不是照片.jpg", b"MZ not a picture")]},
        **{
            "place": SCHOOL,
            "v-what": "走廊堆着纸箱（虚构）",
            "v-found_on": "去年",
            "v-money": "abc",
        },
    )
    assert answer.status == 422
    assert "走廊堆着纸箱（虚构）" in answer.text
    assert 'value="去年"' in answer.text
    assert "不是照片.jpg" in answer.text
    wrong = re.findall(r'id="h-f-v-(\w+)">\s*(“[^<]+)', answer.text)
    assert {name for name, _ in wrong} >= {"found_on", "money"}
    assert "走廊堆着纸箱" not in bureau.office.get(HAZARDS).text


def test_a_file_that_was_good_is_kept_when_the_form_was_not(bureau):
    at = f"{HAZARDS}new/"
    said = {"place": SCHOOL, "v-what": "门锁坏了（虚构）", "v-found_on": today()}
    first = bureau.inspector.send(
        at, f"{at}record", {"files": [("门.jpg", picture("yellow"))]}, **said
    )
    assert first.status == 422
    assert "已收下 门.jpg" in first.text
    token = re.search(r'name="kept" value="([^"]+)"', first.text)
    assert token
    more = {"v-found_by": "self", "v-domain": "building", "v-grade": "general", "kept": token[1]}
    # Another person cannot bind what was kept for this one.
    other = bureau.office.send(at, f"{at}record", {}, **said, **more)
    assert other.status == 303
    assert not digests(bureau.office.get(other.goes_to).text)
    mine = bureau.inspector.post(f"{at}record", {**said, **more}, of=at)
    assert mine.status == 303
    assert len(digests(bureau.inspector.get(mine.goes_to).text)) == 1


def test_the_same_key_registers_once(bureau):
    at = f"{HAZARDS}new/"
    said = {
        "place": SCHOOL,
        "v-what": "同一条发三次（虚构）",
        "v-found_on": today(),
        "v-found_by": "self",
        "v-domain": "fire",
        "v-grade": "general",
        "key": "0123456789abcdef",
    }
    went = {bureau.inspector.post(f"{at}record", said, of=at).goes_to for _ in range(3)}
    assert len(went) == 1
    assert (
        bureau.office.get(f"{HAZARDS}?q={quote('同一条发三次')}").text.count(
            "同一条发三次（虚构）</td>"
        )
        == 1
    )


def test_an_apple_photograph_and_an_empty_file_are_refused_by_name(bureau):
    at = f"{HAZARDS}new/"
    files = [("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 99), ("空.png", b"")]
    answer = bureau.inspector.send(at, f"{at}record", {"files": files})
    assert answer.status == 422
    assert "IMG_1.HEIC 是 HEIC 照片" in answer.text
    assert "空.png 是空文件" in answer.text


# ── photographs ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize("orientation", range(1, 9))
def test_e3_photographs_are_upright_and_say_nothing_of_where(bureau, orientation):
    data = picture("blue", orientation=orientation, place=True)
    assert b"ACME-CAMERA" in data
    number = bureau.hazard(bureau.inspector, f"方向{orientation}（虚构）", [("IMG.jpg", data)])
    (digest,) = digests(bureau.inspector.get(f"{HAZARDS}{number}/").text)
    at = f"{HAZARDS}{number}/evidence/{digest}"
    for path in (at, f"{at}?size=small"):
        answer = bureau.inspector.get(path)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert b"ACME-CAMERA" not in answer.body
        with Image.open(io.BytesIO(answer.body)) as shown:
            assert not shown.getexif()
            assert shown.size == ((40, 20) if orientation < 5 else (20, 40))
            wide, high = shown.size
            # Where the coloured half of a picture held so comes to lie.
            spot = {
                1: (5, 10), 2: (35, 10), 3: (35, 10), 4: (5, 10),
                5: (10, 5), 6: (10, 5), 7: (10, 35), 8: (10, 35),
            }[orientation]  # fmt: skip
            red, _, blue = shown.getpixel(spot)
            assert (blue > 200, red < 80) == (True, True), (wide, high)
    assert bureau.inspector.get(f"{at}/original").status == 404
    assert bureau.clerk.get(f"{at}/original").body == data, "their own school's, whole"


def test_the_evidence_of_one_entry_is_not_shown_by_another(bureau):
    number = bureau.hazard(bureau.inspector, "有照片的（虚构）", [("a.jpg", picture("teal"))])
    other = bureau.hazard(bureau.inspector, "没有照片的（虚构）")
    (digest,) = digests(bureau.inspector.get(f"{HAZARDS}{number}/").text)
    assert bureau.office.get(f"{HAZARDS}{number}/evidence/{digest}").status == 200
    assert bureau.office.get(f"{HAZARDS}{other}/evidence/{digest}").status == 404


# ── reach, counts, export ───────────────────────────────────────────────────


def test_reach_ends_where_the_policy_says(bureau):
    number = bureau.hazard(bureau.office, "别校的事（虚构）", place="2163990007")
    for who in (bureau.clerk, bureau.inspector):
        assert who.get(f"{HAZARDS}{number}/").status == 403
        assert "别校的事" not in who.get(HAZARDS).text
        found = who.get(f"/search/?q={quote('别校的事')}", follow=True).text
        assert "没有找到" in found or f"{HAZARDS}{number}/" not in found
    assert bureau.auditor.get(f"{HAZARDS}{number}/").status == 200


def test_a_count_leads_to_the_entries_it_counts(bureau):
    bureau.hazard(bureau.office, "重大的（虚构）", **{"v-grade": "major"})
    page = bureau.office.get(HAZARDS).text
    many = re.search(r'其中重大隐患</span><span class="tally"><a href="([^"]+)">(\d+)</a>', page)
    assert many
    counted = bureau.office.get(many[1].replace("&amp;", "&").partition("#")[0]).text
    shown = re.search(r'id="count">(\d+)/', counted)
    assert shown
    assert shown[1] == many[2]
    assert "重大的（虚构）" in counted


def test_a_share_of_a_roster_says_what_it_is_of_or_why_it_is_nothing_yet(bureau):
    page = bureau.office.get("/ledgers/home_visits/?period=2025-2026").text
    (told,) = re.findall(r"家访覆盖面（中小学）</span>(.*?)</div>", page)
    below = re.search(r'÷ 中小学在校生总数 <a class="num" href="/indicators/panel/([^"]+)"', told)
    assert below or "“中小学在校生总数”未定" in told or "没有这个单位的" in told
    if below:
        assert bureau.office.get(f"/indicators/panel/{below[1]}").status == 200


@pytest.fixture(scope="module")
def petition(bureau):
    """A petition with a telephone number: where it is."""
    at = "/ledgers/petitions/new/"
    said = {
        "place": "639900",
        "v-matter": "反映一件事（虚构）",
        "v-petitioner": "王某人",
        "v-telephone": "13800000000",
    }
    form = bureau.office.get(at).text
    for name in re.findall(r'<label for="f-v-(\w+)">[^<]*<span class="note">必填', form):
        card = CARDS["petitions"].field(name)
        found = re.search(rf'<select id="f-v-{name}".*?<option value="(\w+)"', form, re.DOTALL)
        usual = (
            today() if card.type == "date" else "1" if card.type in {"integer", "yes_no"} else "甲"
        )
        said.setdefault(f"v-{name}", found[1] if found else usual)
    done = bureau.office.send(at, f"{at}record", **said)
    assert done.status == 303, visible(done.text)
    return done.goes_to


def test_what_is_covered_is_not_found_by_searching_for_it(bureau, petition):
    """A list that answers to digits nobody sees would tell them, one after another."""
    number = petition.rstrip("/").rpartition("/")[2]
    for typed, there in (("反映一件事", True), ("13800000000", False), ("138000", False)):
        found = bureau.office.get(f"/ledgers/petitions/?q={quote(typed)}").text
        assert (f"/ledgers/petitions/{number}/" in found) == there, typed


def test_an_export_has_every_field_and_covers_what_is_personal(bureau, petition):
    page = bureau.office.get(petition).text
    assert "13800000000" not in page
    assert "*******0000" in page
    file = bureau.office.get("/ledgers/petitions/?as=xlsx").body
    rows = list(openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True))
    text = str(rows)
    assert "13800000000" not in text
    assert "联系电话" in str(rows[0])
    unmask = petition + "unmask/"
    assert bureau.office.send(unmask, "/ledgers/", why="").status == 422
    assert bureau.office.send(unmask, "/ledgers/", why="回访信访人（虚构）").status == 303
    assert "13800000000" in bureau.office.get(petition).text
    assert "13800000000" not in bureau.leader.get(petition).text
