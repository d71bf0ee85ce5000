"""Comments put into somebody's own Word document; everything else in it stays as it is.

The document's text is divided where a comment begins or ends and nowhere else. Of the file only
four parts change: the text, the comments, the list of what the text refers to and the list of
parts. Comments that are there already stay, and ours are numbered after them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Final

from xianxue.bureau.documents.opening import OpenedWord, UnreadableError, open_word
from xianxue.bureau.documents.parts import Parts, relations_of
from xianxue.bureau.documents.splice import Edits, Node, SpliceError, escaped, parse
from xianxue.bureau.documents.word_letters import raw_offset
from xianxue.bureau.documents.word_text import Piece
from xianxue.bureau.values.record import Record

_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = re.compile(rb"""xmlns:w\s*=\s*["']([^"']*)["']""")
_DRAWING: Final = 'xmlns:w="' + _MAIN + '"'
# Word reads ids as whole numbers of 32 bits.
_LARGEST_ID: Final = 2**31 - 1
_LOOK: Final = (
    '<w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    '<w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
    '<w:jc w:val="left"/></w:pPr>'
)
"""A comment's own look: a document's ordinary paragraph may be indented and widely spaced."""
_LETTERS: Final = '<w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>'


class Comment(Record):
    """What is said of a place of the text."""

    start: int
    """Offsets in the document's text as `open_document` gives it."""
    end: int
    text: str
    """Its lines become paragraphs."""


def with_comments(data: bytes, comments: Sequence[Comment], author: str, initials: str) -> bytes:
    """Give a copy of a .docx with comments; UnreadableError where it cannot be changed safely.

    A comment on a footnote or text box stands at the place in the text where that hangs.
    """
    opened = open_word(data)
    try:
        return _Marked(opened).add(comments, author, initials)
    except SpliceError:
        raise UnreadableError(
            "D-STRICT",
            "文档用的是少见的写法，不能放心地往里加批注",
            "WPS 或 Word 存的普通 .docx",
            "请在 WPS 或 Word 中打开，用“另存为”存成“Word 文档（.docx）”，再来审核",
        ) from None


class _Spot(Record):
    """Where a mark stands: before or behind a holder, or inside one of its texts."""

    piece: Piece
    into: int
    """Letters of the piece that stand before the mark."""


