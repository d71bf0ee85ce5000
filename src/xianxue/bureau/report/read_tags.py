"""Reading a document back: which numbers stand in content controls, and what they claim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

from xianxue.bureau.documents.opening import Package
from xianxue.bureau.report.ooxml import Element, name
from xianxue.bureau.report.tagmap import NAMESPACE
from xianxue.bureau.values.record import Record

_DOCUMENT: Final = "word/document.xml"
_STORES: Final = "customXml/"


class Tagged(Record):
    """A content control as it stands in the document."""

    tag: str
    text: str
    paragraph: int
    """Which paragraph it stands in, counted from 1 through the whole document, tables included."""
    offset: int
    """How many characters of that paragraph stand before it."""
    table: bool
    """Whether it stands in a table."""


class Mapped(Record, kw_only=True):
    """What the document's own map says of a tag; see ``tagmap`` for the parts."""

    tag: str
    key: str
    name: str
    facet: str
    term: str
    place: str
    stage: str
    period: str
    slice: str
    """``dimension=code``; empty for a whole."""
    value: str
    """The exact value: a fraction ``1168/1201``, or ``sqrt(…)``; empty for a word."""
    decimal: str
    unit: str
    standing: str
    release: str
    printed: tuple[str, ...]
    """The texts under which it was printed."""


def tags(document: bytes) -> list[Tagged]:
    """List all content controls of a .docx in reading order."""
    root = _read(document, _DOCUMENT)
    found: list[Tagged] = []
    if root is None:
        return found
    for number, paragraph in enumerate(root.iter(name("p")), start=1):
        found.extend(_in_paragraph(paragraph, number))
    return found


def plain_text(document: bytes) -> list[str]:
    """List the paragraphs' text with everything in content controls left out."""
    root = _read(document, _DOCUMENT)
    if root is None:
        return []
    return [
        "".join(text for text, control in _pieces(paragraph) if control is None)
        for paragraph in root.iter(name("p"))
    ]


def claims(document: bytes) -> dict[str, Mapped]:
    """Read the map of tags that the document carries; empty if it carries none."""
    stores = [one for one in Package(document).entries if one.startswith(_STORES)]
    for store in stores:
        try:
            root = _read(document, store)
        except etree.XMLSyntaxError:
            continue  # somebody else's store, and none of ours
        if root is not None and root.tag == f"{{{NAMESPACE}}}claims":
            mapped = (_mapped(element) for element in root)
            return {one.tag: one for one in mapped}
    return {}


def _read(document: bytes, part: str) -> Element | None:
    package = Package(document)
    if part not in package.entries or not part.endswith(".xml"):
        return None
    # The document may be anybody's: its entities must not read this machine's files or the network.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(package.read(part), parser)


def _mapped(element: Element) -> Mapped:
    parts = {name: element.get(name, "") for name in _PARTS}
    return Mapped(**parts, printed=tuple(printed.text or "" for printed in element))


_PARTS: Final = (
    "tag",
    "key",
    "name",
    "facet",
    "term",
    "place",
    "stage",
    "period",
    "slice",
    "value",
    "decimal",
    "unit",
    "standing",
    "release",
)


def _in_paragraph(paragraph: Element, number: int) -> Iterator[Tagged]:
    in_table = any(True for _ in paragraph.iterancestors(name("tbl")))
    texts: dict[Element, str] = {}
    starts: dict[Element, int] = {}
    offset = 0
    for text, control in _pieces(paragraph):
        if control is not None:
            starts.setdefault(control, offset)
            texts[control] = texts.get(control, "") + text
        offset += len(text)
    for control, text in texts.items():
        yield Tagged(_tag(control), text, number, starts[control], in_table)


def _pieces(paragraph: Element) -> Iterator[tuple[str, Element | None]]:
    """Go through a paragraph's texts, each with the innermost tagged control around it."""
    for text in paragraph.iter(name("t")):
        # Digits stand in frames that are controls too, without a tag.
        around = (one for one in text.iterancestors(name("sdt")) if _tag(one))
        yield text.text or "", next(around, None)


def _tag(control: Element) -> str:
    tag = control.find(f"{name('sdtPr')}/{name('tag')}")
    return "" if tag is None else tag.get(name("val"), "")
