"""The command: finds files, has their tests run, and says how it went on standard output."""

import sys
from collections.abc import Iterator, Sequence

from qz.driver.options import Options
from qz.driver.report import write_lines
from qz.driver.source_files import display_path
from qz.driver.testing.files import run_files
from qz.driver.testing.finding import files_with_tests
from qz.driver.testing.results import FileResult, TestResult

_FAULT = 70


def run_tests(options: Options, started: float) -> int:
    """1 if a test failed or there was none, 0 if all passed."""
    results: list[FileResult] = []
    for result in run_files(options, list(files_with_tests(options)), started):
        results.append(result)
        sys.stderr.buffer.write(result.said)
        sys.stderr.buffer.flush()
        _print(_progress(result, options.verbosity))
    n_passed = sum(result.n_passed for result in results)
    n_failed = sum(result.n_failed for result in results)
    if not n_passed and not n_failed:
        write_lines([_nothing_found(options)])
        return 1
    for result in results:
        _print(_failures(result))
    _print([f"{n_passed} passed, {n_failed} failed"])
    if any(result.status >= _FAULT for result in results):
        return _FAULT
    return 1 if n_failed else 0


def _nothing_found(options: Options) -> str:
    places = ", ".join(f"`{path}`" for path in options.files) or "this folder"
    matching = f" in whose file or name `{options.test_filter}` occurs" if options.test_filter else ""
    return f"no tests found in {places}{matching}"


def _print(lines: Sequence[str] | Iterator[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _progress(result: FileResult, verbosity: int) -> Iterator[str]:
    """A line a test; with -q none, with -v also what a test wrote that passed."""
    if verbosity < 0:
        return
    path = display_path(result.path)
    if result.problem:
        yield f"{path} ... {result.problem}"
    for test in result.tests:
        yield f"{path}: {test.name} ... {'FAILED' if test.problem else 'ok'}"
        if verbosity > 0 and not test.problem:
            yield from _output(test)


def _failures(result: FileResult) -> Iterator[str]:
    path = display_path(result.path)
    if result.problem:
        yield f"\n{path}: {result.problem}\n"
    for test in result.tests:
        if test.problem:
            yield f"\n{path}:{test.line}: {test.name}: {test.problem}"
            yield from _output(test)
            yield ""


def _output(test: TestResult) -> Iterator[str]:
    for line in test.output.decode("utf-8", "replace").splitlines():
        yield f"    {line}"
