"""Running a piece of the qz dialect that a test writes as text."""

from xdsl.dialects.func import FuncOp
from xdsl.parser import Parser

from dialects.interpreters.host import Host
from dialects.interpreters.interpret import Outcome, interpret
from dialects.interpreters.machine import Limits
from dialects.interpreters.values import Value
from dialects.registry import make_context


def run_module(
    text: str, *args: Value, host: Host | None = None, limits: Limits | None = None, **globals_: Value
) -> Outcome:
    """Verifies a module and interprets its function `main`."""
    module = Parser(make_context(), text).parse_module()
    module.verify()
    functions = {op.sym_name.data: op for op in module.ops if isinstance(op, FuncOp)}
    return interpret(functions.get, "main", list(args), host, globals_=globals_, limits=limits)


def evaluate(body: str, *args: Value, types: str = "", result: str = "si64") -> Value:
    """Gives what a function body returns; `types` are those of its arguments %0, %1, …"""
    named = ", ".join(f"%{n}: {type_}" for n, type_ in enumerate(types.split()))
    outcome = run_module(f"func.func @main({named}) -> {result} {{\n{body}\n}}", *args)
    assert outcome.status != 101, outcome.stderr
    return outcome.result


def panic_of(body: str, *args: Value, types: str = "") -> str:
    """Gives the first line of the panic that a function body ends in."""
    named = ", ".join(f"%{n}: {type_}" for n, type_ in enumerate(types.split()))
    outcome = run_module(f"func.func @main({named}) {{\n{body}\nqz.return\n}}", *args)
    assert outcome.status == 101
    return outcome.stderr.decode().splitlines()[0]
