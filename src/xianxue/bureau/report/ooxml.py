"""WordprocessingML, element by element."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"

Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001  # no public name

_UNSAYABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """Make an element of the main namespace; its attributes are of that namespace too.

    >>> made = to_bytes(w("p", w("jc", val="center"))).decode().splitlines()[1]
    >>> made.replace(f' xmlns:w="{W}"', "")
    '<w:p><w:jc w:val="center"/></w:p>'
    """
    element = etree.Element(f"{{{W}}}{tag}", nsmap={"w": W, "r": R})
    for name, value in attributes.items():
        element.set(f"{{{W}}}{name}", str(value))
    element.extend(children)
    return element


def name(tag: str) -> str:
    """Give the full name of a tag or attribute.

    >>> name("sdt")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sdt'
    """
    return f"{{{W}}}{tag}"


def off(tag: str) -> Element:
    """Switch a property off."""
    return w(tag, val="0")


def unseen() -> Element:
    """Say of a content control that Word draws no frame around it; older programs ignore it."""
    element = etree.Element(f"{{{W15}}}appearance", nsmap={"w15": W15})
    element.set(f"{{{W15}}}val", "hidden")
    return element


def ignorable(root: Element) -> Element:
    """Let programs that do not know ``w15`` open the part all the same."""
    made = etree.Element(root.tag, nsmap={"w": W, "r": R, "w15": W15, "mc": MC})
    made.set(f"{{{MC}}}Ignorable", "w15")
    made.extend(list(root))
    return made


def words(text: str) -> Element:
    r"""Make a text; spaces are kept, and characters that no XML may hold are dropped.

    >>> words("甲\x00乙").text
    '甲乙'
    """
    element = w("t")
    element.text = _UNSAYABLE.sub("", text)
    element.set(_SPACE, "preserve")
    return element


def to_bytes(element: Element) -> bytes:
    """Write a part, with one declaration of each namespace."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w15"])
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
