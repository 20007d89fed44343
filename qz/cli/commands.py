"""Which function of the driver each command calls; each imports only what it needs."""

from argparse import Namespace
from collections.abc import Callable

from qz.driver.options import Options


def _compile(_: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.compile import run_compile

    return run_compile(options, started)


def _run(_: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.run import run_program

    return run_program(options, started)


def _check(_: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.check import run_check

    return run_check(options, started)


def _test(_: Namespace, options: Options, started: float) -> int:
    from qz.driver.testing.command import run_tests

    return run_tests(options, started)


def _dump_ir(_: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.dump_ir import run_dump_ir

    return run_dump_ir(options, started)


def _explain(words: Namespace, options: Options, _: float) -> int:
    from qz.driver.commands.explain import run_explain

    return run_explain(options, words.code)


def _doc(words: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.doc import run_doc

    return run_doc(options, started, words.html)


def _fmt(words: Namespace, options: Options, _: float) -> int:
    from qz.driver.commands.fmt import run_fmt

    return run_fmt(options, check=words.check)


def _mem_report(words: Namespace, options: Options, started: float) -> int:
    from qz.driver.commands.mem_report import run_mem_report

    return run_mem_report(options, started, as_json=words.as_json, top=words.top, fail_over=words.fail_over)


def _cache(words: Namespace, _: Options, __: float) -> int:
    from qz.driver.commands.cache import run_cache

    return run_cache(words.action)


def _reduce(words: Namespace, options: Options, _: float) -> int:
    from qz.driver.commands.reduce import run_reduce

    return run_reduce(options, words.still)


def _lsp(_: Namespace, options: Options, __: float) -> int:
    from qz.driver.language_server.server import run_language_server

    return run_language_server(options)


COMMANDS: dict[str, Callable[[Namespace, Options, float], int]] = {
    "compile": _compile,
    "run": _run,
    "check": _check,
    "test": _test,
    "dump-ir": _dump_ir,
    "explain": _explain,
    "doc": _doc,
    "fmt": _fmt,
    "mem-report": _mem_report,
    "cache": _cache,
    "reduce": _reduce,
    "lsp": _lsp,
}
