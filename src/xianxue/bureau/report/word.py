"""A text as an ordinary .docx in the layout of official documents."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, Literal

from docx.opc.constants import CONTENT_TYPE as TYPES
from docx.opc.constants import RELATIONSHIP_TYPE as RELATIONS
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from xianxue.bureau.kinds.outline import Profile
from xianxue.bureau.report import body, footers, styles, tagmap
from xianxue.bureau.report.layout import Layout
from xianxue.bureau.report.ooxml import Element, to_bytes, w
from xianxue.bureau.report.text import Text
from xianxue.bureau.values.record import Record

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can hold: files in it have no time of their own."""
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_PROPERTIES: Final = RELATIONS.CORE_PROPERTIES
_TYPE_OF: Final = {"header": TYPES.WML_HEADER, "footer": TYPES.WML_FOOTER}
_RELATION: Final = {"header": RELATIONS.HEADER, "footer": RELATIONS.FOOTER}
_FOOT: Final = "footer_"
_PICTURE: Final = "picture"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_DCTERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


class _Written(Part):
    """A part whose content is set after its relationships are known."""

    content: bytes = b""

    @property
    def blob(self) -> bytes:
        """What is written into the file."""
        return self.content


class Ends(Record, kw_only=True):
    """A header or footer: where it stands (``default``, ``even``, ``first``) and what is in it."""

    kind: str
    place: Literal["header", "footer"]
    element: Element

    @property
    def name(self) -> str:
        """Its name among the parts, by which the body finds its relationship."""
        return f"{self.place}_{self.kind}"


class Properties(Record, kw_only=True):
    """What a file says of itself; its times are the document's own day, never the clock's."""

    title: str
    subject: str
    creator: str
    on: date


def render(text: Text, profile: Profile) -> bytes:
    """Make the file. The same text and profile give the same bytes."""
    layout = Layout(profile)
    ends = [
        Ends(kind=kind, place="footer", element=element)
        for kind, element in footers.footers(layout).items()
    ]
    says = Properties(
        title=text.title.replace("\n", ""),
        subject=text.name,
        creator=text.signature,
        on=text.on,
    )

    pictures = [picture.png for picture in text.pictures()]

    def main(related: Mapping[str, str]) -> Element:
        footed = {
            name.removeprefix(_FOOT): one for name, one in related.items() if name.startswith(_FOOT)
        }
        return body.document(text, layout, footed, drawn_in(related))

    looks, fonts = styles.styles(profile), styles.font_table(profile)
    return write_file(main, ends, says, looks, fonts, tagmap.tag_map(text), pictures)


def drawn_in(related: Mapping[str, str]) -> list[str]:
    """Give the relationships of the pictures, in the order in which they come."""
    many = sum(name.startswith(_PICTURE) for name in related)
    return [related[f"{_PICTURE}{number}"] for number in range(1, many + 1)]


def write_file(  # noqa: PLR0913, PLR0917 - the parts of a file, each once
    document: Callable[[Mapping[str, str]], Element],
    ends: Sequence[Ends],
    says: Properties,
    looks: Element,
    fonts: Element,
    claims: Element | None = None,
    pictures: Sequence[bytes] = (),
) -> bytes:
    """Make a .docx of its parts; ``document`` is handed the relationships of what it refers to.

    Nothing in it is of the machine or the hour.
    """
    package = OpcPackage()
    main = _Written(PackURI("/word/document.xml"), TYPES.WML_DOCUMENT_MAIN)
    package.relate_to(main, RELATIONS.OFFICE_DOCUMENT)
    package.relate_to(
        _part("/docProps/core.xml", TYPES.OPC_CORE_PROPERTIES, _core(says)), _PROPERTIES
    )
    for name, kind, relation, element in (
        ("styles", TYPES.WML_STYLES, RELATIONS.STYLES, looks),
        ("settings", TYPES.WML_SETTINGS, RELATIONS.SETTINGS, _settings()),
        ("fontTable", TYPES.WML_FONT_TABLE, RELATIONS.FONT_TABLE, fonts),
    ):
        main.relate_to(_part(f"/word/{name}.xml", kind, element), relation)
    related = {
        one.name: main.relate_to(
            _part(f"/word/{one.name}.xml", _TYPE_OF[one.place], one.element), _RELATION[one.place]
        )
        for one in ends
    }
    for number, png in enumerate(pictures, start=1):
        part = Part(PackURI(f"/word/media/{_PICTURE}{number}.png"), TYPES.PNG, png)
        related[f"{_PICTURE}{number}"] = main.relate_to(part, RELATIONS.IMAGE)
    if claims is not None:
        _attach(main, claims)
    main.content = to_bytes(document(related))
    return _packed(package)


def _attach(main: _Written, tag_map: Element) -> None:
    claims = _part("/customXml/item1.xml", TYPES.XML, tag_map)
    main.relate_to(claims, RELATIONS.CUSTOM_XML)
    store = tagmap.store_properties()
    kind = TYPES.OFC_CUSTOM_XML_PROPERTIES
    claims.relate_to(_part("/customXml/itemProps1.xml", kind, store), RELATIONS.CUSTOM_XML_PROPS)


def _part(path: str, kind: str, element: Element) -> Part:
    return Part(PackURI(path), kind, to_bytes(element))


def as_written(document: bytes) -> bool:
    """Whether a file is as it was written here: no program has saved it since.

    Each program that saves a document puts its own name in a part that we do not write, and most
    of them the hour on each part.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        return False
    return all(
        part.date_time == _FIRST_DAY and part.filename != "docProps/app.xml" for part in parts
    )


def _packed(package: OpcPackage) -> bytes:
    """Write the archive anew without the clock: python-docx stamps each file with the hour."""
    loose, packed = io.BytesIO(), io.BytesIO()
    package.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Zip would note which system this is; the same text gives the same bytes on all of
            # them.
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return packed.getvalue()


def _settings() -> Element:
    compat = w("compat", w("useFELayout"))
    compat.append(
        w(
            "compatSetting",
            name="compatibilityMode",
            uri="http://schemas.microsoft.com/office/word",
            val="15",
        )
    )
    return w(
        "settings",
        w("zoom", percent="100"),
        w("defaultTabStop", val="420"),
        # Page numbers stand on the outer side: right on odd pages, left on even ones.
        w("evenAndOddHeaders"),
        # Marks keep their full width: a line has as many characters as the profile says.
        w("characterSpacingControl", val="doNotCompress"),
        compat,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _core(says: Properties) -> Element:
    """Make the file's properties."""
    root = etree.Element(
        f"{{{_CP}}}coreProperties",
        nsmap={"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI},
    )
    for tag, content in (
        (f"{{{_DC}}}title", says.title),
        (f"{{{_DC}}}subject", says.subject),
        (f"{{{_DC}}}creator", says.creator),
        (f"{{{_DC}}}language", "zh-CN"),
        (f"{{{_CP}}}lastModifiedBy", says.creator),
        (f"{{{_CP}}}revision", "1"),
    ):
        etree.SubElement(root, tag).text = content
    for tag in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_DCTERMS}}}{tag}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = f"{says.on.isoformat()}T00:00:00Z"
    return root
