"""What -g adds: LLVM accepts it, every instruction has a place, and variables have types."""

import re

import llvmlite.binding as llvm

from lowering.options import LoweringOptions
from tests.unit.lowering.jit import lowered, unit_of

SOURCE = """
builtin.module {
  func.func @"m$f"(%n: si64, %v: !qz.vec<f32>, %s: !qz.str) -> si64 attributes {
      qz.names = ["n", "v", "s"], qz.source = "m$f"} {
    qz.debug_bind "n", %n : si64 loc("dir/m.qz":3:7)
    qz.debug_bind "v", %v : !qz.vec<f32> loc("dir/m.qz":3:7)
    qz.debug_bind "s", %s : !qz.str loc("dir/m.qz":3:7)
    %t = qz.local "total" %n : !qz.local<si64> from si64 loc("dir/m.qz":4:3)
    %a = qz.local_get %t : !qz.local<si64> -> si64 loc("dir/m.qz":5:10)
    %b = qz.add %a, %n overflow "trap" : si64 loc("dir/m.qz":5:12)
    qz.return %b : si64 loc("dir/m.qz":5:3)
  } loc("dir/m.qz":3:1)
}
"""


def text() -> str:
    options = LoweringOptions(debug=True, directory="/src")
    return unit_of(lowered(SOURCE, options), options)


def test_llvm_accepts_it_and_every_instruction_has_a_place() -> None:
    unit = text()
    llvm.parse_assembly(unit, llvm.create_context()).verify()
    body = unit[unit.index("define hidden i64") : unit.index("\n}\n")]
    instructions = [line for line in body.splitlines()[1:] if line.startswith("  ") and "#dbg" not in line]
    assert instructions
    assert all(", !dbg !" in line for line in instructions)
    assert "!@" not in unit


def test_variables() -> None:
    unit = text()
    variables = dict(re.findall(r'DILocalVariable\(name: "(\w+)",( arg: \d,)?', unit))
    assert variables == {"n": " arg: 1,", "v": " arg: 2,", "s": " arg: 3,", "total": ""}
    assert unit.count("#dbg_declare(ptr %") == 4
    assert 'DICompositeType(tag: DW_TAG_structure_type, name: "Vec<F32>"' in unit
    assert 'DIBasicType(name: "F32", size: 32, encoding: DW_ATE_float)' in unit


def test_places() -> None:
    unit = text()
    assert '!DIFile(filename: "m.qz", directory: "/src/dir")' in unit
    assert re.search(r'DISubprogram\(name: "m\$f", linkageName: "m\$f", .* line: 3,', unit)
    assert "DILocation(line: 5, column: 12" in unit


def test_without_debug_there_is_none() -> None:
    unit = unit_of(lowered(SOURCE))
    assert "!dbg" not in unit
    assert "DICompileUnit" not in unit
