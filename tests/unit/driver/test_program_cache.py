"""Programs in the cache: found again, and only while nothing that they were made of has changed."""

import os
from pathlib import Path

import pytest

from qz.driver.caching import program_cache
from qz.driver.caching.cache import Cache
from qz.driver.caching.program_cache import Entry, ProgramCache

ENTRY = Entry((b"object", b"large" * 10_000, b"runtime"), b"warnings")


@pytest.fixture
def world(tmp_path):
    """A main file, a module that it imports, and a path that the import was looked for at in vain."""
    main, module, missing = (tmp_path / name for name in ("main.qz", "module.qz", "missing.qz"))
    main.write_text("import module")
    module.write_text("def f = 1")
    cache = Cache(str(tmp_path / "cache"))
    programs = ProgramCache(cache, ("flags",))
    programs.store(str(main), [str(main), str(module)], [str(missing)], ENTRY)
    return programs, cache, main, module, missing


def test_an_unchanged_program_is_found(world):
    programs, _, main, _, _ = world
    assert programs.find(str(main)) == ENTRY


def test_it_is_found_under_another_spelling_of_its_path(world, monkeypatch):
    programs, _, main, _, _ = world
    monkeypatch.chdir(main.parent)
    assert programs.find("main.qz") == ENTRY


@pytest.mark.parametrize("index", [2, 3])
def test_a_changed_file_means_another_program_and_back_again(world, index):
    programs, main, changed = world[0], world[2], world[index]
    before = changed.read_text()
    changed.write_text(before + " # more")
    assert programs.find(str(main)) is None
    changed.write_text(before)
    assert programs.find(str(main)) == ENTRY


def test_a_file_that_is_gone_means_another_program(world):
    programs, _, main, module, _ = world
    module.unlink()
    assert programs.find(str(main)) is None


def test_a_file_that_appears_where_an_import_was_looked_for_means_another_program(world):
    programs, _, main, _, missing = world
    missing.symlink_to("/nowhere")  # even one that leads nowhere
    assert programs.find(str(main)) is None


def test_other_flags_mean_another_program(world):
    _, cache, main, _, _ = world
    assert ProgramCache(cache, ("other flags",)).find(str(main)) is None
    assert ProgramCache(cache, ("flags",)).find(str(main)) == ENTRY


def test_another_compiler_means_another_program(world, monkeypatch):
    _, cache, main, _, _ = world
    monkeypatch.setattr(program_cache, "compiler_fingerprint", lambda: "another")
    assert ProgramCache(cache, ("flags",)).find(str(main)) is None


def test_damaged_entries_are_none(world):
    programs, cache, main, _, _ = world
    for folder, _, names in os.walk(cache.folder):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "r+b") as file:
                file.truncate(os.path.getsize(path) - 3)
    assert programs.find(str(main)) is None


def test_a_program_that_was_never_compiled_is_not_found(world, tmp_path):
    assert world[0].find(str(tmp_path / "other.qz")) is None


def test_large_objects_are_kept_once_and_missed_if_they_are_gone(world):
    programs, cache, main, module, missing = world
    before = cache.stats().n_files
    programs.store(str(main), [str(main), str(module)], [str(missing)], ENTRY._replace(warnings=b"others"))
    assert cache.stats().n_files == before
    files = (path for path in Path(cache.folder).rglob("*") if path.is_file())
    large = max(files, key=lambda path: path.stat().st_size)
    large.unlink()
    assert programs.find(str(main)) is None
