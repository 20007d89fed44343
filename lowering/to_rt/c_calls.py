"""Calls of C functions: arguments in C's widths, value structs where C expects them.

A value struct is stored as C lays it out, and loaded again in pieces of eight bytes, as integers or doubles,
which are arguments of their own; or its address is handed on as that of a copy. A result in registers is
stored, and its leaves are loaded.
"""

# pyright: reportPrivateUsage=false

from collections.abc import Iterator

from xdsl.dialects import arith
from xdsl.dialects.builtin import FunctionType, f32, f64, i1, i64
from xdsl.ir import Attribute, SSAValue

from dialects.qz.calls import CallExternOp as SourceCallOp
from dialects.qz.calls import ExternOp
from dialects.qz.properties import UNIT
from dialects.qz.struct_type import StructType
from dialects.qz.types import si32, si64, ui8
from dialects.qzrt.calls import CallExternOp
from dialects.qzrt.memory import LoadOp, StoreOp
from dialects.qzrt.types import copied, pack_type, ptr
from lowering.abi.c_structs import Registers, register_types
from lowering.abi.value_forms import ADDRESS, BOOL, F32, F64, ValueForm
from lowering.dispatch import Operands, Table
from lowering.shared_attributes import Properties, word_attr
from lowering.to_rt.access import eight_bytes
from lowering.to_rt.erasure import Erasure
from lowering.to_rt.rows import layout_of, leaf_access, room_on_stack, row_on_stack

TABLE: Table[Erasure] = Table()


@TABLE.lowers(SourceCallOp)
def lower_extern_call(rt: Erasure, op: SourceCallOp) -> None:
    """The C type of this call goes along; the registers stay those of the values."""
    extern = rt.externs[op.callee.root_reference.data]
    call = _Call(rt, op, extern)
    outputs = _outputs(extern)
    if extern.indirect is not None:
        call.add_code()
    struct = next((type_ for type_ in outputs if isinstance(type_, StructType)), None)
    place = None if struct is None else call.reserve(struct)
    for type_ in _inputs(extern):
        call.add(type_)
    n_fixed = len(call.types)
    call.add_variadic()
    properties: Properties = {"callee": op.callee}
    if extern.indirect is not None:
        properties["indirect"] = UNIT
    if extern.variadic is not None:
        properties["n_fixed"] = word_attr(n_fixed)
    if struct is None or place is None:
        call.give(properties, outputs)
    else:
        call.give_struct(properties, struct, place)


def _inputs(extern: ExternOp) -> list[Attribute]:
    """The declared types of the arguments, pointers marked as such."""
    inputs = [in_memory(type_) for type_ in extern.function_type.inputs]
    for position in extern.pointer_arguments:
        inputs[position] = ptr
    return inputs


def _outputs(extern: ExternOp) -> list[Attribute]:
    """The declared type of the result, if there is one."""
    if extern.ptr_result is not None:
        return [ptr]
    return [in_memory(type_) for type_ in extern.function_type.outputs]


def in_memory(type_: Attribute) -> Attribute:
    """A Bool is a byte to C."""
    return ui8 if type_ == i1 else type_


class _Call:
    """Collects the arguments of one call, and what they are to C."""

    def __init__(self, rt: Erasure, op: SourceCallOp, extern: ExternOp) -> None:
        self.rt = rt
        self.op = op
        self.arguments: list[SSAValue] = []
        self.types: list[Attribute] = []
        self._registers = Registers()
        self._given: Iterator[tuple[SSAValue, ValueForm]] = zip(
            rt.operands(op), map(rt.form, op.arguments), strict=True
        )

    def _put(self, value: SSAValue, type_: Attribute) -> None:
        self.arguments.append(value)
        self.types.append(type_)

    # Arguments

    def add_code(self) -> None:
        """The address of the function, which is no argument to C."""
        self.arguments.append(self._next_scalar())

    def add(self, type_: Attribute) -> None:
        """The next one, of a declared type."""
        if isinstance(type_, StructType):
            self._add_struct(type_)
            return
        self._registers.take((f64 if type_ in (f32, f64) else si64,))
        self._put(self._next_scalar(), type_)

    def add_variadic(self) -> None:
        """All that is left, with C's promotions: a float is a double, a short number an int."""
        for value, form in self._given:
            if form is F32:
                value = self.rt.emit(arith.ExtFOp, (value,), {}, f64)
            self._put(self._as_word_of_bool(value, form), _promoted_type(form))

    def _next_scalar(self) -> SSAValue:
        return self._as_word_of_bool(*next(self._given))

    def _as_word_of_bool(self, value: SSAValue, form: ValueForm) -> SSAValue:
        return self.rt.to_word(value, form) if form is BOOL else value

    def _add_struct(self, type_: StructType) -> None:
        layout = layout_of(type_)
        leaves = [next(self._given)[0] for _ in layout.leaves]
        row = row_on_stack(self.rt, type_, leaves)
        pieces = register_types(layout)
        if not pieces or not self._registers.take(pieces):
            self._put(row, copied(layout.size))
            return
        for index, piece in enumerate(pieces):
            properties = eight_bytes(index, of_floats=piece == f64)
            self._put(self.rt.emit(LoadOp, (row,), properties, _register(piece)), piece)

    # The result

    def reserve(self, type_: StructType) -> SSAValue:
        """The address of room for a result, which C is told if it does not give it in registers."""
        place = room_on_stack(self.rt, type_)
        if not register_types(layout_of(type_)):
            self._registers.take((si64,))
            self._put(place, ptr)
        return place

    def give(self, properties: Properties, outputs: list[Attribute]) -> None:
        """The call, with a result that is no struct, if there is any."""
        rt, op = self.rt, self.op
        properties["c_type"] = FunctionType.from_lists(self.types, outputs)
        if not op.results:
            rt.effect(CallExternOp, self.arguments, properties)
            return
        form = rt.result_form(op)
        if form is BOOL:
            rt.define(op, rt.from_word(rt.emit(CallExternOp, self.arguments, properties), form))
        else:
            rt.define(op, rt.emit(CallExternOp, self.arguments, properties, form.register))

    def give_struct(self, properties: Properties, type_: StructType, place: SSAValue) -> None:
        """The call; the leaves of its result are read where it lies then."""
        rt = self.rt
        pieces = register_types(layout_of(type_))
        properties["c_type"] = FunctionType.from_lists(self.types, pieces)
        if not pieces:
            rt.effect(CallExternOp, self.arguments, properties)
        elif len(pieces) == 1:
            value = rt.emit(CallExternOp, self.arguments, properties, _register(pieces[0]))
            self._store((value,), pieces, place)
        else:
            pack = rt.emit(CallExternOp, self.arguments, properties, pack_type(len(pieces)))
            self._store(rt.unpacked(pack, len(pieces)), (si64,) * len(pieces), place)
        for index, result in enumerate(self.op.results):
            form = rt.form(result)
            leaf = rt.emit(LoadOp, (place,), leaf_access(type_, index), form.register)
            rt.values[id(result)] = leaf

    def _store(self, words: Operands, types: tuple[Attribute, ...], place: SSAValue) -> None:
        for index, (word, type_) in enumerate(zip(words, types, strict=True)):
            self.rt.effect(StoreOp, (place, word), eight_bytes(index, of_floats=type_ == f64))


def _register(piece: Attribute) -> Attribute:
    return f64 if piece == f64 else i64


def _promoted_type(form: ValueForm) -> Attribute:
    if form is F64 or form is F32:
        return f64
    if form is ADDRESS:
        return ptr
    return si32 if form.width < 64 else si64
