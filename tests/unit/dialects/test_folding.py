"""Folders: what is known without a run, and what must not be folded."""

import pytest
from xdsl.context import Context
from xdsl.folder import Folder
from xdsl.ir import Operation, SSAValue
from xdsl.parser import Parser
from xdsl.traits import HasFolder

from dialects.qz.folding import FOLDERS, fold
from dialects.registry import make_context


def last_before_return(body: str, types: str = "") -> Operation:
    """Gives the operation before the return of a function with this body."""
    named = ", ".join(f"%a{n}: {type_}" for n, type_ in enumerate(types.split()))
    text = f"func.func @f({named}) {{\n{body}\nqz.return\n}}"
    module = Parser(make_context(), text).parse_module()
    module.verify()
    function = module.ops.first
    assert function is not None
    last = function.regions[0].block.last_op
    assert last is not None
    assert last.prev_op is not None
    return last.prev_op


def folded(body: str, types: str = "") -> str | None:
    """Gives the text of the attribute that an operation folds to."""
    found = fold(last_before_return(body, types))
    assert not isinstance(found, SSAValue)
    return None if found is None else str(found)


def ints(lhs: str, rhs: str, op: str, type_: str = "si64") -> str:
    return f"%x = qz.const {lhs} : {type_} -> {type_}\n%y = qz.const {rhs} : {type_} -> {type_}\n{op}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (ints("2", "3", '%r = qz.add %x, %y overflow "trap" : si64'), "5 : si64"),
        (ints("127", "1", '%r = qz.add %x, %y overflow "wrap" : si8', "si8"), "-128 : si8"),
        (ints("127", "1", '%r = qz.add %x, %y overflow "trap" : si8', "si8"), None),
        (ints("127", "1", '%r = qz.add %x, %y overflow "none" : si8', "si8"), None),
        (ints("1", "0", '%r = qz.div %x, %y overflow "wrap" : si64'), None),
        (ints("1", "0", '%r = qz.rem %x, %y overflow "wrap" : si64'), None),
        (ints("-7", "2", '%r = qz.div %x, %y overflow "trap" : si64'), "-3 : si64"),
        (ints("-7", "2", '%r = qz.rem %x, %y overflow "trap" : si64'), "-1 : si64"),
        (ints("-128", "-1", '%r = qz.div %x, %y overflow "trap" : si8', "si8"), None),
        (ints("12", "10", "%r = qz.bit_and %x, %y : si64"), "8 : si64"),
        (ints("1", "63", "%r = qz.shl %x, %y : si64 by si64"), "-9223372036854775808 : si64"),
        (ints("1", "65", "%r = qz.shl %x, %y : si64 by si64"), "2 : si64"),
        (ints("-8", "1", "%r = qz.shr %x, %y : si64 by si64"), "-4 : si64"),
        (ints("1", "0", "%r = qz.bit_not %x : ui8", "ui8"), "254 : ui8"),
        (ints("12", "0", '%r = qz.count_bits "ones" %x', "ui64"), "2 : si64"),
        (ints("12", "0", '%r = qz.count_bits "leading_zeros" %x', "ui64"), "60 : si64"),
        (ints("0", "0", '%r = qz.count_bits "trailing_zeros" %x', "ui64"), "64 : si64"),
        (ints("-128", "0", '%r = qz.neg %x overflow "trap" : si8', "si8"), None),
        (ints("-128", "0", '%r = qz.neg %x overflow "wrap" : si8', "si8"), "-128 : si8"),
        (ints("1", "0", '%r = qz.table_get <"\\01\\00\\FE\\FF">[%x] : si16'), "-2 : si16"),
        (ints("1", "0", '%r = qz.table_get <"\\00\\01">[%x] : i1'), "true"),
        (ints("2", "0", '%r = qz.table_get <"\\00\\01">[%x] : i1'), None),
        (ints("-1", "0", '%r = qz.table_get <"\\00\\01">[%x] : i1'), None),
        (ints("1", "2", '%r = qz.cmp "lt" %x, %y : si64'), "true"),
        (ints("1", "2", '%r = qz.cmp "ge" %x, %y : si64'), "false"),
        (ints("300", "0", "%r = qz.cast %x : si64 to ui8"), "44 : ui8"),
        (ints("1", "0", "%r = qz.cast %x : si64 to f32"), "1.000000e+00 : f32"),
        (ints("65", "0", "%r = qz.cast %x : si64 to !qz.char"), "65 : i64"),
        ("%t = qz.const true -> i1\n%r = qz.not %t", "false"),
        ("%t = qz.const true -> i1\n%r = qz.cast %t : i1 to si64", "1 : si64"),
        ("%x = qz.const 1.0 : f64 -> f64\n%r = qz.div %x, %x : f64", "1.000000e+00 : f64"),
        ("%x = qz.const 1.0e300 : f64 -> f64\n%r = qz.cast %x : f64 to si8", "127 : si8"),
        ('%s = qz.str_const "ab"\n%r = qz.str_concat %s, %s', '#qz.bytes<"abab">'),
        ('%s = qz.str_const "ab"\n%r = qz.str_size %s', "2 : si64"),
        ('%s = qz.str_const "ab"\n%t = qz.str_const "b"\n%r = qz.str_cmp "lt" %s, %t', "true"),
        ('%s = qz.str_const "ab"\n%i = qz.const 1 : si64 -> si64\n%r = qz.str_byte_at %s, %i', "98 : si64"),
        ('%s = qz.str_const "ab"\n%i = qz.const 2 : si64 -> si64\n%r = qz.str_byte_at %s, %i', None),
    ],
)
def test_constants(body: str, expected: str | None) -> None:
    assert folded(body) == expected


