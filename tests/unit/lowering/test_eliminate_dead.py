"""What nobody uses goes, unless it may panic."""

import pytest
from xdsl.parser import Parser

from dialects.registry import make_context
from lowering.eliminate_dead import apply
from lowering.options import DEFAULT_OPTIONS
from qz.driver.ir_text import module_text


@pytest.mark.parametrize(
    ("body", "stays"),
    [
        ('%r = qz.add %a, %a overflow "wrap" : si64', False),
        ('%r = qz.add %a, %a overflow "trap" : si64', True),
        ('%r = qz.neg %a overflow "trap" : si64', True),
        ('%r = qz.div %a, %a overflow "wrap" : si64', True),
        ("%r = qz.str_byte_at %s, %a", True),
        ("%r = qz.vec_get %v, %a : !qz.vec<si64> -> si64", True),
        ("%r = qz.vec_size %v : !qz.vec<si64>", False),
        ('%r = qz.cmp "lt" %a, %a : si64', False),
        ("%r = func.call @g(%a) : (si64) -> si64", True),
    ],
)
def test_unused_operation(body: str, stays: bool) -> None:
    text = f"""
        func.func private @g(si64) -> si64
        func.func @f(%a: si64, %s: !qz.str, %v: !qz.vec<si64>) {{
          {body}
          qz.return
        }}"""
    module = Parser(make_context(), text).parse_module()
    module.verify()
    apply(module, DEFAULT_OPTIONS)
    module.verify()
    name = body.split()[2]
    assert (name in module_text(module)) == stays


def test_what_only_the_dead_used_is_dead() -> None:
    text = """
        func.func @f() {
          %a = qz.const 1 : si64 -> si64
          %b = qz.bit_not %a : si64
          %c = qz.bit_and %a, %b : si64
          qz.return
        }"""
    module = Parser(make_context(), text).parse_module()
    apply(module, DEFAULT_OPTIONS)
    assert [op.name for op in module.walk()] == ["builtin.module", "func.func", "qz.return"]
