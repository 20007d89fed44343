"""Operations are counted by name, and weigh what their parts weigh."""

from xdsl.parser import Parser

from dialects.registry import make_context
from qz.driver.measuring.ir_census import IrCensus


def module(n_pairs: int):
    lines = "".join(
        f"%r{i} = arith.addi %x, %x : i64\n%s{i} = arith.addi %r{i}, %x : i64\n" for i in range(n_pairs)
    )
    text = f"func.func @f(%x: i64) {{\n{lines}func.return\n}}"
    return Parser(make_context(), text).parse_module()


def test_every_operation_is_counted():
    census = IrCensus()
    sizes = [census.add(module(n)) for n in (0, 1, 10)]
    counts = {kind.name: kind.n_ops for kind in census.kinds()}
    assert counts == {"builtin.module": 3, "func.func": 3, "arith.addi": 22, "func.return": 3}
    assert sum(kind.size for kind in census.kinds()) == sum(sizes)
    pair = sizes[1] - sizes[0]
    assert sizes[2] - sizes[0] == 10 * pair
    assert 600 < pair / 2 < 2000  # two or three Python objects with a dictionary each, and two uses
