"""A picture as Word has it in a line of text."""

from __future__ import annotations

from typing import Final

from lxml import etree

from xianxue.bureau.report.ooxml import Element, R, w
from xianxue.bureau.report.text import Picture

_WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMU: Final = 36000
"""English Metric Units in a millimetre."""


def inline(picture: Picture, relation: str, number: int) -> Element:
    """Make the drawing; ``number`` tells it from the other pictures of the document."""
    across, down = picture.shape
    wide = picture.width * _EMU
    size = {"cx": str(wide), "cy": str(wide * down // across)}
    name = f"picture{number}"
    outer = etree.Element(f"{{{_WP}}}inline", distT="0", distB="0", distL="0", distR="0")
    _add(outer, _WP, "extent", **size)
    _add(outer, _WP, "docPr", id=str(number), name=name, descr=picture.said)
    graphic = _add(outer, _A, "graphic")
    data = _add(graphic, _A, "graphicData", uri=_PIC)
    pic = _add(data, _PIC, "pic")
    about = _add(pic, _PIC, "nvPicPr")
    _add(about, _PIC, "cNvPr", id=str(number), name=name)
    _add(about, _PIC, "cNvPicPr")
    fill = _add(pic, _PIC, "blipFill")
    _add(fill, _A, "blip").set(f"{{{R}}}embed", relation)
    _add(_add(fill, _A, "stretch"), _A, "fillRect")
    shape = _add(pic, _PIC, "spPr")
    place = _add(shape, _A, "xfrm")
    _add(place, _A, "off", x="0", y="0")
    _add(place, _A, "ext", **size)
    _add(_add(shape, _A, "prstGeom", prst="rect"), _A, "avLst")
    return w("drawing", outer)


def _add(parent: Element, namespace: str, tag: str, **attributes: str) -> Element:
    made = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    for name, value in attributes.items():
        made.set(name, value)
    return made
