"""Makes a function of every lambda, and direct calls of those whose function is known.

A lambda that captures something becomes a closure; its function takes the environment as its last parameter::

    %f = qz.lambda "g$lambda1" captures %n {      %f = qz.closure @g$lambda1(%n)
    ^bb0(%x, %captured):                     →    …
      …                                           func.func private @g$lambda1(%x, %env)
    }                                               %captured = qz.captured %env[0]
    %y = qz.call_fn %f(%a)                          …
                                                  %env = qz.environment %f
                                                  %y = func.call @g$lambda1(%a, %env)

Captured constants and plain functions are not captured but made again where they are used, so that a lambda
without anything else to capture is a plain function.

The code of a function value that is called in a loop is fetched before the loop, where the value is defined.
"""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp, SymbolRefAttr
from xdsl.ir import Region

from dialects.qz.closures import CallFnOp, FnRefOp, LambdaOp
from lowering.contents import Contents, definitions
from lowering.options import LoweringOptions
from lowering.to_closures.lifting import call_directly, replace_lambda
from lowering.to_closures.loop_calls import fetch_before_loop


def _visit(function: func.FuncOp) -> list[func.FuncOp]:
    """Lifts every lambda of a function that is not inside another one; gives what they became."""
    lifted: list[func.FuncOp] = []
    calls: list[CallFnOp] = []
    pending: list[Region] = [*function.regions]
    while pending:
        block = pending.pop()._first_block
        while block is not None:
            op = block._first_op
            while op is not None:
                following = op._next_op
                op_class = type(op)
                if op_class is LambdaOp:
                    assert isinstance(op, LambdaOp)
                    before = op._prev_op
                    lifted.append(replace_lambda(op))
                    # What took its place is looked at as well.
                    following = block._first_op if before is None else before._next_op
                elif op_class is FnRefOp:
                    callee = op.properties["callee"]
                    assert isinstance(callee, SymbolRefAttr)
                    call_directly(op.results[0], callee.root_reference.data, None)
                    following = op._next_op
                elif op_class is CallFnOp:
                    assert isinstance(op, CallFnOp)
                    calls.append(op)
                elif op.regions:
                    pending.extend(op.regions)
                op = following
            block = block._next_block
    for call in calls:
        fetch_before_loop(call)
    return lifted


def concerns(contents: Contents) -> bool:
    """Whether there is a function value whose function is known, or one that is called."""
    return contents.has_any((LambdaOp, FnRefOp, CallFnOp))


def apply(module: ModuleOp, options: LoweringOptions) -> None:
    """Lifts the lambdas of every function of a module, and those inside them in turn."""
    del options
    pending = definitions(module)
    for function in pending:
        lifted = _visit(function)
        if lifted:
            module.body.block.add_ops(lifted)
            pending += lifted
