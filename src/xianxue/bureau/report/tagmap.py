"""The part of the file that says in full what each tag is: customXml, one element a claim.

A tool that finds a tag in the text looks here for what is claimed, exactly; Word shows nothing
of it and keeps it. See docs/decisions/report-tags.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lxml import etree

from xianxue.bureau.records.claim import Claim
from xianxue.bureau.report.ooxml import Element
from xianxue.bureau.report.text import Text
from xianxue.bureau.values.rounding import plain

NAMESPACE: Final = "urn:xianxue:claims:1"
STORE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
STORE_ID: Final = "{6B1F3A52-0C7E-4D21-9A64-58D2C1E7A901}"
"""The id under which Word knows this store; it names the schema, so it is always the same."""


def tag_map(text: Text) -> Element:
    """Make the map of all claims of a text, each tag once, in the order they are read."""
    root = etree.Element(f"{{{NAMESPACE}}}claims", nsmap={None: NAMESPACE})
    root.set("document", text.name)
    root.set("period", text.period)
    root.set("on", text.on.isoformat())
    # One key means one value, however often and in whatever digits it is printed.
    for claims in _by_tag(text.claims()):
        root.append(_claim(claims))
    return root


def _by_tag(claims: Iterable[Claim]) -> list[list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.tag, []).append(claim)
    return list(groups.values())


def _claim(claims: list[Claim]) -> Element:
    first = claims[0]
    parts = {
        "tag": first.tag,
        "key": first.key,
        "name": first.name,
        "facet": first.facet,
        "term": first.term,
        "place": first.place,
        "stage": first.stage.value if first.stage else "",
        "period": first.period,
        "value": first.exact,
        "decimal": "" if first.value is None else plain(first.value),
        "unit": first.unit,
        "standing": first.figure.standing.value if first.figure else "",
        "release": (first.figure.release or "") if first.figure else "",
    }
    if first.slice is not None:
        # Only where there is one: documents without slices stay what they were, byte for byte.
        parts["slice"] = str(first.slice)
    element = etree.Element(f"{{{NAMESPACE}}}claim")
    for name, value in parts.items():
        element.set(name, value)
    for shown in dict.fromkeys((claim.shown, claim.text) for claim in claims):
        printed = etree.SubElement(element, f"{{{NAMESPACE}}}printed", shown=shown[0])
        printed.text = shown[1]
    return element


def store_properties() -> Element:
    """Make itemProps1.xml, by which Word knows the map as a store of its own."""
    root = etree.Element(f"{{{STORE}}}datastoreItem", nsmap={"ds": STORE})
    root.set(f"{{{STORE}}}itemID", STORE_ID)
    schemas = etree.SubElement(root, f"{{{STORE}}}schemaRefs")
    etree.SubElement(schemas, f"{{{STORE}}}schemaRef").set(f"{{{STORE}}}uri", NAMESPACE)
    return root
