"""Slices, `v[a..b]`: parts of vectors as views of the library's type `Slice`, parts of strings as strings.

Any other type has slices if it has a method `op_slice(self, start, stop)`, and a `size` for those without
an end.
"""

from __future__ import annotations

from qz.sema import type_kinds as tyk
from qz.sema.body import CallPlan, MethodPlans
from qz.sema.check.checker import Checker
from qz.sema.check.group_calls import plan_of
from qz.sema.check.ranges import RANGES
from qz.sema.check.receivers import find_methods
from qz.sema.types import ERROR, INT, NEVER, NONE, TypeId
from qz.syntax import node_numbers as nk


def is_slice(c: Checker, type_id: TypeId) -> bool:
    return c.is_library_struct(type_id, "slice", "Slice")


def slice_type(c: Checker, element: TypeId) -> TypeId:
    """A view of some elements of that type."""
    decl = c.program.library.struct("slice", "Slice")
    return c.infer.make(tyk.STRUCT, (decl.id, element))


def row_element(c: Checker, type_id: TypeId) -> TypeId | None:
    """The type of the elements of a vector, an array or a slice; None for anything else."""
    kind = c.infer.kind(type_id)
    if kind in (tyk.VEC, tyk.ARRAY):
        return c.infer.args(type_id)[0]
    if kind is tyk.STRUCT and is_slice(c, type_id):
        return c.infer.args(type_id)[1]
    return None


def cut_from(c: Checker, node: int, want: TypeId) -> TypeId:
    """The vector that `[1, 2][a..b]` is cut from where a slice is wanted; `NONE` where nothing follows."""
    is_wanted = c.kind[c.rhs[node]] in (nk.RANGE, nk.RANGE_INCLUSIVE) and c.kind[c.lhs[node]] == nk.VEC_LIT
    if not is_wanted or c.infer.kind(want) is not tyk.STRUCT or not is_slice(c, want):
        return NONE
    return c.infer.make(tyk.VEC, (c.infer.args(want)[1],))


def is_slicing(c: Checker, node: int) -> bool:
    """Whether what is between the brackets of a checked node is a range and not an index."""
    position = c.rhs[node]
    return c.kind[position] in RANGES or c.is_library_struct(c.types[position], "range", "Range")


def slice_(c: Checker, node: int, container: TypeId) -> TypeId:
    """The type of `container[a..b]`, whose ends may be left out; or of `container[range]`."""
    position = c.rhs[node]
    has_end = True
    if c.kind[position] in (nk.RANGE, nk.RANGE_INCLUSIVE):
        for bound in (c.lhs[position], c.rhs[position]):
            if bound:
                c.value(bound, INT)
        has_end = c.rhs[position] != 0
    if container in (ERROR, NEVER):
        return ERROR
    kind = c.infer.kind(container)
    if kind is tyk.VARIABLE:
        return c.unknown(c.lhs[node], container)
    element = row_element(c, container)
    if element is not None:
        return container if kind is tyk.STRUCT else slice_type(c, element)
    return _by_method(c, node, container, has_end=has_end)


def is_kept_range(c: Checker, position: int) -> bool:
    """Whether what is between the brackets is a range that was made before; else it must be an index."""
    type_id = c.expr(position, INT)
    if c.is_library_struct(c.resolved(type_id), "range", "Range"):
        if c.kind[position] == nk.RANGE_STEP:
            help_text, bounds = "a slice takes every element", c.lhs[position]
            found, expected = c.source(position), c.source(bounds)
            c.sink.report("QZ0400", c.extent(position), help=help_text, found=found, expected=expected)
        return True
    c.must_fit(position, INT, type_id)
    return False


def _by_method(c: Checker, node: int, container: TypeId, *, has_end: bool) -> TypeId:
    plans: dict[str, CallPlan] = {}
    wanted: list[tuple[str, tuple[TypeId, ...]]] = [("op_slice", (container, INT, INT))]
    if not has_end:
        wanted.append(("size", (container,)))
    found = ERROR
    for name, types in wanted:
        group = find_methods(c, container, c.program.interner.intern(name))
        if group is None:
            hint = f"a type has slices if it has `{name}`"
            c.sink.report("QZ0406", c.extent(c.lhs[node]), help=hint, lacks=[name], type=c.show(container))
            return ERROR
        plan, result = plan_of(c, node, group, (node,) * len(types), types)
        if plan is None:
            return ERROR
        plans[name] = plan
        found = result if name == "op_slice" else found
    c.body.protocols[node] = MethodPlans(plans)
    return found
