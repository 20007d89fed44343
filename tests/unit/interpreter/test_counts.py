"""A run that checks counts: what is in balance passes, and every way to be out of it is a fault."""

import pytest
from xdsl.dialects.func import FuncOp
from xdsl.parser import Parser

from dialects.interpreters.interpret import interpret
from dialects.interpreters.values import InterpreterFault, Value
from dialects.registry import make_context


def run(body: str, *args: Value, types: str = "") -> Value:
    named = ", ".join(f"%{n}: {type_}" for n, type_ in enumerate(types.split()))
    text = f"func.func private @f(!qz.str) -> ()\nfunc.func @main({named}) -> si64 {{\n{body}\n}}"
    module = Parser(make_context(), text).parse_module()
    module.verify()
    functions = {op.sym_name.data: op for op in module.ops if isinstance(op, FuncOp)}
    outcome = interpret(functions.get, "main", list(args), checks_counts=True)
    assert outcome.status != 101, outcome.stderr
    return outcome.result


MAKE = """
  %a = qz.str_const "a"
  %s = qz.str_concat %a, %a
"""


def test_a_value_that_is_dropped_once_is_in_balance() -> None:
    assert run(f"{MAKE} %n = qz.str_size %s\n qz.drop %s : !qz.str\n func.return %n : si64") == 2


def test_flat_control_flow() -> None:
    body = """
  %zero = qz.const 0 : si64 -> si64
  %one = qz.const 1 : si64 -> si64
  cf.br ^turn(%zero, %zero : si64, si64)
^turn(%i: si64, %sum: si64):
  %more = qz.cmp "lt" %i, %0 : si64
  cf.cond_br %more, ^body(%i : si64), ^done(%sum : si64)
^body(%k: si64):
  %t = qz.add %sum, %k overflow "trap" : si64
  %next = qz.add %k, %one overflow "trap" : si64
  cf.br ^turn(%next, %t : si64, si64)
^done(%r: si64):
  func.return %r : si64
"""
    assert run(body, 5, types="si64") == 10


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "has a count of 1 instead of 0"),
        ("qz.drop %s : !qz.str\n %n = qz.str_size %s", "is used after its count reached zero"),
        ("qz.drop %s : !qz.str\n qz.drop %s : !qz.str", "is used after its count reached zero"),
        ("qz.drop %s : !qz.str\n qz.dup %s : !qz.str", "is used after its count reached zero"),
        ("qz.dup %s : !qz.str\n qz.drop %s : !qz.str", "has a count of 1 instead of 0"),
        (
            "%v = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>\n qz.drop %v : !qz.vec<!qz.str>\n"
            "%n = qz.str_size %s",
            "is used after its count reached zero",
        ),
        ("%v = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>", "has a count of 1 instead of 0"),
        ("qz.global_set @m$g, %s : !qz.str\n qz.dup %s : !qz.str", "has a count of 2 instead of 1"),
        ("qz.global_set @m$g, %s : !qz.str\n qz.drop %s : !qz.str", "has a count of 0 instead of 1"),
    ],
)
def test_out_of_balance(body: str, problem: str) -> None:
    with pytest.raises(InterpreterFault, match=problem):
        run(f"{MAKE}{body}\n %zero = qz.const 0 : si64 -> si64\n func.return %zero : si64")


@pytest.mark.parametrize(
    "body",
    [
        # A vector gives back what it holds, element by element, however it comes to do so.
        "%v = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>\n qz.drop %v : !qz.vec<!qz.str>",
        "%v = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>\n qz.vec_clear %v : !qz.vec<!qz.str>\n"
        "qz.drop %v : !qz.vec<!qz.str>",
        "%v = qz.vec_lit %s : !qz.str -> !qz.vec<!qz.str>\n"
        "%p = qz.vec_pop_unchecked %v : !qz.vec<!qz.str> -> !qz.str\n qz.drop %p : !qz.str\n"
        "qz.drop %v : !qz.vec<!qz.str>",
        # Filling takes a count for each element.
        "%k = qz.const 3 : si64 -> si64\n"
        "%v = qz.vec_filled %k, %s : !qz.str -> !qz.vec<!qz.str>\n qz.drop %v : !qz.vec<!qz.str>\n"
        "qz.drop %s : !qz.str",
        # What a module-level variable refers to stays.
        "qz.global_set @m$g, %s : !qz.str",
    ],
)
def test_in_balance(body: str) -> None:
    run(f"{MAKE}{body}\n %zero = qz.const 0 : si64 -> si64\n func.return %zero : si64")
