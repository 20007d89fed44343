"""What the language says of its own types: which traits they have, whatever a program declares."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from qz.sema.types import BOOL, CHAR, ERROR, INTEGERS, NONE, NUMBERS, POINTER, STRING, SYMBOL, TypeId

if TYPE_CHECKING:
    from qz.base.source import Span
    from qz.sema.decls import ImplDecl
    from qz.sema.program import Program

_PLAIN = frozenset({*NUMBERS, BOOL, STRING, SYMBOL})

GIVEN: Mapping[str, frozenset[TypeId]] = MappingProxyType(
    {
        "Send": _PLAIN | {POINTER},
        "Sync": _PLAIN | {POINTER},
        "Eq": _PLAIN,
        "Ord": _PLAIN,
        "Hash": frozenset({*INTEGERS, BOOL, STRING, SYMBOL, CHAR}),
        "Show": _PLAIN,
        "Clone": _PLAIN | {POINTER},
        "Add": NUMBERS | {STRING},
        "Sub": NUMBERS,
        "Mul": NUMBERS,
        "Div": NUMBERS,
        "Mod": NUMBERS,
    }
)
"""The types without parts that have a trait by themselves: floats have no hash, since `0.0 == -0.0`."""

GIVEN_OPERATORS: Mapping[str, frozenset[TypeId]] = MappingProxyType(
    {
        "op_add": GIVEN["Add"],
        "op_sub": GIVEN["Sub"],
        "op_mul": GIVEN["Mul"],
        "op_div": GIVEN["Div"],
        "op_mod": GIVEN["Mod"],
        "op_neg": NUMBERS,
        **dict.fromkeys(("op_and", "op_or", "op_xor", "op_shl", "op_shr"), INTEGERS),
        **dict.fromkeys(("op_eq", "op_ne"), GIVEN["Eq"]),
        **dict.fromkeys(("op_lt", "op_le", "op_gt", "op_ge"), GIVEN["Ord"]),
    }
)
"""The types of which the language has an operator, by the method that it is for other types."""
COMPARISONS = frozenset(("op_eq", "op_ne", "op_lt", "op_le", "op_gt", "op_ge"))


def is_given(program: Program, impl: ImplDecl) -> bool:
    """Whether an `impl` is of what a type has by itself: its methods are only run by their names."""
    if impl.trait in (NONE, ERROR) or impl.negative or program.search.is_bundled(impl.module.path):
        return False
    trait = program.decls[program.types.args[impl.trait][0]]
    return impl.self_type in GIVEN.get(trait.name, ()) and program.search.is_bundled(trait.module.path)


def report_given(program: Program, type_id: TypeId, what: str, span: Span) -> None:
    """Report that a type is given a trait, or a method for an operator, which it has by itself."""
    shown = program.show(type_id)
    help_text = f"a `newtype` of `{shown}` can have its own"
    program.sink.report("QZ7016", span, help=help_text, type=shown, trait=what)
