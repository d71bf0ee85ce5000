"""What is kept: made once, never older than what it is made from, and not more than fits."""

from __future__ import annotations

from threading import Barrier, Event, Thread

import pytest

from xianxue.desk.standing.kept import Kept


def together(count, ask):
    """Let so many threads ask at the same moment; give what each got."""
    start, got = Barrier(count), []

    def run():
        start.wait()
        got.append(ask())

    threads = [Thread(target=run) for _ in range(count)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    return got


def test_many_who_ask_at_once_have_it_made_once():
    kept, made, going = Kept(2), [], Event()

    def make(_):
        made.append(1)
        going.wait(0.2)
        return object()

    got = together(8, lambda: kept.get("a", lambda: 1, make))
    assert len(made) == 1
    assert len(got) == 8
    assert len(set(map(id, got))) == 1


def test_another_version_is_made_anew_from_the_one_before():
    kept, version = Kept(2), [1]
    seen = []

    def make(before):
        seen.append(before)
        return f"of {version[0]}"

    assert kept.get("a", lambda: version[0], make) == "of 1"
    version[0] = 2
    assert kept.get("a", lambda: version[0], make) == "of 2"
    assert kept.get("a", lambda: version[0], make) == "of 2"
    assert seen == [None, (1, "of 1")]


def test_what_changes_while_it_is_made_is_made_again():
    """The first making sees 1 and the world moves on to 2: what is given is of 2."""
    kept, world = Kept(2), [1]

    def make(_):
        found = world[0]
        world[0] = 2
        return found

    assert kept.get("a", lambda: world[0], make) == 2


def test_a_world_that_never_rests_gives_an_answer_and_keeps_none():
    kept, world = Kept(2), [0]

    def make(_):
        world[0] += 1
        return world[0]

    first = kept.get("a", lambda: world[0], make)
    assert kept.get("a", lambda: world[0], make) > first


def test_a_version_that_comes_back_is_not_taken_for_the_one_kept_meanwhile():
    kept, version, made = Kept(2), ["a"], []

    def make(_):
        made.append(version[0])
        return version[0]

    for now in ("a", "b", "a"):
        version[0] = now
        assert kept.get("x", lambda: version[0], make) == now
    assert made == ["a", "b", "a"]


def test_what_fails_is_told_to_everybody_and_not_kept():
    kept, tries = Kept(2), []

    def fail(_):
        tries.append(1)
        raise ValueError

    def ask():
        with pytest.raises(ValueError):
            kept.get("a", lambda: 1, fail)
        return True

    assert together(3, ask) == [True] * 3
    assert kept.get("a", lambda: 1, lambda _: "now") == "now"


def test_the_one_least_recently_asked_goes():
    kept, made = Kept(2), []

    def ask(name):
        def make(_):
            made.append(name)
            return name

        return kept.get(name, lambda: 1, make)

    for name in ("a", "b", "a", "c", "a", "b"):
        assert ask(name) == name
    assert made == ["a", "b", "c", "b"]
    assert len(kept) == 2


def test_one_slow_answer_keeps_nobody_from_another():
    kept, going = Kept(2), Event()
    slow = Thread(target=lambda: kept.get("slow", lambda: 1, lambda _: going.wait(10)))
    slow.start()
    assert kept.get("quick", lambda: 1, lambda _: "here") == "here"
    assert slow.is_alive()
    going.set()
    slow.join(10)
