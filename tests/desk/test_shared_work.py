"""Work shared between this process and others: every job once, its results in order."""

import os
import sys
import time
from pathlib import Path
from typing import NoReturn

import pytest

from xianxue.desk.stores.cores import one_thread, share

# The process of the tests has threads; what is forked here asks none of them.
pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")


def squared(job: int) -> tuple[int, int]:
    time.sleep(0.01)
    return job * job, os.getpid()


def failing(job: int) -> NoReturn:
    raise ValueError(job)


def test_every_job_is_done_once_and_both_take_part() -> None:
    done = share(squared, range(40), 1, lambda: time.sleep(0.1), way="fork")
    assert [result for result, _ in done] == [job * job for job in range(40)]
    by = [process for _, process in done]
    assert len(set(by)) == 2
    # The others from the front, this one from the back.
    assert by.index(os.getpid()) == by.count(by[0])


def test_with_nothing_to_do_only_the_rest_is_done() -> None:
    told: list[str] = []
    assert share(squared, [], 1, lambda: told.append("loaded"), way="fork") == []
    assert told == ["loaded"]


def test_what_fails_anywhere_fails_here() -> None:
    with pytest.raises(ValueError, match=r"^\d+$"):
        share(failing, range(5), 1, way="fork")


def test_what_fails_meanwhile_ends_the_others(tmp_path: Path) -> None:
    def marks(job: int) -> None:
        time.sleep(0.01)
        (tmp_path / str(job)).touch()

    def fails() -> NoReturn:
        message = "meanwhile"
        raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="meanwhile"):
        share(marks, range(3000), 1, fails, way="fork")
    done = len(list(tmp_path.iterdir()))
    assert done < 3000
    time.sleep(0.1)
    assert len(list(tmp_path.iterdir())) == done


@pytest.mark.parametrize(
    ("loaded", "said", "expected"),
    [(False, None, "1"), (False, "4", "4"), (True, None, None)],
    ids=["nothing said", "said by somebody", "loaded already"],
)
def test_the_engine_has_one_thread_unless_it_has_begun_or_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, loaded: bool, said: str | None, expected: str | None
) -> None:
    # Registered for undoing, whatever the function does to it.
    monkeypatch.setenv("POLARS_MAX_THREADS", "")
    monkeypatch.delenv("POLARS_MAX_THREADS")
    if said is not None:
        monkeypatch.setenv("POLARS_MAX_THREADS", said)
    if loaded:
        monkeypatch.setitem(sys.modules, "polars", object())
    else:
        monkeypatch.delitem(sys.modules, "polars", raising=False)
    one_thread()
    assert os.environ.get("POLARS_MAX_THREADS") == expected
