"""What nobody's browser sends by itself: hostile values, forged numbers, far too many files."""

from __future__ import annotations

from urllib.parse import quote

import pytest

MANY_DIGITS = "9" * 5000
TOO_LARGE = "9" * 19


@pytest.mark.parametrize("number", [MANY_DIGITS, TOO_LARGE, "-1", "٣", "²", "1\0"])
@pytest.mark.parametrize("form", [("/own/part", "part"), ("/own/tokens/revoke", "token")])
def test_a_number_that_is_none_of_ours_breaks_nothing(site, form, number):
    path, field = form
    assert site.visitor("school_clerk").post(path, {field: number}, of="/own").status in {303, 422}


@pytest.mark.parametrize("at", ["A" + MANY_DIGITS, "中1", "A٣", "A0", '"><script>'])
def test_a_cell_that_is_none_breaks_no_picture(site, at):
    clerk = site.visitor("school_clerk")
    place = site.account("school_clerk")["place"]
    clerk.post(f"/returns/school_annual/2025-2026/{place}/edit/save", {}, of="/own")
    answer = clerk.get(f"/returns/school_annual/2025-2026/{place}/check/?at={quote(at)}")
    assert answer.status == 200
    assert "<script>" not in answer.text


@pytest.mark.parametrize("path", ["/", "/returns/", "/nothing-there", "/indicators/"])
@pytest.mark.parametrize("key", ["a\r\nX: y", "\n", "\0", "<script>"])
def test_a_made_up_number_beside_a_page_opens_nothing(site, path, key):
    answer = site.visitor("office_clerk").get(f"{path}?n={quote(key)}", follow=True)
    assert answer.status in {200, 404}
    assert "<script>" not in answer.text
    assert answer.headers["X"] is None


# ── what is too much, and what is no form ───────────────────────────────────


def sent(site, kind: str, body: bytes, path: str = "/returns/upload/take"):
    clerk = site.visitor("school_clerk")
    clerk.token("/own")
    return clerk.ask("POST", path, body, {"Content-Type": kind, "Origin": site.url.rstrip("/")})


def with_files(site, many: int):
    clerk = site.visitor("school_clerk")
    said = '--m\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    file = '--m\r\nContent-Disposition: form-data; name="files"; filename="{}.xlsx"\r\n\r\nx\r\n'
    body = said.format("csrfmiddlewaretoken", clerk.token("/own"))
    body += "".join(file.format(at) for at in range(many)) + "--m--\r\n"
    headers = {
        "Content-Type": "multipart/form-data; boundary=m",
        "Origin": site.url.rstrip("/"),
    }
    return clerk.ask("POST", "/returns/upload/take", body.encode(), headers)


@pytest.mark.parametrize("many", [101, 600])
def test_as_many_files_are_taken_as_the_page_says(site, many):
    assert with_files(site, many).status == 303


@pytest.mark.parametrize("many", [601, 700])
def test_more_files_are_refused_in_words(site, many):
    answer = with_files(site, many)
    assert answer.status in {413, 422}
    assert "600 个文件" in answer.text


def test_what_is_too_large_is_refused_in_words_before_it_is_read(site):
    answer = sent(site, "application/x-www-form-urlencoded", b"a=" + b"x" * (64 << 20))
    assert answer.status == 413
    assert "64 MB" in answer.text


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=\xff", "text/plain"]
)
def test_what_is_no_form_is_refused_in_words(site, kind):
    answer = sent(site, kind, b"--a\r\nContent-Disp")
    assert answer.status in {400, 403}
    assert "请" in answer.text


def test_too_many_fields_are_refused_in_words(site):
    body = "&".join(f"f{at}=1" for at in range(21_000)).encode()
    answer = sent(site, "application/x-www-form-urlencoded", body, "/own/part")
    assert answer.status == 413
    assert "一次" in answer.text


# ── coming by https ─────────────────────────────────────────────────────────


def test_whoever_has_come_by_https_is_never_led_back(workspace, started, site, tmp_path):
    server = started(workspace, tmp_path, "--https")
    answer = server.visitor().get("/login")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert all("Secure" in each and "SameSite" in each for each in answer.set_cookies())
    assert site.visitor().get("/login").headers["Strict-Transport-Security"] is None
