"""Running a part of a program inside the compiler: the same meaning, without what only a real run has.

There is no world around it, and there are no variables of modules; what reads or changes either ends the
evaluation with `NotAtCompileTime`. Whoever runs the machine puts what constants hold into its ``globals``.
"""

from xdsl.dialects.func import FuncOp
from xdsl.ir import Operation

from dialects.interpreters import c_models, panic_models, text_models, vec_models
from dialects.interpreters.host import Host
from dialects.interpreters.interpret import CONTROL_RULES, VALUE_RULES, decode_body
from dialects.interpreters.machine import (
    RUNTIME_PREFIX,
    Callee,
    Decoder,
    Evaluator,
    Limits,
    Machine,
    Model,
    Provider,
    ValueRule,
)
from dialects.interpreters.values import LimitReached, NotAtCompileTime, Stop, Value
from dialects.qz import raw, variables

PURE_MODELS: dict[str, Model] = {
    **text_models.MODELS,
    **vec_models.MODELS,
    **panic_models.MODELS,
    **c_models.PURE_MODELS,
}
"""Functions whose result depends on their arguments alone."""

LIMITS = Limits(n_steps=10_000_000, depth=10_000, n_bytes=1 << 28)


class CompileTimeMachine(Machine):
    """A machine without a world; `provide` gives None for functions that the program does not define."""

    def __init__(self, provide: Provider, limits: Limits = LIMITS) -> None:
        super().__init__(provide, PURE_MODELS, (RULES, CONTROL_RULES), decode_body, Host(), limits)

    def evaluate(self, function: FuncOp) -> Value:
        """Runs a function without parameters that nothing else calls. Evaluations may nest.

        Each has the limits to itself. A `Stop` comes out with the functions it was in.
        """
        outer = len(self.call_stack)
        counted = self.n_steps, self.n_bytes
        self.n_steps = self.n_bytes = 0
        try:
            return Decoder(self).function(function).invoke([])
        except RecursionError:
            stop = LimitReached("calls and blocks nested more deeply than the compiler can follow")
            stop.functions = self.call_stack[outer:]
            raise stop from None
        except Stop as stop:
            stop.functions = self.call_stack[outer:]
            raise
        finally:
            del self.call_stack[outer:]
            self.n_steps, self.n_bytes = counted

    def missing(self, symbol: str) -> Callee:
        """A function that neither the program nor a model has reaches outside."""
        return Unavailable(symbol)


class Unavailable(Callee):
    """A function of the runtime or of C that no evaluation can call."""

    def __init__(self, symbol: str) -> None:
        self._symbol = symbol

    def invoke(self, args: list[Value]) -> Value:
        if self._symbol.startswith(RUNTIME_PREFIX):
            raise NotAtCompileTime(f"`{self._symbol}`")
        # No name in C has a `$`: it is that of the type of a function which is called by its address.
        is_named = "$" not in self._symbol
        raise NotAtCompileTime(
            f"the C function `{self._symbol}`" if is_named else "a C function at an address"
        )


def global_get(op: variables.GlobalGetOp, machine: Machine) -> Evaluator:
    """Reads what a constant holds; a variable has no value yet."""
    symbol = op.global_name.root_reference.data
    held = machine.globals

    def evaluate() -> Value:
        if symbol not in held:
            raise NotAtCompileTime(f"the global `{symbol.rpartition('$')[2]}`", op.location)
        return held[symbol]

    return evaluate


def global_set(op: variables.GlobalSetOp, machine: Machine) -> Evaluator:
    """Writes a variable, which does not exist yet."""
    symbol = op.global_name.root_reference.data

    def evaluate(value: Value) -> None:
        raise NotAtCompileTime(f"the global `{symbol.rpartition('$')[2]}`", op.location)

    return evaluate


def raw_memory(op: Operation, machine: Machine) -> Evaluator:
    """Addresses mean something in a running program only."""

    def evaluate(*operands: Value) -> Value:
        raise NotAtCompileTime("raw memory", op.location)

    return evaluate


RULES: dict[type[Operation], ValueRule] = {
    **VALUE_RULES,
    **dict.fromkeys(raw.OPS, raw_memory),
    variables.GlobalGetOp: global_get,
    variables.GlobalSetOp: global_set,
}