class _Marked:
    def __init__(self, opened: OpenedWord) -> None:
        self._main = opened.main
        self._pieces = opened.words.pieces
        self._ends = [piece.end for piece in self._pieces]
        self._root = opened.words.root
        self._parts = Parts(opened.everything(), opened.entries.values())
        self._xml = self._parts.contents[opened.main]
        # Our marks are written with `w:`. A strict document has another namespace, and a document
        # may name ours otherwise: there the marks would mean nothing, or something else.
        namespace = _NAMESPACE.search(self._xml, self._root.start, self._root.inner)
        if namespace is None or namespace[1].decode() != _MAIN:
            message = "no transitional document with the usual prefix"
            raise SpliceError(message)
        self._inserts: dict[int, list[bytes]] = {}
        self._before: dict[int, list[bytes]] = {}
        self._after: dict[int, list[bytes]] = {}
        self._cuts: dict[int, tuple[Node, Node]] = {}

    def add(self, comments: Sequence[Comment], author: str, initials: str) -> bytes:
        """Put the comments in and pack the document again."""
        there = self._there(author)
        placed = [
            (one, *spots)
            for one in comments
            if (spots := self._spots(one)) is not None
            and (spots[0].piece.start + spots[0].into, _as_kept(one.text)) not in there
        ]
        if not placed:
            return self._parts.to_bytes()
        part = self._comments_part()
        numbers = self._write(part, [one for one, _, _ in placed], author, initials)
        for number, (_, first, last) in zip(numbers, placed, strict=True):
            self._mark(first, number, opening=True)
            self._mark(last, number, opening=False)
        self._parts.contents[self._main] = self._changed()
        return self._parts.to_bytes()

    def _there(self, author: str) -> set[tuple[int, str]]:
        """Give what an author's comments say already, each with the place where it begins.

        Whoever audits a commented copy again is not to find everything said twice.
        """
        name = self._parts.related(self._main, "comments")
        if not name or name not in self._parts.contents:
            return set()
        xml = self._parts.contents[name]
        said = {
            one.get("id"): "\n".join(
                "".join(
                    unescape(xml[text.inner : text.close].decode())
                    for text in _within(paragraph, "t")
                )
                for paragraph in _within(one, "p")
            )
            for one in parse(xml).all("comment")
            if one.get("author") == author
        }
        begin = {one.get("id"): one.end for one in _within(self._root, "commentRangeStart")}
        return {
            (piece.start, said[number])
            for number, at in begin.items()
            if number in said and (piece := self._behind(at)) is not None
        }

    def _behind(self, at: int) -> Piece | None:
        """Give the first letters that stand behind a place of the file."""
        behind = (one for one in self._pieces if (one.text or one.around).start >= at)
        return min(behind, key=lambda one: (one.text or one.around).start, default=None)

    def _spots(self, comment: Comment) -> tuple[_Spot, _Spot] | None:
        """Find the letters a comment is about; None where there are none."""
        first = bisect_right(self._ends, comment.start)
        last = bisect_right(self._ends, comment.end - 1)
        if first >= len(self._pieces) or comment.end <= comment.start:
            return None
        # Separators between paragraphs and cells belong to no piece: a comment that ends in one
        # ends with the words before it.
        last = min(last, len(self._pieces) - 1)
        if self._pieces[last].start >= comment.end:
            last -= 1
        if last < first:
            return None
        one, other = self._pieces[first], self._pieces[last]
        begin = _Spot(one, max(comment.start - one.start, 0))
        return begin, _Spot(other, min(comment.end, other.end) - other.start)

    # ── the text ────────────────────────────────────────────────────────────

    def _mark(self, spot: _Spot, number: int, *, opening: bool) -> None:
        mark = f'<w:commentRange{"Start" if opening else "End"} w:id="{number}"/>'
        if not opening:
            mark += f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        around, text = spot.piece.around, spot.piece.text
        # The author's run is divided only where letters of it stay outside the comment; at its
        # edges the mark stands beside it and the run keeps every byte.
        inside = text is not None and 0 < spot.into < spot.piece.end - spot.piece.start
        first = text is None or self._first(around, text)
        if text is not None and inside:
            at = text.inner + raw_offset(self._xml, text, spot.into)
            self._cuts[at] = (around, text)
            places = self._before if opening else self._after
        elif opening and not first and text is not None:
            at, places = text.start, self._before
            self._cuts[at] = (around, text)
        elif not opening and text is not None and not self._last(around, text):
            at, places = text.end, self._after
            self._cuts[at] = (around, text)
        elif opening:
            at, places = around.start, self._before
        else:
            at, places = around.end, self._after
        places.setdefault(at, []).append(mark.encode())

    @staticmethod
    def _first(run: Node, text: Node) -> bool:
        """Whether nothing but the look of the letters stands before a text in its run."""
        return all(child.name == "rPr" for child in run.children if child.start < text.start)

    @staticmethod
    def _last(run: Node, text: Node) -> bool:
        return run.children[-1] is text

    def _changed(self) -> bytes:
        """Divide runs and put the marks in: what ends stands before what begins."""
        edits = Edits(self._xml)
        kept: set[int] = set()
        for at in sorted({*self._before, *self._after}):
            marks = b"".join([*self._after.get(at, ()), *self._before.get(at, ())])
            cut = self._cuts.get(at)
            if cut is None:
                edits.insert(at, marks)
                continue
            run, text = cut
            # A mark stands between runs, never inside one.
            close, opening = self._division(run)
            if text.inner < at < text.end:
                # Once for each text, however often it is cut: two changes of one tag are refused.
                if text.get("space") != "preserve" and text.start not in kept:
                    self._keep_spaces(edits, text)
                    kept.add(text.start)
                close = f"</{text.prefix}t>".encode() + close
                opening += f'<{text.prefix}t xml:space="preserve">'.encode()
            edits.insert(at, close + marks + opening)
        return edits.result()

    def _keep_spaces(self, edits: Edits, text: Node) -> None:
        """Let spaces at a cut count as letters, and drop those at the ends, which never did."""
        edits.attributes(text, {"xml:space": "preserve"})
        raw = self._xml[text.inner : text.close]
        edits.replace(text.inner, text.inner + len(raw) - len(raw.lstrip()), b"")
        edits.replace(text.inner + len(raw.rstrip()), text.close, b"")

    def _division(self, run: Node) -> tuple[bytes, bytes]:
        """Give what closes a run, and what opens another of the same look."""
        look = run.child("rPr")
        opening = self._xml[run.start : run.inner]
        if look is not None:
            opening += self._xml[look.start : look.end]
        return f"</{run.prefix}{run.name}>".encode(), opening

    # ── the comments ────────────────────────────────────────────────────────

    def _comments_part(self) -> str:
        name = self._parts.related(self._main, "comments")
        if name:
            return name
        folder = self._main.rpartition("/")[0]
        # A part of that name which the text does not refer to is somebody else's, and is left.
        name = f"{folder}/comments.xml"
        if name in self._parts.contents:
            name = self._parts.free_name(f"{folder}/comments", ".xml")
        empty = f"{_DECLARATION}<w:comments {_DRAWING}></w:comments>"
        self._parts.add(name, empty.encode(), _TYPE)
        self._parts.relate(self._main, "comments", name)
        return name

    def _write(
        self, part: str, comments: Iterable[Comment], author: str, initials: str
    ) -> list[int]:
        """Put the comments' words into their part; give their numbers."""
        xml = self._parts.contents[part]
        root = parse(xml)
        used = [int(one.get("id")) for one in root.all("comment") if one.get("id").isdecimal()]
        number = max(used, default=-1) + 1
        edits, numbers = Edits(xml), list[int]()
        for comment in comments:
            if number > _LARGEST_ID:
                message = "comments are numbered too high"
                raise SpliceError(message)
            edits.append(root, _comment(number, comment.text, author, initials).encode())
            numbers.append(number)
            number += 1
        self._parts.contents[part] = edits.result()
        return numbers


