"""How cards are put into words: sums, conditions, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pages.words import ATTRIBUTES, bound_words, stage_words
from xianxue.bureau.kinds.card import Bound, Cited, Condition, Where
from xianxue.bureau.kinds.form import Term
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.places.stages import Stage

OWN: Final = "xianxue-own"
"""The source card for what this project defines itself: nothing is cited."""


class Words:
    """The cards of a shelf in Chinese."""

    def __init__(self, shelf: Shelf) -> None:
        """Take the cards; they must be without fault."""
        self.shelf = shelf

    def added(self, terms: Sequence[str | Term]) -> str:
        """Write a sum."""
        said = ""
        for item in terms:
            term = Term(field=item) if isinstance(item, str) else item
            sign = " − " if term.times < 0 else " + "
            times = "" if abs(term.times) == 1 else f"{abs(term.times)} × "
            said += (sign if said or term.times < 0 else "") + times + self._term(term)
        return said.strip()

    def _term(self, term: Term) -> str:
        if term.count:
            counted = self.shelf.table(term.count)
            name = f"〔{counted.term}〕行数" if counted else "在办学校数"
        else:
            name = self._name(term.field)
        sheet = term.count or term.field.partition(".")[0]
        return name + (f"（{self.where(term.where, sheet)}）" if term.where else "")

    def _name(self, reference: str) -> str:
        found = self.shelf.field(reference)
        return f"〔{found[0].term}〕{found[1].term}" if found else reference

    def where(self, where: Where, sheet: str = "") -> str:
        """Write conditions on a sheet's rows or on places."""
        return "，".join(self._condition(name, it, sheet) for name, it in where.items())

    def _condition(self, name: str, condition: Condition, sheet: str) -> str:
        found = self.shelf.field(name if "." in name else f"{sheet}.{name}")
        term = found[1].term if found else ATTRIBUTES.get(name, name)
        if isinstance(condition, Bound):
            return f"{term}{bound_words(condition)}"
        if isinstance(condition, bool):
            return f"{term}：{'是' if condition else '否'}"
        codes = [condition] if isinstance(condition, str) else condition
        if name == "stage":
            return f"{term}：{stage_words(map(Stage, codes))}"
        listed = self._list_of(name, sheet) or (found[1].codes if found else "")
        return f"{term}：{self.terms(listed, codes) if listed else '、'.join(codes)}"

    def _list_of(self, name: str, sheet: str) -> str:
        """Name the code list of an attribute, or of a grid's rows."""
        if name == "row":
            found = self.shelf.table(sheet)
            return found.rows if found else ""
        return {"school_type": "school_types", "sponsor": "sponsors"}.get(
            name, name if name in self.shelf.codes else ""
        )

    def terms(self, codes: str, wanted: Iterable[str]) -> str:
        """Write codes of a list by their terms."""
        found = self.shelf.codes[codes]
        return "、".join(e.term for code in wanted if (e := found.entry(code)) is not None)

    def cited(self, cited: Cited) -> str:
        """Write where a card comes from, with its remark."""
        note = f"；{cited.note.rstrip('。')}" if cited.note else ""
        return self.citation(cited.citation) + note

    def citation(self, citation: Citation) -> str:
        """Write a citation, always with how well it has been seen."""
        if citation.document == OWN:
            return citation.seen.term
        source = self.shelf.sources[citation.document]
        return f"{source.name}{citation.article}（{citation.seen.term}）"
