"""Where there is no memory a program says so and ends: at whichever request of the C library that happens.

A library that is loaded before the program counts its requests, and refuses one of them, or that one and all
after it.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.program_files import TESTS, Program, all_programs, execute, qz

CC = shutil.which("cc")
TIMEOUT_SECONDS = 60
PANIC_STATUS = 101
CAREFUL = frozenset(("bare_vectors", "task_catches"))
"""Programs for which each request is refused once; panics are caught, and tasks run."""
RESOLVE_NAMES = frozenset(("task_tcp", "task_udp"))
"""Programs that ask the C library's resolver, which crashes by itself where it is refused memory."""
MOST_REFUSALS = 20
"""Of those that are tried for any other program, spread over all its requests."""

REFUSING = r"""
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

static long asked, first, last = -1;

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("REFUSED");
  if (text) sscanf(text, "%ld-%ld", &first, &last);
  asked = 0;
}

__attribute__((destructor)) static void end(void) {
  FILE *file = getenv("ASKED") ? fopen(getenv("ASKED"), "w") : NULL;
  if (file) fprintf(file, "%ld", asked), fclose(file);
}

void _exit(int status) {
  end();
  ((void (*)(int))dlsym(RTLD_NEXT, "_exit"))(status);
  __builtin_unreachable();
}

static int refused(void) {
  ++asked;
  if (asked < first || asked > last) return 0;
  errno = ENOMEM;
  return 1;
}

void *malloc(size_t n) { return refused() ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t size) { return refused() ? NULL : __libc_calloc(n, size); }
void *realloc(void *block, size_t n) { return refused() ? NULL : __libc_realloc(block, n); }

void *mmap(void *place, size_t n, int protection, int flags, int file, off_t offset) {
  static void *(*next)(void *, size_t, int, int, int, off_t);
  if (!next) next = dlsym(RTLD_NEXT, "mmap");
  return refused() ? MAP_FAILED : next(place, n, protection, flags, file, offset);
}
"""

pytestmark = pytest.mark.skipif(CC is None, reason="needs a C compiler")


@pytest.fixture(scope="module")
def refusing(tmp_path_factory) -> Path:
    """The library."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "refusing.c").write_text(REFUSING)
    command = [CC, "-shared", "-fPIC", "-O1", "refusing.c", "-o", "refusing.so", "-ldl"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "refusing.so"


def _parameters():
    return [
        pytest.param(program, marks=() if program.name in CAREFUL else pytest.mark.slow, id=program.name)
        for program in all_programs()
        if program.name not in RESOLVE_NAMES
    ]


def _refusals(n: int, program: Program) -> list[str]:
    step = 1 if program.name in CAREFUL else -(-n // MOST_REFUSALS)
    firsts = range(1, n + 1, step)
    return [f"{first}-{last}" for first in firsts for last in (first, 1 << 60)]


@pytest.mark.parametrize("allocator", ["own", "system"])
@pytest.mark.parametrize("program", _parameters())
def test_a_program_without_memory_says_so(program, allocator, refusing, cache, tmp_path):
    made = execute(qz("compile", program.source, "-o", tmp_path / "program"), cache=cache)
    assert made == (b"", 0, "")

    def status_and_errors(**variables: str | Path) -> tuple[int, str]:
        done = subprocess.run(
            [tmp_path / "program", *program.arguments],
            input=program.stdin,
            capture_output=True,
            cwd=TESTS.parent,
            timeout=TIMEOUT_SECONDS,
            env={**os.environ, "LD_PRELOAD": str(refusing), "QUARTZ_ALLOCATOR": allocator, **variables},
            check=False,
        )
        return done.returncode, done.stderr.decode("utf-8", "replace")

    assert status_and_errors(ASKED=tmp_path / "asked")[0] == program.expected_status
    for refused in _refusals(int((tmp_path / "asked").read_text()), program):
        status, errors = status_and_errors(REFUSED=refused)
        assert status in (program.expected_status, PANIC_STATUS), (refused, errors)
        assert status != PANIC_STATUS or "panic: " in errors, (refused, errors)
