"""Which enums and tuples are no blocks, and that the checker and the IR agree on what they consist of."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialects.qz.leaves import n_leaves
from dialects.qz.types import EnumType, TupleType
from lowering.abi.row_layout import row_layout
from qz.driver.build import Build
from qz.irgen.ir_types import IrTypes
from qz.sema.types import TypeId
from tests.loaded import function_named, loaded

SOURCE = """\
@value struct Point { x: F64, y: F64 }
@value struct Wide { a: Point, b: Point, c: F32 }
@value struct Holder { chain: Chain }
struct Heap { n: Int }
enum Color
  Red
  Green
end
enum Step
  Push(Int)
  Scale(F64)
  Name(String)
  Stop
end
enum Only
  Held(F32, String)
end
enum Five
  Of(Int, Int, Int, Int, Int)
  None
end
enum Chain
  End
  Link(Int, Chain)
end
enum Through
  No
  Yes(Behind)
end
enum Behind
  Back(Through)
end
enum InStruct
  No
  Yes(Ring)
end
@value struct Ring { inner: InStruct, n: Int }
@value struct Loop { inner: Option<(Loop, Int)> }
enum InRow
  No
  Yes(Vec<InRow>, Int)
end
enum Growing<T>
  End
  More(T, Growing<(T, T)>)
end
enum Closed
  Open(Int)
  Shut
end
impl Drop for Closed
  def drop(self)
  end
end
newtype Meters = F64

def option(_x: Option<Int>) = 0
def of_byte(_x: Option<U8>) = 0
def of_new(_x: Option<Meters>) = 0
def of_value(_x: Option<Point>) = 0
def nested(_x: Option<Option<Int>>) = 0
def of_option(_x: Option<Option<String>>) = 0
def result(_x: Result<F64, String>) = 0
def same(_x: Result<Int, Int>) = 0
def of_chain(_x: Result<Chain, Int>) = 0
def of_holder(_x: Result<Holder, Int>) = 0
def step(_x: Step) = 0
def only(_x: Only) = 0
def in_row(_x: InRow) = 0
def of_union(_x: Result<Int | String, U8>) = 0

def or_number(_x: Result<Void, Int>) = 0
def or_text(_x: Result<Void, String>) = 0
def or_nothing(_x: Option<Void>) = 0
def of_text(_x: Option<String>) = 0
def of_heap(_x: Option<Heap>) = 0
def of_block(_x: Option<Chain>) = 0
def of_wide(_x: Option<Wide>) = 0
def color(_x: Color) = 0
def five(_x: Five) = 0
def chain(_x: Chain) = 0
def through(_x: Through) = 0
def behind(_x: Behind) = 0
def in_struct(_x: InStruct) = 0
def growing(_x: Growing<Int>) = 0
def closed(_x: Closed) = 0
def union(_x: Int | String) = 0

def pair(_x: (Int, String)) = 0
def narrow(_x: (U8, Bool)) = 0
def with_gap(_x: (U8, Int)) = 0
def in_tuple(_x: ((Int, U8), Bool)) = 0
def of_options(_x: (Option<Int>, Option<U8>)) = 0
def in_option(_x: Option<(Int, U8)>) = 0
def of_point(_x: (Point, Meters)) = 0
def with_chain(_x: (Chain, F32)) = 0
def of_fives(_x: ((Int, Int, Int, Int, Int), Int)) = 0

def of_five(_x: (Int, Int, Int, Int, Int)) = 0
def with_wide(_x: (Wide, Int)) = 0
def of_loop(_x: (Loop, Int)) = 0

def main()
end
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    path: Path = tmp_path_factory.mktemp("unboxed") / "main.qz"
    build = loaded(path, SOURCE)
    assert build.session.sink.diagnostics == []
    return build


def type_of(build: Build, name: str) -> TypeId:
    """The type of the parameter of a function."""
    function = function_named(build, name)
    return build.program.queries.signature(function).params[0].type


@pytest.mark.parametrize(
    ("name", "n", "size"),
    [
        ("option", 2, 16),
        ("of_byte", 2, 2),
        ("of_new", 2, 16),
        ("of_value", 3, 24),
        ("nested", 3, 16),
        ("of_option", 2, 16),
        ("result", 3, 24),
        ("same", 2, 16),
        ("of_chain", 3, 24),
        ("of_holder", 3, 24),
        ("step", 3, 24),
        ("only", 2, 16),
        ("in_row", 3, 24),
        ("of_union", 3, 16),
        ("or_number", 2, 16),
        ("pair", 2, 16),
        ("narrow", 2, 2),
        ("with_gap", 2, 16),
        ("in_tuple", 3, 24),
        ("of_options", 4, 24),
        ("in_option", 3, 16),
        ("of_point", 3, 24),
        ("with_chain", 2, 16),
        ("of_fives", 2, 16),
    ],
)
def test_it_is_its_leaves(build: Build, name: str, n: int, size: int) -> None:
    type_id = type_of(build, name)
    layouts = build.program.queries.layouts
    assert layouts.is_unboxed(type_id)
    assert len(layouts.leaf_types(type_id)) == n
    ir_type = IrTypes(build.program).of(type_id)
    assert n_leaves(ir_type) == n
    assert row_layout(ir_type).size == size


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("or_text", "nullable"),
        ("or_nothing", "tag"),
        ("of_text", "nullable"),
        ("of_heap", "nullable"),
        ("of_block", "nullable"),
        ("of_wide", "boxed"),
        ("color", "tag"),
        ("five", "boxed"),
        ("chain", "boxed"),
        ("through", "nullable"),
        ("behind", "boxed"),
        ("in_struct", "boxed"),
        ("growing", "boxed"),
        ("closed", "boxed"),
        ("union", "boxed"),
    ],
)
def test_it_is_one_word(build: Build, name: str, layout: str) -> None:
    type_id = type_of(build, name)
    layouts = build.program.queries.layouts
    assert not layouts.is_unboxed(type_id)
    assert layouts.leaf_types(type_id) == [type_id]
    ir_type = IrTypes(build.program).of(type_id)
    assert isinstance(ir_type, EnumType)
    assert ir_type.layout == layout


@pytest.mark.parametrize("name", ["of_five", "with_wide", "of_loop"])
def test_it_is_a_block(build: Build, name: str) -> None:
    type_id = type_of(build, name)
    layouts = build.program.queries.layouts
    assert not layouts.is_unboxed(type_id)
    assert layouts.leaf_types(type_id) == [type_id]
    assert isinstance(IrTypes(build.program).of(type_id), TupleType)