def _within(node: Node, name: str) -> Iterator[Node]:
    """Go through all that bears a name below a node, in the order of the file."""
    todo = [*reversed(node.children)]
    while todo:
        one = todo.pop()
        if one.name == name:
            yield one
        todo += reversed(one.children)


def _as_kept(text: str) -> str:
    """Give a comment's words as the file has them: what no file can hold is replaced."""
    return "\n".join(unescape(escaped(line)) for line in text.split("\n"))


def _comment(number: int, text: str, author: str, initials: str) -> str:
    """Write one comment; the namespace is declared anew, whatever prefixes the part has."""
    paragraphs = [
        f"<w:p>{_LOOK}{'<w:r><w:annotationRef/></w:r>' if first else ''}"
        f'<w:r>{_LETTERS}<w:t xml:space="preserve">{escaped(line)}</w:t></w:r></w:p>'
        for first, line in ((not index, line) for index, line in enumerate(text.split("\n")))
    ]
    return (
        f'<w:comment {_DRAWING} w:id="{number}" w:author="{escaped(author, quoted=True)}" '
        f'w:initials="{escaped(initials, quoted=True)}">{"".join(paragraphs)}</w:comment>'
    )


def changed_parts(data: bytes) -> set[str]:
    """Name the parts that comments may change; all others stay byte for byte."""
    opened = open_word(data)
    comments = opened.related("comments") or f"{opened.main.rpartition('/')[0]}/comments.xml"
    return {opened.main, comments, relations_of(opened.main), "[Content_Types].xml"}
