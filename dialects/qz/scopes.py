"""Scopes: what happens when control leaves them."""

from typing import ClassVar

from xdsl.dialects.builtin import StringAttr
from xdsl.ir import Operation
from xdsl.irdl import irdl_op_definition, region_def, traits_def, var_result_def
from xdsl.traits import RecursiveMemoryEffect

from dialects.lazy_syntax import LazySyntaxOp
from dialects.qz.branches import check_yields
from dialects.qz.checks import require
from dialects.qz.terminators import BreakOp, ContinueOp, ReturnOp, enclosing_loop


@irdl_op_definition
class DeferOp(LazySyntaxOp):
    """Runs the body, and the cleanup whenever control leaves it: at its end, by return, break or continue.

    What leaves the body has its values by then. A panic ends the program and cleans nothing up. Control
    leaves the cleanup only at its end.
    """

    name = "qz.defer"
    outputs = var_result_def()
    body = region_def()
    cleanup = region_def()
    traits = traits_def(RecursiveMemoryEffect())
    SYNTAX: ClassVar = "(`->` type($outputs)^)? attr-dict-with-keyword $body `finally` $cleanup"

    def verify_(self) -> None:
        check_yields(self.body, self.outputs.types)
        check_yields(self.cleanup, ())
        for op in self.cleanup.walk():
            require(not self._leaves_cleanup(op), f"a `{op.name}` leaves the cleanup")

    def _leaves_cleanup(self, op: Operation) -> bool:
        if isinstance(op, ReturnOp):
            return True
        if not isinstance(op, BreakOp | ContinueOp):
            return False
        label = op.properties.get("label")
        loop = enclosing_loop(op, label if isinstance(label, StringAttr) else None)
        return loop is None or not self.cleanup.is_ancestor(loop)


OPS = (DeferOp,)
