"""The auditor's page: a text or a file in, each relation marked, comments and a list out."""

from __future__ import annotations

import io

import pytest
from docx import Document
from kit.server import Server

SLIP = "全县有学校66所，其中小学22所，初中8所，幼儿园30所，其他学校5所。"


def dropped(site: Server, **typed: str):
    return site.visitor("office_clerk").send("/audit/", "/audit/new", **typed)


def test_a_pasted_text_is_marked_with_its_computation(site):
    sent = dropped(site, text=SLIP, against="")
    page = site.visitor("office_clerk").get(sent.goes_to).text

    assert "不对的 1 处" in page
    assert 'class="mk stated inconsistent"' in page
    assert "22所＋8所＋30所＋5所＝65所，文中写的却是66所。" in page
    # Certainty in words, and its reason; each is reached by an anchor, without a script.
    assert "把握" in page
    assert 'id="f1"' in page
    assert 'href="#m1"' in page


def test_the_list_of_what_was_found_is_exported_whole(site):
    sent = dropped(site, text=SLIP, against="")
    file = site.visitor("office_clerk").get(f"{sent.goes_to}?as=xlsx")

    assert file.body.startswith(b"PK")
    assert "filename*=UTF-8''" in file.headers["Content-Disposition"]


def test_a_word_file_comes_back_with_comments(site):
    document, kept = Document(), io.BytesIO()
    document.add_paragraph(SLIP)
    document.save(kept)
    clerk = site.visitor("office_clerk")
    sent = clerk.send("/audit/", "/audit/new", files={"file": ("总结.docx", kept.getvalue())})
    assert sent.status == 303, sent.text
    found = clerk.get(sent.goes_to.partition("?")[0] + "comments")

    assert b"word/comments.xml" in found.body


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏的.docx", b"PK\x03\x04torn", "压缩结构不完整"),
        ("旧的.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        ("图.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "不是文本"),
    ],
)
def test_a_malformed_file_is_refused_in_words(site, name, data, said):
    answer = site.visitor("office_clerk").send(
        "/audit/", "/audit/new", files={"file": (name, data)}
    )

    assert answer.status == 422
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_what_stands_in_a_document_is_words_and_no_markup(site):
    sent = dropped(site, text="<script>alert(1)</script>12人，<b>13</b>人，共26人。", against="")
    page = site.visitor("office_clerk").get(sent.goes_to).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_nothing_dropped_is_said_so(site):
    answer = dropped(site, text=" ", against="")

    assert answer.status == 422
    assert "没有放入文稿" in answer.text


def test_clearing_takes_it_away(site):
    sent = dropped(site, text=SLIP, against="")
    clerk = site.visitor("office_clerk")
    gone = clerk.send(sent.goes_to, sent.goes_to.replace(site.url.rstrip("/"), "") + "forget")

    assert gone.status == 303
    assert clerk.get(sent.goes_to).status == 404


def test_only_those_whom_the_policy_lets_audit(site):
    for role in ("school_clerk", "school_head", "central_school", "administrator"):
        assert site.visitor(role).get("/audit/").status == 403
