"""Python programs that begin where another has come to: with everything loaded, in a copy of it.

A server or a command of ours spends its first seconds with imports. Here one process, started the
first time, imports all of it and waits; each program is a copy of it, with its own words, folder,
environment and files, and ends as any program does. `popen` and `run` are called like those of
`subprocess`, with `[sys.executable, "-c", source, …]` or `[sys.executable, file, …]`.

What a real start is made of is tested by real starts: `tests/web/test_killed.py`, `test_deploy.py`,
the README's commands, and whatever else calls `subprocess`.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

_LARGEST = 1 << 20
"""Bytes of what a program is told: its words and its environment."""
_UNLOADED = ("xianxue.desk.migrations", "xianxue.catalogue.examples")
_STANDARD = 3


class Program:
    """A program that runs: as much of `subprocess.Popen` as is asked of it."""

    def __init__(self, args: Sequence[str], line: socket.socket) -> None:
        self.args = args
        self.returncode: int | None = None
        self._line = line
        self.pid = int(line.recv(_LARGEST))

    def poll(self) -> int | None:
        """How it ended; None as long as it runs."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended."""
        ended = self._ended(timeout)
        if ended is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return ended

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self._send(signal.SIGKILL)

    def _send(self, what: signal.Signals) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, what)

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._line], [], [], timeout)[0]:
            said = self._line.recv(_LARGEST)
            assert said, f"what {self.args} was a copy of has died"
            self.returncode = int(said)
            self._line.close()
        return self.returncode


class Warmed:
    """The process that has everything loaded, from here."""

    def __init__(self) -> None:
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
        self._line, self._alone = here, threading.Lock()
        source = str(Path(__file__).parents[2] / "src")
        path = os.pathsep.join(filter(None, [source, os.environ.get("PYTHONPATH")]))
        with there:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(there.fileno())],
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path, "POLARS_MAX_THREADS": "1"},
            )

    def begin(
        self, args: Sequence[str], cwd: Path | str, env: Mapping[str, str], files: list[int]
    ) -> Program:
        """Begin a program on three files."""
        told = json.dumps([list(args), str(cwd), dict(env)]).encode()
        mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its, self._alone:
            socket.send_fds(self._line, [told], [*files, its.fileno()])
        return Program(args, mine)

    def end(self) -> None:
        """Nothing more is begun; what runs goes on."""
        self._line.close()
        self.process.wait()


_warmed: list[Warmed] = []


def popen(  # noqa: PLR0913 - as `subprocess.Popen` has them
    args: Sequence[object],
    *,
    stdin: Any,
    stdout: Any,
    stderr: Any,
    env: Mapping[str, str],
    cwd: Path | str | None = None,
) -> Program | subprocess.Popen[bytes]:
    """Begin a program; each of its three files is one that is open, or `subprocess.DEVNULL`."""
    words = [str(each) for each in args]
    assert words[0] == sys.executable, "only our own Python is warm"
    if sys.platform != "linux":
        return subprocess.Popen(words, stdin=stdin, stdout=stdout, stderr=stderr, env=env, cwd=cwd)
    if not _warmed:
        _warmed.append(Warmed())
    with open(os.devnull, "r+b") as nothing:
        files = [nothing if one == subprocess.DEVNULL else one for one in (stdin, stdout, stderr)]
        return _warmed[0].begin(words, cwd or Path.cwd(), env, [one.fileno() for one in files])


def run(  # noqa: PLR0913 - as `subprocess.run` has them
    args: Sequence[object],
    *,
    env: Mapping[str, str],
    cwd: Path | str | None = None,
    input: str = "",  # noqa: A002 - as `subprocess.run` has it
    together: bool = False,
    timeout: float | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; give what it wrote, complaints among it where `together`."""
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        given.write(input.encode())
        given.seek(0)
        program = popen(
            args, stdin=given, stdout=out, stderr=out if together else err, env=env, cwd=cwd
        )
        code = program.wait(timeout)
        out.seek(0)
        err.seek(0)
        said = [each.read().decode("utf-8") for each in (out, err)]
    return subprocess.CompletedProcess([str(each) for each in args], code, *said)


def end() -> None:
    """Let go of the process that waits, if one does."""
    while _warmed:
        _warmed.pop().end()


# ── the process that waits ──────────────────────────────────────────────────


def _load() -> None:
    """Import what any command and any page needs; nothing is computed, so no thread of ours runs."""
    import quick_sqlite  # noqa: PLC0415 - in the process that waits alone

    folder = Path(tempfile.mkdtemp(prefix="xianxue-warm-"))
    # A new store begins with a copy here too; that one is laid out as at a county's desk, other
    # tests see.
    quick_sqlite.copy_what_is_migrated(folder)
    import shutil  # noqa: PLC0415 - as above

    from django.db import connections  # noqa: PLC0415 - as above

    import xianxue  # noqa: PLC0415 - as above

    connections.close_all()
    shutil.rmtree(folder)
    for each in pkgutil.walk_packages(xianxue.__path__, "xianxue."):
        if not each.name.startswith(_UNLOADED):
            import_module(each.name)


def _wait(line: socket.socket) -> Any:
    """Make copies as long as somebody asks for them; in a copy, give what it is to do."""
    running: dict[int, tuple[int, socket.socket]] = {}
    while True:
        for ended in select.select([line, *running], [], [])[0]:
            if ended is not line:
                pid, its = running.pop(ended)
                with its, suppress(OSError):
                    its.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())
                os.close(ended)
                continue
            told, files, _, _ = socket.recv_fds(line, _LARGEST, _STANDARD + 1)
            if not told:
                return None
            its = socket.socket(fileno=files[_STANDARD])
            pid = os.fork()
            if not pid:
                line.close()
                its.close()
                for end, (_, other) in running.items():
                    os.close(end)
                    other.close()
                return json.loads(told), files[:_STANDARD]
            for each in files[:_STANDARD]:
                os.close(each)
            with suppress(OSError):
                its.send(str(pid).encode())
            running[os.pidfd_open(pid)] = pid, its


def _become(args: list[str], cwd: str, env: dict[str, str], files: list[int]) -> None:
    """Be the program: from here on nothing knows that it did not start by itself."""
    for number, each in enumerate(files):
        os.dup2(each, number)
        os.close(each)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    time.tzset()
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(line_buffering=False, write_through=bool(env.get("PYTHONUNBUFFERED")))
    _, first, *rest = args
    source = rest.pop(0) if first == "-c" else Path(first).read_text(encoding="utf-8")
    sys.argv = [first, *rest]
    sys.path.insert(0, "" if first == "-c" else str(Path(first).parent))
    main = {"__name__": "__main__", "__builtins__": __builtins__, "__file__": first}
    exec(compile(source, "<string>" if first == "-c" else first, "exec"), main)  # noqa: S102 - it is the tests' own


def _main() -> None:
    _load()
    gc.collect()
    gc.freeze()
    told = _wait(socket.socket(fileno=int(sys.argv[1])))
    if told is None:
        # Nothing here is worth the look that Python would take at all of it.
        os._exit(0)
    (args, cwd, env), files = told
    try:
        _become(args, cwd, env, files)
    except Exception:  # noqa: BLE001 - told as Python itself would
        traceback.print_exc()
        sys.exit(1)


if __name__ == "__main__":
    _main()
