"""Functions as values: naming one, and calling whatever is a function."""

from __future__ import annotations

from collections.abc import Sequence

from qz.diagnostics.model import Note
from qz.sema import type_kinds as tyk
from qz.sema.body import CallPlan
from qz.sema.check.checker import Checker
from qz.sema.check.generics import learn_from_asked, open_params, require_bounds, result_of_instance
from qz.sema.check.plain_numbers import NUMERIC, is_plain_number
from qz.sema.decls import FunctionDecl, FunctionGroup, VariantDecl
from qz.sema.ownership.lending import Borrow, lending, param_borrow
from qz.sema.types import ERROR, NEVER, NONE, TypeId
from qz.syntax import node_numbers as nk
from qz.syntax.nodes import LAMBDAS


def function_value(c: Checker, node: int, group: FunctionGroup, want: TypeId, owner: TypeId = NONE) -> TypeId:
    """The type of a named function; which of several of one name is said by how many parameters are asked
    for. ``owner`` is the type that a method was named with."""
    function = _chosen(c, node, group, want)
    if function is None:
        return ERROR
    queries = c.program.queries
    signature = queries.signature(function)
    if signature.variadic or (function.abi and function.module.is_runtime):
        what = "variadic functions" if signature.variadic else "functions that the runtime declares"
        c.program.report_unsupported(c.span(node), f"{what} as values are")
        return ERROR
    fresh = open_params(c, signature)
    holder = function.module.owners.get(function.owner)
    if owner != NONE and holder is not None:
        c.infer.unify(c.infer.instantiate(holder.self_type, fresh), owner)
        learn_from_asked(c, function, owner, fresh)
    params = [c.infer.instantiate(p.type, fresh) for p in signature.params]
    asked = c.infer.args(want) if c.infer.kind(want) is tyk.FN else ()
    if fresh and len(asked) == len(params) + 2:
        for param, type_id in zip(params, asked[1:], strict=False):
            c.infer.unify(param, type_id)
    if signature.structural and not function.result_written:
        result = result_of_instance(c, node, function, fresh)
    else:
        result = c.infer.instantiate(queries.result(function, c.infer), fresh)
    if ERROR in params or result == ERROR:
        return ERROR
    lent = lending([p.borrow for p in signature.params], signature.result_borrow)
    found = c.infer.make(tyk.FN, (lent, *params, result))
    if fresh and asked:
        c.infer.accepts(want, found)
    c.body.functions[node] = CallPlan(function, (), tuple(fresh.values()))
    if fresh or function.abi:
        c.generic_values.append(node)
        require_bounds(c, node, function, signature, fresh)
    return found


def _chosen(c: Checker, node: int, group: FunctionGroup, want: TypeId) -> FunctionDecl | None:
    if len(group.functions) == 1:
        return group.functions[0]
    if c.infer.kind(want) is tyk.FN:
        n_params = len(c.infer.args(want)) - 2
        for function in group.functions:
            if len(c.program.queries.signature(function).params) == n_params:
                return function
    notes = [Note(f.span, f"`{f.name}` is declared here") for f in group.functions]
    name = group.functions[0].name
    help_text = f"give it a type that says how many parameters: `f: Fn(Int): Int = {name}`"
    c.sink.report("QZ0209", c.span(node), notes=notes, help=help_text, name=name)
    return None


def call_value(c: Checker, node: int, args: Sequence[int], function: TypeId) -> TypeId:
    """Check a call of a value of type ``function``; the type of its result."""
    function = c.resolved(function)
    if function in (ERROR, NEVER):
        return give_up(c, args)
    if c.infer.kind(function) is tyk.VARIABLE:
        return _call_unknown(c, args, function)
    if c.infer.kind(function) is not tyk.FN:
        c.sink.report("QZ0207", c.extent(c.lhs[node]), type=c.show(function))
        return give_up(c, args)
    lent, *params, result = c.infer.args(function)
    c.body.has_references |= lent != 0
    if not _are_positional(c, args):
        return give_up(c, args)
    if len(args) != len(params):
        expected = f"{len(params)} argument" if len(params) == 1 else f"{len(params)} arguments"
        name = c.show(function)
        c.sink.report("QZ0200", c.span(node), name=name, expected=expected, found=len(args))
        return give_up(c, args)
    for index in functions_last(c, args):
        c.value(args[index], params[index])
        if param_borrow(lent, index) is Borrow.IN_PLACE:
            c.lent_places.append((args[index], False, False))
    return c.resolved(result)


