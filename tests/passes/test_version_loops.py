"""Which loops are doubled, and what they become; expectations are written by hand in `version_loops/`."""

from io import StringIO
from pathlib import Path

import pytest
from xdsl.dialects import func
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser
from xdsl.printer import Printer

from dialects.qz.loops import ForOp, WhileOp
from dialects.qz.vec import VecGetOp
from dialects.registry import make_context
from lowering.bounds.loop_accesses import MAX_OPS, body_of
from lowering.bounds.version_loops import apply
from lowering.legality import verify_stage
from lowering.options import LoweringOptions
from lowering.pipeline import PASSES, load_pass, passes_to

FOLDER = Path(__file__).parent / "version_loops"
RELEASE = LoweringOptions(release=True)


def parse(text: str) -> ModuleOp:
    return Parser(make_context(), text).parse_module()


def printed(module: ModuleOp) -> str:
    """The text of a module, with values numbered instead of named."""
    for op in module.walk():
        values = [
            *op.results,
            *(arg for region in op.regions for block in region.blocks for arg in block.args),
        ]
        for value in values:
            value.name_hint = None
    out = StringIO()
    Printer(out).print_op(module)
    return out.getvalue()


def versioned(text: str) -> ModuleOp:
    module = parse(text)
    module.verify()
    apply(module, RELEASE)
    verify_stage(module, "qz-opt")
    return module


def pairs() -> list[tuple[str, str]]:
    """(before, after) of every function."""
    first, *rest = (FOLDER / "doubled.mlir").read_text().split("// becomes\n")
    found: list[tuple[str, str]] = []
    before = first
    for text in rest:
        after, _, following = text.partition("\n//")
        found.append((before, after))
        before = "//" + following
    return found


@pytest.mark.parametrize(
    ("before", "after"), pairs(), ids=["offset", "downwards", "some_of_them", "swap", "steps", "panics"]
)
def test_doubled(before: str, after: str) -> None:
    assert printed(versioned(before)) == printed(parse(after))


LEFT_ALONE = [op for op in parse((FOLDER / "left_alone.mlir").read_text()).ops if isinstance(op, func.FuncOp)]


@pytest.mark.parametrize(
    "function",
    [function for function in LEFT_ALONE if not function.is_declaration],
    ids=lambda function: function.sym_name.data,
)
def test_left_alone(function: func.FuncOp) -> None:
    module = ModuleOp([op.clone() for op in LEFT_ALONE if op is function or op.is_declaration])
    before = printed(module)
    apply(module, RELEASE)
    assert printed(module) == before


ONE_CONDITION = """
func.func @f(%text: !qz.str, %n: si64) {
  %last = qz.local "last" %n : !qz.local<si64> from si64
  qz.while {
    %holds = qz.all {
      %i = qz.local_get %last : !qz.local<si64> -> si64
      %zero = qz.const 0 : si64 -> si64
      %c = qz.cmp "gt" %i, %zero : si64
      qz.yield %c : i1
    } {
      %i = qz.local_get %last : !qz.local<si64> -> si64
      %one = qz.const 1 : si64 -> si64
      %before = qz.sub %i, %one overflow "wrap" : si64
      %byte = qz.str_byte_at %text, %before
      %slash = qz.const 47 : si64 -> si64
      %c = qz.cmp "eq" %byte, %slash : si64
      qz.yield %c : i1
    }
    qz.yield %holds : i1
  } do {
    %i = qz.local_get %last : !qz.local<si64> -> si64
    %one = qz.const 1 : si64 -> si64
    %before = qz.sub %i, %one overflow "wrap" : si64
    qz.local_set %last, %before : !qz.local<si64>, si64
    qz.yield
  }
  qz.return
}
"""


def test_one_condition_is_no_conjunction() -> None:
    """Which the stage does not know; `versioned` asks it."""
    module = versioned(ONE_CONDITION)
    assert len([op for op in module.walk() if isinstance(op, WhileOp)]) == 2


def loop_with(n_ops: int) -> str:
    """A function with a loop of so many operations that reads a vector."""
    constants = "    %k = qz.const 0 : si64 -> si64\n"
    others = n_ops - 2
    lines = "".join(constants.replace("%k", f"%k{number}") for number in range(others))
    return f"""
func.func @f(%v: !qz.vec<si64>, %n: si64) {{
  qz.for %n to %n : si64 {{
  ^bb0(%i: si64):
{lines}    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.yield
  }}
  qz.return
}}
"""


@pytest.mark.parametrize(("n_ops", "n_loops"), [(MAX_OPS, 2), (MAX_OPS + 1, 1)])
def test_only_small_loops(n_ops: int, n_loops: int) -> None:
    module = versioned(loop_with(n_ops))
    assert sum(isinstance(op, ForOp) for op in module.walk()) == n_loops


NESTED = """
func.func @f(%v: !qz.vec<si64>, %n: si64, %k: si64) {
  qz.for %n to %n : si64 {
  ^bb0(%i: si64):
    %x = qz.vec_get %v, %i : !qz.vec<si64> -> si64
    qz.for %n to %n : si64 {
    ^bb0(%j: si64):
      %ij = qz.bit_xor %i, %k : si64
      %at = qz.add %ij, %j overflow "wrap" : si64
      %y = qz.vec_get %v, %at : !qz.vec<si64> -> si64
      qz.yield
    }
    qz.yield
  }
  qz.return
}
"""


def test_what_a_nest_leaves_is_done_for_its_innermost_loops() -> None:
    loops = [op for op in versioned(NESTED).walk() if isinstance(op, ForOp)]
    assert len(loops) == 6  # twice one with two in it
    assert body_of(loops[0]) is None
    accesses = [op for op in versioned(NESTED).walk() if isinstance(op, VecGetOp)]
    assert ["unchecked" in op.properties for op in accesses] == [True, True, False, False, True, False]


def test_a_nest_that_nothing_is_known_of_stays_single() -> None:
    text = NESTED.replace("qz.vec_get %v, %i ", "qz.vec_get %v, %ii ").replace(
        "    %x = ", '    %ii = qz.neg %i overflow "wrap" : si64\n    %x = '
    )
    assert sum(isinstance(op, ForOp) for op in versioned(text).walk()) == 3


CALLS = """
func.func private @half(f64) -> f64
func.func @f(%v: !qz.vec<f64>, %n: si64, %a: f64) {
  qz.for %n to %n : si64 {
  ^bb0(%i: si64):
    %x = func.call @half(%a) {qz.computes} : (f64) -> f64
    qz.vec_set %v, %i, %x : !qz.vec<f64>, f64
    qz.yield
  }
  qz.return
}
"""


@pytest.mark.parametrize(("text", "n_loops"), [(CALLS, 2), (CALLS.replace("{qz.computes} ", ""), 1)])
def test_a_call_that_only_computes_is_no_obstacle(text: str, n_loops: int) -> None:
    assert sum(isinstance(op, ForOp) for op in versioned(text).walk()) == n_loops


def test_a_part_of_optimising_builds_only() -> None:
    assert "version_loops" in PASSES
    assert load_pass("version_loops") is apply
    assert "version_loops" in passes_to("qz-opt", RELEASE)
    assert "version_loops" not in passes_to("llvm", LoweringOptions())
