"""Cards that were found in order are not read again, and nothing kept is ever out of date."""

import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from xianxue.catalogue import remembered
from xianxue.catalogue.languages.words import words_of
from xianxue.catalogue.load import load
from xianxue.catalogue.remembered import find_cards

BASE = Path(__file__).parent / "base"
DOCUMENT = """
document: county-2025
title: 县里的办法（虚构）
issuer: 县教育局（虚构）
issued: 2025-01-01
seen: own
"""


class Kept(dict[str, bytes]):
    """A memory that lasts as long as a test."""

    def recall(self, name: str) -> bytes | None:
        """Give what is kept."""
        return self.get(name)

    def keep(self, name: str, said: bytes) -> None:
        """Keep it."""
        self[name] = said

    def __hash__(self) -> int:
        """Each is a place of its own."""
        return id(self)


def anew(memory: Kept) -> Kept:
    """A memory as the next process meets it."""
    remembered._at_hand.clear()
    return memory


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """The overlays of each time that cards were really read."""
    seen: list[tuple[Path, ...]] = []

    def counted(*overlays: Path, **how: Any) -> object:
        seen.append(overlays)
        return load(*overlays, **how)

    monkeypatch.setattr("xianxue.catalogue.load.load", counted)
    return seen


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """A county's folder with one document."""
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "own.yaml").write_text(DOCUMENT, encoding="utf-8")
    return folder


def test_the_national_cards_are_the_same_read_and_remembered(reads):
    memory = Kept()
    first, again, read = find_cards(memory), find_cards(anew(memory)), load().shelf
    assert len(reads) == 1
    assert first.shelf == again.shelf == read
    # Digests are made of how cards are written out, so that has to be the same, too.
    assert repr(again.shelf) == repr(read)
    assert list(again.issues) == []


def test_what_a_county_lays_over_the_cards_and_chooses_is_remembered_with_them(overlay, reads):
    memory = Kept()
    choice, card = next(iter(load().shelf.choices.items()))
    for chosen in ({}, {choice: card.options[-1]}):
        for _ in range(2):
            found = find_cards(anew(memory), overlay, chosen=chosen)
            assert found.shelf == load(overlay, chosen=chosen).shelf
            assert found.shelf.indicator(choice).indicator == chosen.get(choice, card.options[0])
    assert "county-2025" in found.shelf.sources
    assert len(reads) == 2


def test_a_changed_card_is_noticed_though_nothing_but_one_byte_has_changed(overlay, reads):
    memory, path = Kept(), overlay / "own.yaml"
    assert find_cards(memory, overlay).shelf.sources["county-2025"].issued.year == 2025
    seen = path.stat()
    path.write_text(DOCUMENT.replace("2025-01-01", "2024-01-01"), encoding="utf-8")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert path.stat().st_size == seen.st_size
    assert find_cards(memory, overlay).shelf.sources["county-2025"].issued.year == 2024
    assert len(reads) == 2


def test_a_national_card_that_changes_is_noticed(tmp_path, reads):
    memory, base = Kept(), tmp_path / "base"
    shutil.copytree(BASE, base)
    before = find_cards(memory, base=base)
    path = next(path for path in sorted(base.rglob("*.yaml")) if "sources" in path.parts)
    path.write_text(path.read_text(encoding="utf-8") + "# 注\n", encoding="utf-8")
    assert find_cards(memory, base=base).shelf == before.shelf
    assert len(reads) == 2


def test_a_process_that_asks_again_is_given_the_same_shelf(overlay, reads):
    memory = Kept()
    shelf = find_cards(memory, overlay).shelf
    memory.clear()
    assert find_cards(memory, overlay).shelf is shelf
    for number in range(remembered._AT_HAND + 1):
        find_cards(memory, overlay, chosen={"x": str(number)})
    assert len(remembered._at_hand) == remembered._AT_HAND


def test_another_program_judges_anew(overlay, reads, monkeypatch):
    memory = Kept()
    find_cards(memory, overlay)
    monkeypatch.setattr(remembered, "_program", lambda: "a later one")
    find_cards(memory, overlay)
    assert len(reads) == 2


def test_a_source_file_that_is_touched_is_another_program(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "judge.py").write_text("x = 1\n")
    (inner / "said.txt").write_text("no source\n")
    before = list(remembered._sources(tmp_path))
    assert [(Path(path).name, size) for path, size, _ in before] == [("judge.py", 6)]
    os.utime(inner / "judge.py", ns=(1, 1))
    assert list(remembered._sources(tmp_path)) != before
    assert remembered._program() == remembered._program()


def test_cards_with_a_fault_are_complained_of_every_time(overlay, reads):
    memory, path = Kept(), overlay / "own.yaml"
    path.write_text(DOCUMENT.replace("seen: own", "sen: own"), encoding="utf-8")
    complaints = [find_cards(memory, overlay).issues for _ in range(2)]
    assert complaints[0] == complaints[1] == load(overlay).issues != []
    (overlay / "note.yml").write_text("", encoding="utf-8")
    path.write_text(DOCUMENT, encoding="utf-8")
    assert [issue.code for issue in find_cards(memory, overlay).issues] == ["C-FILE"]
    assert [issue.code for issue in find_cards(memory, overlay / "gone").issues] == ["C-FOLDER"]
    assert memory == {}
    assert len(reads) == 4


NO_CARDS = {key: {"x": {"y": 1}} for key in remembered.KINDS}


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"\xc1",
        msgspec.msgpack.encode({"form": {}}),
        msgspec.msgpack.encode([1]),
        msgspec.msgpack.encode(NO_CARDS),
    ],
    ids=["nothing", "no-msgpack", "kinds-lacking", "another-shape", "no-cards"],
)
def test_what_is_no_set_of_cards_is_read_anew_and_kept_again(kept, overlay, reads):
    memory = Kept()
    right = find_cards(memory, overlay).shelf
    (name,) = memory
    memory[name] = kept
    assert find_cards(anew(memory), overlay).shelf == right
    assert find_cards(anew(memory), overlay).shelf == right
    assert len(reads) == 2


def test_a_card_saved_while_the_others_are_read_is_not_kept_under_the_old_name(
    overlay, monkeypatch
):
    memory, path = Kept(), overlay / "own.yaml"

    def slow(*overlays: Path, **how: Any) -> object:
        path.write_text(DOCUMENT.replace("2025-01-01", "2024-01-01"), encoding="utf-8")
        return load(*overlays, **how)

    monkeypatch.setattr("xianxue.catalogue.load.load", slow)
    find_cards(memory, overlay)
    assert memory == {}


def test_a_remembered_text_knows_where_it_stands():
    memory = Kept()
    find_cards(memory)
    codes = find_cards(anew(memory)).shelf.codes
    told = [
        codes[name].by_term("小学").term.told(words_of("en"))
        for name in ("school_types", "teaching_stages")
    ]

    assert told == ["primary school", "primary"]
