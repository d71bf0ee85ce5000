"""Comments on cells: the text in one part, the little yellow box in another.

A comment that somebody else wrote stays, and ours stands below it; taking ours off leaves theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from xianxue.bureau.documents.parts import OFFICE, Parts
from xianxue.bureau.documents.splice import Edits, Node, escaped, in_cell, parse, text_of
from xianxue.bureau.returns.marking.notes_box import box, empty_drawing
from xianxue.bureau.returns.marking.sheet import point_to_comments
from xianxue.bureau.returns.marking.sheet_xml import SheetXml, split
from xianxue.bureau.returns.marking.styles import MAIN
from xianxue.bureau.returns.sheets.own_marks import VOICES

AUTHOR: Final = "县学校验"
_SIGNS: Final = tuple(voice.comment for voice in VOICES)
_EITHER: Final = re.compile("|".join(map(re.escape, _SIGNS)))
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREADED: Final = "threadedComment"
_EMPTY: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<comments xmlns="{MAIN}"><authors><author>{AUTHOR}</author></authors>'
    "<commentList></commentList></comments>"
)
_SHAPE = re.compile(rb"<v:shape\b[^>]*?(?:/>|>.*?</v:shape>)", re.DOTALL)
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_ROW = re.compile(rb"<x:Row>\s*(\d+)\s*</x:Row>")
_COLUMN = re.compile(rb"<x:Column>\s*(\d+)\s*</x:Column>")
# The format's own first number for shapes on a sheet.
_FIRST_ID: Final = 1024
"""Shapes of one sheet are numbered from here; each sheet has a thousand numbers and more."""


def add_comments(
    parts: Parts, sheet: SheetXml, part: str, texts: Mapping[str, str], sign: str
) -> None:
    """Put comments on cells of a sheet; the sheet's own changes are left for it to apply."""
    if not texts or parts.related(part, _THREADED):
        # Newer threads are kept in two places that must agree; the reasons say it all anyway.
        return
    name = parts.related(part, "comments")
    # No comments yet: a part, its type and the reference to it all have to be made.
    if not name:
        name = parts.free_name("xl/comments", ".xml")
        parts.add(name, _EMPTY.encode(), _COMMENTS_TYPE)
        parts.relate(part, "comments", name)
    boxed = _add_texts(parts, name, texts, sign)
    drawing = _drawing_of(parts, sheet, part)
    if not drawing:
        drawing = parts.free_name("xl/drawings/vmlDrawing", ".vml")
        number = int(re.sub(r"\D", "", drawing))
        parts.contents[drawing] = empty_drawing(number)
        parts.add_default("vml", _DRAWING_TYPE)
        relation = parts.relate(part, "vmlDrawing", drawing)
        point_to_comments(sheet, relation, OFFICE)
    _add_boxes(parts, drawing, sheet, {address: texts[address] for address in boxed})


def remove_comments(parts: Parts, sheet: SheetXml, part: str) -> None:
    """Take our comments off; where nothing is left, the parts go too."""
    name = parts.related(part, "comments")
    if not name:
        return
    gone, left = _remove_texts(parts, name)
    if not gone:
        return
    drawing = _drawing_of(parts, sheet, part)
    if drawing:
        _remove_boxes(parts, drawing, gone)
    if left:
        return
    parts.unrelate(part, name)
    parts.drop(name)
    if drawing and not _SHAPE.search(parts.contents[drawing]):
        parts.unrelate(part, drawing)
        parts.drop(drawing)
        pointer = sheet.root.child("legacyDrawing")
        if pointer is not None:
            sheet.edits.remove(pointer)


def _drawing_of(parts: Parts, sheet: SheetXml, part: str) -> str:
    pointer = sheet.root.child("legacyDrawing")
    wanted = pointer.get("id") if pointer is not None else ""
    return next(
        (
            relation.target
            for relation in parts.relations(part)
            if relation.id == wanted and relation.target in parts.contents
        ),
        "",
    )


# ── texts ───────────────────────────────────────────────────────────────────