def _call_unknown(c: Checker, args: Sequence[int], function: TypeId) -> TypeId:
    """A call says of a value what it must be: a function of what it is given."""
    if not _are_positional(c, args):
        return give_up(c, args)
    types = [c.operand(arg) for arg in args]
    result = c.infer.fresh()
    if ERROR in types or not c.infer.unify(function, c.infer.make(tyk.FN, (0, *types, result))):
        return ERROR
    return c.resolved(result)


def call_lambda(c: Checker, node: int, args: Sequence[int]) -> TypeId:
    """`(x -> x + 1)(2)`: the arguments say what the parameters are."""
    if not _are_positional(c, args):
        return give_up(c, args)
    callee = c.lhs[node]
    types = [c.operand(arg) for arg in args]
    if ERROR in types:
        return ERROR
    want = c.infer.make(tyk.FN, (0, *types, c.infer.fresh()))
    function = c.expr(callee, want)
    c.body.lent[callee] = None
    return ERROR if function == ERROR else c.resolved(c.infer.args(function)[-1])


def _are_positional(c: Checker, args: Sequence[int]) -> bool:
    named = [arg for arg in args if c.kind[arg] == nk.NAMED_ARG]
    for arg in named:
        c.sink.report("QZ0201", c.span(arg), function="Fn", name=c.text(arg))
    return not named


def functions_last(c: Checker, args: Sequence[int], *, are_generic: bool = False) -> Sequence[int]:
    """The positions of arguments in the order in which to check them.

    Functions come last: what the others are says more about their parameters than the other way round. Before
    them come numbers whose type may follow from the others, as in `max(0, x)`, if the parameters are
    ``are_generic``.
    """
    kind, decls = c.kind, c.decls
    functions = [
        index
        for index, arg in enumerate(args)
        if arg > 0 and (kind[arg] in LAMBDAS or (decls[arg] < 0 and _names_function(c, arg)))
    ]
    numbers: list[int] = []
    if are_generic:
        numbers = [i for i, arg in enumerate(args) if kind[arg] in NUMERIC and is_plain_number(c, arg)]
    if not functions and not numbers:
        return range(len(args))
    late = (*numbers, *functions)
    return [*(index for index in range(len(args)) if index not in late), *late]


def _names_function(c: Checker, arg: int) -> bool:
    """Whether an argument names a function, or a variant that makes something of what it is given."""
    decl = c.program.decls[-c.decls[arg] - 1] if c.kind[arg] in (nk.IDENT, nk.PATH) else None
    if isinstance(decl, VariantDecl):
        return bool(c.program.queries.variants(decl.enum)[decl.name].fields)
    return isinstance(decl, FunctionGroup)


def give_up(c: Checker, args: Sequence[int]) -> TypeId:
    """Check arguments of which nothing is known, for their own errors. Nor is it known what a lambda among
    them is given."""
    for arg in args:
        node = c.lhs[arg] if c.kind[arg] == nk.NAMED_ARG else arg
        if c.kind[node] not in LAMBDAS:
            c.expr(node)
            continue
        unknown = [ERROR] * len(c.body.lambdas[node].params)
        result = c.infer.fresh()
        c.expr(node, c.infer.make(tyk.FN, (0, *unknown, result)))
        if c.infer.kind(result) is tyk.VARIABLE:
            c.infer.poison(c.resolved(result))
    return ERROR
