"""Writing marked copies of workbooks beside each other in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import MappingProxyType

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.marking.mark import mark, marked_name
from xianxue.bureau.returns.marking.remarks import told_twice
from xianxue.bureau.values.sentence import Words
from xianxue.desk.returns.intake import file_names
from xianxue.desk.stores.given.given_workbooks import read_file


def write_marked(
    files: Sequence[Path],
    issues: Sequence[Issue],
    folder: Path,
    words: Words = MappingProxyType({}),
    *,
    every: bool = False,
) -> list[Path]:
    """Write 〔原名〕_校验.xlsx for each file that is complained of; give what was written.

    A marked copy that is checked again and has nothing left to complain of is written clean.
    Each copy appears whole or not at all; originals stay untouched, but a marked copy in the
    same folder is replaced by its newer self. With ``words``, each complaint is told in that
    language too. What follows from one mistake is marked by it, unless ``every`` one is asked for.
    """
    by_file: dict[str, list[Issue]] = {}
    for issue in issues:
        by_file.setdefault(issue.file, []).append(told_twice(issue, words))
    targets = _targets(files, folder)
    folder.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for path, name, target in zip(files, file_names(files), targets, strict=True):
        try:
            data = read_file(path)
        except RefusedError:  # said already when it was checked; there is nothing to write on
            continue
        copy = mark(data, by_file.get(name, []), file=path.name, every=every)
        if copy is data:  # nothing to put on, and nothing of an earlier check to take off
            continue
        scratch = target.with_name(f".{target.name}.part")
        scratch.write_bytes(copy)
        scratch.replace(target)
        made.append(target)
    return made


def _targets(files: Sequence[Path], folder: Path) -> list[Path]:
    """Name the copies; of files that would be called the same, each is told by its folder too."""
    names = [marked_name(path.name) for path in files]
    often = Counter(names)
    own = [
        name if often[name] == 1 else f"{path.absolute().parent.name}_{name}"
        for path, name in zip(files, names, strict=True)
    ]
    taken: Counter[str] = Counter()
    targets: list[Path] = []
    for name in own:
        taken[name] += 1
        stem = name.removesuffix(".xlsx")
        targets.append(folder / (name if taken[name] == 1 else f"{stem}（{taken[name]}）.xlsx"))
    return targets
