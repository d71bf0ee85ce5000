"""A leader sees few big numbers, clicks one and lands in the cell somebody typed."""


def test_a_number_leads_down_to_its_cells(signed_in, look):
    page = signed_in("leader", "/cockpit/")
    look(page, "cockpit")
    page.click(".tiles .num >> nth=1")
    page.wait_for_selector("#panel .chain")

    assert page.locator("#panel table").count() >= 1
    page.keyboard.press("Escape")
    assert page.locator("#panel .chain").count() == 0


def test_a_school_has_no_cockpit(signed_in, site):
    answer = site.visitor("school_clerk").get("/cockpit/")

    assert answer.status == 403
    assert "没有权限" in answer.text
