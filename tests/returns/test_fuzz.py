"""Files made to do harm: each is refused clearly, within 2 seconds and 300 MB.

Time and memory are walls that the system keeps (``walled.py``), not clocks that a busy machine
could make wrong.
"""

from __future__ import annotations

import io
import json
import os
import random
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.files.tab_parts import parts_of_tabs
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.catalogue.load import load
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="walls are Linux's: RLIMIT_AS, /proc"
)

SHEET = "xl/worksheets/sheet4.xml"
"""The sheet of pupils."""
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEGABYTE = 2**20

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
"""Ten characters that become ten thousand million."""


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A filled workbook of the school year's form, as the walled reader knows it."""
    folder = tmp_path_factory.mktemp("good")
    example = Example.open("four_schools")
    lay_out_example(folder, example)
    opened = Workspace.open(folder)
    (form, place, filed) = next(
        each
        for each in example.returns(opened.shelf, opened.register)
        if each[0].filed_by == "school"
    )
    data = write_workbook(form, place, opened.period(None), opened.shelf.codes, filed)
    parts = parts_of(data)
    assert parts_of_tabs(parts)["学生"] == SHEET
    returned, issues = read_workbook(data, "x.xlsx", opened.shelf)
    assert returned is not None
    assert issues == []
    return data


@pytest.fixture(scope="module")
def shelf():
    return load().shelf


# ── how they are made ───────────────────────────────────────────────────────


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_parts(good: bytes, **changed: bytes) -> bytes:
    """The good workbook with some parts put in another's place; ``sheet`` is the pupils'."""
    names = {
        "sheet": SHEET,
        "strings": "xl/sharedStrings.xml",
        "workbook": "xl/workbook.xml",
        "styles": "xl/styles.xml",
        "relations": "xl/_rels/workbook.xml.rels",
        "types": "[Content_Types].xml",
    }
    return packed(parts_of(good) | {names[key]: value for key, value in changed.items()})


def added(good: bytes, name: str, content: bytes) -> bytes:
    return packed(parts_of(good) | {name: content})


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    head = f'<worksheet xmlns="{MAIN}">'.encode()
    return head + before + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def strings(content: bytes) -> bytes:
    return f'<sst xmlns="{MAIN}">'.encode() + content + b"</sst>"


def more_strings(good: bytes, content: bytes, **changed: bytes) -> bytes:
    """The good workbook whose other sheets can still be read, with more strings."""
    before = parts_of(good)["xl/sharedStrings.xml"]
    return with_parts(good, strings=before.replace(b"</sst>", content + b"</sst>"), **changed)


def repeated(good: bytes) -> bytes:
    """A sheet whose eight thousand cells all hold the first string that comes after the good."""
    number = parts_of(good)["xl/sharedStrings.xml"].count(b"<si>")
    rows = b"".join(
        b'<row r="%d">' % row
        + b"".join(b'<c r="%c%d" t="s"><v>%d</v></c>' % (65 + at, row, number) for at in range(20))
        + b"</row>"
        for row in range(1, 400)
    )
    return sheet(rows)


def declared(data: bytes, name: bytes, size: int, *, central: bool = True) -> bytes:
    """Let a part's header tell another size than the part has."""
    at = (data.rindex(name) - 46 + 24) if central else (data.index(name) - 30 + 22)
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


def many_sheets(good: bytes, count: int, rows: bytes) -> bytes:
    """The good workbook with so many more sheets, each with these rows."""
    parts = parts_of(good)
    tabs, relations = b"", b""
    for number in range(1000, 1000 + count):
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet(rows)
        tabs += b'<sheet name="x%d" sheetId="%d" r:id="rIdX%d"/>' % (number, number, number)
        relations += (
            b'<Relationship Id="rIdX%d" Type="http://schemas.openxmlformats.org/officeDocument/'
            b'2006/relationships/worksheet" Target="worksheets/sheet%d.xml"/>' % (number, number)
        )
    for name, end, more in (
        ("xl/workbook.xml", b"</sheets>", tabs),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", relations),
    ):
        assert end in parts[name]
        parts[name] = parts[name].replace(end, more + end)
    return packed(parts)


