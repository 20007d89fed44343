"""Mentions of aggregate constants: a new value each, except where it is only looked at.

All looks at a constant share one value, which lies in a module-level variable and is made before `main`. A
look at an element of a table needs not even that: the table lies in the program as bytes.
"""

from xdsl.dialects.builtin import SymbolRefAttr
from xdsl.ir import Attribute, SSAValue

from dialects.qz.variables import GlobalGetOp
from qz.irgen.builder import Builder
from qz.irgen.calls.direct import call_function
from qz.irgen.constants import constant
from qz.sema.constants.values import AGGREGATES, ConstMade, ConstStruct, ConstValue, n_parts
from qz.sema.data.parts import is_plain, part_names
from qz.sema.decls import ConstDecl
from qz.syntax import node_numbers as nk

MAX_INLINE_PARTS = 8
"""A new value of more parts is made by a function."""


def constant_value(b: Builder, node: int, decl: ConstDecl) -> SSAValue:
    """What a mention of a constant is worth: a new value, or the one that all share who cannot change it.

    There is nothing to share of what has leaves.
    """
    assert decl.value is not None
    if isinstance(decl.value, ConstMade):
        return _made(b, node, decl)
    is_small = n_parts(decl.value, MAX_INLINE_PARTS + 1) <= MAX_INLINE_PARTS
    can_change = isinstance(decl.value, AGGREGATES) and not is_plain(b.program, decl.type)
    has_leaves = b.program.queries.layouts.has_leaves(decl.type)
    if is_small and (has_leaves or not (can_change and node in b.body.looks)):
        return constant(b, decl.type, decl.value)
    if (not can_change or node in b.body.looks) and not has_leaves:
        b.constants[decl.symbol] = decl
        name: dict[str, Attribute] = {"name": SymbolRefAttr(decl.symbol)}
        return b.make(GlobalGetOp, (), b.ir_types.of(decl.type), name)
    return _made(b, node, decl)


def _made(b: Builder, node: int, decl: ConstDecl) -> SSAValue:
    made = call_function(b, node, b.program.queries.values.maker(decl), [])
    assert made is not None
    return made


def known_value(b: Builder, node: int) -> ConstValue | None:
    """The value of a constant, of a `comptime`, or of a field of such: what a look can do without memory."""
    kind, entry = b.kind[node], b.decls[node]
    if kind == nk.COMPTIME:
        return b.body.comptime[node]
    if entry < 0 and kind in (nk.IDENT, nk.PATH, nk.FIELD):
        decl = b.program.decls[-entry - 1]
        return decl.value if isinstance(decl, ConstDecl) else None
    if kind == nk.FIELD and node not in b.body.calls:
        struct = known_value(b, b.lhs[node])
        if isinstance(struct, ConstStruct):
            names = part_names(b.program, struct.type)
            return struct.fields[names.index(b.body.module.tokens.text(b.token[node]))]
    return None


def known_field(b: Builder, node: int) -> ConstValue | None:
    """The value of a field of a constant, where it is best made on the spot: not an aggregate that is only
    looked at, which is there already."""
    value = known_value(b, node)
    if not isinstance(value, AGGREGATES):
        return value
    root = node
    while b.decls[root] == 0 and b.kind[root] == nk.FIELD:
        root = b.lhs[root]
    return None if root in b.body.looks else value
