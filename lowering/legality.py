"""What each stage may contain: the contract between the passes, checked in tests and under --verify-each."""

from collections.abc import Callable
from dataclasses import dataclass

from xdsl.dialects import arith, cf, func, llvm
from xdsl.dialects.builtin import FunctionType, ModuleOp, Signedness, f32, f64, i1, i32, i64
from xdsl.ir import Attribute, Block, Operation
from xdsl.utils.exceptions import VerifyException

from dialects.qz.leaves import has_leaves
from dialects.qz.types import LocalType
from dialects.qzrt.types import PackType, SlotType
from lowering.shared_attributes import as_integer_type


class IllegalStageError(Exception):
    """A module breaks the contract of the stage it is said to be of."""

    def __init__(self, stage: str, op: Operation, problem: str) -> None:
        super().__init__(f"stage `{stage}`: `{op.name}`: {problem}")


_STRUCTURED = frozenset(
    "qz." + name
    for name in (
        "if",
        "all",
        "any",
        "switch",
        "match",
        "take",
        "while",
        "loop",
        "for",
        "for_each",
        "defer",
        "return",
        "yield",
        "break",
        "continue",
    )
)


_OF_WHOLE_VALUES = frozenset(("qz.value_new", "qz.value_get"))
"""What puts value structs together and takes them apart; from the stage `cfg` on there are only leaves."""


def _is_qz_value(type_: Attribute) -> bool:
    integer = as_integer_type(type_)
    if integer is not None:
        return type_ == i1 or integer.signedness.data != Signedness.SIGNLESS
    name = getattr(type_, "name", "")
    return type_ in (f32, f64) or name.startswith("qz.") or isinstance(type_, LocalType | FunctionType)


def _is_expanded_value(type_: Attribute) -> bool:
    content = type_.content if isinstance(type_, LocalType) else type_
    return _is_qz_value(type_) and not has_leaves(content)


def _is_rt_value(type_: Attribute) -> bool:
    return type_ in (i64, i1, f64, f32, i32) or isinstance(type_, SlotType | PackType)


def _is_llvm_value(type_: Attribute) -> bool:
    return llvm.is_compatible_type(type_)


def _is_qz_op(op: Operation) -> bool:
    return op.name.startswith("qz.") or isinstance(op, func.FuncOp | func.CallOp)


def _is_lifted_op(op: Operation) -> bool:
    return op.name != "qz.lambda" and _is_qz_op(op)


def _is_flat_op(op: Operation) -> bool:
    if op.name in _STRUCTURED:
        return False
    return _is_lifted_op(op) or isinstance(
        op, cf.BranchOp | cf.ConditionalBranchOp | cf.SwitchOp | func.ReturnOp | arith.SelectOp
    )


def _is_cfg_op(op: Operation) -> bool:
    return op.name != "qz.suspend" and op.name not in _OF_WHOLE_VALUES and _is_flat_op(op)


def _is_rt_op(op: Operation) -> bool:
    return op.name.partition(".")[0] in ("qzrt", "arith", "cf", "func")


def _is_llvm_op(op: Operation) -> bool:
    return op.name.startswith("llvm.")


@dataclass(frozen=True, slots=True)
class StageSpec:
    """The allowed operations and types of values, and whether regions may be nested in a function."""

    is_op: Callable[[Operation], bool]
    is_value_type: Callable[[Attribute], bool]
    nested: bool


# "flat" is on the way to "cfg": control flow is flat already, value structs are still whole, and generators
# suspend themselves.
SPECS: dict[str, StageSpec] = {
    "qz": StageSpec(_is_qz_op, _is_qz_value, nested=True),
    "qz-opt": StageSpec(_is_lifted_op, _is_qz_value, nested=True),
    "flat": StageSpec(_is_flat_op, _is_qz_value, nested=False),
    "cfg": StageSpec(_is_cfg_op, _is_expanded_value, nested=False),
    "rt": StageSpec(_is_rt_op, _is_rt_value, nested=False),
    "llvm": StageSpec(_is_llvm_op, _is_llvm_value, nested=False),
}


def verify_stage(module: ModuleOp, stage: str) -> None:
    """Checks a module against the spec of a stage, and every operation by its own rules."""
    spec = SPECS[stage]
    for op in module.walk():
        if op is module:
            continue
        if not spec.is_op(op):
            raise IllegalStageError(stage, op, "not allowed here")
        if not spec.nested and op.regions and op.parent is not module.body.block:
            raise IllegalStageError(stage, op, "control flow is flat from here on")
        for result in op.results:
            if not spec.is_value_type(result.type):
                raise IllegalStageError(stage, op, f"a value may not be of type {result.type}")
        for region in op.regions:
            for block in region.blocks:
                _verify_block(stage, spec, op, block)
    try:
        module.verify()
    except VerifyException as problem:
        raise IllegalStageError(stage, module, str(problem)[-2000:]) from problem


def _verify_block(stage: str, spec: StageSpec, parent: Operation, block: Block) -> None:
    for argument in block.args:
        if not spec.is_value_type(argument.type):
            raise IllegalStageError(stage, parent, f"a block argument may not be of type {argument.type}")
    last = block.last_op
    if last is None:
        return
    reached = [successor for successor in last.successors if successor.args]
    if len(reached) != len(set(map(id, reached))):
        raise IllegalStageError(stage, last, "two edges with arguments lead to one block")
