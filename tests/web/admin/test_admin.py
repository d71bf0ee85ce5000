"""People come, set themselves up, and hand over; who looks on can do nothing else."""

import io
import json
import re
import time

from kit.workspaces import run
from pyotp import TOTP
from python_calamine import CalamineWorkbook

SECRET = re.compile(r'<code class="secret[^"]*">([^<]+)</code>')
LONG = "四张桌子 lamp 三月 river"
OTHER = "七条河流 stone 五月 bread"


def made(folder, workspace, login, role):
    """Make an account at the command line, where there is none yet; give its password."""
    words = ("accounts", "add", login, "--workspace", str(workspace), "--role", role, "--json")
    told = json.loads(run(folder, *words, "--name", f"{login}（虚构）"))
    return told["created"][0]["password"]


def secret_on(visitor, path):
    found = SECRET.findall(visitor.get(path, follow=True).text)
    assert found, f"no secret on {path}"
    return found


def test_from_the_first_password_to_the_handover(tmp_path, started):
    workspace = tmp_path / "county"
    run(tmp_path, "init", str(workspace), "--example", "demo_county")
    first = made(tmp_path, workspace, "boss", "administrator")
    server = started(workspace, tmp_path)

    # A temporary password opens nothing but the page where it is changed.
    boss = server.visitor()
    boss.sign_in("boss", first)
    for path in ("/", "/admin/"):
        assert boss.get(path).goes_to.endswith("/own")
    wrong = boss.send("/own", "/own/password", old=first, new=LONG, again=OTHER)
    assert (wrong.status, "不一样" in wrong.text) == (422, True)
    assert boss.send("/own", "/own/password", old=first, new=LONG, again=LONG).status == 303

    # Then the second factor that the role needs, and only then the room.
    assert boss.get("/admin/").goes_to.endswith("/own")
    assert boss.send("/own", "/own/code").status == 303
    picture = boss.get("/own/code.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "<svg" in picture.text
    assert "style=" not in picture.text
    (typed,) = secret_on(boss, "/own")
    code = TOTP(typed.replace(" ", "").upper()).now()
    assert boss.send("/own", "/own/code/confirm", code="000000").status == 422
    assert boss.send("/own", "/own/code/confirm", code=code).status == 303
    assert boss.get("/own/code.svg").status == 404
    assert boss.get("/admin/").status == 200

    # A person is added; the password stands on one page, for whoever asked, and nowhere else.
    typed = {
        "name": "新来的（虚构）",
        "login": "new",
        "role": "school_clerk",
        "place": schools(boss)[0],
    }
    answer = boss.send("/admin/new", "/admin/new/add", **typed)
    login, password = secret_on(boss, answer.goes_to)
    assert login == "new"
    assert password not in answer.goes_to
    new = server.visitor()
    new.sign_in("new", password)
    assert new.get(answer.goes_to).status != 200
    assert password not in run(tmp_path, "journal", "show", "--workspace", str(workspace), "--json")
    assert new.get("/returns/").goes_to.endswith("/own")
    assert new.send("/own", "/own/password", old=password, new=OTHER, again=OTHER).status == 303
    assert new.get("/returns/").status == 200

    # All of it passes to another from today; the one who leaves has nothing left to act in.
    typed |= {"name": "接手的（虚构）", "login": "next", "place": schools(boss)[1]}
    answer = boss.send("/admin/new", "/admin/new/add", **typed)
    _, password = secret_on(boss, answer.goes_to)
    passed = boss.send("/admin/people/new/", "/admin/people/new/hand-over", who="next")
    assert passed.goes_to.endswith("/admin/people/new/")
    assert "移交" in boss.get("/admin/people/new/").text
    assert new.get("/returns/").goes_to.endswith("/own")
    assert "没有在任的职务" in new.get("/own").text
    assert boss.send("/admin/people/new/", "/admin/people/new/disable").status == 303
    assert "/login" in new.get("/own").goes_to
    coming = server.visitor()
    coming.sign_in("next", password)
    coming.send("/own", "/own/password", old=password, new=LONG, again=LONG)
    assert "请选一项任职" in coming.get("/own").text


def schools(visitor):
    """The places that the form offers, by their codes of ten digits."""
    return re.findall(r'<option value="(\d{10})"', visitor.get("/admin/new").text)


def test_a_token_is_told_to_its_owner_once_and_is_revoked(own_site):
    clerk = own_site.visitor("school_clerk", fresh=True)
    answer = clerk.send("/own", "/own/tokens", name="试一试（虚构）", days="7")
    (token,) = secret_on(clerk, answer.goes_to)
    assert token.startswith("xianxue_")
    assert token not in clerk.get("/own").text
    other = own_site.visitor("school_head", fresh=True)
    assert token not in other.get(answer.goes_to).text
    number = re.search(r'name="token" value="(\d+)"', clerk.get("/own").text)[1]
    assert clerk.post("/own/tokens/revoke", {"token": number}, of="/own").status == 303
    assert "已作废" in clerk.get("/own").text


def test_a_list_with_faults_makes_nobody(own_site):
    admin = own_site.visitor("administrator")
    template = admin.get("/admin/import/template")
    assert template.body[:2] == b"PK"
    files = {"file": ("账号名单.xlsx", template.body)}
    answer = admin.send("/admin/import", "/admin/import/check", files=files)
    assert answer.status == 422
    assert "一行也没有" in answer.text
    before = admin.get("/admin/").text.count('href="/admin/people/')
    lines = "aa\t甲（虚构）\tschool_clerk\t0000000000\t\t\nbb\t乙（虚构）\tauditor\t\t\t"
    answer = admin.post("/admin/import/take", {"lines": lines}, of="/admin/import")
    assert answer.status == 422
    assert admin.get("/admin/").text.count('href="/admin/people/') == before
    answer = admin.post("/admin/import/take", {"lines": lines.split("\n")[1]}, of="/admin/import")
    assert secret_on(admin, answer.goes_to)[0] == "bb"


def test_the_auditor_proves_the_journal_and_can_do_nothing_else(own_site):
    auditor = own_site.visitor("auditor")
    going = auditor.send("/journal/", "/journal/verify").goes_to
    deadline = time.monotonic() + 120
    while "正在从头核对" in (page := auditor.get(going).text):
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert "日志完好" in page
    (noted,) = SECRET.findall(page)
    assert re.fullmatch(r"\d+:[0-9a-f]{64}", noted)
    again = auditor.send("/journal/", "/journal/verify", against=noted)
    assert again.status == 303
    assert auditor.send("/journal/", "/journal/verify", against="7:abc").status == 422

    person = auditor.get("/admin/people/clerk/").text
    assert 'action="/admin/' not in person
    for path in ("/admin/new/add", "/admin/people/clerk/reset", "/admin/backup/make"):
        assert auditor.post(path, {}, of="/journal/").status == 403, path


def test_one_line_is_told_in_words_and_its_neighbours_are_a_click_away(signed_in, look):
    page = signed_in("auditor", "/journal/?q=第二小学")
    look(page, "journal")
    page.click("#rows tbody tr a >> nth=0")
    look(page, "journal-line")
    assert "与写下时一字不差" in page.inner_text("main")
    assert page.get_by_role("link", name="前一行").count() == 1


def test_a_card_shows_who_rests_on_it(site, signed_in, look):
    admin = site.visitor("administrator")
    text = admin.get("/admin/catalogue/form/school_annual/").text
    assert "谁在用" in text
    assert "/admin/catalogue/indicator/" in text
    page = signed_in("administrator", "/admin/catalogue/?kind=standard")
    look(page, "admin-catalogue")
    page.click("#rows tbody a >> nth=0")
    look(page, "admin-card")
    assert page.locator("pre.yaml").text_content().startswith(("standard:", "- standard:"))


def test_a_backup_is_made_taken_and_written_down(own_site):
    admin = own_site.visitor("administrator")
    going = admin.send("/admin/backup", "/admin/backup/make").goes_to
    deadline = time.monotonic() + 120
    while admin.get(going).status != 303:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    text = admin.get("/admin/backup").text
    name = re.search(r"\d{6}-\d{8}-\d{6}\.zip", text)[0]
    taken = admin.send("/admin/backup", f"/admin/backup/{name}")
    assert taken.body[:2] == b"PK"
    told = admin.get("/journal/").text
    assert "下载备份" in told
    assert "做备份" in told
    assert own_site.visitor("leader").get("/admin/backup").status == 403
    # What was done since it was made: it was taken away, and that is told before anybody restores.
    would = admin.get(f"/admin/backup/{name}/restore").text
    assert "恢复到这份备份，1 件事会丢" in would
    assert "下载备份" in would
    assert f"{name} --check --seal" in would
    assert f'action="/admin/backup/{name}/restore/now"' in would
    assert admin.get("/admin/backup/none.zip/restore").status == 404
    assert own_site.visitor("auditor").get(f"/admin/backup/{name}/restore").status == 403


def test_where_personal_data_go_is_one_sheet(site):
    for role, status in (("administrator", 200), ("auditor", 200), ("office_clerk", 403)):
        assert site.visitor(role).get("/admin/data-flow").status == status, role
    admin = site.visitor("administrator")
    page = admin.get("/admin/data-flow").text
    assert "表脚·联系电话" in page
    sent = io.BytesIO(admin.get("/admin/data-flow?as=xlsx").body)
    rows = CalamineWorkbook.from_filelike(sent).get_sheet_by_index(0).to_python()
    heads = next(row for row in rows if row[0] == "由什么收")
    phones = [row for row in rows if row[1] == "表脚·联系电话"]
    assert len(heads) == 10
    assert len(phones) == 2, "one a form"
