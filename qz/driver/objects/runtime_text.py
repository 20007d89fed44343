"""The units of the runtime as LLVM text: a function, or the variables of a module.

A function comes with copies of the small ones that it calls, for LLVM to inline and then to forget: the real
ones are units of their own. Without them formatting a number would take a quarter longer.
"""

from lowering.emit_llvm import FunctionText
from lowering.emit_llvm.stack_switch import SWITCH_STACK
from qz.driver.build import Build
from qz.driver.lowering_step import LoweringStep
from qz.driver.objects.runtime_unit import RuntimeText, is_of_runtime
from qz.driver.session import Session

# Characters of LLVM text. More gains nothing that could be measured and takes LLVM longer.
_SMALL = 600


class RuntimeTexts:
    """Makes the texts; each function is lowered once, whether it is needed for itself or to be inlined."""

    def __init__(self, session: Session, build: Build, step: LoweringStep) -> None:
        self._session = session
        self._build = build
        self._step = step
        self._lowered: dict[str, FunctionText] = {}

    def unit(self, symbol: str) -> RuntimeText | None:
        """The unit that defines a symbol of the runtime; None where something in it is wrong."""
        text = self._lower(symbol)
        if text is None:
            return None
        builder = self._step.new_builder()
        builder.add(text)
        mentions = set(text.declarations)
        pending = list(text.declarations)
        seen = set(text.defined)
        while pending:
            callee = pending.pop(0)
            if callee in seen or not is_of_runtime(callee) or not self._build.runtime.is_function(callee):
                continue
            seen.add(callee)
            called = self._lower(callee)
            if called is None:
                return None
            copy = called.for_inlining()
            if copy is not None and len(copy.text) <= _SMALL:
                builder.add(copy)
                mentions.update(copy.declarations)
                pending += copy.declarations
        return RuntimeText(builder.finish(), text.defined, frozenset(mentions))

    def _lower(self, symbol: str) -> FunctionText | None:
        text = self._lowered.get(symbol)
        if text is None:
            text = self._lower_anew(symbol)
            if text is not None:
                self._lowered[symbol] = text
        return text

    def _lower_anew(self, symbol: str) -> FunctionText | None:
        if symbol == SWITCH_STACK:
            return self._step.stack_switch(self._build)
        if not self._build.runtime.is_function(symbol):
            return self._step.runtime_globals(self._build, symbol)
        unit = self._build.runtime_function(symbol)
        if unit is None:
            return None
        text = self._step.lower(unit)
        self._session.end_function(unit.n_nodes, unit.n_ops)
        return text
