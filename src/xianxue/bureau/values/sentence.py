"""Sentences that are Chinese at once and can be told in another language later.

A sentence is a ``str``: who asks for no language has finished Chinese in hand. It remembers the
template and the values it was made of, so that the edge of the house (a terminal, a page) can say
it again in another language. Nothing below the edge asks for the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any, Final, LiteralString, Self

Words = Mapping[str, str]
"""Templates of another language by the Chinese template, with the same placeholders."""

CAPITAL: Final = "Capital"
"""A placeholder's format in a translation: ``{saw:Capital}`` begins with a capital letter."""
APART: Final = "Apart"
"""``{n}{unit:Apart}``: a word stands apart from what is before it, a sign such as % does not."""
BEFORE: Final = "Before"
"""``{whose:Before}{n}``: a word stands apart from what is behind it; no word takes no space."""
_FIRST, _THEN = "{first}", "{then}"
_NOTHING: Final[Mapping[str, str | int]] = {}


class Sentence(str):
    """A finished Chinese sentence that knows its template and its values.

    Values are text, whole numbers, or sentences in their turn. Two sentences are equal where their
    Chinese is.

    >>> cell = say("{sheet}的第 {row} 行", sheet="学生", row=3)
    >>> cell
    '学生的第 3 行'
    >>> cell.told({"{sheet}的第 {row} 行": "row {row} of {sheet}"})
    'row 3 of 学生'
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, str | int]

    def __new__(cls, template: str, values: Mapping[str, str | int]) -> Self:
        """Fill the Chinese template; a placeholder without a value is a ``KeyError``."""
        # Without values the text stands as it is: a brace in it is a brace, not a placeholder.
        sentence = super().__new__(cls, template.format_map(values) if values else template)
        sentence.template = template
        sentence.values = values
        return sentence

    def __add__(self, other: str) -> Sentence:
        """Go on in the same sentence: both parts are kept, with nothing between them."""
        return Joined("", {"0": self, "1": other})

    def __radd__(self, other: str) -> Sentence:
        """Go on from a plain text."""
        return Joined("", {"0": other, "1": self})

    def __reduce__(self) -> tuple[Any, ...]:
        # Complaints come back from the intake's processes; a plain str would forget its parts.
        return type(self), (self.template, self.values)

    def told(self, words: Words) -> str:
        """Tell it in another language; what has no translation there stays Chinese."""
        template = words.get(self.template, self.template)
        values = {name: told(value, words) for name, value in self.values.items()}
        return _TELLER.vformat(template, (), values) if values else template


class Joined(Sentence):
    """Parts with a separator between them; the separator is another one in another language.

    Without a template they are parts of one sentence and touch each other in every language.
    """

    __slots__ = ()

    def __new__(cls, template: str, values: Mapping[str, str | int]) -> Self:
        """Join the values in their order; the template is ``{first}separator{then}``."""
        text = _between(template).join(map(str, values.values()))
        sentence = str.__new__(cls, text)
        sentence.template = template
        sentence.values = values
        return sentence

    def told(self, words: Words) -> str:
        """Tell each part, and join them as the other language does."""
        separator = _between(words.get(self.template, self.template))
        return separator.join(str(told(value, words)) for value in self.values.values())


class Phrase(Sentence):
    """A text somebody has declared, as a card's term: told as it stands, or as its place has it.

    The same Chinese may be two things in English (小学 is a stage, and a kind of school), so a
    translation for the ``context`` comes before one for the text alone, as gettext's ``msgctxt``.

    >>> english = {"小学": "primary", in_context("codes school_types", "小学"): "primary school"}
    >>> Phrase("小学", "codes school_types").told(english), Phrase("小学").told(english)
    ('primary school', 'primary')
    """

    __slots__ = ("context",)
    context: str

    def __new__(cls, text: str, context: str = "") -> Self:
        """Keep the text with where it was declared."""
        phrase = str.__new__(cls, text)
        phrase.template = text
        phrase.values = _NOTHING
        phrase.context = context
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.template, self.context)

    def told(self, words: Words) -> str:
        """Tell it as its context has it, else as the text has it; else it stays as it is."""
        found = words.get(in_context(self.context, self.template)) if self.context else None
        return words.get(self.template, self.template) if found is None else found


def in_context(context: str, text: str) -> str:
    """Give the key of a text in a context, as gettext's compiled catalogues write it."""
    return f"{context}\x04{text}" if context else text


def say(template: LiteralString, /, **values: object) -> Sentence:
    """Say something in Chinese that can be told in another language later.

    The template is the key in the catalogue, so it is written out where it is said: no f-string,
    no sum. A value that is neither text nor a whole number is kept as the text it is shown as.

    >>> say("收下 {count} 份。", count=2)
    '收下 2 份。'
    """
    return Sentence(template, {name: _kept(value) for name, value in values.items()})


def joined(separator: LiteralString, parts: Iterable[object]) -> Sentence:
    """Join parts, each of which may be a sentence, and keep what each is made of.

    With an empty separator, whole sentences follow each other: English puts a space between them.

    >>> joined("、", ["学生", say("教师")])
    '学生、教师'
    >>> english = {"{first}、{then}": "{first}, {then}", "教师": "teachers"}
    >>> joined("、", ["学生", say("教师")]).told(english)
    '学生, teachers'
    """
    kept = {str(at): _kept(part) for at, part in enumerate(parts)}
    return Joined(f"{_FIRST}{separator}{_THEN}", kept)


def glued(parts: Iterable[object]) -> Sentence:
    """Put parts of one sentence together as they are, with nothing between them anywhere."""
    return Joined("", {str(at): _kept(part) for at, part in enumerate(parts)})


def told(value: str | int, words: Words) -> str | int:
    """Tell a value if it is a sentence; anything else is the same in all languages."""
    return value.told(words) if isinstance(value, Sentence) else value


def _kept(value: object) -> str | int:
    return value if isinstance(value, (str, int)) else str(value)


def _between(template: str) -> str:
    return template.removeprefix(_FIRST).removesuffix(_THEN)


class _Teller(Formatter):
    """Fills a translation: what English needs and Chinese does not stands after a colon.

    ``{n:file|files}`` is the one word or the other by the number, without the number; a text that
    is ``1`` counts as one. ``{x:Capital}`` begins with a capital letter, as after a full stop.
    ``{unit:Apart}`` has a space before it where it is a word, ``{whose:Before}`` one behind it.
    """

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if str(value) == "1" else many
        if format_spec == CAPITAL:
            text = str(value)
            return text[:1].upper() + text[1:]
        if format_spec == APART:
            text = str(value)
            # 97% but 30 m²; and nothing at all where there is no unit.
            return f" {text}" if text[:1].isalpha() else text
        if format_spec == BEFORE:
            return f"{value} " if value else ""
        return super().format_field(value, format_spec)


_TELLER: Final = _Teller()
