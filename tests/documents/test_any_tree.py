"""Whatever is put into whatever: the reader reads or refuses, and comments leave the text alone."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from xianxue.bureau.documents.comments import Comment, with_comments
from xianxue.bureau.documents.opening import open_document, open_word
from xianxue.bureau.report.read_tags import claims

TAGS = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "br"]
TAGS += ["tab", "txbxContent", "drawing", "ruby", "rubyBase", "moveFrom", "moveTo", "oMath"]
TAGS += ["smartTag", "footnoteReference", "noBreakHyphen"]
HEADS = st.sampled_from(
    [
        "",
        "<w:rPr><w:b/></w:rPr>",
        "<w:rPr><w:vanish/></w:rPr>",
        '<w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr>',
        '<w:sdtPr><w:tag w:val="a/b/c/d"/></w:sdtPr>',
        "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>",
        '<w:trPr><w:gridBefore w:val="99999999"/></w:trPr>',
    ]
)
WORDS = st.sampled_from(["66所", " 1 ", "&lt;3&gt;", "97.25%", "", "<![CDATA[2]]>", "\t", "\n"])


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, head, children: f"<w:{tag}>{head}{''.join(children)}</w:{tag}>",
        st.sampled_from(TAGS),
        HEADS,
        st.lists(inside, max_size=4),
    )


TREES = st.recursive(
    st.builds("<w:t{}>{}</w:t>".format, st.sampled_from(["", ' xml:space="preserve"']), WORDS),
    element,
    max_leaves=25,
)


@given(st.lists(TREES, min_size=1, max_size=4), st.data())
def test_any_tree_is_read_and_takes_comments(word, trees, data):
    document = word("".join(trees))
    found = open_document(document)
    pieces = open_word(document).words.pieces
    for one, other in pairwise(pieces):
        assert one.end <= other.start
    for control in found.controls:
        assert 0 <= control.start <= control.end <= len(found.text)
    if not found.text:
        return
    starts = data.draw(st.lists(st.integers(0, len(found.text) - 1), max_size=4))
    comments = [Comment(start, min(start + 3, len(found.text)), "看") for start in starts]
    done = with_comments(document, comments, "审", "审")
    assert open_document(done).text == found.text
    with zipfile.ZipFile(io.BytesIO(done)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))


@given(st.binary(max_size=200))
def test_somebody_elses_store_is_none_of_ours(word, content):
    document = word("<w:p/>")
    packed = io.BytesIO(document)
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("customXml/item1.xml", content)
    assert claims(packed.getvalue()) == {}
