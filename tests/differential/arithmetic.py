"""Writes programs that try every operation of every number type on the numbers where they go wrong.

Each operation is a function of its own, and the operands come out of vectors, so that nothing is known before
the run.
"""

from collections.abc import Iterator

WIDTHS = {"I8": 8, "I16": 16, "I32": 32, "I64": 64, "U8": 8, "U16": 16, "U32": 32, "U64": 64}
FLOAT_TYPES = ("F64", "F32")
ARITHMETIC = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
INTEGER_ONLY = {"rem": "%", "bit_and": "&", "bit_or": "|", "bit_xor": "^", "shl": "<<", "shr": ">>"}
COMPARISONS = {"lt": "<", "le": "<=", "eq": "==", "ne": "!=", "gt": ">", "ge": ">="}
DIVISIONS = ("div", "rem")
FLOATS = (
    *("0.0", "-0.0", "1.0", "-1.5", "0.1", "1e300", "-1e300", "127.9", "128.0", "-128.9", "255.5"),
    *("16777217.0", "3.4e38", "1e-45", "9.3e18", "1.9e19", "-9.3e18"),
)
NOT_FINITE = ("(0.0 / 0.0)", "(1.0 / 0.0)", "(-1.0 / 0.0)")


def integers_of(type_: str) -> list[int]:
    """The limits of a type, what is near them, and some numbers in between."""
    bits = WIDTHS[type_]
    signed = type_.startswith("I")
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    chosen = {low, low + 1, 0, 1, 2, 7, high // 3, high - 1, high}
    return sorted(chosen | ({-1, -7} if signed else set()))


def literal(value: int, type_: str) -> str:
    """An integer as source; the least one of 64 bits has no literal that needs no folding."""
    if value == -(1 << 63):
        return f"({value + 1}i64 - 1i64)"
    return f"{value}{type_.lower()}"


def operations_of(type_: str) -> dict[str, str]:
    """The binary operations of a type whose result has that type too."""
    return ARITHMETIC if type_ in FLOAT_TYPES else ARITHMETIC | INTEGER_ONLY


def functions_of(type_: str) -> Iterator[str]:
    """A function for every operation and every conversion from a type."""
    for name, sign in operations_of(type_).items():
        yield f"def {name}(a: {type_}, b: {type_}): {type_}\n  return a {sign} b\nend"
    for name, sign in COMPARISONS.items():
        yield f"def {name}(a: {type_}, b: {type_}): Bool\n  return a {sign} b\nend"
    for target in (*WIDTHS, *FLOAT_TYPES):
        yield f"def to_{target.lower()}(a: {type_}): {target}\n  return a as {target}\nend"


def main_of(type_: str) -> Iterator[str]:
    """A `main` that prints every operation on every pair."""
    yield "def main(): Int"
    yield f"  values: Vec<{type_}> = vec_new()"
    if type_ in FLOAT_TYPES:
        values = [f"{value} as {type_}" for value in (*FLOATS, *NOT_FINITE)]
    else:
        values = [literal(value, type_) for value in integers_of(type_)]
    yield from (f"  vec_push(values, {value})" for value in values)
    yield "  for a in values"
    for target in (*WIDTHS, *FLOAT_TYPES):
        yield f'    puts("#{{a}} as {target}: #{{to_{target.lower()}(a)}}")'
    yield "    for b in values"
    for name in (*operations_of(type_), *COMPARISONS):
        guard = f" unless b == 0{type_.lower()}" if name in DIVISIONS and type_ in WIDTHS else ""
        yield f'      puts("{name} #{{a}} #{{b}}: #{{{name}(a, b)}}"){guard}'
    yield from ("    end", "  end", "  return 0", "end")


def program_of(type_: str) -> str:
    """The program for one type."""
    return "\n".join([*functions_of(type_), *main_of(type_)]) + "\n"
