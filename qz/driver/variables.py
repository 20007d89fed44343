"""Module-level variables, and constants that have to lie somewhere, as what is lowered knows them."""

from __future__ import annotations

from lowering.abi.layout import leaf_symbol
from qz.driver.made import Global
from qz.sema.constants.values import AGGREGATES, ConstValue
from qz.sema.data.c_values import width_in_c
from qz.sema.decls import ConstDecl, GlobalDecl
from qz.sema.program import Program
from qz.sema.types import F32


def global_of(program: Program, decl: GlobalDecl | ConstDecl, value: ConstValue) -> Global:
    """What lies under the symbol of a declaration: one word, or a word for each leaf of what it holds."""
    layouts = program.queries.layouts
    leaves = layouts.leaf_values(value, decl.type)
    is_one = not layouts.has_leaves(decl.type)
    symbols = [decl.symbol if is_one else leaf_symbol(decl.symbol, k) for k in range(len(leaves))]
    is_made = any(isinstance(leaf, AGGREGATES) for leaf, _ in leaves)
    named = list(zip(symbols, leaves, strict=True))
    return Global(
        decl.symbol,
        value,
        tuple([(name, leaf) for name, (leaf, _) in named]),
        program.queries.values.maker(decl) if is_made else None,
        decl.linking if isinstance(decl, GlobalDecl) else None,
        width_in_c(program, decl.type),
        frozenset(name for name, (_, part) in named if program.queries.stripped(part) == F32),
    )
