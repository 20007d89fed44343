"""Lean construction gives what xDSL's own constructors give, field by field."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from xdsl.dialects import cf, test
from xdsl.dialects.builtin import (
    UNKNOWN_LOC,
    FileLineColLoc,
    FunctionType,
    IntAttr,
    ModuleOp,
    StringAttr,
)
from xdsl.dialects.func import FuncOp
from xdsl.ir import Block, Operation, OpResult, Region, SSAValue

from dialects import fast_ops
from dialects.qz.arith import AddOp
from dialects.qz.properties import TRAP
from dialects.qz.terminators import ReturnOp
from dialects.qz.types import i1, si64

SomeOp = test.TestOp

OPERATION_FIELDS = (
    "properties",
    "attributes",
    "location",
    "_next_op",
    "_prev_op",
)


def picture(op: Operation, known: dict[Any, str]) -> dict[str, Any]:
    """Everything an operation holds, with the objects around it by name."""

    def uses(used: SSAValue | Block) -> list[tuple[str, int]]:
        return [(known.get(use.operation, "?"), use.index) for use in used.uses]

    known = {**known, op: "self"}
    return {
        **{field: getattr(op, field) for field in OPERATION_FIELDS},
        "operands": [known[value] for value in op.operands],
        "operand_uses": [(use.operation is op, use.index) for use in op._operand_uses],
        "results": [(type(r), r.type, r.index, r.op is op, r.name_hint, r.first_use) for r in op.results],
        "successors": [known[block] for block in op.successors],
        "successor_uses": [(use.operation is op, use.index) for use in op.successor_uses],
        "regions": [known[region] for region in op.regions],
        "region_parents": [region.parent is op for region in op.regions],
        "parent": known.get(op.parent),
        "uses": {name: uses(thing) for thing, name in known.items() if isinstance(thing, SSAValue | Block)},
        "container_types": [type(op._operands), type(op.results), type(op.regions), type(op._successors)],
    }


def surroundings() -> tuple[dict[Any, str], list[SSAValue], list[Block], list[Region], Block]:
    """Values with and without uses, blocks to branch to, regions, and a block to stand in."""
    home = Block(arg_types=[si64, si64, i1])
    other, third = Block(), Block()
    region = Region([Block()])
    home.add_op(SomeOp(operands=[home.args[0], home.args[0]]))
    known: dict[Any, str] = {home.args[0]: "a", home.args[1]: "b", home.args[2]: "c"}
    known |= {other: "other", third: "third", region: "region", home: "home"}
    return known, list(home.args), [other, third], [region], home


Builder = Callable[[list[SSAValue], list[Block], list[Region]], dict[str, Any]]


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda values, blocks, regions: {}, id="nothing"),
        pytest.param(lambda values, blocks, regions: {"operands": values[:2]}, id="operands"),
        pytest.param(lambda values, blocks, regions: {"operands": [values[0]] * 3}, id="same operand thrice"),
        pytest.param(lambda values, blocks, regions: {"result_types": [si64, i1]}, id="results"),
        pytest.param(lambda values, blocks, regions: {"successors": [*blocks, blocks[0]]}, id="successors"),
        pytest.param(lambda values, blocks, regions: {"regions": tuple(regions)}, id="regions"),
        pytest.param(lambda values, blocks, regions: {"properties": TRAP}, id="properties"),
        pytest.param(
            lambda values, blocks, regions: {
                "operands": values,
                "result_types": [si64],
                "location": FileLineColLoc(StringAttr("f"), IntAttr(1), IntAttr(2)),
            },
            id="location",
        ),
    ],
)
def test_detached_op_is_what_create_makes(build: Builder) -> None:
    pictures: list[dict[str, Any]] = []
    for make in (SomeOp.create, lambda **given: fast_ops.detached_op(SomeOp, **given)):
        known, values, blocks, regions, _ = surroundings()
        pictures.append(picture(make(**build(values, blocks, regions)), known))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize("n_before", [0, 1, 2])
def test_append_value_is_create_and_add(n_before: int) -> None:
    pictures: list[dict[str, Any]] = []

    def plainly(block: Block, operands: Sequence[SSAValue]) -> OpResult:
        op = AddOp.create(operands=operands, result_types=[si64], properties=TRAP)
        block.add_op(op)
        return op.results[0]

    def leanly(block: Block, operands: Sequence[SSAValue]) -> OpResult:
        return fast_ops.append_value(block, AddOp, operands, si64, TRAP)

    for add in (plainly, leanly):
        known, values, _, _, home = surroundings()
        home = Block() if n_before == 0 else home
        known[home] = "home"
        result = values[0]
        for _ in range(max(n_before, 1)):
            result = add(home, [values[0], result])
        op = result.owner
        assert home.last_op is op
        assert [type(o) for o in home.ops][-1] is AddOp
        assert len(list(home.ops)) == (1 if n_before == 0 else n_before + 1)
        shown = picture(op, {**known, result: "result", op.operands[1]: "earlier"})
        shown["_prev_op"] = type(shown["_prev_op"])
        pictures.append(shown)
    assert pictures[0] == pictures[1]


def ops_of(block: Block) -> list[Operation]:
    """The operations of a block, checked against the links backwards."""
    forwards = list(block.ops)
    assert forwards == list(reversed(list(reversed(block.ops))))
    assert all(op.parent is block for op in forwards)
    return forwards


def test_linking() -> None:
    block = fast_ops.new_block()
    a, b, c = (fast_ops.detached_op(SomeOp) for _ in range(3))
    fast_ops.attach_last(block, b)
    fast_ops.attach_before(a, b)
    fast_ops.attach_last(block, c)
    assert ops_of(block) == [a, b, c]
    fast_ops.unlink(b)
    assert ops_of(block) == [a, c]
    assert (b.parent, b.next_op, b.prev_op) == (None, None, None)
    fast_ops.attach_before(b, c)
    assert ops_of(block) == [a, b, c]
    fast_ops.unlink(a)
    fast_ops.unlink(c)
    fast_ops.unlink(b)
    assert ops_of(block) == []
    assert block.is_empty


def adopt(block: Block) -> None:
    """What the reader of a block does as it goes along."""
    for op in block.ops:
        op.parent = block


@pytest.mark.parametrize("at", [0, 1, 2])
def test_splice_after(at: int) -> None:
    source, target = fast_ops.new_block(), fast_ops.new_block()
    ops = [fast_ops.append_op(source, SomeOp) for _ in range(3)]
    kept = fast_ops.append_op(target, SomeOp)
    fast_ops.splice_after(ops[at], target)
    assert ops_of(source) == ops[: at + 1]
    adopt(target)
    assert ops_of(target) == [kept, *ops[at + 1 :]]
    empty = fast_ops.new_block()
    fast_ops.splice_after(kept, empty)
    adopt(empty)
    assert ops_of(empty) == ops[at + 1 :]


def test_blocks_and_regions() -> None:
    lean, plain = fast_ops.new_block([si64, i1]), Block(arg_types=[si64, i1])
    for name in ("_first_op", "_last_op", "_next_block", "_prev_block", "parent", "first_use", "name_hint"):
        assert getattr(lean, name) == getattr(plain, name), name
    assert [(a.type, a.index, a.block is lean, a.location) for a in lean.args] == [
        (a.type, a.index, a.block is plain, a.location) for a in plain.args
    ]
    region = fast_ops.new_region(lean)
    second = fast_ops.new_block()
    fast_ops.append_block(region, second)
    assert list(region.blocks) == [lean, second]
    assert (lean.next_block, second.prev_block) == (second, lean)
    assert second.parent is region
    assert list(fast_ops.new_region().blocks) == []
    grown = fast_ops.new_region()
    only = fast_ops.new_block()
    fast_ops.append_block(grown, only)
    assert (grown.first_block, grown.last_block) == (only, only)


def test_location_is_equal_to_a_checked_one() -> None:
    file = StringAttr("a.qz")
    lean = fast_ops.file_location(file, 3, 7)
    plain = FileLineColLoc(file, IntAttr(3), IntAttr(7))
    assert lean == plain
    assert hash(lean) == hash(plain)
    assert str(lean) == str(plain)


def test_module_is_what_xdsl_makes() -> None:
    lean = fast_ops.module_of([SomeOp(), SomeOp()])
    lean.verify()
    assert lean.is_structurally_equivalent(ModuleOp([SomeOp(), SomeOp()]))
    assert [op.parent for op in lean.ops] == [lean.body.block] * 2


def test_xdsl_takes_lean_ir_for_its_own() -> None:
    """Verification, printing, cloning, replacing and erasing all work on it."""
    region, block = fast_ops.region_with_block([si64])
    total = fast_ops.append_value(block, AddOp, (block.args[0], block.args[0]), si64, TRAP)
    more = fast_ops.append_value(block, AddOp, (total, total), si64, TRAP)
    fast_ops.append_op(block, ReturnOp, (more,))
    function = FuncOp("f", FunctionType.from_lists([si64], [si64]), region)
    module = ModuleOp([function])
    module.verify()
    assert module.clone().is_structurally_equivalent(module)
    more.replace_all_uses_with(total)
    assert more.first_use is None
    assert isinstance(more.owner, Operation)
    more.owner.detach()
    more.owner.erase()
    module.verify()
    assert [op.name for op in block.ops] == ["qz.add", "qz.return"]


def test_branches_record_their_predecessors() -> None:
    region, entry = fast_ops.region_with_block([i1])
    then, otherwise = fast_ops.new_block(), fast_ops.new_block()
    for block in (then, otherwise):
        fast_ops.append_block(region, block)
    branch = cf.BranchOp.create(successors=[then])
    lean = fast_ops.append_op(entry, SomeOp, successors=(then, otherwise, then))
    assert [block.predecessors().count(entry) for block in (then, otherwise)] == [2, 1]
    assert lean.location == UNKNOWN_LOC
    branch.drop_all_references()
