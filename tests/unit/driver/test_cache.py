"""The cache folder: what goes in comes out, whatever others do to the folder meanwhile."""

import os
import time
from multiprocessing import get_context
from pathlib import Path

import pytest

from qz.driver.caching.cache import Cache, default_folder, open_cache
from qz.driver.caching.fingerprint import digest

KEY = digest(b"key")


def test_what_was_put_is_found(tmp_path):
    cache = Cache(str(tmp_path / "c"))
    assert cache.get(KEY) is None
    assert cache.put(KEY, b"data")
    assert cache.get(KEY) == b"data"
    assert Cache(str(tmp_path / "c")).get(KEY) == b"data"


def test_a_later_value_replaces_an_earlier_one(tmp_path):
    cache = Cache(str(tmp_path))
    cache.put(KEY, b"long ago")
    cache.put(KEY, b"now")
    assert cache.get(KEY) == b"now"


def test_what_was_used_longest_ago_goes_first(tmp_path):
    cache = Cache(str(tmp_path), limit_bytes=1000)
    keys = [digest(bytes([n])) for n in range(12)]
    for age, key in enumerate(keys):
        cache.put(key, bytes(96))  # and a checksum
        os.utime(cache.path(key), (time.time() - 1000 + age,) * 2)
    assert cache.get(keys[0]) is not None  # used again, and thus the newest
    cache.bound()
    left = [key for key in keys if os.path.exists(cache.path(key))]
    assert left == [keys[0], *keys[-6:]]  # 700 of the 750 bytes that a clean-up leaves


def test_a_cache_within_its_limit_is_left_alone(tmp_path):
    cache = Cache(str(tmp_path), limit_bytes=1000)
    for n in range(10):
        cache.put(digest(bytes([n])), bytes(96))
    cache.bound()
    assert cache.stats() == (10, 1000)


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: b"", lambda data: b"x" + data[1:]])
def test_what_is_damaged_is_not_there(tmp_path, change):
    cache = Cache(str(tmp_path))
    cache.put(KEY, b"data")
    path = Path(cache.path(KEY))
    path.write_bytes(change(path.read_bytes()))
    assert cache.get(KEY) is None
    assert not path.exists()


def test_half_written_files_of_the_dead_go_and_those_of_the_living_stay(tmp_path):
    cache = Cache(str(tmp_path))
    cache.put(KEY, b"data")
    old, new = (f"{cache.path(KEY)}.{n}.part" for n in (1, 2))
    for path in (old, new):
        with open(path, "wb") as file:
            file.write(b"half")
    os.utime(old, (time.time() - 86400,) * 2)
    cache.bound()
    assert not os.path.exists(old)
    assert os.path.exists(new)
    assert cache.get(KEY) == b"data"


def test_cleaning_tells_what_was_there(tmp_path):
    cache = Cache(str(tmp_path))
    cache.put(KEY, b"data")
    assert cache.clean() == (1, 8)
    assert cache.stats() == (0, 0)
    assert cache.get(KEY) is None


@pytest.mark.parametrize("folder", ["/proc/nowhere/cache", "/dev/null/cache"])
def test_an_unusable_folder_is_no_cache(folder):
    cache = Cache(folder)
    assert not cache.put(KEY, b"data")
    assert cache.get(KEY) is None
    assert cache.stats() == (0, 0)


def test_the_folder_follows_the_convention(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_folder() == "/somewhere/quartz"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/somewhere/me")
    assert default_folder() == "/somewhere/me/.cache/quartz"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert default_folder() == "/somewhere/me/.cache/quartz"
    assert open_cache(wanted=False) is None


def _write_for_ever(folder: str) -> None:
    cache = Cache(folder, limit_bytes=200_000)
    n = 0
    while True:
        n = (n + 1) % 40
        cache.put(digest(bytes([n])), bytes([n]) * 20_000)
        if n % 10 == 0:
            cache.bound()


@pytest.mark.parametrize("seconds", [0.15])
def test_writers_that_are_killed_leave_only_whole_entries(tmp_path, seconds):
    cache = Cache(str(tmp_path))
    context = get_context("fork")
    for _ in range(8):
        writers = [context.Process(target=_write_for_ever, args=(str(tmp_path),)) for _ in range(2)]
        for writer in writers:
            writer.start()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for n in range(40):
                assert cache.get(digest(bytes([n]))) in (None, bytes([n]) * 20_000)
        for writer in writers:
            writer.kill()
            writer.join()
    assert any(cache.get(digest(bytes([n]))) for n in range(40))
