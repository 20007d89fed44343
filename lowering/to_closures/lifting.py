"""One lambda becomes a function, and a closure or a reference takes its place."""

# pyright: reportPrivateUsage=false

from xdsl.dialects import func
from xdsl.dialects.builtin import ArrayAttr, FunctionType, StringAttr, UnitAttr
from xdsl.ir import Attribute, Block, Operation, OpResult, SSAValue, Use

from dialects.fast_attributes import new_function_type
from dialects.fast_ops import attach_before, attach_last, detached_op
from dialects.fast_rewrites import discard, replace_uses
from dialects.qz.closures import (
    CallFnOp,
    CapturedOp,
    ClosureOfOp,
    ClosureOp,
    EnvironmentOp,
    FnRefOp,
    LambdaOp,
    signature_of,
)
from dialects.qz.generators import GENERATOR
from dialects.qz.leaves import n_leaves
from dialects.qz.properties import int_attr
from dialects.qz.scalar import ConstOp
from dialects.qz.strings import StrConstOp
from dialects.qz.types import env
from lowering.shared_attributes import NO_PROPERTIES, Properties, callee_properties, string_attr

_REPEATABLE = frozenset((ConstOp, StrConstOp, FnRefOp))
"""Operations that give the same wherever they stand."""

_PRIVATE = StringAttr("private")


class _Front:
    """The start of a lambda's body, where what it needs from outside is made."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._first = block._first_op

    def put(
        self,
        op_class: type[Operation],
        operands: tuple[SSAValue, ...],
        type_: Attribute,
        properties: Properties = NO_PROPERTIES,
    ) -> SSAValue:
        """Makes an op with one result behind those made before."""
        op = detached_op(op_class, operands, (type_,), properties)
        if self._first is None:
            attach_last(self._block, op)
        else:
            attach_before(op, self._first)
        (value,) = op.results
        return value


def _replace(argument: SSAValue, value: SSAValue, block: Block) -> None:
    replace_uses(argument, value)
    block.erase_arg(argument)  # pyright: ignore[reportArgumentType]


def _repeatable(value: SSAValue) -> Operation | None:
    """The operation that gives a value, if it can be made again elsewhere."""
    return value.op if type(value) is OpResult and type(value.op) in _REPEATABLE else None


def _lift(op: LambdaOp) -> tuple[func.FuncOp, Operation]:
    """The function that a lambda becomes, and the op that takes its place."""
    signature = signature_of(op.result)
    callee = callee_properties(op.symbol.data)
    block = op.body.block
    front = _Front(block)
    arguments = list(block.args[len(signature.inputs) :])
    itself = arguments.pop() if op.recursive is not None else None
    kept: list[SSAValue] = []
    loaded: list[SSAValue] = []
    for captured, argument in zip(op.captures, arguments, strict=True):
        constant = _repeatable(captured)
        if constant is None:
            kept.append(captured)
            loaded.append(argument)
        else:
            copy = front.put(type(constant), (), captured.type, constant.properties)
            _replace(argument, copy, block)
    inputs = list(signature.inputs)
    if kept or op.generator is not None:
        inputs.append(env)
        environment = block.insert_arg(env, len(signature.inputs))
        word = 0
        for argument in loaded:
            value = front.put(CapturedOp, (environment,), argument.type, {"index": int_attr(word)})
            word += n_leaves(argument.type)
            _replace(argument, value, block)
        if itself is not None:
            value = front.put(ClosureOfOp, (environment,), itself.type)
            _replace(itself, value, block)
            call_directly(value, op.symbol.data, environment)
        properties = {**callee, "stack": op.on_stack} if op.on_stack is not None else callee
        if op.generator is not None:
            properties = {**properties, "slots": ArrayAttr[Attribute](())}
        made: Operation = detached_op(ClosureOp, tuple(kept), (op.result.type,), properties, op.location)
    else:
        if itself is not None:
            value = front.put(FnRefOp, (), itself.type, callee)
            _replace(itself, value, block)
        made = detached_op(FnRefOp, (), (op.result.type,), callee, op.location)
    return _function_of(op, new_function_type(inputs, signature.outputs)), made


def _function_of(op: LambdaOp, signature: FunctionType) -> func.FuncOp:
    body = op.body
    body.parent = None
    op.regions = ()
    properties: Properties = {
        "sym_name": string_attr(op.symbol.data),
        "function_type": signature,
        "sym_visibility": _PRIVATE,
    }
    function = detached_op(func.FuncOp, (), (), properties, op.location, (), (body,))
    marks = {GENERATOR: UnitAttr()} if op.generator is not None else {}
    function.attributes = {**op.attributes, **marks}
    return function


def _is_call(use: Use) -> bool:
    return type(use.operation) is CallFnOp and use.index == 0


def call_directly(function: SSAValue, symbol: str, environment: SSAValue | None) -> None:
    """Makes direct calls of the calls of a function value that is known."""
    further = () if environment is None else (environment,)
    for use in list(function.uses):
        if not _is_call(use):
            continue
        call = use.operation
        assert isinstance(call, CallFnOp)
        arguments = (*call.arguments, *further)
        direct = detached_op(
            func.CallOp, arguments, call.outputs.types, callee_properties(symbol), call.location
        )
        attach_before(direct, call)
        for old, new in zip(call.results, direct.results, strict=True):
            replace_uses(old, new)
        discard(call)


def replace_lambda(op: LambdaOp) -> func.FuncOp:
    """Lifts a lambda out of the function that it stands in."""
    function, made = _lift(op)
    attach_before(made, op)
    (value,) = made.results
    replace_uses(op.result, value)
    if isinstance(made, ClosureOp) and any(_is_call(use) for use in value.uses):
        environment = detached_op(EnvironmentOp, (value,), (env,), NO_PROPERTIES, op.location)
        attach_before(environment, op)
        call_directly(value, function.sym_name.data, environment.result)
    discard(op)
    return function
