"""What the interface gives is what the command line gives, within the reach of the token."""

import json

SCHOOL_DEED = {"places": "places.view", "returns": "returns.view", "figures": "indicators.view"}


def ask(site, token, path):
    answer = site.visitor().get(f"/api/v1/{path}", Authorization=f"Bearer {token}")
    return answer.status, json.loads(answer.text)


def test_a_figure_is_the_exact_one_with_its_formula(site, token):
    status, found = ask(site, token, "figures?indicator=preschool_gross_enrolment")
    (county,) = [one for one in found["items"] if one["place"] == "639900"]

    assert status == 200
    assert county["shown"] == "97.25"
    status, told = ask(site, token, f"figures/{county['key']}")
    assert status == 200
    assert "÷" in told["numbers"] or "/" in told["numbers"]


def test_rows_are_all_there_over_the_pages(site, token):
    _, first = ask(site, token, "returns?form=school_annual&limit=50")
    _, then = ask(site, token, "returns?form=school_annual&limit=50&offset=50")

    assert first["total"] == 66
    assert len(first["items"]) + len(then["items"]) == 66


def test_a_school_sees_its_own_alone(site, token_for, tmp_path):
    own = token_for(site.workspace, "school_clerk", tmp_path)
    _, me = ask(site, own, "me")
    for what in SCHOOL_DEED:
        _, found = ask(site, own, f"{what}?limit=1000")
        places = {one.get("place") or one.get("code") for one in found["items"]}
        assert places == {me["place"]}, what
    status, refused = ask(site, own, "journal")
    assert status == 403
    assert refused["issues"][0]["code"] == "F-ROLE"


def test_what_is_not_there_is_said(site, token):
    for path in (
        "nowhere",
        "figures/%0A",
        "places/0",
        "figures/a/639900/b/c",
        "returns/x/2025-2026/y",
        "standards/none",
    ):
        status, told = ask(site, token, path)
        assert status in {403, 404}, path
        assert told["issues"][0]["message"]


def test_a_file_that_is_no_workbook_is_refused_by_name(site, token):
    mark = "b"
    body = (
        f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n'
        f"Content-Type: application/octet-stream\r\n\r\nnothing\r\n--{mark}--\r\n"
    )
    answer = site.visitor().ask(
        "POST",
        "/api/v1/returns/check",
        body.encode(),
        {
            "Authorization": f"Bearer {token}",
            "Content-Type": f"multipart/form-data; boundary={mark}",
        },
    )
    told = json.loads(answer.text)

    assert answer.status == 200
    assert told["acceptable"] == 0
    assert told["issues"][0]["file"] == "a.xlsx"
