"""The words of the command line, declared for argparse."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from qz.driver.options import EMIT_KINDS, ERROR_FORMATS, LEVELS, PROFILES, Options
from qz.driver.stages import STAGES
from qz.driver.standard_streams import STDOUT
from qz.driver.version import VERSION

_OTHER_NAMES = {"build": "compile"}
"""What other tools call a command."""

_OTHER_OPTIONS = {
    "--release": "--profile release",
    "--optimize": "-O2",
    "--output": "-o",
    "--debug": "-g",
    "--jobs": "-j",
}
"""What other tools call an option."""


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Asking for the width of the terminal would cost the import of `shutil`, at every start."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=100)


class _Parser(argparse.ArgumentParser):
    """Says in a line what is wrong with the words, and in another what to do about it."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog, description=description, allow_abbrev=False, formatter_class=_HelpFormatter)

    def error(self, message: str) -> NoReturn:
        self.fail(message, f"`{self.prog} --help` says what there is")

    def fail(self, message: str, help_text: str) -> NoReturn:
        """Ends the process with the status for usage errors."""
        self.exit(2, f"{self.prog}: error: {message}\n  = help: {help_text}\n")


def parse_words(words: Sequence[str]) -> argparse.Namespace:
    """Parses the command line; exits by itself for --help, --version and usage errors."""
    own, program_words = _split_at_dashes(words)
    top = parser = _Parser("qz", "The Quartz compiler.")
    top.add_argument("--version", action="version", version=f"qz {VERSION}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    asked = _command_of(top, own)
    for name, (summary, declare) in _COMMANDS.items():
        command = commands.add_parser(name, prog=f"qz {name}", help=summary, description=summary)
        # Declaring the words of every command would take longer than the rest of starting up.
        if name == asked:
            declare(command)
            parser = command
    if not own:
        top.print_help(sys.stderr)
        top.exit(2)
    namespace, surplus = top.parse_known_args(own)
    if surplus:
        _refuse(parser, surplus[0])
    if program_words is not None and namespace.command != "run":
        parser.error("only `run` takes words after `--`")
    if namespace.command == "compile" and namespace.output == STDOUT:
        _refuse_streams(parser, namespace.emit)
    namespace.program_words = program_words or []
    return namespace


def _refuse_streams(parser: _Parser, kinds: tuple[str, ...]) -> None:
    """What standard output does not take: a file that is to be run, and several at once."""
    if "exe" in kinds:
        parser.fail("an executable must be a file", "name it: `-o NAME`")
    if len(kinds) > 1:
        parser.fail(
            f"{kinds[0]} and {kinds[1]} cannot both go to standard output",
            "name what their names begin with: `-o NAME`",
        )


def _command_of(parser: _Parser, words: list[str]) -> str:
    """The command that words begin with, which are changed where that has another name; empty for none."""
    word = words[0] if words else "-"
    if word.startswith("-"):
        return ""
    words[0] = name = _OTHER_NAMES.get(word, word)
    if name in _COMMANDS:
        return name
    if word.endswith(".qz"):
        parser.fail(f"there is no command `{word}`", f"write `qz run {word}` to run a program")
    _refuse_unknown(parser, "command", word, [*_COMMANDS, *_OTHER_NAMES])


def _refuse(parser: _Parser, word: str) -> NoReturn:
    """Words that are left over."""
    if word.startswith("-"):
        option = word.partition("=")[0]
        if option in _OTHER_OPTIONS:
            parser.fail(f"there is no option `{option}`", f"write `{_OTHER_OPTIONS[option]}`")
        _refuse_unknown(parser, "option", option, re.findall(r"(?<=[ \[])--[a-z-]+", parser.format_help()))
    if parser.prog == "qz run":
        parser.fail(f"`{word}` is one file too many", "words for the program stand behind `--`")
    parser.error(f"`{word}` is one word too many")


def _refuse_unknown(parser: _Parser, what: str, word: str, known: Sequence[str]) -> NoReturn:
    from difflib import get_close_matches  # at no other time

    message = f"there is no {what} `{word}`"
    for meant in get_close_matches(word, known, 1):
        parser.fail(message, f"did you mean `{meant}`?")
    parser.error(message)


def _split_at_dashes(words: Sequence[str]) -> tuple[list[str], list[str] | None]:
    if "--" not in words:
        return list(words), None
    at = list(words).index("--")
    return list(words[:at]), list(words[at + 1 :])


def _declare_compile(parser: _Parser) -> None:
    parser.add_argument("files", nargs=1, metavar="FILE")
    parser.add_argument("-o", dest="output", metavar="OUT", help="`-` is standard output")
    parser.add_argument(
        "--emit", type=_emit_kinds, default=("exe",), metavar="KINDS", help=", ".join(EMIT_KINDS)
    )
    parser.add_argument("--target", metavar="TRIPLE")
    parser.add_argument(
        "--cpu",
        choices=("baseline", "native"),
        default="baseline",
        help="every processor of the kind (the default), or this very one",
    )
    _declare_code(parser)
    _declare_explanations(parser)
    _declare_trace(parser)
    _declare_watch(parser)
    _declare_common(parser)


def _declare_run(parser: _Parser) -> None:
    parser.usage = "qz run [OPTIONS] FILE [-- ARGUMENTS]"
    parser.add_argument("files", nargs=1, metavar="FILE")
    _declare_code(parser)
    _declare_trace(parser)
    _declare_watch(parser)
    _declare_common(parser)


def _declare_check(parser: _Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--fix", action="store_true", help="put right in the files what surely can be")
    _declare_explanations(parser)
    _declare_trace(parser)
    _declare_watch(parser)
    _declare_common(parser)


_TEST_EPILOG = """\
A test is a block, a function with an annotation, or a whole program:

  test "adds" do                  @test                           # numbers_spec.qz
    assert_eq(1 + 1, 2)           def adds()                      def main(): Int
  end                               assert_eq(1 + 1, 2)             return failures()
                                  end                             end

It passes if it comes to its end, a program if its exit status is 0. Below a folder, files with tests
and files called `..._spec.qz` are found. Each test is a process of its own: one that panics, crashes
or never ends fails alone.

  qz test                         what is below this folder
  qz test parser.qz lexer.qz      these files
  qz test --filter comments       what has `comments` in the path of its file or in its name
  qz test -q                      failures only; -v: also what tests write that pass
  qz test -O2 -j 4                as fast code, four at a time

The exit status is 0 if all passed, 1 if one failed, did not compile, or there was none.
"""


def _declare_test(parser: _Parser) -> None:
    parser.usage = "qz test [OPTIONS] [PATH ...]"
    parser.epilog = _TEST_EPILOG
    parser.add_argument("files", nargs="*", metavar="PATH", help="files and folders; this folder by default")
    parser.add_argument(
        "-k",
        "--filter",
        dest="test_filter",
        default="",
        metavar="TEXT",
        help="only tests in whose file or name TEXT occurs",
    )
    parser.add_argument(
        "--timeout", type=_positive, default=60, metavar="SECONDS", help="of each test; 60 by default"
    )
    _declare_code(parser)
    _declare_watch(parser)
    _declare_common(parser)


def _declare_dump_ir(parser: _Parser) -> None:
    stages = "; ".join(f"{stage.name}: {stage.summary}" for stage in STAGES.values())
    parser.add_argument("files", nargs=1, metavar="FILE")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--stage", choices=STAGES, metavar="STAGE", help=stages)
    page = "a page for a browser, all stages beside each other; -g tells the lines of LLVM's too"
    what.add_argument("--html", metavar="OUT", help=page)
    parser.add_argument("--function", metavar="NAME")
    parser.add_argument("--generic", action="store_true", help="MLIR's generic form")
    _declare_code(parser)
    _declare_common(parser)


def _declare_explain(parser: _Parser) -> None:
    parser.add_argument("code", nargs="?", metavar="CODE", help="none lists all of them")
    _declare_common(parser)


_DOC_EPILOG = """\
  qz doc                          the modules of the library
  qz doc std/vec                  what a module offers
  qz doc std/vec::sort            what has that name in it
  qz doc parser.qz                what a file offers to those that import it
  qz doc std --html library.html  the whole library, as a page for a browser

What a declaration is for says the comment above it. Where a function keeps a value that it is given,
gives it back or takes it apart, which its signature does not tell, that is said too.
"""


def _declare_doc(parser: _Parser) -> None:
    parser.usage = "qz doc [OPTIONS] [MODULE[::NAME] | FILE ...]"
    parser.epilog = _DOC_EPILOG
    parser.add_argument("files", nargs="*", metavar="MODULE", help="none lists the modules of the library")
    parser.add_argument("--html", metavar="OUT", help="a page for a browser; `-` is standard output")
    _declare_common(parser)


def _declare_fmt(parser: _Parser) -> None:
    parser.usage = "qz fmt [OPTIONS] [PATH ...]"
    where = "files and folders, this folder by default; `-` reads standard input and writes standard output"
    parser.add_argument("files", nargs="*", metavar="PATH", help=where)
    parser.add_argument("--check", action="store_true", help="change nothing; list what is not laid out so")
    _declare_common(parser)


def _declare_mem_report(parser: _Parser) -> None:
    parser.add_argument("files", nargs=1, metavar="FILE")
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--top", type=int, default=10, metavar="N", help="how many functions to list")
    parser.add_argument(
        "--fail-over", type=_size, metavar="SIZE", help="exit 1 if the peak is above, as 300MB"
    )
    _declare_code(parser)
    _declare_common(parser)


def _declare_cache(parser: _Parser) -> None:
    parser.add_argument("action", choices=("stats", "clean"))


def _declare_reduce(parser: _Parser) -> None:
    parser.add_argument("files", nargs=1, metavar="FILE")
    parser.add_argument(
        "--still",
        required=True,
        type=_command,
        metavar="CMD",
        help="exits 0 while the file ({} in it, or its last word) shows it",
    )
    parser.add_argument("-o", dest="output", default="-", metavar="OUT")
    _declare_common(parser)


def _declare_code(parser: _Parser) -> None:
    """What changes the code generated."""
    parser.add_argument("-O", dest="level", type=int, choices=LEVELS, metavar="LEVEL", help="0 to 3")
    parser.add_argument("--profile", choices=PROFILES, default="dev")
    parser.add_argument("--overflow", choices=("trap", "wrap"))
    parser.add_argument(
        "--no-bounds-check",
        dest="checks_bounds",
        action="store_false",
        help="as if every function had that annotation: to see what the checks cost",
    )
    parser.add_argument("-g", dest="debug", action="store_true", help="debug information")
    jobs = "how many processes share the work; as many as there are processors by default, and at most 8"
    parser.add_argument("-j", dest="jobs", type=_positive, default=0, metavar="N", help=jobs)
    parser.add_argument(
        "--print-after", action="append", default=[], metavar="PASS", help="`all` is every one"
    )
    parser.add_argument("--dump-dir", metavar="DIR")
    parser.add_argument("--stop-after", choices=STAGES, metavar="STAGE")
    parser.add_argument("--verify-each", action="store_true")
    bounds = "say of every index whether it is checked, when, and why"
    parser.add_argument("--explain-bounds", action="store_true", help=bounds)
    parser.add_argument("--why", action="store_true", help="say what is compiled again, and why")
    parser.add_argument("--fuel", action="append", type=_fuel, default=[], metavar="PASS=N")


def _declare_explanations(parser: _Parser) -> None:
    why = "say where value structs are put on the heap, and why"
    parser.add_argument("--explain-boxes", action="store_true", help=why)


def _declare_watch(parser: _Parser) -> None:
    again = "do it again whenever a file that it depends on has changed"
    parser.add_argument("--watch", action="store_true", help=again)


def _declare_trace(parser: _Parser) -> None:
    parser.add_argument("--trace", metavar="FILE", help="write the phases in Chrome's trace event format")


def _declare_common(parser: _Parser) -> None:
    parser.add_argument("-I", dest="include", action="append", default=[], metavar="DIR")
    parser.add_argument("--feature", dest="features", action="append", default=[], metavar="NAME")
    parser.add_argument(
        "--comptime-steps",
        type=_positive,
        default=Options().comptime_steps,
        metavar="N",
        help="what an evaluation at compile time may take",
    )
    parser.add_argument("--no-cache", dest="use_cache", action="store_false")
    parser.add_argument("--memory-stats", action="store_true")
    parser.add_argument("--time-passes", action="store_true")
    parser.add_argument("--error-format", choices=ERROR_FORMATS, default="text")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("-q", "--quiet", action="count", default=0)


_COMMANDS: dict[str, tuple[str, Callable[[_Parser], None]]] = {
    "compile": ("compile a program to an executable", _declare_compile),
    "run": ("compile a program and run it", _declare_run),
    "check": ("look for errors", _declare_check),
    "test": ("run the tests of files and folders", _declare_test),
    "dump-ir": ("show a stage of the compilation", _declare_dump_ir),
    "explain": ("explain a diagnostic", _declare_explain),
    "doc": ("show what modules offer, and what is said of it", _declare_doc),
    "fmt": ("lay sources out in the one way", _declare_fmt),
    "mem-report": ("show where the compiler's memory goes", _declare_mem_report),
    "cache": ("look after what is kept between runs", _declare_cache),
    "lsp": ("serve an editor by the Language Server Protocol", _declare_common),
    "reduce": ("make a program smaller that still shows something", _declare_reduce),
}


def _emit_kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(dict.fromkeys(text.split(",")))
    if unknown := [kind for kind in kinds if kind not in EMIT_KINDS]:
        raise argparse.ArgumentTypeError(f"`{unknown[0]}` is none of {', '.join(EMIT_KINDS)}")
    return kinds


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"`{text}` is not a positive number")
    return int(text)


def _fuel(text: str) -> tuple[str, int]:
    name, found, count = text.partition("=")
    if not found or not count.isascii() or not count.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is not PASS=N")
    return name, int(count)


def _command(text: str) -> list[str]:
    import shlex  # few ask for it

    try:
        words = shlex.split(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"`{text}` is no command: {str(error).lower()}") from None
    if not words:
        raise argparse.ArgumentTypeError("there is no command")
    return words


_UNITS = {"": 1, "B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30}


def _size(text: str) -> int:
    digits = text.rstrip("BKMGbkmg")
    unit = _UNITS.get(text[len(digits) :].upper())
    if unit is None or not digits.isascii() or not digits.isdecimal():
        raise argparse.ArgumentTypeError(f"`{text}` is not a size such as 300MB")
    return int(digits) * unit
