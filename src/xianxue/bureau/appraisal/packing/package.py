"""Evidence of one place sorted into boxes, by the index numbers of the card.

A box is an item of the first rank with all below it. A file lies once, in the box of the first
index number it serves; wherever else it is asked for, the directory says under which number it
lies. What is asked for and not there is told by item; it is never left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.appraisal.curves import number
from xianxue.bureau.kinds.appraisal.evidence import index_number, needs_of
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, tree_of
from xianxue.bureau.values.file_names import free_name, safe_name
from xianxue.bureau.values.record import Record

_NAME: Final = 48
"""Characters of a file's name, without its kind: with its folder Windows still opens it."""
_FOLDER: Final = 32
UNASKED: Final = "0 卡片不再要的佐证"
"""The folder of what was handed in by an earlier version of the card."""


class HandedIn(Record, kw_only=True):
    """One file somebody has handed in, and stands."""

    line: int
    """The number of the line that says so."""
    title: str
    on: str
    """The ISO day on which it was handed in."""
    digest: str
    kind: str
    """pdf, jpg or png."""
    size: int
    serves: Sequence[tuple[str, str]]
    """Item and document, by their ids."""


class Cited(Record, kw_only=True):
    """A document that a number, an addition or a veto rests on, named and not kept here."""

    item: str
    document: str
    """Its number or title."""
    what: str
    """What rests on it, in words."""


class Stands(Record, kw_only=True):
    """What stands of one place: files, what is cited, what is excused and what is owed."""

    place: str
    name: str
    files: Sequence[HandedIn]
    cited: Sequence[Cited] = ()
    excused: Mapping[str, str]
    """Items that do not apply to it, with the reason; what stands below one is excused with it."""
    owed: Mapping[str, str]
    """Items whose number nobody has reported, with whose part it is."""


class Filed(Record, kw_only=True):
    """A file in its place."""

    name: str
    """Its path within the place's part of the package, with slashes."""
    number: str
    """The index number it lies under."""
    file: HandedIn


class Slip(Record, kw_only=True):
    """One document that an item asks for, with what there is of it."""

    number: str
    document: str
    term: str
    files: tuple[Filed, ...]

    @property
    def missing(self) -> bool:
        """Whether there is none."""
        return not self.files

    def here(self, filed: Filed) -> bool:
        """Whether a file lies under this number, or under another's."""
        return filed.number == self.number


class Sheet(Record, kw_only=True):
    """One item: what is printed on its cover, where it asks for evidence."""

    item: str
    number: str
    term: str
    points: str
    """Its full points; empty of a branch, whose points are those of its items."""
    source: str
    """Where its points come from, by the kind of the source; empty of a branch."""
    slips: tuple[Slip, ...]
    cited: tuple[Cited, ...]
    owed: str = ""
    """Whose number has not been reported yet; empty where none is owed."""
    excused: str = ""
    """Why the item does not apply; then nothing of it is missing."""

    @property
    def asks(self) -> bool:
        """Whether anything of it goes into a box."""
        return bool(self.slips or self.cited or self.owed)

    @property
    def missing(self) -> tuple[Slip, ...]:
        """The documents that are not there."""
        return () if self.excused else tuple(one for one in self.slips if one.missing)


class Box(Record, kw_only=True):
    """An item of the first rank with the items below it."""

    at: int
    """Which box it is; 0 where nothing of it goes into one."""
    number: str
    term: str
    folder: str
    sheets: tuple[Sheet, ...]

    @property
    def covered(self) -> tuple[Sheet, ...]:
        """The items that have a cover."""
        return tuple(one for one in self.sheets if one.asks)


