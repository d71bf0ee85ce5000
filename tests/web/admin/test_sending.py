"""What leaves the machine is shown, with addresses covered; where nothing is set, nothing does."""

from __future__ import annotations

from kit.server import Server
from kit.workspaces import copied

SET = """
[mail]
host = "127.0.0.1"
port = 9
security = "none"
sender = "workbench@example.invalid"
hour = 0
[mail.to]
office = "zhaoliu@example.invalid"
[[hooks]]
url = "http://hook.example.invalid/told"
deeds = ["returns.submit", "accounts.create"]
"""


def test_nothing_is_sent_where_nothing_is_set(site):
    assert "什么也不往外发" in site.visitor("administrator").get("/admin/sending").text
    assert site.visitor("office_clerk").get("/admin/sending").status == 403


def test_what_is_set_is_shown_and_no_address_of_a_person(county, tmp_path):
    workspace = copied(county, tmp_path)
    file = workspace / "xianxue.toml"
    file.write_text(file.read_text(encoding="utf-8") + SET, encoding="utf-8")
    server = Server(workspace, tmp_path)
    try:
        page = server.visitor("administrator").get("/admin/sending").text
        assert "http://hook.example.invalid/told" in page
        assert "没有签名口令，一条也没有发" in page
        assert page.count("（不外发）") == 1, "no deed on accounts is ever told"
        assert "z•••@example.invalid" in page
        assert "zhaoliu" not in page
    finally:
        server.stop()
