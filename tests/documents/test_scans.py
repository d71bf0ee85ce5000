"""Scanned paper is known by its bytes, and only a whole one is taken."""

from __future__ import annotations

import struct
import zlib

import pytest

from xianxue.bureau.documents.scans import kind_of

PDF = (
    b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\nxref\n0 1\ntrailer <<>>\nstartxref\n42\n%%EOF\n"
)


def png(width=4, height=3, *, data=b"\0" * 15):
    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(data))
        + chunk(b"IEND", b"")
    )


def jpeg(width=4, height=3, *, before=b""):
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + before
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
        + b"\xff\xda" + struct.pack(">H", len(scan) + 2) + scan
        + b"\x12\x34\x56\xff\xd9"
    )  # fmt: skip


THUMBNAIL = b"\xff\xe1" + struct.pack(">H", 2 + 8) + b"Exif\xff\xd8\xff\xd9"
"""A small picture within a picture, with an end of its own."""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "pdf"),
        (PDF.rstrip() + b"\r\n\0\0", "pdf"),
        (png(), "png"),
        (jpeg(), "jpg"),
        (jpeg(before=THUMBNAIL), "jpg"),
        # Phones put a second picture behind the first.
        (jpeg() + b"MPF" + jpeg(), "jpg"),
    ],
)
def test_a_whole_scan_is_known_by_its_bytes(data, kind):
    assert kind_of(data) == kind


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"MZ\x90\0",
        b"PK\x03\x04" + b"\0" * 40,
        b"<html>%PDF-1.4</html>",
        b"GIF89a",
        b"II*\0",
        b" " + PDF,
        PDF[:-8],
        PDF.replace(b"startxref\n42\n", b""),
        PDF + b"PK\x03\x04 a second file behind the end",
        png()[:-12],
        png()[:-4],
        png() + b"\0",
        png(width=0),
        png().replace(b"IDAT", b"IDAX"),
        jpeg()[:-2],
        jpeg()[:30],
        jpeg(height=0),
        # The end of the small picture is not that of the large one.
        jpeg(before=THUMBNAIL)[:-2],
        b"\xff\xd8\xff" + b"\xff" * 50,
    ],
)
def test_anything_else_and_anything_broken_off_is_none(data):
    assert kind_of(data) is None


@pytest.mark.parametrize(
    "action",
    [b"/JavaScript (app.alert())", b"/JS (x)", b"/Launch", b"/EmbeddedFiles", b"/RichMedia"],
)
def test_a_pdf_that_does_something_is_no_scan(action):
    assert kind_of(PDF.replace(b"/Type /Catalog", b"/Type /Catalog " + action)) is None


@pytest.mark.parametrize(
    "hidden",
    [
        b"<</S /J#61vaScript /J#53 (x)>>",
        b"% stream\n<</S /Launch>>\n% endstream\n",
        b"% >>stream\n<</S /JavaScript>>\n% endstream\n",
    ],
    ids=["by numbers", "behind a comment", "behind a better comment"],
)
def test_what_a_pdf_does_is_found_where_it_hides(hidden):
    assert kind_of(PDF.replace(b"xref\n0", hidden + b"\nxref\n0", 1)) is None


def test_a_scan_that_is_a_zip_as_well_is_none():
    """Whoever unpacks it gets something else than whoever looks at it."""
    end = b"PK\x05\x06" + b"\0" * 16 + struct.pack("<H", len(PDF))
    assert kind_of(b"%PDF-1.4\nPK\x03\x04" + end + PDF) is None
    assert kind_of(jpeg() + b"PK\x03\x04" + end[:-2] + b"\0\0") is None


def test_letters_within_a_picture_are_no_action():
    """In twenty megabytes of a picture «/JS» turns up by chance."""
    packed = b"2 0 obj <</Length 9>> stream\nab/JS (z)\nendstream endobj\nxref"
    assert kind_of(PDF.replace(b"xref\n0", packed + b"\n0", 1)) == "pdf"


@pytest.mark.parametrize(
    "data",
    [
        PDF.replace(b"xref\n0", b"stream\n" * 400_000 + b"xref\n0"),
        PDF.replace(b"xref\n0", b"stream\nendstream" * 200_000 + b"xref\n0"),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 3_000_000,
        b"\xff\xd8\xff" + b"\xff\xd0" * 1_000_000,
        b"\xff\xd8" + b"\xff" * 3_000_000,
    ],
    ids=["streams", "empty streams", "chunks", "markers", "filling"],
)
def test_a_file_made_to_take_long_does_not(data):
    """Each is gone through once: twice as many beginnings do not look to the end twice as often."""
    assert kind_of(data) in {None, "pdf"}


def test_no_slice_of_a_scan_makes_it_fail_otherwise():
    for whole in (PDF, png(), jpeg(before=THUMBNAIL)):
        for end in range(len(whole)):
            assert kind_of(whole[:end]) in {None, kind_of(whole)}
