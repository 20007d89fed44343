"""The runtime repeats a few numbers of the memory layout; they must be those of the compiler."""

import re

import pytest

from lowering.abi import layout
from lowering.abi.runtime_abi import RUNTIME_FUNCTIONS, RUNTIME_TABLES, OverflowCode
from lowering.emit_llvm import stack_switch
from qz.base.locations import std_root

RUNTIME = std_root() / "rt"
CONSTANT = re.compile(r"^const (\w+) = (-?\w+?)(?:u64)?$", re.MULTILINE)
FUNCTION = re.compile(r"^def (\w+)\(([^)]*)\)", re.MULTILINE)


def constants(module: str) -> dict[str, int]:
    return {name: int(value, 0) for name, value in CONSTANT.findall((RUNTIME / f"{module}.qz").read_text())}


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("memory", "HEADER_BYTES", layout.HEADER_BYTES),
        ("memory", "COUNT_OFFSET", layout.COUNT_OFFSET),
        ("memory", "TYPE_ID_OFFSET", layout.TYPE_ID_OFFSET),
        ("memory", "DESCRIPTOR_OFFSET", layout.DESCRIPTOR_OFFSET),
        ("memory", "DESCRIBED_PREFIX_BYTES", layout.DESCRIBED_PREFIX_BYTES),
        ("count", "TYPE_STRING", layout.TYPE_STRING),
        ("string", "TEXT_OF_BYTES", layout.TEXT_OF_BYTES),
        ("string", "TEXT_OF_MORE", layout.TEXT_OF_MORE),
        ("count", "TYPE_VEC", layout.TYPE_VEC),
        ("count", "TYPE_BUILDER", layout.TYPE_BUILDER),
        ("count", "TYPE_FIELDS", layout.TYPE_FIELDS),
        ("memory", "DROPPED_PREFIX_BYTES", layout.DROPPED_PREFIX_BYTES),
        ("memory", "DROP_OFFSET", layout.DROP_OFFSET),
        ("count", "TYPE_DESCRIBED", layout.TYPE_DESCRIBED),
        ("count", "TYPE_DROPPED", layout.TYPE_DROPPED),
        ("count", "TYPE_KIND_MASK", layout.TYPE_KIND_MASK),
        ("count", "TYPE_WORDS_SHIFT", layout.TYPE_WORDS_SHIFT),
        ("count", "TYPE_WORDS_MASK", layout.TYPE_WORDS_MASK),
        ("count", "TYPE_COUNTED_SHIFT", layout.TYPE_COUNTED_SHIFT),
        ("count", "LEAST_ADDRESS", layout.LEAST_ADDRESS),
        ("count", "IMMORTAL", layout.IMMORTAL),
        ("memory", "STRING_PREFIX_BYTES", layout.STRING_PREFIX_BYTES),
        ("memory", "STRING_LENGTH_OFFSET", layout.STRING_LENGTH_OFFSET),
        ("vec", "DATA_OFFSET", layout.VEC_DATA_OFFSET),
        ("vec", "SIZE_OFFSET", layout.VEC_SIZE_OFFSET),
        ("vec", "CAPACITY_OFFSET", layout.VEC_CAPACITY_OFFSET),
        ("vec", "KIND_OFFSET", layout.VEC_KIND_OFFSET),
        ("vec", "HEADER_BYTES", layout.VEC_HEADER_BYTES),
        ("vec", "KIND_WIDTH_MASK", layout.KIND_WIDTH_MASK),
        ("vec", "KIND_SIGNED", layout.KIND_SIGNED),
        ("vec", "KIND_COUNTED", layout.KIND_COUNTED),
        ("row", "KIND_ROW", layout.KIND_ROW),
        ("vec", "TYPE_VEC", layout.TYPE_VEC),
        ("string_builder", "TYPE_BUILDER", layout.TYPE_BUILDER),
        ("panic", "NAME_MAGIC", layout.NAME_MAGIC),
        ("panic", "NAME_ALIGNMENT", layout.NAME_ALIGNMENT),
        ("fibre", "FRAME_BYTES", stack_switch.FRAME_BYTES),
        ("fibre", "RETURN_OFFSET", stack_switch.RETURN_OFFSET),
    ],
)
def test_constant_is_the_compilers(module: str, name: str, value: int) -> None:
    assert constants(module)[name] == value


def test_functions_that_lowered_code_calls_are_there_with_as_many_parameters() -> None:
    missing: list[str] = []
    for symbol, function in RUNTIME_FUNCTIONS.items():
        module, _, name = symbol.partition("$")
        text = (RUNTIME / f"{module.removeprefix('rt.')}.qz").read_text()
        counts = {n: len([p for p in params.split(",") if p.strip()]) for n, params in FUNCTION.findall(text)}
        if counts.get(name) != function.n_parameters:
            missing.append(symbol)
    assert not missing


def test_tables_of_the_runtime_are_large_enough() -> None:
    memory, kept = constants("memory"), constants("kept")
    n_lists = memory["SMALL_BYTES"] // memory["WORD_BYTES"] + 1
    assert RUNTIME_TABLES["rt.memory$free_lists"] == n_lists
    assert RUNTIME_TABLES["rt.kept$table"] * 8 == kept["TABLE_BYTES"]
    assert RUNTIME_TABLES["rt.panic$spare_stack"] * 8 == constants("panic")["SPARE_STACK_BYTES"]
    for symbol in RUNTIME_TABLES:
        module = symbol.partition("$")[0].removeprefix("rt.")
        assert f'__symbol("{symbol}")' in (RUNTIME / f"{module}.qz").read_text()


def test_large_blocks_begin_where_a_line_of_the_cache_does() -> None:
    in_the_page_of_the_c_library = 16
    assert (in_the_page_of_the_c_library + constants("kept")["LEAD_BYTES"]) % 64 == 0


def test_names_of_overflowing_operations_follow_the_codes() -> None:
    text = (RUNTIME / "panic.qz").read_text()
    body = text[text.index("def operation_name") :].split("\nend", 1)[0]
    named = {int(code): name for name, code in re.findall(r'return "(\w+)" if operation == (\d)', body)}
    assert named == {
        OverflowCode.ADD: "addition",
        OverflowCode.SUB: "subtraction",
        OverflowCode.MUL: "multiplication",
        OverflowCode.NEG: "negation",
    }
