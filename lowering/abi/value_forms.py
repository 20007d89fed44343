"""How each type of the qz dialect is carried once types are erased.

A form names the register type (`i64`, `i1`, `f64`, `f32`), the element of `layout.py` that says how the
value is stored at its own width, and, for integers, the width and signedness of the numbers it may hold.
"""

from dataclasses import dataclass

from xdsl.dialects.builtin import IntegerType, Signedness, StringAttr, f32, f64, i1, i64
from xdsl.ir import Attribute

from dialects.qz.types import (
    INT_TYPES,
    CodeType,
    DynType,
    EnumType,
    EnvType,
    FnType,
    SharedType,
    StrType,
    TupleType,
    ValType,
    VecType,
    boolean,
    char,
    is_counted,
    string,
)
from lowering.abi.layout import ELEMENTS, Element


@dataclass(frozen=True, slots=True)
class ValueForm:
    """One way to carry a value."""

    register: Attribute
    element: Element
    width: int = 64
    signed: bool = True

    @property
    def is_address(self) -> bool:
        """Whether the word is the address of a heap block."""
        return self.element.address


def _integer_forms() -> dict[Attribute, ValueForm]:
    forms: dict[Attribute, ValueForm] = {}
    for width in (8, 16, 32, 64):
        for signedness, letter in ((Signedness.SIGNED, "i"), (Signedness.UNSIGNED, "u")):
            signed = signedness == Signedness.SIGNED
            form = ValueForm(i64, ELEMENTS[f"{letter}{width}"], width, signed)
            forms[IntegerType(width, signedness)] = form
    return forms


WORD = ValueForm(i64, ELEMENTS["i64"])
ADDRESS = ValueForm(i64, ELEMENTS["addr"])
FUNCTION = ValueForm(i64, ELEMENTS["fn"])
CHAR = ValueForm(i64, ELEMENTS["char"], 32, signed=False)
BOOL = ValueForm(i1, ELEMENTS["bool"], 1, signed=False)
F64 = ValueForm(f64, ELEMENTS["f64"])
F32 = ValueForm(f32, ELEMENTS["f32"], 32)

_SCALARS: dict[Attribute, ValueForm] = {
    **_integer_forms(),
    boolean: BOOL,
    f64: F64,
    f32: F32,
    char: CHAR,
    string: ADDRESS,
}

_ADDRESSES = frozenset((StrType, VecType, TupleType, SharedType, EnvType, CodeType, DynType))


SHARED_FORMS: dict[int, ValueForm] = {
    id(type_): _SCALARS[type_] for type_ in (*INT_TYPES, boolean, f64, f32, char, string)
}
"""The forms of the types that are shared objects, by identity."""


def form_of(type_: Attribute) -> ValueForm:
    """The form of a qz type.

    An erased parameter and a function value are plain words: they may be something else than an address. A
    counted one is stored like a function value, with whatever its low bits say. What consists of leaves has
    no form of its own, only these have.
    """
    if type(type_) in _ADDRESSES:
        return ADDRESS
    if isinstance(type_, EnumType):
        return WORD if type_.layout == "tag" else ADDRESS
    if isinstance(type_, ValType):
        if isinstance(type_.static_type, StringAttr):
            return FUNCTION if is_counted(type_) else WORD
        return ADDRESS
    if isinstance(type_, FnType):
        return FUNCTION
    form = _SCALARS.get(type_)
    if form is not None:
        return form
    raise TypeError(f"no form for the type {type_}")