@pytest.mark.parametrize(
    ("body", "types", "argument"),
    [
        ('%z = qz.const 0 : si64 -> si64\n%r = qz.add %a0, %z overflow "trap" : si64', "si64", 0),
        ('%z = qz.const 0 : si64 -> si64\n%r = qz.add %z, %a0 overflow "trap" : si64', "si64", 0),
        ('%z = qz.const 0 : si64 -> si64\n%r = qz.sub %a0, %z overflow "trap" : si64', "si64", 0),
        ('%z = qz.const 1 : ui8 -> ui8\n%r = qz.mul %z, %a0 overflow "trap" : ui8', "ui8", 0),
        ('%z = qz.const 1 : ui8 -> ui8\n%r = qz.div %a0, %z overflow "trap" : ui8', "ui8", 0),
        ("%z = qz.const 0 : si64 -> si64\n%r = qz.shl %a0, %z : si64 by si64", "si64", 0),
        ("%n = qz.not %a0\n%r = qz.not %n", "i1", 0),
        ("%r = qz.cast %a0 : si64 to si64", "si64", 0),
        (
            "%w = qz.reinterpret %a0 : !qz.str to si64\n%r = qz.reinterpret %w : si64 to !qz.str",
            "!qz.str",
            0,
        ),
    ],
)
def test_identities(body: str, types: str, argument: int) -> None:
    op = last_before_return(body, types)
    block = op.parent
    assert block is not None
    assert fold(op) is block.args[argument]


@pytest.mark.parametrize(
    ("body", "types"),
    [
        ('%z = qz.const 0 : si64 -> si64\n%r = qz.sub %z, %a0 overflow "trap" : si64', "si64"),
        ('%z = qz.const 1 : si64 -> si64\n%r = qz.div %z, %a0 overflow "trap" : si64', "si64"),
        ("%z = qz.const 0.0 : f64 -> f64\n%r = qz.add %a0, %z : f64", "f64"),
        ('%r = qz.cmp "eq" %a0, %a0 : f64', "f64"),
        ("%r = qz.cast %a0 : si64 to ui64", "si64"),
    ],
)
def test_what_is_not_known(body: str, types: str) -> None:
    assert fold(last_before_return(body, types)) is None


def test_comparison_of_a_value_with_itself() -> None:
    for predicate, expected in (("eq", "true"), ("le", "true"), ("lt", "false"), ("ne", "false")):
        assert folded(f'%r = qz.cmp "{predicate}" %a0, %a0 : si64', "si64") == expected


def test_xdsl_folds_by_the_same_rules() -> None:
    op = last_before_return(ints("2", "3", '%r = qz.add %x, %y overflow "trap" : si64'))
    context: Context = make_context()
    made = Folder(context).try_fold(op)
    assert made is not None
    values, new_ops = made
    assert [str(new.properties["value"]) for new in new_ops] == ["5 : si64"]
    assert values == [new_ops[0].results[0]]
    new_ops[0].verify()


def test_every_folder_is_reached_by_its_trait() -> None:
    assert all(op.has_trait(HasFolder) for op in FOLDERS)
