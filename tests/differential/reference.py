"""Programs under the reference interpreter: the front half makes the IR, the interpreter gives it meaning."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from xdsl.dialects.func import FuncOp

from dialects.interpreters.host import Host
from dialects.interpreters.interpret import interpret
from dialects.interpreters.machine import Limits
from dialects.interpreters.memory import Memory
from dialects.interpreters.values import Value
from dialects.interpreters.words import Words
from lowering.options import LoweringOptions
from lowering.pipeline import run_stages
from qz.driver.build import Build
from qz.driver.comptime.values import thaw
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.constants.values import ConstMade
from tests.program_files import TESTS, Behaviour

# A few seconds of interpreting. Programs beyond that are witnessed by the levels alone.
MAX_STEPS = 3_000_000


class Variables(NamedTuple):
    """What variables hold at first by their symbols, and the functions that make it of others."""

    values: Mapping[str, Value]
    fillings: Mapping[tuple[str, ...], str]


def interpreted(
    source: Path,
    arguments: tuple[str, ...],
    stdin: bytes,
    *,
    overflow: str = "trap",
    lowering: LoweringOptions | None = None,
) -> Behaviour:
    """What the program does according to the interpreter.

    With options for `lowering`, its functions are taken down to the stage `cfg` first, and their reference
    counts are checked.
    """
    session = Session(Options(files=(str(source),), overflow=overflow))
    build = Build(session)
    assert build.load(str(source))
    functions: dict[str, FuncOp] = {}
    for unit in build.functions():
        if lowering is not None:
            run_stages(unit.module, "cfg", lowering)
        for op in unit.module.ops:
            if isinstance(op, FuncOp) and not op.is_declaration:
                functions[op.sym_name.data] = op
    assert not session.sink.n_errors, session.sink.diagnostics
    variables = variables_of(build, are_expanded=lowering is not None)
    words = [argument.encode() for argument in arguments]
    host = Host(args=words, stdin=stdin, folder=str(TESTS.parent).encode())
    outcome = interpret(
        functions.get,
        build.entry.main_symbol,
        [list(words)] if build.entry.main_takes_arguments else [],
        host,
        globals_=variables.values,
        fillings=variables.fillings,
        limits=Limits(n_steps=MAX_STEPS),
        checks_counts=lowering is not None,
    )
    status = outcome.status if build.entry.main_returns_status or outcome.status else 0
    return Behaviour(outcome.stdout, status, outcome.stderr.decode("utf-8", "replace"))


def variables_of(build: Build, *, are_expanded: bool) -> Variables:
    """The variables of a program's modules; of those that have leaves, the passes make one for each."""
    values: dict[str, Value] = {}
    fillings: dict[tuple[str, ...], str] = {}
    for variable in build.globals():
        symbols = tuple([symbol for symbol, _ in variable.leaves]) if are_expanded else (variable.symbol,)
        if not isinstance(variable.initial, ConstMade):
            value = thaw(variable.initial, build.ir.types, Words(Memory()))
            is_split = are_expanded and isinstance(value, tuple)
            values |= zip(symbols, value if is_split else (value,), strict=True)
        elif variable.maker is not None:
            fillings[symbols] = variable.maker.symbol
    return Variables(values, fillings)
