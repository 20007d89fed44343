"""Evaluation at compile time: runs an expression of a checked body in the interpreter.

Functions are checked, made into IR and decoded when something calls them, and kept as long as an evaluation
is running, with all that are nested in it: a function that is run may mention a constant that has to be run
itself. When the outermost one is over, nothing of any of them is left.
"""

import gc

from xdsl.dialects.func import FuncOp

from dialects.interpreters.compile_time import LIMITS, CompileTimeMachine
from dialects.interpreters.interpret import in_deep_thread
from dialects.interpreters.values import Stop
from qz.driver.comptime.report import ComptimeReport
from qz.driver.comptime.values import Freezer, HoldsFunction, TooLarge, Unkeepable, thaw
from qz.irgen.builder import IrOptions
from qz.irgen.function import Generated, generate, generate_expression, generate_maker
from qz.irgen.ir_types import IrTypes, WrongTypeError
from qz.sema.body import Body
from qz.sema.constants.values import ConstMade
from qz.sema.decls import ConstValue, FunctionDecl
from qz.sema.program import Program
from qz.sema.types import ERROR, VOID
from qz.syntax.extent import extent

OPTIONS = IrOptions(overflow="trap", located=True)


class WrongProgram(Exception):  # noqa: N818 (an outcome, not a fault)
    """The evaluation came to a function that has errors, which have been reported."""


class Comptime:
    """What evaluates for one program."""

    def __init__(self, program: Program, ir_types: IrTypes, n_steps: int) -> None:
        self._program = program
        self._ir_types = ir_types
        self._limits = LIMITS._replace(n_steps=n_steps)
        self._report = ComptimeReport(program)
        self._machine: CompileTimeMachine | None = None
        self._functions: dict[str, FunctionDecl] = {}
        self._provided: list[FunctionDecl] = []
        self._helping: dict[str, FuncOp] = {}

    def value(self, body: Body, node: int) -> ConstValue | None:
        """The value of an expression; None where it has none, which was reported or its type is `Void`."""
        with self._program.phase("comptime"):
            if self._machine is not None:
                return self._evaluate(self._machine, body, node)
            found = self._evaluate_alone(body, node)
            # A machine and its IR are full of cycles, and all of them are young. Nobody else's IR is alive:
            # it is the checker who asks.
            gc.collect(0)
            return found

    def _evaluate_alone(self, body: Body, node: int) -> ConstValue | None:
        """Evaluate with a machine that is forgotten behind it."""
        machine = self._machine = CompileTimeMachine(self._provide, self._limits)
        try:
            return in_deep_thread(lambda: self._evaluate(machine, body, node), self._limits.depth)
        finally:
            self._machine = None
            self._functions.clear()
            self._provided.clear()
            self._helping.clear()

    def _evaluate(self, machine: CompileTimeMachine, body: Body, node: int) -> ConstValue | None:
        for function in self._provided:  # of an evaluation around this one, which need not ask for them again
            self._program.reads.note(function)
        if self._mentions_wrong(body):
            return None
        conversion = body.conversions.get(node)
        result = body.types[node] if conversion is None else conversion.wanted
        try:
            made = generate_expression(self._program, body, node, result, self._ir_types, OPTIONS)
            value = machine.evaluate(self._function_in(made))
            return None if result == VOID else Freezer(self._ir_types, machine).freeze(value, result)
        except (WrongProgram, WrongTypeError):
            return None
        except HoldsFunction as refusal:
            if node == body.root and self._program.queries.values.is_initial(body):
                return ConstMade(result)
            self._report.unkeepable(refusal, extent(body.module.tokens, body.arena, node), result)
        except Unkeepable as refusal:
            self._report.unkeepable(refusal, extent(body.module.tokens, body.tree, node), result)
        except TooLarge as refusal:
            self._report.too_large(refusal, extent(body.module.tokens, body.tree, node))
        except Stop as stop:
            self._report.stopped(stop, extent(body.module.tokens, body.tree, node))
        return None

    def _mentions_wrong(self, body: Body) -> bool:
        """Whether something that a body calls has a header with a mistake in it."""
        if not self._program.sink.n_errors:
            return False
        functions = [plan.function for plan in (*body.calls.values(), *body.functions.values())]
        signatures = map(self._program.queries.signature, functions)
        return any(ERROR in (s.result, *(param.type for param in s.params)) for s in signatures)

    def _function_in(self, made: Generated) -> FuncOp:
        """The function that was made; what it calls, and the constants it reads, are known from now on."""
        machine = self._machine
        assert machine is not None
        for callee in made.callees:
            self._functions[callee.symbol] = callee
        for constant in made.constants:
            if constant.symbol not in machine.globals and constant.value is not None:
                machine.globals[constant.symbol] = thaw(constant.value, self._ir_types, machine.words)
        functions = [op for op in made.module.ops if isinstance(op, FuncOp) and not op.is_declaration]
        self._helping |= {op.sym_name.data: op for op in functions[1:]}
        return functions[0]

    def _provide(self, symbol: str) -> FuncOp | None:
        """The IR of a function of the program that is called for the first time; the machine keeps it."""
        if symbol in self._helping:
            return self._helping[symbol]
        function = self._functions.get(symbol)  # none where the linker decides what is meant
        if function is None or function.abi or function.module.is_runtime:
            return None
        if function.is_maker:
            return self._function_in(generate_maker(self._program, function, self._ir_types))
        self._provided.append(function)
        queries = self._program.queries
        with queries.values.computing(function), self._program.arenas.function(symbol) as arena:
            body = queries.body(function, arena)
            if not body.is_clean or self._mentions_wrong(body):
                raise WrongProgram
            return self._function_in(generate(self._program, function, body, self._ir_types, OPTIONS))
