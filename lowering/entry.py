"""What a program has besides its functions: C's `main`, and its module-level variables."""

import struct
from collections.abc import Iterable, Sequence

from lowering.emit_llvm.attribute_groups import DEFINITION
from lowering.emit_llvm.declarations import data_declaration, function_declaration
from lowering.emit_llvm.function_text import FunctionText
from lowering.emit_llvm.symbols import symbol
from lowering.layout import STRING_PREFIX_BYTES, string_constant
from lowering.runtime_abi import DROP, START_ARGS, START_FINISH, START_INIT, RuntimeFunction
from lowering.string_symbols import string_symbol

InitialValue = int | float | bytes

ENTRY = "main"
_EXIT_STATUS_MASK = 255


def _declare(name: str, n_parameters: int, has_result: bool) -> str:
    result = "i64" if has_result else "void"
    return function_declaration(name, result, ("i64",) * n_parameters, False, False)


def _declare_runtime(function: RuntimeFunction) -> str:
    return _declare(function.symbol, function.n_parameters, function.has_result)


def entry_text(
    main_symbol: str, makers: Sequence[tuple[str, str]] = (), *, takes_arguments: bool, returns_status: bool
) -> FunctionText:
    """C's `main`: starts the runtime, runs the program's `main`, gives its status modulo 256.

    Before that it fills the variables in ``makers``, each with what a function gives. The program's `main`
    stays a function of its own, so that a backtrace has at least its name.
    """
    declarations = {
        START_INIT.symbol: _declare_runtime(START_INIT),
        START_FINISH.symbol: _declare_runtime(START_FINISH),
        main_symbol: _declare(main_symbol, int(takes_arguments), returns_status),
    }
    lines = [
        f"define i32 @{ENTRY}(i32 %argc, ptr %argv) {DEFINITION} {{",
        "  %count = sext i32 %argc to i64",
        "  %vector = ptrtoint ptr %argv to i64",
        f"  call void {symbol(START_INIT.symbol)}(i64 %count, i64 %vector)",
    ]
    for number, (variable, maker) in enumerate(makers):
        declarations[maker] = _declare(maker, 0, True)
        declarations[variable] = data_declaration(variable)
        lines.append(f"  %value{number} = call i64 {symbol(maker)}()")
        lines.append(f"  store i64 %value{number}, ptr {symbol(variable)}")
    arguments = ""
    if takes_arguments:
        declarations[START_ARGS.symbol] = _declare_runtime(START_ARGS)
        lines.append(f"  %arguments = call i64 {symbol(START_ARGS.symbol)}()")
        arguments = "i64 %arguments"
    if returns_status:
        lines.append(f"  %result = call i64 {symbol(main_symbol)}({arguments}) noinline")
    else:
        lines.append(f"  call void {symbol(main_symbol)}({arguments}) noinline")
    if takes_arguments:
        declarations[DROP.symbol] = _declare_runtime(DROP)
        lines.append(f"  call void {symbol(DROP.symbol)}({arguments})")
    lines.append(f"  call void {symbol(START_FINISH.symbol)}()")
    if returns_status:
        lines.append(f"  %masked = and i64 %result, {_EXIT_STATUS_MASK}")
        lines.append("  %status = trunc i64 %masked to i32")
        lines.append("  ret i32 %status")
    else:
        lines.append("  ret i32 0")
    lines.append("}\n")
    return FunctionText(ENTRY, "\n".join(lines), declarations, defined=(ENTRY,))


def globals_text(
    variables: Iterable[tuple[str, InitialValue]], tables: Iterable[tuple[str, int]] = ()
) -> FunctionText:
    """Defines module-level variables, each a word; bytes are the content of a constant string.

    `tables` are the runtime's own: so many words, all of them 0.
    """
    lines: list[str] = []
    defined: list[str] = []
    strings: dict[str, bytes] = {}
    for name, value in variables:
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
        lines.append(f"{symbol(name)} = hidden global i64 {word}, align 8")
        defined.append(name)
    for name, n_words in tables:
        lines.append(f"{symbol(name)} = hidden global [{n_words} x i64] zeroinitializer, align 64")
        defined.append(name)
    lines.append("")
    return FunctionText("globals", "\n".join(lines), strings=strings, defined=tuple(defined))
