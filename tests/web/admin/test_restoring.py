"""A backup is restored from the page while others are at work."""

import json
import re
import time

MADE = re.compile(r'<th scope="row">(\d{6}-\d{8}-\d{6}\.zip)')


def made(admin):
    """Make a backup, and give its name."""
    going = admin.send("/admin/backup", "/admin/backup/make").goes_to
    deadline = time.monotonic() + 120
    while admin.get(going).status != 303:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return MADE.search(admin.get("/admin/backup").text)[1]


def test_a_backup_is_restored_and_everybody_is_told_why_they_are_out(own_site):
    admin, clerk = own_site.visitor("administrator"), own_site.visitor("school_clerk")
    name = made(admin)
    page, now = f"/admin/backup/{name}/restore", f"/admin/backup/{name}/restore/now"
    # Taken away since: this is what would be lost, and who did it.
    admin.send("/admin/backup", f"/admin/backup/{name}")
    assert "恢复到这份备份，1 件事会丢" in admin.get(page).text
    for role in ("leader", "auditor", "office_clerk"):
        looks_on = own_site.visitor(role)
        assert looks_on.post(now, {"name": name, "why": "x"}, of="/own").status == 403
    unmeant = admin.send(page, now, name="别的.zip", why="演练（虚构）")
    assert (unmeant.status, "抄得不对" in unmeant.text) == (422, True)
    unsaid = admin.send(page, now, name=name)
    assert (unsaid.status, "没有写为什么" in unsaid.text) == (422, True)

    going = admin.send(page, now, name=name, why="演练（虚构）").goes_to
    refused, read, codes = refused_while(own_site, clerk)
    # While it goes on nobody writes, in words; whoever only reads is answered.
    assert refused, "nobody was refused"
    assert all("正在恢复备份，请稍候" in text for text in refused)
    assert read == {200}
    assert "J-RESTORING" in codes

    # Everybody is out, and told why; the backup's own people come in again.
    door = clerk.get("/", follow=True).text
    assert "恢复了备份，原来的登录都已失效" in door
    assert "密码是做备份时的" in door
    assert "恢复了备份" in admin.get(going, follow=True).text
    again = own_site.visitor("administrator", fresh=True)
    assert again.get(going).goes_to.endswith("/admin/backup")
    told = again.get("/admin/backup").text
    assert "恢复过备份" in told
    safety = re.search(r"[\d-]+-before-restoring\.zip", told)[0]
    journal = again.get("/journal/").text
    assert "恢复备份" in journal
    assert "换下的日志有" in journal
    assert "下载备份" not in journal, "what was done since is gone"
    assert (
        "恢复到上次换下的，之后的 1 件事会丢" in again.get(f"/admin/backup/{safety}/restore").text
    )
    # It goes on: a deed is done on what was restored.
    assert made(again) > name


def refused_while(site, clerk):
    """Try to write until the clerk is signed out; give what was refused, and what reading gave."""
    refused, read, codes = [], set(), set()
    deadline = time.monotonic() + 120
    token = clerk.token("/own")
    while time.monotonic() < deadline:
        tried = clerk.ask(
            "POST",
            "/language",
            f"csrfmiddlewaretoken={token}&language=zh".encode(),
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.url.rstrip("/")},
        )
        if tried.status == 503:
            assert tried.headers["Retry-After"]
            refused.append(tried.text)
            # Programs are refused in their own shape.
            program = clerk.ask("POST", "/api/v1/works/none/stop", b"", {})
            codes |= {one["code"] for one in json.loads(program.text)["issues"]}
        shown = clerk.get("/")
        if shown.status != 200:
            return refused, read, codes
        if tried.status == 503:
            read.add(shown.status)
        time.sleep(0.1)
    message = "it never ended"
    raise AssertionError(message)
