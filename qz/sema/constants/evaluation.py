"""The value of a constant expression, computed on the checked tree with the arithmetic of the types found.

Literals, operators and other constants are worked out right here, which is all that most constants need; any
other expression is run by the interpreter, which the driver hands to `Program`.
"""

from __future__ import annotations

import math
import operator
import struct
from collections.abc import Callable

from qz.sema.body import Body
from qz.sema.constants.values import AGGREGATES, ConstScalar, ConstValue, ConstVariant
from qz.sema.decls import ConstDecl
from qz.sema.program import Program
from qz.sema.resolve.resolver import SPINE
from qz.sema.types import BITS, BOOL, CHAR, ERROR, F32, FLOATS, INT, INTEGERS, TypeId, TypeKind, int_range
from qz.syntax.literals import char_value, float_value, int_value, string_value, symbol_value
from qz.syntax.nodes import NodeKind

K = NodeKind

# Half way from the largest F32 to the next power of two: from here on, numbers round to infinity.
_F32_OVERFLOW = float(2**128 - 2**103)


class NotConstant(Exception):  # noqa: N818 (an outcome, not a fault)
    """The expression has no value; ``why`` is empty where it takes more than this module to tell."""

    def __init__(self, node: int, why: str = "") -> None:
        super().__init__(why)
        self.node = node
        self.why = why


def evaluate(program: Program, body: Body, node: int, *, quiet: bool = False) -> ConstValue | None:
    """The value of a checked expression; None where it has none, which is reported.

    ``quiet`` asks for what is known without running anything, and reports nothing.
    """
    if body.types[node] == ERROR or not (quiet or body.is_clean):
        return None
    if node in body.conversions:  # it becomes what takes more than this module to make
        return None if quiet else _run(program, body, node)
    try:
        return _Evaluator(program, body).whole(node)
    except NotConstant as reason:
        if quiet:
            return None
        if not reason.why:
            return _run(program, body, node)
        program.sink.report("QZ0803", body.span(reason.node), why=reason.why)
        return None


def _run(program: Program, body: Body, node: int) -> ConstValue | None:
    """The value as it is when the expression is run; not where what it takes may not be there."""
    return None if program.derivations.failed else program.interpret(body, node)


COMPARISONS: dict[int, Callable[[ConstScalar, ConstScalar], bool]] = {
    K.EQ: operator.eq,
    K.NE: operator.ne,
    K.LT: operator.lt,  # pyright: ignore[reportAssignmentType]
    K.LE: operator.le,  # pyright: ignore[reportAssignmentType]
    K.GT: operator.gt,  # pyright: ignore[reportAssignmentType]
    K.GE: operator.ge,  # pyright: ignore[reportAssignmentType]
}


