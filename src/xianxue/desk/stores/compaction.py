"""Compacting the cabinet: many small batches become one file of a form and period.

A county of a thousand schools that file one by one has a thousand files a form and period; reading
them is opening them. At a release what is kept of its period is laid into one file. The order of
things makes a death at any point harmless: the new file appears whole, is read back and compared
return by return with what it replaces, and only then the old files are removed. A process that
dies in between leaves both, and both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from xianxue.bureau.records.returned import Return
from xianxue.desk.stores.cabinet import (
    BATCH,
    Cabinet,
    Kept,
    settle_folder,
    write_in_one_step,
)
from xianxue.desk.stores.cell_lines import as_sealed_file, frame_of
from xianxue.desk.stores.harm import HarmedError


class UnlikeError(RuntimeError):
    """A compacted file does not give back what went into it; nothing was removed."""


def compact(cabinet: Cabinet, kept: Sequence[Kept]) -> int:
    """Lay all revisions of a period into one file a form; give how many batches went into it.

    ``kept`` has every revision that the database refers to in the period, accepted or not: a batch
    is removed only when all of it lies in compacted files. Nobody else may compact meanwhile.
    UnlikeError where a new file does not read back the same.
    """
    loose = {item.batch for item in kept if cabinet.loose(item.batch).is_file()}
    if not loose:
        return 0
    period = kept[0].period
    laid: set[tuple[str, str]] = set()
    for form in sorted({item.form for item in kept if item.batch in loose}):
        of_form = [item for item in kept if item.form == form]
        earlier = cabinet.compacted(form, period)
        target = _lay(cabinet, form, period, of_form, earlier)
        _compare(cabinet, target, of_form)
        for path in earlier:
            if path != target:
                path.unlink()
        settle_folder(target.parent)
        laid.update((item.batch, form) for item in of_form)
    # A batch of an old store may hold several forms and periods: it goes when all of them are laid.
    whole = {
        batch
        for batch in loose
        if all(
            (batch, form) in laid if part == period else _holds(cabinet, batch, form, part)
            for form, part in _parts(cabinet.loose(batch))
        )
    }
    for batch in sorted(whole):
        cabinet.loose(batch).unlink()
    settle_folder(cabinet.root / "batches")
    return len(whole)


def _lay(
    cabinet: Cabinet, form: str, period: str, kept: Sequence[Kept], earlier: Iterable[Path]
) -> Path:
    """Write the file; a line keeps the order it had in its batch."""
    batches = sorted({item.batch for item in kept})
    parts = [pl.read_parquet(path) for path in earlier]
    held = {batch for part in parts for batch in part[BATCH].unique().to_list()}
    for batch in batches:
        if batch not in held:
            cells = pl.read_parquet(cabinet.loose(batch)).filter(
                (pl.col("form") == form) & (pl.col("period") == period)
            )
            parts.append(cells.with_columns(pl.lit(batch).alias(BATCH)))
    # Stable: cells of one batch stay as they were filed.
    frame = pl.concat(parts).sort(BATCH, maintain_order=True)
    return lay(cabinet, form, period, frame)


def lay(cabinet: Cabinet, form: str, period: str, frame: pl.DataFrame) -> Path:
    """Write a compacted file under the digest of its bytes."""
    data, name = as_sealed_file(frame)
    target = cabinet.root / "compacted" / form / period / f"{name}.parquet"
    write_in_one_step(target, lambda path: path.write_bytes(data))
    return target


def lay_returns(
    cabinet: Cabinet, form: str, period: str, found: Iterable[tuple[str, Return]]
) -> Path:
    """Write a compacted file out of returns, each with the batch it is known by."""
    frames = [frame_of([filed]).with_columns(pl.lit(batch).alias(BATCH)) for batch, filed in found]
    return lay(cabinet, form, period, pl.concat(frames).sort(BATCH, maintain_order=True))


def _compare(cabinet: Cabinet, target: Path, kept: Sequence[Kept]) -> None:
    """Read each return back out of the new file, as it stands on the disk."""
    filed, faults = cabinet.read_and_hold(kept)
    if faults or filed != cabinet.read_and_hold(kept, only=target)[0]:
        target.unlink()
        if faults:
            raise HarmedError(faults)
        message = f"{target} does not read back as it was written; the batches were kept"
        raise UnlikeError(message)


def _parts(path: Path) -> list[tuple[str, str]]:
    """Give the forms and periods a batch holds returns of."""
    return pl.scan_parquet(path).select("form", "period").unique().collect().rows()


def _holds(cabinet: Cabinet, batch: str, form: str, period: str) -> bool:
    """Whether another period's compacted files have a batch: those of old stores span several."""
    return any(
        batch in pl.scan_parquet(path).select(BATCH).unique().collect()[BATCH]
        for path in cabinet.compacted(form, period)
    )
