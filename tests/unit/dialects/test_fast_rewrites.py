"""Lean rewriting leaves what xDSL's own methods leave: the same text, and the same lists of uses."""

# pyright: reportPrivateUsage=false

import gc
import weakref

import pytest
from xdsl.dialects import cf, test
from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Operation, Region, SSAValue

from dialects.fast_rewrites import become, become_last, discard, discard_blocks, replace_uses, take_apart
from dialects.qz.properties import int_const
from dialects.qz.scalar import ConstOp
from dialects.qz.types import si64


class Example:
    """A function with some values, uses of them in one and in several places, and two blocks."""

    def __init__(self) -> None:
        self.block, self.other = Block(arg_types=[si64, si64]), Block(arg_types=[si64, si64])
        self.a, self.b = self.block.args
        self.ops = [
            test.TestOp(operands=operands, result_types=[si64])
            for operands in ([self.a, self.b], [self.a, self.a], [self.b, self.a, self.b])
        ]
        self.end = test.TestOp(operands=[self.a, self.b])
        self.block.add_ops([*self.ops, self.end])
        self.function = FuncOp("f", ([si64, si64], []), Region([self.block, self.other]))
        self.module = ModuleOp([self.function])

    def picture(self) -> tuple[str, list[list[tuple[str, int]]]]:
        """The text, and the uses of every value from the last to the first."""
        values: list[SSAValue] = [self.a, self.b, *[result for op in self.block.ops for result in op.results]]
        uses: list[list[tuple[str, int]]] = []
        for value in values:
            forwards = list(value.uses)
            backwards = [forwards[-1]] if forwards else []
            while backwards and backwards[-1]._prev_use is not None:
                backwards.append(backwards[-1]._prev_use)
            assert forwards == backwards[::-1]
            assert all(use.operation._operand_uses[use.index] is use for use in forwards)
            assert all(use.operation.operands[use.index] is value for use in forwards)
            uses.append([(use.operation.name, use.index) for use in forwards])
        return str(self.module), uses


def erase(op: Operation) -> None:
    op.detach()
    op.erase()


@pytest.mark.parametrize("position", [0, 1, 2])
def test_discard_is_detaching_and_erasing(position: int) -> None:
    lean, plain = Example(), Example()
    discard(lean.ops[position])
    erase(plain.ops[position])
    assert lean.picture() == plain.picture()


def test_discarded_blocks_use_nothing_as_after_dropping_references() -> None:
    examples = Example(), Example()
    dead: list[Block] = []
    for example in examples:
        inner = Block([test.TestOp(operands=[example.b, example.a])])
        block = Block(arg_types=[si64])
        first = test.TestOp(operands=[example.a, block.args[0]], result_types=[si64])
        around = test.TestOp(operands=[first.results[0], example.b], regions=[Region(inner)])
        block.add_ops([first, around, cf.BranchOp(example.other, example.a, example.b)])
        dead.append(block)
    lean, plain = examples
    assert lean.other.first_use is not None
    discard_blocks(dead[:1])
    dead[1].drop_all_references()
    assert lean.picture() == plain.picture()
    assert lean.other.first_use is None


@pytest.mark.parametrize("name", [None, "named"])
def test_replacing_uses(name: str | None) -> None:
    lean, plain = Example(), Example()
    lean.a.name_hint = plain.a.name_hint = name
    replace_uses(lean.a, lean.b)
    plain.a.replace_all_uses_with(plain.b)
    assert lean.picture() == plain.picture()
    assert lean.b.name_hint == name


def test_becoming_a_constant() -> None:
    lean, plain = Example(), Example()
    for example in (lean, plain):
        example.end.operands = [example.ops[1].results[0]] * 2
    become(lean.ops[1], ConstOp, int_const(7, si64))
    constant = ConstOp.create(result_types=[si64], properties=int_const(7, si64))
    plain.block.insert_op_before(constant, plain.ops[1])
    plain.ops[1].results[0].replace_all_uses_with(constant.results[0])
    erase(plain.ops[1])
    assert lean.picture()[0] == plain.picture()[0]
    (result,) = list(lean.block.ops)[1].results
    assert isinstance(result.owner, ConstOp)
    assert [use.operation for use in result.uses] == [lean.end] * 2


@pytest.mark.parametrize("with_operands", [True, False])
def test_becoming_a_branch(with_operands: bool) -> None:
    examples = Example(), Example()
    for example in examples:
        if not with_operands:
            example.end.operands = []
    lean, plain = examples
    become_last(lean.end, cf.BranchOp, {}, (lean.other,))
    branch = cf.BranchOp.create(operands=list(plain.end.operands), successors=[plain.other])
    erase(plain.end)
    plain.block.add_op(branch)
    assert lean.picture() == plain.picture()
    (use,) = lean.other.uses
    assert use.operation is lean.block.last_op


def test_what_is_taken_apart_goes_without_a_collection() -> None:
    example = Example()
    parts = [example.module, example.function, example.block, example.other, *example.ops, example.end]
    watched = [weakref.ref(part) for part in (*parts, *example.block.args, example.ops[0].results[0])]
    module = example.module
    gc.disable()
    try:
        del example, parts
        assert all(part() is not None for part in watched)
        take_apart(module)
        del module
        assert not [part for part in watched if part() is not None]
    finally:
        gc.enable()
