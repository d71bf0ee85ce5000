"""Reads files behind hard walls: 2 seconds of the processor and 300 MB, each file by itself.

Started by ``test_fuzz.py`` as a program of its own, with the folder of the files. Everything is
imported once; each file is read in a fork, which the system ends where it meets a wall. One JSON
object a file is printed: ``{"file", "end", "taken", "issues"}``; ``end`` is 0 where it came to
an end by itself.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import traceback
from pathlib import Path

from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.catalogue.load import load

SECONDS = 2
MEGABYTES = 300
_PAGE = os.sysconf("SC_PAGE_SIZE")


def wall() -> None:
    """Let this process have so much and no more.

    Memory that is only reserved is walled off too: what the process may still reserve is what it
    may still hold.
    """
    sizes = Path("/proc/self/statm").read_text(encoding="ascii").split()
    reserved, held = (int(pages) * _PAGE for pages in sizes[:2])
    most = reserved - held + MEGABYTES * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: Path) -> None:
    """Read every file of a folder."""
    shelf = load().shelf
    for path in sorted(folder.iterdir()):
        ours, theirs = os.pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                wall()
                taken, issues = read_workbook(path.read_bytes(), path.name, shelf)
                said = {"taken": taken is not None, "issues": [each.as_dict() for each in issues]}
                with os.fdopen(theirs, "w", encoding="utf-8") as pipe:
                    json.dump(said, pipe)
                code = 0
            except BaseException:  # noqa: BLE001 - whatever it is, it must be seen
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(theirs)
        with os.fdopen(ours, encoding="utf-8") as pipe:
            told = pipe.read()
        end = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        said = json.loads(told) if end == 0 else {}
        sys.stdout.write(json.dumps({"file": path.name, "end": end, **said}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
