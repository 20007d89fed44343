"""Scopes: what happens when control leaves them."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation
from xdsl.irdl import irdl_op_definition, opt_prop_def, region_def, traits_def, var_result_def
from xdsl.traits import RecursiveMemoryEffect

from dialects.lazy_syntax import SMALL_INT, LazySyntaxOp
from dialects.qz.branches import check_yields
from dialects.qz.checks import require
from dialects.qz.terminators import (
    BreakOp,
    ContinueOp,
    ReturnOp,
    UnreachableOp,
    YieldOp,
    enclosing_function,
    enclosing_loop,
)


@irdl_op_definition
class DeferOp(LazySyntaxOp):
    """Runs the body, and the cleanup whenever control leaves it: at its end, by return, break or continue.

    What leaves the body has its values by then. A panic ends the program and cleans nothing up. Control
    leaves the cleanup only at its end.

    What is in `after` says how many of the scopes around this one have their cleanups run before its own,
    whichever way control leaves it; it is the last thing in each of them.
    """

    name = "qz.defer"
    outputs = var_result_def()
    after = opt_prop_def(SMALL_INT)
    body = region_def()
    cleanup = region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = (
        "(`after` $after^)? (`->` type($outputs)^)? attr-dict-with-keyword $body `finally` $cleanup"
    )

    def verify_(self) -> None:
        check_yields(self.body, self.outputs.types)
        check_yields(self.cleanup, ())
        for op in self.cleanup.walk():
            require(not self._leaves_cleanup(op), f"a `{op.name}` leaves the cleanup")
        if self.after is not None:
            require(self.after.value.data > 0, "a cleanup that comes after none just has no `after`")
            self.outermost_before()

    def outermost_before(self) -> "DeferOp":
        """The outermost of the scopes whose cleanups come before this one's, or this one itself."""
        scope = self
        n_left = 0 if self.after is None else self.after.value.data
        while n_left:
            outer = scope.parent_op()
            is_end = isinstance(scope.next_op, YieldOp | UnreachableOp)
            require(
                isinstance(outer, DeferOp) and outer.body is scope.parent_region() and is_end,
                "a cleanup comes after those of scopes that it ends",
            )
            assert isinstance(outer, DeferOp)
            scope = outer
            n_left -= scope.after is None
        return scope

    def _leaves_cleanup(self, op: Operation) -> bool:
        if isinstance(op, ReturnOp):
            left = enclosing_function(op)
        elif isinstance(op, BreakOp | ContinueOp):
            label = op.properties.get("label")
            left = enclosing_loop(op, label if isinstance(label, StringAttr) else None)
        else:
            return False
        return left is None or not self.cleanup.is_ancestor(left)


OPS = (DeferOp,)