class Package(Record, kw_only=True):
    """All boxes of one place."""

    place: str
    name: str
    boxes: tuple[Box, ...]
    unasked: tuple[Filed, ...] = ()
    """Files that stand, for documents that the card asks for no longer."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The items of all boxes that ask for evidence."""
        return tuple(sheet for box in self.boxes for sheet in box.covered)

    @property
    def files(self) -> tuple[Filed, ...]:
        """Every file once, in the order of its index numbers."""
        found = [filed for sheet in self.sheets for slip in sheet.slips for filed in slip.files]
        return tuple({one.file.digest: one for one in (*found, *self.unasked)}.values())

    @property
    def missing(self) -> tuple[tuple[Sheet, Slip], ...]:
        """What is asked for and not there, by item."""
        return tuple((sheet, slip) for sheet in self.sheets for slip in sheet.missing)

    @property
    def owed(self) -> tuple[Sheet, ...]:
        """The items whose number nobody has reported."""
        return tuple(one for one in self.sheets if one.owed and not one.excused)


def packed(rubric: Rubric, stands: Stands) -> Package:
    """Sort what stands of one place into boxes."""
    return _Packing(stands).packed(rubric)


class _Packing:
    def __init__(self, stands: Stands) -> None:
        self.stands = stands
        self.placed: dict[str, Filed] = {}
        """Files by their digests, each where it was put first."""
        self.taken: set[str] = set()

    def packed(self, rubric: Rubric) -> Package:
        boxes = tuple(self._boxes(rubric))
        unasked = tuple(
            self._put(one, "", UNASKED)
            for one in self.stands.files
            if one.digest not in self.placed
        )
        return Package(place=self.stands.place, name=self.stands.name, boxes=boxes, unasked=unasked)

    def _boxes(self, rubric: Rubric) -> Iterator[Box]:
        folders: set[str] = set()
        for root in tree_of(rubric):
            stem = safe_name(f"{root.number} {root.item.term}", _FOLDER)
            folder = free_name(stem, "", folders)
            sheets = tuple(
                self._sheet(node, excused, folder)
                for node, excused in self._walk(root, "")
                if not node.below or needs_of(node)
            )
            at = 0
            if any(one.asks for one in sheets):
                folders.add(folder.lower())
                at = len(folders)
            yield Box(at=at, number=root.number, term=root.item.term, folder=folder, sheets=sheets)

    def _walk(self, node: ItemNode, above: str) -> Iterator[tuple[ItemNode, str]]:
        excused = above or self.stands.excused.get(node.item.item, "")
        yield node, excused
        for one in node.below:
            yield from self._walk(one, excused)

    def _sheet(self, node: ItemNode, excused: str, folder: str) -> Sheet:
        item, gives = node.item.item, node.item.gives
        return Sheet(
            item=item,
            number=node.number,
            term=node.item.term,
            points="" if node.below or node.adjusts else number(node.points),
            source="" if gives is None else gives.kind,
            slips=tuple(
                Slip(
                    number=index_number(node, need.document),
                    document=need.document,
                    term=need.term,
                    files=self._filed(node, need.document, need.term, folder),
                )
                for need in needs_of(node)
            ),
            cited=tuple(one for one in self.stands.cited if one.item == item),
            owed=self.stands.owed.get(item, ""),
            excused=excused,
        )

    def _filed(self, node: ItemNode, document: str, term: str, folder: str) -> tuple[Filed, ...]:
        asked = (node.item.item, document)
        files = {one.digest: one for one in self.stands.files if asked in one.serves}
        number = index_number(node, document)
        return tuple(
            self.placed.get(digest) or self._put(one, number, folder, term)
            for digest, one in files.items()
        )

    def _put(self, file: HandedIn, number: str, folder: str, term: str = "") -> Filed:
        # By what is asked for: what somebody calls a file may say nothing, or be twice the same.
        stem = safe_name(f"{number} {term or file.title}".strip(), _NAME)
        name = free_name(f"{folder}/{stem}", f".{file.kind}", self.taken)
        self.taken.add(name.lower())
        self.placed[file.digest] = found = Filed(name=name, number=number, file=file)
        return found
