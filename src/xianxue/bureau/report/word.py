"""A text as an ordinary .docx in the layout of official documents."""

from __future__ import annotations

import io
import zipfile
from typing import Final

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

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can hold: files in it have no time of their own."""
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_PROPERTIES: Final = RELATIONS.CORE_PROPERTIES
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


def render(text: Text, profile: Profile) -> bytes:
    """Make the file. The same text and profile give the same bytes."""
    layout = Layout(profile)
    package = OpcPackage()
    main = _Written(PackURI("/word/document.xml"), TYPES.WML_DOCUMENT_MAIN)
    package.relate_to(main, RELATIONS.OFFICE_DOCUMENT)
    package.relate_to(
        _part("/docProps/core.xml", TYPES.OPC_CORE_PROPERTIES, _core(text)), _PROPERTIES
    )
    for name, kind, relation, element in (
        ("styles", TYPES.WML_STYLES, RELATIONS.STYLES, styles.styles(profile)),
        ("settings", TYPES.WML_SETTINGS, RELATIONS.SETTINGS, _settings()),
        ("fontTable", TYPES.WML_FONT_TABLE, RELATIONS.FONT_TABLE, styles.font_table(profile)),
    ):
        main.relate_to(_part(f"/word/{name}.xml", kind, element), relation)
    related = {
        kind: main.relate_to(
            _part(f"/word/footer_{kind}.xml", TYPES.WML_FOOTER, element), RELATIONS.FOOTER
        )
        for kind, element in footers.footers(layout).items()
    }
    claims = _part("/customXml/item1.xml", TYPES.XML, tagmap.tag_map(text))
    main.relate_to(claims, RELATIONS.CUSTOM_XML)
    store = tagmap.store_properties()
    kind = TYPES.OFC_CUSTOM_XML_PROPERTIES
    claims.relate_to(_part("/customXml/itemProps1.xml", kind, store), RELATIONS.CUSTOM_XML_PROPS)
    main.content = to_bytes(body.document(text, layout, related))
    return _packed(package)


def _part(path: str, kind: str, element: Element) -> Part:
    return Part(PackURI(path), kind, to_bytes(element))


def _packed(package: OpcPackage) -> bytes:
    """Write the archive anew without the clock: python-docx stamps each file with the hour."""
    loose, packed = io.BytesIO(), io.BytesIO()
    package.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
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
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="doNotCompress"),
        compat,
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _core(text: Text) -> Element:
    """Make the file's properties; its times are the document's own day, never the clock's."""
    root = etree.Element(
        f"{{{_CP}}}coreProperties",
        nsmap={"cp": _CP, "dc": _DC, "dcterms": _DCTERMS, "xsi": _XSI},
    )
    for tag, content in (
        (f"{{{_DC}}}title", text.title.replace("\n", "")),
        (f"{{{_DC}}}subject", text.name),
        (f"{{{_DC}}}creator", text.signature),
        (f"{{{_DC}}}language", "zh-CN"),
        (f"{{{_CP}}}lastModifiedBy", text.signature),
        (f"{{{_CP}}}revision", "1"),
    ):
        etree.SubElement(root, tag).text = content
    for tag in ("created", "modified"):
        moment = etree.SubElement(root, f"{{{_DCTERMS}}}{tag}")
        moment.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
        moment.text = f"{text.on.isoformat()}T00:00:00Z"
    return root
