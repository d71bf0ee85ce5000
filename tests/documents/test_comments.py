"""Comments in somebody's own Word document: on the right letters, and nothing else touched."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xianxue.bureau.documents.comments import Comment, changed_parts, with_comments
from xianxue.bureau.documents.opening import UnreadableError, open_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOLD = "<w:rPr><w:b/></w:rPr>"


def p(*inside: str) -> str:
    return f"<w:p>{''.join(inside)}</w:p>"


def r(text: str, look: str = "", space: str = ' xml:space="preserve"') -> str:
    return f'<w:r w:rsidR="00A1">{look}<w:t{space}>{text}</w:t></w:r>'


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def commented(data: bytes, *pairs: tuple[str, str]) -> bytes:
    text = open_document(data).text
    comments = [Comment(text.index(on), text.index(on) + len(on), said) for on, said in pairs]
    return with_comments(data, comments, "县学审核", "审")


def anchors(data: bytes) -> dict[str, str]:
    """The letters between the two marks of each comment, by its number."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    found, opened = {}, set()
    for node in root.iter():
        if node.tag == f"{W}commentRangeStart":
            opened.add(node.get(f"{W}id"))
            found[node.get(f"{W}id")] = ""
        elif node.tag == f"{W}commentRangeEnd":
            opened.discard(node.get(f"{W}id"))
        elif node.tag == f"{W}t":
            for number in opened:
                found[number] += node.text or ""
    assert not opened
    referred = [node.get(f"{W}id") for node in root.iter(f"{W}commentReference")]
    assert sorted(referred) == sorted(found)
    return found


def said(data: bytes) -> dict[str, list[str]]:
    """The paragraphs of each comment, by its number."""
    root = etree.fromstring(parts(data)["word/comments.xml"])
    return {
        comment.get(f"{W}id"): ["".join(one.itertext()) for one in comment.iter(f"{W}p")]
        for comment in root
    }


def test_a_comment_stands_on_its_letters(word):
    data = word(p(r("全县有学校66所，其中", BOLD), r("中小学25所")))
    done = commented(data, ("66所", "应为 67所\n25 + 42 = 67"))
    assert anchors(done) == {"0": "66所"}
    assert said(done) == {"0": ["应为 67所", "25 + 42 = 67"]}
    assert open_document(done).text == open_document(data).text


def test_a_divided_run_keeps_its_look_in_both_halves(word):
    done = commented(word(p(r("学校66所，其中", BOLD))), ("66所", "看"))
    xml = parts(done)["word/document.xml"].decode()
    texts = re.findall(
        r'<w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t[^>]*>([^<]*)</w:t></w:r>', xml
    )
    assert texts == ["学校", "66所", "，其中"]


def test_a_plain_control_is_commented_from_outside(word):
    """LibreOffice drops the words of a plain control that has a comment's mark inside it."""
    head = '<w:sdtPr><w:tag w:val="a"/><w:text/></w:sdtPr>'
    control = f"<w:sdt>{head}<w:sdtContent>{r('15309人')}</w:sdtContent></w:sdt>"
    done = commented(word(p(r("在校生"), control, r("，"))), ("309", "看"), ("生15", "看"))
    assert anchors(done) == {"0": "15309人", "1": "生15309人"}
    assert control.encode() in parts(done)["word/document.xml"]


def test_comments_across_runs_controls_and_cells(word):
    control = f'<w:sdt><w:sdtPr><w:tag w:val="a"/></w:sdtPr><w:sdtContent>{r("6")}{r("6所")}</w:sdtContent></w:sdt>'
    cell = f"<w:tbl><w:tr><w:tc>{p(r('小学'))}</w:tc><w:tc>{p(r('22所'))}</w:tc></w:tr></w:tbl>"
    data = word(p(r("共"), control, r("。")) + cell)
    done = commented(data, ("66所", "一"), ("22", "二"), ("所。", "三"))
    assert anchors(done) == {"0": "66所", "1": "22", "2": "所。"}
    found = open_document(done)
    assert found.text == open_document(data).text
    assert [(one.tag, found.text[one.start : one.end]) for one in found.controls] == [("a", "66所")]


