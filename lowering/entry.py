"""What a program has besides its functions: C's `main`, and its module-level variables."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lowering.abi.layout import STRING_PREFIX_BYTES, WORD_BYTES, string_constant
from lowering.abi.runtime_abi import DROP, START_ARGS, START_FINISH, START_INIT, RuntimeFunction
from lowering.abi.string_symbols import string_symbol
from lowering.emit_llvm.attribute_groups import DEFINITION
from lowering.emit_llvm.declarations import data_declaration, function_declaration, words_result_text
from lowering.emit_llvm.function_text import FunctionText
from lowering.emit_llvm.symbols import is_quartz_symbol, symbol

InitialValue = int | float | bytes

ENTRY = "main"
_EXIT_STATUS_MASK = 255


class Variable(NamedTuple):
    """A variable of a module: a word, or as few bytes as it has in C. A string is its address."""

    symbol: str
    value: InitialValue
    width: int = WORD_BYTES
    alignment: int = 0
    section: str = ""


class Filling(NamedTuple):
    """Variables that are given what a function gives before `main`: a word each."""

    maker: str
    variables: tuple[str, ...]


def _declare(name: str, n_parameters: int, n_results: int) -> str:
    result = words_result_text(n_results)
    return function_declaration(name, result, ("i64",) * n_parameters, False, False)


def _declare_runtime(function: RuntimeFunction) -> str:
    return _declare(function.symbol, function.n_parameters, int(function.has_result))


class Start(NamedTuple):
    """A function that a program can start with: what it is handed, and whether it gives an exit status."""

    symbol: str
    takes_arguments: bool = False
    returns_status: bool = False


def entry_text(main: Start, fillings: Sequence[Filling] = ()) -> FunctionText:
    """C's `main`: starts the runtime, runs the program's `main`, gives its status modulo 256.

    The program's `main` stays a function of its own, so that a backtrace has at least its name.
    """
    entry = _Entry("i32 %argc, ptr %argv")
    entry.fill(fillings)
    status = entry.call(main, 0)
    entry.finish()
    entry.lines.append(f"  ret i32 {status}")
    return entry.text()


def entry_of_tests(tests: Sequence[Start], fillings: Sequence[Filling] = ()) -> FunctionText:
    """C's `main` with a third parameter, which says by number which of several functions to run."""
    entry = _Entry("i32 %argc, ptr %argv, i64 %test")
    entry.fill(fillings)
    cases = " ".join(f"i64 {number}, label %test{number}" for number in range(len(tests)))
    entry.lines.append(f"  switch i64 %test, label %none [ {cases} ]")
    for number, test in enumerate(tests):
        entry.lines.append(f"test{number}:")
        status = entry.call(test, number)
        entry.finish()
        entry.lines.append(f"  ret i32 {status}")
    entry.lines += ("none:", "  unreachable")
    return entry.text()


class _Entry:
    def __init__(self, parameters: str) -> None:
        self.declarations = {
            START_INIT.symbol: _declare_runtime(START_INIT),
            START_FINISH.symbol: _declare_runtime(START_FINISH),
        }
        self.lines = [
            f"define i32 @{ENTRY}({parameters}) {DEFINITION} {{",
            "  %count = sext i32 %argc to i64",
            "  %vector = ptrtoint ptr %argv to i64",
            f"  call void {symbol(START_INIT.symbol)}(i64 %count, i64 %vector)",
        ]

    def fill(self, fillings: Sequence[Filling]) -> None:
        """Fill variables with what functions give."""
        for number, filling in enumerate(fillings):
            self.declarations[filling.maker] = _declare(filling.maker, 0, len(filling.variables))
            self.declarations.update((name, data_declaration(name)) for name in filling.variables)
            self.lines += _filling_lines(f"%value{number}", filling)

    def call(self, start: Start, number: int) -> str:
        """Call a function; the exit status as an operand."""
        name, takes, returns = start
        self.declarations[name] = _declare(name, int(takes), int(returns))
        arguments = ""
        if takes:
            self.declarations[START_ARGS.symbol] = _declare_runtime(START_ARGS)
            self.declarations[DROP.symbol] = _declare_runtime(DROP)
            self.lines.append(f"  %arguments{number} = call i64 {symbol(START_ARGS.symbol)}()")
            arguments = f"i64 %arguments{number}"
        result = f"%result{number} = call i64" if returns else "call void"
        self.lines.append(f"  {result} {symbol(name)}({arguments}) noinline")
        if takes:
            self.lines.append(f"  call void {symbol(DROP.symbol)}({arguments})")
        if not returns:
            return "0"
        self.lines.append(f"  %masked{number} = and i64 %result{number}, {_EXIT_STATUS_MASK}")
        self.lines.append(f"  %status{number} = trunc i64 %masked{number} to i32")
        return f"%status{number}"

    def finish(self) -> None:
        """End the runtime."""
        self.lines.append(f"  call void {symbol(START_FINISH.symbol)}()")

    def text(self) -> FunctionText:
        self.lines.append("}\n")
        return FunctionText(ENTRY, "\n".join(self.lines), self.declarations, defined=(ENTRY,))


def _filling_lines(value: str, filling: Filling) -> list[str]:
    """Calls a function, and stores what it gives."""
    n = len(filling.variables)
    result = words_result_text(n)
    lines = [f"  {value} = call {result} {symbol(filling.maker)}()"]
    words = [value]
    if n > 1:
        words = [f"{value}.{index}" for index in range(n)]
        struct_text = result[result.index("{") :]
        lines += [f"  {word} = extractvalue {struct_text} {value}, {k}" for k, word in enumerate(words)]
    stores = zip(words, filling.variables, strict=True)
    return [*lines, *(f"  store i64 {word}, ptr {symbol(variable)}" for word, variable in stores)]


def globals_text(variables: Iterable[Variable], tables: Iterable[tuple[str, int]] = ()) -> FunctionText:
    """Defines module-level variables.

    `tables` are the runtime's own: so many words, all of them 0.
    """
    lines: list[str] = []
    defined: list[str] = []
    strings: dict[str, bytes] = {}
    for name, value, width, alignment, section in variables:
        if isinstance(value, bytes):
            constant = string_symbol(value)
            strings[constant] = string_constant(value)
            word = (
                f"ptrtoint (ptr getelementptr (i8, ptr {symbol(constant)}, i64 {STRING_PREFIX_BYTES}) to i64)"
            )
        elif isinstance(value, float):
            word = str(struct.unpack("<q", struct.pack("<d", value))[0])
        else:
            word = str(int(value))
        visibility = "hidden " if is_quartz_symbol(name) else ""
        aligned = max(alignment, WORD_BYTES)
        place = f', section "{section}"' if section else ""
        lines.append(f"{symbol(name)} = {visibility}global i{8 * width} {word}{place}, align {aligned}")
        defined.append(name)
    for name, n_words in tables:
        lines.append(f"{symbol(name)} = hidden global [{n_words} x i64] zeroinitializer, align 64")
        defined.append(name)
    lines.append("")
    return FunctionText("globals", "\n".join(lines), strings=strings, defined=tuple(defined))
