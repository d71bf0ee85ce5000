"""Invented evidence for the example's balance rubric: small papers, some left out on purpose.

Each is one page that says what it would be, and that nothing in it is real.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.kinds.appraisal.evidence import documents_of, needs_of
from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.values.record import Record

RUBRIC: Final = "balance"
_LACKS: Final = frozenset({"staffing", "burden"})
"""What the example's county has not handed in: the package and the directory say so."""
_TOGETHER: Final = (("layout_plan", "unified_standards"),)
"""Documents that one file serves: a plan with the standards as its annex."""


class Paper(Record):
    """One file of the example."""

    title: str
    data: bytes
    serves: tuple[str, ...]
    """``item/document``, as they are typed."""


def papers(leaves: Sequence[ItemNode]) -> Iterator[Paper]:
    """Give the files that are handed in for the rubric's items."""
    asked = {name: node for node in leaves for name in documents_of(node)}
    joined = {name: group for group in _TOGETHER for name in group}
    done: set[str] = set()
    for name in asked:
        group = [one for one in joined.get(name, (name,)) if one in asked]
        if name in _LACKS or done & set(group):
            continue
        done |= set(group)
        terms = [
            need.term for one in group for need in needs_of(asked[one]) if need.document == one
        ]
        title = "、".join(terms) + "（虚构）"
        serves = tuple(f"{asked[one].item.item}/{one}" for one in group)
        yield Paper(title=title, data=one_page(title), serves=serves)


def one_page(text: str) -> bytes:
    r"""Make a PDF of one page with one line, in a Chinese font that its reader brings along.

    >>> one_page("规划（虚构）")[:8], b"startxref" in one_page("规划")
    (b'%PDF-1.4', True)
    """
    said = text.encode("utf-16-be").hex().upper()
    stream = f"BT /F1 18 Tf 72 720 Td <{said}> Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H"
            b" /DescendantFonts [6 0 R] >>"
        ),
        (
            b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo"
            b" << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 7 0 R >>"
        ),
        (
            b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6"
            b" /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120"
            b" /CapHeight 880 /StemV 93 >>"
        ),
    )
    made, places = b"%PDF-1.4\n", list[int]()
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    many, start = len(objects) + 1, len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % many
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (many, start)
    return made