def _add_texts(parts: Parts, name: str, texts: Mapping[str, str], sign: str) -> list[str]:
    """Put the texts in; give the cells that need a box, having none yet."""
    xml = parts.contents[name]
    root = parse(xml)
    edits = Edits(xml)
    authors, listed = root.child("authors"), root.child("commentList")
    if authors is None or listed is None:
        return []
    names = [text_of(xml, [node]) for node in authors.children]
    if AUTHOR not in names:
        author = f"<{root.prefix}author>{AUTHOR}</{root.prefix}author>"
        edits.append(authors, author.encode())
        names.append(AUTHOR)
    number = names.index(AUTHOR)
    theirs = {node.get("ref"): node for node in listed.all("comment")}
    new: list[str] = []
    # In reading order: programs list comments as they stand in the part.
    for address in sorted(texts, key=lambda text: split(text) or (0, 0)):
        runs = _runs(texts[address], root.prefix, sign)
        comment = theirs.get(address)
        text = comment.child("text") if comment is not None else None
        if comment is None:
            p = root.prefix
            start = f'<{p}comment ref="{escaped(address, quoted=True)}" authorId="{number}">'
            edits.append(listed, f"{start}<{p}text>{runs}</{p}text></{p}comment>".encode())
            new.append(address)
        # Somebody commented here before: theirs stays, ours stands below it.
        elif text is not None:
            _append_runs(edits, text, _runs("\n\n" + texts[address], root.prefix, sign))
    parts.contents[name] = edits.result()
    return new


def _runs(text: str, p: str, sign: str) -> str:
    """Write a text in two runs, our sign in bold before it; leading line breaks stay in front."""
    rest = text.lstrip("\n")
    pieces = ((text[: len(text) - len(rest)] + sign, f"<{p}b/>"), (rest, ""))
    return "".join(
        f'<{p}r><{p}rPr>{bold}<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="宋体"/>'
        f'<{p}charset val="134"/></{p}rPr>{in_cell(piece, p).decode()}</{p}r>'
        for piece, bold in pieces
    )


def _append_runs(edits: Edits, text: Node, runs: str) -> None:
    plain = text.child("t")
    if plain is not None:
        # A text is either plain or made of runs.
        opening = f"<{text.prefix}r>".encode()
        edits.insert(plain.start, opening)
        edits.insert(plain.end, f"</{text.prefix}r>".encode())
    edits.append(text, runs.encode())


def _remove_texts(parts: Parts, name: str) -> tuple[set[str], bool]:
    """Take our texts out; give the cells whose comment is gone, and whether any is left."""
    xml = parts.contents[name]
    listed = parse(xml).child("commentList")
    if listed is None:
        return set(), True
    edits = Edits(xml)
    gone: set[str] = set()
    changed = False
    for comment in listed.all("comment"):
        text = comment.child("text")
        if text is None:
            continue
        words = text_of(xml, _texts(text))
        # Wholly ours; else only our part is cut out.
        if words.lstrip().startswith(_SIGNS):
            gone.add(comment.get("ref"))
            edits.remove(comment)
        elif any(sign in words for sign in _SIGNS):
            _cut(edits, xml, text)
        else:
            continue
        changed = True
    if changed:
        parts.contents[name] = edits.result()
    return gone, len(gone) < len(list(listed.all("comment")))


def _texts(text: Node) -> list[Node]:
    found = list(text.all("t"))
    for run in text.all("r"):
        found += run.all("t")
    return found


def _cut(edits: Edits, xml: bytes, text: Node) -> None:
    """Take our part of somebody's comment out: from our sign to the end."""
    ours = False
    for run in text.all("r"):
        words = text_of(xml, run.all("t"))
        if ours:
            edits.remove(run)
        elif any(sign in words for sign in _SIGNS):
            ours = True
            kept = _EITHER.split(words)[0].rstrip("\n")
            if not kept:
                edits.remove(run)
                continue
            for plain in run.all("t"):
                body = in_cell(kept).decode().partition(">")[2].removesuffix("</t>")
                edits.replace(plain.inner, plain.close, body.encode())


# ── boxes ───────────────────────────────────────────────────────────────────


def _add_boxes(parts: Parts, drawing: str, sheet: SheetXml, texts: Mapping[str, str]) -> None:
    xml = parts.contents[drawing]
    end = xml.rfind(b"</xml>")
    if end < 0:
        return
    # Two shapes with one number make Excel repair the file.
    number = max([_FIRST_ID, *(int(found) for found in _SHAPE_ID.findall(xml))])
    if number == _FIRST_ID:
        number *= int(re.sub(r"\D", "", drawing.rpartition("/")[2]) or "1")
    shapes: list[bytes] = []
    for address, text in texts.items():
        at = split(address)
        if at is not None:
            number += 1
            shapes.append(box(sheet, at, text, number))
    parts.contents[drawing] = xml[:end] + b"".join(shapes) + xml[end:]


def _remove_boxes(parts: Parts, drawing: str, gone: set[str]) -> None:
    places = {split(address) for address in gone}

    def kept(shape: re.Match[bytes]) -> bytes:
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        ours = row and column and (int(row[1]) + 1, int(column[1]) + 1) in places
        return b"" if ours else shape[0]

    parts.contents[drawing] = _SHAPE.sub(kept, parts.contents[drawing])
