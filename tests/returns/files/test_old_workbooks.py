"""Old workbooks, record by record: written here by hand, as small as they can be."""

from __future__ import annotations

import struct

import pytest

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.files import xls
from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.returns.files.fills import fills_of
from xianxue.bureau.returns.files.guard import ENCRYPTED
from xianxue.bureau.returns.files.ole import OleError, streams_of
from xianxue.bureau.returns.files.refusal import RefusedError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFE
FREE = 0xFFFFFFFF
SECTOR = 512


def sectors(content: bytes) -> list[bytes]:
    return [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]


def entry(name: str, kind: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    body = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 0) + b"\xff" * 12
    return body.ljust(116, b"\0") + struct.pack("<II", start, size) + b"\0" * 4


def container(**streams: bytes) -> bytes:
    """An OLE file: sector 0 is the table, 1 the directory; long streams follow one after another.

    Short streams stand in the small sectors, which are a stream of their own, the root's.
    """
    table, body, entries = [0xFFFFFFFD, END], [], []
    small, steps = b"", []

    def put(content: bytes) -> int:
        first = 2 + len(body)
        parts = sectors(content)
        body.extend(parts)
        table.extend([*range(first + 1, first + len(parts)), END])
        return first

    for name, content in streams.items():
        if len(content) >= 4096:
            entries.append(entry(name, 2, put(content), len(content)))
        elif content:
            first = len(small) // 64
            small += content.ljust(-(-len(content) // 64) * 64, b"\0")
            steps.extend([*range(first + 1, len(small) // 64), END])
            entries.append(entry(name, 2, first, len(content)))
        else:
            entries.append(entry(name, 2, 0, 0))
    root = entry("Root Entry", 5, put(small) if small else END, len(small))
    steps_at = put(struct.pack(f"<{len(steps)}I", *steps).ljust(SECTOR, b"\xff")) if steps else END
    directory = b"".join([root, *entries]).ljust(SECTOR, b"\0")
    assert len(directory) == SECTOR
    table.extend([FREE] * (SECTOR // 4 - len(table)))
    header = bytearray(SECTOR)
    header[:8] = MAGIC
    struct.pack_into("<HH", header, 30, 9, 6)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<II", header, 60, steps_at, 1)
    struct.pack_into("<II", header, 68, END, 0)
    struct.pack_into("<109I", header, 76, 0, *[FREE] * 108)
    return bytes(header) + struct.pack("<128I", *table) + directory + b"".join(body)


# ── the container ───────────────────────────────────────────────────────────


def test_streams_by_their_names_long_short_and_empty():
    long, short = bytes(range(256)) * 20, b"x" * 100
    found = streams_of(container(Workbook=long, Summary=short, Other=b"y" * 64))
    assert found == {"Workbook": long, "Summary": short, "Other": b"y" * 64}
    assert streams_of(container(Workbook=long, Empty=b"")) == {"Workbook": long, "Empty": b""}


def test_a_stream_of_4096_bytes_is_long_and_one_less_is_short():
    for size in (4095, 4096, 4097):
        assert streams_of(container(A=b"z" * size)) == {"A": b"z" * size}


def spoilt(at: int, *numbers: int) -> bytes:
    data = bytearray(container(Workbook=b"w" * 5000))
    struct.pack_into(f"<{len(numbers)}I", data, at, *numbers)
    return bytes(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        container(A=b"")[:600],
        # A chain that bites its tail: the stream's first sector follows itself.
        spoilt(SECTOR + 4 * 2, 2),
        # A chain that leads out of the table, and a directory that is not there.
        spoilt(SECTOR + 4 * 2, 5000),
        spoilt(48, 5000),
        # A stream longer than its file.
        spoilt(SECTOR * 2 + 128 + 120, 10**6),
        # Sectors of 2^3 bytes.
        spoilt(28, 0x0003FFFE),
    ],
    ids=["empty", "magic", "short", "circle", "outside", "directory", "size", "sectors"],
)
def test_a_container_that_does_not_hold_together(data):
    with pytest.raises(OleError):
        streams_of(data)


# ── records ─────────────────────────────────────────────────────────────────


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


BOF, EOF = record(0x0809, b"\0\x06\x05\0"), record(0x000A)


def bound(start: int, kind: int = 0) -> bytes:
    return record(0x0085, struct.pack("<IBB", start, 0, kind) + b"\x01\0a")


def number(row: int, column: int) -> bytes:
    return record(0x0203, struct.pack("<HHH", row, column, 0) + b"\0" * 8)


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + b"\0" * 8)


def book(*cells: bytes, more: bytes = b"", kind: int = 0) -> bytes:
    """A workbook of one sheet with these records."""
    start = len(BOF + more + bound(0, kind) + EOF)
    whole = BOF + more + bound(start, kind) + EOF + BOF + b"".join(cells) + EOF
    return container(Workbook=whole)


def test_how_far_a_sheet_reaches():
    (found,) = xls.look(book(number(3, 1), number(9, 0)))
    assert (found.rows, found.columns, found.errors, found.empty) == (10, 2, {}, set())
    # A record of many cells says its last column at its end.
    many = record(0x00BD, struct.pack("<HH", 0, 2) + b"\0" * 12 + struct.pack("<H", 6))
    assert xls.look(book(many))[0].columns == 7
    assert (xls.look(book())[0].rows, xls.look(book())[0].columns) == (0, 0)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (0x00, "#NULL!"),
        (0x07, "#DIV/0!"),
        (0x0F, "#VALUE!"),
        (0x17, "#REF!"),
        (0x1D, "#NAME?"),
        (0x24, "#NUM!"),
        (0x2A, "#N/A"),
        (0x63, "#N/A"),
    ],
)
def test_errors_of_formulas_and_of_plain_cells(code, shown):
    result = bytes([2, 0, code, 0, 0, 0, 0xFF, 0xFF])
    assert xls.look(book(formula(3, 1, result)))[0].errors == {(3, 1): shown}
    plain = record(0x0205, struct.pack("<HHHBB", 3, 1, 0, code, 1))
    assert xls.look(book(plain))[0].errors == {(3, 1): shown}
    # The same record with the flag of a truth.
    truth = record(0x0205, struct.pack("<HHHBB", 3, 1, 0, code, 0))
    assert xls.look(book(truth))[0].errors == {}


def test_formulas_that_came_to_an_empty_text_or_to_a_number():
    empty = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
    (found,) = xls.look(book(formula(3, 1, empty), formula(4, 1, b"\0" * 8)))
    assert (found.empty, found.errors) == ({(3, 1)}, {})


def test_a_chart_inside_a_sheet_is_no_part_of_its_cells():
    chart = BOF + number(500, 5) + EOF
    (found,) = xls.look(book(number(0, 0), chart, number(1, 0)))
    assert (found.rows, found.columns) == (2, 1)


# ── colours ─────────────────────────────────────────────────────────────────


def style(pattern: int, colour: int) -> bytes:
    return record(0x00E0, b"\0" * 14 + struct.pack("<IH", pattern << 26, colour))


def test_fills_by_the_usual_palette_and_by_the_workbooks_own():
    """Style 0 fills nothing, 1 is colour 10, 2 a pattern of stripes in it, 3 colour 9."""
    styles = style(0, 10) + style(1, 10) + style(2, 10) + style(1, 9)
    cells = [
        record(0x0203, struct.pack("<HHH", 0, at, used) + b"\0" * 8)
        for at, used in enumerate((0, 1, 2, 3))
    ]
    blanks = record(0x00BE, struct.pack("<HHHHHH", 5, 2, 0, 1, 1, 4))
    usual = fills_of(book(*cells, blanks, more=styles))
    assert usual == {"a": {(0, 1): "red", (5, 3): "red", (5, 4): "red"}}
    own = record(0x0092, struct.pack("<H", 3) + bytes.fromhex("000000000000ff0092d05000"))
    assert fills_of(book(*cells, more=styles + own)) == {"a": {(0, 1): "green", (0, 3): "blue"}}


def test_colours_that_cannot_be_read_are_none_and_not_no_colours():
    old = book().replace(BOF, record(0x0809, b"\0\x05\x05\0"))
    assert fills_of(old) is None
    assert fills_of(MAGIC) is None
    assert fills_of("学校,状态".encode()) == {}


# ── refusals ────────────────────────────────────────────────────────────────


def refused(data: bytes):
    with pytest.raises(RefusedError) as caught:
        xls.look(data)
    return caught.value


def test_what_is_refused_of_new_workbooks_is_refused_of_old_ones():
    assert refused(book(more=record(0x002F, b"\0\0"))).code == "R-PASSWORD"
    assert refused(book(more=record(0x002F, b"\0\0"))).required == "不加密码的工作簿"
    assert refused(book(more=record(0x00D3))).saw == "文件里带有宏"
    assert refused(book(kind=1)).saw == "文件里带有宏表"
    assert refused(book(more=record(0x01AE, b"\x01\0\x05\0xxxxx"))).code == "R-EXTERNAL"
    for own in (b"\x01\0\x01\x04", b"\x01\0\x01\x3a"):
        assert xls.look(book(more=record(0x01AE, own)))


def test_a_sheet_that_spans_too_much():
    # 65,536 rows of 16 columns are 1,048,576 cells; a million are allowed.
    error = refused(book(number(65535, 15)))
    assert (error.code, error.saw) == ("R-TOO-BIG", "内容一直排到第 65536 行、第 16 列")
    assert error.required == "内容集中在表格的前面"
    assert error.do == "请删除数据以外的空行、空列（选中后整行整列删除），保存后再交"
    # 40,000 rows of 25 columns are just a million.
    assert xls.look(book(number(39999, 24)))[0].rows == 40000


def test_what_an_old_file_is_instead_of_a_workbook():
    assert refused(container(WordDocument=b"x")).saw == "这是旧版的Word 文档，不是工作簿"
    assert refused(container(Else=b"x")).saw == "这是旧版的别的旧格式文件，不是工作簿"
    assert refused(container(Workbook=b"\x09\x02\x06\0")).saw == "这是 Excel 5.0 以前的工作簿"
    assert refused(container(EncryptedPackage=b"x", Workbook=BOF)).code == "R-PASSWORD"
    # What Excel 5 and 95 called it.
    assert xls.look(container(Book=BOF + EOF)) == []


def test_an_old_file_that_does_not_hold_together():
    error = refused(MAGIC + bytes(600))
    assert (error.code, error.saw) == ("R-BROKEN", "文件已损坏：旧版工作簿的结构不完整")
    assert error.required == "完整的工作簿"
    assert refused(MAGIC + bytes(600) + ENCRYPTED).code == "R-PASSWORD"


def test_an_old_file_that_is_too_large():
    error = refused(bytes(LARGEST_FILE + 2**20))
    assert (error.code, error.saw, error.required) == ("R-TOO-BIG", "文件有 21 MB", "不超过 20 MB")
    assert error.do == "请删除数据以外的行、列、图片和格式，保存后再交"


# ── damage ──────────────────────────────────────────────────────────────────


def test_errors_and_merged_cells_are_named_where_they_were_read():
    look = xls.SheetLook(errors={(3, 1): "#DIV/0!", (9, 9): "#REF!"})
    rows = (Row("G1", {"a": Cell(1, "B4"), "b": Cell(2, "C4"), "c": Cell(3, "C5"), "d": Cell(4)}),)
    merged = {"学生": [((3, 2), (4, 2))]}
    found = xls.find_damage(
        {"学生": look}, merged, {"pupils": "学生", "rooms": "班级"}, {"pupils": rows}
    )
    assert found == {
        "pupils": {
            "B4": ("#DIV/0!", "error"),
            "C4": ("C4:C5", "merged"),
            "C5": ("C4:C5", "merged"),
        },
        "rooms": {},
    }