def overlapping(count: int) -> bytes:
    """A zip whose entries are all the same packed megabytes: small on disk, huge unpacked."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(15 * MEGABYTE))
    data = body.getvalue()
    start = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    entry, central = data[start:end], b""
    for number in range(count):
        name = b"xl/workbook.xml" if number == 0 else b"xl/workb%03d.xml" % number
        central += entry[:46] + name + entry[46 + 15 :]
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central), start, 0)
    return data[:start] + central + tail


def ole(*parts: bytes, seed: int = 0) -> bytes:
    noise = random.Random(seed).randbytes(30_000)  # noqa: S311 - a seeded spoiler, no secret
    return OLE + b"".join(parts) + noise


def ole_in_circles() -> bytes:
    """An old workbook whose table of sectors leads in a circle, and claims to be endless."""
    header = bytearray(512)
    header[:8] = OLE
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<9I", header, 40, 0, 0x7FFFFFFF, 0, 0, 4096, 0, 0x7FFFFFFF, 0, 0x7FFFFFFF)
    struct.pack_into("<109I", header, 76, *[0] * 109)
    return bytes(header) + struct.pack("<128I", *[0] * 128) * 40


def far(row: int, column: str) -> bytes:
    return sheet(
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="%d"><c r="%s%d"><v>1</v></c></row>' % (row, column.encode(), row)
    )


def harmful(good: bytes) -> dict[str, tuple[bytes, set[str]]]:
    """Name of the file, what it holds, and the codes of which one has to be said.

    No codes: it is odd, but what it holds can be read, and is.
    """
    broken, big, other = {"R-BROKEN"}, {"R-TOO-BIG"}, {"R-NOT-XLSX"}
    laughs = LAUGHS.encode()
    wide = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999"><c r="ALK999"><v>1</v></c></row>'
    either = broken | big
    return {
        "laughs_in_strings.xlsx": (
            with_parts(good, strings=laughs + strings(b"<si><t>&a9;</t></si>" * 200)),
            broken,
        ),
        "laughs_in_sheet.xlsx": (
            with_parts(
                good,
                sheet=laughs + sheet(b'<row r="1"><c r="A1" t="str"><v>&a9;</v></c></row>'),
            ),
            broken,
        ),
        "laughs_in_workbook.xlsx": (
            with_parts(good, workbook=laughs + b'<workbook><sheets><sheet name="&a9;"/></sheets>'),
            broken | {"R-NOT-OURS"},
        ),
        "strings_200_mb.xlsx": (
            with_parts(good, strings=strings(b"<si><t>" + b"x" * 200 * MEGABYTE + b"</t></si>")),
            big,
        ),
        "strings_a_million.xlsx": (more_strings(good, b"<si><t>xy</t></si>" * 800_000), set()),
        "strings_a_long_one.xlsx": (
            more_strings(
                good, b"<si><t>" + b"y" * 15 * MEGABYTE + b"</t></si>", sheet=repeated(good)
            ),
            big,
        ),
        "a_billion_rows.xlsx": (with_parts(good, sheet=far(1_048_576, "XFD")), big),
        "beyond_the_last_row.xlsx": (with_parts(good, sheet=far(999_999_999, "ZZZZ")), big),
        "sheets_that_claim_a_million_each.xlsx": (many_sheets(good, 150, wide), big),
        "two_thousand_sheets.xlsx": (many_sheets(good, 2100, b""), broken),
        "macros.xlsm": (added(good, "xl/vbaProject.bin", OLE + bytes(999)), {"R-MACRO"}),
        "macro_sheet.xlsx": (
            added(good, "xl/macrosheets/sheet1.xml", sheet(b"")),
            {"R-MACRO"},
        ),
        "external.xlsx": (
            added(good, "xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
            {"R-EXTERNAL"},
        ),
        **{
            f"cut_{length}.xlsx": (good[:length], broken)
            for length in (4, 100, 4000, len(good) // 2, len(good) - 30, len(good) - 1)
        },
        "workbook_in_a_zip.xlsx": (packed({"报表.xlsx": good}), other),
        "zips_in_zips.xlsx": (
            packed({"a.zip": packed({"b.zip": packed({"c.xlsx": good})})}),
            other,
        ),
        "sheet_is_a_zip.xlsx": (with_parts(good, sheet=good), broken),
        "strings_are_a_zip.xlsx": (with_parts(good, strings=good), broken),
        "says_too_little.xlsx": (declared(good, b"xl/styles.xml", 10), broken),
        "says_too_much.xlsx": (declared(good, b"xl/styles.xml", 9 * MEGABYTE), broken),
        "says_four_gigabytes.xlsx": (declared(good, b"xl/styles.xml", 2**32 - 2), either),
        "all_in_one_place.xlsx": (overlapping(900), either),
        "password.xlsx": (
            ole("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le")),
            {"R-PASSWORD", "R-BROKEN"},
        ),
        **{f"garbage_{seed}.xls": (ole(seed=seed), broken) for seed in range(5)},
        "circles.xls": (ole_in_circles(), broken),
        "half_an_old_one.xls": (OLE, broken),
        "commas.csv": (b"," * 19 * MEGABYTE, either | other | {"R-NOT-OURS"}),
        "empty_cells.csv": ((b"," * 18 + b"\n") * MEGABYTE, big),
        "lines.csv": (b"\n" * 19 * MEGABYTE, either | other | {"R-NOT-OURS", "R-EMPTY"}),
        "quotes.csv": (b'"' * 10 * MEGABYTE + b"a", either | other | {"R-NOT-OURS"}),
        "zeros.xlsx": (bytes(1000), other | broken | {"R-NOT-OURS"}),
    }


# ── what has to come of them ────────────────────────────────────────────────


def behind_walls(folder: Path) -> list[dict]:
    script = Path(__file__).with_name("walled.py")
    done = subprocess.run(
        [sys.executable, script, folder],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    stopped = [each["file"] for each in told if each["end"]]
    assert not stopped, f"met a wall or crashed: {stopped}\n{done.stderr[-3000:]}"
    return told


def test_the_walls_hold(tmp_path):
    """A reader that takes too much or too long is stopped: the test can fail."""
    script = Path(__file__).with_name("walled.py")
    for greed in ("bytearray(400 * 2**20)", "[0 for _ in iter(int, 1)]"):
        code = (
            f"import sys; sys.path.insert(0, {str(script.parent)!r})\n"
            f"from walled import wall; wall(); {greed}"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=False,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        assert done.returncode != 0


def test_whatever_is_made_to_do_harm_is_refused(good, tmp_path):
    cases = harmful(good)
    for name, (content, _) in cases.items():
        (tmp_path / name).write_bytes(content)
    told = behind_walls(tmp_path)
    assert len(told) == len(cases)
    for each in told:
        codes = cases[each["file"]][1]
        if not codes:
            assert each["taken"]
            assert each["issues"] == []
            continue
        assert not each["taken"], each["file"]
        (issue,) = each["issues"]
        assert issue["code"] in codes, (each["file"], issue)
        assert issue["severity"] == "must_fix"
        assert issue["file"] == each["file"]
        for part in ("saw", "required", "do"):
            assert any("\u4e00" <= char <= "\u9fff" for char in issue[part]), (each["file"], part)


FLIPS = 200


def test_flipped_bytes_meet_no_wall(good, tmp_path):
    """In the zip, or in a part that is packed again so that the reader does see it."""
    parts = parts_of(good)
    for seed in range(FLIPS):
        chance = random.Random(seed)  # noqa: S311 - a seeded spoiler, no secret
        name = chance.choice([name for name in parts if name.startswith("xl/")])
        data = bytearray(parts[name] if seed % 2 else good)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        spoiled = packed(parts | {name: bytes(data)}) if seed % 2 else bytes(data)
        (tmp_path / f"{seed:03}.xlsx").write_bytes(spoiled)
    for each in behind_walls(tmp_path):
        assert each["taken"] or [issue["severity"] for issue in each["issues"]] == ["must_fix"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_bytes_whatever_raise(good, shelf, data):
    """Cut, overwritten, doubled, swapped: it is read, or there is one complaint that says why."""
    spoiled = bytearray(good)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(spoiled)))
        length = data.draw(st.integers(0, 60))
        piece = data.draw(st.binary(max_size=20) | st.just(bytes(spoiled[at : at + 40])))
        spoiled[at : at + length] = piece
    returned, issues = read_workbook(bytes(spoiled), "x.xlsx", shelf)
    if returned is None:
        (issue,) = issues
        assert issue.severity is Severity.MUST_FIX
        assert issue.saw
        assert issue.do


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xff\xfe"]))
def test_any_bytes_are_refused(shelf, data, start):
    returned, issues = read_workbook(start + data, "x.xlsx", shelf)
    assert returned is None
    (issue,) = issues
    assert issue.saw
    assert issue.do
