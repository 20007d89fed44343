"""The models of runtime functions, called as a program calls them."""

import math
from pathlib import Path

import pytest
from xdsl.dialects.builtin import FileLineColLoc, IntAttr, StringAttr

from dialects.interpreters.host import Host
from dialects.interpreters.interpret import CONTROL_RULES, VALUE_RULES, make_machine
from dialects.interpreters.machine import Callee, Limits
from dialects.interpreters.values import ProgramExit, QuartzPanic, Value
from dialects.qz import OPS


def call(name: str, *args: Value, host: Host | None = None) -> Value:
    machine = make_machine(lambda symbol: None, host or Host(), Limits())
    return machine.callee(name).invoke(list(args))


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("rt.string$slice", (b"quartz", 1, 4), b"uar"),
        ("rt.string$index_of", (b"a,b,c", b",", 2), 3),
        ("rt.string$index_of", (b"abc", b"", 3), 3),
        ("rt.string$index_of", (b"abc", b"", 4), -1),
        ("rt.string$last_index_of", (b"a,b,c", b","), 3),
        ("rt.string$last_index_of", (b"abc", b"x"), -1),
        ("rt.string$has_at", (b"abc", b"bc", 1), True),
        ("rt.string$has_at", (b"abc", b"abcd", 0), False),
        ("rt.string$has_at", (b"abc", b"a", -1), False),
        ("rt.string$code_points", ("naïve".encode(),), 5),
        ("rt.string$known_byte", (b"abc", 1), ord("b")),
        ("rt.string$known_byte", (b"abc", 3), -1),
        ("rt.string$known_byte", (b"abc", -1), -1),
        ("rt.string$known_byte", ("naïve".encode(), 0), -1),
        ("rt.string$code_point_offset", ("naïve".encode(), 3), 4),
        ("rt.string$code_point_offset", ("naïve".encode(), 5), 6),
        ("rt.string$code_point_offset", ("naïve".encode(), 6), -1),
        ("rt.string$code_point_at", ("naïve".encode(), 2), ord("ï")),
        ("rt.string$code_point_at", (b"a\xc3", 1), 0xFFFD),
        ("rt.string$next_code_point", ("naïve".encode(), 2), 4),
        ("rt.string$next_code_point", (b"\x80a", -1), 1),
        ("rt.string$next_code_point", (b"a", 0), 1),
        ("rt.string$from_code_point", (0x1F600,), "😀".encode()),
        ("rt.string$from_code_point", (0xD800,), "\ufffd".encode()),
        ("rt.string$compare", (b"a", b"b"), -1),
        ("rt.string$from_c", (0,), b""),
        ("rt.string$from_bytes", ([104, 105],), b"hi"),
        ("rt.string$bytes", (b"hi",), [104, 105]),
        ("rt.parse$is_int", (b"-9223372036854775808",), True),
        ("rt.parse$is_int", (b"9223372036854775808",), False),
        ("rt.parse$is_int", (b" 1",), False),
        ("rt.parse$int", (b"+12",), 12),
        ("rt.parse$is_f64", (b"1.5e-3",), True),
        ("rt.parse$is_f64", (b".",), False),
        ("rt.parse$is_f64", (b"1_0",), False),
        ("rt.parse$f64", (b"-inf",), -math.inf),
        ("rt.decimals$fixed", (2.675, 2), b"2.67"),
        ("rt.decimals$fixed", (0.5, 0), b"0"),
        ("rt.decimals$fixed", (1e22, 1), b"10000000000000000000000.0"),
        ("rt.decimals$fixed", (math.inf, 1), b"inf"),
        ("rt.vec$slice", ([1, 2, 3], 1, 3), [2, 3]),
        ("rt.vec$is_empty", ([],), True),
        ("rt.vec$append_filled", ([1, 2], 3, 0), 2),
        ("sqrt", (2.0,), math.sqrt(2.0)),
        ("pow", (0.0, -1.0), math.inf),
        ("abs", (-(2**31),), -(2**31)),
    ],
)
def test_results(name: str, args: tuple[Value, ...], expected: Value) -> None:
    found = call(name, *args)
    assert found == expected
    assert isinstance(found, list) or type(found) is type(expected)


@pytest.mark.parametrize(
    ("name", "args", "after"),
    [
        ("rt.vec$insert", ([1, 3], 1, 2), [1, 2, 3]),
        ("rt.vec$insert", ([1], 1, 2), [1, 2]),
        ("rt.vec$delete", ([1, 2, 3], 0), [2, 3]),
        ("rt.vec$truncate", ([1, 2, 3], 1), [1]),
        ("rt.vec$truncate", ([1], 5), [1]),
        ("rt.vec$reverse", ([1, 2, 3],), [3, 2, 1]),
        ("rt.vec$append", ([1], [2, 3]), [1, 2, 3]),
        ("rt.vec$append_filled", ([1], 2, 0), [1, 0, 0]),
        ("rt.vec$free", ([1],), []),
        ("rt.sort$sort", ([3, -1, 2], 0), [-1, 2, 3]),
        ("rt.sort$sort", ([b"b", b"a\0", b"a"], 4), [b"a", b"a\0", b"b"]),
    ],
)
def test_changes_to_vectors(name: str, args: tuple[Value, ...], after: list[Value]) -> None:
    call(name, *args)
    assert args[0] == after


