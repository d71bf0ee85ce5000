"""Documents dropped on the page: kept for their owner alone, marked where something is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.showing.marked import Marked, marked
from xianxue.bureau.documents.opening import open_document
from xianxue.desk.audit import dropped
from xianxue.desk.audit.comparison import look_at
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.workspace import national_shelf

TEXT = "全县有学校66所，其中小学22所，初中8所，幼儿园30所，其他学校5所。\n另有教师12人。\n甲\t乙\n1\t2\n"
"""22 + 8 + 30 + 5 = 65."""


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return Lexicon.of(national_shelf().wordlists.values())


@pytest.fixture(autouse=True)
def _forgetting() -> Iterator[None]:
    """Nothing is left for another test."""
    yield
    for who in ("甲", "乙"):
        for one in dropped.list_of(who):
            dropped.forget(one.key, who)


def mark(text: str, words: Lexicon) -> Marked:
    return marked(open_document(text.encode()), audit(text, words))


def test_a_document_is_its_owners_alone(words: Lexicon) -> None:
    one = dropped.take("甲", "a.txt", TEXT.encode())
    dropped.judge(one, words)

    assert dropped.find(one.key, "乙") is None
    dropped.forget(one.key, "乙")
    assert dropped.find(one.key, "甲") == one
    dropped.forget(one.key, "甲")
    assert dropped.find(one.key, "甲") is None
    assert dropped.known(one.key) is None


def test_only_the_last_few_are_kept() -> None:
    keys = [dropped.take("甲", f"{n}.txt", b"1").key for n in range(14)]

    assert [one.key for one in dropped.list_of("甲")] == keys[:1:-1]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "0 字节"),
        (b" \n", "没有文字"),
        (b"PK\x03\x04torn", "压缩结构不完整"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".doc"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(ComplaintsError) as refused:
        dropped.take("甲", "a.docx", data)

    assert said in str(refused.value)
    assert dropped.list_of("甲") == []


def test_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dropped, "LARGEST", 3)

    with pytest.raises(ComplaintsError):
        dropped.take("甲", "a.txt", b"1234")
    assert dropped.take("甲", "a.txt", b"123").data == b"123"


def test_what_would_hold_the_machine_is_refused_before_it_is_begun() -> None:
    with pytest.raises(ComplaintsError) as refused:
        dropped.take("甲", "a.txt", ("3、" * 1_000_000).encode())

    assert "分成几份" in str(refused.value)


def test_the_pieces_together_are_the_text(words: Lexicon) -> None:
    told = mark(TEXT, words)
    lines = [
        "\n".join(
            "\t".join("".join(piece.text for piece in cell) for cell in row) for row in one.rows
        )
        or "".join(piece.text for piece in one.pieces)
        for one in told.stretches
    ]

    assert "\n".join(lines) == TEXT


def test_a_wrong_total_is_marked_with_what_it_is_computed_from(words: Lexicon) -> None:
    told = mark(TEXT, words)
    (card,) = (one for one in told.cards if one.wrong)
    pieces = [piece for one in told.stretches for piece in one.pieces]

    assert (card.stated, card.computed, card.look) == ("66所", "65所", "inconsistent")
    assert card.terms == ("22所", "8所", "30所", "5所")
    assert card.sure
    assert [(one.text, one.role) for one in pieces if one.card == told.cards.index(card)] == [
        ("66所", "stated"),
        *((term, "term") for term in card.terms),
    ]
    assert [one.text for one in pieces if one.first] == ["66所"]
    assert [one.text for one in pieces if one.role == "loose"] == ["12人"]
    assert (told.wrong, told.counts["loose"]) == (1, 3)


def test_only_word_documents_take_comments(words: Lexicon) -> None:
    one = dropped.take("甲", "a.txt", TEXT.encode())

    with pytest.raises(ComplaintsError):
        dropped.commented(look_at(dropped.judge(one, words), None))