def test_only_four_parts_change_and_the_rest_keeps_every_byte(word):
    more = {
        "word/media/image1.png": "not really",
        "customXml/item1.xml": "<a/>",
        "word/styles.xml": "<s />",
    }
    data = word(p(r("学校66所")), more)
    before, after = parts(data), parts(commented(data, ("66", "看")))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == changed_parts(data)
    assert set(before) <= set(after)


def test_the_text_outside_the_divided_runs_keeps_every_byte(word):
    odd = '<w:p  w:rsidR = "1" ><w:bookmarkStart w:name=\'x\' w:id="0"/><w:r><w:t>甲&#20057;</w:t></w:r></w:p>'
    before = parts(word(odd + p(r("学校66所"))))["word/document.xml"]
    after = parts(commented(word(odd + p(r("学校66所"))), ("66", "看")))["word/document.xml"]
    assert after.startswith(before[: before.index("学校".encode()) + 6])
    assert after.endswith(before[before.index("所".encode()) :])


def test_comments_that_are_there_stay_and_ours_are_numbered_after_them(word):
    ns = 'xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    theirs = f'<x:comments {ns}><x:comment x:id="7" x:author="某人"><x:p/></x:comment></x:comments>'
    body = p(
        '<w:commentRangeStart w:id="7"/>',
        r("66所"),
        '<w:commentRangeEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    )
    data = word(body, {"word/comments.xml": theirs}, {"comments": "comments.xml"})
    done = commented(data, ("66", "看"))
    assert anchors(done) == {"7": "66所", "8": "66"}
    assert said(done) == {"7": [""], "8": ["看"]}
    assert theirs.removesuffix("</x:comments>").encode() in parts(done)["word/comments.xml"]


def test_what_we_have_said_there_is_not_said_again(word):
    """Commented twice, and once more after one of two alike was taken away: none is doubled."""
    data = word(p(r("东镇66所，西镇66所")))
    text = "【不一致·合计】\n算得：<67> & “8”"
    places = [(2, 4), (8, 10)]
    both = [Comment(start, end, text) for start, end in places]
    once = with_comments(data, both, "县学审核", "审")
    again = with_comments(once, both, "县学审核", "审")
    assert again == once
    assert anchors(again) == {"0": "66", "1": "66"}
    only_second = with_comments(data, both[1:], "县学审核", "审")
    filled = with_comments(only_second, both, "县学审核", "审")
    assert said(filled) == {"0": text.split("\n"), "1": text.split("\n")}
    xml = parts(filled)["word/document.xml"].decode()
    assert xml.index('RangeStart w:id="1"') < xml.index('RangeStart w:id="0"')
    other = with_comments(once, [Comment(2, 4, "另一句")], "县学审核", "审")
    assert list(said(other)) == ["0", "1", "2"]
    theirs = with_comments(data, both, "某人", "某")
    assert list(said(with_comments(theirs, both, "县学审核", "审"))) == ["0", "1", "2", "3"]


def test_what_is_said_stays_text(word):
    evil = '</w:t></w:r><w:p/>&amp;<script>alert("1")</script>\x07'
    done = commented(word(p(r("66所"))), ("66所", evil))
    assert said(done) == {"0": [evil.replace("\x07", "□")]}


def test_a_footnote_is_commented_where_it_hangs(word):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {w}><w:footnote w:id="2">{p(r("不含附设班3个"))}</w:footnote></w:footnotes>'
    )
    body = p(r("共9个"), '<w:r><w:footnoteReference w:id="2"/></w:r>', r("。"))
    data = word(body, {"word/footnotes.xml": notes}, {"footnotes": "footnotes.xml"})
    done = commented(data, ("3个", "看"))
    xml = parts(done)["word/document.xml"].decode()
    assert (
        '<w:commentRangeStart w:id="0"/><w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeEnd'
        in xml
    )
    assert parts(done)["word/footnotes.xml"] == parts(data)["word/footnotes.xml"]


