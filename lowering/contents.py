"""What a module consists of, looked up once before the passes: those with nothing to do there are left out.

A pass that is for something special says with a function `concerns` which contents it is for. What a pass may
bring in that a later one is for has to be implied by what is there before: `to_cfg` makes no `qz.vec_own`.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Collection

from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.ir import Attribute, Operation, Region

from dialects.qz import arith, bits
from dialects.qz.matches import TakeOp
from dialects.qz.scalar import CastOp, CmpOp, ConstOp, NotOp
from dialects.qz.strings import StrConstOp
from dialects.qz.terminators import ReturnOp, YieldOp


def functions_of(module: ModuleOp) -> list[func.FuncOp]:
    """The functions of a module, and those that are only declared."""
    (body,) = module.regions
    block = body._first_block
    assert block is not None
    found: list[func.FuncOp] = []
    op = block._first_op
    while op is not None:
        if type(op) is func.FuncOp:
            found.append(op)
        op = op._next_op
    return found


def definitions(module: ModuleOp) -> list[func.FuncOp]:
    """The functions of a module that have a body."""
    return [op for op in functions_of(module) if op.regions[0]._first_block is not None]


PLAIN: frozenset[type[Operation]] = frozenset(
    (ConstOp, StrConstOp, CmpOp, NotOp, CastOp, *arith.OPS, *bits.OPS, YieldOp, TakeOp, ReturnOp)
)
"""Operations that every function consists of, and no pass is for: they give numbers, constants or nothing."""


class Contents:
    """What the functions of a module consist of besides plain operations: their classes, and types of values.

    Types are told apart by identity: equal ones may be there several times.
    """

    __slots__ = ("_op_classes", "types")

    def __init__(self, module: ModuleOp) -> None:
        plain = PLAIN
        classes: set[type[Operation]] = set()
        types: dict[int, Attribute] = {}
        pending: list[Region] = []
        for function in functions_of(module):
            pending += function.regions
            signature = function.function_type
            for type_ in (*signature.inputs.data, *signature.outputs.data):
                types[id(type_)] = type_
        while pending:
            block = pending.pop()._first_block
            while block is not None:
                for argument in block._args:
                    types[id(argument._type)] = argument._type
                op = block._first_op
                while op is not None:
                    op_class = type(op)
                    if op_class not in plain:
                        classes.add(op_class)
                        for result in op.results:
                            types[id(result._type)] = result._type
                        if op.regions:
                            pending += op.regions
                    op = op._next_op
                block = block._next_block
        self._op_classes = classes
        self.types = tuple(types.values())

    def has_any(self, op_classes: Collection[type[Operation]]) -> bool:
        """Whether there is an operation of any of these classes, none of which may be plain."""
        assert PLAIN.isdisjoint(op_classes)
        return not self._op_classes.isdisjoint(op_classes)
