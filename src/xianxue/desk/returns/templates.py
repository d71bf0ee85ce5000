"""Templates for many places: into a folder or one zip, whole or not at all.

Every workbook is made of the same things, so that making it anew gives the same bytes; a zip
holds them in the order of their places' codes, with a fixed date.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Words
from xianxue.desk.stores.whole_files import whole, write_zip

_PAYS_FROM: Final = 120
"""Templates from which starting further processes takes less time than it saves."""
_AT_ONCE: Final = 8
"""Places handed to a process at a time."""

Job = tuple[Place, Prefill]
Done = Callable[[int], object]
"""Told how many more are finished."""


class Batch(Record):
    """What all workbooks of one round have in common."""

    form: Form
    period: Period
    shelf: Shelf
    words: Words = field(default_factory=dict[str, str])
    """Of the language that instructions are said in beside Chinese."""
    county: str = ""
    """The county's name, for the form's head."""

    def make(self, job: Job) -> tuple[str, bytes]:
        """Make one workbook, with its file's name."""
        from xianxue.bureau.returns.template.workbook import (  # noqa: PLC0415 - XlsxWriter
            write_workbook,
        )

        place, prefill = job
        day = self.period.reference_day
        data = write_workbook(
            self.form.at(day),
            place,
            self.period,
            self.shelf.codes,
            prefill=prefill,
            shelf=self.shelf.at(day),
            words=self.words,
            county=self.county,
        )
        return file_name(self.form, place, self.period), data


def file_name(form: Form, place: Place, period: Period) -> str:
    """Name a workbook so that it sorts by school and says what it is."""
    name = place.name_on(period.reference_day)
    return f"{place.code}_{name}_{form.term}_{period.code}.xlsx"


def write_templates(
    batch: Batch,
    places: Sequence[Place],
    prefills: Mapping[str, Prefill],
    output: Path,
    done: Done = lambda _: None,
) -> list[Path]:
    """Write a workbook for each place into a zip (``output`` ends in .zip) or a folder.

    What stands there and says anything else is left as it is, and named: somebody may have filled
    it in.
    """
    jobs = [(place, prefills[place.code]) for place in sorted(places, key=lambda p: p.code)]
    made = _made(batch, jobs, done)
    if output.suffix.lower() == ".zip":
        return [] if write_zip(output, made, instead=False) else [output]
    output.mkdir(parents=True, exist_ok=True)
    return [output / name for name, data in made if not write_new(output / name, data)]


def write_new(target: Path, data: bytes) -> bool:
    """Write a template where nothing stands, or the same; False where something else does."""
    if target.exists():
        # A template is the same bytes each time; what was saved by a person never is.
        return target.is_file() and target.read_bytes() == data
    with whole(target) as scratch:
        scratch.write_bytes(data)
    return True


def _made(batch: Batch, jobs: Sequence[Job], done: Done) -> Iterator[tuple[str, bytes]]:
    cores = os.cpu_count() or 1
    if cores == 1 or len(jobs) < _PAYS_FROM:
        for job in jobs:
            yield batch.make(job)
            done(1)
        return
    # Fresh processes: one that was forked off could wait forever for the engine's threads.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, context, _take_over, (batch,)) as pool:
        try:
            for made in pool.map(_make, jobs, chunksize=_AT_ONCE):
                yield made
                done(1)
        # An interruption too: without this the pool would first make all that is left.
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


_BATCH: list[Batch] = []


def _take_over(batch: Batch) -> None:
    """Keep what is common in a fresh process, so that each job carries only its place."""
    # An interruption is answered by the process that gathers the workbooks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _BATCH[:] = [batch]


def _make(job: Job) -> tuple[str, bytes]:
    return _BATCH[0].make(job)
