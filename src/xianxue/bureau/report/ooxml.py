"""WordprocessingML, element by element."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"

for _prefix, _namespace in (("w", W), ("r", R), ("w15", W15), ("mc", MC)):
    # So that an element need not be told its prefixes one by one.
    etree.register_namespace(_prefix, _namespace)

Element = etree._Element  # pyright: ignore[reportPrivateUsage]  # noqa: SLF001  # no public name

_UNSAYABLE: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


class _Names(dict[str, str]):
    """The full names of tags and attributes: a document has tens of thousands, by a few dozen."""

    def __missing__(self, tag: str) -> str:
        return self.setdefault(tag, f"{{{W}}}{tag}")


_NAMES: Final = _Names()


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """Make an element of the main namespace; its attributes are of that namespace too.

    >>> made = to_bytes(w("p", w("jc", val="center"))).decode().splitlines()[1]
    >>> made.replace(f' xmlns:w="{W}"', "")
    '<w:p><w:jc w:val="center"/></w:p>'
    """
    named = {_NAMES[name]: str(value) for name, value in attributes.items()} if attributes else None
    element = etree.Element(_NAMES[tag], named)
    if children:
        element.extend(children)
    return element


def name(tag: str) -> str:
    """Give the full name of a tag or attribute.

    >>> name("sdt")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sdt'
    """
    return _NAMES[tag]


def off(tag: str) -> Element:
    """Switch a property off."""
    return w(tag, val="0")


def unseen() -> Element:
    """Say of a content control that Word draws no frame around it; older programs ignore it."""
    element = etree.Element(f"{{{W15}}}appearance")
    element.set(f"{{{W15}}}val", "hidden")
    return element


def document_of(children: Iterable[Element]) -> Element:
    """Make the main part's element; programs that do not know ``w15`` can open it too.

    Its children are taken over once, into an element that has every namespace already: each time
    lxml moves a tree, it goes through all of it.
    """
    root = etree.Element(f"{{{W}}}document", nsmap={"w": W, "r": R, "w15": W15, "mc": MC})
    root.set(f"{{{MC}}}Ignorable", "w15")
    etree.SubElement(root, f"{{{W}}}body").extend(children)
    return root


def words(text: str) -> Element:
    r"""Make a text; spaces are kept, and characters that no XML may hold are dropped.

    >>> words("甲\x00乙").text
    '甲乙'
    """
    element = w("t")
    element.text = sayable(text)
    element.set(_SPACE, "preserve")
    return element


def sayable(text: str) -> str:
    r"""Drop the characters that no XML may hold.

    >>> sayable("甲\x00乙")
    '甲乙'
    """
    return _UNSAYABLE.sub("", text)


def to_bytes(element: Element) -> bytes:
    """Write a part, with one declaration of each namespace."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w15"])
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