def test_spaces_at_a_cut_stay_and_no_others_appear(word):
    data = word(p(r(" 甲 66 所 ", space="")))
    done = commented(data, ("66", "看"))
    assert open_document(done).text == open_document(data).text == "甲 66 所\n"


def test_without_comments_nothing_changes(word):
    data = word(p(r("66所")))
    assert parts(with_comments(data, [], "a", "a")) == parts(data)


def test_a_document_of_the_strict_kind_is_refused_in_words(word):
    strict = (
        '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>'
        "<w:p><w:r><w:t>66所</w:t></w:r></w:p></w:body></w:document>"
    )
    data = word("", {"word/document.xml": strict})
    assert open_document(data).text == "66所\n"
    with pytest.raises(UnreadableError, match="少见"):
        commented(data, ("66所", "看"))


WORDS = st.text("6所人.&< ", min_size=1, max_size=6)


@given(st.lists(WORDS, min_size=1, max_size=5), st.data())
def test_any_letters_of_any_runs_can_be_commented(word, runs, data):
    escaped = [one.replace("&", "&amp;").replace("<", "&#60;") for one in runs]
    document = word(p(*(r(one, BOLD if index % 2 else "") for index, one in enumerate(escaped))))
    text = open_document(document).text
    places = data.draw(
        st.lists(
            st.tuples(st.integers(0, len(text) - 2), st.integers(1, 9)), min_size=1, max_size=4
        )
    )
    comments = [
        Comment(start, min(start + length, len(text) - 1), "看") for start, length in places
    ]
    done = with_comments(document, comments, "审", "审")
    assert open_document(done).text == text
    assert list(anchors(done).values()) == [text[one.start : one.end] for one in comments] or (
        sorted(anchors(done).items(), key=lambda one: int(one[0]))
        == [(str(index), text[one.start : one.end]) for index, one in enumerate(comments)]
    )


def test_libreoffice_shows_the_comments_and_all_the_words(word, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        assert not os.environ.get("XIANXUE_CI"), "LibreOffice belongs to CI"
        pytest.skip("LibreOffice is not installed")
    plain = '<w:sdtPr><w:tag w:val="a"/><w:text/></w:sdtPr>'
    rich = '<w:sdtPr><w:tag w:val="b"/></w:sdtPr>'
    body = p(
        r("学校66所，"),
        f"<w:sdt>{plain}<w:sdtContent>{r('在校生15309人')}</w:sdtContent></w:sdt>",
        f"<w:sdt>{rich}<w:sdtContent>{r('，专任教师961人')}</w:sdtContent></w:sdt>",
    )
    body += f"<w:tbl><w:tr><w:tc>{p(r('小学22所'))}</w:tc></w:tr></w:tbl>" + p(r("完"))
    said = [("66所", "应为 67所"), ("15309人", "二"), ("961", "三"), ("22所", "四")]
    source = tmp_path / "a.docx"
    source.write_bytes(commented(word(body), *said))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "fodt",
            "--outdir",
            tmp_path,
            source,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    flat = (tmp_path / "a.fodt").read_text(encoding="utf-8")
    notes = re.findall(r"<office:annotation .*?</office:annotation>", flat, re.DOTALL)
    assert [
        word in re.sub("<[^>]*>", "", note) for note, (_, word) in zip(notes, said, strict=True)
    ]
    assert all("县学审核" in note for note in notes)
    bare = re.sub(r"<office:annotation .*?</office:annotation>", "", flat, flags=re.DOTALL)
    text = re.sub(r"\s|<[^>]*>", "", bare[bare.index("<office:text") :])
    assert text.endswith("学校66所，在校生15309人，专任教师961人小学22所完")
