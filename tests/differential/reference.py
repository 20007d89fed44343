"""Programs under the reference interpreter: the front half makes the IR, the interpreter gives it meaning."""

from pathlib import Path

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
from qz.driver.made import Global
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.constants.values import ConstMade
from tests.program_files import TESTS, Behaviour

# A few seconds of interpreting. Programs beyond that are witnessed by the levels alone.
MAX_STEPS = 3_000_000


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
    words = [argument.encode() for argument in arguments]
    host = Host(args=words, stdin=stdin, folder=str(TESTS.parent).encode())
    outcome = interpret(
        functions.get,
        build.entry.main_symbol,
        [list(words)] if build.entry.main_takes_arguments else [],
        host,
        globals_=_globals(build, are_expanded=lowering is not None),
        fillings={
            _symbols(variable, are_expanded=lowering is not None): variable.maker.symbol
            for variable in build.globals()
            if isinstance(variable.initial, ConstMade) and variable.maker is not None
        },
        limits=Limits(n_steps=MAX_STEPS),
        checks_counts=lowering is not None,
    )
    status = outcome.status if build.entry.main_returns_status or outcome.status else 0
    return Behaviour(outcome.stdout, status, outcome.stderr.decode("utf-8", "replace"))


def _globals(build: Build, *, are_expanded: bool) -> dict[str, Value]:
    """What variables hold at first; of those that have leaves, the passes make one for each."""
    found: dict[str, Value] = {}
    for variable in build.globals():
        if not isinstance(variable.initial, ConstMade):
            value = thaw(variable.initial, build.ir.types, Words(Memory()))
            symbols = _symbols(variable, are_expanded=are_expanded)
            is_split = are_expanded and isinstance(value, tuple)
            found |= zip(symbols, value if is_split else (value,), strict=True)
    return found


def _symbols(variable: Global, *, are_expanded: bool) -> tuple[str, ...]:
    """The symbol of a variable, or those of its leaves."""
    return tuple([symbol for symbol, _ in variable.leaves]) if are_expanded else (variable.symbol,)
