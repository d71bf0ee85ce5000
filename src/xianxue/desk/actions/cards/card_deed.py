"""What deeds on the county's own cards stand on: who acts, which door a card passes, one file."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.subject import Actor, Done, Subject
from xianxue.catalogue.load import load
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.stores.own_cards import OwnCards, UnwritableError
from xianxue.desk.stores.settings_file import NAME
from xianxue.desk.workspace import MAPPINGS, ComplaintsError, Workspace


class CardDeed(Record):
    """Who changes the county's own cards, when and why."""

    workspace: Workspace
    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    @property
    def cards(self) -> OwnCards:
        """The folder of the county's own cards."""
        return OwnCards(self.workspace.root, self.workspace.settings.overlays)

    def about(self, kind: str, ident: str, title: Sentence | str) -> Subject:
        """Give a card as the policy speaks of it."""
        return Subject(kind, ident, self.ground.register.county.code, title=title)

    def ask(self, deed: str, subject: Subject, done: Sequence[Done] = ()) -> None:
        """Ask the policy; ComplaintsError where the actor may not."""
        granted(self.ground.authority.may(self.actor, deed, subject, done=done))

    def refuse(
        self, subject: Subject, saw: Sentence, required: Sentence, do: Sentence | str = ""
    ) -> NoReturn:
        """Refuse what may not be done now."""
        raise ComplaintsError([complain("F-CARD", subject, saw, required, do)])

    def through_the_door(self, text: str) -> None:
        """Read a card with all that is in force; ComplaintsError where it would not be taken."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "card.yaml"
            path.write_text(text, encoding="utf-8")
            self._read(*self._overlays(), path)

    def without(self, place: str) -> None:
        """Read the county's cards without one; ComplaintsError where another rests on it."""
        root, folder = self.workspace.root, self.cards.folder
        with TemporaryDirectory() as scratch:
            copy = Path(scratch) / Path(folder).name
            shutil.copytree(root / folder, copy)
            (copy / Path(place).relative_to(folder)).unlink(missing_ok=True)
            self.read_with(root / folder, copy)

    def read_with(self, own: Path, copy: Path) -> None:
        """Read the county's cards with a folder of them changed; ComplaintsError as above."""
        here = own.resolve()
        self._read(*(copy if one.resolve() == here else one for one in self._overlays()))

    @contextmanager
    def changing(self, place: str) -> Iterator[None]:
        """Open the transaction of a deed on a card's file: all of it happens, or nothing."""
        try:
            with self.cards.guarded(place), writing():
                yield
        except UnwritableError:
            saw = say("{file} 里的 overlays 写法特殊，没有改动", file=NAME)
            required = say('overlays 写成一行：overlays = ["{folder}"]', folder=self.cards.folder)
            subject = self.about("catalogue", "", say("本县规则"))
            self.refuse(subject, saw, required, say("请系统管理员在这个文件里加上，再办一次"))

    def tell(self, deed: str, subject: str, detail: dict[str, object]) -> None:
        """Write the journal's line of a deed."""
        tell_of(self, deed, subject, detail, self.why.strip())

    def _overlays(self) -> list[Path]:
        root, names = self.workspace.root, self.workspace.settings.overlays
        mappings = [root / MAPPINGS] if (root / MAPPINGS).is_dir() else []
        return [*(root / name for name in names), *mappings]

    def _read(self, *overlays: Path) -> None:
        loaded = load(*overlays, chosen=self.workspace.settings.choose)
        if loaded.issues:
            raise ComplaintsError(list(loaded.issues))


def digest_of(text: str) -> str:
    """Digest a card's text, as the journal keeps it."""
    return hashlib.sha256(text.encode()).hexdigest()