class _Evaluator:
    def __init__(self, program: Program, body: Body) -> None:
        self.program = program
        self.body = body
        self.tree = body.tree

    def whole(self, node: int) -> ConstValue:
        """The value of the expression asked for, of which only this much may be more than a scalar."""
        kind = self.tree.kind[node]
        if kind == K.COMPTIME:
            return self._comptime(node)
        variant = self.body.variants.get(node)
        if variant is not None and not variant.payload:
            return ConstVariant(self.body.types[node], variant.tag, ())
        return self._constant(node) if kind in (K.IDENT, K.PATH, K.FIELD) else self.value(node)

    def value(self, node: int) -> ConstScalar:
        kind = self.tree.kind[node]
        if kind in SPINE:
            return self._chain(node)
        if node in self.body.calls:  # an operator that the type has by a method
            return self._refuse(node)
        tokens = self.body.module.tokens
        token = self.tree.token[node]
        match kind:
            case K.INT:
                number = int_value(tokens.bytes(token))[0]
                return float(number) if self.body.types[node] in FLOATS else number
            case K.FLOAT:
                return rounded(float_value(tokens.bytes(token))[0], self.body.types[node])
            case K.CHAR:
                return char_value(tokens.bytes(token))
            case K.TRUE | K.FALSE:
                return kind == K.TRUE
            case K.STRING:
                return string_value(tokens, token)
            case K.SYMBOL:
                return symbol_value(tokens, token)
            case K.NEG:
                operand = self.value(self.tree.lhs[node])
                return self._fit(node, -operand) if not isinstance(operand, bytes) else self._refuse(node)
            case K.NOT:
                return not self.value(self.tree.lhs[node])
            case K.BIT_NOT:
                operand = self.value(self.tree.lhs[node])
                return _wrap(~int(operand), self.body.types[node])
            case K.CAST:
                return self._converted(node)
            case K.IDENT | K.PATH | K.FIELD:
                return self._scalar(node, self._constant(node))
            case K.COMPTIME:
                return self._scalar(node, self._comptime(node))
            case _:
                return self._refuse(node)

    def _converted(self, node: int) -> ConstScalar:
        """`e as T`; a packed struct is its word."""
        target = self.program.queries.stripped(self.body.types[node])
        return convert(self.value(self.tree.lhs[node]), target)

    def _refuse(self, node: int) -> ConstScalar:
        raise NotConstant(node)

    def _scalar(self, node: int, value: ConstValue) -> ConstScalar:
        return self._refuse(node) if isinstance(value, AGGREGATES) else value

    def _comptime(self, node: int) -> ConstValue:
        value = self.body.comptime.get(node)
        return self._refuse(node) if value is None else value

    def _constant(self, node: int) -> ConstValue:
        entry = self.body.decls[node]
        decl = self.program.decls[-entry - 1] if entry < 0 else None
        if not isinstance(decl, ConstDecl):
            raise NotConstant(node)
        value = self.program.queries.values.constant(decl).value
        if value is None:
            raise NotConstant(node, f"`{decl.name}` has no value")
        return value

    def _chain(self, node: int) -> ConstScalar:
        spine: list[int] = []
        while self.tree.kind[node] in SPINE:
            spine.append(node)
            node = self.tree.lhs[node]
        found = self.value(node)
        for link in reversed(spine):
            found = self._combine(link, found)
        return found

    def _combine(self, link: int, left: ConstScalar) -> ConstScalar:
        kind = self.tree.kind[link]
        if link in self.body.calls:
            return self._refuse(link)
        if kind == K.AND:
            return bool(left) and bool(self.value(self.tree.rhs[link]))
        if kind == K.OR:
            return bool(left) or bool(self.value(self.tree.rhs[link]))
        right = self.value(self.tree.rhs[link])
        compare = COMPARISONS.get(kind)
        if compare is not None:
            return compare(left, right)
        if isinstance(left, bytes) and isinstance(right, bytes):
            return left + right
        if isinstance(left, float) and isinstance(right, float):
            return rounded(_float_operation(kind, left, right), self.body.types[link])
        if isinstance(left, int) and isinstance(right, int):
            return self._integer(link, kind, left, right)
        raise NotConstant(link)

    def _integer(self, link: int, kind: int, a: int, b: int) -> int:
        type_id = self.body.types[link]
        bits = BITS.get(TypeKind(type_id), 64)
        match kind:
            case K.ADD:
                return self._fit_int(link, a + b)
            case K.SUB:
                return self._fit_int(link, a - b)
            case K.MUL:
                return self._fit_int(link, a * b)
            case K.DIV | K.REM:
                if b == 0:
                    raise NotConstant(link, "division by zero")
                quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
                return self._fit_int(link, quotient if kind == K.DIV else a - b * quotient)
            case K.SHL:
                return _wrap(a << (b & (bits - 1)), type_id)
            case K.SHR:
                return a >> (b & (bits - 1))
            case K.BIT_AND:
                return a & b
            case K.BIT_OR:
                return a | b
            case _:
                return a ^ b

    def _fit_int(self, node: int, value: int) -> int:
        low, high = int_range(self.body.types[node])
        if not low <= value <= high:
            raise NotConstant(node, f"the result {value} does not fit `{self._type(node)}`")
        return value

    def _fit(self, node: int, value: int | float) -> ConstScalar:
        return value if isinstance(value, float) else self._fit_int(node, value)

    def _type(self, node: int) -> str:
        return self.program.show(self.body.types[node])


def _float_operation(kind: int, a: float, b: float) -> float:
    match kind:
        case K.ADD:
            return a + b
        case K.SUB:
            return a - b
        case K.MUL:
            return a * b
        case K.DIV:
            if b == 0.0:
                sign = math.copysign(1.0, a) * math.copysign(1.0, b)
                return math.nan if a == 0.0 or math.isnan(a) else sign * math.inf
            return a / b
        case _:
            if b == 0.0 or math.isinf(a):
                return math.nan
            return math.fmod(a, b)


def rounded(value: float, type_id: TypeId) -> float:
    """``value`` as the float type holds it."""
    if type_id != F32 or math.isnan(value) or math.isinf(value):
        return value
    if abs(value) >= _F32_OVERFLOW:
        return math.copysign(math.inf, value)
    return struct.unpack("<f", struct.pack("<f", value))[0]


def _wrap(value: int, type_id: TypeId) -> int:
    """``value`` modulo the type's width, in its range."""
    low, high = int_range(type_id)
    return (value - low) % (high - low + 1) + low


def convert(value: ConstScalar, target: TypeId) -> ConstScalar:
    """`as`: integers truncate, floats saturate on the way to an integer (NaN is 0)."""
    if isinstance(value, bytes) or target == BOOL:
        return value
    if target in FLOATS:
        return rounded(float(value), target)
    if target not in INTEGERS and target != CHAR:
        return value
    integer_type = INT if target == CHAR else target
    if isinstance(value, float):
        low, high = int_range(integer_type)
        if math.isnan(value):
            return 0
        return low if value <= low else high if value >= high else int(value)
    return _wrap(int(value), integer_type)
