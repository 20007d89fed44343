"""What all types of leaves have in common."""

import pytest
from xdsl.dialects.builtin import ArrayAttr, IntAttr, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition

from dialects.qz.enum_type import EnumType, enum_type
from dialects.qz.struct_type import StructType, struct_type

_hashed: list[str] = []


@irdl_attr_definition
class Part(ParametrizedAttribute, TypeAttribute):
    """A type that counts how often its hash is worked out."""

    name = "test.part"
    label: StringAttr

    def __hash__(self) -> int:
        _hashed.append(self.label.data)
        return hash(self.label)


def _of_enum(parts: list[Attribute]) -> EnumType:
    return enum_type("E", [(f"V{k}", [part]) for k, part in enumerate(parts)], unboxed=True)


def _of_struct(parts: list[Attribute]) -> StructType:
    return struct_type("S", [(f"f{k}", part) for k, part in enumerate(parts)])


@pytest.mark.parametrize("make", [_of_enum, _of_struct])
def test_hash_is_worked_out_once(make):
    parts: list[Attribute] = [Part(StringAttr(str(k))) for k in range(200)]
    type_, same = make(parts), make(list(parts))
    known = {type_: 1}
    _hashed.clear()
    assert all(known[type_] == 1 for _ in range(10))
    assert not _hashed
    assert known[same] == 1
    assert make(parts[:-1]) not in known


def test_equal_types_have_one_hash():
    boxed = EnumType(StringAttr("E"), ArrayAttr([]), ArrayAttr([]), IntAttr(0))
    assert hash(boxed) == hash(enum_type("E", [], unboxed=False))
