"""Values that are used twice and computed once."""

from xdsl.ir import SSAValue

from qz.irgen.builder import Builder


def once(b: Builder, node: int) -> SSAValue:
    value = b.remembered[node] = b.value(b.lhs[node])
    return value


def again(b: Builder, node: int) -> SSAValue:
    return b.remembered[b.lhs[node]]


def behind(b: Builder, node: int) -> SSAValue:
    b.emit(b.rhs[node])
    return b.value(b.lhs[node])


def tap(b: Builder, node: int) -> SSAValue:
    value = b.value(b.lhs[node])
    b.emit(b.rhs[node])
    return value
