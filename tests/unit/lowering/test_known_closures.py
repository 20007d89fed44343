"""What LLVM finds out about closures by what it is told of their blocks."""

from qz.codegen.machine import Machine, host_triple
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES
from qz.codegen.target import baseline
from tests.unit.lowering.jit import lowered, unit_of

CALLED_AGAIN = """
builtin.module {
  func.func private @anything() -> ()
  func.func private @step(%x: si64, %env: !qz.env) -> si64 {
    %k = qz.captured %env[0] : si64
    %y = qz.mul %x, %k overflow "wrap" : si64
    qz.return %y : si64
  }
  func.func @calls(%k: si64) -> si64 {
    %f = qz.closure @step(%k) : (si64) -> !qz.fn<(si64) -> si64>
    func.call @anything() : () -> ()
    %a = qz.call_fn %f(%k) : (si64) -> si64
    func.call @anything() : () -> ()
    %b = qz.call_fn %f(%a) : (si64) -> si64
    qz.return %b : si64
  }
}
"""


def test_code_and_captures_are_known_whatever_is_called_in_between() -> None:
    text = unit_of(lowered(CALLED_AGAIN)).encode()
    here = baseline(host_triple())
    with Machine(here, PROFILES["O2"].codegen_level) as machine, Module(text) as module:
        module.prepare(here.triple, machine)
        module.optimise(machine, PROFILES["O2"])
        optimised = module.text()
    calls = optimised.partition("@calls")[2].partition("\n}")[0]
    assert "call i64 %" not in calls
    assert calls.count("mul i64 %") == 2
    assert "load" not in calls
