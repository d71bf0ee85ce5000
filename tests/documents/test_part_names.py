r"""Packages are addressed as office programs do: strokes, dots, case and other names. All 虚构."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from xianxue.bureau.documents.opening import open_document
from xianxue.bureau.returns.files.guard import unpack
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError


def workbook() -> dict[str, bytes]:
    made = openpyxl.Workbook()
    made.active.title = "虚构"
    made.active.append(["校名", "面积"])
    made.active.append(["虚构一小", 12.5])
    made.create_sheet("第二张").append(["乙", 3])
    target = io.BytesIO()
    made.save(target)
    with zipfile.ZipFile(target) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def renamed(parts, **words):
    """Give parts other names, and write them into all references."""
    found = {}
    for name, content in parts.items():
        called, said = name, content
        for old, new in words.items():
            path = old.replace("__", "/").replace("_", ".")
            called = called.replace(path, new)
            if name.endswith((".rels", "].xml")):
                said = said.replace(path.encode(), new.encode())
        found[called] = said
    return found


def targets_turned(parts):
    """References with backslashes, as some programs write them."""
    turned = dict(parts)
    name = "xl/_rels/workbook.xml.rels"
    turned[name] = parts[name].replace(b"/xl/worksheets/", b"worksheets\\")
    return turned


def with_case(parts):
    return {
        name.replace("xl/worksheets/sheet1", "xl/Worksheets/Sheet1"): c for name, c in parts.items()
    }


SHAPES = {
    "backslashes": lambda parts: {name.replace("/", "\\"): c for name, c in parts.items()},
    "dots": lambda parts: {f"./{name}": c for name, c in parts.items()},
    "from the root": lambda parts: {f"/{name}": c for name, c in parts.items()},
    "case": lambda parts: {
        name.replace("xl/", "XL/").replace("workbook", "Workbook"): c for name, c in parts.items()
    },
    "capitals": lambda parts: {
        name if name.startswith("[") else name.upper(): c for name, c in parts.items()
    },
    "case of types": lambda parts: {
        name.replace("[Content_Types]", "[content_types]"): c for name, c in parts.items()
    },
    "case of one sheet": with_case,
    "another main part": lambda parts: renamed(parts, xl__workbook_xml="xl/book7.xml"),
    "another folder": lambda parts: (
        renamed(parts, xl__workbook_xml="office/main.xml")
        | {"office/_rels/main.xml.rels": renamed(parts, x="x")["xl/_rels/workbook.xml.rels"]}
    ),
    "other styles": lambda parts: renamed(parts, styles_xml="styles2.xml"),
    "other texts": lambda parts: renamed(parts, sharedStrings_xml="texts.xml"),
    "backslashes in references": targets_turned,
    "other sheets": lambda parts: renamed(parts, xl__worksheets__sheet1_xml="data/first.xml"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_workbook_is_opened_as_excel_does(shape):
    parts = workbook()
    plain = open_book(zipped(parts), "虚构.xlsx")
    book = open_book(zipped(SHAPES[shape](parts)), "虚构.xlsx")
    assert book.tabs == plain.tabs == ["虚构", "第二张"]
    assert [book.cells(tab) for tab in book.tabs] == [plain.cells(tab) for tab in plain.tabs]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_was_renamed_is_a_workbook_for_others_too(shape):
    """Whoever marks a workbook writes the unpacked parts: their references have to fit."""
    package = unpack(zipped(SHAPES[shape](workbook())))
    again = openpyxl.load_workbook(io.BytesIO(zipped(package.parts)))
    assert again.sheetnames == ["虚构", "第二张"]
    assert again["虚构"]["B2"].value == 12.5


def test_two_parts_that_differ_only_in_case_are_one_to_excel():
    parts = workbook()
    double = parts | {"xl/worksheets/SHEET1.xml": parts["xl/worksheets/sheet2.xml"]}
    with pytest.raises(RefusedError, match="重名"):
        open_book(zipped(double), "虚构.xlsx")


def test_the_workbook_is_the_one_the_package_names():
    """A second workbook at the usual place is not what Excel shows."""
    parts = renamed(workbook(), xl__workbook_xml="xl/book7.xml")
    decoy = workbook()["xl/workbook.xml"].replace("第二张".encode(), "第三张".encode())
    book = open_book(zipped(parts | {"xl/workbook.xml": decoy}), "虚构.xlsx")
    assert book.tabs == ["虚构", "第二张"]


def test_a_main_part_that_is_no_workbook_is_refused():
    parts = renamed(workbook(), xl__workbook_xml="xl/other.xml")
    with pytest.raises(RefusedError, match="里面没有工作簿"):
        open_book(zipped(parts | {"xl/other.xml": b"<picture/>"}), "虚构.xlsx")


TURNS = {
    "backslashes": lambda name: name.replace("/", "\\"),
    "dots": lambda name: f"./{name}",
    "capitals": str.upper,
    "one capital": lambda name: name.replace("document.xml", "Document.xml"),
}


@pytest.mark.parametrize("turn", TURNS)
def test_a_word_document_is_opened_as_word_does(word, turn):
    made = word("<w:p><w:r><w:t>虚构的一段</w:t></w:r></w:p>")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    turned = {
        TURNS[turn](name) if not name.startswith("[") else name: c for name, c in parts.items()
    }
    assert open_document(zipped(turned)).text == "虚构的一段\n"