@pytest.mark.parametrize("order", [2, 3])
def test_floats_sort_by_total_order(order: int) -> None:
    vec = [math.nan, math.inf, 0.0, -0.0, -math.inf, -1.5, 1.5]
    call("rt.sort$sort", vec, order)
    assert [str(value) for value in vec] == ["-inf", "-1.5", "-0.0", "0.0", "1.5", "inf", "nan"]


def test_appending_a_vector_to_itself() -> None:
    vec = [1, 2]
    call("rt.vec$append", vec, vec)
    assert vec == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("name", "args", "message"),
    [
        ("rt.string$slice", (b"abc", 2, 1), "slice 2..1 is out of bounds for 3 bytes"),
        ("rt.vec$slice", ([1], 0, 2), "slice 0..2 is out of bounds for 1 elements"),
        ("rt.vec$insert", ([1], 2, 0), "index 2 is out of bounds for size 1"),
        ("rt.vec$delete", ([1], 1), "index 1 is out of bounds for size 1"),
        ("rt.vec$truncate", ([1], -1), "index -1 is out of bounds for size 1"),
        ("rt.fs$read_file", (b"/no/such",), "cannot read `/no/such`: No such file or directory"),
    ],
)
def test_panics(name: str, args: tuple[Value, ...], message: str) -> None:
    with pytest.raises(QuartzPanic) as panic:
        call(name, *args)
    assert panic.value.message.decode() == message


class Ends(Callee):
    """Ends as it was told to."""

    def __init__(self, how: Exception | None) -> None:
        self.how = how

    def invoke(self, args: list[Value]) -> Value:
        if self.how is not None:
            raise self.how


def test_a_panic_is_caught_and_nothing_else_is() -> None:
    place = FileLineColLoc(StringAttr("a.qz"), IntAttr(3), IntAttr(7))
    assert call("rt.attempt$attempt", Ends(None)) == b""
    assert call("rt.attempt$attempt", Ends(QuartzPanic(b""))) == b"\n"
    assert call("rt.attempt$attempt", Ends(QuartzPanic(b"no", place))) == b"no\n  at a.qz:3:7\n"
    with pytest.raises(ProgramExit):
        call("rt.attempt$attempt", Ends(ProgramExit(0)))


def test_string_builder() -> None:
    builder = call("rt.string_builder$new")
    call("rt.string_builder$append", builder, b"ab")
    call("rt.string_builder$append_slice", builder, b"xyz", 1, 2)
    call("rt.string_builder$append_byte", builder, 0x121)
    call("rt.string_builder$append_char", builder, 0xE4)
    call("rt.string_builder$append_int", builder, -7)
    text = call("rt.string_builder$to_string", builder)
    assert text == "aby!ä-7".encode()
    call("rt.string_builder$append", builder, b"more")
    assert text == "aby!ä-7".encode()
    assert call("rt.string_builder$size", builder) == 12


def test_files(tmp_path: Path) -> None:
    host = Host(folder=str(tmp_path).encode())
    call("rt.fs$write_file", b"a.txt", b"one", host=host)
    call("rt.fs$append_file", b"a.txt", b"two", host=host)
    assert (tmp_path / "a.txt").read_bytes() == b"onetwo"
    assert call("rt.fs$read_file", b"a.txt", host=host) == b"onetwo"
    assert call("rt.fs$make_folder", b"sub", host=host) is True
    assert call("rt.fs$is_folder", b"sub", host=host) is True
    assert sorted(call("rt.fs$list_folder", b".", host=host)) == [b"a.txt", b"sub"]
    assert call("rt.fs$rename", b"a.txt", b"sub/b.txt", host=host) is True
    assert call("rt.fs$delete", b"sub", host=host) is False
    assert call("rt.fs$last_error", host=host) == b"Directory not empty"
    assert call("rt.fs$delete", b"sub/b.txt", host=host) is True
    assert call("rt.fs$exists", b"sub/b.txt", host=host) is False
    assert call("rt.process$capture", b"pwd", host=host) == str(tmp_path).encode() + b"\n"
    assert call("rt.process$run", b"exit 3", host=host) == 3


def test_every_op_has_a_rule() -> None:
    assert {op.name for op in OPS} == {op.name for op in OPS if op in VALUE_RULES or op in CONTROL_RULES}
    assert not set(VALUE_RULES) & set(CONTROL_RULES)


def test_waiting_takes_the_programs_time_and_none_of_ours():
    host = Host()
    call("rt.os$sleep", 10**15, host=host)
    assert call("rt.os$monotonic_time", host=host) >= 10**15


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("rt.string$code_points", ()),
        ("rt.string$code_point_offset", (9,)),
        ("rt.string$index_of", (b"y", 0)),
        ("rt.string$compare", (b"x" * 6400,)),
        ("rt.string$equal", (b"x" * 6400,)),
        ("rt.hash$string", ()),
        ("rt.quoting$quoted", ()),
    ],
)
def test_looking_at_all_of_a_string_takes_more_than_a_step(name: str, args: tuple[Value, ...]) -> None:
    machine = make_machine(lambda symbol: None, Host(), Limits())
    machine.callee(name).invoke([b"x" * 6400, *args])
    assert machine.n_steps >= 100
