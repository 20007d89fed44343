"""The layout of value structs against what C makes of the same fields."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xdsl.ir import Attribute

from dialects.qz.struct_type import StructType, struct_type
from dialects.qz.types import (
    VecType,
    boolean,
    char,
    f32,
    f64,
    si8,
    si16,
    si32,
    si64,
    string,
    ui8,
    ui16,
    ui32,
    ui64,
)
from lowering.abi.row_layout import row_layout

C_TYPES: dict[Attribute, type[ctypes._SimpleCData]] = {
    si8: ctypes.c_int8,
    si16: ctypes.c_int16,
    si32: ctypes.c_int32,
    si64: ctypes.c_int64,
    ui8: ctypes.c_uint8,
    ui16: ctypes.c_uint16,
    ui32: ctypes.c_uint32,
    ui64: ctypes.c_uint64,
    boolean: ctypes.c_bool,
    char: ctypes.c_uint32,
    f32: ctypes.c_float,
    f64: ctypes.c_double,
    string: ctypes.c_void_p,
}
C_NAMES = {
    si8: "signed char",
    si16: "short",
    si32: "int",
    si64: "long long",
    ui8: "unsigned char",
    f32: "float",
    f64: "double",
    string: "void *",
}

fields = st.lists(st.sampled_from(list(C_TYPES)), min_size=1, max_size=6)


def of(*types: Attribute, packing: int = 0, alignment: int = 0) -> StructType:
    return struct_type("m$S", [(f"f{k}", type_) for k, type_ in enumerate(types)], packing, alignment)


def structs() -> st.SearchStrategy[StructType]:
    packing = st.sampled_from((0, 0, 1))
    leaves = st.sampled_from(list(C_TYPES))
    inner = st.builds(
        lambda types, p: of(*types, packing=p), st.lists(leaves, min_size=1, max_size=4), packing
    )
    outer = st.lists(leaves | inner, min_size=1, max_size=5)
    return st.builds(lambda types, p: of(*types, packing=p), outer, packing)


def c_type(type_: Attribute) -> type:
    if not isinstance(type_, StructType):
        return C_TYPES[type_]
    body: dict[str, object] = {"_pack_": type_.packing.data} if type_.packing.data else {}
    body["_fields_"] = [(f"f{k}", c_type(field)) for k, field in enumerate(type_.fields)]
    return type("S", (ctypes.Structure,), body)


def c_offsets(type_: type) -> list[int]:
    if not issubclass(type_, ctypes.Structure):
        return [0]
    found: list[int] = []
    for name, field in type_._fields_:
        found += [getattr(type_, name).offset + inner for inner in c_offsets(field)]
    return found


@given(structs())
def test_layout_is_that_of_c(type_: StructType) -> None:
    expected = c_type(type_)
    layout = row_layout(type_)
    assert layout.size == ctypes.sizeof(expected)
    assert layout.alignment == ctypes.alignment(expected)
    assert [leaf.offset for leaf in layout.leaves] == c_offsets(expected)


@given(structs())
def test_leaf_is_aligned_where_every_row_has_it_at_a_multiple_of_its_width(type_: StructType) -> None:
    layout = row_layout(type_)
    for leaf in layout.leaves:
        # Vectors begin at multiples of 8.
        places = [row * layout.size + leaf.offset for row in range(8)]
        if leaf.is_aligned:
            assert all(place % leaf.element.width == 0 for place in places)
        else:
            assert layout.alignment < leaf.element.width or leaf.offset % leaf.element.width


def as_c(type_: Attribute) -> str:
    if not isinstance(type_, StructType):
        return C_NAMES[type_]
    members = " ".join(f"{as_c(field)} f{k};" for k, field in enumerate(type_.fields))
    wanted = [f"aligned({type_.alignment.data})"] if type_.alignment.data else []
    wanted += ["packed"] if type_.packing.data else []
    return f"struct __attribute__(({', '.join(wanted)})) {{ {members} }}"


@pytest.mark.slow
def test_alignment_and_packing_are_those_of_the_c_compiler(tmp_path: Path) -> None:
    types = [
        of(ui8, f64, si16),
        of(ui8, f64, si16, packing=1),
        of(ui8, alignment=4),
        of(ui8, si16, alignment=8),
        of(ui8, of(ui8, alignment=8), si16),
        of(ui8, si32, of(ui8, f64, packing=1), string, packing=1),
        of(ui8, si64, packing=1, alignment=4),
        of(ui8, of(si32, alignment=8), packing=1),
        of(f32, of(of(ui8, si64), ui8), ui8),
    ]
    lines = ["#include <stddef.h>", "#include <stdio.h>"]
    for number, type_ in enumerate(types):
        lines.append(f"typedef {as_c(type_)} t{number};")
    lines.append("int main(void) {")
    for number, type_ in enumerate(types):
        offsets = [f"offsetof(t{number}, f{k})" for k in range(len(type_.fields))]
        numbers = [f"sizeof(t{number})", f"_Alignof(t{number})", *offsets]
        lines.append(f'printf("{" ".join(["%zu"] * len(numbers))}\\n", {", ".join(numbers)});')
    lines.append("return 0; }")
    source, program = tmp_path / "layout.c", tmp_path / "layout"
    source.write_text("\n".join(lines))
    compiler = shutil.which("cc")
    assert compiler is not None
    subprocess.run([compiler, source, "-o", program], check=True)
    out = subprocess.run([program], check=True, capture_output=True, text=True).stdout
    for line, type_ in zip(out.splitlines(), types, strict=True):
        layout = row_layout(type_)
        first = [layout.leaves[type_.first_leaf(k)].offset for k in range(len(type_.fields))]
        assert [int(number) for number in line.split()] == [layout.size, layout.alignment, *first]


def test_description_says_which_words_are_counted() -> None:
    inner = of(ui8, string)
    layout = row_layout(of(si32, inner, f64, VecType(inner)))
    words = [int.from_bytes(layout.description[k : k + 8], "little") for k in range(0, 32, 8)]
    assert words == [40, 2, 16, 32]
    assert len(layout.description) == 32


def test_struct_without_fields_is_a_byte() -> None:
    layout = row_layout(of())
    assert (layout.size, layout.alignment, len(layout.leaves)) == (1, 1, 1)
