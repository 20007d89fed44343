"""Which registers C has value structs in, and that it splits none between registers and the stack."""

import pytest
from xdsl.ir import Attribute

from dialects.qz.struct_type import StructType, struct_type
from dialects.qz.types import boolean, f32, f64, si32, si64, ui8, ui16
from lowering.abi.c_structs import Registers, register_types
from lowering.abi.row_layout import row_layout


def of(*types: Attribute, packing: int = 0) -> StructType:
    return struct_type("S", [(f"f{index}", type_) for index, type_ in enumerate(types)], packing, 0)


@pytest.mark.parametrize(
    ("struct", "registers"),
    [
        (of(f64, f64), (f64, f64)),
        (of(f32), (f64,)),
        (of(f32, f32, f32), (f64, f64)),
        (of(f32, si32), (si64,)),
        (of(f64, ui8), (f64, si64)),
        (of(ui8, f64), (si64, f64)),
        (of(si32, f32, f64), (si64, f64)),
        (of(of(f32, f32), of(ui16, boolean)), (f64, si64)),
        (of(si64, si64, ui8), ()),
        (of(f64, f64, f64), ()),
        (of(ui8, si64, packing=1), ()),
        (of(ui8, ui8, packing=1), (si64,)),
    ],
    ids=str,
)
def test_registers_of_a_struct(struct: StructType, registers: tuple[Attribute, ...]):
    assert register_types(row_layout(struct)) == registers


def test_an_argument_has_all_its_registers_or_none():
    registers = Registers()
    for _ in range(5):
        assert registers.take((si64,))
    assert not registers.take((si64, si64))
    assert registers.take((si64, f64))
    assert not registers.take((si64,))
    for _ in range(7):
        assert registers.take((f64,))
    assert not registers.take((f64, si64))
    assert not registers.take((f64,))
