"""Generators: functions that yield. Such a one makes an object that runs its body, as far as it is asked to.

The body is that of a lambda which captures the parameters, and suspends itself with each value.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from xdsl.dialects.builtin import ArrayAttr, StringAttr
from xdsl.ir import Attribute, SSAValue

from dialects.fast_ops import region_with_block
from dialects.qz.branches import IfOp
from dialects.qz.closures import LambdaOp
from dialects.qz.generators import SuspendOp
from dialects.qz.properties import UNIT, string_attr
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import boolean
from qz.irgen.builder import NO_PROPERTIES, Builder, Diverged
from qz.irgen.data.enums import new_variant
from qz.irgen.data.fields import new_struct
from qz.sema.decls import FunctionDecl
from qz.sema.types import TypeId

SOME, NONE = 0, 1
"""The variants of `Option`."""


def return_generator(b: Builder, function: FunctionDecl, body: int) -> None:
    """What the function itself does: it returns an object that has yet to run."""
    root = b.body.root
    conversion = b.conversions.get(root)
    generator = conversion.found if conversion is not None else b.program.queries.signature(function).result
    resume = _resume_type(b, generator)
    captured = [b.local_value(local) for local in b.body.params]
    region, block = region_with_block([value.type for value in captured])
    around, b.block = b.block, block
    for local, argument in zip(b.body.params, block.args, strict=True):
        b.values[local] = argument
    b.result_type = b.program.types.args[resume][-1]
    with suppress(Diverged):
        b.emit(body)
        raise return_from_generator(b)
    b.block = around
    symbol = f"{b.body.name}$next"
    properties: dict[str, Attribute] = {"symbol": string_attr(symbol), "generator": UNIT}
    op = b.do(LambdaOp, captured, properties, (b.ir_types.of(resume),), (region,), b.locate(root))
    op.attributes = {"qz.names": ArrayAttr(()), "qz.source": StringAttr(function.display)}
    made = new_struct(b, generator, (op.results[0],))
    b.do(ReturnOp, (made if conversion is None else b.convert(b, root, made),))


def _resume_type(b: Builder, generator: TypeId) -> TypeId:
    """The type of the function that a generator holds."""
    decl = b.program.library.struct("iter", "Generator")
    (field,) = b.program.queries.fields(decl).values()
    given = dict(zip(decl.type_params, b.program.types.args[generator][1:], strict=True))
    return b.program.types.substitute(field.type, given)


def return_from_generator(b: Builder) -> Diverged:
    """Nothing more is yielded: raise what this returns."""
    return b.end(ReturnOp, (new_variant(b, b.result_type, NONE),))


def yield_(b: Builder, node: int) -> None:
    """Suspends the body with a value. If it is given up meanwhile, it leaves the scopes it is in."""
    (part,) = b.ir_types.payload(b.result_type, SOME)
    value: SSAValue = b.value_as(b.lhs[node], part)
    some = new_variant(b, b.result_type, SOME, (value,))
    if not b.n_scopes:
        b.do(SuspendOp, (some,))
        return

    def leave() -> Sequence[SSAValue]:
        raise return_from_generator(b)

    given_up = b.make(SuspendOp, (some,), boolean)
    b.do(IfOp, (given_up,), NO_PROPERTIES, (), (b.region(leave),))
